/* What db.h promises, on SQLite, and on PostgreSQL where BELLHOP_TEST_PG names a server. */

#include "base/test.h"

#include <pthread.h>
#include <semaphore.h>

#include "db/db_int.h"
#include "db/db_test_int.h"
#include "db/sqlb.h"

enum {
	Q_INSERT,
	Q_UPDATE,
	Q_LOAD,
	Q_COUNT,
	Q_LATE,
	Q_ADD,
	Q_SET,
	Q_NUMBER,
	Q_SUM,
	Q_SERIES,
	Q_NULL_BOSS,
	Q_UPDATE_NAMES,
	Q_LIKE,
};

static const struct sql test_sql[] = {
	[Q_INSERT] = {"INSERT INTO person @insert RETURNING @cols", &person_shape},
	[Q_UPDATE] = {"UPDATE person SET @update WHERE id = @key RETURNING @cols", &person_shape},
	[Q_LOAD] = {"SELECT @cols FROM person WHERE id = $1", &person_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM person", &number_shape},
	[Q_LATE] = {"INSERT INTO late (person_id) VALUES ($1)", NULL},
	[Q_ADD] = {"UPDATE counter SET n = n + $2 WHERE id = $1", NULL},
	[Q_SET] = {"UPDATE counter SET n = $2 WHERE id = $1", NULL},
	[Q_NUMBER] = {"SELECT n FROM counter WHERE id = $1", &number_shape},
	[Q_SUM] = {"SELECT sum(n) AS n FROM counter", &number_shape},
	[Q_SERIES] = {"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < $1) SELECT n FROM s", &number_shape},
	[Q_NULL_BOSS] = {"SELECT boss_id AS n FROM person WHERE id = $1", &number_shape},
	[Q_UPDATE_NAMES] = {"UPDATE person SET name = $1 WHERE age >= $2", NULL},
	[Q_LIKE] = {"SELECT count(*) AS n FROM person WHERE email LIKE $1", &number_shape},
};

static int set_up(void **state)
{
	struct env *env = *state;
	env_prepare(env);
	enum err e = env_migrate(env, test_migrations, 2);
	env_show(env, e);
	return e == OK && env_open(env) == OK ? 0 : 1;
}

static int tear_down(void **state)
{
	env_clean(*state);
	return 0;
}

static enum err put(struct ctx *c, void *arg)
{
	return db_put(c, &test_sql[Q_INSERT], arg, arg);
}

static enum err put_again(struct ctx *c, void *arg)
{
	return db_put(c, &test_sql[Q_UPDATE], arg, arg);
}

static enum err load(struct ctx *c, void *arg)
{
	struct person *p = arg;
	return db_one(c, &test_sql[Q_LOAD], ARGS(I(p->id)), p);
}

static enum err count(struct ctx *c, void *arg)
{
	struct number n;
	TRY(db_one(c, &test_sql[Q_COUNT], NO_ARGS, &n));
	*(int64_t *)arg = n.n;
	return OK;
}

static int64_t count_of(struct env *env)
{
	int64_t n = -1;
	assert_int_equal(db_read(env->db, &env->c, count, &n), OK);
	return n;
}

#define assert_str(s, literal) assert_true(str_eq((s), STR(literal)) && !str_is_null(s))

static void comes_back(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("ada@example.org"), .name = STR("Ада 京都 é"), .age = INT64_MAX, .is_nice = true,
	                   .photo = STR("\0\xff\n'\\x"), .seen_at = -1, .not_in_the_shape = 7};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_true(p.id > 0);
	assert_int_equal(p.not_in_the_shape, 7);
	struct person q = {.id = p.id, .not_in_the_shape = 7};
	assert_int_equal(db_read(env->db, &env->c, load, &q), OK);
	assert_null(env->c.tx);
	assert_int_equal(q.id, p.id);
	assert_str(q.email, "ada@example.org");
	assert_str(q.name, "Ада 京都 é");
	assert_true(q.age == INT64_MAX && q.boss_id == 0 && q.is_nice && q.seen_at == -1);
	assert_str(q.photo, "\0\xff\n'\\x");
	assert_int_equal(q.not_in_the_shape, 0);
}

