/* Transfer encodings (RFC 2045), folding (RFC 5322 section 2.2.3) and parameters (RFC 2231). */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/mail_headers.h"
#include "text/mime_write_int.h"

enum {
	LINE_BYTES = 78,      /* wanted (RFC 5322 section 2.1.1) */
	CODED_LINE_BYTES = 76, /* most of base64 and quoted-printable */
	BASE64_BYTES_PER_LINE = CODED_LINE_BYTES / 4 * 3,
	MAX_PLAIN_PARAM_BYTES = 60,
	MAX_SEGMENT_BYTES = 54, /* of encoded text in one name*N*= */
};

static const char hex[] = "0123456789ABCDEF";

void put_header(struct buf *b, struct str name, struct str value)
{
	size_t column = name.n + 1;
	buf_add(b, name);
	buf_byte(b, ':');
	bool is_first = true;
	for (struct str rest = value; !str_is_null(rest) && rest.n > 0; is_first = false) {
		struct str word = str_cut(&rest, STR(" "));
		if (!is_first && column + 1 + word.n > LINE_BYTES) {
			buf_lit(b, "\r\n");
			column = 0;
		}
		buf_byte(b, ' ');
		buf_add(b, word);
		column += 1 + word.n;
	}
	buf_lit(b, "\r\n");
}

void put_base64(struct buf *b, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.n; i += 3) {
		const unsigned char *p = (const unsigned char *)bytes.p + i;
		size_t left = bytes.n - i;
		unsigned bits = (unsigned)p[0] << 16 | (left > 1 ? (unsigned)p[1] << 8 : 0) | (left > 2 ? p[2] : 0);
		char group[4] = {digits[bits >> 18], digits[bits >> 12 & 63], left > 1 ? digits[bits >> 6 & 63] : '=',
		                 left > 2 ? digits[bits & 63] : '='};
		buf_add(b, (struct str){group, sizeof(group)});
		if (left <= 3 || (i + 3) % BASE64_BYTES_PER_LINE == 0)
			buf_lit(b, "\r\n");
	}
}

/* Text as we send it: valid, \n line ends. */
static struct str normalise(struct arena *a, struct str text)
{
	struct str s = utf8_clean(a, text);
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		out[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
	}
	return (struct str){out, n};
}

/* May the line travel as it is? Not what relays change (blanks at the end, From), nor what could be a boundary. */
static bool is_bare_line(struct str line)
{
	if (line.n > LINE_BYTES || str_starts(line, STR("--")) || str_starts(line, STR("From ")) ||
	    str_starts(line, STR(".")))
		return false;
	for (size_t i = 0; i < line.n; i++)
		if ((line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] > '~')
			return false;
	return line.n == 0 || (line.p[line.n - 1] != ' ' && line.p[line.n - 1] != '\t');
}

static bool is_bare(struct str text)
{
	for (struct str rest = text; !str_is_null(rest);)
		if (!is_bare_line(str_cut(&rest, STR("\n"))))
			return false;
	return true;
}

static void put_lines(struct buf *b, struct str text)
{
	for (struct str rest = text; !str_is_null(rest) && rest.n > 0;) {
		buf_add(b, str_cut(&rest, STR("\n")));
		buf_lit(b, "\r\n");
	}
}

static bool is_qp_bare(struct str line, size_t i)
{
	char byte = line.p[i];
	if (byte == ' ' || byte == '\t')
		return i + 1 < line.n;
	return byte > ' ' && byte <= '~' && byte != '=';
}

