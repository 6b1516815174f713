/* The knowledge base as customers read it: /kb/LANGUAGE/SLUG is an article, /kb/LANGUAGE all of a language, /kb/image/KEY a picture
 * that a published article shows. Everything is there without scripts. The words around an article are in its own language where we
 * speak that, else in the reader's. */

#include "base/arena.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "desk/article.h"
#include "desk/env.h"
#include "desk/file.h"
#include "net/http_file.h"
#include "page/form_int.h"
#include "text/html_clean.h"
#include "text/html_esc.h"
#include "text/html_text.h"
#include "text/json_read.h"
#include "text/local.h"
#include "text/phrase.h"

enum { MAX_HEAD_BYTES = 64 << 10, MAX_DESCRIPTION_META_BYTES = 300 };

static void attr(struct buf *b, const char *name, struct str value)
{
	buf_fmt(b, " %s=\"", name);
	html_attr_esc(b, value);
	buf_byte(b, '"');
}

static void add_link(struct form *f, struct str href, struct str text)
{
	buf_lit(&f->body, "<a");
	attr(&f->body, "href", href);
	buf_byte(&f->body, '>');
	form_esc(f, text);
	buf_lit(&f->body, "</a>");
}

static void set_language(struct form *f, struct str lang)
{
	if (phrase_speaks(lang))
		f->language = lang;
	f->page.language = lang;
	f->page.is_rtl = article_lang_is_rtl(lang);
	f->page.layout = PAGE_WIDE;
}

/* Words of ours stand in a page of another language. */
static void words_begin(struct form *f, const char *tag, const char *class)
{
	buf_fmt(&f->body, "<%s class=\"%s\"", tag, class);
	if (!str_eq(f->language, f->page.language)) {
		attr(&f->body, "lang", f->language);
		buf_lit(&f->body, " dir=\"ltr\"");
	}
	buf_byte(&f->body, '>');
}

static struct str home_url(struct ctx *c, struct str lang)
{
	return str_fmt(c->a, STR_FMT "/kb/" STR_FMT, STR_ARG(c->env->public_url), STR_ARG(lang));
}

static enum err redirect(struct form *f, struct str url)
{
	f->page.status = 301;
	f->page.location = url;
	f->page.title = phrase(f->language, "article.home");
	buf_lit(&f->body, "<p>");
	add_link(f, url, url);
	buf_lit(&f->body, "</p>");
	return OK;
}

/* Pictures ---------------------------------------------------------------------------------------------------------------- */

struct seeing_image {
	struct str key;
	struct file file;
};

static enum err see_image(struct ctx *c, void *arg)
{
	struct seeing_image *w = arg;
	return desk_article_image_see(c, w->key, &w->file);
}

static enum err image(struct ctx *c, struct form *f)
{
	struct seeing_image w;
	struct http_file out = {.fd = -1};
	if (!form_segment(c, f, &w.key))
		return fail(c, ERR_NOT_FOUND, "There is no such picture.");
	TRY(form_end(c, f));
	TRY(c->run->read(c->run->self, c, see_image, &w));
	TRY(desk_file_open(c, &w.file, &out.fd));
	out.name = file_full_name(c, &w.file);
	out.etag = w.file.blob;
	f->is_raw = true;
	return http_file_answer(c, f->http, &out, &f->answer);
}

/* One article ------------------------------------------------------------------------------------------------------------- */

struct seeing {
	struct str lang, slug;
	struct article_seen out;
};

static enum err see(struct ctx *c, void *arg)
{
	struct seeing *w = arg;
	return desk_article_see(c, w->lang, w->slug, &w->out);
}

static void add_path(struct ctx *c, struct form *f, const struct article_seen *s)
{
	words_begin(f, "nav", "path");
	buf_lit(&f->body, "<ol");
	attr(&f->body, "aria-label", phrase(f->language, "article.path"));
	buf_lit(&f->body, "><li>");
	add_link(f, home_url(c, s->text.lang), phrase(f->language, "article.home"));
	buf_lit(&f->body, "</li>");
	if (s->category.id > 0) {
		buf_lit(&f->body, "<li>");
		add_link(f, str_fmt(c->a, STR_FMT "#c%lld", STR_ARG(home_url(c, s->text.lang)), (long long)s->category.id),
		         article_category_name(c, &s->category, s->text.lang));
		buf_lit(&f->body, "</li>");
	}
	buf_lit(&f->body, "</ol></nav>");
}

