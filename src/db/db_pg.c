/* PostgreSQL: transactions. Work runs on whatever thread asks, with a connection of the pool.
 *
 * Work is run again from its start when it failed because of others (serialisation, deadlock), or when the connection was lost
 * before its COMMIT was sent. When it was lost during the COMMIT nobody knows; that is ERR_BUSY, and the caller's key against
 * doing things twice decides. While the server is not reachable, work fails at once, and one thread (db_pg_keep.c) tries. */

#include "db/db_pg_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/rand.h"

#define BEGIN_READ  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
#define BEGIN_WRITE "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

/* Work fails at once until the keeper reaches the server. */
static void note_down(struct pg_engine *own)
{
	own->is_up = false;
	eventfd_write(own->wake_fd, 1);
}

/* Connects where that is needed. */
static enum err get_ready(struct ctx *c, struct pg_engine *own, struct pg_conn *conn)
{
	if (conn->pg != NULL && PQstatus(conn->pg) == CONNECTION_OK)
		return OK;
	pg_disconnect(conn);
	if (!own->is_up)
		return fail(c, ERR_BUSY, "the database is not reachable");
	conn->pg = pg_connect(c, conn->base.db->url);
	if (conn->pg == NULL) {
		note_down(own);
		return c->why.code;
	}
	check(PQenterPipelineMode(conn->pg));
	return OK;
}

/* Queues a statement without parameters. */
static int queue_plain(struct pg_conn *conn, const char *text)
{
	return PQsendQueryParams(conn->pg, text, 0, NULL, NULL, NULL, NULL, 0);
}

static void end_unwatched(struct pg_conn *conn, const char *text)
{
	conn->queued_n = 0; /* their answers are read up to the end of this pipeline */
	if (queue_plain(conn, text) && PQpipelineSync(conn->pg))
		conn->unread_n++;
	else
		pg_disconnect(conn);
}

/* NOTIFY is sent with the COMMIT. */
static enum err commit(struct ctx *c, struct pg_conn *conn, struct tx *tx)
{
	struct pg_engine *own = tx->db->own;
	PGresult *result;
	int n = 1;
	if (tx->has_notified) {
		char notify[sizeof("NOTIFY " PG_CHANNEL ", ''") + PG_SENDER_ROOM_BYTES];
		snprintf(notify, sizeof(notify), "NOTIFY " PG_CHANNEL ", '%s'", own->sender);
		queue_plain(conn, notify);
		n++;
	}
	queue_plain(conn, "COMMIT");
	c->tx = tx; /* for the reasons to run again */
	enum err e = pg_exchange(c, conn, n, "COMMIT", &result);
	c->tx = NULL;
	if (e != OK) {
		tx->must_rerun &= !tx->is_lost;
		return e;
	}
	bool is_committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
	PQclear(result);
	return is_committed ? OK : fail(c, ERR_INTERNAL, "the transaction had failed before its COMMIT");
}

/* Ends the transaction as its work says. */
static enum err end(struct ctx *c, struct pg_conn *conn, struct tx *tx, enum err e)
{
	if (tx->is_lost) {
		pg_disconnect(conn);
		return e;
	}
	if (conn->begin != NULL) /* nothing was asked */
		return e;
	if (e != OK || !tx->may_write) {
		end_unwatched(conn, e == OK ? "COMMIT" : "ROLLBACK");
		return e;
	}
	e = commit(c, conn, tx);
	if (tx->is_lost)
		pg_disconnect(conn);
	else if (e != OK) /* one of those that went with it failed: the server has not seen the COMMIT */
		end_unwatched(conn, "ROLLBACK");
	if (e == OK && tx->has_written && tx->db->on_commit != NULL)
		tx->db->on_commit(tx->db->hook_arg);
	return e;
}

static enum err run_tx(struct ctx *c, struct pg_conn *conn, bool may_write, work_fn *fn, void *arg)
{
	struct db *db = conn->base.db;
	for (int rerun_n = 0;; rerun_n++) {
		TRY(get_ready(c, db->own, conn));
		struct tx tx;
		conn->begin = may_write ? BEGIN_WRITE : BEGIN_READ;
		tx_open(c, &tx, db, &conn->base, may_write);
		enum err e = end(c, conn, &tx, tx_close(c, fn(c, arg)));
		if (e == OK || !tx.must_rerun || rerun_n == PG_MAX_RERUNS)
			return e;
		fail_clear(c);
		usleep((useconds_t)PG_RERUN_US << rerun_n);
	}
}

static enum err take_and_run(struct db *db, struct ctx *c, bool may_write, work_fn *fn, void *arg)
{
	struct conn *conn;
	TRY(pool_take(c, db, &conn));
	enum err e = run_tx(c, (struct pg_conn *)conn, may_write, fn, arg);
	pool_give(db, conn);
	return e;
}

static enum err pg_read(struct db *db, struct ctx *c, work_fn *fn, void *arg)
{
	return take_and_run(db, c, false, fn, arg);
}

static enum err pg_write(struct db *db, struct ctx *c, work_fn *fn, void *arg)
{
	return take_and_run(db, c, true, fn, arg);
}

static enum err conn_open(struct ctx *c, struct db *db, struct conn **out)
{
	(void)c;
	struct pg_conn *conn = db_calloc(1, sizeof(*conn));
	conn->base.db = db;
	*out = &conn->base;
	return OK;
}

static void conn_close(struct conn *base)
{
	pg_disconnect((struct pg_conn *)base);
	free(base);
}

/* One connection is made at once: to refuse to start where it cannot be. */
static enum err open_engine(struct ctx *c, struct db *db)
{
	struct pg_engine *own = db_calloc(1, sizeof(*own));
	uint64_t sender;
	db->own = own;
	if (db->worker_max <= 0)
		db->worker_max = 2 * queue_cores();
	if (db->worker_max < PG_LEAST_WORKERS)
		db->worker_max = PG_LEAST_WORKERS;
	pool_init(&db->pool, db->worker_max);
	rand_bytes(&sender, sizeof(sender));
	snprintf(own->sender, sizeof(own->sender), "%016llx", (unsigned long long)sender);
	own->is_up = true;
	own->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (own->wake_fd < 0)
		return fail(c, ERR_BUSY, "no file descriptor for the database");

	struct conn *conn;
	TRY(pool_take(c, db, &conn));
	enum err e = get_ready(c, own, (struct pg_conn *)conn);
	if (e == OK) {
		struct str whole = str_c(PQparameterStatus(((struct pg_conn *)conn)->pg, "server_version"));
		struct str number = str_cut(&whole, STR(" "));
		snprintf(db->version, sizeof(db->version), "postgresql " STR_FMT, STR_ARG(number));
	}
	pool_give(db, conn);
	return e == OK ? pg_start_keeper(c, db) : e;
}

static void close_engine(struct db *db)
{
	struct pg_engine *own = db->own;
	pg_stop_keeper(db);
	if (own->wake_fd >= 0)
		close(own->wake_fd);
	free(own);
}

static enum err notify(struct ctx *c)
{
	c->tx->has_notified = true;
	return OK;
}

static enum err wipe(struct ctx *c)
{
	(void)c;
	return OK;
}

const struct engine pg_engine = {
	.kind = DB_PG,
	.open = open_engine,
	.close = close_engine,
	.conn_open = conn_open,
	.conn_close = conn_close,
	.read = pg_read,
	.write = pg_write,
	.prepare = pg_prepare,
	.forget = pg_forget,
	.run = pg_run,
	.lock = pg_lock,
	.notify = notify,
	.say = pg_say,
	.wipe = wipe,
};
