/* Runners at work, with real threads. A test waits for what it expects and fails after ten seconds. */

#include "store/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "job/job_int.h"
#include "job/runner.h"

enum { JOB_N = 60, PATIENCE_MS = 10000 };

/* What the job functions below note; they get nothing else from the test. */
static _Atomic int runs[JOB_N + 1];
static _Atomic int run_n;
static _Atomic int failures_wanted;

static enum err finish(struct ctx *c, void *arg)
{
	return job_finish(c, arg);
}

static enum err note_run(struct ctx *c, struct job *job)
{
	runs[job->about_id]++;
	run_n++;
	if (failures_wanted > 0) {
		failures_wanted--;
		return fail(c, ERR_OUTSIDE, "not this time");
	}
	return OK;
}

static enum err finish_itself(struct ctx *c, struct job *job)
{
	runs[job->about_id]++;
	run_n++;
	return c->run->write(c->run->self, c, finish, job);
}

static const struct job_kind plain = {
	.kind = "test.plain", .run = note_run, .lane = LANE_MAIL_IN, .tries = 3, .back_off_ms = 1};
static const struct job_kind own = {
	.kind = "test.own", .run = finish_itself, .lane = LANE_MAIL_IN, .tries = 3, .back_off_ms = 1};
static const struct job_kind stray = {
	.kind = "test.stray", .run = note_run, .lane = LANE_MAIL_IN, .tries = 3, .back_off_ms = 1};
static const struct job_kind *const kinds[] = {&plain, &own};

static struct job_runner *open_runner(struct test_db *t)
{
	struct job_runner *r = NULL;
	const struct job_runner_config config = {
		.kinds = kinds,
		.kind_n = 2,
		.lanes = {[LANE_MAIL_IN] = {.thread_n = 3, .batch_n = 4, .lease_ms = MINUTES(5)}},
		.run = &t->run,
	};
	for (int i = 0; i <= JOB_N; i++)
		runs[i] = 0;
	run_n = 0;
	log_set_level(LOG_ERROR + 1); /* failures are wanted here */
	assert_ok(job_runner_open(&t->c, &config, &r));
	return r;
}

struct adding {
	const struct job_kind *kind;
	int n;
};

static enum err add(struct ctx *c, void *arg)
{
	const struct adding *a = arg;
	for (int i = 1; i <= a->n; i++)
		TRY(job_add(c, a->kind, i, STR_NULL, TEST_NOW - HOURS(10000)));
	return OK;
}

struct counts {
	int64_t waiting, put_aside;
};

static enum err count(struct ctx *c, void *arg)
{
	struct counts *n = arg;
	return job_count(c, &n->waiting, &n->put_aside);
}

static void wait_for_counts(struct test_db *t, struct job_runner *r, int64_t waiting, int64_t put_aside)
{
	struct counts n = {-1, -1};
	struct timespec pause = {.tv_nsec = 2000000};
	for (int64_t end = clock_monotonic_ms() + PATIENCE_MS; clock_monotonic_ms() < end;) {
		assert_ok(test_read(t, count, &n));
		if (n.waiting == waiting && n.put_aside == put_aside)
			return;
		job_runner_wake(r);
		nanosleep(&pause, NULL);
	}
	test_fail(__FILE__, __LINE__, "%lld wait and %lld are put aside", (long long)n.waiting, (long long)n.put_aside);
}

static void two_runners_take_every_job_once(void **state)
{
	struct test_db *t = *state;
	struct job_runner *one = open_runner(t), *two = open_runner(t);
	assert_ok(test_write(t, add, &(struct adding){&plain, JOB_N}));
	job_runner_wake(one);
	job_runner_wake(two);
	wait_for_counts(t, two, 0, 0);
	job_runner_close(one);
	job_runner_close(two);
	for (int i = 1; i <= JOB_N; i++)
		assert_int_equal(runs[i], 1);
}

static void a_job_may_finish_itself(void **state)
{
	struct test_db *t = *state;
	struct job_runner *r = open_runner(t);
	assert_ok(test_write(t, add, &(struct adding){&own, 5}));
	wait_for_counts(t, r, 0, 0);
	job_runner_close(r);
	assert_int_equal(run_n, 5);
}

static void a_job_that_fails_is_run_again_until_it_succeeds(void **state)
{
	struct test_db *t = *state;
	struct job_runner *r = open_runner(t);
	failures_wanted = 2;
	assert_ok(test_write(t, add, &(struct adding){&plain, 1}));
	wait_for_counts(t, r, 0, 0);
	job_runner_close(r);
	assert_int_equal(run_n, 3);
}

static void a_job_that_always_fails_is_put_aside_after_its_last_try(void **state)
{
	struct test_db *t = *state;
	struct job_runner *r = open_runner(t);
	failures_wanted = 100;
	assert_ok(test_write(t, add, &(struct adding){&plain, 1}));
	wait_for_counts(t, r, 0, 1);
	job_runner_close(r);
	assert_int_equal(run_n, 3);
	failures_wanted = 0;
}

static void a_job_of_a_kind_that_is_not_known_is_put_aside_and_holds_up_nobody(void **state)
{
	struct test_db *t = *state;
	struct job_runner *r = open_runner(t);
	assert_ok(test_write(t, add, &(struct adding){&stray, 1}));
	assert_ok(test_write(t, add, &(struct adding){&plain, 3}));
	wait_for_counts(t, r, 0, 1);
	job_runner_close(r);
	assert_int_equal(run_n, 3);
}

static enum err crash_all_tries(struct ctx *c, void *arg)
{
	(void)arg;
	for (int i = 0; i < plain.tries; i++) {
		struct job *jobs;
		size_t n;
		TRY(job_lease(c, LANE_MAIL_IN, 1, 0, &jobs, &n));
		assert_int_equal(n, 1);
		assert_int_equal(jobs[0].tries, i + 1);
	}
	return OK;
}

/* The lease is there, the end of the job is not: what a crash leaves behind. */
static void a_job_whose_last_try_ended_the_process_is_put_aside_without_another(void **state)
{
	struct test_db *t = *state;
	assert_ok(test_write(t, add, &(struct adding){&plain, 1}));
	assert_ok(test_write(t, crash_all_tries, NULL));
	struct job_runner *r = open_runner(t);
	wait_for_counts(t, r, 0, 1);
	job_runner_close(r);
	assert_int_equal(run_n, 0);
}

#define PROMISES(ON)                                                                     \
	{                                                                                \
		ON(two_runners_take_every_job_once),                                     \
		ON(a_job_may_finish_itself),                                             \
		ON(a_job_that_fails_is_run_again_until_it_succeeds),                     \
		ON(a_job_that_always_fails_is_put_aside_after_its_last_try),             \
		ON(a_job_of_a_kind_that_is_not_known_is_put_aside_and_holds_up_nobody),  \
		ON(a_job_whose_last_try_ended_the_process_is_put_aside_without_another), \
	}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = PROMISES(ON_SQLITE);
	const struct CMUnitTest on_pg[] = PROMISES(ON_PG);
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
