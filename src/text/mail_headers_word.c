/* Encoded-words (RFC 2047) both ways. Reading is lenient: words may touch other text, be longer than 75 bytes, hold
 * blanks, and split characters between them. */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/mail_headers.h"

enum { MAX_WORD_CHARSET_BYTES = 60 };

struct word {
	struct str charset;
	char encoding; /* 'b' or 'q' */
	struct str text;
	size_t n; /* bytes of the whole word */
};

struct decoder {
	struct arena *a;
	struct str charset; /* of the bytes that wait */
	struct buf bytes;   /* decoded from Q or B, not yet from their charset */
	struct buf out;
	bool has_waiting;
};

/* Reads the encoded-word at the start of s (which begins with "=?"); false when it is none. */
static bool word_read(struct str s, struct word *w)
{
	struct str rest = str_skip(s, 2);
	ptrdiff_t at = str_find_byte(str_head(rest, MAX_WORD_CHARSET_BYTES), '?');
	if (at <= 0)
		return false;
	w->charset = str_head(rest, (size_t)at);
	if (memchr(w->charset.p, ' ', w->charset.n) != NULL)
		return false;
	rest = str_skip(rest, (size_t)at + 1);
	if (rest.n < 4 || rest.p[1] != '?' || strchr("bBqQ", rest.p[0]) == NULL || rest.p[0] == '\0')
		return false;
	w->encoding = (char)(rest.p[0] | 0x20);
	rest = str_skip(rest, 2);
	ptrdiff_t end = str_find(rest, STR("?="));
	if (end < 0)
		return false;
	w->text = str_head(rest, (size_t)end);
	w->n = (size_t)(rest.p - s.p) + (size_t)end + 2;
	return true;
}

static int hex_value(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	byte |= 0x20;
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static void q_decode(struct str s, struct buf *b)
{
	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '=' && i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;
		if (low >= 0) {
			buf_byte(b, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_byte(b, s.p[i] == '_' ? ' ' : s.p[i]);
		}
	}
}

static int base64_value(char byte)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = byte ? strchr(digits, byte) : NULL;
	return at ? (int)(at - digits) : -1;
}

static void b_decode(struct str s, struct buf *b)
{
	unsigned bits = 0, n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int value = base64_value(s.p[i]);
		if (value < 0)
			continue;
		bits = (bits << 6 | (unsigned)value) & 0xffffff;
		if (++n == 4) {
			buf_byte(b, (char)(bits >> 16));
			buf_byte(b, (char)(bits >> 8));
			buf_byte(b, (char)bits);
			n = 0;
		}
	}
	if (n >= 2)
		buf_byte(b, (char)(bits >> (n == 2 ? 4 : 10)));
	if (n == 3)
		buf_byte(b, (char)(bits >> 2));
}

static void flush_words(struct decoder *d)
{
	if (d->has_waiting)
		buf_add(&d->out, charset_decode(d->a, d->charset, buf_str(&d->bytes)));
	d->has_waiting = false;
}

static void put_word(struct decoder *d, const struct word *w)
{
	if (!d->has_waiting || !str_eq_nocase(w->charset, d->charset)) {
		flush_words(d);
		d->charset = w->charset;
		buf_init(&d->bytes, d->a, MAX_HEADER_BYTES);
		d->has_waiting = true;
	}
	if (w->encoding == 'q')
		q_decode(w->text, &d->bytes);
	else
		b_decode(w->text, &d->bytes);
}

static void put_plain(struct decoder *d, struct str plain)
{
	if (plain.n == 0 || (d->has_waiting && str_trim(plain).n == 0))
		return; /* white space between two words is not text; at the end it is trimmed anyway */
	flush_words(d);
	buf_add(&d->out, plain);
}

struct str mail_header_text(struct arena *a, struct str value)
{
	enum { GROWTH = 6 };
	if (str_is_null(value))
		return value;
	struct str rest = mail_header_line(a, value);
	struct decoder d = {.a = a};
	struct word w;
	buf_init(&d.out, a, rest.n * GROWTH + 1);
	size_t plain_n = 0;
	bool may_have_word = true;
	while (plain_n < rest.n) {
		bool is_start = rest.p[plain_n] == '=' && plain_n + 1 < rest.n && rest.p[plain_n + 1] == '?';
		if (is_start && may_have_word && word_read(str_skip(rest, plain_n), &w)) {
			put_plain(&d, str_head(rest, plain_n));
			put_word(&d, &w);
			rest = str_skip(rest, plain_n + w.n);
			plain_n = 0;
			continue;
		}
		if (is_start && may_have_word)
			may_have_word = str_find(str_skip(rest, plain_n + 2), STR("?=")) >= 0;
		plain_n++;
	}
	put_plain(&d, rest);
	flush_words(&d);
	return utf8_head(mail_header_line(a, buf_str(&d.out)), MAX_HEADER_TEXT_BYTES);
}
