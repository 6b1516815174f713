/* SQLite: connections, statements, reads. Every connection is used by one thread at a time (the pool sees to it), so SQLite
 * needs no locks of its own. Writes are in db_sqlite_write.c.
 *
 * SQLite is lax where PostgreSQL is strict; it is made strict here, so that what runs on one runs on both: no string for a
 * mistyped "column", LIKE that knows upper and lower case, foreign keys, columns of the type that the shape says. */

#include "db/db_sqlite_int.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "db/sqlb.h"

void sqlite_end_process(const char *doing, int rc)
{
	/* the kernel may have dropped the pages it could not write: only the log on disk knows what is true */
	fprintf(stderr, "A failed fsync ends the process; it is never retried: %s: %s (%d)\n", doing,
	        sqlite3_errstr(rc), rc);
	abort();
}

/* The log's index grows by a write to another file, whose ENOSPC SQLite calls an I/O error. */
bool sqlite_is_disk_full(sqlite3 *s, int rc)
{
	int primary = rc & 0xff;
	if (primary == SQLITE_FULL || rc == SQLITE_IOERR_SHMSIZE)
		return true;
	int system = s ? sqlite3_system_errno(s) : 0;
	return (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) && (system == ENOSPC || system == EDQUOT);
}

static enum err code_of(int rc)
{
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return ERR_CONFLICT;
	}
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_TOOBIG:
		return ERR_TOO_BIG;
	default:
		return ERR_INTERNAL;
	}
}

enum err sqlite_failed(struct ctx *c, sqlite3 *s, int rc, const char *doing)
{
	if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
		sqlite_end_process(doing, rc);
	if (sqlite_is_disk_full(s, rc))
		return fail(c, ERR_DISK_FULL, "%s: %s", doing, sqlite3_errstr(rc));
	enum err e = code_of(rc);
	const char *why = s ? sqlite3_errmsg(s) : sqlite3_errstr(rc);
	if (e == ERR_CONFLICT) /* callers may read this one */
		return fail(c, e, "%s", why);
	return fail(c, e, "%s (%d): %s", why, rc, doing);
}

enum err sqlite_open(struct ctx *c, struct str data_dir, int flags, int cache_kb, sqlite3 **out)
{
	const char *file = db_path(c->a, data_dir, "bellhop.db");
	sqlite3 *s;
	int rc = sqlite3_open_v2(file, &s, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_busy_timeout(s, SQLITE_BUSY_MS);
		sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
		sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
		struct str start = str_fmt(c->a,
			"PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
			"PRAGMA cache_size = -%d; PRAGMA mmap_size = %d; PRAGMA case_sensitive_like = ON;"
			"SELECT count(*) FROM sqlite_schema",
			cache_kb, SQLITE_MMAP_BYTES);
		rc = sqlite3_exec(s, start.p, NULL, NULL, NULL);
	}
	if (rc == SQLITE_OK)
		rc = sqlite_add_functions(s);
	if (rc != SQLITE_OK) {
		enum err e = sqlite_failed(c, s, rc, file);
		if (e != ERR_DISK_FULL)
			e = fail(c, ERR_BUSY, "cannot open %s: %s", file, s ? sqlite3_errmsg(s) : sqlite3_errstr(rc));
		sqlite3_close(s);
		return e;
	}
	*out = s;
	return OK;
}

/* The k of $k; other parameters are not ours. */
static bool param_number(const char *name, int64_t *out)
{
	return name != NULL && name[0] == '$' && num_parse_int(str_c(name + 1), out) && *out >= 1;
}

