#include "text/json_read.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"

#include <cmocka.h> /* last: its fail() hides the one of base/ctx.h */

struct wish {
	int64_t owner_id;
	int64_t batch_size;
	bool is_open;
	int64_t due_at;
	struct str full_name;
	struct str priority;
	struct str filter;
	struct str secret;
};

static const char *const priorities[] = {"LOW", "HIGH", NULL};
static const struct field wish_fields[] = {
	FIELD(struct wish, owner_id, F_ID),
	FIELD(struct wish, batch_size, F_INT, .flags = F_REQUIRED),
	FIELD(struct wish, is_open, F_BOOL),
	FIELD(struct wish, due_at, F_TIME),
	FIELD(struct wish, full_name, F_STR, .flags = F_REQUIRED, .max = 5),
	FIELD(struct wish, priority, F_STR, .json = "hs_priority", .one_of = priorities),
	FIELD(struct wish, filter, F_JSON, .max = 40),
	FIELD(struct wish, secret, F_STR, .flags = F_SECRET),
};
static const struct shape wish_shape = SHAPE("Wish", struct wish, wish_fields);

/* Parses an exact copy, so that a read past the end shows. */
static enum err parse(struct ctx *c, struct str text, json_t **out)
{
	char *exact = malloc(text.n ? text.n : 1);
	memcpy(exact, text.p, text.n);
	enum err e = json_parse(c, (struct str){exact, text.n}, out);
	free(exact);
	return e;
}

static enum err read_wish(struct ctx *c, const char *text, struct wish *out)
{
	json_t *object;
	fail_clear(c);
	assert_int_equal(parse(c, str_c(text), &object), OK);
	return json_read(c, object, &wish_shape, out);
}

static void test_an_object_fills_a_struct(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(1 << 20)};
	struct wish w = {0};
	assert_int_equal(
		read_wish(&c,
			  "{\"ownerId\":\"12\",\"batchSize\":0,\"isOpen\":true,\"dueAt\":\"2026-11-21T09:30:00Z\","
			  "\"fullName\":\"Ann\",\"hs_priority\":\"LOW\",\"filter\":{\"a\": [1, 2.5]},\"secret\":\"s\"}",
			  &w),
		OK);
	assert_int_equal(w.owner_id, 12);
	assert_int_equal(w.batch_size, 0);
	assert_true(w.is_open);
	assert_int_equal(w.due_at, 1795253400000);
	assert_true(str_eq(w.full_name, STR("Ann")));
	assert_true(str_eq(w.priority, STR("LOW")));
	assert_true(str_eq(w.filter, STR("{\"a\":[1,2.5]}")));
	assert_true(str_eq(w.secret, STR("s")));
	arena_close(c.a);
}

static void test_numbers_and_booleans_may_come_as_strings_and_ids_as_numbers(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(1 << 20)};
	struct wish w = {0};
	assert_int_equal(read_wish(&c,
				   "{\"ownerId\":12,\"batchSize\":\"-4\",\"isOpen\":\"true\",\"dueAt\":1795253400000,"
				   "\"fullName\":\"Ann\"}",
				   &w),
			 OK);
	assert_int_equal(w.owner_id, 12);
	assert_int_equal(w.batch_size, -4);
	assert_true(w.is_open);
	assert_int_equal(w.due_at, 1795253400000);
	arena_close(c.a);
}

static void test_members_that_are_not_named_stay_and_null_clears(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(1 << 20)};
	struct wish w = {.owner_id = 3, .full_name = STR("Bob"), .priority = STR("HIGH"), .is_open = true};
	assert_int_equal(read_wish(&c, "{\"batchSize\":1,\"hs_priority\":null,\"isOpen\":null}", &w), OK);
	assert_int_equal(w.owner_id, 3);
	assert_true(str_eq(w.full_name, STR("Bob")));
	assert_true(str_is_null(w.priority));
	assert_false(w.is_open);
	arena_close(c.a);
}

