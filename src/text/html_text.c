/* A writer that owes white space: tags only raise what stands before the next word (a blank, a tab, one line end or
 * two), and the word pays it. So nothing piles up at the ends, however deep the tables of a newsletter are. */

#include "text/html_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "text/html_clean.h"
#include "text/html_clean_int.h"
#include "text/html_esc.h"
#include "text/html_scan.h"
#include "text/url.h"

enum {
	MAX_QUOTE_MARKS = 20,     /* of one line */
	MAX_LISTS = 20,           /* inside one another; deeper ones have dashes and no indent of their own */
	MAX_LINK_TEXT_BYTES = 2000, /* a longer link is text */
	MAX_TEXT_BYTES = 4 << 20, /* of the result; <hr> and quotes can make more of an input than it is */
};

struct writer {
	struct arena *a;
	enum html_links links;
	struct buf out;
	int owed_lines;
	char owed_blank;   /* ' ', '\t' or 0 */
	size_t quote_depth;
	size_t line_quote_depth; /* of the line that was written last */
	size_t pre_depth;
	size_t list_n;
	int64_t item[MAX_LISTS]; /* the number of the next item; 0: dashes */
	bool is_item_owed;

	struct str href;   /* of the link that is open; null: none */
	struct str link_title;
	struct buf link;   /* its text so far */
	bool is_link_image;  /* it holds no words of its own */
};

static void owe_lines(struct writer *w, int n)
{
	if (w->owed_lines < n)
		w->owed_lines = n;
}

static void put_quote_marks(struct writer *w, size_t depth, bool has_text)
{
	for (size_t i = 0; i < depth && i < MAX_QUOTE_MARKS; i++)
		buf_byte(&w->out, '>');
	if (depth > 0 && has_text)
		buf_byte(&w->out, ' ');
}

/* "- " or "3. ", behind two blanks for every list around it. */
static void put_item_mark(struct writer *w)
{
	w->is_item_owed = false;
	for (size_t i = 1; i < w->list_n && i < MAX_LISTS; i++)
		buf_lit(&w->out, "  ");
	int64_t *number = w->list_n > 0 && w->list_n <= MAX_LISTS ? &w->item[w->list_n - 1] : NULL;
	if (number == NULL || *number == 0) {
		buf_lit(&w->out, "- ");
		return;
	}
	buf_int(&w->out, (*number)++);
	buf_lit(&w->out, ". ");
}

/* Pays what is owed; a word follows. */
static void pay(struct writer *w)
{
	bool is_first = w->out.n == 0;
	if (!is_first && (w->is_item_owed || w->quote_depth != w->line_quote_depth))
		owe_lines(w, 1);
	if (is_first || w->owed_lines > 0) {
		size_t between = w->quote_depth < w->line_quote_depth ? w->quote_depth : w->line_quote_depth;
		for (int i = 1; !is_first && i <= w->owed_lines; i++) {
			buf_byte(&w->out, '\n');
			if (i < w->owed_lines)
				put_quote_marks(w, between, false);
		}
		put_quote_marks(w, w->quote_depth, true);
		w->line_quote_depth = w->quote_depth;
		if (w->is_item_owed)
			put_item_mark(w);
	} else if (w->owed_blank != '\0') {
		buf_byte(&w->out, w->owed_blank);
	}
	w->owed_lines = 0;
	w->owed_blank = '\0';
}

static bool is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* How many bytes at p are invisible padding: 0 for what shows. Joiners matter between letters that join, and only
 * there. */
static size_t padding_n(struct str s, size_t at)
{
	struct str here = str_skip(s, at);
	if (str_starts(here, STR("\xc2\xad")))
		return 2; /* soft hyphen */
	if (str_starts(here, STR("\xe2\x80\x8b")) || str_starts(here, STR("\xef\xbb\xbf")))
		return 3; /* zero-width blanks */
	if (!str_starts(here, STR("\xe2\x80\x8c")) && !str_starts(here, STR("\xe2\x80\x8d")))
		return 0;
	bool is_joining = at > 0 && (s.p[at - 1] & 0x80) && here.n > 3 && (here.p[3] & 0x80);
	bool is_in_padding = is_joining && (str_starts(str_skip(here, 3), STR("\xc2\xa0")) ||
					    (at > 1 && s.p[at - 1] == '\xa0' && s.p[at - 2] == '\xc2'));
	return is_joining && !is_in_padding ? 0 : 3;
}

