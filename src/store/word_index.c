/* One of the places where the engines differ. SQLite (FTS5) hands out matches newest first as they come, so that a common word
 * costs what is asked of it; only words known by their beginning would be collected first, and so they are looked up before.
 *
 * PostgreSQL (GIN) collects all matches of a word before it hands out one. So the newest rows are looked at first, without the
 * index: where the word is common, they have enough. How many of them have it says whether to look at more, or to ask the index. */

#include "store/word_index.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "db/sqlb.h"
#include "store/all_sql.h"

enum {
	WORD_LOCK = -0x776f7264,  /* positive keys are objects (store/object.h) */
	FIRST_LOOK = 3000,        /* rows that are looked at without the index */
	MAX_LOOK = 60000,
};

struct row_id {
	int64_t id;
};
static const struct field row_id_fields[] = {FIELD(struct row_id, id, F_ID)};
static const struct shape row_id_shape = SHAPE("RowId", struct row_id, row_id_fields);

struct term {
	struct str term;
};
static const struct field term_fields[] = {FIELD(struct term, term, F_STR)};
static const struct shape term_shape = SHAPE("Term", struct term, term_fields);

static const struct field due_fields[] = {
	FIELD(struct word_due, id, F_ID),
	FIELD(struct word_due, kind, F_INT),
	FIELD(struct word_due, about_id, F_ID),
};
static const struct shape due_shape = SHAPE("WordDue", struct word_due, due_fields);

enum { Q_PUT, Q_REMOVE, Q_AGAIN, Q_LAST, OF_KIND_N };
#define OF_KIND(words, rows)                                                                                     \
	[Q_PUT] = {"INSERT INTO " words " (id, tokens) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE"               \
	           " SET tokens = excluded.tokens WHERE " words ".tokens <> excluded.tokens", NULL},             \
	[Q_REMOVE] = {"DELETE FROM " words " WHERE id = $1", NULL},                                              \
	[Q_AGAIN] = {"INSERT INTO search_due (is_again, kind, about_id) SELECT 1, $1, id FROM " rows             \
	             " WHERE id > $2 AND id <= $3", NULL},                                                       \
	[Q_LAST] = {"SELECT coalesce(max(id), 0) AS id FROM (SELECT id FROM " rows " WHERE id > $1 ORDER BY id"  \
	            " LIMIT $2) AS next", &row_id_shape}

static const struct sql object_word_rows[] = {OF_KIND("object_words", "object")};
static const struct sql message_word_rows[] = {OF_KIND("message_words", "message")};
const struct sql_table object_word_sql = SQL_TABLE("object_words", object_word_rows);
const struct sql_table message_word_sql = SQL_TABLE("message_words", message_word_rows);

static const struct sql *const of_kind[WORD_KIND_N] = {
	[WORDS_OF_OBJECTS] = object_word_rows,
	[WORDS_OF_MESSAGES] = message_word_rows,
};

enum { Q_DUE_ADD, Q_DUE_ADD_TICKET, Q_DUE_ADD_CONTACT, Q_DUE_LIST, Q_DUE_REMOVE, Q_DUE_NEWEST, Q_DUE_OLDEST, Q_DUE_COUNT };
static const struct sql due_rows[] = {
	[Q_DUE_ADD] = {"INSERT INTO search_due (is_again, kind, about_id) VALUES (0, $1, $2)", NULL},
	[Q_DUE_ADD_TICKET] = {"INSERT INTO search_due (is_again, kind, about_id) SELECT 0, $1, id FROM message"
	                      " WHERE ticket_id = $2", NULL},
	[Q_DUE_ADD_CONTACT] = {"INSERT INTO search_due (is_again, kind, about_id) SELECT 0, $1, id FROM object"
	                       " WHERE object_type = 5 AND contact_id = $2", NULL},
	[Q_DUE_LIST] = {"SELECT @cols FROM search_due ORDER BY is_again, id LIMIT $1", &due_shape},
	[Q_DUE_REMOVE] = {"DELETE FROM search_due WHERE id = $1", NULL},
	[Q_DUE_NEWEST] = {"SELECT coalesce(max(id), 0) AS id FROM search_due WHERE is_again = 0", &row_id_shape},
	[Q_DUE_OLDEST] = {"SELECT coalesce(min(id), 0) AS id FROM search_due WHERE is_again = 0", &row_id_shape},
	[Q_DUE_COUNT] = {"SELECT count(*) AS id FROM (SELECT 1 FROM search_due WHERE is_again = 1 LIMIT $1) AS few",
	                 &row_id_shape},
};
const struct sql_table word_due_sql = SQL_TABLE("search_due", due_rows);

