/* PostgreSQL: connections and transactions. Work runs on whatever thread asks, with a connection of the pool.
 *
 * Connections are in libpq's pipeline mode. BEGIN goes out in one packet with the first statement, and nobody waits for the
 * answer to the COMMIT of a read or to a ROLLBACK: it is read when the connection is next used. A read of one statement is one
 * round trip.
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
#include "base/rand.h"

#define BEGIN_READ  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
#define BEGIN_WRITE "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
/* Stronger settings of the administrator stay. */
#define SET_UP                                                                                                         \
	"SELECT set_config('synchronous_commit', 'on', false)"                                                         \
	" WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write');"                            \
	"SET bytea_output = 'hex'; SET standard_conforming_strings = on"

static void ignore_notice(void *arg, const char *message)
{
	(void)arg, (void)message;
}

/* Reasons of libpq name host and user, and end with a newline. */
static struct str reason_of(PGconn *pg)
{
	return str_trim(str_c(PQerrorMessage(pg)));
}

static bool is_url(const char *url)
{
	PQconninfoOption *options = PQconninfoParse(url, NULL);
	PQconninfoFree(options);
	return options != NULL;
}

/* What is wrong with a server that was reached, or NULL. */
static const char *unfit(PGconn *pg)
{
	const char *encoding = PQparameterStatus(pg, "server_encoding");
	if (PQserverVersion(pg) < PG_LEAST_VERSION)
		return "PostgreSQL 13 or newer is needed";
	if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
		return "the database has to be in UTF8";
	PGresult *result = PQexec(pg, SET_UP);
	bool is_set = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
	PQclear(result);
	return is_set ? NULL : "its settings were refused";
}

PGconn *pg_connect(struct ctx *c, const char *url)
{
	char connect_s[12];
	snprintf(connect_s, sizeof(connect_s), "%d", PG_CONNECT_S);
	/* what is before the address may be overruled by it */
	const char *const keys[] = {"application_name", "connect_timeout", "keepalives_idle", "keepalives_interval",
	                            "keepalives_count", "tcp_user_timeout", "dbname", "client_encoding", NULL};
	const char *const values[] = {"bellhop", connect_s, "30", "10", "3", "30000", url, "UTF8", NULL};
	if (!is_url(url)) { /* libpq's sentence would show the password */
		if (c != NULL)
			fail(c, ERR_BAD_INPUT, "the address of the database is not a postgres:// URL");
		return NULL;
	}
	PGconn *pg = PQconnectdbParams(keys, values, 1);
	bool is_there = PQstatus(pg) == CONNECTION_OK;
	if (is_there)
		PQsetNoticeProcessor(pg, ignore_notice, NULL);
	const char *wrong = is_there ? unfit(pg) : "not reachable";
	if (wrong == NULL)
		return pg;
	if (c != NULL)
		fail(c, ERR_BUSY, "cannot use the database on %s: %s. " STR_FMT, PQhost(pg) ? PQhost(pg) : "?", wrong,
		     STR_ARG(reason_of(pg)));
	PQfinish(pg);
	return NULL;
}

/* By SQLSTATE, PostgreSQL's appendix A. */
static const struct {
	const char *state; /* or its class, the first two */
	enum err e;
} states[] = {
	{"23505", ERR_CONFLICT},  /* unique */
	{"23503", ERR_CONFLICT},  /* foreign key */
	{"23P01", ERR_CONFLICT},  /* exclusion */
	{"22021", ERR_BAD_INPUT}, /* not UTF-8, or NUL */
	{"53100", ERR_DISK_FULL},
	{"54000", ERR_TOO_BIG},
	{"55P03", ERR_BUSY},      /* lock not available */
	{"57014", ERR_BUSY},      /* cancelled, timed out */
	{"40", ERR_BUSY},         /* serialisation, deadlock */
	{"53", ERR_BUSY},         /* too many connections, lack of memory */
};

static enum err code_of(struct str state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (str_starts(state, str_c(states[i].state)))
			return states[i].e;
	return ERR_INTERNAL;
}

