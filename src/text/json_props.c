/* Names and values are cut between quotes; memchr finds the closing quote, and only when a backslash stands before it
 * the string is copied and unescaped. Reading a ticket walks over all of its properties: no loop looks at single bytes. */

#include "text/json_props.h"

#include <string.h>

#include "base/arena.h"

static void skip_blanks(struct props_walk *w)
{
	while (w->p < w->end && (*w->p == ' ' || *w->p == '\t' || *w->p == '\n' || *w->p == '\r'))
		w->p++;
}

static bool take(struct props_walk *w, char byte)
{
	skip_blanks(w);
	if (w->p == w->end || *w->p != byte)
		return false;
	w->p++;
	return true;
}

/* The first quote with an even number of backslashes before it, or NULL. */
static const char *closing_quote(const char *from, const char *end)
{
	for (const char *p = from; (p = memchr(p, '"', (size_t)(end - p))) != NULL; p++) {
		const char *run = p;
		while (run > from && run[-1] == '\\')
			run--;
		if ((p - run) % 2 == 0)
			return p;
	}
	return NULL;
}

/* The bytes between two quotes, still escaped. */
static bool take_string(struct props_walk *w, struct str *raw_out, bool *is_escaped_out)
{
	if (!take(w, '"'))
		return false;
	const char *from = w->p;
	const char *quote = closing_quote(from, w->end);
	if (quote == NULL)
		return false;
	*is_escaped_out = memchr(from, '\\', (size_t)(quote - from)) != NULL;
	*raw_out = (struct str){from, (size_t)(quote - from)};
	w->p = quote + 1;
	return true;
}

/* The 16-bit number of the four hex digits at s, or -1. */
static int hex4(struct str s)
{
	int value = 0;
	if (s.n < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		char d = s.p[i];
		int digit = d >= '0' && d <= '9'                 ? d - '0'
			    : (d | 32) >= 'a' && (d | 32) <= 'f' ? (d | 32) - 'a' + 10
								 : -1;
		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

static size_t put_utf8(char *out, unsigned code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

/* s begins behind \u. Returns how many bytes were read; a lone surrogate or NUL is U+FFFD. */
static size_t unescape_u(struct str s, char *out, size_t *out_n)
{
	int high = hex4(s);
	size_t read = high < 0 ? 0 : 4;
	unsigned code = high <= 0 ? 0xfffd : (unsigned)high;
	if (code >= 0xd800 && code <= 0xdfff) {
		int low = s.n >= 10 && s.p[4] == '\\' && s.p[5] == 'u' ? hex4(str_skip(s, 6)) : -1;
		bool is_pair = code < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
		code = is_pair ? 0x10000 + ((code - 0xd800) << 10) + ((unsigned)low - 0xdc00) : 0xfffd;
		read = is_pair ? 10 : 4;
	}
	*out_n += put_utf8(out + *out_n, code);
	return read;
}

static char unescape_letter(char letter)
{
	switch (letter) {
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	default:
		return letter;
	}
}

static struct str unescape(struct arena *a, struct str raw)
{
	char *out = arena_alloc(a, raw.n + 2); /* \u and nothing valid behind it: two bytes become three */
	size_t n = 0;
	for (size_t i = 0; i < raw.n; i++) {
		const char *at = memchr(raw.p + i, '\\', raw.n - i);
		size_t plain = at == NULL || at == raw.p + raw.n - 1 ? raw.n - i : (size_t)(at - (raw.p + i));
		memcpy(out + n, raw.p + i, plain);
		n += plain;
		i += plain + 1; /* behind the backslash */
		if (i >= raw.n)
			break;
		if (raw.p[i] == 'u')
			i += unescape_u(str_skip(raw, i + 1), out, &n);
		else
			out[n++] = unescape_letter(raw.p[i]);
	}
	return (struct str){out, n};
}

struct props_walk props_walk(struct str map)
{
	struct props_walk w = {map.p, map.p + map.n};
	if (map.n == 0 || !take(&w, '{'))
		w.p = w.end;
	return w;
}

/* Moves behind one pair and the comma or bracket behind it. */
static bool next_raw(struct props_walk *w, struct str *name_out, bool *name_escaped, struct str *value_out,
		     bool *value_escaped)
{
	if (w->p == w->end)
		return false;
	bool is_pair =
		take_string(w, name_out, name_escaped) && take(w, ':') && take_string(w, value_out, value_escaped);
	bool has_more = is_pair && take(w, ',');
	if (!has_more)
		w->end = w->p;
	return is_pair;
}

bool props_next(struct props_walk *w, struct arena *a, struct str *name_out, struct str *value_out)
{
	struct str name, value;
	bool name_escaped, value_escaped;
	if (!next_raw(w, &name, &name_escaped, &value, &value_escaped))
		return false;
	*name_out = name_escaped ? unescape(a, name) : name;
	*value_out = value_escaped ? unescape(a, value) : value;
	return true;
}

bool props_get(struct str map, struct str name, struct arena *a, struct str *out)
{
	struct props_walk w = props_walk(map);
	struct str found, value;
	bool name_escaped, value_escaped;
	while (next_raw(&w, &found, &name_escaped, &value, &value_escaped)) {
		if (!str_eq(name_escaped ? unescape(a, found) : found, name))
			continue;
		*out = value_escaped ? unescape(a, value) : value;
		return true;
	}
	return false;
}

bool props_are_valid(struct str map)
{
	struct props_walk w = {map.p, map.p + map.n};
	struct str raw;
	bool is_escaped;
	if (map.n == 0)
		return true;
	if (!take(&w, '{'))
		return false;
	if (!take(&w, '}')) {
		do {
			if (!take_string(&w, &raw, &is_escaped) || !take(&w, ':') ||
			    !take_string(&w, &raw, &is_escaped))
				return false;
		} while (take(&w, ','));
		if (!take(&w, '}'))
			return false;
	}
	skip_blanks(&w);
	return w.p == w.end;
}