static void nulls(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR_NULL, .name = STR_NULL, .photo = STR("")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_str(p.email, ""); /* may not be null, so it is empty */
	assert_true(str_is_null(p.name));
	assert_str(p.photo, "");
	p.name = STR("");
	p.photo = STR_NULL;
	assert_int_equal(db_write(env->db, &env->c, put_again, &p), OK);
	assert_str(p.name, "");
	assert_true(str_is_null(p.photo));
}

static enum err load_null_boss(struct ctx *c, void *arg)
{
	struct number n;
	(void)arg;
	return db_one(c, &test_sql[Q_NULL_BOSS], ARGS(I(1)), &n);
}

static void unexpected_null(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(p.id, 1);
	assert_int_equal(db_read(env->db, &env->c, load_null_boss, NULL), ERR_INTERNAL);
	assert_true(str_find(env->c.why.detail, STR("NULL")) >= 0);
}

static void update(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("a"), .age = 1}, other = {.email = STR("b"), .age = 2};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(db_write(env->db, &env->c, put, &other), OK);
	p.age = 10;
	p.boss_id = other.id;
	assert_int_equal(db_write(env->db, &env->c, put_again, &p), OK);
	struct person q = {.id = p.id};
	assert_int_equal(db_read(env->db, &env->c, load, &q), OK);
	assert_true(q.age == 10 && q.boss_id == other.id);
	assert_int_equal(db_read(env->db, &env->c, load, &other), OK);
	assert_int_equal(other.age, 2);
	p.id = 999;
	p.email = STR("c");
	assert_int_equal(db_write(env->db, &env->c, put_again, &p), ERR_NOT_FOUND);
	assert_int_equal(p.id, 999);
	assert_int_equal(db_read(env->db, &env->c, load, &p), ERR_NOT_FOUND);
}

struct rename_all {
	struct str name;
	int64_t least_age;
	int64_t changed;
};

static enum err rename_all(struct ctx *c, void *arg)
{
	struct rename_all *r = arg;
	return db_exec(c, &test_sql[Q_UPDATE_NAMES], ARGS(S(r->name), I(r->least_age)), &r->changed);
}

static void bad_text(void **state)
{
	struct env *env = *state;
	struct str bad[] = {STR("12345678\0"), STR("a\0b"), STR("12345678\xff"), STR("\xc0\x80"), STR("\xed\xa0\x80")};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *exact = malloc(bad[i].n); /* so that ASan sees a byte too far */
		memcpy(exact, bad[i].p, bad[i].n);
		struct rename_all r = {.name = {exact, bad[i].n}};
		assert_int_equal(db_write(env->db, &env->c, rename_all, &r), ERR_BAD_INPUT);
		free(exact);
	}
	struct rename_all good = {.name = STR("12345678é1234567"), .changed = -1};
	assert_int_equal(db_write(env->db, &env->c, rename_all, &good), OK);
	assert_int_equal(good.changed, 0);
}

static void changed_rows(void **state)
{
	struct env *env = *state;
	for (int i = 0; i < 3; i++) {
		struct person p = {.email = str_fmt(env->a, "%d", i), .age = i};
		assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	}
	struct rename_all r = {.name = STR("x"), .least_age = 1};
	assert_int_equal(db_write(env->db, &env->c, rename_all, &r), OK);
	assert_int_equal(r.changed, 2);
}

static enum err put_late(struct ctx *c, void *arg)
{
	return db_exec(c, &test_sql[Q_LATE], ARGS(I(*(int64_t *)arg)), NULL);
}

static void constraints(void **state)
{
	struct env *env = *state;
	int64_t nobody = 999;
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(db_write(env->db, &env->c, put, &p), ERR_CONFLICT); /* unique */
	struct person q = {.email = STR("b"), .boss_id = nobody};
	assert_int_equal(db_write(env->db, &env->c, put, &q), ERR_CONFLICT); /* foreign key */
	q = (struct person){.email = STR("c"), .age = -1};
	assert_int_equal(db_write(env->db, &env->c, put, &q), ERR_INTERNAL); /* check */
	assert_int_equal(db_write(env->db, &env->c, put_late, &nobody), ERR_CONFLICT); /* deferred foreign key */
	assert_int_equal(db_write(env->db, &env->c, put_late, &p.id), OK);
	assert_int_equal(count_of(env), 1);
}

