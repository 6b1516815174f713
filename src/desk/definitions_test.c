/* The snapshot of the definitions: who sees which, and for how long. */

#include "desk/desk_test_int.h"

#include "store/schema.h"

static struct ctx unit(void)
{
	return (struct ctx){.a = arena_open(TEST_ARENA_BYTES),
	                    .now = TEST_NOW,
	                    .who = desk.agent,
	                    .run = &t->run,
	                    .env = &desk.env};
}

struct new_property {
	const char *name;
	bool has_seen_before;
	bool has_seen_after;
	bool fails;
};

static bool knows(struct ctx *c, const char *name)
{
	return schema_property(schema_type_by_id(c, TYPE_TICKET), str_c(name)) != NULL;
}

static enum err add(struct ctx *c, void *arg)
{
	struct new_property *p = arg;
	struct property row = {.object_type = TYPE_TICKET,
	                       .name = str_c(p->name),
	                       .label = STR("New"),
	                       .description = STR(""),
	                       .type = STR("string"),
	                       .field_type = STR("text"),
	                       .group_name = STR("ticketinformation"),
	                       .options = STR("[]"),
	                       .kept_in = STR("")};
	p->has_seen_before = knows(c, p->name);
	TRY(property_put_built_in(c, &row));
	TRY(definitions_changed(c));
	return p->fails ? fail(c, ERR_BAD_INPUT, "as the test wants it") : OK;
}

static enum err look(struct ctx *c, void *arg)
{
	struct new_property *p = arg;
	p->has_seen_after = knows(c, p->name);
	return OK;
}

static enum err run_write(work_fn *fn, void *arg)
{
	struct ctx c = unit();
	enum err e = db_write(t->db, &c, fn, arg);
	arena_close(c.a);
	return e;
}

static enum err run_read(work_fn *fn, void *arg)
{
	struct ctx c = unit();
	enum err e = db_read(t->db, &c, fn, arg);
	arena_close(c.a);
	return e;
}

static void a_change_is_seen_by_the_next_read_and_by_the_next_write(void **state)
{
	(void)state;
	struct new_property p = {.name = "first"};
	assert_ok(run_write(add, &p));
	assert_false(p.has_seen_before);
	assert_ok(run_read(look, &p));
	assert_true(p.has_seen_after);
	struct new_property q = {.name = "second"};
	assert_ok(run_write(add, &q));
	q.has_seen_after = false;
	assert_ok(run_write(look, &q));
	assert_true(q.has_seen_after);
}

static void a_snapshot_stays_as_it_is_for_as_long_as_its_context_lives(void **state)
{
	(void)state;
	struct ctx old = unit();
	struct new_property p = {.name = "later"};
	assert_false(knows(&old, "later"));
	assert_ok(run_write(add, &p));
	for (int i = 0; i < 100; i++) {
		struct new_property q = {.name = "later"};
		assert_ok(run_read(look, &q));
		assert_true(q.has_seen_after);
	}
	assert_false(knows(&old, "later"));
	arena_close(old.a);
}

static void a_context_that_goes_on_to_a_write_sees_the_newest(void **state)
{
	(void)state;
	struct ctx c = unit();
	struct new_property p = {.name = "meanwhile"};
	assert_false(knows(&c, "meanwhile"));
	assert_ok(run_write(add, &p));
	assert_ok(db_write(t->db, &c, look, &p));
	assert_true(p.has_seen_after);
	arena_close(c.a);
}

static void a_change_that_is_undone_is_seen_by_nobody(void **state)
{
	(void)state;
	struct new_property p = {.name = "undone", .fails = true};
	assert_int_equal(run_write(add, &p), ERR_BAD_INPUT);
	assert_ok(run_read(look, &p));
	assert_false(p.has_seen_after);
	assert_ok(run_write(look, &p));
	assert_false(p.has_seen_after);
}

static enum err test_open_definitions(struct ctx *c, void *arg)
{
	return definitions_open(c, arg);
}

/* What another process does to the same database: nothing tells this one but the news of the commit. */
static void a_change_of_another_process_is_seen_after_a_refresh_and_by_writes_at_once(void **state)
{
	(void)state;
	struct new_property p = {.name = "elsewhere"};
	struct definitions *mine = desk.env.definitions;
	desk.env.definitions = NULL;
	struct ctx other = unit();
	assert_ok(db_read(t->db, &other, test_open_definitions, &desk.env.definitions));
	assert_ok(db_write(t->db, &other, add, &p));
	desk.env.definitions = mine;
	assert_ok(run_read(look, &p));
	assert_false(p.has_seen_after);
	assert_ok(run_write(look, &p));
	assert_true(p.has_seen_after);
	assert_ok(run_read(definitions_refresh, NULL));
	p.has_seen_after = false;
	assert_ok(run_read(look, &p));
	assert_true(p.has_seen_after);
	arena_close(other.a);
}

static void when_every_snapshot_is_held_reads_go_on_and_writes_see_the_newest(void **state)
{
	enum { MANY = 40 };
	static char names[MANY][8];
	struct ctx held[MANY];
	struct new_property p;
	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(names[i], sizeof(names[i]), "p%d", i);
		p = (struct new_property){.name = names[i]};
		assert_ok(run_write(add, &p));
		held[i] = unit();
		assert_ok(db_read(t->db, &held[i], look, &p));
	}
	assert_ok(run_write(look, &p));
	assert_true(p.has_seen_after);
	for (int i = 0; i < MANY; i++)
		arena_close(held[i].a);
	p.has_seen_after = false;
	assert_ok(run_read(look, &p));
	assert_true(p.has_seen_after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_change_is_seen_by_the_next_read_and_by_the_next_write),
		DESK_TEST(a_snapshot_stays_as_it_is_for_as_long_as_its_context_lives),
		DESK_TEST(a_context_that_goes_on_to_a_write_sees_the_newest),
		DESK_TEST(a_change_that_is_undone_is_seen_by_nobody),
		DESK_TEST(a_change_of_another_process_is_seen_after_a_refresh_and_by_writes_at_once),
		DESK_TEST(when_every_snapshot_is_held_reads_go_on_and_writes_see_the_newest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
