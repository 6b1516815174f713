#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Percent-decoding (RFC 3986 section 2.1) of path segments, and pairs of a query or of an
 * application/x-www-form-urlencoded body (WHATWG URL section 5.1). What comes out is valid UTF-8 without NUL; anything
 * else counts as malformed, as does a "%" that two hex digits do not follow. Text without escapes is not copied: it
 * points into the input. */

struct arena;

/* One path segment, cut at "/" before: "a%2Fb" gives "a/b", "+" stays. false: malformed. */
bool http_segment(struct arena *a, struct str raw, struct str *out);

/* Walks pairs in order, "+" and %20 being blanks; a name without "=" has the empty value, empty pairs ("&&") are
 * skipped. Loop: struct http_pairs p = {.rest = query}; while (http_pairs_next(a, &p, &name, &value)) …; a malformed
 * pair ends the loop and sets is_bad. */
struct http_pairs {
	struct str rest;
	bool is_bad;
};
bool http_pairs_next(struct arena *a, struct http_pairs *p, struct str *name_out, struct str *value_out);

/* Can every pair be decoded? Asked once, before the functions below, which stop at the first malformed pair. */
bool http_query_is_valid(struct arena *a, struct str query);

/* The first value of that name; false where there is none. */
bool http_query_get(struct arena *a, struct str query, const char *name, struct str *out);

/* All values of that name, in order. */
size_t http_query_all(struct arena *a, struct str query, const char *name, struct str **out);
