/* What callers see: open and close, transactions, and statements with their rows. Which engine runs it is decided once, in
 * db_open(). */

#include "db/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "db/db_int.h"

enum { FIRST_ROWS = 16, MAX_PUT_FIELDS = 256 };

void *db_calloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);
	check(p != NULL);
	return p;
}

char *db_strdup(struct str s)
{
	char *copy = db_calloc(s.n + 1, 1);
	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	return copy;
}

const char *db_path(struct arena *a, struct str data_dir, const char *name)
{
	return str_fmt(a, STR_FMT "/%s", STR_ARG(data_dir), name).p;
}

static void db_free(struct db *db)
{
	pool_close(db);
	db->engine->close(db);
	free(db->workers);
	free(db->data_dir);
	free(db->url);
	free(db);
}

enum err db_open(struct ctx *c, const struct db_config *config, struct db **out)
{
	struct db *db = db_calloc(1, sizeof(*db));
	bool is_pg = !str_is_empty(config->url);
	db->engine = is_pg ? &pg_engine : &sqlite_engine;
	db->data_dir = db_strdup(config->data_dir);
	db->url = is_pg ? db_strdup(config->url) : NULL;
	db->on_commit = config->on_commit;
	db->on_said = config->on_said;
	db->hook_arg = config->hook_arg;
	db->worker_max = config->thread_n;
	queue_init(db);
	enum err e = db->engine->open(c, db);
	if (e == OK)
		e = queue_start_workers(c, db);
	if (e != OK) {
		queue_stop(db);
		db_free(db);
		return e;
	}
	*out = db;
	return OK;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	queue_stop(db);
	db_free(db);
}

enum db_engine db_engine_of(const struct db *db)
{
	return db->engine->kind;
}

struct str db_version(const struct db *db)
{
	return str_c(db->version);
}

bool db_reads_are_local(const struct db *db)
{
	return db->engine->kind == DB_SQLITE;
}

int db_queue_depth(struct db *db)
{
	pthread_mutex_lock(&db->lock);
	int n = db->pending_n;
	pthread_mutex_unlock(&db->lock);
	return n;
}

enum err db_read(struct db *db, struct ctx *c, work_fn *fn, void *arg)
{
	check(c->tx == NULL);
	return db->engine->read(db, c, fn, arg);
}

enum err db_write(struct db *db, struct ctx *c, work_fn *fn, void *arg)
{
	check(c->tx == NULL);
	return db->engine->write(db, c, fn, arg);
}

void db_submit(struct db *db, struct db_task *task)
{
	check(task->c->tx == NULL);
	bool is_for_writer = task->is_write && db->engine->kind == DB_SQLITE;
	queue_add(db, is_for_writer ? &db->writes : &db->tasks, task);
}

static enum err run_read(void *self, struct ctx *c, work_fn *fn, void *arg)
{
	return db_read(self, c, fn, arg);
}

static enum err run_write(void *self, struct ctx *c, work_fn *fn, void *arg)
{
	return db_write(self, c, fn, arg);
}

struct runner db_runner(struct db *db)
{
	return (struct runner){run_read, run_write, db};
}

void tx_open(struct ctx *c, struct tx *tx, struct db *db, struct conn *conn, bool may_write)
{
	*tx = (struct tx){.db = db, .conn = conn, .may_write = may_write};
	c->tx = tx;
	c->tx_n++;
	c->tx_may_write = may_write;
}

enum err tx_close(struct ctx *c, enum err e)
{
	struct tx *tx = c->tx;
	c->tx = NULL;
	if (e == OK && tx->broken != OK)
		return fail(c, ERR_INTERNAL, "work went on after a failed statement: " STR_FMT, STR_ARG(c->why.detail));
	return e;
}

enum db_engine tx_engine(const struct ctx *c)
{
	check(c->tx != NULL);
	return c->tx->db->engine->kind;
}

enum err db_lock(struct ctx *c, int64_t key)
{
	check(c->tx != NULL);
	return c->tx->db->engine->lock(c, key, false);
}

enum err db_lock_later(struct ctx *c, int64_t key)
{
	check(c->tx != NULL);
	return c->tx->db->engine->lock(c, key, true);
}

enum err db_wipe(struct ctx *c)
{
	check(c->tx != NULL && c->tx->may_write);
	return c->tx->db->engine->wipe(c);
}

enum err db_notify(struct ctx *c)
{
	check(c->tx != NULL && c->tx->may_write);
	return c->tx->db->engine->notify(c);
}

enum err db_say(struct ctx *c, struct str words)
{
	check(c->tx != NULL && words.n <= MAX_SAID_BYTES);
	return c->tx->db->engine->say(c, words);
}

void *rows_add(struct ctx *c, struct rows *rows)
{
	size_t size = rows->shape->size_bytes;
	if (rows->n == (rows->is_one ? 1 : MAX_ROWS)) {
		rows->is_over = !rows->is_one;
		return NULL;
	}
	if (rows->n == rows->room) {
		size_t room = rows->is_one ? 1 : rows->room ? rows->room * 2 : FIRST_ROWS;
		char *items = arena_array(c->a, room, size);
		if (rows->n > 0)
			memcpy(items, rows->items, rows->n * size);
		rows->items = items;
		rows->room = room;
	}
	return rows->items + size * rows->n++;
}

