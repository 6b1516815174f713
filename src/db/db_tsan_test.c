/* Eight who write, some who read and some who submit, all at once, under TSan. Also the sums are right: every transfer leaves the
 * total as it was, every reader sees it so, and every insert that was answered well is there. */

#include "base/test.h"
#include "db/db_test_int.h"

#include <pthread.h>

enum { PRODUCER_N = 8, READER_N = 3, TURN_N = 60 };

enum { Q_INSERT, Q_ADD, Q_SUM, Q_COUNT };

static const struct sql test_sql[] = {
	[Q_INSERT] = {"INSERT INTO person @insert @back", &person_shape},
	[Q_ADD] = {"UPDATE counter SET n = n + $2 WHERE id = $1", NULL},
	[Q_SUM] = {"SELECT sum(n) AS n FROM counter", &number_shape},
	[Q_COUNT] = {"SELECT count(*) AS n FROM person", &number_shape},
};

struct worker {
	struct db_task task;
	struct ctx c;
	struct env *env;
	int id;
	int turn;
	enum err result;
	_Atomic bool is_done;
};

static enum err transfer(struct ctx *c, void *arg)
{
	struct worker *w = arg;
	struct person p = {.email = str_fmt(c->a, "%d of %d", w->turn, w->id)};
	TRY(db_put(c, &test_sql[Q_INSERT], &p, &p));
	TRY(db_exec(c, &test_sql[Q_ADD], ARGS(I(1), I(-w->id)), NULL));
	TRY(db_exec(c, &test_sql[Q_ADD], ARGS(I(2), I(w->id)), NULL));
	return w->turn % 7 == 6 ? fail(c, ERR_NOT_ALLOWED, "every seventh is taken back") : OK;
}

static enum err look(struct ctx *c, void *arg)
{
	struct number n;
	(void)arg;
	TRY(db_one(c, &test_sql[Q_SUM], NO_ARGS, &n));
	return n.n == 1000 ? OK : fail(c, ERR_STALE, "the sum is wrong");
}

static enum err count(struct ctx *c, void *arg)
{
	return db_one(c, &test_sql[Q_COUNT], NO_ARGS, arg);
}

static void note_result(struct db_task *task, enum err result)
{
	struct worker *w = (struct worker *)task;
	w->result = result;
	w->is_done = true;
}

static enum err expected(const struct worker *w)
{
	return w->turn % 7 == 6 ? ERR_NOT_ALLOWED : OK;
}

/* Producers with even numbers wait in db_write, the others submit. */
static void *produce(void *arg)
{
	struct worker *w = arg;
	w->c.a = arena_open(TEST_BUDGET_BYTES);
	for (w->turn = 0; w->turn < TURN_N; w->turn++) {
		w->c = (struct ctx){.a = w->c.a};
		if (w->id % 2 == 0) {
			w->result = db_write(w->env->db, &w->c, transfer, w);
		} else {
			w->is_done = false;
			w->task = (struct db_task){
				.c = &w->c, .fn = transfer, .arg = w, .is_write = true, .done = note_result};
			db_submit(w->env->db, &w->task);
			while (!w->is_done)
				usleep(100);
		}
		check(w->result == expected(w));
		db_queue_depth(w->env->db);
		arena_clear(w->c.a);
	}
	arena_close(w->c.a);
	return NULL;
}

static void *consume(void *arg)
{
	struct worker *w = arg;
	w->c.a = arena_open(TEST_BUDGET_BYTES);
	for (w->turn = 0; w->turn < TURN_N; w->turn++) {
		w->c = (struct ctx){.a = w->c.a};
		check(db_read(w->env->db, &w->c, look, w) == OK);
		w->is_done = false;
		w->task = (struct db_task){.c = &w->c, .fn = look, .arg = w, .done = note_result};
		db_submit(w->env->db, &w->task);
		while (!w->is_done)
			usleep(100);
		check(w->result == OK);
		arena_clear(w->c.a);
	}
	arena_close(w->c.a);
	return NULL;
}

static void all_at_once(void **state)
{
	struct env *env = *state;
	pthread_t threads[PRODUCER_N + READER_N];
	struct worker workers[PRODUCER_N + READER_N] = {0};
	int good_n = 0;
	env_prepare(env);
	assert_int_equal(env_migrate(env, test_migrations, 2), OK);
	assert_int_equal(env_open(env), OK);
	for (int i = 0; i < PRODUCER_N + READER_N; i++) {
		workers[i].env = env;
		workers[i].id = i;
		pthread_create(&threads[i], NULL, i < PRODUCER_N ? produce : consume, &workers[i]);
	}
	for (int i = 0; i < PRODUCER_N + READER_N; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < TURN_N; i++)
		good_n += i % 7 != 6;
	struct number n;
	assert_int_equal(db_read(env->db, &env->c, count, &n), OK);
	assert_int_equal(n.n, PRODUCER_N * good_n);
	assert_true(env->commit_n > 0);
	env_clean(env);
}

int main(void)
{
	const struct CMUnitTest promises[] = {
		cmocka_unit_test(all_at_once),
	};
	return ENV_RUN("db threads", promises);
}