static void assert_fault(const char *text, const char *field, const char *code)
{
	struct ctx c = {.a = arena_open(1 << 20)};
	struct wish w = {.batch_size = 99};
	if (read_wish(&c, text, &w) != ERR_BAD_INPUT)
		fail_msg("accepted: %s", text);
	assert_int_equal(w.batch_size, 99);
	assert_non_null(c.why.fields);
	assert_string_equal(str_z(c.a, c.why.fields->field), field);
	assert_string_equal(str_z(c.a, c.why.fields->code), code);
	arena_close(c.a);
}

static void test_every_kind_of_wrong_value_names_its_field(void **state)
{
	(void)state;
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"owner_id\":1}", "owner_id", "UNKNOWN_FIELD");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"ownerI\":1}", "ownerI", "UNKNOWN_FIELD");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"ownerIdd\":1}", "ownerIdd", "UNKNOWN_FIELD");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"__proto__\":1}", "__proto__", "UNKNOWN_FIELD");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"ownerId\":\"x\"}", "ownerId", "INVALID_LONG");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"ownerId\":9007199254740992}", "ownerId", "INVALID_LONG");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"ownerId\":-1}", "ownerId", "INVALID_LONG");
	assert_fault("{\"batchSize\":1.5,\"fullName\":\"A\"}", "batchSize", "INVALID_INTEGER");
	assert_fault("{\"batchSize\":true,\"fullName\":\"A\"}", "batchSize", "INVALID_INTEGER");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"isOpen\":1}", "isOpen", "INVALID_BOOLEAN");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"dueAt\":\"tomorrow\"}", "dueAt", "INVALID_DATE");
	assert_fault("{\"batchSize\":1,\"fullName\":7}", "fullName", "INVALID_STRING");
	assert_fault("{\"batchSize\":1,\"fullName\":\"abcdef\"}", "fullName", "INVALID_LENGTH");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"hs_priority\":\"low\"}", "hs_priority", "INVALID_OPTION");
	assert_fault("{\"batchSize\":1,\"fullName\":\"A\",\"filter\":[\"0123456789012345678901234567890123456789\"]}",
		     "filter", "INVALID_LENGTH");
	assert_fault("{\"batchSize\":1,\"fullName\":\"\"}", "fullName", "REQUIRED_FIELD");
	assert_fault("{\"batchSize\":null,\"fullName\":\"A\"}", "batchSize", "REQUIRED_FIELD");
}

static void test_all_faults_are_told_at_once(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(1 << 20)};
	struct wish w = {0};
	assert_int_equal(read_wish(&c, "{\"batchSize\":\"x\",\"fullName\":7,\"what\":1}", &w), ERR_BAD_INPUT);
	assert_non_null(c.why.fields->next->next);
	assert_null(c.why.fields->next->next->next);

	assert_int_equal(read_wish(&c, "{}", &w), ERR_BAD_INPUT);
	assert_string_equal(str_z(c.a, c.why.detail), "Some required fields were not set: [batchSize, fullName]");
	arena_close(c.a);
}

static void test_thousands_of_unknown_members_make_a_short_list(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(64 << 20)};
	struct buf b;
	buf_init(&b, c.a, 1 << 20);
	buf_lit(&b, "{\"a\":1");
	for (int i = 0; i < 20000; i++)
		buf_fmt(&b, ",\"x%d\":1", i);
	buf_lit(&b, "}");
	struct wish w = {0};
	json_t *object;
	assert_int_equal(parse(&c, buf_str(&b), &object), OK);
	assert_int_equal(json_read(&c, object, &wish_shape, &w), ERR_BAD_INPUT);
	int n = 0;
	for (const struct field_fault *f = c.why.fields; f != NULL; f = f->next)
		n++;
	assert_int_equal(n, MAX_JSON_FAULTS);
	arena_close(c.a);
}

