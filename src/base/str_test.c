#include "base/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/str.h"

/* Text in memory of exactly its size, so that ASan sees a read beyond it. Freed by the arena. */
static struct str exact(struct arena *a, const char *text)
{
	size_t n = strlen(text);
	char *p = malloc(n ? n : 1);
	memcpy(p, text, n);
	arena_defer(a, free, p);
	return (struct str){p, n};
}

static int set_up(void **state)
{
	*state = arena_open(16 << 20);
	return 0;
}

static int tear_down(void **state)
{
	arena_close(*state);
	return 0;
}

#define assert_str(s, want) assert_true(str_eq((s), STR(want)))

static void the_null_string_equals_the_empty_one_but_is_known_apart(void **state)
{
	(void)state;
	assert_true(str_eq(STR_NULL, STR("")));
	assert_true(str_is_null(STR_NULL));
	assert_false(str_is_null(STR("")));
	assert_true(str_is_null(str_c(NULL)));
	assert_int_equal(str_cmp(STR_NULL, STR("")), 0);
}

static void comparing_is_by_bytes_and_letters_without_case_are_ascii_only(void **state)
{
	struct arena *a = *state;
	assert_true(str_cmp(exact(a, "ab"), exact(a, "abc")) < 0);
	assert_true(str_cmp(exact(a, "\xc3"), exact(a, "z")) > 0);
	assert_true(str_eq_nocase(exact(a, "Message-ID"), exact(a, "mESSAGE-id")));
	assert_false(str_eq_nocase(exact(a, "\xc3\x84"), exact(a, "\xc3\xa4")));
	assert_false(str_eq_nocase(exact(a, "@["), exact(a, "`{")));
	assert_true(str_starts(exact(a, "abc"), STR("")));
	assert_false(str_starts(exact(a, "ab"), exact(a, "abc")));
	assert_true(str_starts_nocase(exact(a, "Bearer x"), STR("bearer ")));
	assert_true(str_ends(exact(a, "a.eml"), STR(".eml")));
	assert_false(str_ends(exact(a, "ml"), STR(".eml")));
}

static void finding_looks_everywhere_and_not_beyond(void **state)
{
	struct arena *a = *state;
	assert_int_equal(str_find(exact(a, "abcabd"), STR("abd")), 3);
	assert_int_equal(str_find(exact(a, "ab"), STR("abc")), -1);
	assert_int_equal(str_find(exact(a, "ab"), STR("")), 0);
	assert_int_equal(str_find(STR_NULL, STR("a")), -1);
	assert_int_equal(str_find_nocase(exact(a, "xxABd"), STR("abD")), 2);
	assert_int_equal(str_find_nocase(exact(a, "ab"), STR("abc")), -1);
	assert_int_equal(str_find_byte(exact(a, "abc"), 'c'), 2);
	assert_int_equal(str_find_byte(STR_NULL, 'c'), -1);
}

static void cutting_gives_every_part_also_empty_ones(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *text;
		int n;
	} cases[] = {{"a,b,c", 3}, {"", 1}, {",", 2}, {"a,,", 3}, {"abc", 1}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int n = 0;
		for (struct str rest = exact(a, cases[i].text); !str_is_null(rest); n++)
			str_cut(&rest, STR(","));
		assert_int_equal(n, cases[i].n);
	}
	struct str rest = STR("k: v: w");
	assert_str(str_cut(&rest, STR(": ")), "k");
	assert_str(rest, "v: w");
	assert_str(str_cut(&rest, STR("")), "v: w");
	assert_true(str_is_null(rest));
}

static void parts_clamp(void **state)
{
	struct arena *a = *state;
	assert_str(str_skip(exact(a, "abc"), 1), "bc");
	assert_str(str_skip(exact(a, "abc"), 9), "");
	assert_true(str_is_null(str_skip(STR_NULL, 5)));
	assert_str(str_head(exact(a, "abc"), 9), "abc");
	assert_str(str_head(exact(a, "abc"), 0), "");
	assert_str(str_trim(exact(a, " \t\r\n\v\fa b \n")), "a b");
	assert_str(str_trim(exact(a, " \n ")), "");
}

