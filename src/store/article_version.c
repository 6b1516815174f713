#include "store/article_version.h"

#include "store/all_sql.h"

static const struct field version_fields[] = {
	FIELD(struct article_version, id, F_ID),
	FIELD(struct article_version, text_id, F_ID),
	FIELD(struct article_version, title, F_STR),
	FIELD(struct article_version, subtitle, F_STR),
	FIELD(struct article_version, body, F_STR),
	FIELD(struct article_version, tags, F_JSON),
	FIELD(struct article_version, products, F_JSON),
	FIELD(struct article_version, is_machine, F_BOOL),
	FIELD(struct article_version, user_id, F_ID),
	FIELD(struct article_version, created_at, F_TIME),
	FIELD(struct article_version, updated_at, F_TIME),
	FIELD(struct article_version, published_at, F_TIME),
};
static const struct shape version_shape = SHAPE("ArticleVersionRow", struct article_version, version_fields);

static const struct field moment_fields[] = {
	FIELD(struct article_moment, id, F_ID),
	FIELD(struct article_moment, title, F_STR),
	FIELD(struct article_moment, user_id, F_ID),
	FIELD(struct article_moment, created_at, F_TIME),
	FIELD(struct article_moment, updated_at, F_TIME),
	FIELD(struct article_moment, published_at, F_TIME),
};
static const struct shape moment_shape = SHAPE("ArticleMomentRow", struct article_moment, moment_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_MOMENTS, Q_CUT };
static const struct sql version_rows[] = {
	[Q_INSERT] = {"INSERT INTO article_version @insert @back", &version_shape},
	[Q_UPDATE] = {"UPDATE article_version SET @update WHERE id = @key @back", &version_shape},
	[Q_LOAD] = {"SELECT @cols FROM article_version WHERE text_id = $1 AND id = $2", &version_shape},
	[Q_MOMENTS] = {"SELECT @cols FROM article_version WHERE text_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3", &moment_shape},
	[Q_CUT] = {"DELETE FROM article_version WHERE text_id = $1 AND id <> $2 AND id <> $3 AND id <"
	           " (SELECT MIN(k.id) FROM (SELECT id FROM article_version WHERE text_id = $1 ORDER BY id DESC LIMIT $4) AS k)", NULL},
};
const struct sql_table article_version_sql = SQL_TABLE("article_version", version_rows);

enum err article_version_insert(struct ctx *c, struct article_version *v)
{
	return db_put(c, &version_rows[Q_INSERT], v, v);
}

enum err article_version_update(struct ctx *c, struct article_version *v)
{
	return db_put(c, &version_rows[Q_UPDATE], v, v);
}

enum err article_version_load(struct ctx *c, int64_t text_id, int64_t id, struct article_version *out)
{
	return db_one(c, &version_rows[Q_LOAD], ARGS(I(text_id), I(id)), out);
}

enum err article_moment_list(struct ctx *c, int64_t text_id, int64_t before, int64_t limit, struct article_moment **out, size_t *n_out)
{
	return db_all(c, &version_rows[Q_MOMENTS], ARGS(I(text_id), I(before ? before : INT64_MAX), I(limit)), out, n_out);
}

enum err article_version_cut(struct ctx *c, const struct article_text *t, int64_t keep)
{
	return db_exec(c, &version_rows[Q_CUT], ARGS(I(t->id), I(t->draft_id), I(t->published_id), I(keep)), NULL);
}

/* Addresses --------------------------------------------------------------------------------------------------------------- */

static const struct field slug_fields[] = {
	FIELD(struct article_slug, lang, F_STR),
	FIELD(struct article_slug, slug, F_STR),
	FIELD(struct article_slug, text_id, F_ID),
	FIELD(struct article_slug, created_at, F_TIME),
};
static const struct shape slug_shape = SHAPE("ArticleSlugRow", struct article_slug, slug_fields);

enum { Q_SLUG_LOAD, Q_SLUG_PUT, Q_SLUG_REMOVE, Q_SLUG_LIST };
static const struct sql slug_rows[] = {
	[Q_SLUG_LOAD] = {"SELECT @cols FROM article_slug WHERE lang = $1 AND slug = $2", &slug_shape},
	[Q_SLUG_PUT] = {"INSERT INTO article_slug (lang, slug, text_id, created_at) VALUES ($1, $2, $3, $4)"
	                " ON CONFLICT (lang, slug) DO UPDATE SET text_id = excluded.text_id, created_at = excluded.created_at", NULL},
	[Q_SLUG_REMOVE] = {"DELETE FROM article_slug WHERE lang = $1 AND slug = $2", NULL},
	[Q_SLUG_LIST] = {"SELECT @cols FROM article_slug WHERE text_id = $1 ORDER BY created_at, slug", &slug_shape},
};
const struct sql_table article_slug_sql = SQL_TABLE("article_slug", slug_rows);