static enum err two_then_fail(struct ctx *c, void *arg)
{
	struct person p = {.email = STR("first")};
	TRY(put(c, &p));
	p.email = STR("second");
	TRY(put(c, &p));
	return arg ? fail(c, ERR_NOT_ALLOWED, "no") : OK;
}

static void failing_work(void **state)
{
	struct env *env = *state;
	assert_int_equal(db_write(env->db, &env->c, two_then_fail, env), ERR_NOT_ALLOWED);
	assert_str(env->c.why.detail, "no");
	assert_int_equal(count_of(env), 0);
	assert_int_equal(db_write(env->db, &env->c, two_then_fail, NULL), OK);
	assert_int_equal(count_of(env), 2);
}

static enum err go_on(struct ctx *c, void *arg)
{
	struct person p = {.email = STR("first")};
	TRY(put(c, &p));
	struct person again = {.email = STR("first")};
	assert_int_equal(put(c, &again), ERR_CONFLICT);
	if (arg != NULL)
		assert_int_equal(db_exec(c, &test_sql[Q_ADD], ARGS(I(1), I(1)), NULL), ERR_INTERNAL);
	return OK;
}

static void going_on(void **state)
{
	struct env *env = *state;
	assert_int_equal(db_write(env->db, &env->c, go_on, NULL), ERR_INTERNAL);
	assert_int_equal(db_write(env->db, &env->c, go_on, env), ERR_INTERNAL);
	assert_int_equal(count_of(env), 0);
}

static void reading_writes(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("a")};
	assert_int_equal(db_read(env->db, &env->c, put, &p), ERR_INTERNAL);
	assert_true(str_find(env->c.why.detail, env->is_pg ? STR("read-only transaction") : STR("a read may not write")) >= 0);
	assert_int_equal(count_of(env), 0);
}

static void reopening(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	db_close(env->db);
	assert_int_equal(env_open(env), OK);
	assert_int_equal(count_of(env), 1);
}

static enum err try_statement(struct ctx *c, void *arg)
{
	struct person p;
	return db_one(c, arg, ARGS(I(1)), &p);
}

static void drift(void **state)
{
	struct env *env = *state;
	static const struct sql bad[] = {
		{"SELECT id, email, name FROM person WHERE id = $1", &person_shape},
		{"SELECT id, email, age, name, boss_id, is_nice, photo, seen_at FROM person WHERE id = $1", &person_shape},
		{"SELECT @cols FROM person WHERE id = $1 AND age = $2", &person_shape},
		{"SELECT @cols FROM person", &person_shape},
		{"SELECT @cols FROM person WHERE id = @nothing", &person_shape},
		{"SELECT @cols FROM person WHERE id = $1; SELECT 1", &person_shape},
		{"SELECT @cols FROM nowhere WHERE id = $1", &person_shape},
		{"SELECT @cols FROM person WHERE \"nocolumn\" = $1", &person_shape},
		{"", &person_shape},
		{"SELECT email AS n FROM person WHERE id = $1", &number_shape},
		{"SELECT id, email, name, age, boss_id, is_nice, email AS photo, seen_at FROM person WHERE id = $1", &person_shape},
	};
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(p.id, 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(db_read(env->db, &env->c, try_statement, (void *)(uintptr_t)&bad[i]), ERR_INTERNAL);
		assert_true(env->c.why.detail.n > 0);
	}
}

static enum err check_table(struct ctx *c, void *arg)
{
	return db_check_sql(c, arg);
}

static void checked_table(void **state)
{
	struct env *env = *state;
	static const struct sql bad_sql[] = {{NULL, NULL}, {"SELECT 1 AS n", &number_shape}, {"SELECT 1 AS m", &number_shape}};
	struct sql_table good = {"test", test_sql, sizeof(test_sql) / sizeof(test_sql[0])};
	struct sql_table bad = {"bad", bad_sql, 3};
	assert_int_equal(db_read(env->db, &env->c, check_table, &good), OK);
	assert_int_equal(db_read(env->db, &env->c, check_table, &bad), ERR_INTERNAL);
	assert_true(str_starts(env->c.why.detail, STR("bad[2]: ")));

	/* types are known before there is a row, where columns have types */
	static const struct sql typed_sql[] = {{"SELECT email AS n FROM person", &number_shape}};
	struct sql_table typed = {"typed", typed_sql, 1};
	assert_int_equal(db_read(env->db, &env->c, check_table, &typed), env->is_pg ? ERR_INTERNAL : OK);
}

