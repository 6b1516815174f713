/* Readers and writers at work while the definitions change under them, under TSan: nobody meets half a snapshot, and every write
 * sees all changes that were committed before it. */

#include "desk/desk_test_int.h"

#include <pthread.h>
#include <stdatomic.h>

enum { READER_N = 4, WRITER_N = 2, CHANGE_N = 60 };

static _Atomic int committed; /* properties p1 … pN are there */
static _Atomic bool is_over;
static _Atomic int faults;

static struct str name_of(struct ctx *c, int i)
{
	return str_fmt(c->a, "p%d", i);
}

static enum err add(struct ctx *c, void *arg)
{
	struct property row = {.object_type = TYPE_TICKET, .name = name_of(c, *(int *)arg), .label = STR("New"),
	                       .description = STR(""), .type = STR("string"), .field_type = STR("text"),
	                       .group_name = STR("ticketinformation"), .options = STR("[]"), .kept_in = STR("")};
	TRY(property_put_built_in(c, &row));
	return definitions_changed(c);
}

/* All that were there before this unit of work began are there for it. */
static enum err look(struct ctx *c, void *arg)
{
	int n = *(int *)arg;
	const struct type_def *type = schema_type_by_id(c, TYPE_TICKET);
	for (int i = 1; i <= n; i++)
		if (schema_property(type, name_of(c, i)) == NULL)
			faults++;
	for (size_t i = 0; i < type->prop_n; i++)
		if (type->props[i].row.label.n == 0 || type->props[i].row.object_type != TYPE_TICKET)
			faults++;
	return OK;
}

static struct ctx unit(void)
{
	return (struct ctx){.a = arena_open(TEST_ARENA_BYTES),
	                    .now = TEST_NOW,
	                    .who = desk.agent,
	                    .run = &t->run,
	                    .env = &desk.env};
}

static void *work(void *arg)
{
	bool is_writer = *(bool *)arg;
	while (!is_over) {
		struct ctx c = unit();
		int n = committed;
		enum err e = is_writer ? db_write(t->db, &c, look, &n) : db_read(t->db, &c, look, &n);
		if (e != OK)
			faults++;
		arena_close(c.a);
	}
	return NULL;
}

static void definitions_change_under_readers_and_writers(void **state)
{
	static bool roles[READER_N + WRITER_N] = {[READER_N] = true, [READER_N + 1] = true};
	pthread_t threads[READER_N + WRITER_N];
	(void)state;
	for (int i = 0; i < READER_N + WRITER_N; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, &roles[i]), 0);
	for (int i = 1; i <= CHANGE_N; i++) {
		struct ctx c = unit();
		assert_ok(db_write(t->db, &c, add, &i));
		committed = i;
		arena_close(c.a);
	}
	is_over = true;
	for (int i = 0; i < READER_N + WRITER_N; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {DESK_TEST(definitions_change_under_readers_and_writers)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
