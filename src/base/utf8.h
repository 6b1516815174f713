#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* UTF-8 (RFC 3629): what is stored is always valid and holds no NUL. */

struct arena;

/* Valid, shortest form, no surrogates, no code point above 10FFFF. NUL counts as valid here. */
bool utf8_is_valid(struct str s);
/* Every ill-formed run becomes U+FFFD and NUL bytes go away; returns s itself where nothing is to do. */
struct str utf8_clean(struct arena *a, struct str s);
/* The longest prefix of at most max_bytes that does not cut a code point. */
struct str utf8_head(struct str s, size_t max_bytes);
/* How many code points valid text has. */
size_t utf8_count(struct str s);
/* Cleaned, and on one line: runs of blanks and control characters of any kind become one blank, none at the ends; what turns the
 * direction of the text that follows goes away. A name that shows nothing comes back empty. */
struct str utf8_line(struct arena *a, struct str s);
/* The longest prefix of at most so many code points. */
struct str utf8_head_chars(struct str s, size_t max_chars);
/* The code point at the start of valid text, and how many bytes it takes; U+FFFD and 1 where it is not valid. */
uint32_t utf8_decode(struct str s, size_t *n_out);
