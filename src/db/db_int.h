#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

/* What the files of db/ share. An engine is a row of functions; everything that both need is outside of it: the text of
 * statements (db_stmt.c), the pool of connections and the queues of tasks (db_queue.c), transactions as callers see them
 * (db.c). Only db_sqlite*.c and migrate_sqlite.c know SQLite, only db_pg*.c and migrate_pg.c know PostgreSQL. */

struct conn;
struct rows;
struct stmt;

enum {
	MAX_SQL_BYTES = 65536,      /* of a statement after its tokens were replaced */
	MAX_CORES = 64,             /* threads that are started because of many cores */
	STMT_BUCKET_N = 512,
	VERSION_ROOM_BYTES = 64,
};

/* How long a statement's text lives, and so how its prepared form is found again. */
enum sql_kind {
	SQL_STATIC, /* a row of a table: by address, kept for ever */
	SQL_MADE,   /* by sqlb: by text, the least recently used goes when there are MAX_CACHED_TEXTS */
};

/* A prepared statement of one connection. */
struct stmt {
	struct stmt *next; /* in its bucket */
	enum sql_kind kind;
	const struct sql *row; /* NULL for SQL_MADE */
	const char *text;      /* as it was given; a copy of its own for SQL_MADE */
	const struct shape *shape;
	uint64_t used_at;      /* on the clock of the cache */
	size_t param_n;        /* the highest $k */
	bool is_write;
	bool is_echo;          /* it has @back, and the engine gives no rows for it: what went in is what came back */
	void *handle;          /* SQLite: the sqlite3_stmt */
	unsigned number;       /* PostgreSQL: its name is s<number> */
	int *param_at;         /* SQLite: the index of $k is param_at[k - 1] */
};

struct stmt_cache {
	struct stmt *buckets[STMT_BUCKET_N];
	size_t made_n;
	uint64_t clock;
};

/* What the connections of both engines begin with. One thread at a time has one. */
struct conn {
	struct conn *next; /* in the pool */
	struct db *db;
	struct stmt_cache stmts;
};

struct tx {
	struct db *db;
	struct conn *conn;
	bool may_write;
	bool has_written;
	bool has_notified;
	enum err broken; /* how a statement failed: nothing more runs, and it is not committed; OK: none did */
	bool must_rerun; /* it failed because of others; from the start it may pass */
	bool is_lost;    /* the connection went away under it */
	int64_t *held;   /* PostgreSQL: the keys of db_lock so far, a hash table with 0 where there is none */
	size_t held_n;
	size_t held_room; /* a power of two */
};

/* Where rows go: one struct (out of the caller's sight until all is well) or an array that grows. */
struct rows {
	const struct shape *shape;
	bool is_one;
	char *items;
	size_t n;
	size_t room;
	bool is_over; /* there were more than MAX_ROWS */
	bool is_put;       /* of db_put: items is a copy of the row that goes in */
	bool is_key_spare; /* the last value is the key of db_put, which only an UPDATE takes */
	bool is_echo;      /* the statement was one */
	bool may_wait;     /* nobody wants to know what became of it */
	int64_t changed;
	int64_t new_id;    /* of an echo that inserted; else 0 */
};

struct engine {
	enum db_engine kind;
	/* Reaches the database, fills db->version and starts threads of its own; db->own is its state. */
	enum err (*open)(struct ctx *c, struct db *db);
	/* After the queues are empty and the pool is closed. Also after an open that failed. */
	void (*close)(struct db *db);
	enum err (*conn_open)(struct ctx *c, struct db *db, struct conn **out);
	void (*conn_close)(struct conn *conn);
	enum err (*read)(struct db *db, struct ctx *c, work_fn *fn, void *arg);
	enum err (*write)(struct db *db, struct ctx *c, work_fn *fn, void *arg);
	/* Fills handle, param_n, param_at and is_write of s, and calls stmt_check_columns. */
	enum err (*prepare)(struct ctx *c, struct conn *conn, struct str text, struct stmt *s);
	void (*forget)(struct conn *conn, struct stmt *s);
	enum err (*run)(struct ctx *c, struct stmt *s, const struct sql_value *args, struct rows *rows);
	enum err (*lock)(struct ctx *c, int64_t key, bool may_wait);
	enum err (*notify)(struct ctx *c);
	enum err (*say)(struct ctx *c, struct str words);
	enum err (*wipe)(struct ctx *c);
};

