#include "text/json_props.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "text/json.h"

#include <cmocka.h> /* last: its fail() hides the one of base/ctx.h */

static void assert_value(const char *map, const char *name, const char *want)
{
	struct arena *a = arena_open(1 << 20);
	size_t n = strlen(map);
	char *exact = malloc(n ? n : 1);
	memcpy(exact, map, n);
	struct str got = STR_NULL;
	bool is_there = props_get((struct str){exact, n}, str_c(name), a, &got);
	assert_int_equal(is_there, want != NULL);
	if (want != NULL && !str_eq(got, str_c(want)))
		fail_msg("%s: got " STR_FMT ", want %s", map, STR_ARG(got), want);
	free(exact);
	arena_close(a);
}

static void test_a_value_is_found_by_its_name(void **state)
{
	(void)state;
	assert_value("{\"a\":\"1\",\"b\":\"2\"}", "a", "1");
	assert_value("{\"a\":\"1\",\"b\":\"2\"}", "b", "2");
	assert_value("{\"a\":\"b\",\"b\":\"\"}", "b", "");
	assert_value(" { \"a\" : \"1\" , \"b\" : \"2\" } ", "b", "2");
	assert_value("{\"a\":\"1\"}", "A", NULL);
	assert_value("{\"a\":\"1\"}", "", NULL);
	assert_value("{}", "a", NULL);
	assert_value("", "a", NULL);
}

static void test_escapes_are_read(void **state)
{
	(void)state;
	assert_value("{\"a\":\"x\\\"y\\\\\",\"b\":\"2\"}", "a", "x\"y\\");
	assert_value("{\"a\":\"x\\\"y\\\\\",\"b\":\"2\"}", "b", "2");
	assert_value("{\"a\\n\":\"\\u00e9\\ud83d\\ude00\\/\"}", "a\n", "\xc3\xa9\xf0\x9f\x98\x80/");
	assert_value("{\"a\":\"\\ud83d\\u0041\"}", "a", "\xef\xbf\xbd" "A");
	assert_value("{\"a\":\"\\ude00\\u0000\"}", "a", "\xef\xbf\xbd\xef\xbf\xbd");
}

static void test_broken_maps_end_the_walk_and_do_no_harm(void **state)
{
	(void)state;
	static const char *const broken[] = {
		"{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"a\":\"x", "{\"a\":\"x\\", "{\"a\":\"x\\\"",
		"{\"a\":1}", "[\"a\",\"b\"]", "{\"a\":{\"b\":\"c\"}}", "{\"x\":\"\\u",
		"{\"x\":\"\\u\",\"\\u12\":\"\"", "{,\"b\":\"1\"}", "nonsense", "{\"x\" \"b\":\"1\"}",
		"{\"x\":\"y\"\"b\":\"1\"}",
	};
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		assert_value(broken[i], "b", NULL);
		assert_false(props_are_valid(str_c(broken[i])));
	}
	assert_true(props_are_valid(STR("{}")));
	assert_true(props_are_valid(STR("{\"a\":\"1\",\"b\":\"\\\"\"} ")));
	assert_false(props_are_valid(STR("{\"a\":\"1\"}x")));
}

static void test_what_the_writer_wrote_comes_back_in_order(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct buf b;
	struct json j;
	static const char *const texts[] = {
		"plain", "", "quo\"te\\", "line\nend\r\t\x01", "\xe2\x80\xa8 <b>", "\xf0\x9f\x98\x80",
	};
	enum { N = sizeof(texts) / sizeof(texts[0]) };
	buf_init(&b, a, 4000);
	json_init(&j, &b);
	json_object_begin(&j);
	for (size_t i = 0; i < N; i++) {
		json_key_str(&j, str_c(texts[i]));
		json_str(&j, str_c(texts[N - 1 - i]));
	}
	json_object_end(&j);
	assert_true(props_are_valid(buf_str(&b)));
	struct props_walk w = props_walk(buf_str(&b));
	struct str name, value;
	for (size_t i = 0; i < N; i++) {
		assert_true(props_next(&w, a, &name, &value));
		assert_true(str_eq(name, str_c(texts[i])));
		assert_true(str_eq(value, str_c(texts[N - 1 - i])));
	}
	assert_false(props_next(&w, a, &name, &value));
	assert_false(props_next(&w, a, &name, &value));
	arena_close(a);
}

static void test_a_value_without_escapes_is_not_copied(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct str map = STR("{\"a\":\"1\",\"b\":\"2\"}"), got;
	assert_true(props_get(map, STR("b"), a, &got));
	assert_true(got.p > map.p && got.p < map.p + map.n);
	assert_int_equal(arena_used(a), 0);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_value_is_found_by_its_name),
		cmocka_unit_test(test_escapes_are_read),
		cmocka_unit_test(test_broken_maps_end_the_walk_and_do_no_harm),
		cmocka_unit_test(test_what_the_writer_wrote_comes_back_in_order),
		cmocka_unit_test(test_a_value_without_escapes_is_not_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
