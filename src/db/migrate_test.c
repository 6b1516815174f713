/* What migrate.h promises, on both engines. */

#include "base/test.h"
#include "db/db_test_int.h"

#include <pthread.h>
#include <sqlite3.h>

static const struct sql test_sql[] = {
	{"INSERT INTO person (email, age, boss_id, is_nice) VALUES ($1, 0, NULL, 0)", NULL},
	{"INSERT INTO person (email, age, boss_id, is_nice) VALUES ($1, 0, $2, 0)", NULL},
};

static int set_up(void **state)
{
	env_prepare(*state);
	return 0;
}

static int tear_down(void **state)
{
	env_clean(*state);
	return 0;
}

/* What a query of one number says in the database, or in the copy of it; -1 when it fails. */
static int64_t ask_pg(const struct env *env, const char *text)
{
	PGconn *pg = PQconnectdb(str_z(env->a, env->config.url));
	PGresult *result = PQexec(pg, text);
	int64_t n = PQresultStatus(result) == PGRES_TUPLES_OK ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : -1;
	PQclear(result);
	PQfinish(pg);
	return n;
}

static int64_t ask_sqlite(const struct env *env, const char *file, const char *text)
{
	sqlite3 *s;
	sqlite3_stmt *h = NULL;
	int64_t n = -1;
	sqlite3_open_v2(str_fmt(env->a, "%s/%s", env->dir, file).p, &s, SQLITE_OPEN_READWRITE, NULL);
	if (sqlite3_prepare_v2(s, text, -1, &h, NULL) == SQLITE_OK && sqlite3_step(h) == SQLITE_ROW)
		n = sqlite3_column_int64(h, 0);
	sqlite3_finalize(h);
	sqlite3_close(s);
	return n;
}

static int64_t ask(const struct env *env, const char *text)
{
	return env->is_pg ? ask_pg(env, text) : ask_sqlite(env, "bellhop.db", text);
}

static int64_t ask_copy(const struct env *env, const char *text)
{
	const char *in_copy = str_fmt(env->a, "SET search_path = before_0002; %s", text).p;
	return env->is_pg ? ask_pg(env, in_copy) : ask_sqlite(env, "before-0002.db", text);
}

struct person_to_add {
	const char *email;
	int64_t boss_id;
};

static enum err add(struct ctx *c, void *arg)
{
	const struct person_to_add *p = arg;
	if (p->boss_id == 0)
		return db_exec(c, &test_sql[0], ARGS(S(str_c(p->email))), NULL);
	return db_exec(c, &test_sql[1], ARGS(S(str_c(p->email)), I(p->boss_id)), NULL);
}

/* The database at migration n, with two persons; the second's boss is the first. */
static void prepare_at(struct env *env, size_t n)
{
	struct person_to_add boss = {"boss", 0}, other = {"other", 1};
	assert_int_equal(env_migrate(env, test_migrations, n), OK);
	assert_int_equal(env_open(env), OK);
	assert_int_equal(db_write(env->db, &env->c, add, &boss), OK);
	assert_int_equal(db_write(env->db, &env->c, add, &other), OK);
	db_close(env->db);
	env->db = NULL;
}

static void from_nothing(void **state)
{
	struct env *env = *state;
	struct migrate_report report;
	enum err e = migrate(&env->c, &env->config, test_migrations, 2, &report);
	env_show(env, e);
	assert_int_equal(e, OK);
	assert_true(report.from == 0 && report.to == 2 && str_is_null(report.copy));
	assert_int_equal(ask(env, "SELECT sum(n) FROM counter"), 1000);
	assert_int_equal(ask(env, "SELECT count(*) FROM schema_migration WHERE at = 1700000000000"), 2);

	assert_int_equal(migrate(&env->c, &env->config, test_migrations, 2, &report), OK);
	assert_true(report.from == 2 && report.to == 2 && str_is_null(report.copy));
	assert_int_equal(ask(env, "SELECT sum(n) FROM counter"), 1000);
}

static void copies(void **state)
{
	struct env *env = *state;
	struct migrate_report report;
	prepare_at(env, 1);
	enum err e = migrate(&env->c, &env->config, test_migrations, 2, &report);
	env_show(env, e);
	assert_int_equal(e, OK);
	assert_true(report.from == 1 && report.to == 2);
	assert_true(str_ends(report.copy, env->is_pg ? STR("before_0002") : STR("/before-0002.db")));
	assert_int_equal(ask(env, "SELECT count(*) FROM counter"), 2);
	assert_int_equal(ask_copy(env, "SELECT count(*) FROM person"), 2);
	assert_int_equal(ask_copy(env, "SELECT max(number) FROM schema_migration"), 1);
	assert_int_equal(ask_copy(env, "SELECT count(*) FROM counter"), -1);
}

static void newer(void **state)
{
	struct env *env = *state;
	struct migrate_report report;
	assert_int_equal(env_migrate(env, test_migrations, 2), OK);
	assert_int_equal(migrate(&env->c, &env->config, test_migrations, 1, &report), ERR_CONFLICT);
	assert_true(str_find(env->c.why.detail, STR("newer")) >= 0);
	assert_int_equal(ask(env, "SELECT max(number) FROM schema_migration"), 2);
	assert_int_equal(ask_copy(env, "SELECT count(*) FROM person"), -1);
}

/* test_migrations and one more */
static enum err migrate_with(struct env *env, const char *third)
{
	struct migration all[] = {test_migrations[0], test_migrations[1], {3, "third", third}};
	return env_migrate(env, all, 3);
}

