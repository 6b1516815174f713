#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/shape.h"
#include "base/str.h"

/* One SQL interface over two engines: SQLite (embedded, one writer thread with group commit) and PostgreSQL (a pool of worker
 * threads, each with a connection). Work runs in transactions: db_read, db_write and db_submit take a function and run it in
 * one; inside, db_one, db_all and db_exec run statements on the transaction of the context.
 *
 * Statements are rows of tables ("struct sql", one text for both engines), prepared once per connection and never made of
 * values. In the text:
 *   $1 $2 …     the ARGS, in this order
 *   @cols       the column names of the shape, in its order, comma separated
 *   @insert     (a, b, …) VALUES ($1, $2, …) of all fields of the shape but the one called id; for db_put
 *   @update     a = $1, b = $2, … of the same fields, and @key is the number of the parameter behind them, bound to id;
 *               for db_put: UPDATE t SET @update WHERE id = @key @back
 *   @back       RETURNING @cols, for a db_put that writes every column as it is given; where RETURNING is dear (SQLite),
 *               the row is made from what went in and its new id instead
 *   @skip_locked  FOR UPDATE SKIP LOCKED where the engine has it, else nothing
 *   @hold       FOR KEY SHARE where the engine has it: the row cannot go away (@lock) before the transaction ends; many may hold
 *   @lock       FOR UPDATE where the engine has it; on SQLite there is one writer anyway
 * The number and names of result columns are checked against the shape when the statement is prepared.
 *
 * Their types too: a NULL that the field does not allow (F_NULL), or text where it wants a number, is ERR_INTERNAL.
 *
 * What differs between the engines is made the same: text has to be UTF-8 without NUL (else ERR_BAD_INPUT, nothing is cut), LIKE
 * knows upper and lower case (write ESCAPE where the pattern needs one), "x" is never a string, and all of a db_read sees one
 * moment.
 *
 * Errors: ERR_NOT_FOUND (db_one: no row), ERR_CONFLICT (a unique or foreign key constraint), ERR_BAD_INPUT, ERR_TOO_BIG,
 * ERR_DISK_FULL, ERR_BUSY (the engine is not reachable), ERR_INTERNAL. After a failed statement hand the error up: no other
 * statement runs in that transaction, and it is not committed even if fn returns OK. A failed fsync ends the process. */

struct arena;
struct db;

enum db_engine { DB_SQLITE, DB_PG };

struct db_config {
	struct str data_dir;   /* where SQLite lives: <data_dir>/bellhop.db */
	struct str url;        /* postgres://…; null: SQLite */
	int thread_n; /* PostgreSQL: connections and workers; SQLite: workers for db_submit'ted reads; 0: by cores */
	void (*on_commit)(
		void *arg); /* called after a commit that wrote, before its writers are answered, on a thread of the
	                               * database or of the caller; has to be quick; may be NULL */
	void (*on_said)(void *arg, struct str words); /* what another process said by db_say; as on_commit */
	void *hook_arg; /* of both */
};

/* Opens the database (it has to exist and be migrated; see migrate.h) and starts its threads. The values of the config are
 * copied. ERR_BUSY with a sentence that names the file or host when it cannot be reached. */
enum err db_open(struct ctx *c, const struct db_config *config, struct db **out);
/* Finishes what was submitted and stops the threads. NULL is allowed. */
void db_close(struct db *db);

enum db_engine db_engine_of(const struct db *db);
/* "sqlite 3.40.1" or "postgresql 15.18", for /healthz. */
struct str db_version(const struct db *db);
/* Tasks submitted and not yet done. */
int db_queue_depth(struct db *db);

/* Runs fn in a read-only transaction on the calling thread (SQLite: on one of a pool of read-only connections, so that it waits
 * for nobody) and returns what it returns. On PostgreSQL it borrows a connection of the pool, and may wait for one. */
enum err db_read(struct db *db, struct ctx *c, work_fn *fn, void *arg);
/* Runs fn in a write transaction (SQLite: on the writer's thread) and returns when its commit is on disk. If fn fails, nothing of
 * it stays. fn runs again, with the same c and arg, when PostgreSQL ends it for the sake of others or loses the connection; what
 * is lost while it commits is ERR_BUSY, and may be there. Blocks: not for threads that serve sockets (db_submit). */
enum err db_write(struct db *db, struct ctx *c, work_fn *fn, void *arg);

/* The same without waiting. The task has to stay where it is until done is called (on a thread of the database, after the
 * commit). c belongs to the task until then. */
struct db_task {
	struct db_task *next; /* for the queue */
	struct ctx *c;
	work_fn *fn;
	void *arg;
	bool is_write;
	void (*done)(struct db_task *task, enum err result);
};
void db_submit(struct db *db, struct db_task *task);

/* True when db_read answers in microseconds without a network, so that a thread that serves sockets may call it. */
bool db_reads_are_local(const struct db *db);

/* db_read and db_write as the runner of a context. */
struct runner db_runner(struct db *db);

