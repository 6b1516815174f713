#pragma once

#include <ftw.h>
#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "db/db.h"
#include "db/migrate.h"

/* A fresh database for each test of src/db, on the engine of the group: SQLite in a temporary folder, PostgreSQL in a database
 * that is made on the server of BELLHOP_TEST_PG and dropped after the group. */

enum { TEST_BUDGET_BYTES = 256 << 20 };

struct env {
	bool is_pg;
	char dir[40];
	char pg_name[40];
	struct db_config config;
	struct db *db;
	struct arena *a;
	struct ctx c;
	_Atomic int commit_n;
	char said[MAX_SAID_BYTES + 1];
	_Atomic int said_n;
};

struct person {
	int64_t id;
	struct str email;
	struct str name;
	int64_t age;
	int64_t boss_id;
	bool is_nice;
	struct str photo;
	int64_t seen_at;
	int64_t not_in_the_shape;
};

static const struct field person_fields[] = {
	FIELD(struct person, id,      F_ID),
	FIELD(struct person, email,   F_STR),
	FIELD(struct person, name,    F_STR, .flags = F_NULL),
	FIELD(struct person, age,     F_INT),
	FIELD(struct person, boss_id, F_ID, .flags = F_NULL),
	FIELD(struct person, is_nice, F_BOOL),
	FIELD(struct person, photo,   F_BLOB, .flags = F_NULL),
	FIELD(struct person, seen_at, F_TIME, .flags = F_NULL),
};
__attribute__((unused)) static const struct shape person_shape = SHAPE("Person", struct person, person_fields);

struct number {
	int64_t n;
};
static const struct field number_fields[] = {FIELD(struct number, n, F_INT)};
__attribute__((unused)) static const struct shape number_shape = SHAPE("Number", struct number, number_fields);

__attribute__((unused)) static const struct migration test_migrations[] = {
	{1, "person",
         "-- a comment; with a semicolon;\n"
         "CREATE TABLE person (id @id, email TEXT NOT NULL UNIQUE, name TEXT, age BIGINT NOT NULL CHECK (age >= 0),\n"
         "	boss_id BIGINT REFERENCES person (id), is_nice SMALLINT NOT NULL, photo @blob, seen_at BIGINT);\n"
         "CREATE TABLE late (id @id, person_id BIGINT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED);\n"},
	{2, "counter",
         "CREATE TABLE counter (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);\n"
         "INSERT INTO counter (id, n) VALUES (1, 0), (2, 1000);\n"},
};

static inline void env_show(const struct env *env, enum err e)
{
	if (e != OK)
		fprintf(stderr, "%s: " STR_FMT "\n", err_name(e), STR_ARG(env->c.why.detail));
}

static inline void env_admin(const char *url, const char *text)
{
	PGconn *pg = PQconnectdb(url);
	PQclear(PQexec(pg, "SET client_min_messages = error"));
	PGresult *result = PQexec(pg, text);
	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		fprintf(stderr, "%s: %s", text, PQerrorMessage(pg));
	PQclear(result);
	PQfinish(pg);
}

/* The same server, another database. */
static inline void env_url(const char *server, const char *name, char *out, size_t room)
{
	struct str rest = str_c(server);
	struct str scheme = str_cut(&rest, STR("://"));
	struct str host = str_head(rest, strcspn(rest.p, "/?"));
	const char *options = strchr(rest.p, '?');
	snprintf(out, room, STR_FMT "://" STR_FMT "/%s%s", STR_ARG(scheme), STR_ARG(host), name,
	         options ? options : "");
}

static inline int env_remove(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

/* An empty database. */
static inline void env_prepare(struct env *env)
{
	env->a = arena_open(TEST_BUDGET_BYTES);
	env->c = (struct ctx){.a = env->a, .now = 1700000000000};
	env->commit_n = 0;
	env->config = (struct db_config){.thread_n = 4};
	snprintf(env->dir, sizeof(env->dir), "/tmp/bellhop-db.XXXXXX");
	check(mkdtemp(env->dir) != NULL);
	env->config.data_dir = str_c(env->dir);
	if (!env->is_pg)
		return;
	static char url[500];
	env_url(getenv("BELLHOP_TEST_PG"), env->pg_name, url, sizeof(url));
	env_admin(url, "DROP SCHEMA IF EXISTS before_0002 CASCADE; DROP SCHEMA IF EXISTS before_0003 CASCADE;"
	               "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	env->config.url = str_c(url);
}

static inline void env_clean(struct env *env)
{
	db_close(env->db);
	env->db = NULL;
	arena_close(env->a);
	nftw(env->dir, env_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static inline void env_count_commit(void *arg)
{
	((struct env *)arg)->commit_n++;
}

static inline void env_hear(void *arg, struct str words)
{
	struct env *env = arg;
	snprintf(env->said, sizeof(env->said), STR_FMT, STR_ARG(words));
	env->said_n++;
}

static inline enum err env_open(struct env *env)
{
	env->config.on_commit = env_count_commit;
	env->config.on_said = env_hear;
	env->config.hook_arg = env;
	enum err e = db_open(&env->c, &env->config, &env->db);
	env_show(env, e);
	return e;
}

static inline enum err env_migrate(struct env *env, const struct migration *migrations, size_t n)
{
	struct migrate_report report;
	return migrate(&env->c, &env->config, migrations, n, &report);
}

/* A database with all tables, and open. */
static inline int env_set_up(void **state)
{
	struct env *env = *state;
	env_prepare(env);
	enum err e = env_migrate(env, test_migrations, 2);
	env_show(env, e);
	return e == OK && env_open(env) == OK ? 0 : 1;
}

static inline int env_tear_down(void **state)
{
	env_clean(*state);
	return 0;
}

static inline void env_pg_start(struct env *env)
{
	char text[100];
	env->is_pg = true;
	snprintf(env->pg_name, sizeof(env->pg_name), "bellhop_db_test_%d", (int)getpid());
	snprintf(text, sizeof(text), "CREATE DATABASE %s", env->pg_name);
	env_admin(getenv("BELLHOP_TEST_PG"), text);
}

static inline void env_pg_stop(struct env *env)
{
	char text[100];
	snprintf(text, sizeof(text), "DROP DATABASE %s WITH (FORCE)", env->pg_name);
	env_admin(getenv("BELLHOP_TEST_PG"), text);
}

static struct env env_of_group;

static inline int env_use_sqlite(void **state)
{
	env_of_group.is_pg = false;
	*state = &env_of_group;
	return 0;
}

static inline int env_use_pg(void **state)
{
	env_pg_start(&env_of_group);
	*state = &env_of_group;
	return 0;
}

static inline int env_stop_pg(void **state)
{
	env_pg_stop(*state);
	return 0;
}

/* Runs the promises on both engines. */
#define ENV_RUN(name, promises)                                                                                \
	(cmocka_run_group_tests_name(name " on SQLite", promises, env_use_sqlite, NULL) +                      \
	 (getenv("BELLHOP_TEST_PG") == NULL                                                                    \
	          ? puts("skipped: no PostgreSQL") * 0                                                         \
	          : cmocka_run_group_tests_name(name " on PostgreSQL", promises, env_use_pg, env_stop_pg)))
