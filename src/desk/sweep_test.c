#include "desk/desk_test_int.h"

#include "bus/event.h"
#include "desk/sweep.h"
#include "store/session.h"

struct emit_work {
	int64_t at;
	int n;
};

static enum err emit(struct ctx *c, void *arg)
{
	const struct emit_work *w = arg;
	int64_t now = c->now;
	c->now = w->at;
	for (int i = 0; i < w->n; i++)
		TRY(bus_emit(c, EV_OUTBOX_CHANGED, &(struct event_about){.about_id = 7}));
	c->now = now;
	return OK;
}

static enum err fail_to_sign_in(struct ctx *c, void *arg)
{
	TRY(throttle_add(c, STR("peer:old"), -1));
	TRY(throttle_add(c, STR("peer:new"), MINUTES(15)));
	(void)arg;
	return OK;
}

struct look_work {
	struct event *events;
	size_t n;
	struct throttle old, fresh;
	int64_t waiting, put_aside;
};

static enum err look(struct ctx *c, void *arg)
{
	struct look_work *w = arg;
	TRY(bus_list(c, 0, 100000, &w->events, &w->n));
	TRY(throttle_load(c, STR("peer:old"), &w->old));
	TRY(throttle_load(c, STR("peer:new"), &w->fresh));
	return job_count(c, &w->waiting, &w->put_aside);
}

static enum err schedule(struct ctx *c, void *arg)
{
	(void)arg;
	return desk_sweep_schedule(c);
}

static void what_is_old_goes_and_what_is_young_stays(void **state)
{
	struct job job = {.id = 1};
	struct look_work w;
	int64_t now = t->c.now;
	(void)state;
	/* more than are removed in one transaction */
	assert_ok(test_write(t, emit, &(struct emit_work){now - DAYS(EVENT_DAYS) - 1, EVENTS_AT_ONCE + 5}));
	assert_ok(test_write(t, emit, &(struct emit_work){now - DAYS(EVENT_DAYS) + 1, 3}));
	assert_ok(test_write(t, fail_to_sign_in, NULL));
	assert_ok(test_write(t, schedule, NULL));
	assert_ok(job_sweep.run(&t->c, &job));
	assert_true(job.is_settled);

	assert_ok(test_read(t, look, &w));
	int old_n = 0, young_n = 0;
	for (size_t i = 0; i < w.n; i++) {
		old_n += w.events[i].at < now - DAYS(EVENT_DAYS);
		young_n += w.events[i].about_id == 7;
	}
	assert_int_equal(old_n, 0);
	assert_int_equal(young_n, 3);
	assert_int_equal(w.old.failure_n, 0);
	assert_int_equal(w.fresh.failure_n, 1);
}

static void the_sweep_is_scheduled_once_and_is_no_work_that_waits(void **state)
{
	struct look_work w;
	(void)state;
	assert_ok(test_write(t, schedule, NULL));
	assert_ok(test_write(t, schedule, NULL));
	assert_ok(test_read(t, look, &w));
	assert_int_equal(w.waiting, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(what_is_old_goes_and_what_is_young_stays),
		DESK_TEST(the_sweep_is_scheduled_once_and_is_no_work_that_waits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
