/* What db.h promises of transactions, tasks and the threads that run them, on SQLite, and on PostgreSQL where BELLHOP_TEST_PG
 * names a server. */

#include "base/test.h"
#include "db/db_test_int.h"

#include <pthread.h>
#include <semaphore.h>

enum { Q_INSERT, Q_LOAD, Q_COUNT, Q_ADD, Q_SET, Q_NUMBER, Q_SUM, Q_NEW_COUNTER };

static const struct sql test_sql[] = {
	[Q_INSERT] = {"INSERT INTO person @insert @back", &person_shape},
	[Q_LOAD] = {"SELECT @cols FROM person WHERE id = $1", &person_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM person", &number_shape},
	[Q_ADD] = {"UPDATE counter SET n = n + $2 WHERE id = $1", NULL},
	[Q_SET] = {"UPDATE counter SET n = $2 WHERE id = $1", NULL},
	[Q_NUMBER] = {"SELECT n FROM counter WHERE id = $1", &number_shape},
	[Q_SUM] = {"SELECT sum(n) AS n FROM counter", &number_shape},
	[Q_NEW_COUNTER] = {"INSERT INTO counter (id, n) VALUES ($1, $2)", NULL},
};

static enum err put(struct ctx *c, void *arg)
{
	return db_put(c, &test_sql[Q_INSERT], arg, arg);
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
	assert_true(str_find(env->c.why.detail,
	                     env->is_pg ? STR("read-only transaction") : STR("a read may not write")) >= 0);
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

static int64_t number_of(struct env *env, work_fn *fn)
{
	struct number n = {-1};
	assert_int_equal(db_read(env->db, &env->c, fn, &n), OK);
	return n.n;
}

static void locking(void **state)
{
	struct env *env = *state;
	run_crowd(env, read_then_set);
	assert_int_equal(number_of(env, read_number), CROWD_N * TURN_N);
}

static enum err read_then_set_later(struct ctx *c, void *arg)
{
	struct number n;
	(void)arg;
	TRY(db_lock_later(c, 43));
	TRY(db_lock(c, 43));
	TRY(db_one(c, &test_sql[Q_NUMBER], ARGS(I(1)), &n));
	return db_exec_later(c, &test_sql[Q_SET], ARGS(I(1), I(n.n + 1)));
}

static void locking_later(void **state)
{
	struct env *env = *state;
	run_crowd(env, read_then_set_later);
	assert_int_equal(number_of(env, read_number), CROWD_N * TURN_N);
}

enum { MANY_LATER = 1000 };

/* More than may wait, and a statement made anew among them; what was sent before is seen. */
static enum err add_many_later(struct ctx *c, void *arg)
{
	struct number n;
	for (int64_t i = 1; i <= MANY_LATER; i++) {
		TRY(db_lock_later(c, i * 64));
		TRY(db_exec_later(c, &test_sql[Q_ADD], ARGS(I(1), I(1))));
		if (i % 100 != 0)
			continue;
		TRY(db_one(c, &test_sql[Q_NUMBER], ARGS(I(1)), &n));
		assert_int_equal(n.n, i);
	}
	TRY(db_lock_later(c, 64));
	return arg ? fail(c, ERR_NOT_ALLOWED, "no") : OK;
}

static void many_later(void **state)
{
	struct env *env = *state;
	assert_int_equal(db_write(env->db, &env->c, add_many_later, env), ERR_NOT_ALLOWED);
	assert_int_equal(number_of(env, read_number), 0);
	assert_int_equal(db_write(env->db, &env->c, add_many_later, NULL), OK);
	assert_int_equal(number_of(env, read_number), MANY_LATER);
}

/* The second row is refused: by the commit on PostgreSQL, or by the statement behind it. */
static enum err add_two_later(struct ctx *c, void *arg)
{
	struct number n;
	TRY(db_exec_later(c, &test_sql[Q_NEW_COUNTER], ARGS(I(3), I(0))));
	TRY(db_exec_later(c, &test_sql[Q_NEW_COUNTER], ARGS(I(3), I(0))));
	return arg ? db_one(c, &test_sql[Q_NUMBER], ARGS(I(3)), &n) : OK;
}

static void failing_later(void **state)
{
	struct env *env = *state;
	for (int i = 0; i < 20; i++) {
		assert_int_equal(db_write(env->db, &env->c, add_two_later, i % 2 ? env : NULL), ERR_CONFLICT);
		assert_int_equal(number_of(env, read_sum), 1000);
	}
	assert_int_equal(db_write(env->db, &env->c, read_then_set_later, NULL), OK);
	assert_int_equal(number_of(env, read_number), 1);
	assert_int_equal(env->commit_n, 1);
}

/* Two want the lock of the other, and find it with the next statement. */
static enum err lock_two_later(struct ctx *c, void *arg)
{
	const struct crowd *me = arg;
	struct number n;
	TRY(db_lock(c, 50 + me->id % 2));
	usleep(2000);
	TRY(db_lock_later(c, 51 - me->id % 2));
	TRY(db_one(c, &test_sql[Q_NUMBER], ARGS(I(1)), &n));
	return db_exec_later(c, &test_sql[Q_SET], ARGS(I(1), I(n.n + 1)));
}

static void deadlocks_later(void **state)
{
	struct env *env = *state;
	pthread_t threads[2];
	struct crowd crowd[2];
	for (int i = 0; i < 2; i++) {
		crowd[i] = (struct crowd){env, lock_two_later, 1, i, OK};
		pthread_create(&threads[i], NULL, be_busy, &crowd[i]);
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(crowd[i].result, OK);
	}
	assert_int_equal(number_of(env, read_number), 2);
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
	assert_int_equal(number_of(env, read_sum), 1000);
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
	assert_int_equal(number_of(env, read_number), -1);
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

static enum err say_hello(struct ctx *c, void *arg)
{
	(void)arg;
	return db_say(c, STR("hello there"));
}

static void saying(void **state)
{
	struct env *env = *state;
	if (!env->is_pg)
		return;
	struct env other = {.is_pg = true, .config = env->config};
	other.a = arena_open(TEST_BUDGET_BYTES);
	other.c = (struct ctx){.a = other.a};
	assert_int_equal(env_open(&other), OK);
	assert_int_equal(db_read(env->db, &env->c, say_hello, NULL), OK);
	for (int i = 0; i < 500 && other.said_n == 0; i++)
		usleep(10000);
	assert_string_equal(other.said, "hello there");
	assert_int_equal(other.said_n, 1);
	assert_int_equal(other.commit_n, 0);
	assert_int_equal(env->said_n, 0);
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

#define PROMISE(sentence, f) {sentence, f, env_set_up, env_tear_down, NULL}

static const struct CMUnitTest promises[] = {
	PROMISE("of work that fails nothing stays", failing_work),
	PROMISE("work that goes on after a failed statement has failed", going_on),
	PROMISE("a read may not write", reading_writes),
	PROMISE("what was committed is there after reopening", reopening),
	PROMISE("on_commit is called after commits that wrote, and only then", commits_are_told),
	PROMISE("a failing write does not touch its neighbours", neighbours),
	PROMISE("closing finishes what was submitted", draining),
	PROMISE("transactions with the same lock run one after the other", locking),
	PROMISE("so do those whose lock comes with their next statement", locking_later),
	PROMISE("statements that nobody waits for are run in their order, however many", many_later),
	PROMISE("one that fails takes its transaction with it, and no other", failing_later),
	PROMISE("of two that wait for locks of each other both succeed in the end", deadlocks_later),
	PROMISE("of two transactions in a deadlock both succeed in the end", deadlocks),
	PROMISE("a read sees one moment", snapshots),
	PROMISE("a notification wakes other processes, once, and not its sender", notifying),
	PROMISE("words of a transaction that only reads are heard by other processes, not by who said them", saying),
	PROMISE("work whose connection is lost before its commit runs again", losing_connections),
	PROMISE("a database that cannot be reached is named, without its password", unreachable),
	PROMISE("the database says what it is", names_itself),
};

int main(void)
{
	return ENV_RUN("db work", promises);
}
