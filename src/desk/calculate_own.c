/* What is calculated from an object's own properties, in the write that changes them: a row for each type that has such. What
 * comes from other rows is in desk/calculate.c. */

#include "base/buf.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "desk/defaults.h"
#include "desk/object_int.h"
#include "text/html_text.h"
#include "text/json_read.h"

enum { MAX_BODY_PREVIEW_BYTES = 200, MAX_HEADER_ADDRESSES = 500 };

static enum err keep(struct ctx *c, struct write *w, struct str name, struct str value)
{
	return write_keep(c, w, name, value, false);
}

/* The close date may be the caller's own. */
static enum err ticket(struct ctx *c, struct write *w)
{
	bool is_known = w->o.is_closed && w->o.closed_at > 0;
	if (w->is_create)
		w->o.activity_at = w->o.created_at;
	int64_t took_ms = w->o.closed_at > w->o.created_at ? w->o.closed_at - w->o.created_at : 0;
	if (is_known)
		TRY(keep(c, w, STR("hs_last_closed_date"), time_iso(c->a, w->o.closed_at)));
	TRY(keep(c, w, STR("time_to_close"), is_known ? str_fmt(c->a, "%lld", (long long)took_ms) : STR("")));
	return rule_one_touch(c, w);
}

enum err rule_one_touch(struct ctx *c, struct write *w)
{
	bool is_one = str_eq(write_value(c, w, STR("hs_number_of_touches")), STR("1"));
	struct str value = !w->o.is_closed ? STR("") : is_one ? STR("true") : STR("false");
	return keep(c, w, STR("hs_is_one_touch_ticket"), value);
}

/* Where an option stands among those of its property; -1: nowhere. */
static int place_of(const struct property_def *def, struct str value)
{
	for (size_t i = 0; i < def->option_n; i++)
		if (str_eq(def->options[i].value, value))
			return (int)i;
	return -1;
}

/* A life cycle goes forward only: what would move it back changes nothing. Who means it clears it first. */
static enum err forward_only(struct ctx *c, struct write *w)
{
	const struct str name = STR("lifecyclestage");
	const struct property_def *def = schema_property(w->type, name);
	if (def == NULL || w->is_create || !write_has(w, name))
		return OK;
	struct str was = property_value(c, &w->before, def), is = write_value(c, w, name);
	if (was.n > 0 && is.n > 0 && place_of(def, is) < place_of(def, was))
		write_drop(w, name);
	return OK;
}

static enum err contact(struct ctx *c, struct write *w)
{
	struct str domain = w->o.unique_key;
	str_cut(&domain, STR("@"));
	TRY(keep(c, w, STR("hs_email_domain"), domain));
	return forward_only(c, w);
}

static enum err deal(struct ctx *c, struct write *w)
{
	bool is_closing = w->o.is_closed && !w->before.is_closed;
	if (!is_closing || write_has(w, STR("closedate")))
		return OK;
	return keep(c, w, STR("closedate"), time_iso(c->a, c->now));
}

/* Not set: otherwise. */
static bool number(struct ctx *c, const struct write *w, const char *name, const char *otherwise, struct decimal *out)
{
	struct str value = write_value(c, w, str_c(name));
	return decimal_parse(value.n ? value : str_c(otherwise), out);
}

/* quantity * (price - discount for each), less so many percent. */
static bool net_price(struct ctx *c, const struct write *w, struct decimal *out)
{
	const struct decimal hundredth = {1, 2}, whole = {1, 0};
	struct decimal quantity, price, discount, percentage, net;
	return number(c, w, "quantity", "1", &quantity) && number(c, w, "price", "", &price) &&
	       number(c, w, "discount", "0", &discount) && number(c, w, "hs_discount_percentage", "0", &percentage) &&
	       decimal_sub(price, discount, &net) && decimal_mul(net, quantity, &net) &&
	       decimal_mul(percentage, hundredth, &percentage) && decimal_sub(whole, percentage, &percentage) &&
	       decimal_mul(net, percentage, out);
}