/* To SQLite $1 is a name: it gets the next index when it is first met, whatever its number. */
static enum err map_params(struct ctx *c, sqlite3_stmt *h, struct stmt *s)
{
	int n = sqlite3_bind_parameter_count(h);
	s->param_n = (size_t)n;
	s->param_at = db_calloc((size_t)n, sizeof(s->param_at[0]));
	for (int i = 1; i <= n; i++) {
		const char *name = sqlite3_bind_parameter_name(h, i);
		int64_t k;
		if (!param_number(name, &k))
			return fail(c, ERR_INTERNAL, "%s is not a parameter or a token: %s", name ? name : "?",
			            s->text);
		if (k > n)
			return fail(c, ERR_INTERNAL, "%s, but there are only %d parameters: %s", name, n, s->text);
		s->param_at[k - 1] = i;
	}
	return OK;
}

static const char *column_name(const void *of, int i)
{
	return sqlite3_column_name((sqlite3_stmt *)(uintptr_t)of, i);
}

static enum err prepare(struct ctx *c, struct conn *conn, struct str text, struct stmt *s)
{
	sqlite3 *db = ((struct sqlite_conn *)conn)->s;
	sqlite3_stmt *h;
	const char *behind;
	int rc = sqlite3_prepare_v3(db, text.p, (int)text.n, SQLITE_PREPARE_PERSISTENT, &h, &behind);
	if (rc != SQLITE_OK)
		return sqlite_failed(c, db, rc, text.p);
	enum err e = OK;
	if (h == NULL || str_trim(str_c(behind)).n > 0)
		e = fail(c, ERR_INTERNAL, "not one statement: " STR_FMT, STR_ARG(text));
	if (e == OK)
		e = map_params(c, h, s);
	if (e == OK)
		e = stmt_check_columns(c, s, (size_t)sqlite3_column_count(h), column_name, h);
	if (e != OK) {
		sqlite3_finalize(h);
		return e;
	}
	s->handle = h;
	s->is_write = !sqlite3_stmt_readonly(h);
	return OK;
}

static void forget(struct conn *conn, struct stmt *s)
{
	(void)conn;
	sqlite3_finalize(s->handle);
}