static enum err one_id(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n, int64_t *out)
{
	struct row_id row;
	TRY(db_one(c, q, args, arg_n, &row));
	*out = row.id;
	return OK;
}

/* Names of tables --------------------------------------------------------------------------------------------------------- */

static void add_words(struct sqlb *b, enum word_kind kind)
{
	if (kind == WORDS_OF_OBJECTS)
		sqlb_add(b, "object_words", NO_ARGS);
	else
		sqlb_add(b, "message_words", NO_ARGS);
}

static void add_index(struct sqlb *b, enum word_kind kind)
{
	if (kind == WORDS_OF_OBJECTS)
		sqlb_add(b, "object_index", NO_ARGS);
	else
		sqlb_add(b, "message_index", NO_ARGS);
}

static void add_token(struct sqlb *b, enum word_kind kind)
{
	if (kind == WORDS_OF_OBJECTS)
		sqlb_add(b, "object_token", NO_ARGS);
	else
		sqlb_add(b, "message_token", NO_ARGS);
}

/* SQLite --------------------------------------------------------------------------------------------------------------------- */

/* The words of the index that begin so, from one to the next. There are none between a word and itself with a byte 1. */
static enum err words_beginning(struct ctx *c, enum word_kind kind, struct str prefix, struct term **out, size_t *n_out)
{
	struct sqlb b;
	struct str end = str_cat(c->a, prefix, STR("\xf4\x8f\xbf\xbf"));
	sqlb_init(&b, c->a);
	sqlb_add(&b, "WITH RECURSIVE next (term, n) AS (SELECT (SELECT term FROM ", NO_ARGS);
	add_token(&b, kind);
	sqlb_add(&b, " WHERE term >= ? LIMIT 1), 1 UNION ALL SELECT (SELECT t.term FROM ", ARGS(S(prefix)));
	add_token(&b, kind);
	sqlb_add(&b, " t WHERE t.term >= next.term || char(1) LIMIT 1), n + 1 FROM next WHERE term < ? AND n <= ?)"
	         " SELECT term FROM next WHERE term < ?", ARGS(S(end), I(MAX_PREFIX_WORDS), S(end)));
	return sqlb_all(c, &b, &term_shape, out, n_out);
}

struct match {
	struct buf b;
	enum word_kind kind;
	size_t looked_up_n; /* words that beginnings stand for */
	bool is_first;      /* of its group */
};

static void add_quoted(struct match *m, struct str word)
{
	buf_add(&m->b, m->is_first ? STR("\"") : STR(" OR \""));
	buf_add(&m->b, word);
	buf_byte(&m->b, '"');
	m->is_first = false;
}

static enum err add_prefix(struct ctx *c, struct match *m, struct str prefix)
{
	struct term *terms = NULL;
	size_t n = MAX_PREFIX_WORDS + 1;
	if (m->looked_up_n < MAX_QUERY_PREFIX_WORDS)
		TRY(words_beginning(c, m->kind, prefix, &terms, &n));
	if (n > MAX_PREFIX_WORDS) {
		add_quoted(m, prefix);
		buf_lit(&m->b, " *");
		return OK;
	}
	if (n == 0)
		add_quoted(m, prefix);
	for (size_t i = 0; i < n; i++)
		add_quoted(m, terms[i].term);
	m->looked_up_n += n;
	return OK;
}

/* ("lamp" OR "lamps") AND ("broken") */
static enum err sqlite_match(struct ctx *c, enum word_kind kind, const struct word_query *q, struct str *out)
{
	struct match m = {.kind = kind};
	buf_init(&m.b, c->a, MAX_MATCH_BYTES);
	for (size_t i = 0; i < q->n; i++) {
		m.is_first = true;
		buf_add(&m.b, i > 0 ? STR(" AND (") : STR("("));
		for (size_t k = 0; k < q->groups[i].n; k++) {
			const struct word *w = &q->groups[i].words[k];
			if (w->is_prefix)
				TRY(add_prefix(c, &m, w->text));
			else
				add_quoted(&m, w->text);
		}
		buf_byte(&m.b, ')');
	}
	check(!buf_is_full(&m.b));
	*out = buf_str(&m.b);
	return OK;
}

