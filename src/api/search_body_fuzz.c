/* Bodies of searches, from bytes to what the store is asked: whatever comes out keeps to the limits, and every text of it is one. The
 * type has a property of each kind. */

#include <stddef.h>
#include <stdint.h>

#include "api/search_body.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "desk/notification.h"
#include "text/json_read.h"

/* What it does is in channel/, which is not here. */
const struct job_kind job_notify_mail = {.kind = "mail.notify"};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { PROPERTY_N = 8, SLOT_N = 32, MOST_BYTES = 20000 };

static const struct {
	const char *name, *type, *kept_in;
} kinds[PROPERTY_N] = {
	{"name", "string", "label"},
	{"email", "string", "unique_key"},
	{"city", "string", ""},
	{"amount", "number", ""},
	{"stage", "enumeration", "stage_id"},
	{"owner", "enumeration", "owner_id"},
	{"createdate", "datetime", "created_at"},
	{"is_on", "bool", "is_last_from_visitor"},
};

static void make_type(struct ctx *c, struct type_def *t)
{
	*t = (struct type_def){.row = {.id = 5, .plural = STR("tickets")}, .prop_n = PROPERTY_N, .slot_n = SLOT_N};
	t->props = NEW_ARRAY(c->a, PROPERTY_N, struct property_def);
	t->slots = NEW_ARRAY(c->a, SLOT_N, uint32_t);
	for (uint32_t i = 0; i < PROPERTY_N; i++) {
		struct property_def *def = &t->props[i];
		size_t at = str_hash(str_c(kinds[i].name)) & (SLOT_N - 1);
		def->row = (struct property){.name = str_c(kinds[i].name), .type = str_c(kinds[i].type)};
		if (kinds[i].kept_in[0])
			def->column = shape_field(&object_shape, str_c(kinds[i].kept_in));
		while (t->slots[at] != 0)
			at = (at + 1) & (SLOT_N - 1);
		t->slots[at] = i + 1;
	}
}

static void check_text(struct str s)
{
	check(utf8_is_valid(s));
	check(str_find_byte(s, '\0') < 0);
}

static void check_filter(const struct search_filter *f)
{
	bool is_unary = f->op == SEARCH_HAS || f->op == SEARCH_HAS_NOT;
	check(f->op < SEARCH_OP_N);
	check(is_unary ? f->value_n == 0 : f->value_n > 0 && f->value_n <= MAX_SEARCH_VALUES);
	check(f->op != SEARCH_BETWEEN || f->value_n == 2);
	for (size_t i = 0; i < f->value_n; i++)
		check_text(f->values[i].text);
}

static void check_search(const struct search *s)
{
	size_t filter_n = 0, value_n = 0;
	check(s->group_n <= MAX_SEARCH_GROUPS);
	check(s->limit >= 1 && s->limit <= MAX_SEARCH_PAGE && s->offset >= 0 && s->offset + s->limit <= MAX_SEARCH_REACH);
	for (size_t i = 0; i < s->group_n; i++) {
		check(s->groups[i].n >= 1 && s->groups[i].n <= MAX_GROUP_FILTERS);
		for (size_t k = 0; k < s->groups[i].n; k++) {
			check_filter(&s->groups[i].filters[k]);
			filter_n++;
			value_n += s->groups[i].filters[k].value_n;
		}
	}
	check(filter_n <= MAX_SEARCH_FILTERS);
	check(value_n <= MAX_SEARCH_VALUES);
}

/* The definitions of other types are not here. */
static bool has_link(const struct search_in *in)
{
	for (size_t i = 0; i < in->group_n; i++)
		for (size_t k = 0; k < in->groups[i].n; k++)
			if (str_starts(in->groups[i].filters[k].property, LINKED_PREFIX))
				return true;
	return false;
}

static void try_body(struct ctx *c, struct str text)
{
	json_t *body;
	struct search_in in;
	struct search s;
	struct type_def type;
	if (json_parse(c, text, &body) != OK || search_body_read(c, text, body, &in) != OK || has_link(&in))
		return;
	make_type(c, &type);
	if (desk_search_read(c, &type, &in, &s) == OK)
		check_search(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n > MOST_BYTES)
		return 0;
	struct ctx c = {.a = arena_open(64 << 20)};
	try_body(&c, n > 0 ? (struct str){(const char *)bytes, n} : STR(""));
	arena_close(c.a);
	return 0;
}
