#include "store/article.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/sqlb.h"
#include "store/all_sql.h"

enum { LOCK_KEY = 0x61727469, MAX_LIKE_BYTES = 1024 };

static const struct field article_fields[] = {
	FIELD(struct article, id, F_ID),
	FIELD(struct article, category_id, F_ID),
	FIELD(struct article, lang, F_STR),
	FIELD(struct article, user_id, F_ID),
	FIELD(struct article, created_at, F_TIME),
	FIELD(struct article, updated_at, F_TIME),
	FIELD(struct article, archived_at, F_TIME),
};
static const struct shape article_shape = SHAPE("ArticleRow", struct article, article_fields);

static const struct field text_fields[] = {
	FIELD(struct article_text, id, F_ID),
	FIELD(struct article_text, article_id, F_ID),
	FIELD(struct article_text, lang, F_STR),
	FIELD(struct article_text, slug, F_STR),
	FIELD(struct article_text, has_own_slug, F_BOOL),
	FIELD(struct article_text, draft_id, F_ID),
	FIELD(struct article_text, published_id, F_ID),
	FIELD(struct article_text, first_published_at, F_TIME),
	FIELD(struct article_text, published_at, F_TIME),
	FIELD(struct article_text, version, F_INT),
	FIELD(struct article_text, user_id, F_ID),
	FIELD(struct article_text, created_at, F_TIME),
	FIELD(struct article_text, updated_at, F_TIME),
	FIELD(struct article_text, archived_at, F_TIME),
};
static const struct shape text_shape = SHAPE("ArticleTextRow", struct article_text, text_fields);

static const struct field line_fields[] = {
	FIELD(struct article_line, id, F_ID),
	FIELD(struct article_line, article_id, F_ID),
	FIELD(struct article_line, lang, F_STR),
	FIELD(struct article_line, slug, F_STR),
	FIELD(struct article_line, draft_id, F_ID),
	FIELD(struct article_line, published_id, F_ID),
	FIELD(struct article_line, published_at, F_TIME),
	FIELD(struct article_line, version, F_INT),
	FIELD(struct article_line, updated_at, F_TIME),
	FIELD(struct article_line, archived_at, F_TIME),
	FIELD(struct article_line, title, F_STR),
	FIELD(struct article_line, subtitle, F_STR),
	FIELD(struct article_line, is_machine, F_BOOL),
};
static const struct shape line_shape = SHAPE("ArticleLineRow", struct article_line, line_fields);

struct text_id {
	int64_t id;
};
static const struct field id_fields[] = {FIELD(struct text_id, id, F_ID)};
static const struct shape id_shape = SHAPE("ArticleTextId", struct text_id, id_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_COUNT };
static const struct sql article_rows[] = {
	[Q_INSERT] = {"INSERT INTO article @insert @back", &article_shape},
	[Q_UPDATE] = {"UPDATE article SET @update WHERE id = @key @back", &article_shape},
	[Q_LOAD] = {"SELECT @cols FROM article WHERE id = $1", &article_shape},
	[Q_COUNT] = {"SELECT COUNT(*) AS id FROM article", &id_shape},
};
const struct sql_table article_sql = SQL_TABLE("article", article_rows);

enum { Q_TEXT_INSERT, Q_TEXT_UPDATE, Q_TEXT_LOAD, Q_TEXT_BY_LANG, Q_TEXT_LIST, Q_WORDS_PUT };
static const struct sql article_text_rows[] = {
	[Q_TEXT_INSERT] = {"INSERT INTO article_text @insert @back", &text_shape},
	[Q_TEXT_UPDATE] = {"UPDATE article_text SET @update WHERE id = @key @back", &text_shape},
	[Q_TEXT_LOAD] = {"SELECT @cols FROM article_text WHERE id = $1", &text_shape},
	[Q_TEXT_BY_LANG] = {"SELECT @cols FROM article_text WHERE article_id = $1 AND lang = $2", &text_shape},
	[Q_TEXT_LIST] = {"SELECT @cols FROM article_text WHERE article_id = $1 ORDER BY id", &text_shape},
	[Q_WORDS_PUT] = {"INSERT INTO article_words (text_id, words) VALUES ($1, $2)"
	                 " ON CONFLICT (text_id) DO UPDATE SET words = excluded.words", NULL},
};
const struct sql_table article_text_sql = SQL_TABLE("article_text", article_text_rows);