static const struct article_shown *shown_in(const struct article_seen *s, struct str lang)
{
	for (size_t i = 0; i < s->lang_n; i++)
		if (str_eq(s->langs[i].lang, lang))
			return &s->langs[i];
	return NULL;
}

/* which language counts, and where it is. */
static void add_notice(struct ctx *c, struct form *f, const struct article_seen *s)
{
	const struct article_shown *governing = shown_in(s, s->article.lang);
	if (str_eq(s->article.lang, s->text.lang))
		return;
	const struct phrase_value values[] = {{"language", local_language(c->a, f->language, s->article.lang)}, {NULL, STR_NULL}};
	words_begin(f, "p", "note");
	form_esc(f, s->version.is_machine ? phrase_with(c->a, f->language, "article.machineTranslation", values)
	                                  : phrase_with(c->a, f->language, "article.translation", values));
	if (governing != NULL) {
		buf_byte(&f->body, ' ');
		add_link(f, article_url(c, governing->lang, governing->slug),
		         phrase_with(c->a, f->language, "article.readGoverning", values));
	}
	buf_lit(&f->body, "</p>");
}

/* in the language of the article. */
static void add_updated(struct ctx *c, struct form *f, const struct article_seen *s)
{
	int64_t at = s->text.published_at;
	struct str date = local_time(c->a, s->text.lang, at, 0, LOCAL_DATE);
	struct str rest = phrase(f->language, "article.updated"), before = str_cut(&rest, STR("{date}"));
	words_begin(f, "p", "quiet");
	form_esc(f, before);
	buf_lit(&f->body, "<time");
	attr(&f->body, "datetime", str_head(time_iso(c->a, at), 10));
	attr(&f->body, "lang", s->text.lang);
	buf_byte(&f->body, '>');
	form_esc(f, date);
	buf_lit(&f->body, "</time>");
	form_esc(f, rest);
	buf_lit(&f->body, "</p>");
}

/* */
static enum err add_products(struct ctx *c, struct form *f, const struct article_seen *s)
{
	json_t *list;
	TRY(json_parse(c, s->version.products, &list));
	if (json_array_size(list) == 0)
		return OK;
	words_begin(f, "section", "products");
	buf_lit(&f->body, "<p>");
	form_say(f, "article.available");
	buf_lit(&f->body, "</p><ul");
	attr(&f->body, "lang", s->text.lang);
	buf_add(&f->body, article_lang_is_rtl(s->text.lang) ? STR(" dir=\"rtl\">") : STR(" dir=\"ltr\">"));
	for (size_t i = 0; i < json_array_size(list); i++) {
		buf_lit(&f->body, "<li>");
		form_esc(f, json_text(json_array_get(list, i)));
		buf_lit(&f->body, "</li>");
	}
	buf_lit(&f->body, "</ul></section>");
	return OK;
}

static void add_list(struct ctx *c, struct form *f, const struct article_shown *all, size_t n)
{
	buf_lit(&f->body, "<ul>");
	for (size_t i = 0; i < n; i++) {
		buf_lit(&f->body, "<li>");
		add_link(f, article_url(c, all[i].lang, all[i].slug), all[i].title);
		if (all[i].subtitle.n > 0) {
			buf_lit(&f->body, "<br><span class=\"quiet\">");
			form_esc(f, all[i].subtitle);
			buf_lit(&f->body, "</span>");
		}
		buf_lit(&f->body, "</li>");
	}
	buf_lit(&f->body, "</ul>");
}

