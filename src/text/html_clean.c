/* Reads tokens, writes what the two tables allow (html_clean_list.c), and keeps its own stack of the elements it has
 * opened. Nothing is read back and nothing is moved. Elements past the depth cap are only counted, so that their end
 * tags find their partner. */

#include "text/html_clean.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/html_clean_int.h"
#include "text/html_css.h"
#include "text/html_esc.h"
#include "text/html_scan.h"
#include "text/url.h"

/* A void element may stand on the deepest level, "&" becomes five bytes, a quote six; a link gets two more
 * attributes. */
enum { GROWTH = 8, GROWTH_BASE = 256 };

struct cleaner {
	struct ctx *c;
	const struct html_clean_options *o;
	struct buf out;
	struct buf scratch; /* one style or colour at a time */
	struct html_scan scan;
	const struct tag *open[MAX_HTML_DEPTH];
	size_t depth;
	bool has_body;
	size_t too_deep; /* elements that are open in the input above the cap */
};

static const char *out_name(const struct cleaner *k, const struct tag *tag)
{
	/* of a page of ours the title is the only heading of the first level */
	if (k->o->images == HTML_IMAGES_SERVED && strcmp(tag->name, "h1") == 0)
		return "h2";
	return tag->fate == TAG_BODY ? "div" : tag->name;
}

static void close_to(struct cleaner *k, size_t depth)
{
	while (k->depth > depth) {
		const struct tag *tag = k->open[--k->depth];
		buf_lit(&k->out, "</");
		buf_add(&k->out, str_c(out_name(k, tag)));
		buf_byte(&k->out, '>');
	}
}

/* Is name in a list like " td th "? Names hold no blanks. */
static bool is_listed(const char *list, const char *name)
{
	size_t n = strlen(name);
	for (const char *hit = list; (hit = strstr(hit, name)) != NULL; hit++)
		if (hit[-1] == ' ' && hit[n] == ' ')
			return true;
	return false;
}

/* <li> ends the <li> before it, <td> the <td>, and so on: what authors leave open on purpose. */
static void end_siblings(struct cleaner *k, const struct tag *tag)
{
	if (tag->ends == NULL || k->too_deep > 0)
		return;
	for (size_t i = k->depth; i > 0; i--) {
		const char *name = out_name(k, k->open[i - 1]);
		if (is_listed(tag->ends, name)) {
			close_to(k, i - 1);
			return;
		}
		if (is_listed(tag->within, name))
			return;
	}
}

static void attr_begin(struct buf *b, const char *name)
{
	buf_byte(b, ' ');
	buf_add(b, str_c(name));
	buf_lit(b, "=\"");
}

static void put_attr(struct buf *b, const char *name, struct str value)
{
	attr_begin(b, name);
	html_attr_esc(b, value);
	buf_byte(b, '"');
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static bool is_number(struct str s)
{
	return is_digits(s) && (s.n <= 3 || (s.n == 4 && memcmp(s.p, "1000", 4) == 0));
}

/* An id of ours: below 2^53, as digits. */
static bool is_user_id(struct str s)
{
	return is_digits(s) && s.n <= 15 && s.p[0] != '0';
}

static bool is_card(struct str s)
{
	static const char *const kinds[] = {"link", "article", "document", "meeting", "quote", "video", "template"};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_eq(s, str_c(kinds[i])))
			return true;
	return false;
}

static bool is_length(struct str s)
{
	bool is_percent = str_ends(s, STR("%"));
	struct str digits = str_head(s, s.n - is_percent);
	return is_digits(digits) && digits.n <= 4;
}

static bool is_size(struct str s)
{
	bool is_signed = s.n > 0 && (s.p[0] == '+' || s.p[0] == '-');
	struct str digits = str_skip(s, is_signed);
	return is_digits(digits) && digits.n <= 2;
}

