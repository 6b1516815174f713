#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Decimal numbers that are added and multiplied exactly: money. A number has at most MAX_DECIMAL_DIGITS digits that count, before
 * and after the point; where a result would have more, the function says false and gives none: nothing is ever rounded. */

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
