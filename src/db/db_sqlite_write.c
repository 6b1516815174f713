/* The one thread that writes. It takes every write that waits, runs each inside a SAVEPOINT of one transaction, and commits
 * once: one fsync for as many as were waiting while the last one ran. A write that fails is rolled back to its own savepoint
 * and does not touch the others. Nobody is answered before the commit is on disk.
 *
 * Some failures (a full disk, lack of memory) make SQLite roll back the whole transaction; then all of the group have
 * failed. An I/O error while committing ends the process: what is true is then only known after a restart. */

#include "base/arena.h"
#include "base/check.h"
#include "db/db_sqlite_int.h"

enum err sqlite_write(struct db *db, struct ctx *c, work_fn *fn, void *arg)
{
	return queue_wait(db, &db->writes, c, fn, arg);
}

/* A constraint that is checked at the commit would fail the whole group there. */
static enum err check_deferred_keys(struct ctx *c, sqlite3 *s)
{
	int open_n = 0, highest;
	sqlite3_db_status(s, SQLITE_DBSTATUS_DEFERRED_FKS, &open_n, &highest, 0);
	return open_n == 0 ? OK : fail(c, ERR_CONFLICT, "FOREIGN KEY constraint failed");
}

/* What work leaves behind is kept or undone. When even that fails there is no telling what is in the transaction. */
static enum err end_savepoint(struct ctx *c, struct sqlite_conn *conn, enum err e)
{
	int rc = e == OK ? SQLITE_OK : sqlite_step(conn->undo);
	if (rc == SQLITE_OK)
		rc = sqlite_step(conn->release);
	if (rc == SQLITE_OK)
		return e;
	e = sqlite_failed(c, conn->s, rc, "the end of a savepoint");
	sqlite_step(conn->rollback);
	return e;
}

/* *why_out is how the transaction was lost, where it was. */
static enum err run_in_savepoint(struct db *db, struct sqlite_conn *conn, struct db_task *task, bool *has_written,
                                 enum err *why_out)
{
	struct ctx *c = task->c;
	struct tx tx;
	int rc = sqlite_step(conn->savepoint);
	if (rc != SQLITE_OK) {
		*why_out = sqlite_failed(c, conn->s, rc, "SAVEPOINT");
		sqlite_step(conn->rollback);
		return *why_out;
	}
	tx_open(c, &tx, db, &conn->base, true);
	enum err e = tx_close(c, task->fn(c, task->arg));
	*why_out = tx.broken;
	if (sqlite3_get_autocommit(conn->s))
		return e;
	if (e == OK && tx.has_written)
		e = check_deferred_keys(c, conn->s);
	enum err ended = end_savepoint(c, conn, e);
	if (sqlite3_get_autocommit(conn->s))
		*why_out = ended;
	*has_written |= ended == OK && tx.has_written;
	return ended;
}

/* Runs them one by one; false when the transaction is gone. Then those that were well so far have failed too, and those behind
 * are not run. */
static bool run_all(struct db *db, struct sqlite_conn *conn, struct db_task *group, enum err *results,
                    bool *has_written)
{
	int i = 0;
	for (struct db_task *task = group; task != NULL; task = task->next, i++) {
		enum err why = OK;
		results[i] = run_in_savepoint(db, conn, task, has_written, &why);
		if (!sqlite3_get_autocommit(conn->s))
			continue;
		i = 0;
		for (task = group; task != NULL; task = task->next, i++)
			if (results[i] == OK)
				results[i] = fail(task->c, why == OK ? ERR_INTERNAL : why,
				                  "SQLite rolled back the writes of a whole group");
		return false;
	}
	return true;
}

static void fail_group(struct db_task *group, enum err *results, sqlite3 *s, int rc, const char *doing)
{
	for (int i = 0; group != NULL; group = group->next, i++)
		if (results[i] == OK)
			results[i] = sqlite_failed(group->c, s, rc, doing);
}

static void commit(struct db *db, struct sqlite_conn *conn, struct db_task *group, enum err *results, bool has_written)
{
	int rc = sqlite_step(conn->commit);
	if (rc == SQLITE_OK) {
		if (has_written && db->on_commit != NULL)
			db->on_commit(db->hook_arg);
		return;
	}
	if ((rc & 0xff) == SQLITE_IOERR && !sqlite_is_disk_full(conn->s, rc))
		sqlite_end_process("COMMIT", rc);
	fail_group(group, results, conn->s, rc, "COMMIT");
	if (!sqlite3_get_autocommit(conn->s))
		sqlite_step(conn->rollback);
}

static void run_group(struct db *db, struct sqlite_conn *conn, struct db_task *group, enum err *results)
{
	int n = 0;
	for (struct db_task *task = group; task != NULL; task = task->next)
		results[n++] = OK;

	bool has_written = false;
	int rc = sqlite_step(conn->begin);
	if (rc != SQLITE_OK)
		fail_group(group, results, conn->s, rc, "BEGIN IMMEDIATE");
	else if (run_all(db, conn, group, results, &has_written))
		commit(db, conn, group, results, has_written);

	for (int i = 0; group != NULL; i++) {
		struct db_task *next = group->next; /* done may take the task away */
		group->done(group, results[i]);
		group = next;
	}
	queue_finished(db, n);
}

/* Where readers hold it up it is tried again after the next group. */
static void empty_log(struct sqlite_engine *own)
{
	struct sqlite_conn *conn = own->writer;
	sqlite3_busy_timeout(conn->s, WIPE_WAIT_MS);
	int rc = sqlite3_wal_checkpoint_v2(conn->s, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(conn->s, SQLITE_BUSY_MS);
	if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
		sqlite_end_process("checkpoint", rc);
	if (rc != SQLITE_OK)
		return;
	own->wants_wipe = false;
	conn->log_pages = 0;
}

/* Moves the log into the database, between two groups and after their answers, so that nobody's commit waits for it more than
 * it must. Where readers hold it up it is tried again when the log has grown. */
static void checkpoint(struct sqlite_engine *own)
{
	struct sqlite_conn *conn = own->writer;
	if (own->wants_wipe)
		empty_log(own);
	if (conn->log_pages < own->checkpoint_at_pages)
		return;
	int log_n = 0, moved_n = 0;
	int rc = sqlite3_wal_checkpoint_v2(conn->s, NULL, SQLITE_CHECKPOINT_PASSIVE, &log_n, &moved_n);
	if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
		sqlite_end_process("checkpoint", rc);
	bool is_whole = rc == SQLITE_OK && log_n == moved_n;
	own->checkpoint_at_pages = is_whole ? CHECKPOINT_PAGES : conn->log_pages + CHECKPOINT_AGAIN_PAGES;
	conn->log_pages = 0;
}

static void *run_writer(void *arg)
{
	struct db *db = arg;
	struct sqlite_engine *own = db->own;
	for (struct db_task *group; (group = queue_take(db, &db->writes, MAX_GROUP)) != NULL;) {
		run_group(db, own->writer, group, own->results);
		checkpoint(own);
	}
	return NULL;
}

enum err sqlite_start_writer(struct ctx *c, struct db *db)
{
	struct sqlite_engine *own = db->own;
	own->checkpoint_at_pages = CHECKPOINT_PAGES;
	TRY(queue_thread(c, &own->thread, "db-writer", run_writer, db));
	own->is_running = true;
	return OK;
}

void sqlite_stop_writer(struct db *db)
{
	struct sqlite_engine *own = db->own;
	if (own->is_running)
		pthread_join(own->thread, NULL);
}