/* One line of quoted-printable, with soft breaks; the hard one is the caller's. */
static void put_qp_line(struct buf *b, struct str line)
{
	size_t column = 0;
	for (size_t i = 0; i < line.n; i++) {
		bool is_plain = is_qp_bare(line, i);
		if (column + (is_plain ? 1 : 3) > CODED_LINE_BYTES - 1) {
			buf_lit(b, "=\r\n");
			column = 0;
		}
		/* relays change these where a line begins, also behind a soft break */
		bool is_touchy = column == 0 && (line.p[i] == '.' || str_starts(str_skip(line, i), STR("From ")));
		if (is_plain && !is_touchy) {
			buf_byte(b, line.p[i]);
			column++;
			continue;
		}
		buf_byte(b, '=');
		buf_byte(b, hex[(unsigned char)line.p[i] >> 4]);
		buf_byte(b, hex[(unsigned char)line.p[i] & 15]);
		column += 3;
	}
}

static void put_qp(struct buf *b, struct str text)
{
	for (struct str rest = text; !str_is_null(rest) && rest.n > 0;) {
		put_qp_line(b, str_cut(&rest, STR("\n")));
		buf_lit(b, "\r\n");
	}
}

static size_t qp_n(struct str text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n' || (text.p[i] >= ' ' && text.p[i] <= '~' && text.p[i] != '=') ? 1 : 3;
	return n;
}

void put_text_part(struct buf *b, struct str content_type, struct str text)
{
	struct str lines = normalise(b->a, text);
	put_header(b, STR("Content-Type"), str_cat(b->a, content_type, STR("; charset=utf-8")));
	if (is_bare(lines)) {
		buf_lit(b, "Content-Transfer-Encoding: 7bit\r\n\r\n");
		put_lines(b, lines);
	} else if (qp_n(lines) <= lines.n / 3 * 4) {
		buf_lit(b, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
		put_qp(b, lines);
	} else {
		buf_lit(b, "Content-Transfer-Encoding: base64\r\n\r\n");
		put_base64(b, lines);
	}
}

/* Printable ASCII that needs no backslash, and no reader takes for something encoded. */
static bool is_plain_param(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~' || strchr("\"\\%'", s.p[i]) != NULL ||
		    (s.p[i] == ' ' && (i == 0 || s.p[i - 1] == ' ')))
			return false;
	return s.n <= MAX_PLAIN_PARAM_BYTES && str_find(s, STR("=?")) < 0;
}

/* The same name for readers that know nothing of RFC 2231: the end of it, which tells the kind of file, in ASCII. */
static void put_fallback(struct buf *b, struct str name, struct str value)
{
	struct str end = str_skip(value, value.n > MAX_PLAIN_PARAM_BYTES ? value.n - MAX_PLAIN_PARAM_BYTES : 0);
	buf_fmt(b, "; " STR_FMT "=\"", STR_ARG(name));
	for (size_t i = 0; i < end.n; i++) {
		unsigned char byte = (unsigned char)end.p[i];
		bool is_safe = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
			       (byte >= 'a' && byte <= 'z') || byte == '.' || byte == '-';
		if ((byte & 0xc0) != 0x80)
			buf_byte(b, is_safe ? end.p[i] : '_');
	}
	buf_byte(b, '"');
}

/* attribute-char of RFC 2231 section 7, and less. */
static bool is_attribute_byte(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
	       (byte != '\0' && strchr("-._~", byte) != NULL);
}

void put_param(struct buf *b, struct str name, struct str value)
{
	if (is_plain_param(value)) {
		buf_fmt(b, "; " STR_FMT "=\"" STR_FMT "\"", STR_ARG(name), STR_ARG(value));
		return;
	}
	put_fallback(b, name, value);
	size_t column = MAX_SEGMENT_BYTES, segment = 0;
	for (size_t i = 0; i < value.n; i++) {
		bool is_bare_byte = is_attribute_byte(value.p[i]);
		if (column + (is_bare_byte ? 1 : 3) > MAX_SEGMENT_BYTES) {
			buf_fmt(b, "; " STR_FMT "*%zu*=%s", STR_ARG(name), segment, segment ? "" : "UTF-8''");
			segment++;
			column = 0;
		}
		if (is_bare_byte)
			buf_byte(b, value.p[i]);
		else
			buf_fmt(b, "%%%02X", (unsigned char)value.p[i]);
		column += is_bare_byte ? 1 : 3;
	}
}
