/* Statements before an engine sees them: tokens are replaced by names from the shape, values are checked, and the prepared
 * form is found again in the connection's cache: by the address of its row (no byte of the text is looked at), or by its text
 * where sqlb made it. A row whose text or shape is not the one it had is another statement at the same address; it gets
 * prepared anew, so that a struct sql on the stack is slow and not wrong. */

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "db/db_int.h"
#include "db/sqlb.h"

static bool is_id(const struct field *f)
{
	return strcmp(f->name, "id") == 0;
}

static void add_columns(struct buf *b, const struct shape *shape)
{
	for (size_t i = 0; i < shape->field_n; i++)
		buf_fmt(b, "%s%s", i ? ", " : "", shape->fields[i].name);
}

/* (a, b) VALUES ($1, $2) */
static void add_insert(struct buf *b, const struct shape *shape)
{
	const char *comma = "";
	buf_byte(b, '(');
	for (size_t i = 0; i < shape->field_n; i++) {
		if (is_id(&shape->fields[i]))
			continue;
		buf_fmt(b, "%s%s", comma, shape->fields[i].name);
		comma = ", ";
	}
	buf_lit(b, ") VALUES (");
	comma = "";
	int k = 0;
	for (size_t i = 0; i < shape->field_n; i++) {
		if (is_id(&shape->fields[i]))
			continue;
		buf_fmt(b, "%s$%d", comma, ++k);
		comma = ", ";
	}
	buf_byte(b, ')');
}

/* a = $1, b = $2 */
static void add_update(struct buf *b, const struct shape *shape)
{
	int k = 0;
	for (size_t i = 0; i < shape->field_n; i++)
		if (!is_id(&shape->fields[i])) {
			buf_fmt(b, "%s%s = $%d", k ? ", " : "", shape->fields[i].name, k + 1);
			k++;
		}
}

/* The parameter behind those of @update. */
static void add_key(struct buf *b, const struct shape *shape)
{
	int k = 1;
	for (size_t i = 0; i < shape->field_n; i++)
		k += !is_id(&shape->fields[i]);
	buf_fmt(b, "$%d", k);
}

static const struct token {
	struct str name;
	void (*add)(struct buf *b, const struct shape *shape); /* NULL: by engine */
} tokens[] = {
	{{"@cols", 5}, add_columns},
	{{"@insert", 7}, add_insert},
	{{"@update", 7}, add_update},
	{{"@key", 4}, add_key},
	{{"@skip_locked", 12}, NULL},
	{{"@hold", 5}, NULL},
	{{"@lock", 5}, NULL},
	{{"@back", 5}, NULL},
};

static bool is_word_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       byte == '_';
}

/* The token that s begins with, as a whole word, or NULL. */
static const struct token *token_at(struct str s)
{
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
		if (str_starts(s, tokens[i].name) && (s.n == tokens[i].name.n || !is_word_byte(s.p[tokens[i].name.n])))
			return &tokens[i];
	return NULL;
}

/* RETURNING costs SQLite a temporary table for each run, more than the insert of the row. */
static bool add_by_engine(struct buf *b, const struct sql *q, const struct token *t, enum db_engine engine)
{
	bool is_back = str_eq(t->name, STR("@back"));
	if (engine == DB_PG && is_back) {
		buf_lit(b, "RETURNING ");
		add_columns(b, q->shape);
	} else if (engine == DB_PG) {
		bool is_hold = str_eq(t->name, STR("@hold")), is_lock = str_eq(t->name, STR("@lock"));
		buf_add(b, is_hold   ? STR("FOR KEY SHARE")
		           : is_lock ? STR("FOR UPDATE")
		                     : STR("FOR UPDATE SKIP LOCKED"));
	}
	return is_back && engine == DB_SQLITE;
}

