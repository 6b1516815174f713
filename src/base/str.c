#include "base/str.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

struct str str_c(const char *c_string)
{
	if (c_string == NULL)
		return STR_NULL;
	return (struct str){c_string, strlen(c_string)};
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

static bool same_nocase(const char *x, const char *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lower(x[i]) != lower(y[i]))
			return false;
	return true;
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && same_nocase(a.p, b.p, a.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && same_nocase(s.p, prefix.p, prefix.n);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return -1;
	const char *hit = memmem(s.p, s.n, needle.p, needle.n);
	return hit ? hit - s.p : -1;
}

ptrdiff_t str_find_nocase(struct str s, struct str needle)
{
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (same_nocase(s.p + i, needle.p, needle.n))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t str_find_byte(struct str s, char byte)
{
	const char *hit = s.n ? memchr(s.p, byte, s.n) : NULL;
	return hit ? hit - s.p : -1;
}

struct str str_cut(struct str *rest, struct str sep)
{
	struct str all = *rest;
	ptrdiff_t at = sep.n ? str_find(all, sep) : -1;
	if (at < 0) {
		*rest = STR_NULL;
		return all;
	}
	*rest = (struct str){all.p + at + sep.n, all.n - (size_t)at - sep.n};
	return (struct str){all.p, (size_t)at};
}

struct str str_skip(struct str s, size_t from)
{
	if (from > s.n)
		from = s.n;
	return from ? (struct str){s.p + from, s.n - from} : s;
}

struct str str_head(struct str s, size_t n)
{
	return (struct str){s.p, n < s.n ? n : s.n};
}

static bool is_space(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && is_space(s.p[0]))
		s = (struct str){s.p + 1, s.n - 1};
	while (s.n > 0 && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_dup(struct arena *a, struct str s)
{
	if (str_is_null(s))
		return s;
	char *copy = arena_alloc(a, s.n + 1);
	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	return (struct str){copy, s.n};
}

const char *str_z(struct arena *a, struct str s)
{
	return str_is_null(s) ? "" : str_dup(a, s).p;
}

struct str str_lower(struct arena *a, struct str s)
{
	if (str_is_null(s))
		return s;
	char *copy = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		copy[i] = lower(s.p[i]);
	return (struct str){copy, s.n};
}

struct str str_vfmt(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	check(n >= 0);
	char *text = arena_alloc(a, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	return (struct str){text, (size_t)n};
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	struct str s = str_vfmt(a, fmt, ap);
	va_end(ap);
	return s;
}

struct str str_cat(struct arena *a, struct str x, struct str y)
{
	char *both = arena_alloc(a, x.n + y.n + 1);
	if (x.n > 0)
		memcpy(both, x.p, x.n);
	if (y.n > 0)
		memcpy(both + x.n, y.p, y.n);
	return (struct str){both, x.n + y.n};
}

uint64_t str_hash(struct str s)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * 0x100000001b3;
	return hash;
}
