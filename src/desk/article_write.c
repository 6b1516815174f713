/* Writing articles. Everything here runs under article_lock, asks first, and leaves one event. */

#include "desk/article_int.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/words.h"
#include "text/html_clean.h"
#include "text/html_text.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_LIST_BYTES = 32 << 10 };

/* What somebody said, checked ------------------------------------------------------------------------------------------- */

static enum err take_line(struct ctx *c, const char *field, struct str said, size_t max, struct str *out)
{
	if (str_is_null(said))
		return OK;
	said = str_trim(said);
	if (utf8_count(said) > max || !utf8_is_valid(said) || str_find_byte(said, '\n') >= 0)
		return fail_field(c, str_c(field), STR("INVALID_LENGTH"), "%s is one line of at most %zu characters.", field, max);
	*out = said;
	return OK;
}

static enum err take_list(struct ctx *c, const char *field, const struct str *list, size_t n, size_t most, size_t most_chars,
                          struct str *out)
{
	struct buf b;
	struct json j;
	if (list == NULL)
		return OK;
	if (n > most)
		return fail_field(c, str_c(field), STR("TOO_MANY"), "%s takes no more than %zu.", field, most);
	buf_init(&b, c->a, MAX_LIST_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (size_t i = 0; i < n; i++) {
		struct str entry = STR("");
		TRY(take_line(c, field, list[i], most_chars, &entry));
		if (entry.n > 0)
			json_str(&j, entry);
	}
	json_array_end(&j);
	*out = buf_str(&b);
	return OK;
}

static enum err take_body(struct ctx *c, struct str html, struct str *out)
{
	struct str clean;
	int64_t *ids;
	size_t n;
	if (str_is_null(html))
		return OK;
	if (html.n > MAX_ARTICLE_BODY_BYTES)
		return fail_field(c, STR("body"), STR("INVALID_LENGTH"), "An article has at most %d bytes.", MAX_ARTICLE_BODY_BYTES);
	TRY(html_clean(c, html, NULL, &clean));
	if (clean.n > MAX_ARTICLE_BODY_BYTES)
		return fail_field(c, STR("body"), STR("INVALID_LENGTH"), "An article has at most %d bytes.", MAX_ARTICLE_BODY_BYTES);
	TRY(article_body_images(c, clean, &ids, &n));
	*out = clean;
	return OK;
}

static enum err take(struct ctx *c, const struct article_in *in, struct article_version *v)
{
	TRY(take_line(c, "title", in->title, MAX_ARTICLE_TITLE_CHARS, &v->title));
	TRY(take_line(c, "subtitle", in->subtitle, MAX_ARTICLE_SUBTITLE_CHARS, &v->subtitle));
	TRY(take_body(c, in->body, &v->body));
	TRY(take_list(c, "tags", in->tags, in->tag_n, MAX_ARTICLE_TAGS, MAX_ARTICLE_TAG_CHARS, &v->tags));
	TRY(take_list(c, "products", in->products, in->product_n, MAX_ARTICLE_PRODUCTS, MAX_ARTICLE_PRODUCT_CHARS, &v->products));
	if (in->is_machine != NULL)
		v->is_machine = *in->is_machine;
	return OK;
}

/* Versions ---------------------------------------------------------------------------------------------------------------- */

/* Words of what is written and of what is published: both are looked for. */
static enum err index_words(struct ctx *c, const struct article_text *t)
{
	struct article_version v[2] = {{.id = 0}};
	struct str all = STR("");
	TRY(article_version_load(c, t->id, t->draft_id, &v[0]));
	if (t->published_id > 0 && t->published_id != t->draft_id)
		TRY(article_version_load(c, t->id, t->published_id, &v[1]));
	for (size_t i = 0; i < 2 && v[i].id > 0; i++)
		all = str_fmt(c->a, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(all), STR_ARG(v[i].title),
		              STR_ARG(v[i].subtitle), STR_ARG(v[i].tags), STR_ARG(html_to_text(c->a, v[i].body, HTML_LINKS_PLAIN)));
	struct indexed in = {.text = all, .kind = STR(WORD_MARK "article")};
	return article_words_put(c, t->id, str_fmt(c->a, " " STR_FMT " ", STR_ARG(words_indexed(c->a, &in))));
}

/* The same person, still at it. */
static bool goes_on(const struct ctx *c, const struct article_version *newest, const struct article_in *in)
{
	return !in->is_new_version && newest->user_id == c->who.user_id && newest->published_at == 0 &&
	       newest->created_at > c->now - MINUTES(MERGE_MINUTES);
}

static bool says_the_same(const struct article_version *a, const struct article_version *b)
{
	return str_eq(a->title, b->title) && str_eq(a->subtitle, b->subtitle) && str_eq(a->body, b->body) && str_eq(a->tags, b->tags) &&
	       str_eq(a->products, b->products) && a->is_machine == b->is_machine;
}

static enum err put_version(struct ctx *c, const struct article_in *in, const struct article_version *was, struct article_version *v,
                            struct article_text *t)
{
	v->updated_at = c->now;
	if (was->id > 0 && goes_on(c, was, in))
		return article_version_update(c, v);
	v->id = 0;
	v->text_id = t->id;
	v->user_id = c->who.user_id;
	v->created_at = c->now;
	v->published_at = 0;
	TRY(article_version_insert(c, v));
	t->draft_id = v->id;
	return OK;
}

/* The text has changed: that counts as a change of the article. */
static enum err note(struct ctx *c, struct article *a, struct article_text *t)
{
	t->version++;
	t->updated_at = c->now;
	t->user_id = c->who.user_id;
	TRY(article_text_update(c, t));
	TRY(index_words(c, t));
	a->updated_at = c->now;
	TRY(article_update(c, a));
	return article_announce(c, a->id);
}

/* Somebody else was faster: what he wrote is not written over. */
static enum err check_version(struct ctx *c, const struct article_text *t, int64_t version)
{
	if (version == 0 || version == t->version)
		return OK;
	c->why.category = STR("NEWER_VERSION");
	fail_context(c, STR("version"), str_fmt(c->a, "%lld", (long long)t->version));
	fail_context(c, STR("userId"), str_fmt(c->a, "%lld", (long long)t->user_id));
	return fail(c, ERR_CONFLICT, "Somebody else has changed this article meanwhile.");
}

static enum err begin(struct ctx *c, enum action action)
{
	TRY(desk_can(c, action, NULL));
	if (c->who.user_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "Only users write articles.");
	return article_lock(c);
}

static enum err load_alive(struct ctx *c, int64_t id, struct str lang, struct article *a, struct article_text *t)
{
	TRY(article_get_text(c, id, lang, a, t));
	if (a->archived_at > 0 || t->archived_at > 0)
		return fail(c, ERR_CONFLICT, "This article is archived: restore it first.");
	return OK;
}

/* New ones ---------------------------------------------------------------------------------------------------------------- */

static enum err check_lang(struct ctx *c, struct str lang)
{
	if (!article_lang_is_known(lang))
		return fail_field(c, STR("lang"), STR("INVALID_OPTION"), "There is no language \"" STR_FMT "\".", STR_ARG(str_head(lang, 20)));
	return OK;
}

static enum err check_title(struct ctx *c, const struct article_version *v)
{
	if (v->title.n == 0)
		return fail_field(c, STR("title"), STR("REQUIRED_FIELD"), "An article has a title.");
	return OK;
}

static enum err add_text(struct ctx *c, struct article *a, struct str lang, const struct article_in *in, struct article_version *v,
                         struct article_page *out)
{
	struct article_text t = {.article_id = a->id, .lang = lang, .slug = STR(""), .user_id = c->who.user_id, .created_at = c->now,
	                         .updated_at = c->now};
	TRY(article_text_insert(c, &t));
	v->id = 0;
	TRY(put_version(c, in, &(struct article_version){.id = 0}, v, &t));
	TRY(article_slug_choose(c, &t, in->slug, v->title));
	TRY(note(c, a, &t));
	return article_page_of(c, a, &t, out);
}

enum err desk_article_create(struct ctx *c, struct str lang, int64_t category_id, const struct article_in *in, struct article_page *out)
{
	int64_t n;
	struct article_version v = {.title = STR(""), .subtitle = STR(""), .body = STR(""), .tags = STR("[]"), .products = STR("[]")};
	struct article a = {.category_id = category_id, .lang = lang, .user_id = c->who.user_id, .created_at = c->now, .updated_at = c->now};
	TRY(begin(c, CAN_WRITE_ARTICLES));
	TRY(check_lang(c, lang));
	TRY(take(c, in, &v));
	TRY(check_title(c, &v));
	TRY(article_category_check(c, category_id));
	TRY(article_count(c, &n));
	if (n >= MAX_ARTICLES)
		return fail(c, ERR_CONFLICT, "A desk has at most %d articles.", MAX_ARTICLES);
	TRY(article_insert(c, &a));
	return add_text(c, &a, lang, in, &v, out);
}

enum err desk_article_translate(struct ctx *c, int64_t id, struct str lang, const bool *is_machine, struct article_page *out)
{
	const struct article_in in = {.is_machine = is_machine, .slug = STR_NULL};
	struct article a;
	struct article_text governing, other;
	struct article_version v;
	TRY(begin(c, CAN_WRITE_ARTICLES));
	TRY(check_lang(c, lang));
	TRY(article_get(c, id, &a));
	TRY(load_alive(c, id, a.lang, &a, &governing));
	enum err e = article_text_by_lang(c, id, lang, &other);
	if (e == OK)
		return fail_field(c, STR("lang"), STR("ALREADY_EXISTS"), "The article is there in this language already.");
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(article_version_load(c, governing.id, governing.draft_id, &v));
	v.is_machine = is_machine != NULL && *is_machine;
	return add_text(c, &a, lang, &in, &v, out);
}

/* Changes ----------------------------------------------------------------------------------------------------------------- */

enum err desk_article_update(struct ctx *c, int64_t id, struct str lang, int64_t category_id, struct article_full *out)
{
	struct article a;
	struct article_text t;
	TRY(begin(c, CAN_WRITE_ARTICLES));
	TRY(article_get(c, id, &a));
	if (a.archived_at > 0)
		return fail(c, ERR_CONFLICT, "This article is archived: restore it first.");
	if (!str_is_null(lang)) {
		TRY(check_lang(c, lang));
		TRY(load_alive(c, id, lang, &a, &t));
		a.lang = lang;
	}
	if (category_id >= 0) {
		TRY(article_category_check(c, category_id));
		a.category_id = category_id;
	}
	a.updated_at = c->now;
	TRY(article_update(c, &a));
	TRY(article_announce(c, id));
	return desk_article(c, id, out);
}

static bool slug_changes(const struct article_text *t, const struct article_in *in, const struct article_version *was,
                         const struct article_version *is)
{
	if (!str_is_null(in->slug))
		return !str_eq(in->slug, t->slug);
	return !t->has_own_slug && t->first_published_at == 0 && !str_eq(was->title, is->title);
}

enum err desk_article_write(struct ctx *c, int64_t id, struct str lang, const struct article_in *in, struct article_page *out)
{
	struct article a;
	struct article_text t;
	struct article_version was, v;
	TRY(begin(c, CAN_WRITE_ARTICLES));
	TRY(load_alive(c, id, lang, &a, &t));
	TRY(check_version(c, &t, in->version));
	TRY(article_version_load(c, t.id, t.draft_id, &was));
	v = was;
	TRY(take(c, in, &v));
	TRY(check_title(c, &v));
	bool has_new_slug = slug_changes(&t, in, &was, &v);
	/* what customers are led by is theirs who publish */
	if (has_new_slug && t.published_id > 0)
		TRY(desk_can(c, CAN_PUBLISH_ARTICLES, NULL));
	if (has_new_slug)
		TRY(article_slug_choose(c, &t, in->slug, v.title));
	if (!says_the_same(&was, &v))
		TRY(put_version(c, in, &was, &v, &t));
	if (has_new_slug || !says_the_same(&was, &v)) {
		TRY(article_version_cut(c, &t, MAX_ARTICLE_VERSIONS));
		TRY(note(c, &a, &t));
	}
	return article_page_of(c, &a, &t, out);
}

enum err desk_article_revert(struct ctx *c, int64_t id, struct str lang, int64_t version_id, int64_t version, struct article_page *out)
{
	const struct article_in in = {.is_new_version = true};
	struct article a;
	struct article_text t;
	struct article_version was, v;
	TRY(begin(c, CAN_WRITE_ARTICLES));
	TRY(load_alive(c, id, lang, &a, &t));
	TRY(check_version(c, &t, version));
	TRY(article_version_load(c, t.id, t.draft_id, &was));
	TRY(article_version_load(c, t.id, version_id, &v));
	TRY(put_version(c, &in, &was, &v, &t));
	TRY(article_version_cut(c, &t, MAX_ARTICLE_VERSIONS));
	TRY(note(c, &a, &t));
	return article_page_of(c, &a, &t, out);
}

/* What customers read ------------------------------------------------------------------------------------------------------ */

static enum err publish(struct ctx *c, struct article_text *t)
{
	struct article_version v;
	int64_t *ids;
	size_t n;
	TRY(article_version_load(c, t->id, t->draft_id, &v));
	if (str_trim(html_to_text(c->a, v.body, HTML_LINKS_PLAIN)).n == 0)
		return fail_field(c, STR("body"), STR("REQUIRED_FIELD"), "An article without a text cannot be published.");
	v.published_at = c->now;
	TRY(article_version_update(c, &v));
	TRY(article_body_images(c, v.body, &ids, &n));
	TRY(article_image_use_set(c, t->id, ids, n));
	t->published_id = v.id;
	t->published_at = c->now;
	t->first_published_at = t->first_published_at ? t->first_published_at : c->now;
	return OK;
}

static enum err take_off(struct ctx *c, struct article_text *t)
{
	t->published_id = 0;
	return article_image_use_set(c, t->id, NULL, 0);
}

static enum err archive_text(struct ctx *c, const struct article *a, struct article_text *t)
{
	if (str_eq(a->lang, t->lang))
		return fail(c, ERR_CONFLICT, "The governing language is archived with the whole article.");
	if (t->published_id > 0)
		TRY(desk_can(c, CAN_PUBLISH_ARTICLES, NULL));
	t->archived_at = c->now;
	return take_off(c, t);
}

static enum err act_on(struct ctx *c, const struct article *a, struct article_text *t, enum article_act act)
{
	switch (act) {
	case ARTICLE_PUBLISH:
		return publish(c, t);
	case ARTICLE_UNPUBLISH:
		return take_off(c, t);
	case ARTICLE_ARCHIVE:
		return archive_text(c, a, t);
	case ARTICLE_RESTORE:
		t->archived_at = 0;
		return OK;
	}
	return OK;
}

enum err desk_article_act(struct ctx *c, int64_t id, struct str lang, enum article_act act, int64_t version, struct article_page *out)
{
	struct article a;
	struct article_text t;
	bool is_public = act == ARTICLE_PUBLISH || act == ARTICLE_UNPUBLISH;
	TRY(begin(c, is_public ? CAN_PUBLISH_ARTICLES : CAN_WRITE_ARTICLES));
	if (act == ARTICLE_RESTORE)
		TRY(article_get_text(c, id, lang, &a, &t));
	else
		TRY(load_alive(c, id, lang, &a, &t));
	if (act == ARTICLE_RESTORE && a.archived_at > 0)
		return fail(c, ERR_CONFLICT, "The whole article is archived: restore that.");
	TRY(check_version(c, &t, version));
	TRY(act_on(c, &a, &t, act));
	TRY(note(c, &a, &t));
	return article_page_of(c, &a, &t, out);
}

enum err desk_article_archive(struct ctx *c, int64_t id, struct article_full *out)
{
	struct article a;
	struct article_text *texts;
	size_t n;
	TRY(begin(c, CAN_WRITE_ARTICLES));
	TRY(article_get(c, id, &a));
	TRY(article_text_list(c, id, &texts, &n));
	for (size_t i = 0; i < n; i++) {
		if (texts[i].published_id == 0)
			continue;
		TRY(desk_can(c, CAN_PUBLISH_ARTICLES, NULL));
		TRY(take_off(c, &texts[i]));
		texts[i].version++;
		TRY(article_text_update(c, &texts[i]));
	}
	a.archived_at = a.updated_at = c->now;
	TRY(article_update(c, &a));
	TRY(article_announce(c, id));
	return desk_article(c, id, out);
}

enum err desk_article_restore(struct ctx *c, int64_t id, struct article_full *out)
{
	struct article a;
	TRY(begin(c, CAN_WRITE_ARTICLES));
	TRY(article_get(c, id, &a));
	a.archived_at = 0;
	a.updated_at = c->now;
	TRY(article_update(c, &a));
	TRY(article_announce(c, id));
	return desk_article(c, id, out);
}
