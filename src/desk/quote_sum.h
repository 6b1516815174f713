#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "base/decimal.h"

/* What lines of a quote cost, exactly, and so that what is shown adds up (docs/decisions/0019-quotes.md):
 *
 *   net of a line   quantity * (price - discount of each) * (1 - percentage / 100), rounded to the currency's minor unit
 *   net             the sum of these
 *   tax of a rate   rate / 100 * the sum of the nets with that rate, rounded once
 *   total           net + all taxes
 *
 * Rounding is half away from zero. */

enum {
	MAX_QUOTE_LINES = 200,
	MAX_QUOTE_TAXES = 20,
	SUM_EXACT = -1, /* places: nothing is rounded */
	/* digits before and behind the point, so that every product is exact (MAX_DECIMAL_DIGITS) */
	MAX_QUANTITY_DIGITS = 9,
	MAX_QUANTITY_PLACES = 4,
	MAX_PRICE_DIGITS = 12,
	MAX_PRICE_PLACES = 6,
	MAX_PERCENT_PLACES = 3,
};

/* As it was typed: decimal numbers; null or empty: 1 of it, at no price, without discount and tax. */
struct quote_numbers {
	struct str quantity;
	struct str price;
	struct str discount; /* of each, as an amount */
	struct str discount_percentage;
	struct str tax_rate; /* percent */
};

struct quote_tax {
	struct decimal rate;
	struct decimal base; /* what is taxed so */
	struct decimal amount;
};

struct quote_sums {
	int places;
	struct decimal net, tax, total;
	struct decimal discount; /* what the lines would cost more without */
	struct quote_tax taxes[MAX_QUOTE_TAXES]; /* by rate, the highest first; a rate of 0 is not among them */
	size_t tax_n;
};

/* The line's net, and it is added to the sums. ERR_BAD_INPUT names what is wrong: "lines[2].price". places from currency_find. */
enum err quote_sums_add_line(struct ctx *c, struct quote_sums *s, size_t index, const struct quote_numbers *line, struct decimal *net_out);
/* A line that has its net; rounded to s->places. false: more digits than can be exact, or too many rates. */
bool quote_sums_add(struct quote_sums *s, struct decimal net, struct decimal rate);
/* When all lines are in. */
bool quote_sums_end(struct quote_sums *s);