static void add_beside(struct ctx *c, struct form *f, const struct article_seen *s)
{
	if (s->beside_n == 0)
		return;
	buf_lit(&f->body, "<section class=\"beside\"><h2>");
	form_say(f, "article.beside");
	buf_lit(&f->body, "</h2>");
	add_list(c, f, s->beside, s->beside_n);
	buf_lit(&f->body, "</section>");
}

struct languages {
	const struct article_shown *all;
	size_t n;
	struct str own; /* of the page, left out */
	bool is_index;  /* they lead to all of a language, not to a text */
};

static void add_languages(struct ctx *c, struct form *f, const struct languages *l)
{
	size_t other_n = 0;
	for (size_t i = 0; i < l->n; i++)
		other_n += !str_eq(l->all[i].lang, l->own);
	if (other_n == 0)
		return;
	words_begin(f, "nav", "languages");
	buf_lit(&f->body, "<h2>");
	form_say(f, "article.languages");
	buf_lit(&f->body, "</h2><ul>");
	for (size_t i = 0; i < l->n; i++) {
		struct str lang = l->all[i].lang;
		if (str_eq(lang, l->own))
			continue;
		buf_lit(&f->body, "<li><a");
		attr(&f->body, "href", l->is_index ? home_url(c, lang) : article_url(c, lang, l->all[i].slug));
		attr(&f->body, "lang", lang);
		attr(&f->body, "hreflang", lang);
		buf_byte(&f->body, '>');
		form_esc(f, local_language(c->a, lang, lang));
		buf_lit(&f->body, "</a></li>");
	}
	buf_lit(&f->body, "</ul></nav>");
}

static void add_alternate(struct buf *b, struct str lang, struct str url)
{
	buf_lit(b, "<link rel=\"alternate\"");
	attr(b, "hreflang", lang);
	attr(b, "href", url);
	buf_byte(b, '>');
}

static struct str head_of(struct ctx *c, const struct article_seen *s)
{
	struct buf b;
	const struct article_shown *governing = shown_in(s, s->article.lang);
	struct str about = s->version.subtitle.n ? s->version.subtitle : html_to_text(c->a, s->version.body, HTML_LINKS_PLAIN);
	buf_init(&b, c->a, MAX_HEAD_BYTES);
	buf_lit(&b, "<link rel=\"canonical\"");
	attr(&b, "href", article_url(c, s->text.lang, s->text.slug));
	buf_lit(&b, "><meta name=\"description\"");
	attr(&b, "content", utf8_head(utf8_line(c->a, utf8_head(about, 2 * MAX_DESCRIPTION_META_BYTES)), MAX_DESCRIPTION_META_BYTES));
	buf_byte(&b, '>');
	for (size_t i = 0; i < s->lang_n && s->lang_n > 1; i++)
		add_alternate(&b, s->langs[i].lang, article_url(c, s->langs[i].lang, s->langs[i].slug));
	if (governing != NULL && s->lang_n > 1)
		add_alternate(&b, STR("x-default"), article_url(c, governing->lang, governing->slug));
	return buf_str(&b);
}

static enum err add_body(struct ctx *c, struct form *f, const struct article_seen *s)
{
	const struct html_clean_options served = {.images = HTML_IMAGES_SERVED, .image_path = STR("/kb/image/")};
	struct str html;
	TRY(html_clean(c, s->version.body, &served, &html));
	buf_lit(&f->body, "<div class=\"prose\">");
	buf_add(&f->body, html);
	buf_lit(&f->body, "</div>");
	return OK;
}

static enum err show(struct ctx *c, struct form *f, const struct article_seen *s)
{
	set_language(f, s->text.lang);
	f->page.title = s->version.title;
	f->page.has_own_heading = f->page.is_for_robots = true;
	f->page.head = head_of(c, s);
	add_path(c, f, s);
	buf_lit(&f->body, "<article><h1>");
	form_esc(f, s->version.title);
	buf_lit(&f->body, "</h1>");
	if (s->version.subtitle.n > 0) {
		buf_lit(&f->body, "<p class=\"subtitle\">");
		form_esc(f, s->version.subtitle);
		buf_lit(&f->body, "</p>");
	}
	add_updated(c, f, s);
	add_notice(c, f, s);
	TRY(add_products(c, f, s));
	TRY(add_body(c, f, s));
	buf_lit(&f->body, "</article>");
	add_beside(c, f, s);
	add_languages(c, f, &(struct languages){s->langs, s->lang_n, s->text.lang, false});
	return OK;
}

