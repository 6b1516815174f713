#include "desk/schema.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "desk/calculate.h"
#include "desk/definitions.h"
#include "desk/env.h"
#include "desk/unique.h"
#include "store/object.h"
#include "store/property_rule.h"
#include "text/json_read.h"

enum { MAX_TYPES = 500 };

static struct str upper(struct arena *a, struct str s)
{
	char *copy = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		copy[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i];
	return (struct str){copy, s.n};
}

static enum err read_options(struct ctx *c, struct property_def *def)
{
	json_t *list;
	TRY(json_parse(c, def->row.options, &list));
	def->option_n = json_array_size(list);
	def->options = NEW_ARRAY(c->a, def->option_n, struct option);
	for (size_t i = 0; i < def->option_n; i++) {
		const json_t *entry = json_array_get(list, i);
		def->options[i].value = json_get_str(entry, "value");
		def->options[i].label = json_get_str(entry, "label");
	}
	return OK;
}

static void hash_properties(struct arena *a, struct type_def *t)
{
	t->slot_n = 16;
	while (t->slot_n < t->prop_n * 2)
		t->slot_n *= 2;
	t->slots = NEW_ARRAY(a, t->slot_n, uint32_t);
	for (size_t i = 0; i < t->prop_n; i++) {
		size_t at = str_hash(t->props[i].row.name) & (t->slot_n - 1);
		while (t->slots[at] != 0)
			at = (at + 1) & (t->slot_n - 1);
		t->slots[at] = (uint32_t)i + 1;
	}
}

static void take_keys(struct arena *a, struct type_def *t)
{
	t->keys = NEW_ARRAY(a, t->prop_n, const struct property_def *);
	for (size_t i = 0; i < t->prop_n; i++)
		if (unique_is_key(&t->props[i]))
			t->keys[t->key_n++] = &t->props[i];
}

/* rows are sorted by type: takes those of t from *next on. */
static enum err take_properties(struct ctx *c, struct type_def *t, const struct property *rows, size_t n, size_t *next)
{
	while (*next < n && rows[*next].object_type < t->row.id)
		(*next)++;
	size_t first = *next;
	while (*next < n && rows[*next].object_type == t->row.id)
		(*next)++;
	t->prop_n = *next - first;
	t->props = NEW_ARRAY(c->a, t->prop_n, struct property_def);
	for (size_t i = 0; i < t->prop_n; i++) {
		struct property_def *def = &t->props[i];
		def->row = rows[first + i];
		def->column = def->row.kept_in.n ? shape_field(&object_shape, def->row.kept_in) : NULL;
		check(def->row.kept_in.n == 0 || def->column != NULL);
		def->is_read_time = calculate_is_read_time(&def->row);
		TRY(read_options(c, def));
	}
	hash_properties(c->a, t);
	take_keys(c->a, t);
	return OK;
}

/* As with properties. */
static void take_rules(struct type_def *t, const struct property_rule *rules, size_t n, size_t *next)
{
	while (*next < n && rules[*next].object_type < t->row.id)
		(*next)++;
	t->rules = n > 0 ? rules + *next : NULL;
	while (*next + t->rule_n < n && t->rules[t->rule_n].object_type == t->row.id)
		t->rule_n++;
}

enum err schema_load(struct ctx *c, struct schema *out)
{
	struct object_type *types;
	struct property *rows;
	struct property_rule *rules;
	size_t type_n, row_n, rule_n, next = 0, next_rule = 0;
	/* first: a change that comes between the statements is seen again, and not missed */
	TRY(definition_number(c, &out->number));
	TRY(object_type_list(c, &types, &type_n));
	TRY(property_list(c, &rows, &row_n));
	TRY(association_type_all(c, &out->link_types, &out->link_type_n));
	TRY(property_rule_list(c, &rules, &rule_n));
	check(type_n <= MAX_TYPES);
	out->type_n = type_n;
	out->types = NEW_ARRAY(c->a, type_n, struct type_def);
	for (size_t i = 0; i < type_n; i++) {
		out->types[i].row = types[i];
		out->types[i].error_label = upper(c->a, types[i].singular);
		TRY(take_properties(c, &out->types[i], rows, row_n, &next));
		take_rules(&out->types[i], rules, rule_n, &next_rule);
	}
	return OK;
}

