#pragma once

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* The style attribute of strangers. What comes out is made of a fixed list of properties (colours, fonts, borders,
 * spacing and sizes; nothing that positions or layers) and of four kinds of values - words, numbers with units,
 * colours, names of fonts - written anew from what was read. So no url(), var(), expression(), escapes, comments,
 * !important or negative lengths: a declaration that holds anything else is left out, "!important" alone is cut off. */

enum { MAX_STYLE_BYTES = 8192 }; /* what stands behind is left out */

/* Writes "color:red;margin:0 4px", or nothing. Cleaning it again writes the same bytes. Holds no double quote. */
void css_clean(struct buf *b, struct str style);

/* A colour as an attribute of old HTML holds it: red, #f00, f00, rgb(1,2,3). Writes it (f00000 as #f00000), or
 * returns false. */
bool css_clean_color(struct buf *b, struct str color);
