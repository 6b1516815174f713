/* The queue by itself: leases, tries, back-off. Time is given, nothing waits. */

#include "store/test.h"

#include "base/clock.h"
#include "job/job.h"
#include "job/job_int.h"

static enum err do_nothing(struct ctx *c, struct job *job)
{
	(void)c;
	(void)job;
	return OK;
}

static const struct job_kind kind = {.kind = "test.work", .run = do_nothing, .lane = LANE_MAIL_IN, .tries = 3,
                                     .back_off_ms = MINUTES(1)};
static const struct job_kind patient = {.kind = "test.patient", .run = do_nothing, .lane = LANE_MAIL_IN, .tries = 100,
                                        .back_off_ms = MINUTES(1)};

static enum err check_statements(struct ctx *c, void *arg)
{
	(void)arg;
	return db_check_sql(c, &job_sql);
}

static void every_statement_is_prepared(void **state)
{
	struct test_db *t = *state;
	assert_ok(test_write(t, check_statements, NULL));
}

struct adding {
	const struct job_kind *kind;
	int64_t about_id;
	int64_t run_at;
};

static enum err add(struct ctx *c, void *arg)
{
	const struct adding *a = arg;
	return job_add(c, a->kind, a->about_id, STR("{\"a\":1}"), a->run_at);
}

struct leasing {
	int64_t limit;
	int64_t lease_ms;
	struct job *jobs;
	size_t n;
};

static enum err lease(struct ctx *c, void *arg)
{
	struct leasing *l = arg;
	return job_lease(c, LANE_MAIL_IN, l->limit, c->now + l->lease_ms, &l->jobs, &l->n);
}

static enum err finish(struct ctx *c, void *arg)
{
	return job_finish(c, arg);
}

static enum err finish_and_fail(struct ctx *c, void *arg)
{
	TRY(job_finish(c, arg));
	return fail(c, ERR_NOT_ALLOWED, "taken back");
}

struct failing {
	const struct job_kind *kind;
	struct job *job;
};

static enum err note_failure(struct ctx *c, void *arg)
{
	struct failing *f = arg;
	return job_failed(c, f->kind, f->job, STR("it did not work"));
}

static enum err release(struct ctx *c, void *arg)
{
	(void)arg;
	return job_release_all(c);
}

struct counts {
	int64_t waiting, put_aside;
};

static enum err count(struct ctx *c, void *arg)
{
	struct counts *n = arg;
	return job_count(c, &n->waiting, &n->put_aside);
}

static void add_one(struct test_db *t, const struct job_kind *k, int64_t about_id, int64_t run_at)
{
	assert_ok(test_write(t, add, &(struct adding){k, about_id, run_at}));
}

/* The jobs that a runner would get now, for a minute. */
static struct leasing lease_now(struct test_db *t, int64_t limit)
{
	struct leasing l = {.limit = limit, .lease_ms = MINUTES(1)};
	assert_ok(test_write(t, lease, &l));
	return l;
}

static struct job *lease_one(struct test_db *t)
{
	struct leasing l = lease_now(t, 1);
	assert_int_equal(l.n, 1);
	return l.jobs;
}

static void assert_counts(struct test_db *t, int64_t waiting, int64_t put_aside)
{
	struct counts n;
	assert_ok(test_read(t, count, &n));
	assert_int_equal(n.waiting, waiting);
	assert_int_equal(n.put_aside, put_aside);
}

static void jobs_are_leased_when_due_the_oldest_first(void **state)
{
	struct test_db *t = *state;
	add_one(t, &kind, 1, TEST_NOW + 10);
	add_one(t, &kind, 2, 0);
	add_one(t, &kind, 3, TEST_NOW - 10);
	struct leasing l = lease_now(t, 10);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.jobs[0].about_id, 3);
	assert_int_equal(l.jobs[1].about_id, 2);
	assert_int_equal(l.jobs[0].tries, 1);
	assert_text(l.jobs[0].kind, "test.work");
	assert_text(l.jobs[0].body, "{\"a\":1}");
	t->c.now += 10;
	l = lease_now(t, 10);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.jobs[0].about_id, 1);
}

static void a_leased_job_is_nobody_elses_until_the_lease_ends(void **state)
{
	struct test_db *t = *state;
	add_one(t, &kind, 1, 0);
	lease_one(t);
	t->c.now += MINUTES(1);
	assert_int_equal(lease_now(t, 10).n, 0);
	t->c.now += 1;
	assert_int_equal(lease_one(t)->tries, 2);
}

static void leases_of_an_earlier_process_can_be_ended(void **state)
{
	struct test_db *t = *state;
	add_one(t, &kind, 1, 0);
	lease_one(t);
	assert_ok(test_write(t, release, NULL));
	assert_int_equal(lease_one(t)->tries, 2);
}

