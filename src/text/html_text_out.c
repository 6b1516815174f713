/* Text as HTML: line by line, word by word, an address where a word may begin. */

#include "text/html_text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/html_esc.h"
#include "text/url.h"

enum { GROWTH = 16, GROWTH_BASE = 256 }; /* an address makes two of itself and the words of a link */

static bool is_control(char byte)
{
	return ((unsigned char)byte < 0x20 && byte != '\t') || byte == 0x7f;
}

/* May an address begin behind this byte? Not inside a word. */
static bool is_word_byte(char byte)
{
	return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') || (byte & 0x80);
}

/* The bytes of "mailto:" and an address at the start of s, or 0. */
static size_t mailto_n(struct str s)
{
	size_t n = 7, at = 0;
	if (!str_starts_nocase(s, STR("mailto:")))
		return 0;
	for (; n < s.n && n < 300; n++) {
		char byte = s.p[n];
		if (byte == '@' && at == 0 && n > 7)
			at = n;
		else if (!is_word_byte(byte) && byte != '.' && byte != '-' && byte != '_' && byte != '+')
			break;
	}
	while (n > 7 && !is_word_byte(s.p[n - 1]))
		n--;
	return at > 0 && n > at + 1 && !(s.p[at + 1] & 0x80) ? n : 0;
}

static size_t address_n(struct str s)
{
	char first = s.p[0] | 32;
	return first == 'h' ? url_prefix_n(s) : first == 'm' ? mailto_n(s) : 0;
}

static bool put_link(struct buf *b, struct str address)
{
	struct str url;
	if (!url_clean(b->a, address, URL_WEB | URL_MAIL, &url))
		return false;
	buf_lit(b, "<a href=\"");
	html_attr_esc(b, url);
	buf_lit(b, "\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">");
	html_text_esc(b, address);
	buf_lit(b, "</a>");
	return true;
}

/* The first of a run of blanks may break the line, the others keep the width; at the start of a line all keep it. */
static size_t put_blanks(struct buf *b, struct str s, bool is_start)
{
	size_t n = 0;
	for (; n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'); n++) {
		if (n == 0 && !is_start)
			buf_byte(b, ' ');
		else
			buf_lit(b, "\xc2\xa0");
		if (s.p[n] == '\t')
			buf_lit(b, "\xc2\xa0\xc2\xa0\xc2\xa0");
	}
	return n;
}

static void put_line(struct buf *b, struct str s)
{
	size_t from = 0, i = 0;
	while (i < s.n) {
		bool is_word_start = i == 0 || !is_word_byte(s.p[i - 1]);
		bool is_blank = s.p[i] == ' ' || s.p[i] == '\t';
		size_t n = is_word_start ? address_n(str_skip(s, i)) : 0;
		if (n == 0 && !is_blank && !is_control(s.p[i])) {
			i++;
			continue;
		}
		html_text_esc(b, (struct str){s.p + from, i - from});
		if (n > 0 && !put_link(b, (struct str){s.p + i, n}))
			html_text_esc(b, (struct str){s.p + i, n});
		if (n == 0)
			n = is_blank ? put_blanks(b, str_skip(s, i), i == 0) : 1;
		i += n;
		from = i;
	}
	html_text_esc(b, str_skip(s, from));
}

struct str html_from_text(struct arena *a, struct str text)
{
	struct buf b;
	buf_init(&b, a, text.n * GROWTH + GROWTH_BASE);
	bool is_first = true;
	for (struct str rest = utf8_clean(a, text); !str_is_null(rest); is_first = false) {
		struct str line = str_cut(&rest, STR("\n"));
		if (str_ends(line, STR("\r")))
			line.n--;
		if (!is_first)
			buf_lit(&b, "<br>\n");
		put_line(&b, line);
	}
	return buf_str(&b);
}