static void copies_end_with_a_nul_and_null_stays_null(void **state)
{
	struct arena *a = *state;
	struct str copy = str_dup(a, exact(a, "abc"));
	assert_int_equal(copy.p[3], '\0');
	assert_true(str_is_null(str_dup(a, STR_NULL)));
	assert_true(str_is_null(str_lower(a, STR_NULL)));
	assert_string_equal(str_z(a, STR_NULL), "");
	assert_str(str_lower(a, exact(a, "ÄAZ[")), "Äaz[");
	assert_str(str_cat(a, STR("ab"), STR_NULL), "ab");
	assert_str(str_fmt(a, "%d-" STR_FMT, 7, STR_ARG(exact(a, "x"))), "7-x");
	assert_int_not_equal(str_hash(STR("ab")), str_hash(STR("ba")));
}

static void a_buffer_drops_what_passes_its_maximum_and_says_so(void **state)
{
	struct arena *a = *state;
	struct buf b;
	for (size_t max = 0; max < 600; max += 37) {
		buf_init(&b, a, max);
		for (size_t i = 0; i < max; i++)
			buf_byte(&b, 'x');
		assert_int_equal(buf_str(&b).n, max);
		assert_false(buf_is_full(&b));
		buf_byte(&b, 'y');
		assert_true(buf_is_full(&b));
		assert_int_equal(buf_str(&b).n, max);
		assert_int_equal(buf_str(&b).p[max], '\0');
	}
}

static void a_full_buffer_takes_nothing_more_however_short(void **state)
{
	struct arena *a = *state;
	struct buf b;
	buf_init(&b, a, 5);
	buf_lit(&b, "abc");
	buf_lit(&b, "def");
	buf_lit(&b, "g");
	assert_str(buf_str(&b), "abc");
	assert_true(buf_is_full(&b));
}

static void numbers_are_written_as_they_are(void **state)
{
	struct arena *a = *state;
	struct buf b;
	buf_init(&b, a, 1000);
	buf_int(&b, 0);
	buf_byte(&b, ' ');
	buf_int(&b, INT64_MIN);
	buf_byte(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_fmt(&b, " %s", "end");
	assert_str(buf_str(&b), "0 -9223372036854775808 9223372036854775807 end");
}

static void numbers_are_digits_without_overflow(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *text;
		bool is_fine;
		int64_t value;
	} cases[] = {
		{"0", true, 0}, {"-1", true, -1}, {"007", true, 7}, {"9223372036854775807", true, INT64_MAX},
		{"-9223372036854775808", true, INT64_MIN}, {"9223372036854775808", false, 0}, {"-9223372036854775809", false, 0},
		{"", false, 0}, {"-", false, 0}, {"+1", false, 0}, {" 1", false, 0}, {"1 ", false, 0}, {"1a", false, 0},
		{"0x1", false, 0}, {"99999999999999999999999", false, 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t value = 77;
		assert_int_equal(num_parse_int(exact(a, cases[i].text), &value), cases[i].is_fine);
		assert_int_equal(value, cases[i].is_fine ? cases[i].value : 77);
	}
}

static void ids_are_those_that_javascript_can_hold(void **state)
{
	struct arena *a = *state;
	int64_t id = 0;
	assert_true(num_parse_id(exact(a, "9007199254740991"), &id));
	assert_int_equal(id, 9007199254740991);
	assert_true(num_parse_id(exact(a, "1"), &id));
	assert_false(num_parse_id(exact(a, "9007199254740992"), &id));
	assert_false(num_parse_id(exact(a, "0"), &id));
	assert_false(num_parse_id(exact(a, "-1"), &id));
	assert_int_equal(id, 1);
}

static void decimals_are_those_of_json_and_those_without_a_leading_zero(void **state)
{
	struct arena *a = *state;
	static const char *const good[] = {"0", "-1.5", "1e3", "1E+3", "1.5e-10", ".5", "1."};
	static const char *const bad[] = {"", "-", ".", "e3", "1e", "1e+", "1.2.3", "1 ", "NaN", "1,5", "--1"};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(num_is_decimal(exact(a, good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(num_is_decimal(exact(a, bad[i])));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_null_string_equals_the_empty_one_but_is_known_apart),
		TEST(comparing_is_by_bytes_and_letters_without_case_are_ascii_only),
		TEST(finding_looks_everywhere_and_not_beyond),
		TEST(cutting_gives_every_part_also_empty_ones),
		TEST(parts_clamp),
		TEST(copies_end_with_a_nul_and_null_stays_null),
		TEST(a_buffer_drops_what_passes_its_maximum_and_says_so),
		TEST(a_full_buffer_takes_nothing_more_however_short),
		TEST(numbers_are_written_as_they_are),
		TEST(numbers_are_digits_without_overflow),
		TEST(ids_are_those_that_javascript_can_hold),
		TEST(decimals_are_those_of_json_and_those_without_a_leading_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