enum err rows_one(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                  void *out)
{
	check(q->shape != NULL);
	struct rows rows = {.is_one = true};
	TRY(stmt_run(c, q, kind, args, arg_n, &rows));
	if (rows.n == 0)
		return fail(c, ERR_NOT_FOUND, "%s", err_sentence(ERR_NOT_FOUND).p);
	memcpy(out, rows.items, q->shape->size_bytes);
	return OK;
}

enum err rows_all(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                  void *rows_out, size_t *n_out)
{
	check(q->shape != NULL);
	struct rows rows = {0};
	TRY(stmt_run(c, q, kind, args, arg_n, &rows));
	memcpy(rows_out, &rows.items, sizeof(rows.items));
	*n_out = rows.n;
	return OK;
}

enum err db_one(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n, void *out)
{
	return rows_one(c, q, SQL_STATIC, args, arg_n, out);
}

enum err db_all(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n, void *rows_out,
                size_t *n_out)
{
	return rows_all(c, q, SQL_STATIC, args, arg_n, rows_out, n_out);
}

enum err rows_none(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                   int64_t *changed_out)
{
	check(q->shape == NULL);
	struct rows rows = {0};
	TRY(stmt_run(c, q, kind, args, arg_n, &rows));
	if (changed_out != NULL)
		*changed_out = rows.changed;
	return OK;
}

enum err db_exec_later(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n)
{
	check(q->shape == NULL);
	struct rows rows = {.may_wait = true};
	return stmt_run(c, q, SQL_STATIC, args, arg_n, &rows);
}

enum err db_exec(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n, int64_t *changed_out)
{
	return rows_none(c, q, SQL_STATIC, args, arg_n, changed_out);
}

/* The value of a field as it goes in. A string that may not be NULL goes in as the empty one. */
static struct sql_value value_of(const struct field *f, const void *row)
{
	const char *at = (const char *)row + f->offset;
	bool may_be_null = f->flags & F_NULL;
	struct str s;
	int64_t i;
	bool is_on;
	switch ((enum field_type)f->type) {
	case F_ID:
	case F_INT:
	case F_TIME:
		memcpy(&i, at, sizeof(i));
		return may_be_null ? I_OR_NIL(i) : I(i);
	case F_BOOL:
		memcpy(&is_on, at, sizeof(is_on));
		return may_be_null ? I_OR_NIL(is_on) : I(is_on);
	case F_STR:
	case F_JSON:
		memcpy(&s, at, sizeof(s));
		return S(str_is_null(s) && !may_be_null ? STR("") : s);
	case F_BLOB:
		memcpy(&s, at, sizeof(s));
		return B(str_is_null(s) && !may_be_null ? STR("") : s);
	}
	check(!"a type of field");
	return NIL;
}

/* What the engine would have given back: the row as it went in, with its id, and no null string where none is allowed. */
static void complete_echo(struct rows *rows, const struct field *id)
{
	const struct shape *shape = rows->shape;
	rows->n = rows->changed > 0;
	if (rows->new_id != 0)
		*field_int(id, rows->items) = rows->new_id;
	for (size_t i = 0; i < shape->field_n; i++) {
		const struct field *f = &shape->fields[i];
		bool is_text = f->type == F_STR || f->type == F_JSON || f->type == F_BLOB;
		if (is_text && !(f->flags & F_NULL) && str_is_null(*field_str(f, rows->items)))
			*field_str(f, rows->items) = STR("");
	}
}

enum err db_put(struct ctx *c, const struct sql *q, const void *row, void *out)
{
	const struct shape *shape = q->shape;
	check(shape != NULL && shape->field_n < MAX_PUT_FIELDS);
	check(c->tx != NULL);
	struct sql_value args[MAX_PUT_FIELDS];
	size_t n = 0;
	const struct field *id = NULL;
	for (size_t i = 0; i < shape->field_n; i++) {
		if (strcmp(shape->fields[i].name, "id") == 0)
			id = &shape->fields[i];
		else
			args[n++] = value_of(&shape->fields[i], row);
	}
	if (id != NULL)
		args[n++] = value_of(id, row);

	/* what the shape does not name stays as it is in row */
	struct rows rows = {.is_one = true, .is_put = true, .is_key_spare = id != NULL, .room = 1};
	rows.items = arena_alloc(c->a, shape->size_bytes);
	memcpy(rows.items, row, shape->size_bytes);
	TRY(stmt_run(c, q, SQL_STATIC, args, n, &rows));
	if (rows.is_echo)
		complete_echo(&rows, id);
	if (rows.n == 0)
		return fail(c, ERR_NOT_FOUND, "%s", err_sentence(ERR_NOT_FOUND).p);
	memcpy(out, rows.items, shape->size_bytes);
	return OK;
}

enum err db_check_sql(struct ctx *c, const struct sql_table *table)
{
	check(c->tx != NULL);
	for (size_t i = 0; i < table->n; i++) {
		const struct sql *q = &table->rows[i];
		struct stmt *s;
		if (q->text == NULL) /* a number without a statement, in a table made with designators */
			continue;
		enum err e = stmt_get(c, q, SQL_STATIC, &s);
		if (e == OK)
			continue;
		c->tx->broken = e;
		return fail(c, e, "%s[%zu]: " STR_FMT, table->name, i, STR_ARG(c->why.detail));
	}
	return OK;
}