/* The values stay where they are until the statement is reset, so SQLite need not copy them. */
static int bind(sqlite3_stmt *h, int at, const struct sql_value *v)
{
	switch (v->type) {
	case SQL_NULL:
		return sqlite3_bind_null(h, at);
	case SQL_INT:
		return sqlite3_bind_int64(h, at, v->i);
	case SQL_TEXT:
		return sqlite3_bind_text64(h, at, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	case SQL_BYTES:
		return sqlite3_bind_blob64(h, at, v->s.p, v->s.n, SQLITE_STATIC);
	}
	check(!"a type of value");
	return SQLITE_MISUSE;
}

static enum err read_column(struct ctx *c, const struct stmt *s, int i, const struct field *f, void *row)
{
	static const char *const names[] = {"?", "a whole number", "a fraction", "text", "bytes", "NULL"};
	sqlite3_stmt *h = s->handle;
	int type = sqlite3_column_type(h, i);
	if (type == SQLITE_NULL && (f->flags & F_NULL)) {
		field_set_null(f, row);
		return OK;
	}
	switch ((enum field_type)f->type) {
	case F_ID:
	case F_INT:
	case F_TIME:
		if (type != SQLITE_INTEGER)
			break;
		*field_int(f, row) = sqlite3_column_int64(h, i);
		return OK;
	case F_BOOL:
		if (type != SQLITE_INTEGER)
			break;
		*field_bool(f, row) = sqlite3_column_int64(h, i) != 0;
		return OK;
	case F_STR:
	case F_JSON:
		/* numbers too: an operator of JSON may give one where PostgreSQL gives its text */
		if (type == SQLITE_NULL || type == SQLITE_BLOB)
			break;
		const char *text = (const char *)sqlite3_column_text(h, i);
		check(text != NULL);
		*field_str(f, row) = str_dup(c->a, (struct str){text, (size_t)sqlite3_column_bytes(h, i)});
		return OK;
	case F_BLOB:
		if (type != SQLITE_BLOB)
			break;
		const char *bytes = sqlite3_column_blob(h, i); /* NULL where there are none */
		*field_str(f, row) =
			str_dup(c->a, (struct str){bytes ? bytes : "", (size_t)sqlite3_column_bytes(h, i)});
		return OK;
	}
	return stmt_bad_value(c, s, f, names[type]);
}

static enum err read_row(struct ctx *c, const struct stmt *s, void *row)
{
	for (size_t i = 0; i < s->shape->field_n; i++)
		TRY(read_column(c, s, (int)i, &s->shape->fields[i], row));
	return OK;
}

/* A write is stepped to its end also when the caller has his row: foreign keys are checked there. */
static enum err step_all(struct ctx *c, struct stmt *s, struct rows *rows)
{
	int rc;
	while ((rc = sqlite3_step(s->handle)) == SQLITE_ROW) {
		void *row = rows_add(c, rows);
		if (row != NULL)
			TRY(read_row(c, s, row));
		else if (!s->is_write)
			return OK;
		if (rows->is_one && !s->is_write)
			return OK;
	}
	if (rc != SQLITE_DONE)
		return sqlite_failed(c, sqlite3_db_handle(s->handle), rc, s->text);
	return OK;
}

static enum err run(struct ctx *c, struct stmt *s, const struct sql_value *args, struct rows *rows)
{
	sqlite3 *db = ((struct sqlite_conn *)c->tx->conn)->s;
	if (s->is_write && !c->tx->may_write)
		return fail(c, ERR_INTERNAL, "a read may not write: %s", s->text);
	for (size_t k = 0; k < s->param_n; k++) {
		int rc = bind(s->handle, s->param_at[k], &args[k]);
		if (rc != SQLITE_OK)
			return sqlite_failed(c, db, rc, s->text);
	}
	enum err e = step_all(c, s, rows);
	if (s->is_write && e == OK) {
		rows->changed = sqlite3_changes64(db);
		rows->new_id = sqlite3_last_insert_rowid(db);
	}
	int rc = sqlite3_reset(s->handle);
	if (e == OK && rc != SQLITE_OK)
		return sqlite_failed(c, db, rc, s->text);
	return e;
}

int sqlite_step(sqlite3_stmt *stmt)
{
	sqlite3_step(stmt);
	return sqlite3_reset(stmt);
}

/* The last page count is told by the hook of the log, which replaces SQLite's own checkpoints. */
static int note_log_pages(void *arg, sqlite3 *s, const char *name, int pages)
{
	(void)s, (void)name;
	((struct sqlite_conn *)arg)->log_pages = pages;
	return SQLITE_OK;
}

static void conn_close(struct conn *base)
{
	struct sqlite_conn *conn = (struct sqlite_conn *)base;
	stmt_forget_all(base);
	sqlite3_stmt *own[] = {conn->begin, conn->commit, conn->rollback, conn->savepoint, conn->release, conn->undo};
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		sqlite3_finalize(own[i]);
	sqlite3_close(conn->s);
	free(conn);
}

static enum err conn_open_as(struct ctx *c, struct db *db, int flags, int cache_kb, struct conn **out)
{
	struct sqlite_conn *conn = db_calloc(1, sizeof(*conn));
	conn->base.db = db;
	enum err e = sqlite_open(c, str_c(db->data_dir), flags, cache_kb, &conn->s);
	bool may_write = flags & SQLITE_OPEN_READWRITE;
	const struct {
		sqlite3_stmt **into;
		const char *text;
	} own[] = {
		{&conn->begin, may_write ? "BEGIN IMMEDIATE" : "BEGIN"},
		{&conn->commit, "COMMIT"},
		{&conn->rollback, "ROLLBACK"},
		{&conn->savepoint, "SAVEPOINT one"},
		{&conn->release, "RELEASE one"},
		{&conn->undo, "ROLLBACK TO one"},
	};
	for (size_t i = 0; e == OK && i < sizeof(own) / sizeof(own[0]); i++) {
		int rc = sqlite3_prepare_v3(conn->s, own[i].text, -1, SQLITE_PREPARE_PERSISTENT, own[i].into, NULL);
		if (rc != SQLITE_OK)
			e = sqlite_failed(c, conn->s, rc, own[i].text);
	}
	if (e != OK) {
		conn_close(&conn->base);
		return e;
	}
	sqlite3_wal_hook(conn->s, note_log_pages, conn);
	*out = &conn->base;
	return OK;
}

static enum err conn_open(struct ctx *c, struct db *db, struct conn **out)
{
	return conn_open_as(c, db, SQLITE_OPEN_READONLY, SQLITE_READER_CACHE_KB, out);
}

static enum err read_in_tx(struct db *db, struct sqlite_conn *conn, struct ctx *c, work_fn *fn, void *arg)
{
	int rc = sqlite_step(conn->begin);
	if (rc != SQLITE_OK)
		return sqlite_failed(c, conn->s, rc, "BEGIN");
	struct tx tx;
	tx_open(c, &tx, db, &conn->base, false);
	enum err e = tx_close(c, fn(c, arg));
	/* it has no effect but to let the snapshot go; an error has ended the transaction already */
	if (sqlite_step(conn->commit) != SQLITE_OK && !sqlite3_get_autocommit(conn->s))
		sqlite_step(conn->rollback);
	return e;
}

static enum err sqlite_read(struct db *db, struct ctx *c, work_fn *fn, void *arg)
{
	struct conn *conn;
	TRY(pool_take(c, db, &conn));
	enum err e = read_in_tx(db, (struct sqlite_conn *)conn, c, fn, arg);
	pool_give(db, conn);
	return e;
}

static enum err open_engine(struct ctx *c, struct db *db)
{
	struct sqlite_engine *own = db_calloc(1, sizeof(*own));
	db->own = own;
	struct conn *writer;
	/* the counters of used memory have one lock for all threads, taken with every allocation; too late when SQLite runs already */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	pool_init(&db->pool, SQLITE_MAX_READERS);
	snprintf(db->version, sizeof(db->version), "sqlite %s", sqlite3_libversion());
	if (db->worker_max <= 0)
		db->worker_max = queue_cores();
	TRY(conn_open_as(c, db, SQLITE_OPEN_READWRITE, SQLITE_WRITER_CACHE_KB, &writer));
	own->writer = (struct sqlite_conn *)writer;
	int rc = sqlite3_exec(own->writer->s, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		return sqlite_failed(c, own->writer->s, rc, "PRAGMA journal_mode = WAL");
	return sqlite_start_writer(c, db);
}

static void close_engine(struct db *db)
{
	struct sqlite_engine *own = db->own;
	sqlite_stop_writer(db);
	if (own->writer != NULL)
		conn_close(&own->writer->base);
	free(own);
}

/* There is one writer. */
static enum err lock(struct ctx *c, int64_t key, bool may_wait)
{
	(void)c, (void)key, (void)may_wait;
	return OK;
}

static enum err notify(struct ctx *c)
{
	(void)c;
	return OK;
}

static enum err say(struct ctx *c, struct str words)
{
	(void)c, (void)words;
	return OK;
}

/* On the writer's thread, as every transaction that writes. */
static enum err wipe(struct ctx *c)
{
	((struct sqlite_engine *)c->tx->db->own)->wants_wipe = true;
	return OK;
}

const struct engine sqlite_engine = {
	.kind = DB_SQLITE,
	.open = open_engine,
	.close = close_engine,
	.conn_open = conn_open,
	.conn_close = conn_close,
	.read = sqlite_read,
	.write = sqlite_write,
	.prepare = prepare,
	.forget = forget,
	.run = run,
	.lock = lock,
	.notify = notify,
	.say = say,
	.wipe = wipe,
};