static bool is_made_of(struct str s, const char *others, size_t max_bytes)
{
	for (size_t i = 0; i < s.n; i++) {
		char letter = s.p[i] | 32;
		bool is_alnum = (letter >= 'a' && letter <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9');
		if (!is_alnum && (s.p[i] == '\0' || strchr(others, s.p[i]) == NULL))
			return false;
	}
	return s.n > 0 && s.n <= max_bytes;
}

bool html_is_content_id(struct str s)
{
	return is_made_of(s, "._-@+$", MAX_CONTENT_ID_BYTES);
}

static void put_style(struct cleaner *k, struct str value)
{
	k->scratch.n = 0;
	css_clean(&k->scratch, value);
	if (k->scratch.n > 0)
		put_attr(&k->out, "style", buf_str(&k->scratch));
}

static void put_color(struct cleaner *k, const char *name, struct str value)
{
	k->scratch.n = 0;
	if (css_clean_color(&k->scratch, value))
		put_attr(&k->out, name, buf_str(&k->scratch));
}

static void put_fonts(struct cleaner *k, const char *name, struct str value)
{
	if (value.n <= 200 && memchr(value.p, '<', value.n) == NULL)
		put_attr(&k->out, name, value);
}

static void put_cid(struct cleaner *k, struct str content_id)
{
	if (!html_is_content_id(content_id))
		return;
	if (k->o->images == HTML_IMAGES_HELD)
		put_attr(&k->out, "data-cid", content_id);
	else if (k->o->images == HTML_IMAGES_SERVED)
		put_attr(&k->out, "src", str_cat(k->c->a, k->o->image_path, content_id));
	else
		put_attr(&k->out, "src", str_cat(k->c->a, STR("cid:"), content_id));
}

/* data:image/png;base64,... */
static void put_data_image(struct cleaner *k, struct str value)
{
	static const char *const types[] = {"image/png", "image/gif", "image/jpeg", "image/webp"};
	struct str rest = str_skip(value, 5);
	struct str type = str_cut(&rest, STR(";base64,"));
	if (k->o->data_image == NULL || str_is_null(rest))
		return;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eq_nocase(type, str_c(types[i])))
			put_cid(k, k->o->data_image(k->o->self, str_c(types[i]), rest));
}

static void put_image(struct cleaner *k, struct str name, struct str value)
{
	struct str url;
	value = str_trim(value);
	if (str_eq_nocase(name, STR("data-cid"))) {
		put_cid(k, value);
	} else if (k->o->images == HTML_IMAGES_SERVED && str_starts(value, k->o->image_path)) {
		put_cid(k, str_skip(value, k->o->image_path.n));
	} else if (str_starts_nocase(value, STR("cid:"))) {
		put_cid(k, str_skip(value, 4));
	} else if (str_starts_nocase(value, STR("data:"))) {
		put_data_image(k, value);
	} else if (k->o->images != HTML_IMAGES_SERVED && url_clean(k->c->a, value, URL_WEB, &url)) {
		put_attr(&k->out, k->o->images == HTML_IMAGES_HELD ? "data-remote-src" : "src", url);
	}
}