static enum err expand(struct ctx *c, const struct sql *q, enum db_engine engine, bool *is_echo_out, struct str *out)
{
	struct buf b;
	bool is_echo = false;
	buf_init(&b, c->a, MAX_SQL_BYTES);
	for (struct str rest = str_c(q->text); rest.n > 0;) {
		const struct token *t = rest.p[0] == '@' ? token_at(rest) : NULL;
		if (t == NULL) {
			buf_byte(&b, rest.p[0]);
			rest = str_skip(rest, 1);
			continue;
		}
		rest = str_skip(rest, t->name.n);
		if (q->shape == NULL)
			return fail(c, ERR_INTERNAL, STR_FMT " needs a shape: %s", STR_ARG(t->name), q->text);
		if (t->add != NULL)
			t->add(&b, q->shape);
		else
			is_echo |= add_by_engine(&b, q, t, engine);
	}
	if (buf_is_full(&b))
		return fail(c, ERR_INTERNAL, "statement over %d bytes: %.200s", MAX_SQL_BYTES, q->text);
	*is_echo_out = is_echo;
	*out = buf_str(&b);
	return OK;
}

enum err stmt_check_columns(struct ctx *c, const struct stmt *s, size_t n, const char *(*name)(const void *of, int i),
                            const void *of)
{
	size_t want_n = s->shape && !s->is_echo ? s->shape->field_n : 0;
	if (n != want_n)
		return fail(c, ERR_INTERNAL, "%zu columns, but the shape %s has %zu: %s", n,
		            s->shape ? s->shape->name : "(none)", want_n, s->text);
	for (size_t i = 0; i < n; i++) {
		const char *found = name(of, (int)i);
		if (found == NULL || strcmp(found, s->shape->fields[i].name) != 0)
			return fail(c, ERR_INTERNAL, "column %zu is called %s, but %s in the shape %s: %s", i + 1,
			            found ? found : "?", s->shape->fields[i].name, s->shape->name, s->text);
	}
	return OK;
}

enum err stmt_bad_value(struct ctx *c, const struct stmt *s, const struct field *f, const char *found)
{
	return fail(c, ERR_INTERNAL, "the column %s is %s, which its field in the shape %s is not made for: %s",
	            f->name, found, s->shape->name, s->text);
}

void field_set_null(const struct field *f, void *row)
{
	if (f->type == F_BOOL)
		*field_bool(f, row) = false;
	else if (f->type == F_STR || f->type == F_JSON || f->type == F_BLOB)
		*field_str(f, row) = STR_NULL;
	else
		*field_int(f, row) = 0;
}

static size_t bucket_of(const struct sql *q, enum sql_kind kind)
{
	uint64_t h = kind == SQL_STATIC ? (uintptr_t)q / sizeof(struct sql) * 0x9e3779b97f4a7c15 >> 40
	                                : str_hash(str_c(q->text));
	return h % STMT_BUCKET_N;
}

static bool is_same(const struct stmt *s, const struct sql *q, enum sql_kind kind)
{
	if (kind == SQL_STATIC)
		return s->row == q;
	return s->kind == SQL_MADE && s->shape == q->shape && strcmp(s->text, q->text) == 0;
}

/* The link that points to the statement of q, or to the NULL at the end of its bucket. */
static struct stmt **link_of(struct stmt_cache *cache, const struct sql *q, enum sql_kind kind)
{
	struct stmt **link = &cache->buckets[bucket_of(q, kind)];
	while (*link != NULL && !is_same(*link, q, kind))
		link = &(*link)->next;
	return link;
}

static void stmt_free(struct stmt *s)
{
	if (s->kind == SQL_MADE)
		free((void *)(uintptr_t)s->text);
	free(s->param_at);
	free(s);
}

static void drop(struct conn *conn, struct stmt **link)
{
	struct stmt *s = *link;
	*link = s->next;
	conn->stmts.made_n -= s->kind == SQL_MADE;
	conn->db->engine->forget(conn, s);
	stmt_free(s);
}

static void drop_oldest_made(struct conn *conn)
{
	struct stmt **oldest = NULL;
	for (size_t i = 0; i < STMT_BUCKET_N; i++)
		for (struct stmt **link = &conn->stmts.buckets[i]; *link != NULL; link = &(*link)->next)
			if ((*link)->kind == SQL_MADE && (oldest == NULL || (*link)->used_at < (*oldest)->used_at))
				oldest = link;
	check(oldest != NULL);
	drop(conn, oldest);
}

void stmt_forget_all(struct conn *conn)
{
	for (size_t i = 0; i < STMT_BUCKET_N; i++)
		while (conn->stmts.buckets[i] != NULL)
			drop(conn, &conn->stmts.buckets[i]);
}