static enum err at_one_address(struct ctx *c, void *arg)
{
	struct sql q = {"SELECT 1 AS n", &number_shape};
	struct number n;
	(void)arg;
	TRY(db_one(c, &q, NO_ARGS, &n));
	q.text = "SELECT 2 AS n";
	TRY(db_one(c, &q, NO_ARGS, &n));
	assert_int_equal(n.n, 2);
	return OK;
}

static void same_address(void **state)
{
	struct env *env = *state;
	assert_int_equal(db_read(env->db, &env->c, at_one_address, NULL), OK);
}

static enum err series(struct ctx *c, void *arg)
{
	int64_t *n = arg;
	struct number *rows;
	size_t row_n;
	TRY(db_all(c, &test_sql[Q_SERIES], ARGS(I(*n)), &rows, &row_n));
	assert_true(row_n == (size_t)*n && rows[row_n - 1].n == *n && rows[0].n == 1);
	return OK;
}

static void too_many_rows(void **state)
{
	struct env *env = *state;
	int64_t few = 33, most = MAX_ROWS, more = MAX_ROWS + 1;
	assert_int_equal(db_read(env->db, &env->c, series, &few), OK);
	assert_int_equal(db_read(env->db, &env->c, series, &most), OK);
	assert_int_equal(db_read(env->db, &env->c, series, &more), ERR_INTERNAL);
}

static enum err many_lists(struct ctx *c, void *arg)
{
	(void)arg;
	for (int round = 0; round < 2; round++)
		for (int n = 0; n < MAX_CACHED_TEXTS + 20; n++) { /* texts that differ in their length */
			struct sqlb b;
			struct person *rows;
			size_t row_n;
			sqlb_init(&b, c->a);
			sqlb_add(&b, "SELECT @cols FROM person WHERE age >= ?", ARGS(I(1)));
			for (int i = 0; i < n; i++)
				sqlb_add(&b, " AND age <> ?", ARGS(I(1000 + i)));
			sqlb_add(&b, " AND (email = ? OR email = ?) ORDER BY id", ARGS(S(STR("1")), S(STR("2"))));
			TRY(sqlb_all(c, &b, &person_shape, &rows, &row_n));
			assert_int_equal(row_n, 2);
			assert_str(rows[1].email, "2");
		}
	assert_int_equal(c->tx->conn->stmts.made_n, MAX_CACHED_TEXTS);
	struct sqlb b;
	struct number n;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT count(*) AS n FROM person", NO_ARGS);
	TRY(sqlb_one(c, &b, &number_shape, &n));
	assert_int_equal(n.n, 3);
	return OK;
}

static void made_statements(void **state)
{
	struct env *env = *state;
	for (int i = 0; i < 3; i++) {
		struct person p = {.email = str_fmt(env->a, "%d", i), .age = i};
		assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	}
	assert_int_equal(db_read(env->db, &env->c, many_lists, NULL), OK);
}

static enum err like(struct ctx *c, void *arg)
{
	struct number n;
	TRY(db_one(c, &test_sql[Q_LIKE], ARGS(S(STR("A%"))), &n));
	*(int64_t *)arg = n.n;
	return OK;
}

static void like_knows_case(void **state)
{
	struct env *env = *state;
	struct person p = {.email = STR("Ada")}, q = {.email = STR("adam")};
	int64_t n = 0;
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(db_write(env->db, &env->c, put, &q), OK);
	assert_int_equal(db_read(env->db, &env->c, like, &n), OK);
	assert_int_equal(n, 1);
}

static void commits_are_told(void **state)
{
	struct env *env = *state;
	int64_t n;
	struct person p = {.email = STR("a")};
	count_of(env);
	assert_int_equal(db_write(env->db, &env->c, count, &n), OK);
	assert_int_equal(db_write(env->db, &env->c, two_then_fail, env), ERR_NOT_ALLOWED);
	assert_int_equal(env->commit_n, 0);
	assert_int_equal(db_write(env->db, &env->c, put, &p), OK);
	assert_int_equal(env->commit_n, 1);
}

