#include "text/local.h"

#include "base/arena.h"
#include "base/test.h"

static void assert_string(struct str got, const char *expected)
{
	assert_int_equal(got.n, str_c(expected).n);
	assert_memory_equal(got.p, expected, got.n);
}

enum { TWO_HOURS = 2 * 3600 * 1000 };
static const int64_t AT = 1795271400000; /* 2026-11-21T14:30:00Z */

static void dates_are_written_as_readers_of_the_language_write_them(void **state)
{
	struct arena *a = arena_open(1 << 16);
	static const struct {
		const char *language;
		enum local_form form;
		const char *text;
	} rows[] = {
		{"en", LOCAL_DATE, "21 November 2026"},       {"de", LOCAL_DATE, "21. November 2026"},
		{"fr", LOCAL_DAY, "samedi 21 novembre 2026"}, {"ja", LOCAL_DATE, "2026年11月21日"},
		{"zh-TW", LOCAL_DATE, "2026年11月21日"},      {"en", LOCAL_TIME, "14:30"},
		{"pl", LOCAL_DATE, "21 listopada 2026"},      {"xx", LOCAL_TIME, "14:30"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string(local_time(a, str_c(rows[i].language), AT, 0, rows[i].form), rows[i].text);
	assert_string(local_time(a, STR("en"), AT, TWO_HOURS, LOCAL_TIME), "16:30");
	arena_close(a);
}

static void numbers_and_money_stay_exact(void **state)
{
	struct arena *a = arena_open(1 << 16);
	(void)state;
	assert_string(local_number(a, STR("en"), STR("123456789012345678.0625")), "123,456,789,012,345,678.0625");
	assert_string(local_number(a, STR("de"), STR("1234.5")), "1.234,5");
	assert_string(local_money(a, STR("en"), STR("1234.5"), STR("EUR")), "€1,234.50");
	assert_string(local_money(a, STR("de"), STR("1234.5"), STR("EUR")), "1.234,50\u00a0€");
	assert_string(local_money(a, STR("ja"), STR("1234"), STR("JPY")), "￥1,234");
	assert_string(local_money(a, STR("en"), STR("12.5"), STR("AFN")), "AFN\u00a012.50");
	assert_string(local_money(a, STR("en"), STR("1.0005"), STR("IQD")), "IQD\u00a01.001");
	assert_string(local_money(a, STR("en"), STR("no number"), STR("EUR")), "no number");
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_written_as_readers_of_the_language_write_them),
		cmocka_unit_test(numbers_and_money_stay_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