static void put_checked(struct cleaner *k, const struct attr *attr, struct str value)
{
	struct str trimmed = str_trim(value);
	struct str url;
	switch (attr->kind) {
	case A_TEXT:
		put_attr(&k->out, attr->name, value);
		return;
	case A_NUMBER:
		if (is_number(trimmed))
			put_attr(&k->out, attr->name, trimmed);
		return;
	case A_LENGTH:
		if (is_length(trimmed))
			put_attr(&k->out, attr->name, trimmed);
		return;
	case A_SIZE:
		if (is_size(trimmed))
			put_attr(&k->out, attr->name, trimmed);
		return;
	case A_WORD:
		if (is_made_of(trimmed, "-", 35))
			put_attr(&k->out, attr->name, trimmed);
		return;
	case A_FLAG:
		put_attr(&k->out, attr->name, STR(""));
		return;
	case A_COLOR:
		put_color(k, attr->name, trimmed);
		return;
	case A_FONT:
		put_fonts(k, attr->name, trimmed);
		return;
	case A_STYLE:
		if (k->o->images != HTML_IMAGES_SERVED)
			put_style(k, value);
		return;
	case A_LINK:
		if (url_clean(k->c->a, value, URL_LINK, &url)) {
			put_attr(&k->out, attr->name, url);
			buf_lit(&k->out, " rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
		}
		return;
	case A_USER:
		if (k->o->images == HTML_IMAGES_HELD && is_user_id(trimmed))
			put_attr(&k->out, attr->name, trimmed);
		return;
	case A_CARD:
		if (k->o->images == HTML_IMAGES_HELD && is_card(trimmed))
			put_attr(&k->out, attr->name, trimmed);
		return;
	case A_CALL_OUT:
		if (str_eq(trimmed, STR("note")) || str_eq(trimmed, STR("warning")))
			put_attr(&k->out, attr->name, trimmed);
		return;
	case A_IMAGE:
		return;
	}
}

/* Of attributes that come twice the first counts (HTML standard 13.2.5.33), and of the three names of an image's
 * source too. */
static void put_attrs(struct cleaner *k, const struct tag *tag, struct str attrs)
{
	uint64_t seen = 0;
	struct str name, raw;
	while (html_attr_next(&attrs, &name, &raw)) {
		unsigned index;
		const struct attr *attr = attr_find(tag, name, &index);
		if (attr == NULL)
			continue;
		uint64_t bit = UINT64_C(1) << (attr->kind == A_IMAGE ? 63 : index);
		if (seen & bit)
			continue;
		seen |= bit;
		struct str value = str_is_null(raw) ? STR("") : html_decode(k->c->a, raw, HTML_IN_ATTR);
		if (attr->kind == A_IMAGE)
			put_image(k, name, value);
		else
			put_checked(k, attr, value);
	}
}

static void put_open(struct cleaner *k, const struct tag *tag, struct str attrs)
{
	buf_byte(&k->out, '<');
	buf_add(&k->out, str_c(out_name(k, tag)));
	put_attrs(k, tag, attrs);
	buf_byte(&k->out, '>');
}

static void skip_element(struct html_scan *scan, const struct tag *tag)
{
	struct html_token t;
	size_t depth = 1;
	while (depth > 0 && html_scan_next(scan, &t)) {
		if (t.kind == HTML_TEXT || tag_find(t.name) != tag)
			continue;
		if (t.kind == HTML_CLOSE)
			depth--;
		else if (!t.is_self_closed)
			depth++;
	}
}

bool html_skip_content(struct html_scan *scan, const struct html_token *open, const struct tag *tag)
{
	if (tag == NULL || (tag->fate != TAG_RAW && tag->fate != TAG_SKIP))
		return false;
	if (tag->fate == TAG_RAW)
		html_scan_raw_text(scan, open->name);
	else if (!open->is_self_closed)
		skip_element(scan, tag);
	return true;
}

static void open_element(struct cleaner *k, const struct tag *tag, struct str attrs)
{
	end_siblings(k, tag);
	if (k->depth == MAX_HTML_DEPTH) {
		k->too_deep++;
		return;
	}
	put_open(k, tag, attrs);
	k->open[k->depth++] = tag;
}

static void add_body_color(struct cleaner *k, struct buf *style, const char *property, struct str value)
{
	k->scratch.n = 0;
	if (!css_clean_color(&k->scratch, str_trim(value)))
		return;
	buf_add(style, str_c(property));
	buf_byte(style, ':');
	buf_add(style, buf_str(&k->scratch));
	buf_byte(style, ';');
}

/* The looks of the first body go on as a div, as one style; without looks it is nothing. It stays open to the end,
 * whatever its end tag says. */
static void open_body(struct cleaner *k, const struct tag *tag, struct str attrs)
{
	struct buf style;
	struct str name, raw, own = STR("");
	if (k->has_body || k->depth == MAX_HTML_DEPTH)
		return;
	k->has_body = true;
	buf_init(&style, k->c->a, MAX_STYLE_BYTES);
	while (html_attr_next(&attrs, &name, &raw)) {
		if (str_eq_nocase(name, STR("bgcolor")))
			add_body_color(k, &style, "background-color", html_decode(k->c->a, raw, HTML_IN_ATTR));
		else if (str_eq_nocase(name, STR("text")))
			add_body_color(k, &style, "color", html_decode(k->c->a, raw, HTML_IN_ATTR));
		else if (str_eq_nocase(name, STR("style")))
			own = html_decode(k->c->a, raw, HTML_IN_ATTR);
	}
	buf_add(&style, own);
	k->scratch.n = 0;
	css_clean(&k->scratch, buf_str(&style));
	if (k->scratch.n == 0)
		return;
	buf_lit(&k->out, "<div");
	put_attr(&k->out, "style", buf_str(&k->scratch));
	buf_byte(&k->out, '>');
	k->open[k->depth++] = tag;
}

static void on_open(struct cleaner *k, const struct html_token *t)
{
	const struct tag *tag = tag_find(t->name);
	if (tag == NULL || html_skip_content(&k->scan, t, tag))
		return;
	switch (tag->fate) {
	case TAG_KEEP:
		open_element(k, tag, t->attrs);
		return;
	case TAG_VOID:
		put_open(k, tag, t->attrs);
		return;
	case TAG_RAW:
	case TAG_SKIP:
		return;
	case TAG_BODY:
		open_body(k, tag, t->attrs);
		return;
	}
}

/* Closes the nearest open element of this name and all that is open in it; one without a partner is nothing. The end
 * tag of an inline element does not end blocks, and nothing but the table's own tags leads out of a cell. */
static void on_close(struct cleaner *k, const struct html_token *t)
{
	const struct tag *tag = tag_find(t->name);
	if (tag == NULL || tag->fate != TAG_KEEP)
		return;
	if (k->too_deep > 0) {
		k->too_deep--;
		return;
	}
	bool is_of_table =
		(tag->groups & (G_TABLE | G_ROWS | G_CELL | G_COL)) != 0 || is_listed(" caption ", tag->name);
	for (size_t i = k->depth; i > 0; i--) {
		const struct tag *open = k->open[i - 1];
		if (open == tag) {
			close_to(k, i - 1);
			return;
		}
		if ((tag->groups & G_INLINE) && (open->groups & G_BLOCK))
			return;
		if (is_listed(is_of_table ? " table " : CELL_WALLS, open->name))
			return;
	}
}

static void on_text(struct cleaner *k, struct str raw)
{
	html_text_esc(&k->out, html_decode(k->c->a, raw, HTML_IN_TEXT));
}

enum err html_clean(struct ctx *c, struct str html, const struct html_clean_options *o, struct str *out)
{
	static const struct html_clean_options no_options;
	if (html.n > MAX_HTML_BYTES)
		return fail(c, ERR_TOO_BIG, "HTML of more than %d bytes", MAX_HTML_BYTES);
	struct cleaner *k = NEW(c->a, struct cleaner);
	k->c = c;
	k->o = o ? o : &no_options;
	html = utf8_clean(c->a, html);
	k->scan = html_scan_begin(html);
	buf_init(&k->scratch, c->a, MAX_STYLE_BYTES);
	buf_init(&k->out, c->a, html.n * GROWTH + GROWTH_BASE);
	for (struct html_token t; html_scan_next(&k->scan, &t);) {
		if (t.kind == HTML_TEXT)
			on_text(k, t.text);
		else if (t.kind == HTML_OPEN)
			on_open(k, &t);
		else
			on_close(k, &t);
	}
	close_to(k, 0);
	if (buf_is_full(&k->out))
		return fail(c, ERR_TOO_BIG, "HTML grows more than %d times", GROWTH);
	*out = buf_str(&k->out);
	return OK;
}
