#pragma once

#include "base/str.h"

/* What a title becomes in an address: its letters and digits in lower case and without diacritics, with single dashes between words.
 * Letters of all scripts stay: "Réglages: 2 étapes" is "reglages-2-etapes", "入金の方法" stays as it is. Making a slug of a slug changes
 * nothing. */

struct arena;

enum { MAX_SLUG_BYTES = 160 };

/* The empty string where the text has neither letters nor digits. */
struct str slug_of(struct arena *a, struct str text);
