/* The life of a delivery with a clock that can be moved: read once, tried again within a day, given up, kept for a month. */

#include "desk/desk_test_int.h"

#include "desk/app.h"
#include "desk/webhook.h"
#include "desk/webhook_read.h"
#include "desk/webhook_send.h"

struct hook {
	struct connected_app app;
	struct webhook_place place;
	struct webhook_call *calls;
	size_t call_n;
	struct webhook_outcome outcome;
	struct webhook_delivery *log;
	size_t log_n;
	int64_t next_try_at;
	bool is_due;
	int64_t removed;
};

static enum err connect(struct ctx *c, void *arg)
{
	struct hook *h = arg;
	const struct app_in in = {.name = STR("Test"), .scopes = STR("")};
	const struct webhook_target_in target = {STR("https://app.test/"), 2};
	const struct webhook_subscription_in wants = {.event_type = STR("ticket.creation"), .is_active = true};
	struct app_secrets secrets;
	struct webhook_target t_out;
	struct webhook_subscription s;
	TRY(desk_app_create(c, &in, &h->app, &secrets));
	TRY(desk_webhook_target_set(c, h->app.id, &target, &t_out));
	return desk_webhook_subscribe(c, h->app.id, &wants, &s);
}

static enum err look(struct ctx *c, void *arg)
{
	return desk_webhook_look(c, &((struct hook *)arg)->place);
}

static enum err read_on(struct ctx *c, void *arg)
{
	return desk_webhook_read(c, &((struct hook *)arg)->place);
}

static enum err take(struct ctx *c, void *arg)
{
	struct hook *h = arg;
	return desk_webhook_take(c, 100, 0, &h->calls, &h->call_n);
}

static enum err note(struct ctx *c, void *arg)
{
	return desk_webhook_note(c, &((struct hook *)arg)->outcome, 1);
}

static enum err read_log(struct ctx *c, void *arg)
{
	struct hook *h = arg;
	const struct webhook_find find = {.before = INT64_MAX, .limit = 1000};
	struct webhook_batch b;
	TRY(desk_webhook_is_due(c, &h->is_due));
	TRY(desk_webhook_deliveries(c, &find, &h->log, &h->log_n));
	if (h->log_n == 0 || h->log[0].batch_id == 0)
		return OK;
	TRY(webhook_batch_load(c, h->log[0].batch_id, &b));
	h->next_try_at = b.next_try_at;
	return OK;
}

static enum err sweep(struct ctx *c, void *arg)
{
	return desk_webhook_sweep(c, &((struct hook *)arg)->removed);
}

static void read_all(struct hook *h)
{
	do {
		assert_ok(test_read(t, look, h));
		h->place.event_id = h->place.next_id;
		if (!h->place.has_work)
			continue;
		assert_ok(test_write(t, read_on, h));
		h->place.event_id = h->place.next_id;
	} while (h->place.has_more);
}

static void fail_now(struct hook *h, int status)
{
	h->outcome = (struct webhook_outcome){.batch_id = h->calls[0].batch_id, .began_at = t->c.now, .status = status};
	assert_ok(test_write(t, note, h));
}

static void ten_tries_more_within_a_day(void **state)
{
	struct hook h = {0};
	(void)state;
	assert_ok(test_write(t, connect, &h));
	new_ticket("One");
	read_all(&h);
	int64_t began = t->c.now;
	for (int tries = 1; tries <= MAX_RETRIES + 1; tries++) {
		assert_ok(test_write(t, take, &h));
		assert_int_equal(h.call_n, 1);
		struct str number = str_fmt(t->c.a, ",\"attemptNumber\":%d}]", tries - 1);
		assert_true(str_ends(h.calls[0].body, number));
		int64_t now = t->c.now;
		assert_ok(test_write(t, take, &h)); /* it is on its way */
		assert_int_equal(h.call_n, 0);
		h.calls = NEW(t->c.a, struct webhook_call);
		assert_ok(test_read(t, read_log, &h));
		h.calls[0].batch_id = h.log[0].batch_id;
		fail_now(&h, tries % 2 ? 500 : 0);
		assert_ok(test_read(t, read_log, &h));
		if (tries <= MAX_RETRIES) {
			assert_true(str_eq(h.log[0].state, STR("WAITING")));
			assert_true(h.next_try_at > now);
			assert_false(h.is_due);
			t->c.now = h.next_try_at;
		}
	}
	assert_true(t->c.now - began <= HOURS(24));
	assert_true(t->c.now - began >= HOURS(20));
	assert_true(str_eq(h.log[0].state, STR("PUT_ASIDE")));
	t->c.now += DAYS(2);
	assert_ok(test_write(t, take, &h));
	assert_int_equal(h.call_n, 0);
}

static void who_reads_again_from_the_start_records_nothing_twice(void **state)
{
	struct hook h = {0};
	(void)state;
	new_ticket("Before anybody wanted to know");
	assert_ok(test_write(t, connect, &h));
	new_ticket("One");
	new_ticket("Two");
	read_all(&h);
	h.place = (struct webhook_place){0}; /* another process */
	read_all(&h);
	assert_ok(test_read(t, read_log, &h));
	assert_int_equal(h.log_n, 2);
}

static void what_a_dead_process_had_is_due_after_its_lease(void **state)
{
	struct hook h = {0};
	(void)state;
	assert_ok(test_write(t, connect, &h));
	new_ticket("One");
	read_all(&h);
	assert_ok(test_write(t, take, &h));
	assert_int_equal(h.call_n, 1);
	t->c.now += LEASE_MS - 1;
	assert_ok(test_write(t, take, &h));
	assert_int_equal(h.call_n, 0);
	t->c.now += 1;
	assert_ok(test_write(t, take, &h));
	assert_int_equal(h.call_n, 1);
	assert_true(str_ends(h.calls[0].body, STR(",\"attemptNumber\":1}]"))); /* it counts: it may have been what killed it */
}

static void the_log_is_kept_for_a_month(void **state)
{
	struct hook h = {0};
	(void)state;
	assert_ok(test_write(t, connect, &h));
	new_ticket("Old");
	read_all(&h);
	t->c.now += DAYS(DELIVERY_DAYS) - 1;
	new_ticket("Young");
	read_all(&h);
	assert_ok(test_write(t, sweep, &h));
	assert_ok(test_read(t, read_log, &h));
	assert_int_equal(h.log_n, 2);
	t->c.now += 2;
	assert_ok(test_write(t, sweep, &h));
	assert_ok(test_read(t, read_log, &h));
	assert_int_equal(h.log_n, 1);
	assert_int_equal(h.removed, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(ten_tries_more_within_a_day),
		DESK_TEST(who_reads_again_from_the_start_records_nothing_twice),
		DESK_TEST(what_a_dead_process_had_is_due_after_its_lease),
		DESK_TEST(the_log_is_kept_for_a_month),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