static void a_job_is_done_with_the_transaction_that_finishes_it_or_not_at_all(void **state)
{
	struct test_db *t = *state;
	add_one(t, &kind, 1, 0);
	struct job *job = lease_one(t);
	assert_int_equal(test_write(t, finish_and_fail, job), ERR_NOT_ALLOWED);
	assert_counts(t, 1, 0);
	assert_ok(test_write(t, finish, job));
	assert_counts(t, 0, 0);
}

static void a_failed_job_waits_twice_as_long_each_time_and_is_put_aside_at_last(void **state)
{
	struct test_db *t = *state;
	add_one(t, &kind, 1, 0);
	static const int64_t waits[] = {MINUTES(1), MINUTES(2)};
	for (int i = 0; i < 2; i++) {
		struct failing f = {&kind, lease_one(t)};
		assert_ok(test_write(t, note_failure, &f));
		t->c.now += waits[i] - 1;
		assert_int_equal(lease_now(t, 1).n, 0);
		t->c.now += 1;
	}
	struct failing f = {&kind, lease_one(t)};
	assert_int_equal(f.job->tries, 3);
	assert_text(f.job->last_error, "it did not work");
	assert_ok(test_write(t, note_failure, &f));
	assert_counts(t, 0, 1);
	t->c.now += DAYS(30);
	assert_int_equal(lease_now(t, 1).n, 0);
}

static void back_off_ends_at_a_day(void **state)
{
	struct test_db *t = *state;
	add_one(t, &patient, 1, 0);
	for (int i = 0; i < 20; i++) {
		struct failing f = {&patient, lease_one(t)};
		assert_ok(test_write(t, note_failure, &f));
		t->c.now += DAYS(1);
	}
	assert_int_equal(lease_one(t)->tries, 21);
}

static enum err hurry(struct ctx *c, void *arg)
{
	return job_hurry(c, &kind, 1, arg);
}

static void a_job_that_waits_or_was_put_aside_can_be_hurried(void **state)
{
	struct test_db *t = *state;
	bool is_there = true;
	assert_ok(test_write(t, hurry, &is_there));
	assert_false(is_there);
	add_one(t, &kind, 1, TEST_NOW + HOURS(1));
	add_one(t, &kind, 2, TEST_NOW + HOURS(1));
	assert_ok(test_write(t, hurry, &is_there));
	assert_true(is_there);
	struct job *job = lease_one(t);
	assert_int_equal(job->about_id, 1);
	job->tries = kind.tries;
	assert_ok(test_write(t, note_failure, &(struct failing){&kind, job}));
	assert_counts(t, 1, 1);
	assert_ok(test_write(t, hurry, &is_there));
	assert_counts(t, 2, 0);
}

static enum err run_later(struct ctx *c, void *arg)
{
	return job_again_at(c, arg, c->now + HOURS(1), STR("not yet"));
}

static void a_job_that_asks_for_another_time_begins_its_tries_anew(void **state)
{
	struct test_db *t = *state;
	add_one(t, &kind, 1, 0);
	struct job *job = lease_one(t);
	assert_ok(test_write(t, run_later, job));
	assert_true(job->is_settled);
	assert_int_equal(lease_now(t, 1).n, 0);
	t->c.now += HOURS(1);
	assert_int_equal(lease_one(t)->tries, 1);
}

/* Three crashes with sixteen mails leased must not cost all sixteen their tries. */
static void what_was_tried_before_is_leased_alone(void **state)
{
	struct test_db *t = *state;
	for (int i = 1; i <= 5; i++)
		add_one(t, &kind, i, TEST_NOW - 100 + i);
	assert_int_equal(lease_now(t, 3).n, 3);
	assert_ok(test_write(t, release, NULL));
	for (int i = 1; i <= 3; i++) {
		struct leasing l = lease_now(t, 10);
		assert_int_equal(l.n, 1);
		assert_int_equal(l.jobs[0].about_id, i);
		assert_int_equal(l.jobs[0].tries, 2);
	}
	struct leasing rest = lease_now(t, 10);
	assert_int_equal(rest.n, 2);
	assert_int_equal(rest.jobs[0].tries, 1);
}

#define PROMISES(ON)                                                                     \
	{                                                                                \
		ON(every_statement_is_prepared),                                         \
		ON(jobs_are_leased_when_due_the_oldest_first),                           \
		ON(a_leased_job_is_nobody_elses_until_the_lease_ends),                   \
		ON(leases_of_an_earlier_process_can_be_ended),                           \
		ON(a_job_is_done_with_the_transaction_that_finishes_it_or_not_at_all),   \
		ON(a_failed_job_waits_twice_as_long_each_time_and_is_put_aside_at_last), \
		ON(back_off_ends_at_a_day),                                              \
		ON(a_job_that_waits_or_was_put_aside_can_be_hurried),                    \
		ON(a_job_that_asks_for_another_time_begins_its_tries_anew),              \
		ON(what_was_tried_before_is_leased_alone),                               \
	}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = PROMISES(ON_SQLITE);
	const struct CMUnitTest on_pg[] = PROMISES(ON_PG);
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
