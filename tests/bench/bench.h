#pragma once

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sqlite3.h>
#include <time.h>

/* What the reference programs share. They stop at the first thing that is not as expected. */

static inline void need(int is_so, const char *what)
{
	if (is_so)
		return;
	fprintf(stderr, "failed: %s\n", what);
	exit(1);
}

static inline double now_s(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* As the program itself opens it: every commit is on disk, the log is moved over at 10,000 pages. */
static inline sqlite3 *open_durable(const char *file)
{
	sqlite3 *s;
	need(sqlite3_open_v2(file, &s, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK, "open");
	need(sqlite3_exec(s,
	                  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
	                  "PRAGMA cache_size = -16384; PRAGMA mmap_size = 134217728; PRAGMA wal_autocheckpoint = 10000",
	                  NULL, NULL, NULL) == SQLITE_OK,
	     "pragmas");
	return s;
}

static inline sqlite3_stmt *prepare(sqlite3 *s, const char *text)
{
	sqlite3_stmt *stmt;
	if (sqlite3_prepare_v3(s, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(s));
		exit(1);
	}
	return stmt;
}

/* Steps to the end and makes it ready for the next time. */
static inline void run(sqlite3_stmt *stmt)
{
	sqlite3_step(stmt);
	need(sqlite3_reset(stmt) == SQLITE_OK, sqlite3_sql(stmt));
}
