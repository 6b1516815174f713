/* Drafts. The whole list of lines is given each time; what is as it was is not written again, so that history says what changed. */

#include "base/arena.h"
#include "base/clock.h"
#include "base/currency.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "desk/account.h"
#include "desk/associate.h"
#include "desk/can.h"
#include "desk/people.h"
#include "desk/quote_int.h"
#include "text/one_line.h"

enum { MAX_QUOTE_PROPS = 16, MAX_LINE_PROPS = 12, DAY_CHARS = 10 /* 2026-12-24 */ };
enum { QUOTE_TO_LINE_ITEM = 67, LINE_ITEM_TO_QUOTE = 68 }; /* as in default_associations.c */

static const int64_t link_types[QUOTE_LINK_N] = {TYPE_CONTACT, TYPE_COMPANY, TYPE_DEAL, TYPE_TICKET};

static enum err check_length(struct ctx *c, struct str field, struct str text, const char *says, size_t max)
{
	if (utf8_count(text) > max || !utf8_is_valid(text))
		return fail_field(c, field, STR("INVALID_LENGTH"), "%s has at most %zu characters.", says, max);
	return OK;
}

static bool is_named(const struct quote_paper_line *lines, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (lines[i].id == id)
			return true;
	return false;
}

static enum err check_lines(struct ctx *c, const struct quote_in *in)
{
	struct quote_sums sums = {.places = SUM_EXACT};
	struct decimal net;
	if (in->line_n > MAX_QUOTE_LINES)
		return fail_field(c, STR("lines"), STR("TOO_MANY"), "A quote has at most %d lines.", MAX_QUOTE_LINES);
	for (size_t i = 0; i < in->line_n; i++) {
		const struct quote_paper_line *l = &in->lines[i];
		if (l->id != 0 && is_named(in->lines, i, l->id))
			return fail_field(c, str_fmt(c->a, "lines[%zu].id", i), STR("DUPLICATE"), "Line %zu is there twice.", i + 1);
		const struct quote_numbers numbers = {l->quantity, l->price, l->discount, l->discount_percentage, l->tax_rate};
		TRY(check_length(c, str_fmt(c->a, "lines[%zu].name", i), l->name, "The name of a line", MAX_QUOTE_NAME_CHARS));
		TRY(check_length(c, str_fmt(c->a, "lines[%zu].description", i), l->description, "A description", MAX_QUOTE_TEXT_CHARS));
		TRY(check_length(c, str_fmt(c->a, "lines[%zu].sku", i), l->sku, "An SKU", MAX_QUOTE_NAME_CHARS));
		TRY(quote_sums_add_line(c, &sums, i, &numbers, &net));
	}
	return OK;
}

static enum err check_in(struct ctx *c, const struct quote_in *in)
{
	int places;
	if (!str_is_null(in->title) && one_line(c->a, in->title).n == 0)
		return fail_field(c, STR("title"), STR("REQUIRED_FIELD"), "A quote has a title.");
	TRY(check_length(c, STR("title"), in->title, "The title", MAX_QUOTE_TITLE_CHARS));
	TRY(check_length(c, STR("terms"), in->terms, "The terms", MAX_QUOTE_TEXT_CHARS));
	TRY(check_length(c, STR("comments"), in->comments, "The comments", MAX_QUOTE_TEXT_CHARS));
	if (in->currency.n > 0 && !currency_find(in->currency, &places))
		return fail_field(c, STR("currency"), STR("INVALID_OPTION"), "There is no currency \"" STR_FMT "\".",
		                  STR_ARG(str_head(in->currency, 10)));
	return check_lines(c, in);
}

/* Properties --------------------------------------------------------------------------------------------------------------- */

struct props {
	struct prop rows[MAX_QUOTE_PROPS];
	size_t n;
};

static void add(struct props *p, struct str name, struct str value)
{
	if (!str_is_null(value))
		p->rows[p->n++] = (struct prop){name, value};
}

/* A bare day is meant to its end, on the desk's clocks. */
static enum err read_expiry(struct ctx *c, struct str text, struct str *out)
{
	struct account account;
	int64_t at, offset = 0;
	*out = text;
	if (text.n != DAY_CHARS || !time_parse(text, &at))
		return OK;
	TRY(desk_account(c, &account));
	at += DAYS(1) - 1;
	if (!zone_offset(c->a, account.time_zone, at, &offset))
		offset = 0;
	*out = time_iso(c->a, at - offset);
	return OK;
}