extern const struct engine sqlite_engine;
extern const struct engine pg_engine;

struct queue {
	struct db_task *first;
	struct db_task **end;
	pthread_cond_t some;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t some;
	struct conn *first;
	int open_n;
	int max_n;
};

struct db {
	const struct engine *engine;
	void *own;
	char *data_dir;
	char *url; /* NULL: SQLite */
	char version[VERSION_ROOM_BYTES];
	void (*on_commit)(void *arg);
	void (*on_said)(void *arg, struct str words);
	void *hook_arg;

	struct pool pool;

	pthread_mutex_t lock; /* for what follows */
	struct queue writes;  /* SQLite: for the writer */
	struct queue tasks;   /* for the workers */
	int pending_n;
	bool is_closing;

	pthread_t *workers;
	int worker_n;
	int worker_max;
};

/* db.c: zeroed memory that outlives requests; free() it. Lack of memory ends the process. */
void *db_calloc(size_t n, size_t size);
char *db_strdup(struct str s);
/* The state of a transaction before its work runs, and what the work's answer e means after it: work that went on after a
 * failed statement has failed. */
void tx_open(struct ctx *c, struct tx *tx, struct db *db, struct conn *conn, bool may_write);
enum err tx_close(struct ctx *c, enum err e);
/* <data_dir>/<name>, zero-terminated. */
const char *db_path(struct arena *a, struct str data_dir, const char *name);
/* Room for one more row, zeroed; NULL when no more is wanted. */
void *rows_add(struct ctx *c, struct rows *rows);

/* db_stmt.c */
enum err stmt_get(struct ctx *c, const struct sql *q, enum sql_kind kind, struct stmt **out);
/* Every statement of a connection goes away, before it is closed or after it was lost. */
void stmt_forget_all(struct conn *conn);
/* The n result columns have to be the shape's, in its order. name(of, i) is the name of one. */
enum err stmt_check_columns(struct ctx *c, const struct stmt *s, size_t n, const char *(*name)(const void *of, int i),
                            const void *of);
enum err stmt_run(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                  struct rows *rows);
void field_set_null(const struct field *f, void *row);
/* Of a result that does not fit its shape. */
enum err stmt_bad_value(struct ctx *c, const struct stmt *s, const struct field *f, const char *found);

/* Runs q and hands out its rows, as db_one and db_all say. */
enum err rows_one(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                  void *out);
enum err rows_all(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                  void *rows_out, size_t *n_out);
enum err rows_none(struct ctx *c, const struct sql *q, enum sql_kind kind, const struct sql_value *args, size_t arg_n,
                   int64_t *changed_out);

/* db_queue.c: the pool. */
void pool_init(struct pool *p, int max_n);
enum err pool_take(struct ctx *c, struct db *db, struct conn **out);
void pool_give(struct db *db, struct conn *conn);
void pool_close(struct db *db);

/* db_queue.c: queues and the threads behind them. */
void queue_init(struct db *db);
void queue_add(struct db *db, struct queue *q, struct db_task *task);
/* Up to max_n tasks as a list; waits for the first. NULL: the database is closing and nothing is left. */
struct db_task *queue_take(struct db *db, struct queue *q, int max_n);
/* n tasks are done (their done was called). */
void queue_finished(struct db *db, int n);
/* Adds a write task and waits until it is done. */
enum err queue_wait(struct db *db, struct queue *q, struct ctx *c, work_fn *fn, void *arg);
/* Starts a thread that receives no signals. */
enum err queue_thread(struct ctx *c, pthread_t *thread, const char *name, void *(*run)(void *arg), void *arg);
enum err queue_start_workers(struct ctx *c, struct db *db);
void queue_stop(struct db *db);
int queue_cores(void);
