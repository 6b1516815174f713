/* What unique values, the recycle bin and the erasing of a person promise, below the API: under a sanitizer, and with odd input. */

#include "desk/desk_test_int.h"

#include "desk/define.h"
#include "desk/erase_int.h"
#include "desk/restore.h"

static struct ctx unit(struct actor who)
{
	return (struct ctx){.a = arena_open(TEST_ARENA_BYTES), .now = TEST_NOW, .who = who, .run = &t->run, .env = &desk.env};
}

/* Texts -------------------------------------------------------------------------------------------------------------------- */

static void an_address_goes_from_a_text_in_whatever_case_and_however_often(void **state)
{
	static const struct {
		const char *text, *left;
	} rows[] = {
		{"", ""},
		{"nothing here", "nothing here"},
		{"ann@x.test", "(erased)"},
		{"<ANN@X.TEST>, ann@x.test", "<(erased)>, (erased)"},
		{"ann@x.tes", "ann@x.tes"},
		{"ann@x.testann@x.test", "(erased)(erased)"},
		{"joann@x.test and bob@y.test", "jo(erased) and (erased)"},
		{"{\"email\":\"Bob@Y.test\"}", "{\"email\":\"(erased)\"}"},
		{"\xff ann@x.test \xfe", "\xff (erased) \xfe"},
	};
	(void)state;
	struct ctx c = unit(desk.agent);
	struct person *p = NEW(c.a, struct person);
	person_add_address(&c, p, STR(" Ann@X.test "));
	person_add_address(&c, p, STR("ann@x.test"));
	person_add_address(&c, p, STR("bob@y.test"));
	person_add_address(&c, p, STR(""));
	person_add_address(&c, p, STR("no address"));
	assert_int_equal(p->address_n, 2);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool is_other = false;
		struct str left = erase_text(&c, p, str_dup(c.a, str_c(rows[i].text)), &is_other);
		assert_true(str_eq(left, str_c(rows[i].left)));
		assert_int_equal(is_other, strcmp(rows[i].text, rows[i].left) != 0);
	}
	bool is_other = false;
	assert_true(str_is_null(erase_text(&c, p, STR_NULL, &is_other)));
	for (int i = 0; i < 2 * MAX_PERSON_ADDRESSES; i++)
		person_add_address(&c, p, str_fmt(c.a, "a%d@x.test", i));
	assert_int_equal(p->address_n, MAX_PERSON_ADDRESSES);
	arena_close(c.a);
}

/* Unique values and the recycle bin ---------------------------------------------------------------------------------------- */

static enum err define_key(struct ctx *c, void *arg)
{
	struct property made;
	const struct property_in in = {.name = STR("badge"), .label = STR("Badge"), .type = STR("string"), .field_type = STR("text"),
	                               .group_name = STR("contactinformation"), .is_unique = true};
	(void)arg;
	c->who = (struct actor){.kind = ACTOR_SYSTEM};
	return desk_property_create(c, TYPE_CONTACT, &in, &made);
}

struct bin_work {
	int64_t id;
	struct object out;
};

static enum err archive(struct ctx *c, void *arg)
{
	struct bin_work *w = arg;
	return desk_object_archive(c, schema_type_by_id(c, TYPE_CONTACT), w->id);
}

static enum err restore(struct ctx *c, void *arg)
{
	struct bin_work *w = arg;
	return desk_object_restore(c, schema_type_by_id(c, TYPE_CONTACT), w->id, &w->out);
}

static void what_comes_back_has_its_values_again_unless_others_took_them(void **state)
{
	const struct prop first[] = {P("email", "one@x.test"), P("badge", " B-1 ")}, second[] = {P("email", "two@x.test"), P("badge", "b-1")};
	const struct prop none[] = {P("badge", "")};
	struct object a, b;
	(void)state;
	assert_ok(test_write(t, define_key, NULL));
	assert_ok(try_create(TYPE_CONTACT, first, 2, &a));
	assert_int_equal(try_create(TYPE_CONTACT, second, 2, &b), ERR_BAD_INPUT);
	struct bin_work w = {.id = a.id};
	assert_ok(test_write(t, archive, &w));
	assert_ok(try_create(TYPE_CONTACT, second, 2, &b));
	assert_int_equal(test_write(t, restore, &w), ERR_BAD_INPUT);
	assert_ok(try_update(&b, none, 1));
	assert_ok(test_write(t, restore, &w));
	assert_int_equal(w.out.archived_at, 0);
	assert_int_equal(try_update(&b, second, 2), ERR_BAD_INPUT);
}

static void after_ninety_days_nothing_comes_back_and_the_sweep_takes_it(void **state)
{
	const struct prop props[] = {P("email", "old@x.test")};
	struct object a;
	(void)state;
	assert_ok(try_create(TYPE_CONTACT, props, 1, &a));
	struct bin_work w = {.id = a.id};
	assert_ok(test_write(t, archive, &w));
	struct ctx c = unit((struct actor){.kind = ACTOR_SYSTEM});
	c.now += DAYS(RESTORE_DAYS);
	assert_ok(desk_purge(&c));
	assert_ok(test_write(t, restore, &w));
	assert_ok(test_write(t, archive, &w));
	c.now += DAYS(1);
	assert_ok(desk_purge(&c));
	assert_int_equal(test_write(t, restore, &w), ERR_NOT_FOUND);
	arena_close(c.a);
}

/* A person ------------------------------------------------------------------------------------------------------------------ */

static void only_super_admins_erase_a_person(void **state)
{
	const struct prop props[] = {P("email", "gone@x.test"), P("firstname", "Gone")};
	struct object a;
	struct object_key k = {.type = TYPE_CONTACT};
	(void)state;
	assert_ok(try_create(TYPE_CONTACT, props, 2, &a));
	k.id = a.id;
	struct ctx c = unit(desk.agent);
	assert_int_equal(desk_contact_erase(&c, a.id), ERR_NOT_ALLOWED);
	assert_ok(test_read(t, object_read, &k));
	c.who.role = ROLE_ADMIN;
	assert_int_equal(desk_address_erase(&c, STR("gone@x.test")), ERR_NOT_ALLOWED);
	c.who.role = ROLE_SUPER_ADMIN;
	assert_ok(desk_address_erase(&c, STR(" GONE@x.test")));
	assert_int_equal(test_read(t, object_read, &k), ERR_NOT_FOUND);
	k.is_archived = true;
	assert_int_equal(test_read(t, object_read, &k), ERR_NOT_FOUND);
	assert_int_equal(desk_contact_erase(&c, a.id), ERR_NOT_FOUND);
	assert_ok(desk_address_erase(&c, STR("gone@x.test")));
	arena_close(c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(an_address_goes_from_a_text_in_whatever_case_and_however_often),
		DESK_TEST(what_comes_back_has_its_values_again_unless_others_took_them),
		DESK_TEST(after_ninety_days_nothing_comes_back_and_the_sweep_takes_it),
		DESK_TEST(only_super_admins_erase_a_person),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