/* Bytes of white space at the start, a no-break space being one. */
static size_t blank_n(struct str s)
{
	size_t n = 0;
	while (n < s.n && (is_blank(s.p[n]) || str_starts(str_skip(s, n), STR("\xc2\xa0"))))
		n += is_blank(s.p[n]) ? 1 : 2;
	return n;
}

/* Bytes up to the next white space or padding. */
static size_t word_n(struct str s, size_t at)
{
	size_t i = at;
	while (i < s.n && !is_blank(s.p[i]) && !str_starts(str_skip(s, i), STR("\xc2\xa0")) && padding_n(s, i) == 0)
		i++;
	return i - at;
}

static void put_word(struct writer *w, struct str word)
{
	pay(w);
	buf_add(&w->out, word);
}

/* Ends the link as mere text: it grew too long for brackets. */
static void give_up_link(struct writer *w)
{
	if (w->link.n > 0)
		put_word(w, buf_str(&w->link));
	w->href = STR_NULL;
}

static void put_link_word(struct writer *w, struct str word)
{
	size_t blank = w->link.n > 0 && w->owed_blank != '\0';
	if (w->link.n + blank + word.n > MAX_LINK_TEXT_BYTES) {
		char owed = w->owed_blank;
		w->owed_blank = w->link.n > 0 ? '\0' : owed;
		give_up_link(w);
		w->owed_blank = owed;
		put_word(w, word);
		return;
	}
	if (w->link.n == 0) {
		pay(w); /* what stands before the link */
	} else if (blank) {
		buf_byte(&w->link, ' ');
	}
	w->owed_blank = '\0';
	buf_add(&w->link, word);
}

/* Text with the white space of a browser: any run is one blank. */
static void put_text(struct writer *w, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t n = blank_n(str_skip(s, i));
		if (n > 0) {
			if (w->owed_blank == '\0')
				w->owed_blank = ' ';
			i += n;
			continue;
		}
		n = padding_n(s, i);
		if (n > 0) {
			i += n;
			continue;
		}
		n = word_n(s, i);
		struct str word = {s.p + i, n};
		i += n;
		if (str_is_null(w->href)) {
			put_word(w, word);
			continue;
		}
		w->is_link_image = false;
		put_link_word(w, word);
	}
}

/* Text in <pre>: line by line, blanks as they are. */
static void put_pre(struct writer *w, struct str s)
{
	while (!str_is_null(s)) {
		struct str line = str_cut(&s, STR("\n"));
		if (line.n > 0) {
			pay(w);
			buf_add(&w->out, line);
		}
		if (!str_is_null(s) && w->owed_lines < 2)
			w->owed_lines++;
	}
}

/* Does the text of a link say its address already? */
static bool says_the_same(struct str text, struct str href)
{
	struct str rest = href;
	(void)str_cut(&rest, STR(":"));
	if (str_starts(rest, STR("//")))
		rest = str_skip(rest, 2);
	struct str bare = str_ends(rest, STR("/")) ? str_head(rest, rest.n - 1) : rest;
	return str_eq_nocase(text, href) || str_eq_nocase(text, rest) || str_eq_nocase(text, bare);
}

static void end_link(struct writer *w)
{
	if (str_is_null(w->href))
		return;
	struct str href = w->href, text = buf_str(&w->link);
	w->href = STR_NULL;
	if (w->link.n == 0)
		pay(w);
	if ((text.n == 0 || w->is_link_image) && w->link_title.n > 0)
		text = w->link_title;
	if (text.n == 0 || says_the_same(text, href) || w->links == HTML_LINKS_PLAIN) {
		bool is_url_shown = text.n == 0 && w->links == HTML_LINKS_SHOWN;
		buf_add(&w->out, is_url_shown ? href : text);
		return;
	}
	buf_byte(&w->out, '[');
	buf_add(&w->out, text);
	buf_lit(&w->out, "](");
	buf_add(&w->out, href);
	buf_byte(&w->out, ')');
}

