/* Many who come and go while their news are taken, under TSan: nobody is there twice, and in the end nobody is left. */

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/test.h"
#include "desk/presence.h"

enum { USER_N = 4, ROUND_N = 400, TICKET_N = 5, BUDGET = 8 << 20 };

static struct presence *p;
static _Atomic int wakes;

static void wake(void *arg)
{
	(void)arg;
	wakes++;
}

static void *come_and_go(void *arg)
{
	int64_t user_id = *(int *)arg;
	for (int i = 0; i < ROUND_N; i++) {
		const struct present is = {1 + i % TICKET_N, user_id, i % 3 ? PRESENCE_REPLY : PRESENCE_VIEWING, i % 2};
		presence_set(p, &is, i);
	}
	for (int i = 1; i <= TICKET_N; i++)
		presence_set(p, &(struct present){i, user_id, PRESENCE_AWAY, false}, ROUND_N);
	return NULL;
}

static void users_come_and_go_while_news_are_taken(void **state)
{
	static int users[USER_N] = {1, 2, 3, 4};
	pthread_t threads[USER_N];
	struct ctx c = {.a = arena_open(BUDGET)};
	struct present *out = NEW_ARRAY(c.a, MAX_PRESENT, struct present);
	int64_t next_ms;
	(void)state;
	presence_open(&c, &p);
	presence_on_news(p, wake, NULL);
	for (int i = 0; i < USER_N; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, come_and_go, &users[i]), 0);
	for (int i = 0; i < ROUND_N; i++) {
		assert_true(presence_take_news(p, i, out, &next_ms) <= USER_N * TICKET_N);
		assert_true(presence_list(p, 1, out) <= USER_N);
	}
	for (int i = 0; i < USER_N; i++)
		pthread_join(threads[i], NULL);
	presence_take_news(p, ROUND_N, out, &next_ms);
	assert_int_equal(presence_list(p, 0, out), 0);
	assert_true(wakes > 0);
	arena_close(c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(users_come_and_go_while_news_are_taken)};
	return cmocka_run_group_tests_name("presence, many threads", tests, NULL, NULL);
}