struct submitted {
	struct db_task task;
	struct ctx c;
	struct person p;
	enum err result;
	sem_t *done;
};

static void note_result(struct db_task *task, enum err result)
{
	struct submitted *s = (struct submitted *)task;
	s->result = result;
	if (s->done != NULL)
		sem_post(s->done);
}

enum { SUBMITTED_N = 40 };

/* Every fifth has the address of another; every third is a read. */
static struct submitted *submit_many(struct env *env, sem_t *done)
{
	struct submitted *all = NEW_ARRAY(env->a, SUBMITTED_N, struct submitted);
	for (int i = 0; i < SUBMITTED_N; i++) {
		struct submitted *s = &all[i];
		s->c = (struct ctx){.a = arena_open(TEST_BUDGET_BYTES)};
		s->p.email = i % 5 == 4 ? STR("taken") : str_fmt(env->a, "%d", i);
		s->p.id = 1;
		s->done = done;
		bool is_read = i % 3 == 0;
		s->task = (struct db_task){.c = &s->c, .fn = is_read ? load : put, .arg = &s->p, .is_write = !is_read,
		                           .done = note_result};
		s->result = ERR_N;
		db_submit(env->db, &s->task);
	}
	return all;
}

static int64_t check_submitted(struct submitted *all)
{
	int64_t written_n = 0;
	for (int i = 0; i < SUBMITTED_N; i++) {
		bool is_read = i % 3 == 0;
		assert_int_equal(all[i].result, is_read || i % 5 != 4 ? OK : ERR_CONFLICT);
		written_n += !is_read && all[i].result == OK;
		assert_null(all[i].c.tx);
		arena_close(all[i].c.a);
	}
	return written_n;
}

static void neighbours(void **state)
{
	struct env *env = *state;
	struct person taken = {.email = STR("taken")};
	sem_t done;
	sem_init(&done, 0, 0);
	assert_int_equal(db_write(env->db, &env->c, put, &taken), OK);
	struct submitted *all = submit_many(env, &done);
	for (int i = 0; i < SUBMITTED_N; i++)
		sem_wait(&done);
	int64_t written_n = check_submitted(all);
	assert_int_equal(count_of(env), 1 + written_n);
	sem_destroy(&done);
}

static void draining(void **state)
{
	struct env *env = *state;
	struct person taken = {.email = STR("taken")};
	assert_int_equal(db_write(env->db, &env->c, put, &taken), OK);
	struct submitted *all = submit_many(env, NULL);
	db_close(env->db);
	int64_t written_n = check_submitted(all);
	assert_int_equal(env_open(env), OK);
	assert_int_equal(count_of(env), 1 + written_n);
	assert_int_equal(db_queue_depth(env->db), 0);
}

struct crowd {
	struct env *env;
	work_fn *fn;
	int turn_n;
	int id;
	enum err result;
};

static void *be_busy(void *arg)
{
	struct crowd *me = arg;
	struct arena *a = arena_open(TEST_BUDGET_BYTES);
	for (int i = 0; i < me->turn_n && me->result == OK; i++) {
		struct ctx c = {.a = a};
		me->result = db_write(me->env->db, &c, me->fn, me);
		if (me->result != OK)
			fprintf(stderr, "%s: " STR_FMT "\n", err_name(me->result), STR_ARG(c.why.detail));
		arena_clear(a);
	}
	arena_close(a);
	return NULL;
}

enum { CROWD_N = 6, TURN_N = 25 };

static void run_crowd(struct env *env, work_fn *fn)
{
	pthread_t threads[CROWD_N];
	struct crowd crowd[CROWD_N];
	for (int i = 0; i < CROWD_N; i++) {
		crowd[i] = (struct crowd){env, fn, TURN_N, i, OK};
		pthread_create(&threads[i], NULL, be_busy, &crowd[i]);
	}
	for (int i = 0; i < CROWD_N; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(crowd[i].result, OK);
	}
}

static int64_t counter_of(struct env *env, const struct sql *q);

