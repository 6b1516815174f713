#include "net/http_range.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"

enum { BUDGET_BYTES = 1 << 20, UNTOUCHED = -7 };

static struct str exact(struct arena *a, struct str text)
{
	char *p = malloc(text.n ? text.n : 1);
	assert_non_null(p);
	if (text.n > 0)
		memcpy(p, text.p, text.n);
	arena_defer(a, free, p);
	return (struct str){p, text.n};
}

struct row {
	struct str header;
	int64_t size;
	enum http_range want;
	int64_t from, n;
};

static void check_rows(const struct row *rows, size_t n)
{
	struct arena *a = arena_open(BUDGET_BYTES);
	for (size_t i = 0; i < n; i++) {
		int64_t from = UNTOUCHED, length = UNTOUCHED;
		const struct row *row = &rows[i];
		if (http_range_read(exact(a, row->header), row->size, &from, &length) != row->want)
			fail_msg("%.*s of %lld", STR_ARG(row->header), (long long)row->size);
		bool is_part = row->want == HTTP_RANGE_PART;
		assert_int_equal(from, is_part ? row->from : UNTOUCHED);
		assert_int_equal(length, is_part ? row->n : UNTOUCHED);
	}
	arena_close(a);
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void one_range_is_a_part(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{STR("bytes=0-0"), 10, HTTP_RANGE_PART, 0, 1},
		{STR("bytes=2-4"), 10, HTTP_RANGE_PART, 2, 3},
		{STR("bytes=7-"), 10, HTTP_RANGE_PART, 7, 3},
		{STR("bytes=0-"), 10, HTTP_RANGE_PART, 0, 10},
		{STR("Bytes=9-9"), 10, HTTP_RANGE_PART, 9, 1},
		{STR("bytes= 1-2 "), 10, HTTP_RANGE_PART, 1, 2},
		{STR("bytes=,1-2,,"), 10, HTTP_RANGE_PART, 1, 2},
		{STR("bytes=8-99"), 10, HTTP_RANGE_PART, 8, 2},
		{STR("bytes=8-99999999999999999999999999"), 10, HTTP_RANGE_PART, 8, 2},
		{STR("bytes=0-5"), (int64_t)1 << 53, HTTP_RANGE_PART, 0, 6},
		{STR("bytes=-3"), 10, HTTP_RANGE_PART, 7, 3},
		{STR("bytes=-10"), 10, HTTP_RANGE_PART, 0, 10},
		{STR("bytes=-99999999999999999999999999"), 10, HTTP_RANGE_PART, 0, 10},
	};
	CHECK_ROWS(rows);
}

static void a_range_behind_the_end_is_never(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{STR("bytes=10-"), 10, HTTP_RANGE_NEVER, 0, 0},
		{STR("bytes=10-11"), 10, HTTP_RANGE_NEVER, 0, 0},
		{STR("bytes=99999999999999999999-"), 10, HTTP_RANGE_NEVER, 0, 0},
		{STR("bytes=99999999999999999999-99999999999999999999"), 10, HTTP_RANGE_NEVER, 0, 0},
		{STR("bytes=-0"), 10, HTTP_RANGE_NEVER, 0, 0},
		{STR("bytes=0-"), 0, HTTP_RANGE_NEVER, 0, 0},
	};
	CHECK_ROWS(rows);
}

static void what_is_no_range_is_all_of_it(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{STR_NULL, 10, HTTP_RANGE_ALL, 0, 0},       {STR(""), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes"), 10, HTTP_RANGE_ALL, 0, 0},   {STR("bytes="), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes=-"), 10, HTTP_RANGE_ALL, 0, 0}, {STR("bytes=a-b"), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes=4"), 10, HTTP_RANGE_ALL, 0, 0}, {STR("bytes=4-2"), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes=--1"), 10, HTTP_RANGE_ALL, 0, 0}, {STR("bytes=+1-2"), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes=1-2-3"), 10, HTTP_RANGE_ALL, 0, 0}, {STR("bytes=1 -2"), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes=0x1-2"), 10, HTTP_RANGE_ALL, 0, 0}, {STR("chars=1-2"), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes=1-2,4-5"), 10, HTTP_RANGE_ALL, 0, 0}, {STR("bytes=,,,"), 10, HTTP_RANGE_ALL, 0, 0},
		{STR("bytes=-5"), 0, HTTP_RANGE_ALL, 0, 0},
	};
	CHECK_ROWS(rows);
}

static void a_tag_is_found_in_a_list(void **state)
{
	(void)state;
	const struct str tag = STR("\"a\"");
	assert_true(http_etag_is_in(STR("\"a\""), tag, true));
	assert_true(http_etag_is_in(STR("\"b\", \"a\""), tag, true));
	assert_true(http_etag_is_in(STR(" * "), tag, true));
	assert_true(http_etag_is_in(STR("W/\"a\""), tag, false));
	assert_false(http_etag_is_in(STR("W/\"a\""), tag, true));
	assert_false(http_etag_is_in(STR("\"ab\""), tag, false));
	assert_false(http_etag_is_in(STR("a"), tag, false));
	assert_false(http_etag_is_in(STR(""), tag, false));
	assert_false(http_etag_is_in(STR_NULL, tag, false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_range_is_a_part),
		cmocka_unit_test(a_range_behind_the_end_is_never),
		cmocka_unit_test(what_is_no_range_is_all_of_it),
		cmocka_unit_test(a_tag_is_found_in_a_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
