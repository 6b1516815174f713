#include "desk/quote_sum.h"

#include "base/arena.h"

static struct decimal rounded(const struct quote_sums *s, struct decimal n)
{
	return s->places == SUM_EXACT ? n : decimal_round(n, s->places);
}

/* The row of a rate, in the order of the rates; NULL: there are too many. */
static struct quote_tax *tax_of(struct quote_sums *s, struct decimal rate)
{
	size_t at = 0;
	while (at < s->tax_n && decimal_cmp(s->taxes[at].rate, rate) > 0)
		at++;
	if (at < s->tax_n && decimal_cmp(s->taxes[at].rate, rate) == 0)
		return &s->taxes[at];
	if (s->tax_n == MAX_QUOTE_TAXES)
		return NULL;
	for (size_t i = s->tax_n++; i > at; i--)
		s->taxes[i] = s->taxes[i - 1];
	s->taxes[at] = (struct quote_tax){.rate = rate};
	return &s->taxes[at];
}

bool quote_sums_add(struct quote_sums *s, struct decimal net, struct decimal rate)
{
	net = rounded(s, net);
	if (!decimal_add(s->net, net, &s->net))
		return false;
	if (rate.digits == 0)
		return true;
	struct quote_tax *tax = tax_of(s, rate);
	return tax != NULL && decimal_add(tax->base, net, &tax->base);
}

bool quote_sums_end(struct quote_sums *s)
{
	const struct decimal hundredth = {1, 2};
	s->tax = (struct decimal){0};
	for (size_t i = 0; i < s->tax_n; i++) {
		struct quote_tax *tax = &s->taxes[i];
		if (!decimal_mul(tax->base, tax->rate, &tax->amount) || !decimal_mul(tax->amount, hundredth, &tax->amount))
			return false;
		tax->amount = rounded(s, tax->amount);
		if (!decimal_add(s->tax, tax->amount, &s->tax))
			return false;
	}
	return decimal_add(s->net, s->tax, &s->total);
}

/* Lines as they are typed ----------------------------------------------------------------------------------------------- */

struct limit {
	const char *name; /* of the member */
	const char *says; /* in sentences */
	int digits, places;
};
static const struct limit quantity_limit = {"quantity", "quantity", MAX_QUANTITY_DIGITS, MAX_QUANTITY_PLACES};
static const struct limit price_limit = {"price", "price", MAX_PRICE_DIGITS, MAX_PRICE_PLACES};
static const struct limit discount_limit = {"discount", "discount", MAX_PRICE_DIGITS, MAX_PRICE_PLACES};
static const struct limit percentage_limit = {"discountPercentage", "discount in percent", 3, MAX_PERCENT_PLACES};
static const struct limit tax_limit = {"taxRate", "tax rate", 3, MAX_PERCENT_PLACES};

static struct decimal power_of_ten(int n)
{
	struct decimal power = {1, 0};
	while (n-- > 0)
		power.digits *= 10;
	return power;
}

static struct str field_of(struct ctx *c, size_t index, const struct limit *l)
{
	return str_fmt(c->a, "lines[%zu].%s", index, l->name);
}

static enum err read_number(struct ctx *c, size_t index, const struct limit *l, struct str text, int otherwise, struct decimal *out)
{
	*out = (struct decimal){otherwise, 0};
	if (text.n == 0)
		return OK;
	if (!decimal_parse(text, out))
		return fail_field(c, field_of(c, index, l), STR("INVALID_NUMBER"), "Line %zu: the %s is no number.", index + 1, l->says);
	if (out->digits < 0)
		return fail_field(c, field_of(c, index, l), STR("INVALID_NUMBER"), "Line %zu: the %s is negative.", index + 1, l->says);
	if (decimal_cmp(*out, power_of_ten(l->digits)) >= 0)
		return fail_field(c, field_of(c, index, l), STR("INVALID_NUMBER"), "Line %zu: the %s has more than %d digits.", index + 1,
		                  l->says, l->digits);
	if (decimal_cmp(decimal_round(*out, l->places), *out) != 0)
		return fail_field(c, field_of(c, index, l), STR("INVALID_NUMBER"), "Line %zu: the %s has more than %d decimal places.",
		                  index + 1, l->says, l->places);
	return OK;
}

static enum err read_percent(struct ctx *c, size_t index, const struct limit *l, struct str text, struct decimal *out)
{
	TRY(read_number(c, index, l, text, 0, out));
	if (decimal_cmp(*out, (struct decimal){100, 0}) > 0)
		return fail_field(c, field_of(c, index, l), STR("INVALID_NUMBER"), "Line %zu: the %s is more than 100.", index + 1, l->says);
	return OK;
}

struct numbers {
	struct decimal quantity, price, discount, percentage, rate;
};

static enum err read_numbers(struct ctx *c, size_t index, const struct quote_numbers *line, struct numbers *out)
{
	TRY(read_number(c, index, &quantity_limit, line->quantity, 1, &out->quantity));
	TRY(read_number(c, index, &price_limit, line->price, 0, &out->price));
	TRY(read_number(c, index, &discount_limit, line->discount, 0, &out->discount));
	TRY(read_percent(c, index, &percentage_limit, line->discount_percentage, &out->percentage));
	TRY(read_percent(c, index, &tax_limit, line->tax_rate, &out->rate));
	if (decimal_cmp(out->discount, out->price) > 0)
		return fail_field(c, field_of(c, index, &discount_limit), STR("INVALID_NUMBER"),
		                  "Line %zu: the discount is higher than the price.", index + 1);
	return OK;
}

static bool line_net(const struct quote_sums *s, const struct numbers *n, struct decimal *net, struct decimal *full)
{
	const struct decimal hundredth = {1, 2}, whole = {1, 0};
	struct decimal each, part;
	if (!decimal_sub(n->price, n->discount, &each) || !decimal_mul(each, n->quantity, &each) ||
	    !decimal_mul(n->percentage, hundredth, &part) || !decimal_sub(whole, part, &part) || !decimal_mul(each, part, net) ||
	    !decimal_mul(n->price, n->quantity, full))
		return false;
	*net = rounded(s, *net);
	*full = rounded(s, *full);
	return true;
}

enum err quote_sums_add_line(struct ctx *c, struct quote_sums *s, size_t index, const struct quote_numbers *line, struct decimal *net_out)
{
	struct numbers n;
	struct decimal net, full;
	TRY(read_numbers(c, index, line, &n));
	if (!line_net(s, &n, &net, &full) || !decimal_sub(full, net, &full) || !decimal_add(s->discount, full, &s->discount))
		return fail_field(c, field_of(c, index, &price_limit), STR("INVALID_NUMBER"), "Line %zu: the amount is too large.", index + 1);
	if (!quote_sums_add(s, net, n.rate))
		return fail_field(c, field_of(c, index, &tax_limit), STR("INVALID_NUMBER"), "A quote has at most %d tax rates.",
		                  MAX_QUOTE_TAXES);
	*net_out = net;
	return OK;
}