static struct str attr_of(struct writer *w, struct str attrs, struct str wanted)
{
	struct str name, raw;
	while (html_attr_next(&attrs, &name, &raw))
		if (str_eq_nocase(name, wanted))
			return str_is_null(raw) ? STR_NULL : str_trim(html_decode(w->a, raw, HTML_IN_ATTR));
	return STR_NULL;
}

/* The words of an attribute, on one line. */
static struct str one_line(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, MAX_LINK_TEXT_BYTES);
	bool is_apart = false;
	for (size_t i = 0; i < s.n && !buf_is_full(&b);) {
		size_t n = blank_n(str_skip(s, i));
		is_apart = is_apart || n > 0;
		n = n ? n : padding_n(s, i);
		i += n;
		if (n > 0)
			continue;
		n = word_n(s, i);
		if (is_apart && b.n > 0)
			buf_byte(&b, ' ');
		is_apart = false;
		buf_add(&b, (struct str){s.p + i, n});
		i += n;
	}
	return buf_str(&b);
}

static void begin_link(struct writer *w, struct str attrs)
{
	struct str url;
	end_link(w);
	if (!url_clean(w->a, attr_of(w, attrs, STR("href")), URL_LINK, &url))
		return;
	w->href = url;
	w->link_title = one_line(w->a, attr_of(w, attrs, STR("title")));
	w->link.n = 0;
	w->is_link_image = true;
}

static void put_image(struct writer *w, struct str attrs)
{
	struct str text = attr_of(w, attrs, STR("title"));
	if (text.n == 0)
		text = attr_of(w, attrs, STR("alt"));
	if (text.n == 0)
		return;
	text = one_line(w->a, text);
	if (!str_is_null(w->href)) {
		put_link_word(w, text);
		return;
	}
	pay(w);
	buf_byte(&w->out, '[');
	buf_add(&w->out, text);
	buf_byte(&w->out, ']');
}

enum layout { L_NONE, L_LINE, L_PARAGRAPH, L_LIST, L_ITEM, L_CELL, L_BREAK, L_RULE, L_QUOTE, L_PRE, L_LINK, L_IMAGE };

static enum layout layout_of(struct str name)
{
	static const struct {
		struct str name;
		enum layout layout;
	} rows[] = {
		{STR("div"), L_LINE},     {STR("p"), L_PARAGRAPH},      {STR("br"), L_BREAK},
		{STR("a"), L_LINK},       {STR("td"), L_CELL},          {STR("th"), L_CELL},
		{STR("tr"), L_LINE},      {STR("img"), L_IMAGE},        {STR("li"), L_ITEM},
		{STR("ul"), L_LIST},      {STR("ol"), L_LIST},          {STR("table"), L_LINE},
		{STR("hr"), L_RULE},      {STR("blockquote"), L_QUOTE}, {STR("pre"), L_PRE},
		{STR("h1"), L_PARAGRAPH}, {STR("h2"), L_PARAGRAPH},     {STR("h3"), L_PARAGRAPH},
		{STR("h4"), L_PARAGRAPH}, {STR("h5"), L_PARAGRAPH},     {STR("h6"), L_PARAGRAPH},
		{STR("dl"), L_PARAGRAPH}, {STR("dt"), L_LINE},          {STR("dd"), L_LINE},
		{STR("center"), L_LINE},  {STR("address"), L_LINE},     {STR("section"), L_LINE},
		{STR("article"), L_LINE}, {STR("header"), L_LINE},      {STR("footer"), L_LINE},
		{STR("main"), L_LINE},    {STR("nav"), L_LINE},         {STR("aside"), L_LINE},
		{STR("figure"), L_LINE},  {STR("figcaption"), L_LINE},  {STR("caption"), L_LINE},
		{STR("form"), L_LINE},    {STR("body"), L_LINE},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq_nocase(name, rows[i].name))
			return rows[i].layout;
	return L_NONE;
}

static void begin_list(struct writer *w, struct str name, struct str attrs)
{
	int64_t start = 1;
	struct str text = attr_of(w, attrs, STR("start"));
	if (text.n > 0 && (text.n > 6 || !num_parse_int(text, &start) || start < 1))
		start = 1;
	if (w->list_n < MAX_LISTS)
		w->item[w->list_n] = str_eq_nocase(name, STR("ol")) ? start : 0;
	w->list_n++;
}

