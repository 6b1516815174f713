#pragma once

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/ctx.h"
#include "base/test.h"
#include "db/db.h"
#include "db/schema.h"

/* For *_test.c of the folders above db/: a fresh database with all tables for each test, on SQLite in a temporary folder, or on the
 * PostgreSQL of BELLHOP_TEST_PG (a server where databases may be made) in a database of its own. */

enum { TEST_ARENA_BYTES = 256 << 20 };

#define TEST_NOW ((int64_t)1795253400000) /* 2026-11-21T09:30:00.000Z */

struct test_db {
	bool is_pg;
	char dir[40];
	char name[60]; /* of the PostgreSQL database */
	char url[600];
	struct db *db;
	struct runner run;
	struct ctx c; /* of the test itself: the system, at TEST_NOW */
};

static inline void test_admin(const char *verb, const char *name)
{
	char text[200];
	snprintf(text, sizeof(text), "%s DATABASE %s", verb, name);
	PGconn *pg = PQconnectdb(getenv("BELLHOP_TEST_PG"));
	PGresult *result = PQexec(pg, text);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		fprintf(stderr, "%s: %s", text, PQerrorMessage(pg));
	PQclear(result);
	PQfinish(pg);
}

/* The address of the server with another database. */
static inline void test_pg_url(struct test_db *t)
{
	const char *server = getenv("BELLHOP_TEST_PG");
	const char *host = strstr(server, "://") + 3;
	size_t n = (size_t)(host - server) + strcspn(host, "/?");
	const char *options = strchr(server, '?');
	snprintf(t->url, sizeof(t->url), "%.*s/%s%s", (int)n, server, t->name, options ? options : "");
}

static inline int test_remove(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

__attribute__((format(printf, 3, 4))) static inline void test_fail(const char *file, int line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	_fail(file, line);
}

/* Ends the test with the sentence of the failure. */
#define assert_ok(call)                                                                                         \
	do {                                                                                                    \
		enum err assert_e_ = (call);                                                                    \
		if (assert_e_ != OK)                                                                            \
			test_fail(__FILE__, __LINE__, "%s: %s: " STR_FMT, #call, err_name(assert_e_),           \
			          STR_ARG(t->c.why.detail));                                                    \
	} while (0)

#define assert_text(s, want)                                                                                    \
	do {                                                                                                    \
		struct str assert_s_ = (s);                                                                     \
		if (!str_eq(assert_s_, str_c(want)))                                                            \
			test_fail(__FILE__, __LINE__, "%s is \"" STR_FMT "\", not \"%s\"", #s, STR_ARG(assert_s_), \
			          want);                                                                        \
	} while (0)

static inline int test_db_open(struct test_db *t, bool is_pg)
{
	static int counter;
	*t = (struct test_db){.is_pg = is_pg};
	t->c = (struct ctx){.a = arena_open(TEST_ARENA_BYTES), .now = TEST_NOW, .who = {.kind = ACTOR_SYSTEM}};
	snprintf(t->dir, sizeof(t->dir), "/tmp/bellhop-test.XXXXXX");
	check(mkdtemp(t->dir) != NULL);
	if (is_pg) {
		snprintf(t->name, sizeof(t->name), "bellhop_test_%d_%d", (int)getpid(), ++counter);
		test_admin("CREATE", t->name);
		test_pg_url(t);
	}
	const struct db_config config = {
		.data_dir = str_c(t->dir),
		.url = is_pg ? str_c(t->url) : STR_NULL,
		.thread_n = 4,
	};
	struct migrate_report report;
	assert_ok(migrate(&t->c, &config, migrations, migration_n, &report));
	assert_ok(db_open(&t->c, &config, &t->db));
	t->run = db_runner(t->db);
	t->c.run = &t->run;
	return 0;
}

static inline int test_db_close(struct test_db *t)
{
	db_close(t->db);
	arena_close(t->c.a);
	if (t->is_pg)
		test_admin("DROP", t->name);
	nftw(t->dir, test_remove, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}

/* fn in one transaction of the test's own context. What failed before is forgotten first. */
static inline enum err test_write(struct test_db *t, work_fn *fn, void *arg)
{
	fail_clear(&t->c);
	return db_write(t->db, &t->c, fn, arg);
}

static inline enum err test_read(struct test_db *t, work_fn *fn, void *arg)
{
	fail_clear(&t->c);
	return db_read(t->db, &t->c, fn, arg);
}

/* One database at a time: *state of every test. */
static struct test_db test_db_of_group;

static inline int test_on_sqlite(void **state)
{
	*state = &test_db_of_group;
	return test_db_open(*state, false);
}

static inline int test_on_pg(void **state)
{
	*state = &test_db_of_group;
	return test_db_open(*state, true);
}

static inline int test_end(void **state)
{
	return test_db_close(*state);
}

#define ON_SQLITE(fn) {#fn, fn, test_on_sqlite, test_end, NULL}
#define ON_PG(fn)     {#fn, fn, test_on_pg, test_end, NULL}

/* Runs the tests of two tables, the second one only where there is a PostgreSQL. */
#define RUN_ON_BOTH(sqlite_tests, pg_tests)                                                                     \
	(cmocka_run_group_tests_name("on SQLite", sqlite_tests, NULL, NULL) +                                   \
	 (getenv("BELLHOP_TEST_PG") == NULL ? puts("skipped: no PostgreSQL") * 0                                \
	                                    : cmocka_run_group_tests_name("on PostgreSQL", pg_tests, NULL, NULL)))
