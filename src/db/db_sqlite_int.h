#pragma once

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "db/db_int.h"

/* What the SQLite files share. */

enum {
	SQLITE_BUSY_MS = 5000,          /* for other processes: the command line beside a server */
	SQLITE_WRITER_CACHE_KB = 16384,
	SQLITE_READER_CACHE_KB = 4096,
	SQLITE_MMAP_BYTES = 128 << 20,  /* of address space, per connection */
	SQLITE_MAX_READERS = 32,
	MAX_GROUP = 1024,               /* writes in one commit */
	CHECKPOINT_PAGES = 10000,       /* of the log, before they are moved into the database */
	WIPE_WAIT_MS = 200,             /* for readers, when the log is to be emptied */
	CHECKPOINT_AGAIN_PAGES = 1000,  /* more, when readers held the last checkpoint up */
};

struct sqlite_conn {
	struct conn base;
	sqlite3 *s;
	sqlite3_stmt *begin;
	sqlite3_stmt *commit;
	sqlite3_stmt *rollback;
	sqlite3_stmt *savepoint;
	sqlite3_stmt *release;
	sqlite3_stmt *undo;
	int log_pages; /* in the write-ahead log after the last commit */
};

struct sqlite_engine {
	struct sqlite_conn *writer;
	pthread_t thread;
	bool is_running;
	int checkpoint_at_pages;
	bool wants_wipe; /* the log is to be emptied; see db_wipe() */
	enum err results[MAX_GROUP];
};

/* Opens <data_dir>/bellhop.db with what every connection needs. db may be NULL for a connection without statements. */
enum err sqlite_open(struct ctx *c, struct str data_dir, int flags, int cache_kb, sqlite3 **out);
/* fold(text) and has_word(text, word), for store/search.c; an SQLite code. */
int sqlite_add_functions(sqlite3 *s);
/* What rc means, as a failure. A failed fsync ends the process here. */
enum err sqlite_failed(struct ctx *c, sqlite3 *s, int rc, const char *doing);
bool sqlite_is_disk_full(sqlite3 *s, int rc);
/* The engine's write: hands it to the writer and waits. */
enum err sqlite_write(struct db *db, struct ctx *c, work_fn *fn, void *arg);
enum err sqlite_start_writer(struct ctx *c, struct db *db);
void sqlite_stop_writer(struct db *db);
/* Steps one of the connection's own statements (BEGIN and so on). */
int sqlite_step(sqlite3_stmt *stmt);
/* After an I/O error that must not be survived. */
__attribute__((noreturn)) void sqlite_end_process(const char *doing, int rc);