static enum err add_all(struct ctx *c, struct props *p, const struct quote_in *in)
{
	struct str expires_at;
	TRY(read_expiry(c, in->expires_at, &expires_at));
	add(p, STR("hs_title"), one_line(c->a, in->title));
	add(p, STR("hs_currency"), in->currency);
	add(p, STR("hs_language"), in->language);
	add(p, STR("hs_expiration_date"), expires_at);
	add(p, STR("hs_terms"), in->terms);
	add(p, STR("hs_comments"), in->comments);
	return OK;
}

/* Faults name members of the body, not properties. */
static enum err rename_faults(struct ctx *c, enum err e)
{
	static const struct {
		struct str property, member;
	} names[] = {{STR("hs_title"), STR("title")},   {STR("hs_currency"), STR("currency")},
	             {STR("hs_language"), STR("language")}, {STR("hs_expiration_date"), STR("expiresAt")},
	             {STR("hs_terms"), STR("terms")},   {STR("hs_comments"), STR("comments")}};
	c->why.are_properties = false;
	for (struct field_fault *f = c->why.fields; f != NULL; f = f->next)
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (str_eq(f->field, names[i].property))
				f->field = names[i].member;
	return e;
}

static enum err add_sender(struct ctx *c, struct props *p)
{
	struct user user;
	struct account account;
	int64_t owner_id;
	if (c->who.user_id == 0)
		return OK;
	TRY(desk_me(c, &user, &owner_id));
	TRY(desk_account(c, &account));
	add(p, STR("hs_sender_firstname"), user.first_name);
	add(p, STR("hs_sender_lastname"), user.last_name);
	add(p, STR("hs_sender_email"), user.email);
	add(p, STR("hs_sender_company_name"), account.name);
	add(p, STR("hubspot_owner_id"), str_fmt(c->a, "%lld", (long long)owner_id));
	return OK;
}

/* Lines -------------------------------------------------------------------------------------------------------------------- */

static struct str or_empty(struct str s)
{
	return s.n > 0 ? s : STR("");
}

static size_t line_props(struct ctx *c, const struct quote_paper_line *l, size_t place, struct prop *out)
{
	const struct prop rows[] = {
		{STR("name"), or_empty(l->name)},
		{STR("description"), or_empty(l->description)},
		{STR("hs_sku"), or_empty(l->sku)},
		{STR("quantity"), or_empty(l->quantity)},
		{STR("price"), or_empty(l->price)},
		{STR("discount"), or_empty(l->discount)},
		{STR("hs_discount_percentage"), or_empty(l->discount_percentage)},
		{STR("hs_tax_rate"), or_empty(l->tax_rate)},
		{STR("hs_position_on_quote"), str_fmt(c->a, "%zu", place)},
		{STR("hs_product_id"), l->product_id ? str_fmt(c->a, "%lld", (long long)l->product_id) : STR("")},
	};
	_Static_assert(sizeof(rows) / sizeof(rows[0]) <= MAX_LINE_PROPS, "room for all");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		out[i] = rows[i];
	return sizeof(rows) / sizeof(rows[0]);
}

/* Of the properties only those that are different; numbers are compared as they are kept. */
static size_t only_changed(struct ctx *c, const struct object *item, struct prop *props, size_t n)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_LINE_ITEM);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		struct str is = property_value(c, item, schema_property(t, props[i].name));
		if (!str_eq(or_empty(is), props[i].value))
			props[kept++] = props[i];
	}
	return kept;
}

static enum err write_line(struct ctx *c, const struct object *quote, const struct object *item, const struct quote_paper_line *l,
                           size_t place)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_LINE_ITEM);
	const struct link_in link = {quote->id, TYPE_QUOTE, LINE_ITEM_TO_QUOTE};
	struct prop props[MAX_LINE_PROPS];
	struct object written;
	struct object_in in = {.props = props, .prop_n = line_props(c, l, place, props), .source_type = STR("CRM_UI")};
	if (item != NULL) {
		in.prop_n = only_changed(c, item, props, in.prop_n);
		return in.prop_n == 0 ? OK : desk_object_update(c, t, item->id, &in, &written);
	}
	in.links = &link;
	in.link_n = 1;
	return desk_object_create(c, t, &in, &written);
}

static const struct object *find_item(const struct object *items, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].id == id)
			return &items[i];
	return NULL;
}

static enum err write_lines(struct ctx *c, const struct object *quote, const struct quote_in *in)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_LINE_ITEM);
	struct object *items;
	size_t n;
	TRY(quote_items(c, quote, &items, &n));
	for (size_t i = 0; i < n; i++)
		if (!is_named(in->lines, in->line_n, items[i].id))
			TRY(desk_object_archive(c, t, items[i].id));
	for (size_t i = 0; i < in->line_n; i++) {
		const struct object *item = find_item(items, n, in->lines[i].id);
		if (in->lines[i].id != 0 && item == NULL)
			return fail_field(c, str_fmt(c->a, "lines[%zu].id", i), STR("INVALID_LINE"), "Line %zu is none of this quote.", i + 1);
		TRY(write_line(c, quote, item, &in->lines[i], i));
	}
	return OK;
}

