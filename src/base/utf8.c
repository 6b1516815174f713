#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* How many bytes the well-formed sequence at the start of s takes, 0 when it is ill-formed (Unicode table 3-7). */
static size_t sequence_n(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	if (p[0] < 0x80)
		return 1;
	size_t n = p[0] >= 0xc2 && p[0] <= 0xdf ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] <= 0xf4 ? 4 : 0;
	if (n == 0 || s.n < n)
		return 0;
	unsigned char low = 0x80, high = 0xbf;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

/* Bytes of s before the first one that utf8_clean would change; NUL counts when is_nul_bad. */
static size_t good_prefix(struct str s, bool is_nul_bad)
{
	size_t i = 0;
	while (i < s.n) {
		uint64_t eight;
		if (!is_nul_bad && s.n - i >= sizeof(eight)) { /* nearly all text is ASCII */
			memcpy(&eight, s.p + i, sizeof(eight));
			if ((eight & 0x8080808080808080) == 0) {
				i += sizeof(eight);
				continue;
			}
		}
		if (s.p[i] == '\0' && is_nul_bad)
			break;
		size_t n = sequence_n((struct str){s.p + i, s.n - i});
		if (n == 0)
			break;
		i += n;
	}
	return i;
}

bool utf8_is_valid(struct str s)
{
	return good_prefix(s, false) == s.n;
}

struct str utf8_clean(struct arena *a, struct str s)
{
	size_t good = good_prefix(s, true);
	if (good == s.n)
		return s;
	char *out = arena_alloc(a, s.n * 3 + 1);
	size_t n = 0;
	while (s.n > 0) {
		memcpy(out + n, s.p, good);
		n += good;
		s = str_skip(s, good);
		bool was_bad = false;
		for (; s.n > 0 && (s.p[0] == '\0' || sequence_n(s) == 0); s = str_skip(s, 1))
			was_bad = was_bad || s.p[0] != '\0';
		if (was_bad) {
			memcpy(out + n, "\xef\xbf\xbd", 3);
			n += 3;
		}
		good = good_prefix(s, true);
	}
	return (struct str){out, n};
}

struct str utf8_head(struct str s, size_t max_bytes)
{
	if (s.n <= max_bytes)
		return s;
	size_t n = max_bytes;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return (struct str){s.p, n};
}

struct str utf8_head_chars(struct str s, size_t max_chars)
{
	size_t chars = 0;
	for (size_t i = 0; i < s.n; i++) {
		chars += ((unsigned char)s.p[i] & 0xc0) != 0x80;
		if (chars > max_chars)
			return str_head(s, i);
	}
	return s;
}

uint32_t utf8_decode(struct str s, size_t *n_out)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t n = sequence_n(s);
	*n_out = n ? n : 1;
	switch (n) {
	case 1:
		return p[0];
	case 2:
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
	case 3:
		return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	case 4:
		return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 |
		       (p[3] & 0x3f);
	default:
		return 0xfffd;
	}
}

size_t utf8_count(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

static bool is_in(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

/* Spaces, controls, line ends, and what shows nothing at all. */
static bool is_blank(uint32_t c)
{
	return c <= ' ' || is_in(c, 0x7f, 0xa0) || c == 0xad || c == 0x1680 || is_in(c, 0x2000, 0x200b) || is_in(c, 0x2028, 0x2029) ||
	       c == 0x202f || is_in(c, 0x205f, 0x2064) || c == 0x3000 || c == 0xfeff;
}

/* Embeddings, overrides and isolates (UAX 9). */
static bool is_turn(uint32_t c)
{
	return is_in(c, 0x202a, 0x202e) || is_in(c, 0x2066, 0x2069);
}

struct str utf8_line(struct arena *a, struct str s)
{
	size_t n = 0, step;
	struct str clean = utf8_clean(a, s);
	char *out = arena_alloc(a, clean.n + 1);
	bool is_gap = false;
	for (struct str rest = clean; rest.n > 0; rest = str_skip(rest, step)) {
		uint32_t c = utf8_decode(rest, &step);
		is_gap |= is_blank(c);
		if (is_blank(c) || is_turn(c))
			continue;
		if (is_gap && n > 0)
			out[n++] = ' '; /* in the room of the blank */
		memcpy(out + n, rest.p, step);
		n += step;
		is_gap = false;
	}
	return (struct str){out, n};
}
