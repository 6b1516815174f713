#include "net/http_query.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"

enum { BUDGET_BYTES = 1 << 20 };

/* Exactly as long as the text, so that ASan sees a byte read too far. */
static struct str exact(struct arena *a, struct str text)
{
	char *p = malloc(text.n ? text.n : 1);
	assert_non_null(p);
	memcpy(p, text.p, text.n);
	arena_defer(a, free, p);
	return (struct str){p, text.n};
}

#define assert_str(got, want) assert_true(str_eq((got), (want)))

static void a_segment_is_decoded(void **state)
{
	(void)state;
	static const struct {
		struct str raw, text;
		bool is_good;
	} table[] = {
		{STR("contacts"), STR("contacts"), true},
		{STR("ann%40example.com"), STR("ann@example.com"), true},
		{STR("a%2Fb"), STR("a/b"), true},
		{STR("a%2fb+c"), STR("a/b+c"), true},
		{STR("%7BpipelineId%7D"), STR("{pipelineId}"), true},
		{STR("%E3%81%82"), STR("\xe3\x81\x82"), true},
		{STR(""), STR(""), true},
		{STR("%"), STR(""), false},
		{STR("a%4"), STR(""), false},
		{STR("%zz"), STR(""), false},
		{STR("%4"), STR(""), false},
		{STR("%+1"), STR(""), false},
		{STR("a%00b"), STR(""), false},
		{STR("%ff"), STR(""), false},
		{STR("%c0%af"), STR(""), false},
		{STR("\xff"), STR(""), false},
	};
	struct arena *a = arena_open(BUDGET_BYTES);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct str got = STR("untouched");
		assert_int_equal(http_segment(a, exact(a, table[i].raw), &got), table[i].is_good);
		assert_str(got, table[i].is_good ? table[i].text : STR("untouched"));
	}
	arena_close(a);
}

static void pairs_come_in_order_with_repeats_and_blanks(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET_BYTES);
	struct http_pairs p = {.rest = exact(a, STR("&properties=a&properties=b%2Cc&&flag&x=1+2%2B3=4&=v&e="))};
	static const struct {
		struct str name, value;
	} want[] = {
		{STR("properties"), STR("a")}, {STR("properties"), STR("b,c")},
		{STR("flag"), STR("")},        {STR("x"), STR("1 2+3=4")},
		{STR(""), STR("v")},           {STR("e"), STR("")},
	};
	struct str name, value;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_true(http_pairs_next(a, &p, &name, &value));
		assert_str(name, want[i].name);
		assert_str(value, want[i].value);
		assert_false(str_is_null(value));
	}
	assert_false(http_pairs_next(a, &p, &name, &value));
	assert_false(p.is_bad);
	arena_close(a);
}

static void a_value_is_found_by_its_name(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET_BYTES);
	struct str query = exact(a, STR("a=1&limit=10&a%62=z&limit=20"));
	struct str got = STR_NULL, *all;
	assert_true(http_query_get(a, query, "limit", &got));
	assert_str(got, STR("10"));
	assert_true(http_query_get(a, query, "ab", &got));
	assert_str(got, STR("z"));
	assert_false(http_query_get(a, query, "lim", &got));
	assert_false(http_query_get(a, STR_NULL, "a", &got));
	assert_int_equal(http_query_all(a, query, "limit", &all), 2);
	assert_str(all[0], STR("10"));
	assert_str(all[1], STR("20"));
	assert_int_equal(http_query_all(a, query, "none", &all), 0);
	arena_close(a);
}

static void all_of_many_values_are_found(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET_BYTES);
	char text[200 * 2];
	for (size_t i = 0; i < 200; i++)
		memcpy(text + 2 * i, "p&", 2);
	struct str *all;
	assert_int_equal(http_query_all(a, exact(a, (struct str){text, sizeof(text)}), "p", &all), 200);
	assert_str(all[199], STR(""));
	arena_close(a);
}

static void a_malformed_query_is_known_as_such(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET_BYTES);
	assert_true(http_query_is_valid(a, STR_NULL));
	assert_true(http_query_is_valid(a, exact(a, STR("a=1&b=%20"))));
	assert_false(http_query_is_valid(a, exact(a, STR("a=1&b=%2"))));
	assert_false(http_query_is_valid(a, exact(a, STR("%=1"))));
	assert_false(http_query_is_valid(a, exact(a, STR("a=%00"))));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_segment_is_decoded),
		cmocka_unit_test(pairs_come_in_order_with_repeats_and_blanks),
		cmocka_unit_test(a_value_is_found_by_its_name),
		cmocka_unit_test(all_of_many_values_are_found),
		cmocka_unit_test(a_malformed_query_is_known_as_such),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
