/* One thread with a connection of its own. It listens for the other processes on the same database, and it is the only one that
 * tries again and again while the server is away, so that work can fail at once meanwhile. */

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "db/db_pg_int.h"

/* Until the server speaks, somebody wakes us, or the time is over. pg may be NULL. */
static void wait_for(const struct pg_engine *own, PGconn *pg, int at_most_ms)
{
	struct pollfd fds[] = {{.fd = own->wake_fd, .events = POLLIN}, {.fd = pg ? PQsocket(pg) : -1, .events = POLLIN}};
	eventfd_t woken;
	if (poll(fds, 2, at_most_ms) > 0 && fds[0].revents)
		eventfd_read(own->wake_fd, &woken);
}

static PGconn *start_listening(struct ctx *c, const char *url)
{
	PGconn *pg = pg_connect(c, url);
	if (pg == NULL)
		return NULL;
	PGresult *result = PQexec(pg, "LISTEN " PG_CHANNEL "; LISTEN " PG_WORDS_CHANNEL);
	bool is_listening = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	if (is_listening)
		return pg;
	if (c != NULL)
		fail(c, ERR_BUSY, "LISTEN failed: %s", PQerrorMessage(pg));
	PQfinish(pg);
	return NULL;
}

/* Passes on what others said. Did somebody else notify? */
static bool was_notified(const struct db *db, const struct pg_engine *own)
{
	bool was = false;
	for (PGnotify *n; (n = PQnotifies(own->listener)) != NULL; PQfreemem(n)) {
		struct str words = str_c(n->extra), sender = str_cut(&words, STR(" "));
		if (str_eq(sender, str_c(own->sender)))
			continue;
		if (strcmp(n->relname, PG_WORDS_CHANNEL) != 0)
			was = true;
		else if (db->on_said != NULL)
			db->on_said(db->hook_arg, words);
	}
	return was;
}

enum err pg_say(struct ctx *c, struct str words)
{
	struct tx *tx = c->tx;
	const struct pg_engine *own = tx->db->own;
	struct pg_conn *conn = (struct pg_conn *)tx->conn;
	const char *const values[] = {str_fmt(c->a, "%s " STR_FMT, own->sender, STR_ARG(words)).p};
	PGresult *result;
	if (tx->broken != OK)
		return fail(c, ERR_INTERNAL, "words after a statement that failed");
	int n = pg_queue_begin(conn) + 1;
	PQsendQueryParams(conn->pg, "SELECT pg_notify('" PG_WORDS_CHANNEL "', $1)", 1, NULL, values, NULL, NULL, 0);
	tx->broken = pg_exchange(c, conn, n, "pg_notify", &result);
	if (tx->broken == OK)
		PQclear(result);
	return tx->broken;
}

static void announce(const struct db *db)
{
	if (db->on_commit != NULL)
		db->on_commit(db->hook_arg);
}

/* Connects with growing pauses, until it worked or the database is closed. */
static PGconn *reach(const struct db *db, struct pg_engine *own)
{
	int back_off_ms = PG_FIRST_BACK_OFF_MS;
	while (!own->is_ending) {
		PGconn *pg = start_listening(NULL, db->url);
		if (pg != NULL) {
			own->is_up = true;
			return pg;
		}
		own->is_up = false;
		wait_for(own, NULL, back_off_ms);
		back_off_ms = back_off_ms * 2 < PG_LAST_BACK_OFF_MS ? back_off_ms * 2 : PG_LAST_BACK_OFF_MS;
	}
	return NULL;
}

static void *keep(void *arg)
{
	struct db *db = arg;
	struct pg_engine *own = db->own;
	while (!own->is_ending) {
		if (own->listener == NULL || !own->is_up || !PQconsumeInput(own->listener)) {
			PQfinish(own->listener);
			own->listener = reach(db, own);
			announce(db); /* others may have committed while nobody listened */
			continue;
		}
		if (was_notified(db, own))
			announce(db);
		wait_for(own, own->listener, -1);
	}
	return NULL;
}

enum err pg_start_keeper(struct ctx *c, struct db *db)
{
	struct pg_engine *own = db->own;
	own->listener = start_listening(c, db->url);
	if (own->listener == NULL)
		return c->why.code;
	TRY(queue_thread(c, &own->keeper, "db-keeper", keep, db));
	own->is_running = true;
	return OK;
}

void pg_stop_keeper(struct db *db)
{
	struct pg_engine *own = db->own;
	own->is_ending = true;
	if (own->is_running) {
		eventfd_write(own->wake_fd, 1);
		pthread_join(own->keeper, NULL);
	}
	PQfinish(own->listener);
}
