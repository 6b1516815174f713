#pragma once

#include "base/str.h"

/* Text as it is compared and sorted by: without case, width and presentation (NFKC_Casefold of UAX #31), so that "Grüße", "GRÜSSE" and a
 * full-width "Ｇrüße" are one. Diacritics stay. Valid UTF-8 in, valid UTF-8 out; what cannot be folded comes back as it is. */

struct arena;

struct str text_fold(struct arena *a, struct str text);