enum err article_lock(struct ctx *c)
{
	return db_lock(c, LOCK_KEY);
}

enum err article_insert(struct ctx *c, struct article *a)
{
	return db_put(c, &article_rows[Q_INSERT], a, a);
}

enum err article_update(struct ctx *c, struct article *a)
{
	return db_put(c, &article_rows[Q_UPDATE], a, a);
}

enum err article_load(struct ctx *c, int64_t id, struct article *out)
{
	return db_one(c, &article_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err article_count(struct ctx *c, int64_t *out)
{
	struct text_id n;
	TRY(db_one(c, &article_rows[Q_COUNT], NO_ARGS, &n));
	*out = n.id;
	return OK;
}

enum err article_text_insert(struct ctx *c, struct article_text *t)
{
	return db_put(c, &article_text_rows[Q_TEXT_INSERT], t, t);
}

enum err article_text_update(struct ctx *c, struct article_text *t)
{
	return db_put(c, &article_text_rows[Q_TEXT_UPDATE], t, t);
}

enum err article_text_load(struct ctx *c, int64_t id, struct article_text *out)
{
	return db_one(c, &article_text_rows[Q_TEXT_LOAD], ARGS(I(id)), out);
}

enum err article_text_by_lang(struct ctx *c, int64_t article_id, struct str lang, struct article_text *out)
{
	return db_one(c, &article_text_rows[Q_TEXT_BY_LANG], ARGS(I(article_id), S(lang)), out);
}

enum err article_text_list(struct ctx *c, int64_t article_id, struct article_text **out, size_t *n_out)
{
	return db_all(c, &article_text_rows[Q_TEXT_LIST], ARGS(I(article_id)), out, n_out);
}

enum err article_words_put(struct ctx *c, int64_t text_id, struct str words)
{
	return db_exec(c, &article_text_rows[Q_WORDS_PUT], ARGS(I(text_id), S(words)), NULL);
}

/* Lists ------------------------------------------------------------------------------------------------------------------- */

/* The word as a pattern: a blank before it, and one behind it where all of it is meant. */
static struct str like_of(struct ctx *c, const struct word *w)
{
	struct buf b;
	buf_init(&b, c->a, MAX_LIKE_BYTES);
	buf_lit(&b, "% ");
	for (size_t i = 0; i < w->text.n; i++) {
		if (w->text.p[i] == '%' || w->text.p[i] == '_' || w->text.p[i] == '!')
			buf_byte(&b, '!');
		buf_byte(&b, w->text.p[i]);
	}
	buf_add(&b, w->is_prefix ? STR("%") : STR(" %"));
	return buf_str(&b);
}

/* Of a text called t, whose article is a. */
static void add_state(struct sqlb *b, enum article_state state)
{
	switch (state) {
	case ARTICLE_ANY:
		sqlb_add(b, " AND t.archived_at = 0 AND a.archived_at = 0", NO_ARGS);
		return;
	case ARTICLE_DRAFT:
		sqlb_add(b, " AND t.archived_at = 0 AND a.archived_at = 0 AND t.published_id = 0", NO_ARGS);
		return;
	case ARTICLE_PUBLISHED:
		sqlb_add(b, " AND t.published_id > 0", NO_ARGS);
		return;
	case ARTICLE_ARCHIVED:
		sqlb_add(b, " AND (t.archived_at > 0 OR a.archived_at > 0)", NO_ARGS);
		return;
	}
}

static void add_words(struct ctx *c, struct sqlb *b, const struct word_query *q)
{
	sqlb_add(b, " AND EXISTS (SELECT 1 FROM article_words w WHERE w.text_id = t.id", NO_ARGS);
	for (size_t g = 0; g < q->n; g++) {
		sqlb_add(b, " AND (1 = 0", NO_ARGS);
		for (size_t i = 0; i < q->groups[g].n; i++)
			sqlb_add(b, " OR w.words LIKE ? ESCAPE '!'", ARGS(S(like_of(c, &q->groups[g].words[i]))));
		sqlb_add(b, ")", NO_ARGS);
	}
	sqlb_add(b, ")", NO_ARGS);
}

static void add_text(struct ctx *c, struct sqlb *b, const struct article_find *find)
{
	add_state(b, find->state);
	if (!str_is_null(find->lang))
		sqlb_add(b, " AND t.lang = ?", ARGS(S(find->lang)));
	if (find->words != NULL)
		add_words(c, b, find->words);
}

static void add_ids(struct sqlb *b, const int64_t *ids, size_t n)
{
	sqlb_add(b, " IN (0", NO_ARGS);
	for (size_t i = 0; i < n; i++)
		sqlb_add(b, ", ?", ARGS(I(ids[i])));
	sqlb_add(b, ")", NO_ARGS);
}

/* An article that is not archived has a text that is not: that of its governing language. Only what is asked beyond that needs a look
 * at the texts. */
static void add_has_text(struct ctx *c, struct sqlb *b, const struct article_find *find)
{
	if (find->state == ARTICLE_ANY && str_is_null(find->lang) && find->words == NULL) {
		sqlb_add(b, " WHERE a.archived_at = 0", NO_ARGS);
		return;
	}
	sqlb_add(b, " WHERE EXISTS (SELECT 1 FROM article_text t WHERE t.article_id = a.id", NO_ARGS);
	add_text(c, b, find);
	sqlb_add(b, ")", NO_ARGS);
}

enum err article_find(struct ctx *c, const struct article_find *find, struct article **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT a.id, a.category_id, a.lang, a.user_id, a.created_at, a.updated_at, a.archived_at FROM article a", NO_ARGS);
	add_has_text(c, &b, find);
	if (find->category_id >= 0)
		sqlb_add(&b, " AND a.category_id = ?", ARGS(I(find->category_id)));
	if (find->before_id > 0)
		sqlb_add(&b, " AND (a.updated_at, a.id) < (?, ?)", ARGS(I(find->before_at), I(find->before_id)));
	sqlb_add(&b, " ORDER BY a.updated_at DESC, a.id DESC LIMIT ?", ARGS(I(find->limit)));
	return sqlb_all(c, &b, &article_shape, out, n_out);
}

enum err article_line_list(struct ctx *c, const int64_t *ids, size_t n, struct article_line **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT t.id, t.article_id, t.lang, t.slug, t.draft_id, t.published_id, t.published_at, t.version, t.updated_at,"
	         " t.archived_at, v.title, v.subtitle, v.is_machine"
	         " FROM article_text t JOIN article_version v ON v.id = t.draft_id WHERE t.article_id", NO_ARGS);
	add_ids(&b, ids, n);
	sqlb_add(&b, " ORDER BY t.id", NO_ARGS);
	return sqlb_all(c, &b, &line_shape, out, n_out);
}

enum err article_line_fits(struct ctx *c, const int64_t *ids, size_t n, const struct article_find *find, int64_t **fit_ids,
                           size_t *n_out)
{
	struct sqlb b;
	struct text_id *rows;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT t.id FROM article_text t JOIN article a ON a.id = t.article_id WHERE t.article_id", NO_ARGS);
	add_ids(&b, ids, n);
	add_text(c, &b, find);
	sqlb_add(&b, " ORDER BY t.id", NO_ARGS);
	TRY(sqlb_all(c, &b, &id_shape, &rows, n_out));
	int64_t *list = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		list[i] = rows[i].id;
	*fit_ids = list;
	return OK;
}