static void test_what_is_no_object_is_refused(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(1 << 20)};
	struct wish w = {0};
	assert_int_equal(read_wish(&c, "[]", &w), ERR_BAD_INPUT);
	assert_int_equal(read_wish(&c, "null", &w), ERR_BAD_INPUT);
	arena_close(c.a);
}

static void assert_refused(struct str text, enum err want)
{
	struct ctx c = {.a = arena_open(64 << 20)};
	json_t *value;
	if (parse(&c, text, &value) != want)
		fail_msg("not refused: " STR_FMT, STR_ARG(str_head(text, 60)));
	arena_close(c.a);
}

static void test_malformed_json_is_refused_with_its_place(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(1 << 20)};
	json_t *value;
	assert_int_equal(parse(&c, STR("{\n\"a\": nope}"), &value), ERR_BAD_INPUT);
	assert_true(str_starts(c.why.detail, STR("Invalid input JSON on line 2, column 9: ")));
	arena_close(c.a);
	assert_refused(STR(""), ERR_BAD_INPUT);
	assert_refused(STR("{} x"), ERR_BAD_INPUT);
	assert_refused(STR("{\"a\":1,\"a\":2}"), ERR_BAD_INPUT);
	assert_refused(STR("[\"\\u0000\"]"), ERR_BAD_INPUT);
	assert_refused(STR("[\"\0\"]"), ERR_BAD_INPUT);
	assert_refused(STR("[\"\xff\"]"), ERR_BAD_INPUT);
	assert_refused(STR("[1]\0"), ERR_BAD_INPUT);
	assert_refused(STR("123\0"), ERR_BAD_INPUT);
	assert_refused(STR("\"\\"), ERR_BAD_INPUT);
}

static struct str repeat(struct arena *a, struct str what, size_t times)
{
	struct buf b;
	buf_init(&b, a, what.n * times);
	for (size_t i = 0; i < times; i++)
		buf_add(&b, what);
	return buf_str(&b);
}

static void test_each_limit_holds_at_its_edge(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(256 << 20)};
	json_t *value;
	struct str open = repeat(c.a, STR("["), MAX_JSON_DEPTH), close = repeat(c.a, STR("]"), MAX_JSON_DEPTH);
	assert_int_equal(parse(&c, str_cat(c.a, open, close), &value), OK);
	assert_refused(str_cat(c.a, STR("["), str_cat(c.a, open, str_cat(c.a, close, STR("]")))), ERR_BAD_INPUT);
	assert_refused(repeat(c.a, STR("{\"a\":"), 100000), ERR_BAD_INPUT);
	/* brackets in a string are no depth */
	struct str quoted = str_cat(c.a, STR("\"\\\""), str_cat(c.a, repeat(c.a, STR("["), 1000), STR("\"")));
	assert_int_equal(parse(&c, quoted, &value), OK);

	struct str ones = repeat(c.a, STR("1,"), MAX_JSON_VALUES - 2);
	assert_int_equal(parse(&c, str_cat(c.a, STR("["), str_cat(c.a, ones, STR("1]"))), &value), OK);
	assert_refused(str_cat(c.a, STR("["), str_cat(c.a, ones, STR("1,1]"))), ERR_TOO_BIG);

	struct str blanks = repeat(c.a, STR(" "), MAX_JSON_BYTES - 1);
	assert_int_equal(parse(&c, str_cat(c.a, blanks, STR("1")), &value), OK);
	assert_refused(str_cat(c.a, blanks, STR(" 1")), ERR_TOO_BIG);
	arena_close(c.a);
}