static void failing(void **state)
{
	struct env *env = *state;
	prepare_at(env, 2);
	assert_int_equal(
		migrate_with(env, "CREATE TABLE fresh (n BIGINT);\nINSERT INTO counter (id, n) VALUES (1, 5);\n"),
		ERR_CONFLICT);
	assert_true(str_starts(env->c.why.detail, STR("migration 0003_third: ")));
	assert_int_equal(ask(env, "SELECT max(number) FROM schema_migration"), 2);
	assert_int_equal(ask(env, "SELECT count(*) FROM fresh"), -1);
	assert_int_equal(migrate_with(env, "CREATE TABLE fresh (n BIGINT);\nCREATE TABLE (;\n"), ERR_INTERNAL);
	assert_int_equal(ask(env, "SELECT count(*) FROM fresh"), -1);
	assert_int_equal(migrate_with(env, "CREATE TABLE fresh (n BIGINT);\n"
	                                   "INSERT INTO schema_migration (number, name, at) VALUES (3, 'x', 0);\n"),
	                 ERR_CONFLICT);
	assert_int_equal(ask(env, "SELECT count(*) FROM fresh"), -1);
	assert_int_equal(migrate_with(env, "CREATE TABLE fresh (id @id, name TEXT);\n"
	                                   "INSERT INTO fresh (name) VALUES ('@ids, @blob_1');\n"), OK);
	assert_int_equal(ask(env, "SELECT count(*) FROM fresh WHERE id = 1 AND name = '@ids, @blob_1'"), 1);
	assert_int_equal(ask(env, "SELECT count(*) FROM person"), 2);
}

static void sections(void **state)
{
	struct env *env = *state;
	prepare_at(env, 2);
	enum err e = migrate_with(env, "CREATE TABLE fresh (n BIGINT);\n"
	                               "-- @sqlite: has no schemas\n"
	                               "INSERT INTO fresh (n) SELECT count(*) FROM sqlite_schema WHERE name = 'fresh';\n"
	                               "-- @postgresql\n"
	                               "INSERT INTO fresh (n) SELECT count(*) FROM pg_tables WHERE tablename = 'fresh';\n"
	                               "-- @both\n"
	                               "INSERT INTO fresh (n) VALUES (10);\n"
	                               "-- @sqlites are only a comment\n"
	                               "INSERT INTO fresh (n) VALUES (100);\n");
	env_show(env, e);
	assert_int_equal(e, OK);
	assert_int_equal(ask(env, "SELECT sum(n) FROM fresh"), 111);
	assert_int_equal(ask(env, "SELECT count(*) FROM fresh"), 3);
}

static void dangling(void **state)
{
	struct env *env = *state;
	prepare_at(env, 2);
	assert_int_equal(migrate_with(env, "DELETE FROM person WHERE email = 'boss';\n"), ERR_CONFLICT);
	assert_int_equal(ask(env, "SELECT count(*) FROM person"), 2);
}

static void made_anew(void **state)
{
	struct env *env = *state;
	if (env->is_pg) /* changes tables in place */
		return;
	prepare_at(env, 2);
	enum err e = migrate_with(
		env,
		"CREATE TABLE person_new (id @id, email TEXT NOT NULL UNIQUE, boss_id BIGINT REFERENCES person (id) ON DELETE CASCADE);\n"
		"INSERT INTO person_new (id, email, boss_id) SELECT id, email, boss_id FROM person;\n"
		"DROP TABLE person;\nALTER TABLE person_new RENAME TO person;\n");
	env_show(env, e);
	assert_int_equal(e, OK);
	assert_int_equal(ask(env, "SELECT count(*) FROM person WHERE email = 'boss' OR boss_id = 1"), 2);
}

static void *migrate_alone(void *arg)
{
	const struct env *env = arg;
	struct arena *a = arena_open(TEST_BUDGET_BYTES);
	struct ctx c = {.a = a};
	struct migrate_report report;
	enum err e = migrate(&c, &env->config, test_migrations, 2, &report);
	if (e != OK)
		fprintf(stderr, "%s: " STR_FMT "\n", err_name(e), STR_ARG(c.why.detail));
	arena_close(a);
	return (void *)(uintptr_t)e;
}

static void at_once(void **state)
{
	struct env *env = *state;
	enum { THREAD_N = 4 };
	pthread_t threads[THREAD_N];
	void *e;
	for (int i = 0; i < THREAD_N; i++)
		pthread_create(&threads[i], NULL, migrate_alone, env);
	for (int i = 0; i < THREAD_N; i++) {
		pthread_join(threads[i], &e);
		assert_int_equal((uintptr_t)e, OK);
	}
	assert_int_equal(ask(env, "SELECT count(*) FROM schema_migration"), 2);
	assert_int_equal(ask(env, "SELECT count(*) FROM counter"), 2);
}

#define PROMISE(sentence, f) {sentence, f, set_up, tear_down, NULL}

static const struct CMUnitTest promises[] = {
	PROMISE("an empty database is brought to the newest migration, each is run once, and no copy is needed",
                from_nothing),
	PROMISE("before a migration touches what is there, a copy of it is taken", copies),
	PROMISE("a database that is newer than the program is refused and not touched", newer),
	PROMISE("a migration that fails leaves the database at the one before", failing),
	PROMISE("a section is run by its engine only, what is outside of sections by both", sections),
	PROMISE("a migration may not leave references to what is not there", dangling),
	PROMISE("a table can be made anew without losing those that refer to it", made_anew),
	PROMISE("programs that migrate at once do it once", at_once),
};

int main(void)
{
	return ENV_RUN("migrate", promises);
}
