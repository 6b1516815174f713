/* Reading articles, as those who write them see them. */

#include "desk/article_int.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/words.h"

enum { MAX_ARTICLE_URL_BYTES = 4096 };

enum err article_announce(struct ctx *c, int64_t id)
{
	return bus_emit(c, EV_ARTICLE_CHANGED, &(struct event_about){.about_id = id});
}

struct str article_state_name(const struct article *a, int64_t published_id, int64_t text_archived_at)
{
	if (a->archived_at > 0 || text_archived_at > 0)
		return STR("ARCHIVED");
	return published_id > 0 ? STR("PUBLISHED") : STR("DRAFT");
}

bool article_state_read(struct str name, enum article_state *out)
{
	static const struct str names[] = {
		[ARTICLE_ANY] = STR(""),
		[ARTICLE_DRAFT] = STR("DRAFT"),
		[ARTICLE_PUBLISHED] = STR("PUBLISHED"),
		[ARTICLE_ARCHIVED] = STR("ARCHIVED"),
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(names[i], name)) {
			*out = (enum article_state)i;
			return true;
		}
	return false;
}

struct str article_url(struct ctx *c, struct str lang, struct str slug)
{
	struct buf b;
	buf_init(&b, c->a, MAX_ARTICLE_URL_BYTES);
	buf_fmt(&b, STR_FMT "/kb/" STR_FMT "/", STR_ARG(c->env->public_url), STR_ARG(lang));
	for (size_t i = 0; i < slug.n; i++) {
		unsigned char byte = (unsigned char)slug.p[i];
		if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-')
			buf_byte(&b, (char)byte);
		else
			buf_fmt(&b, "%%%02X", byte);
	}
	return buf_str(&b);
}

static int hex_of(char byte)
{
	return byte >= '0' && byte <= '9' ? byte - '0' : (byte | 32) >= 'a' && (byte | 32) <= 'f' ? (byte | 32) - 'a' + 10 : -1;
}

struct str article_slug_of_url(struct ctx *c, struct str raw)
{
	struct buf b;
	buf_init(&b, c->a, MAX_ARTICLE_URL_BYTES);
	for (size_t i = 0; i < raw.n; i++) {
		bool is_coded = raw.p[i] == '%' && i + 2 < raw.n && hex_of(raw.p[i + 1]) >= 0 && hex_of(raw.p[i + 2]) >= 0;
		buf_byte(&b, is_coded ? (char)(hex_of(raw.p[i + 1]) * 16 + hex_of(raw.p[i + 2])) : raw.p[i]);
		i += is_coded ? 2 : 0;
	}
	return utf8_clean(c->a, buf_str(&b));
}

enum err article_get(struct ctx *c, int64_t id, struct article *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	enum err e = article_load(c, id, out);
	if (e == ERR_NOT_FOUND)
		return fail(c, e, "There is no article %lld.", (long long)id);
	return e;
}

enum err article_get_text(struct ctx *c, int64_t id, struct str lang, struct article *a, struct article_text *out)
{
	TRY(article_get(c, id, a));
	enum err e = article_text_by_lang(c, id, lang, out);
	if (e == ERR_NOT_FOUND)
		return fail(c, e, "The article is not there in this language.");
	return e;
}

/* Lists ------------------------------------------------------------------------------------------------------------------- */

static bool fits(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* The lines are by text; each article takes its own, and says which of them is to be shown. */
static void take_lines(struct ctx *c, struct article_full *f, const struct article_line *lines, size_t n, const int64_t *fit_ids,
                       size_t fit_n)
{
	bool is_found = false;
	f->lines = NEW_ARRAY(c->a, n, struct article_line);
	f->line_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (lines[i].article_id != f->article.id)
			continue;
		bool is_governing = str_eq(lines[i].lang, f->article.lang);
		bool is_fit = fits(fit_ids, fit_n, lines[i].id);
		if ((is_fit && (!is_found || is_governing)) || (fit_n == 0 && is_governing))
			f->shown = f->line_n;
		is_found = is_found || is_fit;
		f->lines[f->line_n++] = lines[i];
	}
}

static enum err fill(struct ctx *c, const struct article *all, size_t n, const struct article_find *find, struct article_full **out)
{
	struct article_line *lines;
	int64_t *fit_ids = NULL, *ids = NEW_ARRAY(c->a, n, int64_t);
	size_t line_n, fit_n = 0;
	struct article_full *full = NEW_ARRAY(c->a, n, struct article_full);
	for (size_t i = 0; i < n; i++)
		ids[i] = all[i].id;
	TRY(article_line_list(c, ids, n, &lines, &line_n));
	if (find != NULL)
		TRY(article_line_fits(c, ids, n, find, &fit_ids, &fit_n));
	for (size_t i = 0; i < n; i++) {
		full[i].article = all[i];
		take_lines(c, &full[i], lines, line_n, fit_ids, fit_n);
	}
	*out = full;
	return OK;
}

enum err desk_article_list(struct ctx *c, const struct article_ask *ask, struct article_full **out, size_t *n_out)
{
	struct word_query words = {.n = 0};
	struct article *all;
	struct article_find find = {
		.state = ask->state, .lang = ask->lang, .category_id = ask->category_id,
		.before_at = ask->before_at, .before_id = ask->before_id, .limit = ask->limit,
	};
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (ask->query.n > MAX_ARTICLE_QUERY_BYTES)
		return fail_field(c, STR("q"), STR("TOO_LONG"), "q takes no more than %d bytes.", MAX_ARTICLE_QUERY_BYTES);
	if (ask->query.n > 0 && words_asked(c, ask->query, &words))
		find.words = &words;
	TRY(article_find(c, &find, &all, n_out));
	return fill(c, all, *n_out, &find, out);
}

enum err desk_article(struct ctx *c, int64_t id, struct article_full *out)
{
	struct article a;
	struct article_full *full;
	TRY(article_get(c, id, &a));
	TRY(fill(c, &a, 1, NULL, &full));
	*out = full[0];
	return OK;
}

/* One text ---------------------------------------------------------------------------------------------------------------- */

enum err article_page_of(struct ctx *c, const struct article *a, const struct article_text *t, struct article_page *out)
{
	*out = (struct article_page){.article = *a, .text = *t};
	TRY(article_version_load(c, t->id, t->draft_id, &out->draft));
	if (t->published_id > 0 && t->published_id != t->draft_id)
		TRY(article_version_load(c, t->id, t->published_id, &out->published));
	else if (t->published_id > 0)
		out->published = out->draft;
	return article_slug_list(c, t->id, &out->slugs, &out->slug_n);
}

enum err desk_article_page(struct ctx *c, int64_t id, struct str lang, struct article_page *out)
{
	struct article a;
	struct article_text t;
	TRY(article_get_text(c, id, lang, &a, &t));
	return article_page_of(c, &a, &t, out);
}

enum err desk_article_moments(struct ctx *c, int64_t id, struct str lang, int64_t before, int64_t limit, struct article_moment **out,
                              size_t *n_out)
{
	struct article a;
	struct article_text t;
	TRY(article_get_text(c, id, lang, &a, &t));
	return article_moment_list(c, t.id, before, limit, out, n_out);
}

enum err desk_article_version(struct ctx *c, int64_t id, struct str lang, int64_t version_id, struct article_version *out)
{
	struct article a;
	struct article_text t;
	TRY(article_get_text(c, id, lang, &a, &t));
	return article_version_load(c, t.id, version_id, out);
}