/* Links -------------------------------------------------------------------------------------------------------------------- */

static enum err set_link(struct ctx *c, const struct object *quote, enum quote_link link, int64_t id)
{
	const struct type_def *t = schema_type_by_id(c, link_types[link]);
	struct object is, to;
	enum err e = quote_linked_object(c, quote, t->row.id, &is);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else
		TRY(e);
	if (e == OK && is.id == id)
		return OK;
	/* what he may not see stays linked: he cannot mean it */
	if (e == OK && desk_may(c, CAN_VIEW, &is))
		TRY(desk_dissociate(c, quote, &is, NULL));
	if (id == 0)
		return OK;
	e = desk_object_load(c, t, id, false, &to);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail_field(c, str_c(quote_link_names[link]), STR("INVALID_LONG"), "There is no " STR_FMT " with the id %lld.",
		                  STR_ARG(t->row.singular), (long long)id);
	}
	TRY(e);
	return desk_associate(c, quote, &(struct link_in){id, t->row.id, 0});
}

static enum err write_rest(struct ctx *c, const struct object *quote, const struct quote_in *in)
{
	for (int i = 0; i < QUOTE_LINK_N; i++)
		if (in->links[i] >= 0)
			TRY(set_link(c, quote, (enum quote_link)i, in->links[i]));
	return in->lines != NULL ? write_lines(c, quote, in) : OK;
}

/* The verbs ------------------------------------------------------------------------------------------------------------------ */

enum err desk_quote_create(struct ctx *c, const struct quote_in *in, struct quote *out)
{
	struct props p = {.n = 0};
	struct object quote;
	struct account account;
	TRY(desk_can(c, CAN_EDIT, NULL));
	if (str_is_null(in->title))
		return fail_field(c, STR("title"), STR("REQUIRED_FIELD"), "A quote has a title.");
	TRY(check_in(c, in));
	TRY(desk_account(c, &account));
	TRY(add_all(c, &p, in));
	if (in->currency.n == 0)
		add(&p, STR("hs_currency"), account.currency);
	add(&p, STR("hs_status"), STR("DRAFT"));
	TRY(add_sender(c, &p));
	const struct object_in object = {.props = p.rows, .prop_n = p.n, .source_type = STR("CRM_UI")};
	enum err e = desk_object_create(c, schema_type_by_id(c, TYPE_QUOTE), &object, &quote);
	if (e == ERR_BAD_INPUT)
		return rename_faults(c, e);
	TRY(e);
	TRY(write_rest(c, &quote, in));
	return desk_quote(c, quote.id, out);
}

/* All that the write touches, in one order. */
static enum err lock_all(struct ctx *c, int64_t id, const struct quote_in *in)
{
	size_t n = 0;
	int64_t *ids = NEW_ARRAY(c->a, in->line_n + QUOTE_LINK_N + 1, int64_t);
	ids[n++] = id;
	for (size_t i = 0; i < in->line_n; i++)
		ids[n++] = in->lines[i].id;
	for (int i = 0; i < QUOTE_LINK_N; i++)
		ids[n++] = in->links[i] > 0 ? in->links[i] : 0;
	return desk_object_lock_all(c, ids, n, NULL, 0);
}

enum err desk_quote_update(struct ctx *c, int64_t id, const struct quote_in *in, struct quote *out)
{
	struct props p = {.n = 0};
	struct object quote;
	TRY(check_in(c, in));
	TRY(lock_all(c, id, in));
	TRY(quote_hold(c, id, &quote));
	TRY(desk_can(c, CAN_EDIT, &quote));
	if (!str_eq(quote_state_of(c, &quote), QUOTE_DRAFT))
		return fail(c, ERR_CONFLICT, "The quote is published. Recall it before you change it.");
	if (in->if_version != 0 && in->if_version != quote.version)
		return fail(c, ERR_STALE, "Somebody else changed this quote meanwhile.");
	TRY(add_all(c, &p, in));
	const struct object_in object = {.props = p.rows, .prop_n = p.n, .source_type = STR("CRM_UI")};
	enum err e = p.n > 0 ? desk_object_update(c, schema_type_by_id(c, TYPE_QUOTE), id, &object, &quote) : OK;
	if (e == ERR_BAD_INPUT)
		return rename_faults(c, e);
	TRY(e);
	TRY(write_rest(c, &quote, in));
	return desk_quote(c, id, out);
}
