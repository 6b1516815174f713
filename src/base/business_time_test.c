#include "base/business_time.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/test.h"
#include "base/zone.h"

static const struct business_span week[] = {
	{0, 540, 1020}, {1, 540, 1020}, {2, 540, 1020}, {3, 540, 1020}, {4, 540, 1020},
};
static const struct business_span night[] = {
	{0, 1320, 1800}, {1, 1320, 1800}, {2, 1320, 1800}, {3, 1320, 1800}, {4, 1320, 1800}, {5, 1320, 1800}, {6, 1320, 1800},
};
static const struct business_span always[] = {
	{0, 0, 1440}, {1, 0, 1440}, {2, 0, 1440}, {3, 0, 1440}, {4, 0, 1440}, {5, 0, 1440}, {6, 0, 1440},
};

static struct zone zone_of(struct arena *a, const char *name)
{
	struct zone z;
	assert_true(zone_load(a, str_c(name), &z));
	return z;
}

static int64_t at(const char *text)
{
	int64_t ms;
	assert_true(time_parse(str_c(text), &ms));
	return ms;
}

static void a_working_day_of_eight_hours_ends_on_the_same_day(void **state)
{
	struct arena *a = arena_open(1 << 24);
	struct zone berlin = zone_of(a, "Europe/Berlin");
	const struct business_hours h = {.zone = &berlin, .spans = week, .span_n = 5};
	(void)state;
	assert_true(business_spans_are_good(week, 5));
	/* Monday 09:00 + 8 h is Monday 17:00 */
	assert_int_equal(business_add(&h, at("2026-11-23T08:00:00Z"), HOURS(8)), at("2026-11-23T16:00:00Z"));
	assert_int_equal(business_add(&h, at("2026-11-23T08:00:00Z"), HOURS(8) + 1), at("2026-11-24T08:00:00Z") + 1);
	/* Saturday counts from Monday on */
	assert_int_equal(business_add(&h, at("2026-11-21T12:00:00Z"), HOURS(1)), at("2026-11-23T09:00:00Z"));
	assert_int_equal(business_elapsed(&h, at("2026-11-20T15:00:00Z"), at("2026-11-23T09:00:00Z")), HOURS(2));
	assert_int_equal(business_sub(&h, at("2026-11-23T09:00:00Z"), HOURS(2)), at("2026-11-20T15:00:00Z"));
	arena_close(a);
}

static void a_night_shift_is_an_hour_shorter_or_longer_when_clocks_change(void **state)
{
	static const struct {
		const char *from, *to;
		int hours;
	} rows[] = {
		{"2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", 7},
		{"2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", 9},
		{"2026-06-24T12:00:00Z", "2026-06-25T12:00:00Z", 8},
	};
	struct arena *a = arena_open(1 << 24);
	struct zone berlin = zone_of(a, "Europe/Berlin");
	const struct business_hours h = {.zone = &berlin, .spans = night, .span_n = 7};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(business_elapsed(&h, at(rows[i].from), at(rows[i].to)), HOURS(rows[i].hours));
	arena_close(a);
}