enum err article_slug_load(struct ctx *c, struct str lang, struct str slug, struct article_slug *out)
{
	return db_one(c, &slug_rows[Q_SLUG_LOAD], ARGS(S(lang), S(slug)), out);
}

enum err article_slug_put(struct ctx *c, const struct article_slug *s)
{
	return db_exec(c, &slug_rows[Q_SLUG_PUT], ARGS(S(s->lang), S(s->slug), I(s->text_id), I(s->created_at)), NULL);
}

enum err article_slug_remove(struct ctx *c, struct str lang, struct str slug)
{
	return db_exec(c, &slug_rows[Q_SLUG_REMOVE], ARGS(S(lang), S(slug)), NULL);
}

enum err article_slug_list(struct ctx *c, int64_t text_id, struct article_slug **out, size_t *n_out)
{
	return db_all(c, &slug_rows[Q_SLUG_LIST], ARGS(I(text_id)), out, n_out);
}

/* Pictures ---------------------------------------------------------------------------------------------------------------- */

static const struct field image_fields[] = {
	FIELD(struct article_image, id, F_ID),
	FIELD(struct article_image, link_key, F_STR),
	FIELD(struct article_image, file_id, F_ID),
	FIELD(struct article_image, user_id, F_ID),
	FIELD(struct article_image, created_at, F_TIME),
};
static const struct shape image_shape = SHAPE("ArticleImageRow", struct article_image, image_fields);

struct image_count {
	int64_t n;
};
static const struct field count_fields[] = {FIELD(struct image_count, n, F_INT)};
static const struct shape count_shape = SHAPE("ArticleImageCount", struct image_count, count_fields);

enum { Q_IMAGE_INSERT, Q_IMAGE_BY_KEY, Q_IMAGE_COUNT, Q_IMAGE_SHOWN, Q_IMAGE_USE, Q_IMAGE_USE_CLEAR };
static const struct sql image_rows[] = {
	[Q_IMAGE_INSERT] = {"INSERT INTO article_image @insert @back", &image_shape},
	[Q_IMAGE_BY_KEY] = {"SELECT @cols FROM article_image WHERE link_key = $1", &image_shape},
	[Q_IMAGE_COUNT] = {"SELECT COUNT(*) AS n FROM article_image", &count_shape},
	[Q_IMAGE_SHOWN] = {"SELECT COUNT(*) AS n FROM article_image_use u JOIN article_text t ON t.id = u.text_id"
	                   " WHERE u.image_id = $1 AND t.published_id > 0", &count_shape},
	[Q_IMAGE_USE] = {"INSERT INTO article_image_use (text_id, image_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", NULL},
	[Q_IMAGE_USE_CLEAR] = {"DELETE FROM article_image_use WHERE text_id = $1", NULL},
};
const struct sql_table article_image_sql = SQL_TABLE("article_image", image_rows);

enum err article_image_insert(struct ctx *c, struct article_image *i)
{
	return db_put(c, &image_rows[Q_IMAGE_INSERT], i, i);
}

enum err article_image_by_key(struct ctx *c, struct str key, struct article_image *out)
{
	return db_one(c, &image_rows[Q_IMAGE_BY_KEY], ARGS(S(key)), out);
}

enum err article_image_count(struct ctx *c, int64_t *out)
{
	struct image_count count;
	TRY(db_one(c, &image_rows[Q_IMAGE_COUNT], NO_ARGS, &count));
	*out = count.n;
	return OK;
}

enum err article_image_is_public(struct ctx *c, int64_t image_id, bool *out)
{
	struct image_count count;
	TRY(db_one(c, &image_rows[Q_IMAGE_SHOWN], ARGS(I(image_id)), &count));
	*out = count.n > 0;
	return OK;
}

enum err article_image_use_set(struct ctx *c, int64_t text_id, const int64_t *image_ids, size_t n)
{
	TRY(db_exec(c, &image_rows[Q_IMAGE_USE_CLEAR], ARGS(I(text_id)), NULL));
	for (size_t i = 0; i < n; i++)
		TRY(db_exec(c, &image_rows[Q_IMAGE_USE], ARGS(I(text_id), I(image_ids[i])), NULL));
	return OK;
}

/* What customers see ------------------------------------------------------------------------------------------------------ */

static const struct field shown_fields[] = {
	FIELD(struct article_shown, article_id, F_ID),
	FIELD(struct article_shown, lang, F_STR),
	FIELD(struct article_shown, slug, F_STR),
	FIELD(struct article_shown, title, F_STR),
	FIELD(struct article_shown, subtitle, F_STR),
	FIELD(struct article_shown, category_id, F_ID),
	FIELD(struct article_shown, published_at, F_TIME),
};
static const struct shape shown_shape = SHAPE("ArticleShownRow", struct article_shown, shown_fields);
static const struct field shown_lang_fields[] = {FIELD(struct article_shown, lang, F_STR)};
static const struct shape shown_lang_shape = SHAPE("ArticleShownLangRow", struct article_shown, shown_lang_fields);

