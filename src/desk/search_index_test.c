/* The way of what is written into the index of words, and out of it. */

#include "desk/desk_test_int.h"

#include "desk/search_index.h"
#include "desk/words.h"

static size_t index_all(void)
{
	enum indexed_some some = INDEXED_SOME;
	size_t n = 0;
	for (; some != INDEXED_ALL; n++) {
		fail_clear(&t->c);
		assert_ok(desk_index_some(&t->c, true, &some));
	}
	return n - 1;
}

struct asked {
	enum word_kind kind;
	const char *query;
	size_t n;
	int64_t first;
};

static enum err ask(struct ctx *c, void *arg)
{
	struct asked *asked = arg;
	struct word_query q = {.n = 0};
	int64_t *ids;
	words_asked(c, str_c(asked->query), &q);
	TRY(word_find(c, asked->kind, &q, INT64_MAX, 100, &ids, &asked->n));
	asked->first = asked->n > 0 ? ids[0] : 0;
	return OK;
}

/* The newest that has the words; 0: none. */
static int64_t find(enum word_kind kind, const char *query)
{
	struct asked asked = {.kind = kind, .query = query};
	assert_ok(test_read(t, ask, &asked));
	return asked.first;
}

static enum err oldest_due(struct ctx *c, void *arg)
{
	return word_due_oldest(c, arg);
}

static int64_t due(void)
{
	int64_t id;
	assert_ok(test_read(t, oldest_due, &id));
	return id;
}

static struct object contact(const char *email)
{
	const struct prop props[] = {{STR("email"), str_c(email)}};
	struct object o;
	t->c.who = desk.agent;
	assert_ok(try_create(TYPE_CONTACT, props, 1, &o));
	return o;
}

static void what_was_written_is_due_and_found_when_it_is_indexed(void **state)
{
	(void)state;
	struct object o = contact("ann@words.test");
	assert_int_not_equal(due(), 0);
	assert_int_equal(find(WORDS_OF_OBJECTS, "ann@words.test"), 0);
	assert_int_equal(index_all(), 1);
	assert_int_equal(due(), 0);
	assert_int_equal(find(WORDS_OF_OBJECTS, "ann@words.test"), o.id);
	assert_ok(try_update(&o, PROPS(P("firstname", "Ottoline"))));
	assert_int_not_equal(due(), 0);
	index_all();
	assert_int_equal(find(WORDS_OF_OBJECTS, "ottoline"), o.id);
	assert_ok(try_update(&o, PROPS(P("firstname", ""))));
	index_all();
	assert_int_equal(find(WORDS_OF_OBJECTS, "ottoline"), 0);
	assert_int_equal(find(WORDS_OF_OBJECTS, "ann"), o.id);
}

static void a_change_of_what_is_not_looked_into_makes_nothing_due(void **state)
{
	(void)state;
	struct object o = contact("ann@words.test");
	index_all();
	const struct prop owner = {STR("hubspot_owner_id"), str_fmt(t->c.a, "%lld", (long long)desk.agent.owner_id)};
	assert_ok(try_update(&o, &owner, 1));
	assert_int_equal(due(), 0);
}

static void a_write_that_fails_makes_nothing_due(void **state)
{
	(void)state;
	contact("ann@words.test");
	index_all();
	struct object o;
	assert_int_equal(try_create(TYPE_CONTACT, PROPS(P("email", "ann@words.test")), &o), ERR_CONFLICT);
	assert_int_equal(due(), 0);
}

static enum err forget(struct ctx *c, void *arg)
{
	const int64_t *id = arg;
	TRY(word_put(c, WORDS_OF_OBJECTS, *id, STR("left over")));
	TRY(word_put(c, WORDS_OF_MESSAGES, *id, STR("left over")));
	TRY(desk_message_due(c, *id));
	return desk_object_due(c, *id);
}

static void a_row_that_is_not_there_leaves_the_index(void **state)
{
	(void)state;
	int64_t id = 4711;
	assert_ok(test_write(t, forget, &id));
	assert_int_equal(find(WORDS_OF_OBJECTS, "left"), id);
	assert_int_equal(find(WORDS_OF_MESSAGES, "left"), id);
	index_all();
	assert_int_equal(find(WORDS_OF_OBJECTS, "left"), 0);
	assert_int_equal(find(WORDS_OF_MESSAGES, "left"), 0);
}

static enum err add_many(struct ctx *c, void *arg)
{
	const struct object *o = arg;
	for (int i = 0; i < INDEX_BATCH * 3; i++)
		TRY(desk_object_due(c, o->id));
	return OK;
}

static void what_is_due_more_than_once_is_indexed_in_batches(void **state)
{
	(void)state;
	struct object o = contact("ann@words.test");
	assert_ok(test_write(t, add_many, &o));
	assert_int_equal(index_all(), 4);
	assert_int_equal(due(), 0);
}

static void who_waits_is_told_when_the_index_is_behind(void **state)
{
	(void)state;
	bool is_current;
	index_all();
	assert_ok(desk_index_wait(&t->c, &is_current));
	assert_true(is_current);
	contact("ann@words.test");
	int64_t start = clock_monotonic_ms();
	assert_ok(desk_index_wait(&t->c, &is_current));
	assert_false(is_current);
	assert_true(clock_monotonic_ms() - start >= INDEX_WAIT_MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(what_was_written_is_due_and_found_when_it_is_indexed),
		DESK_TEST(a_change_of_what_is_not_looked_into_makes_nothing_due),
		DESK_TEST(a_write_that_fails_makes_nothing_due),
		DESK_TEST(a_row_that_is_not_there_leaves_the_index),
		DESK_TEST(what_is_due_more_than_once_is_indexed_in_batches),
		DESK_TEST(who_waits_is_told_when_the_index_is_behind),
	};
	return cmocka_run_group_tests_name("search index", tests, NULL, NULL);
}
