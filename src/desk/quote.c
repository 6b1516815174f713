/* Reading a quote: of a draft what the objects say now, else what was kept when it was published. */

#include "base/arena.h"
#include "base/clock.h"
#include "base/currency.h"
#include "base/num.h"
#include "base/zone.h"
#include "desk/account.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/quote_int.h"
#include "store/record.h"
#include "text/one_line.h"
#include "text/person_name.h"

#include <stdlib.h>

const char *const quote_link_names[QUOTE_LINK_N] = {
	[QUOTE_CONTACT] = "contactId",
	[QUOTE_COMPANY] = "companyId",
	[QUOTE_DEAL] = "dealId",
	[QUOTE_TICKET] = "ticketId",
};
static const int64_t link_types[QUOTE_LINK_N] = {TYPE_CONTACT, TYPE_COMPANY, TYPE_DEAL, TYPE_TICKET};

static struct str value(struct ctx *c, const struct object *o, const char *name)
{
	const struct property_def *def = schema_property(schema_type_by_id(c, o->object_type), str_c(name));
	struct str text = def ? property_value(c, o, def) : STR_NULL;
	return text.n > 0 ? text : STR("");
}

struct str quote_url(struct ctx *c, struct str token)
{
	return str_fmt(c->a, STR_FMT "/q/" STR_FMT, STR_ARG(c->env->public_url), STR_ARG(token));
}

struct str quote_state_of(struct ctx *c, const struct object *quote)
{
	struct str state = value(c, quote, "quote_state");
	return state.n > 0 ? state : QUOTE_DRAFT; /* from before there were states */
}

enum err quote_hold(struct ctx *c, int64_t id, struct object *out)
{
	TRY(object_lock(c, id));
	return desk_object_load(c, schema_type_by_id(c, TYPE_QUOTE), id, false, out);
}

enum err quote_set(struct ctx *c, struct object *quote, const struct prop *props, size_t n)
{
	const struct object_in in = {.props = props, .prop_n = n, .by_rule = true};
	return desk_object_update(c, schema_type_by_id(c, TYPE_QUOTE), quote->id, &in, quote);
}

enum err quote_linked_object(struct ctx *c, const struct object *quote, int64_t type, struct object *out)
{
	struct object *found;
	size_t n;
	TRY(record_linked(c, quote->id, type, INT64_MAX, INT64_MAX, 1, &found, &n));
	if (n == 0)
		return fail(c, ERR_NOT_FOUND, "nothing of type %lld is linked", (long long)type);
	*out = found[0];
	return OK;
}

/* Lines ------------------------------------------------------------------------------------------------------------------ */

struct placed {
	struct object object;
	int64_t place;
};

static int by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->place != y->place)
		return (x->place > y->place) - (x->place < y->place);
	return (x->object.id > y->object.id) - (x->object.id < y->object.id);
}

/* One more than there may be is enough to know. */
enum err quote_items(struct ctx *c, const struct object *quote, struct object **out, size_t *n_out)
{
	struct object *found;
	size_t n;
	TRY(record_linked(c, quote->id, TYPE_LINE_ITEM, INT64_MAX, INT64_MAX, MAX_QUOTE_LINES + 1, &found, &n));
	struct placed *rows = NEW_ARRAY(c->a, n, struct placed);
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct placed){found[i], INT64_MAX};
		num_parse_int(value(c, &found[i], "hs_position_on_quote"), &rows[i].place);
	}
	qsort(rows, n, sizeof(*rows), by_place);
	for (size_t i = 0; i < n; i++)
		found[i] = rows[i].object;
	*out = found;
	*n_out = n;
	return OK;
}

static struct quote_paper_line line_of(struct ctx *c, const struct object *item)
{
	struct quote_paper_line line = {
		.id = item->id,
		.name = one_line(c->a, value(c, item, "name")),
		.description = value(c, item, "description"),
		.sku = value(c, item, "hs_sku"),
		.quantity = value(c, item, "quantity"),
		.price = value(c, item, "price"),
		.discount = value(c, item, "discount"),
		.discount_percentage = value(c, item, "hs_discount_percentage"),
		.tax_rate = value(c, item, "hs_tax_rate"),
		.net = STR(""),
	};
	num_parse_id(value(c, item, "hs_product_id"), &line.product_id);
	return line;
}

