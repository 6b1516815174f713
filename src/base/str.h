#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed run of bytes: pointer and length, no NUL at the end unless said. The value {NULL, 0} is the null string, the
 * SQL NULL and the absent JSON member; a string of no bytes that is not null has p != NULL. Passed by value. */

struct arena;

struct str {
	const char *p;
	size_t n;
};

#define STR(literal)    ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NULL        ((struct str){NULL, 0})
#define STR_FMT         "%.*s"
#define STR_ARG(s)      ((int)(s).n), ((s).p ? (s).p : "")

/* The bytes of a C string; NULL gives the null string. */
struct str str_c(const char *c_string);

static inline bool str_is_null(struct str s)
{
	return s.p == NULL;
}

static inline bool str_is_empty(struct str s)
{
	return s.n == 0;
}

/* Byte-wise; the null string equals the empty one. */
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b);
/* ASCII letters without case. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Where needle begins in s, or -1. str_find_nocase: ASCII letters without case. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_nocase(struct str s, struct str needle);
ptrdiff_t str_find_byte(struct str s, char byte);

/* The part before sep, and *rest moves behind sep; without sep all of it, and *rest becomes the null string.
 * Loop: for (rest = s; !str_is_null(rest);) { part = str_cut(&rest, STR(",")); … } */
struct str str_cut(struct str *rest, struct str sep);

/* s without from first bytes / only its first n bytes; both clamp. */
struct str str_skip(struct str s, size_t from);
struct str str_head(struct str s, size_t n);
/* s without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Copies into the arena. str_dup ends with a NUL behind the n bytes, so .p can be given to C interfaces when the bytes hold
 * no NUL themselves. */
struct str str_dup(struct arena *a, struct str s);
const char *str_z(struct arena *a, struct str s);
struct str str_lower(struct arena *a, struct str s);
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str str_vfmt(struct arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
struct str str_cat(struct arena *a, struct str x, struct str y);

/* FNV-1a, for hash tables of our own names; not for keys that strangers choose. */
uint64_t str_hash(struct str s);