static enum err sqlite_find(struct ctx *c, enum word_kind kind, const struct word_query *q, int64_t below, int64_t limit,
                            struct row_id **out, size_t *n_out)
{
	struct sqlb b;
	struct str match;
	TRY(sqlite_match(c, kind, q, &match));
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT rowid AS id FROM ", NO_ARGS);
	add_index(&b, kind);
	sqlb_add(&b, " WHERE ", NO_ARGS);
	add_index(&b, kind);
	sqlb_add(&b, " MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?", ARGS(S(match), I(below), I(limit)));
	return sqlb_all(c, &b, &row_id_shape, out, n_out);
}

static enum err total_changes(struct ctx *c, int64_t *out)
{
	struct sqlb b;
	struct row_id row;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT total_changes() AS id", NO_ARGS);
	TRY(sqlb_one(c, &b, &row_id_shape, &row));
	*out = row.id;
	return OK;
}

/* A negative number of pages begins (https://sqlite.org/fts5.html, 6.8); a step that had nothing to do counts as one change. */
static enum err sqlite_merge(struct ctx *c, enum word_kind kind, int64_t pages, bool *is_done_out)
{
	struct sqlb b;
	int64_t before, now;
	sqlb_init(&b, c->a);
	if (kind == WORDS_OF_OBJECTS)
		sqlb_add(&b, "INSERT INTO object_index (object_index, rank) VALUES ('merge', ?)", ARGS(I(pages)));
	else
		sqlb_add(&b, "INSERT INTO message_index (message_index, rank) VALUES ('merge', ?)", ARGS(I(pages)));
	TRY(total_changes(c, &before));
	TRY(sqlb_exec(c, &b, NULL));
	TRY(total_changes(c, &now));
	*is_done_out = now - before < 2;
	return OK;
}

/* PostgreSQL ----------------------------------------------------------------------------------------------------------------- */

/* ('lamp':* | 'lamps') & ('broken') */
static struct str pg_match(struct ctx *c, const struct word_query *q)
{
	struct buf b;
	buf_init(&b, c->a, MAX_MATCH_BYTES);
	for (size_t i = 0; i < q->n; i++) {
		buf_add(&b, i > 0 ? STR(" & (") : STR("("));
		for (size_t k = 0; k < q->groups[i].n; k++) {
			const struct word *w = &q->groups[i].words[k];
			buf_add(&b, k > 0 ? STR(" | '") : STR("'"));
			buf_add(&b, w->text);
			buf_add(&b, w->is_prefix ? STR("':*") : STR("'"));
		}
		buf_byte(&b, ')');
	}
	check(!buf_is_full(&b));
	return buf_str(&b);
}

static enum err pg_look(struct ctx *c, enum word_kind kind, struct str match, int64_t below, int64_t look_n, int64_t limit,
                        struct row_id **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT id FROM (SELECT id, vector FROM ", NO_ARGS);
	add_words(&b, kind);
	sqlb_add(&b, " WHERE id < ? ORDER BY id DESC LIMIT ?) AS newest WHERE vector @@ CAST(? AS TSQUERY)"
	         " ORDER BY id DESC LIMIT ?", ARGS(I(below), I(look_n), S(match), I(limit)));
	return sqlb_all(c, &b, &row_id_shape, out, n_out);
}

static enum err pg_ask_index(struct ctx *c, enum word_kind kind, struct str match, int64_t below, int64_t limit,
                             struct row_id **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "WITH found AS MATERIALIZED (SELECT id FROM ", NO_ARGS);
	add_words(&b, kind);
	sqlb_add(&b, " WHERE vector @@ CAST(? AS TSQUERY) AND id < ?) SELECT id FROM found ORDER BY id DESC LIMIT ?",
	         ARGS(S(match), I(below), I(limit)));
	return sqlb_all(c, &b, &row_id_shape, out, n_out);
}

static enum err pg_find(struct ctx *c, enum word_kind kind, const struct word_query *q, int64_t below, int64_t limit,
                        struct row_id **out, size_t *n_out)
{
	struct str match = pg_match(c, q);
	TRY(pg_look(c, kind, match, below, FIRST_LOOK, limit, out, n_out));
	if (*n_out == (size_t)limit)
		return OK;
	/* half as many again as would do, if the rows before were like these */
	int64_t look_n = *n_out > 0 ? limit * FIRST_LOOK * 3 / 2 / (int64_t)*n_out : INT64_MAX;
	if (look_n <= MAX_LOOK) {
		TRY(pg_look(c, kind, match, below, look_n, limit, out, n_out));
		if (*n_out == (size_t)limit)
			return OK;
	}
	return pg_ask_index(c, kind, match, below, limit, out, n_out);
}

