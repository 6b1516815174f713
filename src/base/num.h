#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Numbers from text. Nothing but digits and a leading minus: no blanks, no plus sign, no overflow. */

bool num_parse_int(struct str s, int64_t *out);
/* An id: 1 to 2^53 - 1, so that JavaScript can hold it too. */
bool num_parse_id(struct str s, int64_t *out);
/* A decimal number as JSON writes it (RFC 8259 section 6), also without digits before the point. */
bool num_is_decimal(struct str s);