/* Values of parameters. */
struct sql_value {
	enum { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BYTES } type;
	int64_t i;
	struct str s;
};
#define I(value)     ((struct sql_value){.type = SQL_INT, .i = (value)})
#define S(value)     db_text(value) /* the null string is NULL */
#define B(value)     db_bytes(value)
#define NIL          ((struct sql_value){.type = SQL_NULL})
/* 0 is NULL */
#define I_OR_NIL(value) db_int_or_null(value)
#define ARGS(...)                                  \
	((const struct sql_value[]){__VA_ARGS__}), \
		(sizeof((const struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value))
#define NO_ARGS      NULL, 0

static inline struct sql_value db_text(struct str s)
{
	return (struct sql_value){.type = str_is_null(s) ? SQL_NULL : SQL_TEXT, .s = s};
}

static inline struct sql_value db_bytes(struct str s)
{
	return (struct sql_value){.type = str_is_null(s) ? SQL_NULL : SQL_BYTES, .s = s};
}

static inline struct sql_value db_int_or_null(int64_t i)
{
	return (struct sql_value){.type = i ? SQL_INT : SQL_NULL, .i = i};
}

/* One statement. Statements live in static tables: their address is the key of the prepared one. shape is NULL where no
 * columns come back. */
struct sql {
	const char *text;
	const struct shape *shape;
};

/* The first row into *out (a struct of the statement's shape); ERR_NOT_FOUND without one. *out is written only on success; members
 * that the shape does not name become 0. Strings are copies in c->a. */
enum err db_one(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n, void *out);
/* All rows, as an array in the context's arena. MAX_ROWS rows are the most; more is a bug, and ERR_INTERNAL. */
enum err db_all(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n, void *rows_out,
                size_t *n_out);
/* For statements without result; changed_out (may be NULL) gets the number of rows. */
enum err db_exec(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n, int64_t *changed_out);
/* db_exec for what nothing depends on before the commit, and nothing of the rows can refuse: on PostgreSQL it is sent with the next
 * statement or the commit, in its order, and it is that one that fails if it fails. Saves waiting for an answer. */
enum err db_exec_later(struct ctx *c, const struct sql *q, const struct sql_value *args, size_t arg_n);
/* An INSERT or UPDATE with @insert or @update and @back (or RETURNING @cols): binds the fields of *row, and reads the row that came
 * back into *out (which may be row itself). F_NULL fields of 0 or null go in as NULL; a null string in another field as the empty
 * one. Strings of *out may be those of *row; members that the shape does not name are. ERR_NOT_FOUND when no row came back. */
enum err db_put(struct ctx *c, const struct sql *q, const void *row, void *out);

enum { MAX_ROWS = 100000 };

/* Serialises the transactions that call it with the same key until they end (PostgreSQL: a transaction-scoped advisory lock;
 * SQLite has one writer anyway). Nothing happens when the transaction has it already. */
enum err db_lock(struct ctx *c, int64_t key);
/* The same for who looks at nothing but rows under it: it is sent with the next statement, which runs when the lock is there. */
enum err db_lock_later(struct ctx *c, int64_t key);
/* Wakes the other processes on the same PostgreSQL database when this transaction commits; they get on_commit called.
 * Nothing on SQLite. */
enum err db_notify(struct ctx *c);
/* Says a few words, at most MAX_SAID_BYTES, to the other processes on the same PostgreSQL database when this transaction commits, also one
 * that only reads. They are kept nowhere: who is not there does not hear them. Nothing on SQLite. */
enum { MAX_SAID_BYTES = 200 };
enum err db_say(struct ctx *c, struct str words);
/* After this transaction nothing of what was removed so far is on disk: SQLite overwrites it anyway, but keeps it in its log, which is
 * emptied after the commit, as soon as no reader needs it. PostgreSQL has its vacuum for it, in its own time. */
enum err db_wipe(struct ctx *c);
/* The engine of the open transaction, for the three places that may differ. */
enum db_engine tx_engine(const struct ctx *c);

/* Every table of statements registers here for `bellhop check` and `make check-sql`, which prepare all of them on both engines. */
struct sql_table {
	const char *name;
	const struct sql *rows;
	size_t n;
};
/* Prepares the n statements within the transaction; the failure names table, index and text. */
enum err db_check_sql(struct ctx *c, const struct sql_table *table);
/* For tests: how the engine would run a statement, one step a line. Rows of SQLite's EXPLAIN QUERY PLAN; of PostgreSQL's EXPLAIN of the
 * generic plan, where reading a whole table is told to be dear. The second one: all statements made at run time that the connection
 * of the transaction keeps, at most MAX_CACHED_TEXTS. */
struct db_plan {
	struct str text;
	struct str plan;
};
enum err db_explain(struct ctx *c, const struct sql *q, struct str *out);
enum err db_explain_made(struct ctx *c, struct db_plan **out, size_t *n_out);
/* A piece of work (arg is not used) that fails when the database file is damaged. PostgreSQL looks after itself (pg_amcheck). */
enum err db_check_integrity(struct ctx *c, void *arg);
