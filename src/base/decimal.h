#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Decimal numbers that are added and multiplied exactly: money. A number has at most MAX_DECIMAL_DIGITS digits that count, before
 * and after the point; where a result would have more, the function says false and gives none. Nothing is rounded but by who says so:
 * decimal_round and decimal_div, half away from zero, as invoices are (docs/decisions/0019-quotes.md). */

struct arena;

enum { MAX_DECIMAL_DIGITS = 36 };

struct decimal {
	__int128 digits; /* the number times 10 to the power of places */
	int places;      /* behind the point */
};

/* As JSON writes numbers (RFC 8259 section 6), also without digits before the point. */
bool decimal_parse(struct str s, struct decimal *out);
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out);
/* The shortest form: 12.5, -0.07, 3. */
struct str decimal_text(struct arena *a, struct decimal n);
/* With exactly so many places: 12.50, 3.00. A number that has more of them has to be rounded before. */
struct str decimal_fixed(struct arena *a, struct decimal n, int places);
/* -1, 0 or 1, whatever the places. */
int decimal_cmp(struct decimal a, struct decimal b);
/* To so many places, half away from zero: 0.125 becomes 0.13, -0.125 becomes -0.13. places >= 0. */
struct decimal decimal_round(struct decimal n, int places);
/* Rounded in the same way; false also for a division by 0. */
bool decimal_div(struct decimal a, struct decimal b, int places, struct decimal *out);
