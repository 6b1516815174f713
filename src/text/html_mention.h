#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Who is mentioned in a text that text/html_clean.h has cleaned: <span data-user-id="12">@Ada Lovelace</span>. Only what is in the
 * text counts, and only in cleaned text: what a caller says beside it is not asked. */

struct arena;

enum { MAX_MENTIONS = 50 }; /* of one text; further ones are not read */

/* Their ids, each once, in the order of the text. Whether there is such a user is not known here. */
size_t html_mentions(struct arena *a, struct str cleaned, int64_t **out);