/* What the start and the end of a list or quote do alike: the outermost list stands apart, inner ones are lines. */
static void owe_list_lines(struct writer *w)
{
	owe_lines(w, w->list_n == 0 ? 2 : 1);
}

static void put_rule(struct writer *w)
{
	owe_lines(w, 1);
	put_word(w, STR("---------------------------------------------------------------"));
	owe_lines(w, 1);
}

static void on_open(struct writer *w, const struct html_token *t)
{
	switch (layout_of(t->name)) {
	case L_NONE:
		return;
	case L_LINE:
		owe_lines(w, 1);
		return;
	case L_PARAGRAPH:
		owe_lines(w, 2);
		return;
	case L_LIST:
		owe_list_lines(w);
		begin_list(w, t->name, t->attrs);
		return;
	case L_ITEM:
		owe_lines(w, 1);
		w->is_item_owed = true;
		return;
	case L_CELL:
		w->owed_blank = '\t';
		return;
	case L_BREAK:
		w->owed_lines += w->owed_lines < 2;
		return;
	case L_RULE:
		put_rule(w);
		return;
	case L_QUOTE:
		owe_lines(w, 2);
		w->quote_depth++;
		return;
	case L_PRE:
		owe_lines(w, 2);
		w->pre_depth++;
		return;
	case L_LINK:
		begin_link(w, t->attrs);
		return;
	case L_IMAGE:
		put_image(w, t->attrs);
		return;
	}
}

static void on_close(struct writer *w, const struct html_token *t)
{
	switch (layout_of(t->name)) {
	case L_NONE:
	case L_CELL:
	case L_RULE:
	case L_IMAGE:
		return;
	case L_LINE:
		owe_lines(w, 1);
		return;
	case L_ITEM:
		owe_lines(w, 1);
		w->is_item_owed = false;
		return;
	case L_PARAGRAPH:
		owe_lines(w, 2);
		return;
	case L_LIST:
		w->list_n -= w->list_n > 0;
		w->is_item_owed = false;
		owe_list_lines(w);
		return;
	case L_BREAK: /* </br> is one, for browsers too */
		w->owed_lines += w->owed_lines < 2;
		return;
	case L_QUOTE:
		w->quote_depth -= w->quote_depth > 0;
		owe_lines(w, 2);
		return;
	case L_PRE:
		w->pre_depth -= w->pre_depth > 0;
		owe_lines(w, 2);
		return;
	case L_LINK:
		end_link(w);
		return;
	}
}

/* Inside a link there is one line; what cannot stand on one ends it. */
static bool is_line_kept(struct writer *w, const struct html_token *t)
{
	enum layout layout = layout_of(t->name);
	if (str_is_null(w->href) || w->link.n == 0 || layout == L_LINK || layout == L_IMAGE || layout == L_NONE)
		return true;
	if (layout != L_LINE && layout != L_PARAGRAPH && layout != L_BREAK) {
		end_link(w);
		return true;
	}
	if (w->owed_blank == '\0')
		w->owed_blank = ' ';
	return false;
}

static void on_tag(struct writer *w, struct html_scan *s, const struct html_token *t)
{
	const struct tag *tag = tag_find(t->name);
	if (t->kind == HTML_OPEN && html_skip_content(s, t, tag))
		return;
	if (!is_line_kept(w, t))
		return;
	if (t->kind == HTML_OPEN)
		on_open(w, t);
	else
		on_close(w, t);
}

struct str html_to_text(struct arena *a, struct str html, enum html_links links)
{
	struct writer *w = NEW(a, struct writer);
	w->a = a;
	w->links = links;
	html = utf8_head(utf8_clean(a, html), MAX_HTML_BYTES);
	buf_init(&w->out, a, MAX_TEXT_BYTES);
	buf_init(&w->link, a, MAX_LINK_TEXT_BYTES);
	struct html_scan s = html_scan_begin(html);
	for (struct html_token t; html_scan_next(&s, &t);) {
		if (t.kind != HTML_TEXT)
			on_tag(w, &s, &t);
		else if (w->pre_depth > 0 && str_is_null(w->href))
			put_pre(w, html_decode(a, t.text, HTML_IN_TEXT));
		else
			put_text(w, html_decode(a, t.text, HTML_IN_TEXT));
	}
	end_link(w);
	return buf_str(&w->out);
}
