/* Eight agents at once on one desk, with the job runner at work, under TSan: tickets are made and changed through db_write and read
 * through db_read. In the end every change is there: versions, history and events agree. */

#include "desk/desk_test_int.h"

#include <pthread.h>
#include <stdatomic.h>

#include "bus/event.h"
#include "desk/view.h"
#include "job/runner.h"

enum { AGENT_N = 8, TURN_N = 25, PATIENCE_MS = 60000 };

static _Atomic int jobs_done;

static enum err finish(struct ctx *c, void *arg)
{
	return job_finish(c, arg);
}

static enum err run_job(struct ctx *c, struct job *job)
{
	enum err e = c->run->write(c->run->self, c, finish, job);
	jobs_done += e == OK;
	return e;
}

static const struct job_kind job_test = {
	.kind = "test", .run = run_job, .lane = LANE_MAIL_IN, .tries = 9, .back_off_ms = 1};

struct agent {
	pthread_t thread;
	int number;
	int64_t shared_id; /* the ticket that all of them change */
	int64_t own_id;
	int turn;
	struct object out;
	struct ticket_row *rows;
	size_t row_n;
	int64_t count;
	enum err result;
};

static enum err create(struct ctx *c, void *arg)
{
	struct agent *a = arg;
	const struct prop props[] = {{STR("subject"), str_fmt(c->a, "of agent %d", a->number)}, P("hs_pipeline_stage", "1")};
	const struct object_in in = {.props = props, .prop_n = 2};
	TRY(desk_object_create(c, schema_type_by_id(c, TYPE_TICKET), &in, &a->out));
	return job_add(c, &job_test, a->out.id, STR_NULL, 0);
}

static enum err change(struct ctx *c, void *arg)
{
	struct agent *a = arg;
	const struct prop props[] = {{STR("source_ref"), str_fmt(c->a, "%d of %d", a->turn, a->number)}};
	const struct object_in in = {.props = props, .prop_n = 1};
	int64_t id = a->turn % 2 ? a->shared_id : a->own_id;
	return desk_object_update(c, schema_type_by_id(c, TYPE_TICKET), id, &in, &a->out);
}

static enum err read_lists(struct ctx *c, void *arg)
{
	struct agent *a = arg;
	struct view open;
	TRY(desk_view(c, STR("open"), &open));
	TRY(desk_view_count(c, &open, &(struct view_ask){.limit = 0}, MAX_VIEW_COUNT, &a->count));
	TRY(desk_view_list(c, &open, &(struct view_ask){.limit = 100}, &a->rows, &a->row_n));
	return a->row_n >= 1 && (int64_t)a->row_n == a->count ? OK
	                                                      : fail(c, ERR_STALE, "the list and its count differ");
}

static enum err one_turn(struct agent *a)
{
	struct ctx c = {.a = arena_open(TEST_ARENA_BYTES), .now = TEST_NOW + a->turn, .who = desk.agent, .run = &t->run,
	                .env = &desk.env};
	enum err e = OK;
	if (a->turn == 0) {
		e = db_write(t->db, &c, create, a);
		a->own_id = a->out.id;
	}
	if (e == OK)
		e = db_write(t->db, &c, change, a);
	if (e == OK)
		e = db_read(t->db, &c, read_lists, a);
	if (e != OK)
		fprintf(stderr, "agent %d: " STR_FMT "\n", a->number, STR_ARG(c.why.detail));
	arena_close(c.a);
	return e;
}

static void *work(void *arg)
{
	struct agent *a = arg;
	for (a->turn = 0; a->turn < TURN_N && a->result == OK; a->turn++)
		a->result = one_turn(a);
	return NULL;
}

struct listing {
	struct event *events;
	size_t n;
};

static enum err list_events(struct ctx *c, void *arg)
{
	struct listing *l = arg;
	return bus_list(c, 0, 10000, &l->events, &l->n);
}

static void agents_at_work_at_once_lose_no_change(void **state)
{
	static struct agent agents[AGENT_N];
	static const struct job_kind *const kinds[] = {&job_test};
	const struct job_runner_config config = {
		.kinds = kinds,
		.kind_n = 1,
		.lanes = {[LANE_MAIL_IN] = {.thread_n = 2, .batch_n = 4, .lease_ms = MINUTES(5)}},
		.run = &t->run,
		.env = &desk.env,
	};
	struct job_runner *runner;
	struct object shared = new_ticket("of all");
	(void)state;
	jobs_done = 0;
	assert_ok(job_runner_open(&t->c, &config, &runner));
	for (int i = 0; i < AGENT_N; i++) {
		agents[i] = (struct agent){.number = i, .shared_id = shared.id};
		assert_int_equal(pthread_create(&agents[i].thread, NULL, work, &agents[i]), 0);
	}
	for (int i = 0; i < AGENT_N; i++) {
		pthread_join(agents[i].thread, NULL);
		assert_int_equal(agents[i].result, OK);
		job_runner_wake(runner);
	}
	struct timespec pause = {.tv_nsec = 2000000};
	for (int64_t end = clock_monotonic_ms() + PATIENCE_MS; jobs_done < AGENT_N && clock_monotonic_ms() < end;)
		nanosleep(&pause, NULL);
	job_runner_close(runner);
	assert_int_equal(jobs_done, AGENT_N);

	int64_t shared_changes = AGENT_N * (TURN_N / 2);
	assert_int_equal(reload(&shared).version, 1 + shared_changes);
	struct listing l;
	assert_ok(test_read(t, list_events, &l));
	assert_int_equal(l.n, 1 + AGENT_N + AGENT_N * TURN_N);
}

int main(void)
{
	const struct CMUnitTest tests[] = {DESK_TEST(agents_at_work_at_once_lose_no_change)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