/* Without a price, or with more digits than can be exact, there is no amount. */
static enum err line_item(struct ctx *c, struct write *w)
{
	struct decimal net;
	return keep(c, w, STR("amount"), net_price(c, w, &net) ? decimal_text(c->a, net) : STR(""));
}

/* What becomes of it later, its verbs say: desk/quote.h. */
static enum err quote(struct ctx *c, struct write *w)
{
	return w->is_create ? keep(c, w, STR("quote_state"), STR("DRAFT")) : OK;
}

static enum err call(struct ctx *c, struct write *w)
{
	if (!write_has(w, STR("hs_call_body")))
		return OK;
	struct str text = html_to_text(c->a, write_value(c, w, STR("hs_call_body")), HTML_LINKS_PLAIN);
	return keep(c, w, STR("hs_body_preview"), utf8_head(str_trim(text), MAX_BODY_PREVIEW_BYTES));
}

/* One member of all people of a header (a list, or one alone), joined by semicolons. */
static struct str joined(struct ctx *c, const json_t *people, const char *member)
{
	struct buf b;
	bool is_first = true;
	buf_init(&b, c->a, MAX_PROPERTY_CHARS);
	if (!json_is_array(people))
		return json_get_str(people, member).n ? json_get_str(people, member) : STR("");
	for (size_t i = 0; i < json_array_size(people); i++) {
		struct str value = json_get_str(json_array_get(people, i), member);
		if (value.n == 0)
			continue;
		if (!is_first)
			buf_byte(&b, ';');
		buf_add(&b, value);
		is_first = false;
	}
	return is_first ? STR("") : buf_str(&b);
}

static enum err not_headers(struct ctx *c)
{
	fail_clear(c);
	c->why.are_properties = true;
	return fail_field(c, STR("hs_email_headers"), STR("INVALID_JSON"),
	                  "hs_email_headers is a JSON object: {\"from\": {\"email\", \"firstName\", \"lastName\"}, \"to\": [the same]}.");
}

static enum err set_people(struct ctx *c, struct write *w, const char *side, const json_t *people)
{
	TRY(keep(c, w, str_fmt(c->a, "hs_email_%s_email", side), joined(c, people, "email")));
	TRY(keep(c, w, str_fmt(c->a, "hs_email_%s_firstname", side), joined(c, people, "firstName")));
	return keep(c, w, str_fmt(c->a, "hs_email_%s_lastname", side), joined(c, people, "lastName"));
}

static enum err email(struct ctx *c, struct write *w)
{
	json_t *headers = NULL;
	struct str text = write_value(c, w, STR("hs_email_headers"));
	if (!write_has(w, STR("hs_email_headers")))
		return OK;
	if (text.n > 0 && (json_parse(c, text, &headers) != OK || !json_is_object(headers)))
		return not_headers(c);
	if (json_array_size(json_object_get(headers, "to")) > MAX_HEADER_ADDRESSES)
		return not_headers(c);
	TRY(set_people(c, w, "from", json_object_get(headers, "from")));
	return set_people(c, w, "to", json_object_get(headers, "to"));
}

static const struct {
	int64_t type;
	enum err (*calculate)(struct ctx *c, struct write *w);
} own[] = {
	{TYPE_TICKET, ticket}, {TYPE_CONTACT, contact},     {TYPE_COMPANY, forward_only}, {TYPE_DEAL, deal},
	{TYPE_EMAIL, email},   {TYPE_LINE_ITEM, line_item}, {TYPE_CALL, call},
	{TYPE_QUOTE, quote},
};

enum err rule_calculated(struct ctx *c, struct write *w)
{
	if (w->is_create) {
		w->o.source = w->in->source_type.n ? w->in->source_type : STR("INTEGRATION");
		w->o.created_by = c->who.user_id;
	}
	if (c->who.user_id != 0)
		w->o.updated_by = c->who.user_id;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (own[i].type == w->type->row.id)
			return own[i].calculate(c, w);
	return OK;
}
