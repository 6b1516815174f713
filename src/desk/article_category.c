/* Categories of articles: a name for each language, and an order. Those who publish look after them. */

#include "desk/article_int.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "text/json_read.h"

enum { MAX_NAMES_BYTES = 16 << 10 };

enum err desk_article_categories(struct ctx *c, struct article_category **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return article_category_list(c, out, n_out);
}

static enum err load(struct ctx *c, int64_t id, struct article_category *out)
{
	enum err e = article_category_load(c, id, out);
	if (e == ERR_NOT_FOUND || (e == OK && out->archived_at > 0))
		return fail(c, ERR_NOT_FOUND, "There is no category %lld.", (long long)id);
	return e;
}

enum err article_category_check(struct ctx *c, int64_t id)
{
	struct article_category k;
	if (id == 0)
		return OK;
	enum err e = load(c, id, &k);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, STR("categoryId"), STR("NOT_FOUND"), "There is no category %lld.", (long long)id);
}

static enum err bad_names(struct ctx *c)
{
	return fail_field(c, STR("names"), STR("INVALID_LENGTH"), "A category has a name of at most %d characters in one language or more.",
	                  MAX_CATEGORY_NAME_CHARS);
}

/* As it came, but for blanks around names and languages without one. */
static enum err take_names(struct ctx *c, struct str json, struct str *out)
{
	json_t *names;
	const char *lang;
	json_t *value;
	TRY(json_parse(c, json, &names));
	if (!json_is_object(names))
		return bad_names(c);
	json_t *kept = json_object();
	json_object_foreach(names, lang, value) {
		struct str name = str_trim(json_text(value));
		if (!article_lang_is_known(str_c(lang)) || utf8_count(name) > MAX_CATEGORY_NAME_CHARS) {
			json_decref(kept);
			return bad_names(c);
		}
		if (name.n > 0)
			json_object_set_new(kept, lang, json_stringn(name.p, name.n));
	}
	*out = json_object_size(kept) > 0 ? json_compact(c, kept, MAX_NAMES_BYTES) : STR_NULL;
	json_decref(kept);
	return str_is_null(*out) ? bad_names(c) : OK;
}

static enum err begin(struct ctx *c)
{
	TRY(desk_can(c, CAN_PUBLISH_ARTICLES, NULL));
	return article_lock(c);
}

enum err desk_article_category_create(struct ctx *c, struct str names, struct article_category *out)
{
	struct article_category *all;
	size_t n;
	TRY(begin(c));
	TRY(article_category_list(c, &all, &n));
	if (n >= MAX_ARTICLE_CATEGORIES)
		return fail(c, ERR_CONFLICT, "There are at most %d categories.", MAX_ARTICLE_CATEGORIES);
	*out = (struct article_category){.sort_order = n ? all[n - 1].sort_order + 1 : 0, .created_at = c->now, .updated_at = c->now};
	TRY(take_names(c, names, &out->names));
	TRY(article_category_insert(c, out));
	return article_announce(c, 0);
}

/* All others keep their order. */
static enum err place(struct ctx *c, struct article_category *k, int64_t at)
{
	struct article_category *all;
	size_t n;
	int64_t order = 0;
	TRY(article_category_list(c, &all, &n));
	for (size_t i = 0; i < n; i++) {
		if (all[i].id == k->id)
			continue;
		order += order == at;
		if (all[i].sort_order != order) {
			all[i].sort_order = order;
			TRY(article_category_update(c, &all[i]));
		}
		order++;
	}
	k->sort_order = at < (int64_t)n ? at : (int64_t)n - 1;
	return OK;
}

enum err desk_article_category_update(struct ctx *c, int64_t id, struct str names, int64_t at, struct article_category *out)
{
	TRY(begin(c));
	TRY(load(c, id, out));
	if (!str_is_null(names))
		TRY(take_names(c, names, &out->names));
	if (at >= 0)
		TRY(place(c, out, at));
	out->updated_at = c->now;
	TRY(article_category_update(c, out));
	return article_announce(c, 0);
}

enum err desk_article_category_archive(struct ctx *c, int64_t id)
{
	struct article_category k;
	TRY(begin(c));
	TRY(load(c, id, &k));
	k.archived_at = k.updated_at = c->now;
	TRY(article_category_update(c, &k));
	return article_announce(c, 0);
}

struct str article_category_name(struct ctx *c, const struct article_category *k, struct str lang)
{
	json_t *names;
	if (json_parse(c, k->names, &names) != OK) {
		fail_clear(c);
		return STR("");
	}
	struct str name = json_get_str(names, str_z(c->a, lang));
	if (name.n == 0)
		name = json_get_str(names, "en");
	if (name.n == 0)
		name = json_text(json_object_iter_value(json_object_iter(names)));
	return name;
}