#define SHOWN                                                                                                             \
	"SELECT t.article_id, t.lang, t.slug, v.title, v.subtitle, a.category_id, t.published_at FROM article_text t"      \
	" JOIN article a ON a.id = t.article_id JOIN article_version v ON v.id = t.published_id WHERE t.published_id > 0"

enum { Q_SHOWN_OF, Q_SHOWN_IN, Q_SHOWN_BESIDE, Q_SHOWN_LANGS };
static const struct sql shown_rows[] = {
	[Q_SHOWN_OF] = {SHOWN " AND t.article_id = $1 ORDER BY t.lang", &shown_shape},
	[Q_SHOWN_IN] = {SHOWN " AND t.lang = $1 ORDER BY v.title, t.id LIMIT $2", &shown_shape},
	[Q_SHOWN_BESIDE] = {SHOWN " AND t.lang = $1 AND a.category_id = $2 AND a.id <> $3 ORDER BY t.published_at DESC, t.id DESC LIMIT $4",
	                    &shown_shape},
	/* from language to language, in their order: few, among many texts */
	[Q_SHOWN_LANGS] = {"WITH RECURSIVE used (lang) AS (SELECT MIN(lang) FROM article_text WHERE published_id > 0 UNION ALL"
	                   " SELECT (SELECT MIN(l.lang) FROM article_text l WHERE l.published_id > 0 AND l.lang > used.lang)"
	                   " FROM used WHERE used.lang IS NOT NULL) SELECT lang FROM used WHERE lang IS NOT NULL",
	                   &shown_lang_shape},
};
const struct sql_table article_shown_sql = SQL_TABLE("article_shown", shown_rows);

enum err article_shown_of(struct ctx *c, int64_t article_id, struct article_shown **out, size_t *n_out)
{
	return db_all(c, &shown_rows[Q_SHOWN_OF], ARGS(I(article_id)), out, n_out);
}

enum err article_shown_in(struct ctx *c, struct str lang, int64_t limit, struct article_shown **out, size_t *n_out)
{
	return db_all(c, &shown_rows[Q_SHOWN_IN], ARGS(S(lang), I(limit)), out, n_out);
}

enum err article_shown_beside(struct ctx *c, struct str lang, int64_t category_id, int64_t article_id, int64_t limit,
                              struct article_shown **out, size_t *n_out)
{
	return db_all(c, &shown_rows[Q_SHOWN_BESIDE], ARGS(S(lang), I(category_id), I(article_id), I(limit)), out, n_out);
}

enum err article_shown_langs(struct ctx *c, struct article_shown **out, size_t *n_out)
{
	return db_all(c, &shown_rows[Q_SHOWN_LANGS], NO_ARGS, out, n_out);
}

/* Categories -------------------------------------------------------------------------------------------------------------- */

static const struct field category_fields[] = {
	FIELD(struct article_category, id, F_ID),
	FIELD(struct article_category, names, F_JSON),
	FIELD(struct article_category, sort_order, F_INT),
	FIELD(struct article_category, created_at, F_TIME),
	FIELD(struct article_category, updated_at, F_TIME),
	FIELD(struct article_category, archived_at, F_TIME),
};
static const struct shape category_shape = SHAPE("ArticleCategoryRow", struct article_category, category_fields);

enum { Q_CATEGORY_INSERT, Q_CATEGORY_UPDATE, Q_CATEGORY_LOAD, Q_CATEGORY_LIST };
static const struct sql category_rows[] = {
	[Q_CATEGORY_INSERT] = {"INSERT INTO article_category @insert @back", &category_shape},
	[Q_CATEGORY_UPDATE] = {"UPDATE article_category SET @update WHERE id = @key @back", &category_shape},
	[Q_CATEGORY_LOAD] = {"SELECT @cols FROM article_category WHERE id = $1", &category_shape},
	[Q_CATEGORY_LIST] = {"SELECT @cols FROM article_category WHERE archived_at = 0 ORDER BY sort_order, id", &category_shape},
};
const struct sql_table article_category_sql = SQL_TABLE("article_category", category_rows);

enum err article_category_insert(struct ctx *c, struct article_category *k)
{
	return db_put(c, &category_rows[Q_CATEGORY_INSERT], k, k);
}

enum err article_category_update(struct ctx *c, struct article_category *k)
{
	return db_put(c, &category_rows[Q_CATEGORY_UPDATE], k, k);
}

enum err article_category_load(struct ctx *c, int64_t id, struct article_category *out)
{
	return db_one(c, &category_rows[Q_CATEGORY_LOAD], ARGS(I(id)), out);
}

enum err article_category_list(struct ctx *c, struct article_category **out, size_t *n_out)
{
	return db_all(c, &category_rows[Q_CATEGORY_LIST], NO_ARGS, out, n_out);
}
