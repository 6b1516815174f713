/* Parameters of Content-Type and Content-Disposition. RFC 2231 is what should be sent, RFC 2047 inside of quotes
 * and bare 8-bit are what is sent; all three are read. */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/mail_headers.h"

enum { MAX_SEGMENTS = 100 };

struct segment {
	struct str value;
	bool is_percent; /* name*N*=: percent-encoded */
};

struct param {
	struct str plain;
	struct str extended; /* name*= */
	struct segment *segments;
};

static void skip_blanks(struct str *s)
{
	while (s->n > 0 && (s->p[0] == ' ' || s->p[0] == '\t' || s->p[0] == ';'))
		*s = str_skip(*s, 1);
}

/* A quoted-string, the opening quote gone. A backslash quotes only a quote or a backslash: senders write
 * "C:\a\b.txt". */
static struct str take_quoted(struct arena *a, struct str *s)
{
	struct buf b;
	buf_init(&b, a, s->n);
	size_t i = 0;
	for (; i < s->n && s->p[i] != '"'; i++) {
		if (s->p[i] == '\\' && i + 1 < s->n && (s->p[i + 1] == '"' || s->p[i + 1] == '\\'))
			i++;
		buf_byte(&b, s->p[i]);
	}
	*s = str_skip(*s, i + 1);
	return buf_str(&b);
}

/* A token, and, because senders forget the quotes, everything up to the next semicolon; a comment at the end is
 * left out. */
static struct str take_bare(struct str *s)
{
	size_t n = 0;
	while (n < s->n && s->p[n] != ';')
		n++;
	struct str value = str_head(*s, n);
	*s = str_skip(*s, n);
	ptrdiff_t comment = str_find(value, STR(" ("));
	return str_trim(comment >= 0 ? str_head(value, (size_t)comment) : value);
}

static bool take_param(struct arena *a, struct str *rest, struct str *name_out, struct str *value_out)
{
	size_t n = 0;
	skip_blanks(rest);
	while (n < rest->n && rest->p[n] != '=' && rest->p[n] != ';')
		n++;
	*name_out = str_trim(str_head(*rest, n));
	*value_out = STR("");
	bool has_value = n < rest->n && rest->p[n] == '=';
	*rest = str_skip(*rest, has_value ? n + 1 : n);
	if (!has_value)
		return n > 0 || rest->n > 0;
	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'))
		*rest = str_skip(*rest, 1);
	if (rest->n > 0 && rest->p[0] == '"') {
		*rest = str_skip(*rest, 1);
		*value_out = take_quoted(a, rest);
	} else {
		*value_out = take_bare(rest);
	}
	return true;
}

/* Files one parameter under what its name says: x, x*, x*0 or x*0*. The first of each wins. */
static void keep(struct param *p, struct str suffix, struct str value)
{
	int64_t k;
	if (suffix.n == 0 && str_is_null(p->plain))
		p->plain = value;
	if (suffix.n == 0 || suffix.p[0] != '*')
		return;
	suffix = str_skip(suffix, 1);
	if (suffix.n == 0 && str_is_null(p->extended))
		p->extended = value;
	bool is_percent = str_ends(suffix, STR("*"));
	if (is_percent)
		suffix.n--;
	if (num_parse_int(suffix, &k) && k >= 0 && k < MAX_SEGMENTS && str_is_null(p->segments[k].value))
		p->segments[k] = (struct segment){value, is_percent};
}

static int hex_value(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	byte |= 0x20;
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static void percent_decode(struct str s, struct buf *b)
{
	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '%' && i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;
		buf_byte(b, low >= 0 ? (char)(high << 4 | low) : s.p[i]);
		i += low >= 0 ? 2 : 0;
	}
}

/* Cuts charset'language' off the front of an extended value; without two quotes there is none. */
static struct str take_charset(struct str *value)
{
	struct str rest = *value;
	struct str charset = str_cut(&rest, STR("'"));
	ptrdiff_t second = str_find_byte(rest, '\'');
	if (str_is_null(rest) || second < 0)
		return STR_NULL;
	*value = str_skip(rest, (size_t)second + 1);
	return charset;
}

static struct str clean(struct arena *a, struct str text)
{
	return utf8_head(mail_header_line(a, text), MAX_HEADER_TEXT_BYTES);
}

static struct str join_segments(struct arena *a, const struct param *p)
{
	struct buf b;
	struct str charset = STR_NULL;
	buf_init(&b, a, MAX_HEADER_BYTES);
	for (int k = 0; k < MAX_SEGMENTS && !str_is_null(p->segments[k].value); k++) {
		struct str value = p->segments[k].value;
		if (k == 0 && p->segments[k].is_percent)
			charset = take_charset(&value);
		if (p->segments[k].is_percent)
			percent_decode(value, &b);
		else
			buf_add(&b, value);
	}
	if (p->segments[0].is_percent)
		return clean(a, charset_decode(a, charset, buf_str(&b)));
	return mail_header_text(a, buf_str(&b));
}

struct str mail_header_param(struct arena *a, struct str value, struct str name)
{
	struct str rest = mail_header_line(a, value), found, found_value;
	struct param p = {.segments = NEW_ARRAY(a, MAX_SEGMENTS, struct segment)};
	struct buf b;
	str_cut(&rest, STR(";"));
	while (rest.n > 0 && take_param(a, &rest, &found, &found_value))
		if (str_starts_nocase(found, name))
			keep(&p, str_skip(found, name.n), found_value);
	if (!str_is_null(p.extended)) {
		struct str charset = take_charset(&p.extended);
		buf_init(&b, a, p.extended.n);
		percent_decode(p.extended, &b);
		return clean(a, charset_decode(a, charset, buf_str(&b)));
	}
	if (!str_is_null(p.segments[0].value))
		return join_segments(a, &p);
	return mail_header_text(a, p.plain);
}