/* What is wrong with a draft is no failure of who reads it. */
static enum err note_fault(struct ctx *c, enum err e, struct str *fault)
{
	if (e != ERR_BAD_INPUT)
		return e;
	if (fault->n == 0)
		*fault = c->why.fields ? c->why.fields->message : c->why.detail;
	fail_clear(c);
	return OK;
}

static enum err add_lines(struct ctx *c, struct quote_paper *p, struct quote_sums *sums, struct str *fault)
{
	for (size_t i = 0; i < p->line_n; i++) {
		struct quote_paper_line *line = &p->lines[i];
		const struct quote_numbers numbers = {line->quantity, line->price, line->discount, line->discount_percentage, line->tax_rate};
		struct decimal net;
		enum err e = quote_sums_add_line(c, sums, i, &numbers, &net);
		if (e == OK)
			line->net = decimal_fixed(c->a, net, sums->places);
		TRY(note_fault(c, e, fault));
	}
	return OK;
}

static void set_sums(struct ctx *c, struct quote_paper *p, const struct quote_sums *sums)
{
	p->net = decimal_fixed(c->a, sums->net, sums->places);
	p->discount = decimal_fixed(c->a, sums->discount, sums->places);
	p->tax = decimal_fixed(c->a, sums->tax, sums->places);
	p->total = decimal_fixed(c->a, sums->total, sums->places);
	p->taxes = NEW_ARRAY(c->a, sums->tax_n, struct quote_paper_tax);
	p->tax_n = sums->tax_n;
	for (size_t i = 0; i < sums->tax_n; i++)
		p->taxes[i] = (struct quote_paper_tax){
			.rate = decimal_text(c->a, sums->taxes[i].rate),
			.base = decimal_fixed(c->a, sums->taxes[i].base, sums->places),
			.amount = decimal_fixed(c->a, sums->taxes[i].amount, sums->places),
		};
}

/* People ----------------------------------------------------------------------------------------------------------------- */

static void add_part(struct buf *b, struct str part, const char *before)
{
	if (part.n == 0)
		return;
	if (b->n > 0)
		buf_add(b, str_c(before));
	buf_add(b, part);
}

static void set_sender(struct ctx *c, const struct object *quote, struct quote_party *out)
{
	static const struct {
		const char *name, *before;
	} parts[] = {{"hs_sender_company_address", ""}, {"hs_sender_company_address2", "\n"}, {"hs_sender_company_zip", "\n"},
	             {"hs_sender_company_city", " "}, {"hs_sender_company_state", ", "}, {"hs_sender_company_country", "\n"}};
	struct buf address;
	buf_init(&address, c->a, MAX_PROPERTY_BYTES);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		add_part(&address, value(c, quote, parts[i].name), parts[i].before);
	*out = (struct quote_party){
		.name = person_name(c->a, value(c, quote, "hs_sender_firstname"), value(c, quote, "hs_sender_lastname")),
		.title = value(c, quote, "hs_sender_jobtitle"),
		.email = value(c, quote, "hs_sender_email"),
		.phone = value(c, quote, "hs_sender_phone"),
		.company = value(c, quote, "hs_sender_company_name"),
		.address = address.n > 0 ? buf_str(&address) : STR(""),
	};
}