/* All of a language ------------------------------------------------------------------------------------------------------- */

struct looking {
	struct str lang;
	struct article_index found;
};

static enum err look(struct ctx *c, void *arg)
{
	struct looking *w = arg;
	return desk_article_index(c, w->lang, &w->found);
}

static bool has_category(const struct article_index *w, int64_t id)
{
	for (size_t i = 0; i < w->category_n; i++)
		if (w->categories[i].id == id)
			return true;
	return false;
}

/* Those of the category; 0: those of none that is there. */
static void add_section(struct ctx *c, struct form *f, const struct article_index *w, int64_t id, struct str name)
{
	struct article_shown *own = NEW_ARRAY(c->a, w->n, struct article_shown);
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++)
		if (id > 0 ? w->all[i].category_id == id : !has_category(w, w->all[i].category_id))
			own[n++] = w->all[i];
	if (n == 0)
		return;
	buf_lit(&f->body, "<section>");
	if (!str_is_null(name)) {
		buf_fmt(&f->body, "<h2 id=\"c%lld\">", (long long)id);
		form_esc(f, name);
		buf_lit(&f->body, "</h2>");
	}
	add_list(c, f, own, n);
	buf_lit(&f->body, "</section>");
}

static enum err all_of(struct ctx *c, struct form *f, struct str lang)
{
	struct looking w = {.lang = lang};
	struct buf head;
	if (!article_lang_is_known(lang))
		return form_end(c, &(struct form){.rest = lang, .language = f->language});
	TRY(c->run->read(c->run->self, c, look, &w));
	const struct article_index *all = &w.found;
	set_language(f, lang);
	f->page.title = phrase(f->language, "article.home");
	f->page.is_for_robots = all->n > 0;
	buf_init(&head, c->a, MAX_HEAD_BYTES);
	buf_lit(&head, "<link rel=\"canonical\"");
	attr(&head, "href", home_url(c, lang));
	buf_byte(&head, '>');
	f->page.head = buf_str(&head);
	if (all->n == 0)
		form_text(f, phrase(f->language, "article.empty"));
	for (size_t i = 0; i < all->category_n; i++)
		add_section(c, f, all, all->categories[i].id, article_category_name(c, &all->categories[i], lang));
	add_section(c, f, all, 0, all->category_n > 0 ? phrase(f->language, "article.other") : STR_NULL);
	add_languages(c, f, &(struct languages){all->langs, all->lang_n, lang, true});
	return OK;
}

static enum err article(struct ctx *c, struct form *f, struct str lang)
{
	struct seeing w = {.lang = lang};
	if (!form_segment(c, f, &w.slug))
		return fail(c, ERR_NOT_FOUND, "The address is not well-formed.");
	TRY(form_end(c, f));
	if (w.slug.n == 0)
		return redirect(f, home_url(c, lang));
	enum err e = c->run->read(c->run->self, c, see, &w);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		form_gone(f, 404, "page.nothingHere", "page.oldAddress");
		return OK;
	}
	TRY(e);
	if (w.out.is_gone) {
		form_gone(f, 410, "article.goneTitle", "article.gone");
		return OK;
	}
	if (w.out.is_moved)
		return redirect(f, article_url(c, lang, w.out.text.slug));
	return show(c, f, &w.out);
}

enum err form_article_ask(struct ctx *c, struct form *f)
{
	struct str first;
	if (!form_segment(c, f, &first))
		return fail(c, ERR_NOT_FOUND, "The address is not well-formed.");
	if (first.n == 0)
		return redirect(f, home_url(c, f->language));
	if (str_eq(first, STR("image")))
		return image(c, f);
	return str_is_null(f->rest) ? all_of(c, f, first) : article(c, f, first);
}
