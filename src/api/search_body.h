#pragma once

#include <jansson.h>

#include "base/ctx.h"
#include "desk/search.h"

/* The body of a search as the wire has it, decoded: {query, filterGroups, filters, sorts, limit, after}, each of which may be missing or
 * null. Texts of *in stay those of the body. ERR_BAD_INPUT names what is of the wrong form. */

enum { MAX_BODY_CHARS = 3000 };

/* text is what body was read from. */
enum err search_body_read(struct ctx *c, struct str text, const json_t *body, struct search_in *in);
