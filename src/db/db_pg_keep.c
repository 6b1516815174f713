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
	PGresult *result = PQexec(pg, "LISTEN " PG_CHANNEL);
	bool is_listening = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	if (is_listening)
		return pg;
	if (c != NULL)
		fail(c, ERR_BUSY, "LISTEN failed: %s", PQerrorMessage(pg));
	PQfinish(pg);
	return NULL;
}

/* Did somebody else notify? */
static bool was_notified(PGconn *pg, const char *own_sender)
{
	bool was = false;
	for (PGnotify *n; (n = PQnotifies(pg)) != NULL; PQfreemem(n))
		was |= strcmp(n->extra, own_sender) != 0;
	return was;
}

static void announce(const struct db *db)
{
	if (db->on_commit != NULL)
		db->on_commit(db->on_commit_arg);
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
		if (was_notified(own->listener, own->sender))
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