static enum err read_then_set(struct ctx *c, void *arg)
{
	struct number n;
	(void)arg;
	TRY(db_lock(c, 42));
	TRY(db_one(c, &test_sql[Q_NUMBER], ARGS(I(1)), &n));
	return db_exec(c, &test_sql[Q_SET], ARGS(I(1), I(n.n + 1)), NULL);
}

static enum err read_number(struct ctx *c, void *arg)
{
	struct number *n = arg;
	return db_one(c, &test_sql[Q_NUMBER], ARGS(I(1)), n);
}

static enum err read_sum(struct ctx *c, void *arg)
{
	struct number *n = arg;
	return db_one(c, &test_sql[Q_SUM], NO_ARGS, n);
}

static int64_t counter_of(struct env *env, const struct sql *q)
{
	struct number n = {-1};
	assert_int_equal(db_read(env->db, &env->c, q == &test_sql[Q_SUM] ? read_sum : read_number, &n), OK);
	return n.n;
}

static void locking(void **state)
{
	struct env *env = *state;
	run_crowd(env, read_then_set);
	assert_int_equal(counter_of(env, &test_sql[Q_NUMBER]), CROWD_N * TURN_N);
}

/* Half of them lock the rows in the other order: PostgreSQL ends one of two that wait for each other. */
static enum err move(struct ctx *c, void *arg)
{
	const struct crowd *me = arg;
	int64_t from = 1 + me->id % 2, to = 3 - from;
	TRY(db_exec(c, &test_sql[Q_ADD], ARGS(I(from), I(-1)), NULL));
	usleep(2000);
	return db_exec(c, &test_sql[Q_ADD], ARGS(I(to), I(1)), NULL);
}

static void deadlocks(void **state)
{
	struct env *env = *state;
	pthread_t threads[2];
	struct crowd crowd[2];
	for (int i = 0; i < 2; i++) {
		crowd[i] = (struct crowd){env, move, 3, i, OK};
		pthread_create(&threads[i], NULL, be_busy, &crowd[i]);
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(crowd[i].result, OK);
	}
	assert_int_equal(counter_of(env, &test_sql[Q_SUM]), 1000);
}

static enum err look_twice(struct ctx *c, void *arg)
{
	struct env *env = arg;
	struct number before, after;
	struct arena *a = arena_open(TEST_BUDGET_BYTES);
	struct ctx other = {.a = a};
	struct crowd me = {.env = env};
	TRY(db_one(c, &test_sql[Q_NUMBER], ARGS(I(2)), &before));
	enum err e = db_write(env->db, &other, move, &me);
	arena_close(a);
	TRY(e);
	TRY(db_one(c, &test_sql[Q_NUMBER], ARGS(I(2)), &after));
	assert_int_equal(before.n, after.n);
	return OK;
}

static void snapshots(void **state)
{
	struct env *env = *state;
	assert_int_equal(db_read(env->db, &env->c, look_twice, env), OK);
	assert_int_equal(counter_of(env, &test_sql[Q_NUMBER]), -1);
}

static enum err put_and_notify(struct ctx *c, void *arg)
{
	TRY(put(c, arg));
	return db_notify(c);
}

static void notifying(void **state)
{
	struct env *env = *state;
	if (!env->is_pg)
		return;
	struct env other = {.is_pg = true, .config = env->config};
	other.a = arena_open(TEST_BUDGET_BYTES);
	other.c = (struct ctx){.a = other.a};
	assert_int_equal(env_open(&other), OK);
	struct person p = {.email = STR("a")};
	assert_int_equal(db_write(env->db, &env->c, put_and_notify, &p), OK);
	for (int i = 0; i < 500 && other.commit_n == 0; i++)
		usleep(10000);
	assert_int_equal(other.commit_n, 1);
	assert_int_equal(env->commit_n, 1);
	db_close(other.db);
	arena_close(other.a);
}

static enum err put_and_lose(struct ctx *c, void *arg)
{
	struct person *p = arg;
	TRY(put(c, p));
	if (p->not_in_the_shape++ == 0) {
		env_admin(str_z(c->a, p->name),
		          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
		          " WHERE datname = current_database() AND pid <> pg_backend_pid()");
	}
	struct number n;
	return db_one(c, &test_sql[Q_COUNT], NO_ARGS, &n);
}