static enum err prepare(struct ctx *c, struct conn *conn, const struct sql *q, enum sql_kind kind, struct stmt **out)
{
	struct str text;
	bool is_echo = false;
	TRY(expand(c, q, conn->db->engine->kind, &is_echo, &text));
	if (kind == SQL_MADE && conn->stmts.made_n == MAX_CACHED_TEXTS)
		drop_oldest_made(conn);

	struct stmt *s = db_calloc(1, sizeof(*s));
	s->kind = kind;
	s->row = kind == SQL_STATIC ? q : NULL;
	s->text = kind == SQL_STATIC ? q->text : db_strdup(str_c(q->text));
	s->shape = q->shape;
	s->is_echo = is_echo;
	enum err e = conn->db->engine->prepare(c, conn, text, s);
	if (e != OK) {
		stmt_free(s);
		return e;
	}
	struct stmt **bucket = &conn->stmts.buckets[bucket_of(q, kind)];
	s->next = *bucket;
	*bucket = s;
	conn->stmts.made_n += kind == SQL_MADE;
	*out = s;
	return OK;
}

enum err stmt_get(struct ctx *c, const struct sql *q, enum sql_kind kind, struct stmt **out)
{
	struct conn *conn = c->tx->conn;
	struct stmt **link = link_of(&conn->stmts, q, kind);
	if (*link != NULL && kind == SQL_STATIC && ((*link)->text != q->text || (*link)->shape != q->shape))
		drop(conn, link);
	link = link_of(&conn->stmts, q, kind);
	if (*link != NULL)
		*out = *link;
	else
		TRY(prepare(c, conn, q, kind, out));
	(*out)->used_at = ++conn->stmts.clock;
	return OK;
}

/* Nearly all text is ASCII, and eight bytes are looked at at once: no byte with the highest bit, none that is zero. */
static bool is_plain(struct str s)
{
	const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
	size_t i = 0;
	for (; i + 8 <= s.n; i += 8) {
		uint64_t eight;
		memcpy(&eight, s.p + i, 8);
		if (((eight - ones) | eight) & highs)
			return false;
	}
	for (; i < s.n; i++)
		if (s.p[i] <= 0)
			return false;
	return true;
}

/* PostgreSQL refuses such text; SQLite would keep it, cut it or hand it on. */
static enum err check_args(struct ctx *c, const struct sql_value *args, size_t arg_n)
{
	for (size_t i = 0; i < arg_n; i++) {
		if (args[i].type != SQL_TEXT || is_plain(args[i].s))
			continue;
		if (memchr(args[i].s.p, '\0', args[i].s.n) != NULL)
			return fail(c, ERR_BAD_INPUT, "text may not hold NUL bytes");
		if (!utf8_is_valid(args[i].s))
			return fail(c, ERR_BAD_INPUT, "text has to be UTF-8");
	}
	return OK;
}

static enum err get_and_run(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args,
                            size_t arg_n, struct rows *rows)
{
	struct stmt *s;
	TRY(stmt_get(c, q, kind, &s));
	bool is_insert = rows->is_key_spare && s->param_n == arg_n - 1;
	arg_n -= is_insert;
	if (s->param_n != arg_n)
		return fail(c, ERR_INTERNAL, "%zu values for the %zu parameters of: %s", arg_n, s->param_n, q->text);
	if (s->is_echo && !rows->is_put)
		return fail(c, ERR_INTERNAL, "@back is for db_put: %s", q->text);
	TRY(c->tx->db->engine->run(c, s, args, rows));
	rows->is_echo = s->is_echo;
	rows->new_id = is_insert ? rows->new_id : 0;
	c->tx->has_written |= s->is_write;
	if (rows->is_over)
		return fail(c, ERR_INTERNAL, "more than %d rows: %s", MAX_ROWS, q->text);
	return OK;
}

enum err stmt_run(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                  struct rows *rows)
{
	check(c->tx != NULL);
	if (c->tx->broken != OK)
		return fail(c, ERR_INTERNAL, "a statement after one that failed: %s", q->text);
	TRY(check_args(c, args, arg_n));
	rows->shape = q->shape;
	enum err e = get_and_run(c, q, kind, args, arg_n, rows);
	c->tx->broken = e;
	return e;
}
