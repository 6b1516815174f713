#pragma once

#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "db/db_int.h"

/* What the PostgreSQL files share. */

enum {
	PG_LEAST_VERSION = 130000,
	PG_CONNECT_S = 5,          /* to wait for a server that does not answer */
	PG_MAX_RERUNS = 3,
	PG_RERUN_US = 2000,        /* before the first rerun; twice as long before the next */
	PG_LEAST_WORKERS = 4,      /* also on one core: commits wait for the disk of the server */
	PG_FIRST_BACK_OFF_MS = 100,
	PG_LAST_BACK_OFF_MS = 1000,
	PG_STATE_BYTES = 5,        /* of an SQLSTATE */
	PG_SENDER_ROOM_BYTES = 24,
	PG_MAX_QUEUED = 64,        /* statements whose answers wait at the server: they have to fit into its socket */
};

#define PG_CHANNEL "bellhop"
#define PG_WORDS_CHANNEL "bellhop_words"

/* A connection is in pipeline mode for ever: what can go in one packet does. */
struct pg_conn {
	struct conn base;
	PGconn *pg;           /* NULL: has to be connected */
	unsigned next_number; /* of a prepared statement */
	const char *begin;    /* to be sent in front of the next statement; NULL: the transaction has begun */
	int unread_n;         /* ends of pipelines whose answers nobody waited for */
	int queued_n;         /* statements in front of the next one, whose answers are read with its own */
};

struct pg_engine {
	_Atomic bool is_up;     /* the server answered when it was last asked */
	_Atomic bool is_ending;
	PGconn *listener;       /* the keeper's */
	pthread_t keeper;
	bool is_running;
	int wake_fd;            /* an eventfd: is_up or is_ending has changed */
	char sender[PG_SENDER_ROOM_BYTES]; /* what this process notifies with, to know its own */
};

/* db_pg_conn.c: NULL and a failure (ERR_BUSY, ERR_BAD_INPUT for an address that is none) when it cannot be. c may be NULL where nobody
 * wants the reason. */
PGconn *pg_connect(struct ctx *c, const char *url);
/* What the result says, as a failure. Tells the open transaction whether it may run again. */
enum err pg_failed(struct ctx *c, PGconn *pg, const PGresult *result, const char *doing);
/* Also one that is not connected. Its statements are forgotten. */
void pg_disconnect(struct pg_conn *conn);

/* Sends what is begun and was queued on the connection, and waits for the last result, which the caller clears. On failure (also
 * of one that was left waiting) it is cleared here. n is the number of statements that were queued since pg_leave_queued. */
enum err pg_exchange(struct ctx *c, struct pg_conn *conn, int n, const char *doing, PGresult **out);
/* Queues BEGIN, where it was not sent yet; returns how many statements that makes. */
int pg_queue_begin(struct pg_conn *conn);
/* The n statements that were queued wait for the next exchange; false when there are too many: it has to be now. */
bool pg_leave_queued(struct pg_conn *conn, int n);

/* db_pg_stmt.c */
enum err pg_prepare(struct ctx *c, struct conn *base, struct str text, struct stmt *s);
void pg_forget(struct conn *base, struct stmt *s);
enum err pg_run(struct ctx *c, struct stmt *s, const struct sql_value *args, struct rows *rows);

/* db_pg_lock.c */
enum err pg_lock(struct ctx *c, int64_t key, bool may_wait);

/* db_pg_keep.c: the thread that listens, and that reaches the server again after it was lost. */
enum err pg_start_keeper(struct ctx *c, struct db *db);
void pg_stop_keeper(struct db *db);
/* Words to the keepers of the other processes, with the commit. */
enum err pg_say(struct ctx *c, struct str words);