static void test_the_small_readers_are_calm_about_everything(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(1 << 20)};
	json_t *o;
	assert_int_equal(
		parse(&c,
		      STR("{\"s\":\"x\",\"i\":7,\"is\":\"7\",\"b\":true,\"t\":\"2026-11-21T09:30:00Z\",\"o\":{},"
			  "\"a\":[],\"n\":null,\"r\":12.50}"),
		      &o),
		OK);
	assert_true(str_eq(json_get_str(o, "s"), STR("x")));
	assert_true(str_is_null(json_get_str(o, "i")) && str_is_null(json_get_str(o, "zz")) &&
		    str_is_null(json_get_str(NULL, "s")));
	assert_int_equal(json_get_id(o, "i"), 7);
	assert_int_equal(json_get_id(o, "is"), 7);
	assert_int_equal(json_get_id(o, "s"), 0);
	assert_int_equal(json_get_int(o, "i", 3), 7);
	assert_int_equal(json_get_int(o, "n", 3), 3);
	assert_true(json_get_bool(o, "b", false) && json_get_bool(o, "zz", true) && !json_get_bool(o, "i", false));
	assert_int_equal(json_get_time(o, "t"), 1795253400000);
	assert_true(json_get_object(o, "o") != NULL && json_get_object(o, "a") == NULL);
	assert_true(json_get_array(o, "a") != NULL && json_get_array(o, "o") == NULL);
	assert_true(str_eq(json_scalar_text(&c, json_object_get(o, "i")), STR("7")));
	assert_true(str_eq(json_scalar_text(&c, json_object_get(o, "r")), STR("12.5")));
	assert_true(str_eq(json_scalar_text(&c, json_object_get(o, "b")), STR("true")));
	assert_true(str_is_null(json_scalar_text(&c, json_object_get(o, "n"))));
	assert_true(str_is_null(json_scalar_text(&c, json_object_get(o, "a"))));
	arena_close(c.a);
}

/* Valid by RFC 8259, refused by us. */
static bool is_refused_on_purpose(const char *file)
{
	static const char *const names[] = {
		"y_object_duplicated_key.json",           /* which of the two counts? a way past checks */
		"y_object_duplicated_key_and_value.json", /* the same */
		"y_object_escaped_null_in_key.json",      /* text holds no NUL, PostgreSQL could not store it */
		"y_string_null_escape.json",              /* the same */
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], file) == 0)
			return true;
	return false;
}

static struct str read_whole(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	char *bytes = arena_alloc(a, 1 << 20);
	size_t n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	return (struct str){bytes, n};
}

static void test_the_json_test_suite_is_judged_rightly(void **state)
{
	(void)state;
	const char *corpus = getenv("CORPUS");
	char folder[512];
	snprintf(folder, sizeof(folder), "%s/json-nst/test_parsing", corpus ? corpus : "");
	DIR *dir = corpus ? opendir(folder) : NULL;
	if (dir == NULL) {
		print_message("skipped: no corpus\n");
		return;
	}
	int wrong = 0, n = 0;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		char path[1024];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%.400s", folder, entry->d_name);
		struct ctx c = {.a = arena_open(8 << 20)};
		json_t *value;
		bool is_accepted = parse(&c, read_whole(c.a, path), &value) == OK;
		bool is_wanted = entry->d_name[0] == 'y' && !is_refused_on_purpose(entry->d_name);
		if (entry->d_name[0] != 'i' && is_accepted != is_wanted) {
			print_message("wrong: %s\n", entry->d_name);
			wrong++;
		}
		n++;
		arena_close(c.a);
	}
	closedir(dir);
	print_message("%d files judged\n", n);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_object_fills_a_struct),
		cmocka_unit_test(test_numbers_and_booleans_may_come_as_strings_and_ids_as_numbers),
		cmocka_unit_test(test_members_that_are_not_named_stay_and_null_clears),
		cmocka_unit_test(test_every_kind_of_wrong_value_names_its_field),
		cmocka_unit_test(test_all_faults_are_told_at_once),
		cmocka_unit_test(test_thousands_of_unknown_members_make_a_short_list),
		cmocka_unit_test(test_what_is_no_object_is_refused),
		cmocka_unit_test(test_malformed_json_is_refused_with_its_place),
		cmocka_unit_test(test_each_limit_holds_at_its_edge),
		cmocka_unit_test(test_the_small_readers_are_calm_about_everything),
		cmocka_unit_test(test_the_json_test_suite_is_judged_rightly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
