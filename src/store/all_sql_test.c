/* Every statement of the program is prepared on both engines: those of store/ here, those of bus/ and job/ in their own tests. What
 * is put together at run time is run with each of its filters. */

#include "store/test.h"

#include "base/clock.h"
#include "store/all_sql.h"
#include "store/object.h"
#include "store/schema.h"
#include "store/setting.h"
#include "store/thread.h"

static enum err check_all(struct ctx *c, void *arg)
{
	size_t *n = arg;
	for (size_t i = 0; i < store_sql_n; i++) {
		TRY(db_check_sql(c, store_sql[i]));
		*n += store_sql[i]->n;
	}
	return OK;
}

static void every_statement_is_prepared(void **state)
{
	struct test_db *t = *state;
	size_t n = 0;
	assert_ok(test_write(t, check_all, &n));
	assert_true(n > 80);
	for (size_t i = 0; i < store_sql_n; i++)
		for (size_t k = 0; k < i; k++)
			assert_ptr_not_equal(store_sql[i], store_sql[k]);
}

static enum err check_bad(struct ctx *c, void *arg)
{
	static const struct sql rows[] = {{"SELECT id FROM no_such_table", NULL}};
	static const struct sql_table table = SQL_TABLE("bad", rows);
	(void)arg;
	return db_check_sql(c, &table);
}

static void a_statement_that_does_not_fit_the_tables_is_named(void **state)
{
	struct test_db *t = *state;
	assert_int_not_equal(test_write(t, check_bad, NULL), OK);
	assert_true(str_find(t->c.why.detail, STR("bad[0]")) >= 0);
}

/* Every combination of the filters of thread_list. */
static enum err list_threads(struct ctx *c, void *arg)
{
	(void)arg;
	for (int bits = 0; bits < 64; bits++) {
		struct thread *threads;
		size_t n = 1;
		const struct thread_find find = {
			.inbox_id = bits & 1 ? 7 : 0,
			.contact_id = bits & 2 ? 7 : 0,
			.ticket_id = bits & 4 ? 7 : 0,
			.is_closed = bits & 8 ? 1 : -1,
			.is_archived = bits & 16,
			.is_by_latest = bits & 32,
			.limit = 10,
		};
		TRY(thread_list(c, &find, &threads, &n));
		assert_int_equal(n, 0);
	}
	return OK;
}

static void threads_are_listed_with_every_combination_of_filters(void **state)
{
	struct test_db *t = *state;
	assert_ok(test_read(t, list_threads, NULL));
}

/* Objects ---------------------------------------------------------------------------------------------------------- */

static enum err make_type(struct ctx *c, void *arg)
{
	(void)arg;
	return object_type_put(c, &(struct object_type){
		.id = 5, .type_id = STR("0-5"), .singular = STR("ticket"), .plural = STR("tickets"), .label = STR("Ticket"),
		.label_property = STR("subject"), .unique_property = STR(""), .created_property = STR("createdate"),
		.modified_property = STR("hs_lastmodifieddate"), .default_properties = STR(""), .required_properties = STR(""),
		.default_pipeline = STR("0"),
	});
}

static enum err insert_object(struct ctx *c, void *arg)
{
	struct object *o = arg;
	return object_insert(c, o);
}

static enum err update_object(struct ctx *c, void *arg)
{
	struct object *o = arg;
	return object_update(c, o);
}

static struct object sample(const char *label, const char *key)
{
	return (struct object){.object_type = 5, .created_at = TEST_NOW, .updated_at = TEST_NOW, .activity_at = TEST_NOW,
	                       .label = str_c(label), .unique_key = str_c(key), .props = STR("{}")};
}

static void a_write_to_a_version_that_is_not_the_newest_is_refused(void **state)
{
	struct test_db *t = *state;
	struct object o = sample("a", NULL);
	assert_ok(test_write(t, make_type, NULL));
	assert_ok(test_write(t, insert_object, &o));
	assert_int_equal(o.version, 1);
	struct object stale = o;
	assert_ok(test_write(t, update_object, &o));
	assert_int_equal(o.version, 2);
	assert_int_equal(test_write(t, update_object, &stale), ERR_STALE);
}

static void a_unique_key_is_free_again_when_its_object_is_archived(void **state)
{
	struct test_db *t = *state;
	struct object first = sample("a", "a@x.test"), second = sample("b", "a@x.test");
	assert_ok(test_write(t, make_type, NULL));
	assert_ok(test_write(t, insert_object, &first));
	assert_int_equal(test_write(t, insert_object, &second), ERR_CONFLICT);
	first.archived_at = TEST_NOW;
	assert_ok(test_write(t, update_object, &first));
	assert_ok(test_write(t, insert_object, &second));
}

static enum err put_settings(struct ctx *c, void *arg)
{
	struct str *out = arg;
	TRY(setting_load(c, STR("a"), &out[0]));
	TRY(setting_put(c, STR("a"), STR("1")));
	TRY(setting_put_once(c, STR("a"), STR("2")));
	TRY(setting_load(c, STR("a"), &out[1]));
	TRY(setting_put(c, STR("a"), STR("3")));
	return setting_load(c, STR("a"), &out[2]);
}

static void a_setting_is_null_then_what_was_put_last(void **state)
{
	struct test_db *t = *state;
	struct str out[3];
	assert_ok(test_write(t, put_settings, out));
	assert_true(str_is_null(out[0]));
	assert_text(out[1], "1");
	assert_text(out[2], "3");
}

#define PROMISES(ON)                                                     \
	{                                                                \
		ON(every_statement_is_prepared),                         \
		ON(a_statement_that_does_not_fit_the_tables_is_named),   \
		ON(threads_are_listed_with_every_combination_of_filters), \
		ON(a_write_to_a_version_that_is_not_the_newest_is_refused), \
		ON(a_unique_key_is_free_again_when_its_object_is_archived), \
		ON(a_setting_is_null_then_what_was_put_last),            \
	}

int main(void)
{
	const struct CMUnitTest on_sqlite[] = PROMISES(ON_SQLITE);
	const struct CMUnitTest on_pg[] = PROMISES(ON_PG);
	return RUN_ON_BOTH(on_sqlite, on_pg);
}
