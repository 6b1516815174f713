#include "text/html_esc.h"

#include <string.h>

#include "base/arena.h"

/* What a byte becomes; the null string: it stays. */
static struct str escape_of(char byte, bool is_attr)
{
	switch (byte) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return is_attr ? STR("&quot;") : STR_NULL;
	case '\'':
		return is_attr ? STR("&#39;") : STR_NULL;
	default:
		return STR_NULL;
	}
}

static void esc(struct buf *b, struct str text, bool is_attr)
{
	size_t from = 0;
	for (size_t i = 0; i < text.n; i++) {
		struct str escaped = escape_of(text.p[i], is_attr);
		if (str_is_null(escaped))
			continue;
		buf_add(b, (struct str){text.p + from, i - from});
		buf_add(b, escaped);
		from = i + 1;
	}
	buf_add(b, str_skip(text, from));
}

void html_text_esc(struct buf *b, struct str text)
{
	esc(b, text, false);
}

void html_attr_esc(struct buf *b, struct str text)
{
	esc(b, text, true);
}

/* Numbers 80 to 9f mean windows-1252 (HTML standard 13.2.5.80). */
static uint32_t from_windows(uint32_t code)
{
	static const uint16_t table[32] = {
		0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
		0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
		0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
	};
	return table[code - 0x80];
}

/* A code point that may stand in our text: no surrogate; 0 for a control character. */
static uint32_t to_text_char(uint32_t code)
{
	if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0xfffd;
	if (code >= 0x80 && code <= 0x9f)
		return from_windows(code);
	if (code == '\r')
		return '\n';
	return (code < 0x20 && code != '\t' && code != '\n') || code == 0x7f ? 0 : code;
}

static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	char letter = byte | 32;
	return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : 99;
}

static bool number_ref(struct str s, uint32_t *code_out, size_t *n_out)
{
	size_t i = 2;
	uint32_t base = 10, code = 0;
	if (s.n > 2 && (s.p[2] | 32) == 'x') {
		base = 16;
		i = 3;
	}
	size_t digits_at = i;
	for (; i < s.n && (uint32_t)hex_digit(s.p[i]) < base; i++)
		if (code <= 0x10ffff)
			code = code * base + (uint32_t)hex_digit(s.p[i]);
	if (i == digits_at)
		return false;
	*code_out = to_text_char(code);
	*n_out = i + (i < s.n && s.p[i] == ';');
	return true;
}

static bool is_alnum(char byte)
{
	return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
}

/* &copy; or &copy, and the longest of the old names that begins "&notit". */
static bool name_ref(struct str s, enum html_place place, uint32_t *code_out, size_t *n_out)
{
	size_t n = 0;
	while (n < MAX_HTML_NAME_BYTES && 1 + n < s.n && is_alnum(s.p[1 + n]))
		n++;
	struct str name = {s.p + 1, n};
	bool is_old, has_semicolon = 1 + n < s.n && s.p[1 + n] == ';';
	if (has_semicolon && (*code_out = html_named_char(name, &is_old)) != 0) {
		*n_out = n + 2;
		return true;
	}
	for (; name.n > 1; name.n--) {
		*code_out = html_named_char(name, &is_old);
		if (*code_out == 0 || !is_old)
			continue;
		char next = 1 + name.n < s.n ? s.p[1 + name.n] : '\0';
		if (place == HTML_IN_ATTR && (next == '=' || is_alnum(next)))
			return false;
		*n_out = name.n + 1;
		return true;
	}
	return false;
}

bool html_char_ref(struct str s, enum html_place place, uint32_t *code_out, size_t *n_out)
{
	if (s.n < 2)
		return false;
	return s.p[1] == '#' ? number_ref(s, code_out, n_out) : name_ref(s, place, code_out, n_out);
}

static size_t put_utf8(char *out, uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)((0xf00 >> n & 0xff) | code);
	return n;
}

/* Bytes that stay as they are in front of the first that does not. */
static size_t plain_prefix(struct str s)
{
	size_t i = 0;
	while (i < s.n) {
		unsigned char byte = (unsigned char)s.p[i];
		if (byte == '&' || byte == 0x7f || (byte < 0x20 && byte != '\t' && byte != '\n'))
			break;
		i++;
	}
	return i;
}

/* Decodes what stands at the start of s, which is not plain; returns the bytes read. No reference is shorter than its
 * UTF-8. */
static size_t decode_one(struct str s, enum html_place place, char *out, size_t *out_n)
{
	uint32_t code;
	size_t n;
	if (s.p[0] == '&') {
		if (!html_char_ref(s, place, &code, &n)) {
			out[(*out_n)++] = '&';
			return 1;
		}
		*out_n += code ? put_utf8(out + *out_n, code) : 0;
		return n;
	}
	if (s.p[0] != '\r')
		return 1;
	out[(*out_n)++] = '\n';
	return s.n > 1 && s.p[1] == '\n' ? 2 : 1;
}

struct str html_decode(struct arena *a, struct str raw, enum html_place place)
{
	size_t plain = plain_prefix(raw);
	if (plain == raw.n)
		return raw;
	char *out = arena_alloc(a, raw.n + 4);
	size_t n = 0;
	for (;;) {
		memcpy(out + n, raw.p, plain);
		n += plain;
		raw = str_skip(raw, plain);
		if (raw.n == 0)
			return (struct str){out, n};
		raw = str_skip(raw, decode_one(raw, place, out, &n));
		plain = plain_prefix(raw);
	}
}
