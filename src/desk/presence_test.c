/* Who is there, who is gone, and what is told of it. */

#include "base/arena.h"
#include "base/test.h"
#include "desk/presence.h"

enum { BUDGET = 8 << 20, ADA = 1, BEN = 2, T0 = 1000000 };

static struct ctx c;
static struct presence *p;
static struct present *news;
static int64_t next_ms;
static int told_n;

static void tell(void *arg)
{
	(void)arg;
	told_n++;
}

static int open_all(void **state)
{
	(void)state;
	c = (struct ctx){.a = arena_open(BUDGET)};
	presence_open(&c, &p);
	presence_on_news(p, tell, NULL);
	news = NEW_ARRAY(c.a, MAX_PRESENT, struct present);
	told_n = 0;
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	arena_close(c.a);
	return 0;
}

static void set(int64_t ticket_id, int64_t user_id, enum presence_state what, bool is_typing, int64_t now)
{
	presence_set(p, &(struct present){ticket_id, user_id, what, is_typing}, now);
}

static size_t take(int64_t now)
{
	return presence_take_news(p, now, news, &next_ms);
}

static void what_changes_is_told_once(void **state)
{
	(void)state;
	set(7, ADA, PRESENCE_VIEWING, false, T0);
	set(7, ADA, PRESENCE_VIEWING, false, T0 + 1);
	assert_int_equal(take(T0 + 1), 1);
	assert_int_equal(next_ms, PRESENT_MS);
	assert_int_equal(take(T0 + 2), 0);
	set(7, ADA, PRESENCE_VIEWING, false, T0 + 3);
	assert_int_equal(told_n, 2); /* news stands until it is taken; a mere beat is none */
	set(7, ADA, PRESENCE_AWAY, false, T0 + 4);
	assert_int_equal(take(T0 + 4), 1);
	assert_int_equal(news[0].state, PRESENCE_AWAY);
	assert_int_equal(next_ms, -1);
	set(7, ADA, PRESENCE_AWAY, false, T0 + 5);
	assert_int_equal(take(T0 + 5), 0);
}

static void who_is_not_heard_of_stops_typing_and_is_gone(void **state)
{
	(void)state;
	set(7, ADA, PRESENCE_REPLY, true, T0);
	assert_int_equal(take(T0), 1);
	assert_int_equal(next_ms, TYPING_MS);
	assert_int_equal(take(T0 + TYPING_MS - 1), 0);
	assert_int_equal(take(T0 + TYPING_MS), 1);
	assert_int_equal(news[0].state, PRESENCE_REPLY);
	assert_false(news[0].is_typing);
	assert_int_equal(take(T0 + PRESENT_MS - 1), 0);
	assert_int_equal(next_ms, 1);
	assert_int_equal(presence_list(p, 7, news), 1);
	assert_int_equal(take(T0 + PRESENT_MS), 1);
	assert_int_equal(news[0].state, PRESENCE_AWAY);
	assert_int_equal(presence_list(p, 0, news), 0);
}

static void each_ticket_has_its_own(void **state)
{
	(void)state;
	set(7, ADA, PRESENCE_VIEWING, false, T0);
	set(7, BEN, PRESENCE_COMMENT, true, T0);
	set(8, BEN, PRESENCE_VIEWING, false, T0);
	assert_int_equal(presence_list(p, 7, news), 2);
	assert_int_equal(presence_list(p, 8, news), 1);
	assert_int_equal(presence_list(p, 0, news), 3);
	assert_int_equal(take(T0), 3);
}

static void more_than_there_is_room_for_are_not_shown(void **state)
{
	(void)state;
	for (int i = 1; i <= MAX_PRESENT_OF_USER + 1; i++)
		set(i, ADA, PRESENCE_VIEWING, false, T0);
	assert_int_equal(presence_list(p, 0, news), MAX_PRESENT_OF_USER);
	for (int i = 1; i <= MAX_PRESENT + 10; i++)
		set(7, 100 + i, PRESENCE_VIEWING, false, T0);
	assert_int_equal(presence_list(p, 0, news), MAX_PRESENT);
	assert_int_equal(take(T0 + PRESENT_MS), MAX_PRESENT);
	set(7, BEN, PRESENCE_VIEWING, false, T0 + PRESENT_MS);
	assert_int_equal(presence_list(p, 0, news), 1);
}

static void what_another_process_was_told_counts_and_nonsense_does_not(void **state)
{
	static const char *const nonsense[] = {"", "presence", "presence 7", "presence 7 x reply 1", "presence 7 1 dancing 1", "hello 7 1 reply 1"};
	(void)state;
	for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++)
		presence_hear(p, str_c(nonsense[i]), T0);
	assert_int_equal(presence_list(p, 0, news), 0);
	presence_hear(p, STR("presence 7 1 reply 1"), T0);
	assert_int_equal(take(T0), 1);
	assert_int_equal(news[0].ticket_id, 7);
	assert_int_equal(news[0].user_id, ADA);
	assert_int_equal(news[0].state, PRESENCE_REPLY);
	assert_true(news[0].is_typing);
	presence_hear(p, STR("presence 7 1 away 0"), T0 + 1);
	assert_int_equal(take(T0 + 1), 1);
	assert_int_equal(presence_list(p, 0, news), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_changes_is_told_once, open_all, close_all),
		cmocka_unit_test_setup_teardown(who_is_not_heard_of_stops_typing_and_is_gone, open_all, close_all),
		cmocka_unit_test_setup_teardown(each_ticket_has_its_own, open_all, close_all),
		cmocka_unit_test_setup_teardown(what_another_process_was_told_counts_and_nonsense_does_not, open_all, close_all),
		cmocka_unit_test_setup_teardown(more_than_there_is_room_for_are_not_shown, open_all, close_all),
	};
	return cmocka_run_group_tests_name("presence", tests, NULL, NULL);
}
