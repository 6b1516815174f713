/* Encoded-words for what we send (RFC 2047): UTF-8, B or Q by length, each word whole in itself. */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/mail_headers.h"

enum {
	MAX_WORD_BYTES = 75,
	WORD_FRAME_BYTES = 12,                                   /* =?UTF-8?B??= */
	MAX_B_BYTES = (MAX_WORD_BYTES - WORD_FRAME_BYTES) / 4 * 3, /* of text in one B word */
	MAX_Q_BYTES = MAX_WORD_BYTES - WORD_FRAME_BYTES,           /* of encoded text in one Q word */
};

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void b_encode(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i += 3) {
		size_t left = s.n - i;
		unsigned bits = (unsigned)(unsigned char)s.p[i] << 16;
		bits |= left > 1 ? (unsigned)(unsigned char)s.p[i + 1] << 8 : 0;
		bits |= left > 2 ? (unsigned)(unsigned char)s.p[i + 2] : 0;
		buf_byte(b, base64_digits[bits >> 18]);
		buf_byte(b, base64_digits[bits >> 12 & 63]);
		buf_byte(b, left > 1 ? base64_digits[bits >> 6 & 63] : '=');
		buf_byte(b, left > 2 ? base64_digits[bits & 63] : '=');
	}
}

/* The bytes that RFC 2047 section 5 (3) allows bare inside of a phrase: they serve everywhere. */
static bool is_q_bare(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       (byte != '\0' && strchr("!*+-/", byte) != NULL);
}

static size_t q_byte_n(char byte)
{
	return is_q_bare(byte) || byte == ' ' ? 1 : 3;
}

static size_t q_encoded_n(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += q_byte_n(s.p[i]);
	return n;
}

static void q_encode(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte = (unsigned char)s.p[i];
		if (byte == ' ') {
			buf_byte(b, '_');
		} else if (is_q_bare(s.p[i])) {
			buf_byte(b, s.p[i]);
		} else {
			buf_byte(b, '=');
			buf_byte(b, hex[byte >> 4]);
			buf_byte(b, hex[byte & 15]);
		}
	}
}

/* Whole code points from the front of text, as many as fit one Q word. */
static struct str q_head(struct str text)
{
	size_t n = 0, encoded_n = 0, cp_n;
	while (n < text.n) {
		utf8_decode(str_skip(text, n), &cp_n);
		size_t more = q_encoded_n(str_head(str_skip(text, n), cp_n));
		if (encoded_n + more > MAX_Q_BYTES)
			break;
		encoded_n += more;
		n += cp_n;
	}
	return str_head(text, n);
}

static struct str encode_words(struct arena *a, struct str text)
{
	enum { GROWTH = 8 };
	bool is_q = q_encoded_n(text) <= (text.n + 2) / 3 * 4;
	struct buf b;
	buf_init(&b, a, text.n * GROWTH + MAX_WORD_BYTES);
	while (text.n > 0) {
		struct str head = is_q ? q_head(text) : utf8_head(text, MAX_B_BYTES);
		if (b.n > 0)
			buf_byte(&b, ' ');
		buf_lit(&b, "=?UTF-8?");
		buf_add(&b, is_q ? STR("Q?") : STR("B?"));
		if (is_q)
			q_encode(&b, head);
		else
			b_encode(&b, head);
		buf_lit(&b, "?=");
		text = str_skip(text, head.n);
	}
	return buf_str(&b);
}

/* Can the text stand in a header as it is, and come back the same? */
static bool is_plain(struct str s)
{
	size_t word_n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
		if (s.p[i] == ' ' && (i == 0 || i + 1 == s.n || s.p[i - 1] == ' '))
			return false; /* a fold could change the number of blanks */
		word_n = s.p[i] == ' ' ? 0 : word_n + 1;
		if (word_n > MAX_WORD_BYTES)
			return false; /* could not be folded */
	}
	return str_find(s, STR("=?")) < 0;
}

struct str mail_text_encode(struct arena *a, struct str text)
{
	struct str valid = utf8_clean(a, text);
	char *line = arena_alloc(a, valid.n + 1);
	for (size_t i = 0; i < valid.n; i++)
		line[i] = (unsigned char)valid.p[i] < ' ' || valid.p[i] == 127 ? ' ' : valid.p[i];
	struct str clean = {line, valid.n};
	return is_plain(clean) ? clean : encode_words(a, clean);
}
