/* A quote that a customer can see stays what it is: neither it nor its lines can be changed before it is recalled. What does not stand
 * on it (its owner, properties that users define) can. */

#include "desk/object_int.h"
#include "desk/quote_int.h"
#include "store/record.h"

enum { MAX_QUOTES_OF_LINE = 50 };

static const struct str locked[] = {
	STR("hs_title"), STR("hs_status"), STR("hs_expiration_date"), STR("hs_language"), STR("hs_currency"), STR("hs_quote_number"),
	STR("hs_terms"), STR("hs_comments"),
};

static bool is_locked_property(struct str name)
{
	for (size_t i = 0; i < sizeof(locked) / sizeof(locked[0]); i++)
		if (str_eq(name, locked[i]))
			return true;
	return str_starts(name, STR("hs_sender_"));
}

static enum err refuse(struct ctx *c, struct str state)
{
	return fail(c, ERR_CONFLICT, str_eq(state, QUOTE_ACCEPTED) ? "The quote is accepted and cannot be changed any more."
	                                                           : "The quote is published. Recall it before you change it.");
}

static enum err check_quote(struct ctx *c, const struct object *quote)
{
	struct str state = quote_state_of(c, quote);
	return str_eq(state, QUOTE_DRAFT) ? OK : refuse(c, state);
}

static enum err check_quotes_of(struct ctx *c, const struct object *item)
{
	struct object *quotes;
	size_t n;
	TRY(record_linked(c, item->id, TYPE_QUOTE, INT64_MAX, INT64_MAX, MAX_QUOTES_OF_LINE, &quotes, &n));
	for (size_t i = 0; i < n; i++)
		TRY(check_quote(c, &quotes[i]));
	return OK;
}

enum err quote_check_write(struct ctx *c, const struct write *w)
{
	if (w->in->by_rule)
		return OK;
	if (w->before.object_type == TYPE_LINE_ITEM)
		return check_quotes_of(c, &w->before);
	if (w->before.object_type != TYPE_QUOTE)
		return OK;
	for (size_t i = 0; i < w->in->prop_n; i++)
		if (is_locked_property(w->in->props[i].name))
			return check_quote(c, &w->before);
	return OK;
}

enum err quote_check_archive(struct ctx *c, const struct object *o)
{
	return o->object_type == TYPE_LINE_ITEM ? check_quotes_of(c, o) : OK;
}

/* As it is now that it is locked. A quote that is being made has no lines that anybody else knows. */
enum err quote_check_link(struct ctx *c, const struct object *from, const struct object *to)
{
	struct object quote;
	const struct object *end = from->object_type == TYPE_QUOTE ? from : to;
	const struct object *other = end == from ? to : from;
	if (end->object_type != TYPE_QUOTE || other->object_type != TYPE_LINE_ITEM)
		return OK;
	TRY(object_load(c, TYPE_QUOTE, end->id, &quote));
	return check_quote(c, &quote);
}