static void the_days_of_clock_changes_have_23_and_25_hours(void **state)
{
	struct arena *a = arena_open(1 << 24);
	struct zone berlin = zone_of(a, "Europe/Berlin");
	const struct business_hours h = {.zone = &berlin, .spans = always, .span_n = 7};
	(void)state;
	assert_int_equal(business_elapsed(&h, at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z")), HOURS(23));
	assert_int_equal(business_elapsed(&h, at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")), HOURS(25));
	arena_close(a);
}

/* In Cairo summer time begins at midnight: that day has no 00:00 to 01:00. */
static void a_day_that_begins_in_a_gap_begins_behind_it(void **state)
{
	static const struct business_span friday[] = {{4, 0, 120}};
	struct arena *a = arena_open(1 << 24);
	struct zone cairo = zone_of(a, "Africa/Cairo");
	const struct business_hours h = {.zone = &cairo, .spans = friday, .span_n = 1};
	struct business_open open[2];
	(void)state;
	assert_int_equal(zone_of_wall(&cairo, at("2026-04-24T00:30:00Z")), at("2026-04-23T22:00:00Z"));
	assert_int_equal(business_open(&h, at("2026-04-22T00:00:00Z"), at("2026-04-26T00:00:00Z"), open, 2), 1);
	assert_int_equal(open[0].from_ms, at("2026-04-23T22:00:00Z"));
	assert_int_equal(open[0].to_ms, at("2026-04-23T23:00:00Z"));
	arena_close(a);
}

static void holidays_are_closed_and_what_is_never_open_says_so(void **state)
{
	const int64_t easter[] = {at("2026-04-03T00:00:00Z") / DAYS(1), at("2026-04-06T00:00:00Z") / DAYS(1)};
	struct arena *a = arena_open(1 << 24);
	struct zone berlin = zone_of(a, "Europe/Berlin");
	struct business_hours h = {.zone = &berlin, .spans = week, .span_n = 5, .holidays = easter, .holiday_n = 2};
	(void)state;
	/* Thursday 16:00 + 2 h is Tuesday 10:00 */
	assert_int_equal(business_add(&h, at("2026-04-02T14:00:00Z"), HOURS(2)), at("2026-04-07T08:00:00Z"));
	h.span_n = 0;
	assert_int_equal(business_add(&h, at("2026-04-02T14:00:00Z"), 1), -1);
	assert_int_equal(business_sub(&h, at("2026-04-02T14:00:00Z"), 1), -1);
	assert_int_equal(business_elapsed(&h, 0, at("2026-04-02T14:00:00Z")), 0);
	assert_int_equal(business_add(&h, 77, 0), 77);
	arena_close(a);
}

static void shifts_that_overlap_over_midnight_count_once(void **state)
{
	static const struct business_span both[] = {{0, 1200, 1600}, {1, 60, 300}};
	struct arena *a = arena_open(1 << 24);
	struct zone utc = zone_of(a, "UTC");
	const struct business_hours h = {.zone = &utc, .spans = both, .span_n = 2};
	(void)state;
	assert_int_equal(business_elapsed(&h, at("2026-11-23T00:00:00Z"), at("2026-11-25T00:00:00Z")), HOURS(9));
	arena_close(a);
}

static void spans_that_are_none_are_refused(void **state)
{
	static const struct business_span bad[][2] = {
		{{7, 0, 10}}, {{0, 10, 10}}, {{0, -1, 10}}, {{0, 1440, 1450}}, {{0, 0, 2881}}, {{0, 0, 60}, {0, 59, 70}}, {{1, 0, 60}, {0, 0, 60}},
	};
	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_false(business_spans_are_good(bad[i], 1));
	assert_false(business_spans_are_good(bad[5], 2));
	assert_false(business_spans_are_good(bad[6], 2));
	assert_true(business_spans_are_good(NULL, 0));
}

/* What was added can be taken away again, and is what has elapsed. */
static void twenty_thousand_sums_go_back_where_they_came_from(void **state)
{
	static const char *const names[] = {"Europe/Berlin", "Africa/Cairo", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"};
	const struct business_span *const plans[] = {week, night, always};
	const size_t plan_n[] = {5, 7, 7};
	struct arena *a = arena_open(1 << 24);
	(void)state;
	srand(7);
	for (int i = 0; i < 20000; i++) {
		struct zone z = zone_of(a, names[i % 5]);
		const struct business_hours h = {.zone = &z, .spans = plans[i % 3], .span_n = plan_n[i % 3]};
		int64_t from = at("2026-01-01T00:00:00Z") + (int64_t)rand() % (365 * 24 * 3600) * 1000;
		int64_t work = 1 + (int64_t)rand() % HOURS(100), then = business_add(&h, from, work);
		int64_t back = business_sub(&h, then, work);
		if (business_elapsed(&h, from, then) != work || business_elapsed(&h, back, then) != work || back < from)
			fail_msg("%s, plan %d, from %lld, work %lld: then %lld, back %lld", names[i % 5], i % 3, (long long)from,
			         (long long)work, (long long)then, (long long)back);
		arena_clear(a);
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_working_day_of_eight_hours_ends_on_the_same_day),
		cmocka_unit_test(a_night_shift_is_an_hour_shorter_or_longer_when_clocks_change),
		cmocka_unit_test(the_days_of_clock_changes_have_23_and_25_hours),
		cmocka_unit_test(a_day_that_begins_in_a_gap_begins_behind_it),
		cmocka_unit_test(holidays_are_closed_and_what_is_never_open_says_so),
		cmocka_unit_test(shifts_that_overlap_over_midnight_count_once),
		cmocka_unit_test(spans_that_are_none_are_refused),
		cmocka_unit_test(twenty_thousand_sums_go_back_where_they_came_from),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
