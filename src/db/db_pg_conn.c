/* PostgreSQL: connections, and what comes back over them.
 *
 * Connections are in libpq's pipeline mode. BEGIN goes out in one packet with the first statement, and nobody waits for the
 * answer to the COMMIT of a read or to a ROLLBACK: it is read in front of the next answer. A read of one statement is one
 * round trip. Statements that nobody waits for go with the next one, and so do their answers. */

#include "db/db_pg_int.h"

#include <stdio.h>
#include <string.h>

/* Stronger settings of the administrator stay. Compiling a statement takes longer than running any of ours. */
#define SET_UP                                                                                                         \
	"SELECT set_config('synchronous_commit', 'on', false)"                                                         \
	" WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write');"                            \
	"SET bytea_output = 'hex'; SET standard_conforming_strings = on; SET jit = off"

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

bool pg_leave_queued(struct pg_conn *conn, int n)
{
	if (conn->queued_n + n > PG_MAX_QUEUED)
		return false;
	conn->queued_n += n;
	return true;
}

enum err pg_exchange(struct ctx *c, struct pg_conn *conn, int n, const char *doing, PGresult **out)
{
	PGresult *result = NULL;
	n += conn->queued_n;
	conn->queued_n = 0;
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

void pg_disconnect(struct pg_conn *conn)
{
	PQfinish(conn->pg);
	conn->pg = NULL;
	conn->unread_n = 0;
	conn->queued_n = 0;
	stmt_forget_all(&conn->base);
}