/* The newest, whatever others see: also what this transaction, or one before it that is not yet on disk, has changed. */
static enum err see_newest(struct ctx *c)
{
	int64_t number;
	TRY(definition_number(c, &number));
	if (c->schema == NULL || c->schema->number < number)
		c->schema = definitions_take(c);
	if (c->schema->number == number)
		return OK;
	struct schema *own = NEW(c->a, struct schema);
	TRY(schema_load(c, own));
	c->schema = own;
	return OK;
}

/* After a failed statement nothing of the transaction is kept: what is seen then does not matter, and the next statement says so. */
static const struct schema *schema_of(struct ctx *c)
{
	if (c->tx != NULL && c->tx_may_write && c->schema_tx_n != c->tx_n && see_newest(c) == OK)
		c->schema_tx_n = c->tx_n;
	if (c->schema == NULL)
		c->schema = definitions_take(c);
	return c->schema;
}

/* p_name is short for p1_name: there is one portal. */
static struct str without_portal(struct str name)
{
	size_t at = 1;
	while (at < name.n && name.p[at] >= '0' && name.p[at] <= '9')
		at++;
	bool has_portal = name.n > at + 1 && (name.p[0] == 'p' || name.p[0] == 'P') && name.p[at] == '_';
	return has_portal ? str_skip(name, at + 1) : STR_NULL;
}

bool schema_is_called(const struct object_type *t, struct str name)
{
	if (str_eq_nocase(t->plural, name) || str_eq_nocase(t->singular, name) || str_eq(t->type_id, name))
		return true;
	return t->is_custom && (str_eq_nocase(t->singular, without_portal(name)) || str_eq_nocase(t->plural_label, name));
}

enum err schema_type(struct ctx *c, struct str name, const struct type_def **out)
{
	const struct schema *s = schema_of(c);
	for (size_t i = 0; name.n > 0 && i < s->type_n; i++) {
		if (s->types[i].row.archived_at > 0 || !schema_is_called(&s->types[i].row, name))
			continue;
		*out = &s->types[i];
		return OK;
	}
	return fail(c, ERR_BAD_INPUT, "Unable to infer object type from: " STR_FMT, STR_ARG(str_head(name, 200)));
}

const struct type_def *schema_type_if_there(struct ctx *c, int64_t id)
{
	const struct schema *s = schema_of(c);
	for (size_t i = 0; i < s->type_n; i++)
		if (s->types[i].row.id == id)
			return &s->types[i];
	return NULL;
}

static const struct type_def *find_id(const struct schema *s, int64_t id)
{
	for (size_t i = 0; i < s->type_n; i++)
		if (s->types[i].row.id == id)
			return &s->types[i];
	return NULL;
}

/* A read may see rows of a type that another process has made, before this one has heard of it. */
static void read_again(struct ctx *c)
{
	struct schema *own = NEW(c->a, struct schema);
	if (c->tx != NULL && schema_load(c, own) == OK)
		c->schema = own;
}

const struct type_def *schema_type_by_id(struct ctx *c, int64_t id)
{
	const struct type_def *t = find_id(schema_of(c), id);
	if (t == NULL) {
		read_again(c);
		t = find_id(c->schema, id);
	}
	check(t != NULL);
	return t;
}

const struct property_def *schema_property(const struct type_def *t, struct str name)
{
	size_t at = str_hash(name) & (t->slot_n - 1);
	for (; t->slots[at] != 0; at = (at + 1) & (t->slot_n - 1))
		if (str_eq(t->props[t->slots[at] - 1].row.name, name))
			return &t->props[t->slots[at] - 1];
	return NULL;
}

const struct association_type *schema_link_types(struct ctx *c, size_t *n_out)
{
	const struct schema *s = schema_of(c);
	*n_out = s->link_type_n;
	return s->link_types;
}

static int by_type_id(const void *key, const void *entry)
{
	int64_t id = *(const int64_t *)key, other = ((const struct association_type *)entry)->type_id;
	return (id > other) - (id < other);
}

const struct association_type *schema_link_type(struct ctx *c, int64_t type_id)
{
	size_t n;
	const struct association_type *types = schema_link_types(c, &n);
	return bsearch(&type_id, types, n, sizeof(*types), by_type_id);
}

const struct association_type *schema_plain_link(struct ctx *c, int64_t from_type, int64_t to_type)
{
	size_t n;
	const struct association_type *types = schema_link_types(c, &n);
	for (size_t i = 0; i < n; i++)
		if (types[i].from_type == from_type && types[i].to_type == to_type && str_is_null(types[i].label) &&
		    !types[i].is_primary)
			return &types[i];
	return NULL;
}
