#include "desk/library_text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/html_clean.h"
#include "text/html_text.h"

#define PLACEHOLDER STR("{{placeholder.")

/* Runs of white space become one blank. */
static struct str excerpt_of(struct ctx *c, struct str plain)
{
	struct buf b;
	struct str text = utf8_head(plain, MAX_EXCERPT_BYTES);
	buf_init(&b, c->a, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		bool is_blank = (unsigned char)text.p[i] <= ' ';
		if (!is_blank)
			buf_byte(&b, text.p[i]);
		else if (b.n > 0 && b.p[b.n - 1] != ' ')
			buf_byte(&b, ' ');
	}
	return str_trim(b.n ? buf_str(&b) : STR(""));
}

/* Checks ----------------------------------------------------------------------------------------------------------------- */

static bool is_shortcut_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return u >= 0x80 || (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') || u == '-' || u == '_';
}

static enum err read_shortcut(struct ctx *c, struct str text, struct str *out)
{
	struct str s = str_trim(text);
	if (str_starts(s, STR("#")))
		s = str_skip(s, 1);
	bool is_one = utf8_is_valid(s) && utf8_count(s) <= MAX_LIBRARY_HANDLE_CHARS;
	for (size_t i = 0; i < s.n; i++)
		is_one = is_one && is_shortcut_byte(s.p[i]);
	if (!is_one)
		return fail_field(c, STR("shortcut"), STR("INVALID_STRING"),
		                  "A shortcut has at most %d letters, digits, - and _, without blanks.", MAX_LIBRARY_HANDLE_CHARS);
	*out = s;
	return OK;
}

static enum err read_subject(struct ctx *c, struct str text, struct str *out)
{
	struct str s = str_trim(text);
	bool is_one = utf8_is_valid(s) && utf8_count(s) <= MAX_TEXT_SUBJECT_CHARS;
	for (size_t i = 0; i < s.n; i++)
		is_one = is_one && (unsigned char)s.p[i] >= ' ';
	if (!is_one)
		return fail_field(c, STR("subject"), STR("INVALID_LENGTH"), "A subject has at most %d characters, on one line.",
		                  MAX_TEXT_SUBJECT_CHARS);
	*out = s;
	return OK;
}

static size_t count_placeholders(struct str text)
{
	size_t n = 0;
	for (ptrdiff_t at; (at = str_find(text, PLACEHOLDER)) >= 0; n++)
		text = str_skip(text, (size_t)at + PLACEHOLDER.n);
	return n;
}

static enum err check_placeholders(struct ctx *c, enum library_kind kind, const struct library_text *t)
{
	size_t n = count_placeholders(t->plain) + count_placeholders(t->subject);
	if (n > 0 && kind != LIBRARY_TEMPLATE)
		return fail_field(c, STR("html"), STR("INVALID_TOKEN"), "Placeholders are for templates only.");
	if (n > MAX_TEXT_PLACEHOLDERS)
		return fail_field(c, STR("html"), STR("TOO_MANY"), "A template has at most %d placeholders.", MAX_TEXT_PLACEHOLDERS);
	return OK;
}

static enum err read_html(struct ctx *c, struct str html, struct library_text *t)
{
	const struct html_clean_options held = {.images = HTML_IMAGES_HELD};
	if (html.n > MAX_TEXT_HTML_BYTES)
		return fail_field(c, STR("html"), STR("TOO_LONG"), "A text has at most %d bytes.", MAX_TEXT_HTML_BYTES);
	TRY(html_clean(c, html, &held, &t->html));
	t->plain = html_to_text(c->a, t->html, HTML_LINKS_PLAIN);
	return OK;
}

static enum err take(struct ctx *c, enum library_kind kind, const struct text_in *in, struct library_text *t, struct str *shortcut)
{
	if (!str_is_null(in->shortcut) && kind == LIBRARY_SNIPPET)
		TRY(read_shortcut(c, in->shortcut, shortcut));
	if (!str_is_null(in->subject) && kind == LIBRARY_TEMPLATE)
		TRY(read_subject(c, in->subject, &t->subject));
	if (!str_is_null(in->html))
		TRY(read_html(c, in->html, t));
	if (str_trim(t->plain).n == 0)
		return fail_field(c, STR("html"), STR("REQUIRED_FIELD"), "Write the text first.");
	return check_placeholders(c, kind, t);
}

/* ------------------------------------------------------------------------------------------------------------------------ */

static enum err keep(struct ctx *c, struct text_entry *e)
{
	e->text.id = e->entry.item.id;
	e->excerpt = excerpt_of(c, e->text.plain);
	return library_text_put(c, &e->text);
}

static struct library_own own_of(struct ctx *c, const struct text_entry *e, struct str shortcut)
{
	return (struct library_own){
		.handle = shortcut,
		.text = str_fmt(c->a, STR_FMT "\n" STR_FMT, STR_ARG(e->text.subject), STR_ARG(e->text.plain)),
	};
}

enum err desk_text_create(struct ctx *c, enum library_kind kind, const struct text_in *in, struct text_entry *out)
{
	struct str shortcut = STR_NULL;
	*out = (struct text_entry){.text = {.subject = STR(""), .html = STR(""), .plain = STR("")}};
	TRY(take(c, kind, in, &out->text, &shortcut));
	struct library_own own = own_of(c, out, shortcut);
	TRY(desk_library_make(c, kind, &in->common, &own, &out->entry));
	return keep(c, out);
}

enum err desk_text_update(struct ctx *c, enum library_kind kind, int64_t id, const struct text_in *in, struct text_entry *out)
{
	TRY(desk_library_edit(c, kind, id, &out->entry));
	TRY(library_text_load(c, id, &out->text));
	struct str shortcut = out->entry.item.handle;
	TRY(take(c, kind, in, &out->text, &shortcut));
	struct library_own own = own_of(c, out, shortcut);
	TRY(desk_library_keep(c, &in->common, &own, &out->entry));
	return keep(c, out);
}

enum err desk_text(struct ctx *c, enum library_kind kind, int64_t id, struct text_entry *out)
{
	TRY(desk_library(c, kind, id, &out->entry));
	TRY(library_text_load(c, id, &out->text));
	out->excerpt = excerpt_of(c, out->text.plain);
	return OK;
}

static const struct library_text *text_with(const struct library_text *texts, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (texts[i].id == id)
			return &texts[i];
	return NULL;
}

enum err desk_text_list(struct ctx *c, const struct library_ask *ask, struct text_entry **out, size_t *n_out)
{
	struct library_entry *entries;
	struct library_text *texts;
	size_t text_n;
	TRY(desk_library_list(c, ask, &entries, n_out));
	int64_t *ids = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		ids[i] = entries[i].item.id;
	TRY(library_text_list(c, ids, *n_out, &texts, &text_n));
	struct text_entry *list = NEW_ARRAY(c->a, *n_out, struct text_entry);
	for (size_t i = 0; i < *n_out; i++) {
		const struct library_text *t = text_with(texts, text_n, ids[i]);
		list[i].entry = entries[i];
		if (t != NULL)
			list[i].text = *t;
		list[i].excerpt = excerpt_of(c, list[i].text.plain);
	}
	*out = list;
	return OK;
}