enum err pg_failed(struct ctx *c, PGconn *pg, const PGresult *result, const char *doing)
{
	struct str state = str_c(PQresultErrorField(result, PG_DIAG_SQLSTATE));
	/* a server that ends says so before it hangs up */
	bool is_lost = PQstatus(pg) == CONNECTION_BAD || str_starts(state, STR("57P0")) || str_starts(state, STR("08"));
	if (c->tx != NULL) {
		c->tx->is_lost = is_lost;
		c->tx->must_rerun = is_lost || str_starts(state, STR("40"));
	}
	if (is_lost)
		return fail(c, ERR_BUSY, "the connection to the database was lost: " STR_FMT, STR_ARG(reason_of(pg)));
	const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	struct str why = primary ? str_c(primary) : reason_of(pg);
	enum err e = code_of(state);
	if (e == ERR_CONFLICT || e == ERR_BAD_INPUT) /* callers may read these */
		return fail(c, e, STR_FMT, STR_ARG(why));
	return fail(c, e, STR_FMT " (" STR_FMT "): %s", STR_ARG(why), STR_ARG(state), doing);
}

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Reads answers up to the end of a pipeline; false when the connection was lost before. */
static bool read_to_end(PGconn *pg)
{
	/* a NULL stands behind every answer; two in a row mean that nothing more will come */
	for (int null_n = 0; null_n < 2;) {
		PGresult *result = PQgetResult(pg);
		if (PQstatus(pg) == CONNECTION_BAD) {
			PQclear(result);
			return false;
		}
		null_n = result == NULL ? null_n + 1 : 0;
		bool is_end = result != NULL && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		PQclear(result);
		if (is_end)
			return true;
	}
	return false;
}

int pg_queue_begin(struct pg_conn *conn)
{
	if (conn->begin == NULL)
		return 0;
	PQsendQueryParams(conn->pg, conn->begin, 0, NULL, NULL, NULL, NULL, 0);
	conn->begin = NULL;
	return 1;
}

enum err pg_exchange(struct ctx *c, struct pg_conn *conn, int n, const char *doing, PGresult **out)
{
	PGresult *result = NULL;
	bool is_sent = PQpipelineSync(conn->pg);
	for (; is_sent && conn->unread_n > 0; conn->unread_n--)
		is_sent = read_to_end(conn->pg);
	for (int i = 0; is_sent && i < n; i++) {
		PQclear(result);
		result = PQgetResult(conn->pg);
		if (!is_good(result))
			break; /* those behind it are not run */
		if (PQgetResult(conn->pg) != NULL)
			break;
	}
	if (!is_sent || !is_good(result)) {
		enum err e = pg_failed(c, conn->pg, result, doing);
		PQclear(result);
		if (is_sent)
			read_to_end(conn->pg);
		return e;
	}
	read_to_end(conn->pg);
	*out = result;
	return OK;
}

void pg_note_down(struct pg_engine *own)
{
	own->is_up = false;
	eventfd_write(own->wake_fd, 1);
}

static void disconnect(struct pg_conn *conn)
{
	PQfinish(conn->pg);
	conn->pg = NULL;
	conn->unread_n = 0;
	stmt_forget_all(&conn->base);
}

/* Connects where that is needed. */
static enum err get_ready(struct ctx *c, struct pg_engine *own, struct pg_conn *conn)
{
	if (conn->pg != NULL && PQstatus(conn->pg) == CONNECTION_OK)
		return OK;
	disconnect(conn);
	if (!own->is_up)
		return fail(c, ERR_BUSY, "the database is not reachable");
	conn->pg = pg_connect(c, conn->base.db->url);
	if (conn->pg == NULL || !PQenterPipelineMode(conn->pg)) {
		pg_note_down(own);
		return c->why.code;
	}
	return OK;
}

/* Queues a statement without parameters. */
static int queue_plain(struct pg_conn *conn, const char *text)
{
	return PQsendQueryParams(conn->pg, text, 0, NULL, NULL, NULL, NULL, 0);
}

static void end_unwatched(struct pg_conn *conn, const char *text)
{
	if (queue_plain(conn, text) && PQpipelineSync(conn->pg))
		conn->unread_n++;
	else
		disconnect(conn);
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
		disconnect(conn);
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
		disconnect(conn);
	if (e == OK && tx->has_written && tx->db->on_commit != NULL)
		tx->db->on_commit(tx->db->on_commit_arg);
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
	disconnect((struct pg_conn *)base);
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

/* Transactions that want the same key queue up here until the one that has it ends. */
static enum err lock(struct ctx *c, int64_t key)
{
	struct pg_conn *conn = (struct pg_conn *)c->tx->conn;
	const char *const values[] = {str_fmt(c->a, "%lld", (long long)key).p};
	PGresult *result;
	int n = pg_queue_begin(conn);
	PQsendQueryParams(conn->pg, "SELECT pg_advisory_xact_lock($1::bigint)", 1, NULL, values, NULL, NULL, 0);
	enum err e = pg_exchange(c, conn, n + 1, "pg_advisory_xact_lock", &result);
	c->tx->broken = e;
	if (e == OK)
		PQclear(result);
	return e;
}

static enum err notify(struct ctx *c)
{
	c->tx->has_notified = true;
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
	.lock = lock,
	.notify = notify,
};
