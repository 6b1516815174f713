/* What readers of events may rely on, whoever writes at the same time. */

#include "store/test.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "bus/event.h"

enum { WRITER_N = 6, EVENTS_EACH = 40, MAX_LISTED = 1000 };

static enum err check_statements(struct ctx *c, void *arg)
{
	(void)arg;
	return db_check_sql(c, &event_sql);
}

static void every_statement_is_prepared(void **state)
{
	struct test_db *t = *state;
	assert_ok(test_write(t, check_statements, NULL));
}

static enum err emit(struct ctx *c, void *arg)
{
	const struct event_about *about = arg;
	return bus_emit(c, EV_TICKET_CREATED, about);
}

static enum err emit_and_fail(struct ctx *c, void *arg)
{
	TRY(emit(c, arg));
	return fail(c, ERR_NOT_ALLOWED, "taken back");
}

struct listing {
	int64_t after;
	struct event *events;
	size_t n;
	int64_t newest;
};

static enum err list(struct ctx *c, void *arg)
{
	struct listing *l = arg;
	TRY(bus_newest(c, &l->newest));
	return bus_list(c, l->after, MAX_LISTED, &l->events, &l->n);
}

static void an_event_is_there_with_its_change_and_only_then(void **state)
{
	struct test_db *t = *state;
	struct event_about about = {.about_id = 7, .ticket_id = 8, .message_id = 9, .body = STR("{\"a\":1}")};
	struct listing l = {0};
	t->c.who = (struct actor){.kind = ACTOR_USER, .user_id = 3};
	assert_ok(test_read(t, list, &l));
	assert_int_equal(l.newest, 0);
	assert_ok(test_write(t, emit, &about));
	assert_int_equal(test_write(t, emit_and_fail, &about), ERR_NOT_ALLOWED);
	assert_ok(test_read(t, list, &l));
	assert_int_equal(l.n, 1);
	assert_int_equal(l.newest, l.events[0].id);
	assert_text(l.events[0].kind, "ticket.created");
	assert_int_equal(l.events[0].at, TEST_NOW);
	assert_int_equal(l.events[0].user_id, 3);
	assert_int_equal(l.events[0].about_id, 7);
	assert_int_equal(l.events[0].ticket_id, 8);
	assert_int_equal(l.events[0].message_id, 9);
	assert_text(l.events[0].body, "{\"a\":1}");
}

static void every_kind_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < EVENT_KIND_N; i++) {
		assert_true(str_find_byte(event_kind_name((enum event_kind)i), '.') > 0);
		for (int k = 0; k < i; k++)
			assert_false(str_eq(event_kind_name((enum event_kind)i), event_kind_name((enum event_kind)k)));
	}
}

/* Writers that take their time between the event and the commit, and one reader that never looks back: an id that appeared behind
 * one it has seen would be missing from its count. */

struct writer {
	struct test_db *t;
	int number;
	pthread_t thread;
	_Atomic int *left;
	enum err result;
};

static enum err emit_slowly(struct ctx *c, void *arg)
{
	const struct writer *w = arg;
	const struct event_about about = {.about_id = w->number};
	TRY(bus_emit(c, EV_OBJECT_CHANGED, &about));
	struct timespec pause = {.tv_nsec = 100000 * (w->number % 3)};
	nanosleep(&pause, NULL);
	return w->number % 4 == 3 && c->now % 5 == 0 ? fail(c, ERR_NOT_ALLOWED, "taken back") : OK;
}

static void *write_events(void *arg)
{
	struct writer *w = arg;
	for (int i = 0; i < EVENTS_EACH; i++) {
		struct ctx c = {.a = arena_open(TEST_ARENA_BYTES), .now = i};
		enum err e = db_write(w->t->db, &c, emit_slowly, w);
		if (e != OK && e != ERR_NOT_ALLOWED)
			w->result = e;
		arena_close(c.a);
	}
	(*w->left)--;
	return NULL;
}

static void a_reader_that_keeps_the_last_id_misses_no_event_of_concurrent_writers(void **state)
{
	struct test_db *t = *state;
	struct writer writers[WRITER_N];
	_Atomic int left = WRITER_N;
	struct listing l = {0}, all = {0};
	size_t seen = 0;
	for (int i = 0; i < WRITER_N; i++) {
		writers[i] = (struct writer){.t = t, .number = i, .left = &left};
		assert_int_equal(pthread_create(&writers[i].thread, NULL, write_events, &writers[i]), 0);
	}
	for (bool is_last = false; !is_last || l.n > 0;) {
		is_last = left == 0;
		struct ctx c = {.a = arena_open(TEST_ARENA_BYTES)};
		assert_int_equal(db_read(t->db, &c, list, &l), OK);
		for (size_t i = 0; i < l.n; i++) {
			assert_true(l.events[i].id > l.after);
			l.after = l.events[i].id;
		}
		seen += l.n;
		arena_close(c.a);
	}
	for (int i = 0; i < WRITER_N; i++) {
		pthread_join(writers[i].thread, NULL);
		assert_int_equal(writers[i].result, OK);
	}
	assert_ok(test_read(t, list, &all));
	assert_int_equal(seen, all.n);
	assert_int_equal(all.n, WRITER_N * EVENTS_EACH - EVENTS_EACH / 5);
}

#define PROMISES(ON)                                                                       \
	{                                                                                  \
		ON(every_statement_is_prepared),                                           \
		ON(every_kind_has_a_name_of_its_own),                                      \
		ON(an_event_is_there_with_its_change_and_only_then),                       \
		ON(a_reader_that_keeps_the_last_id_misses_no_event_of_concurrent_writers), \
	}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = PROMISES(ON_SQLITE);
	const struct CMUnitTest on_pg[] = PROMISES(ON_PG);
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