static void losing_connections(void **state)
{
	struct env *env = *state;
	if (!env->is_pg)
		return;
	struct person p = {.email = STR("a"), .name = env->config.url};
	enum err e = db_write(env->db, &env->c, put_and_lose, &p);
	env_show(env, e);
	assert_int_equal(e, OK);
	assert_int_equal(p.not_in_the_shape, 2); /* it ran again, from its start */
	assert_int_equal(count_of(env), 1);
}

static void unreachable(void **state)
{
	struct env *env = *state;
	struct db_config config = {.data_dir = STR("/nowhere/at/all")};
	struct db *db;
	const char *named = "/nowhere/at/all";
	if (env->is_pg) {
		config.url = STR("postgres://someone:s3cret@127.0.0.1:1/none");
		named = "127.0.0.1";
	}
	assert_int_equal(db_open(&env->c, &config, &db), ERR_BUSY);
	assert_true(str_find(env->c.why.detail, str_c(named)) >= 0);
	assert_true(str_find(env->c.why.detail, STR("s3cret")) < 0);
	struct migrate_report report;
	assert_int_equal(migrate(&env->c, &config, test_migrations, 2, &report), ERR_BUSY);
}

static void names_itself(void **state)
{
	struct env *env = *state;
	assert_int_equal(db_engine_of(env->db), env->is_pg ? DB_PG : DB_SQLITE);
	assert_true(str_starts(db_version(env->db), env->is_pg ? STR("postgresql 1") : STR("sqlite 3.")));
	assert_int_equal(db_reads_are_local(env->db), !env->is_pg);
}

#define PROMISE(sentence, f) {sentence, f, set_up, tear_down, NULL}

static const struct CMUnitTest promises[] = {
	PROMISE("a row comes back as it was put, with its id", comes_back),
	PROMISE("0 and the null string are NULL where the shape allows it, and the empty string stays empty", nulls),
	PROMISE("a NULL that the shape does not allow is refused", unexpected_null),
	PROMISE("an update changes its row only, and finds none where there is none", update),
	PROMISE("text with NUL or broken UTF-8 is refused, not cut", bad_text),
	PROMISE("a statement tells how many rows it changed", changed_rows),
	PROMISE("a broken constraint is a conflict when another row is the reason", constraints),
	PROMISE("of work that fails nothing stays", failing_work),
	PROMISE("work that goes on after a failed statement has failed", going_on),
	PROMISE("a read may not write", reading_writes),
	PROMISE("what was committed is there after reopening", reopening),
	PROMISE("a statement that does not fit its shape or its values is refused", drift),
	PROMISE("checking a table of statements names the bad one", checked_table),
	PROMISE("two statements at one address are two statements", same_address),
	PROMISE("more than MAX_ROWS rows are refused", too_many_rows),
	PROMISE("statements made at run time take their values in order, and old ones make room", made_statements),
	PROMISE("LIKE knows upper and lower case", like_knows_case),
	PROMISE("on_commit is called after commits that wrote, and only then", commits_are_told),
	PROMISE("a failing write does not touch its neighbours", neighbours),
	PROMISE("closing finishes what was submitted", draining),
	PROMISE("transactions with the same lock run one after the other", locking),
	PROMISE("of two transactions in a deadlock both succeed in the end", deadlocks),
	PROMISE("a read sees one moment", snapshots),
	PROMISE("a notification wakes other processes, once, and not its sender", notifying),
	PROMISE("work whose connection is lost before its commit runs again", losing_connections),
	PROMISE("a database that cannot be reached is named, without its password", unreachable),
	PROMISE("the database says what it is", names_itself),
};

static struct env sqlite_env, pg_env;

static int use_sqlite(void **state)
{
	*state = &sqlite_env;
	return 0;
}

static int use_pg(void **state)
{
	env_pg_start(&pg_env);
	*state = &pg_env;
	return 0;
}

static int stop_pg(void **state)
{
	env_pg_stop(*state);
	return 0;
}

int main(void)
{
	int failed_n = cmocka_run_group_tests_name("db on SQLite", promises, use_sqlite, NULL);
	if (getenv("BELLHOP_TEST_PG") == NULL) {
		puts("skipped: no PostgreSQL");
		return failed_n;
	}
	return failed_n + cmocka_run_group_tests_name("db on PostgreSQL", promises, use_pg, stop_pg);
}