/* ----------------------------------------------------------------------------------------------------------------------------- */

enum err word_find(struct ctx *c, enum word_kind kind, const struct word_query *q, int64_t below, int64_t limit,
                   int64_t **ids_out, size_t *n_out)
{
	struct row_id *rows = NULL;
	*n_out = 0;
	*ids_out = NULL;
	if (q->n == 0)
		return OK;
	if (tx_engine(c) == DB_PG)
		TRY(pg_find(c, kind, q, below, limit, &rows, n_out));
	else
		TRY(sqlite_find(c, kind, q, below, limit, &rows, n_out));
	*ids_out = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		(*ids_out)[i] = rows[i].id;
	return OK;
}

struct str word_ids(struct ctx *c, const int64_t *ids, size_t n)
{
	enum { MAX_ID_BYTES = 21 };
	struct buf b;
	buf_init(&b, c->a, 2 + n * MAX_ID_BYTES);
	buf_byte(&b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&b, ',');
		buf_int(&b, ids[i]);
	}
	buf_byte(&b, ']');
	return buf_str(&b);
}

enum err word_put(struct ctx *c, enum word_kind kind, int64_t id, struct str tokens)
{
	return db_exec(c, &of_kind[kind][Q_PUT], ARGS(I(id), S(tokens)), NULL);
}

enum err word_remove(struct ctx *c, enum word_kind kind, int64_t id)
{
	return db_exec(c, &of_kind[kind][Q_REMOVE], ARGS(I(id)), NULL);
}

enum err word_merge(struct ctx *c, enum word_kind kind, enum word_merge step, bool *is_done_out)
{
	*is_done_out = true;
	if (tx_engine(c) == DB_PG)
		return OK;
	return sqlite_merge(c, kind, step == WORD_MERGE_BEGIN ? -MERGE_PAGES : MERGE_PAGES, is_done_out);
}

enum err word_lock(struct ctx *c)
{
	return db_lock(c, WORD_LOCK);
}

enum err word_due_add(struct ctx *c, enum word_kind kind, int64_t about_id)
{
	TRY(db_exec_later(c, &due_rows[Q_DUE_ADD], ARGS(I(kind), I(about_id))));
	return db_notify(c);
}

enum err word_due_add_ticket(struct ctx *c, int64_t ticket_id)
{
	TRY(db_exec_later(c, &due_rows[Q_DUE_ADD_TICKET], ARGS(I(WORDS_OF_MESSAGES), I(ticket_id))));
	return db_notify(c);
}

enum err word_due_add_contact(struct ctx *c, int64_t contact_id)
{
	TRY(db_exec_later(c, &due_rows[Q_DUE_ADD_CONTACT], ARGS(I(WORDS_OF_OBJECTS), I(contact_id))));
	return db_notify(c);
}

enum err word_due_again(struct ctx *c, enum word_kind kind, int64_t after, int64_t limit, int64_t *last_out)
{
	TRY(one_id(c, &of_kind[kind][Q_LAST], ARGS(I(after), I(limit)), last_out));
	if (*last_out == 0)
		return OK;
	TRY(db_exec(c, &of_kind[kind][Q_AGAIN], ARGS(I(kind), I(after), I(*last_out)), NULL));
	return db_notify(c);
}

enum err word_due_list(struct ctx *c, int64_t limit, struct word_due **out, size_t *n_out)
{
	return db_all(c, &due_rows[Q_DUE_LIST], ARGS(I(limit)), out, n_out);
}

enum err word_due_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &due_rows[Q_DUE_REMOVE], ARGS(I(id)), NULL);
}

enum err word_due_newest(struct ctx *c, int64_t *id_out)
{
	return one_id(c, &due_rows[Q_DUE_NEWEST], NO_ARGS, id_out);
}

enum err word_due_oldest(struct ctx *c, int64_t *id_out)
{
	return one_id(c, &due_rows[Q_DUE_OLDEST], NO_ARGS, id_out);
}

enum err word_due_count_again(struct ctx *c, int64_t most, int64_t *n_out)
{
	return one_id(c, &due_rows[Q_DUE_COUNT], ARGS(I(most)), n_out);
}