static enum err set_buyer(struct ctx *c, const struct object *quote, struct quote_party *out)
{
	struct object contact, company;
	const struct str none = STR("");
	*out = (struct quote_party){none, none, none, none, none, none};
	enum err e = quote_linked_object(c, quote, TYPE_CONTACT, &contact);
	if (e == OK) {
		out->name = person_name(c->a, value(c, &contact, "firstname"), value(c, &contact, "lastname"));
		out->email = value(c, &contact, "email");
	} else if (e != ERR_NOT_FOUND) {
		return e;
	}
	fail_clear(c);
	e = quote_linked_object(c, quote, TYPE_COMPANY, &company);
	if (e == OK)
		out->company = company.label;
	else if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

/* The draft ---------------------------------------------------------------------------------------------------------------- */

static enum err find_fault(struct ctx *c, const struct quote_paper *p, bool has_currency)
{
	if (str_trim(p->title).n == 0)
		return fail(c, ERR_BAD_INPUT, "The quote has no title.");
	if (!has_currency)
		return fail(c, ERR_BAD_INPUT, "The quote has no currency.");
	if (p->line_n == 0)
		return fail(c, ERR_BAD_INPUT, "The quote has no lines.");
	if (p->line_n > MAX_QUOTE_LINES)
		return fail(c, ERR_BAD_INPUT, "The quote has more than %d lines.", MAX_QUOTE_LINES);
	if (p->expires_at > 0 && p->expires_at <= c->now)
		return fail(c, ERR_BAD_INPUT, "The expiry date has passed.");
	for (size_t i = 0; i < p->line_n; i++)
		if (str_trim(p->lines[i].name).n == 0)
			return fail(c, ERR_BAD_INPUT, "Line %zu has no name.", i + 1);
	return OK;
}

enum err quote_paper_of_draft(struct ctx *c, const struct object *quote, struct quote_paper *out, struct str *fault_out)
{
	struct account account;
	struct object *items;
	struct str fault = STR_NULL;
	int places = 2;
	TRY(desk_account(c, &account));
	struct str currency = value(c, quote, "hs_currency"), lang = value(c, quote, "hs_language");
	bool has_currency = currency_find(currency, &places);
	struct quote_sums sums = {.places = places};
	struct quote_paper p = {
		.number = value(c, quote, "hs_quote_number"),
		.title = one_line(c->a, value(c, quote, "hs_title")),
		.lang = lang.n > 0 ? lang : account.language,
		.currency = has_currency ? currency : STR(""),
		.places = places,
		.terms = value(c, quote, "hs_terms"),
		.comments = value(c, quote, "hs_comments"),
	};
	num_parse_int(value(c, quote, "quote_version"), &p.version);
	time_parse(value(c, quote, "hs_expiration_date"), &p.expires_at);
	if (!zone_offset(c->a, account.time_zone, p.expires_at ? p.expires_at : c->now, &p.zone_ms))
		p.zone_ms = 0;
	set_sender(c, quote, &p.sender);
	TRY(set_buyer(c, quote, &p.buyer));
	TRY(quote_items(c, quote, &items, &p.line_n));
	p.lines = NEW_ARRAY(c->a, p.line_n, struct quote_paper_line);
	for (size_t i = 0; i < p.line_n; i++)
		p.lines[i] = line_of(c, &items[i]);
	TRY(note_fault(c, find_fault(c, &p, has_currency), &fault));
	TRY(add_lines(c, &p, &sums, &fault));
	if (!quote_sums_end(&sums) && fault.n == 0)
		fault = STR("The amounts are too large.");
	set_sums(c, &p, &sums);
	*out = p;
	*fault_out = fault;
	return OK;
}

static enum err load_links(struct ctx *c, struct quote *q)
{
	for (int i = 0; i < QUOTE_LINK_N; i++) {
		struct object o;
		enum err e = quote_linked_object(c, &q->object, link_types[i], &o);
		q->links[i] = (struct quote_linked){0};
		if (e == ERR_NOT_FOUND)
			fail_clear(c);
		else
			TRY(e);
		if (e == OK && desk_may(c, CAN_VIEW, &o))
			q->links[i] = (struct quote_linked){o.id, o.label};
	}
	return OK;
}

enum err desk_quote(struct ctx *c, int64_t id, struct quote *out)
{
	struct quote q = {0};
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_QUOTE), id, false, &q.object));
	TRY(quote_version_list(c, q.object.id, &q.versions, &q.version_n));
	TRY(load_links(c, &q));
	q.state = quote_state_of(c, &q.object);
	bool is_draft = str_eq(q.state, QUOTE_DRAFT) || q.version_n == 0;
	if (is_draft) {
		TRY(quote_paper_of_draft(c, &q.object, &q.paper, &q.fault));
	} else {
		TRY(quote_paper_read(c, q.versions[0].body, &q.paper));
		if (str_eq(q.state, QUOTE_PUBLISHED) && q.versions[0].expires_at > 0 && q.versions[0].expires_at <= c->now)
			q.state = QUOTE_EXPIRED; /* the job that says so for good is on its way */
	}
	*out = q;
	return OK;
}
