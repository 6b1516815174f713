#include "net/http_range.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Digits and nothing else; a number that is too large is the largest there is. */
static bool read_number(struct str s, int64_t *out)
{
	int64_t value = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, s.p[i] - '0', &value))
			value = INT64_MAX;
	}
	*out = value;
	return s.n > 0;
}

/* "-500": the last bytes. */
static enum http_range last_bytes(struct str number, int64_t size, int64_t *from, int64_t *n)
{
	int64_t wanted;
	if (!read_number(number, &wanted))
		return HTTP_RANGE_ALL;
	if (wanted == 0)
		return HTTP_RANGE_NEVER;
	if (size == 0)
		return HTTP_RANGE_ALL;
	*n = wanted < size ? wanted : size;
	*from = size - *n;
	return HTTP_RANGE_PART;
}

/* The list of ranges may have empty members (section 5.6.1.2). */
static bool only_member(struct str list, struct str *out)
{
	*out = STR("");
	for (struct str rest = list; !str_is_null(rest);) {
		struct str member = str_trim(str_cut(&rest, STR(",")));
		if (member.n > 0 && out->n > 0)
			return false;
		if (member.n > 0)
			*out = member;
	}
	return out->n > 0;
}

enum http_range http_range_read(struct str header, int64_t size, int64_t *from, int64_t *n)
{
	struct str last;
	int64_t begin, end = INT64_MAX;
	if (!str_starts_nocase(header, STR("bytes=")) || !only_member(str_skip(header, STR("bytes=").n), &last))
		return HTTP_RANGE_ALL;
	struct str first = str_cut(&last, STR("-"));
	if (str_is_null(last))
		return HTTP_RANGE_ALL;
	if (first.n == 0)
		return last_bytes(last, size, from, n);
	if (!read_number(first, &begin) || (last.n > 0 && !read_number(last, &end)) || end < begin)
		return HTTP_RANGE_ALL;
	if (begin >= size)
		return HTTP_RANGE_NEVER;
	*from = begin;
	*n = (end < size - 1 ? end : size - 1) - begin + 1;
	return HTTP_RANGE_PART;
}

bool http_etag_is_in(struct str header, struct str etag, bool is_strong)
{
	if (str_eq(str_trim(header), STR("*")))
		return true;
	/* our tags have no comma in them */
	for (struct str rest = header; !str_is_null(rest);) {
		struct str tag = str_trim(str_cut(&rest, STR(",")));
		bool is_weak = str_starts(tag, STR("W/"));
		if (str_eq(is_weak ? str_skip(tag, 2) : tag, etag) && !(is_weak && is_strong))
			return true;
	}
	return false;
}
