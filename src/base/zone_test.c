#include "base/zone.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/test.h"

static void clocks_are_ahead_as_tzdata_says_before_and_after_they_change(void **state)
{
	static const struct {
		const char *zone, *at;
		int minutes;
	} rows[] = {
		{"UTC", "2026-07-01T00:00:00Z", 0},
		{"Europe/Berlin", "2026-01-15T12:00:00Z", 60},
		{"Europe/Berlin", "2026-03-29T00:59:59Z", 60},
		{"Europe/Berlin", "2026-03-29T01:00:00Z", 120},
		{"Europe/Berlin", "2026-10-25T00:59:59Z", 120},
		{"Europe/Berlin", "2026-10-25T01:00:00Z", 60},
		{"America/New_York", "2026-11-21T00:00:00Z", -300},
		{"America/St_Johns", "2026-11-21T00:00:00Z", -210},
		{"Asia/Kathmandu", "2026-11-21T00:00:00Z", 345},
		{"Pacific/Kiritimati", "2026-11-21T00:00:00Z", 840},
		{"America/Argentina/Buenos_Aires", "2026-11-21T00:00:00Z", -180},
		{"Etc/GMT+12", "2026-11-21T00:00:00Z", -720},
	};
	struct arena *a = arena_open(1 << 24);
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t at, offset = -1;
		assert_true(time_parse(str_c(rows[i].at), &at));
		if (!zone_offset(a, str_c(rows[i].zone), at, &offset) || offset != MINUTES(rows[i].minutes))
			fail_msg("%s at %s: %lld", rows[i].zone, rows[i].at, (long long)offset / 60000);
	}
	arena_close(a);
}

static void what_is_no_zone_is_refused_and_no_name_leads_out_of_the_folder(void **state)
{
	static const char *const names[] = {"",  "Mars/Base", "../zoneinfo/Europe/Berlin", "/etc/passwd", "Europe", "Europe/",
	                                    "/", "zone.tab",  "Europe//Berlin",            "Europe/Berlin ", "tzdata.zi",
	                                    "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a"};
	struct arena *a = arena_open(1 << 24);
	int64_t offset;
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (zone_offset(a, str_c(names[i]), 0, &offset))
			fail_msg("%s", names[i]);
	assert_false(zone_offset(a, STR("Europe/Berlin\0x"), 0, &offset));
	arena_close(a);
}

/* A block with one type and one transition, with times of eight bytes, behind an empty old one. */
static size_t small_file(char *file)
{
	static const char head[44] = "TZif2";
	size_t n = 0;
	memcpy(file, head, 44);
	file[39] = 1; /* one type */
	file[43] = 1; /* one character */
	n = 44 + 6 + 1;
	memset(file + 44, 0, 7);
	memcpy(file + n, head, 44);
	file[n + 35] = 1; /* one transition */
	file[n + 39] = 1;
	file[n + 43] = 1;
	n += 44;
	memset(file + n, 0, 8 + 1 + 6 + 1);
	file[n + 9 + 2] = 0x0e; /* 3600 */
	file[n + 9 + 3] = 0x10;
	return n + 8 + 1 + 6 + 1;
}

static void a_file_that_is_cut_or_lies_about_its_counts_is_none(void **state)
{
	char whole[200];
	size_t n = small_file(whole);
	int64_t offset;
	(void)state;
	assert_true(zone_read((struct str){whole, n}, 0, &offset));
	assert_int_equal(offset, 3600000);
	for (size_t cut = 0; cut < n; cut++) {
		char *part = malloc(cut + 1); /* so that reading beyond it shows */
		memcpy(part, whole, cut);
		char *exact = realloc(part, cut ? cut : 1);
		assert_false(zone_read((struct str){exact, cut}, 0, &offset));
		free(exact);
	}
	for (size_t at = 20; at < 44; at++) {
		char broken[200];
		memcpy(broken, whole, n);
		broken[at] = (char)0xff;
		zone_read((struct str){broken, n}, 0, &offset); /* whatever it says, nothing is read beyond */
		memcpy(broken, whole, n);
		broken[51 + at] = (char)0xff;
		zone_read((struct str){broken, n}, 0, &offset);
	}
	whole[n - 8] = 7; /* a transition to a type that is not there */
	assert_false(zone_read((struct str){whole, n}, 0, &offset));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clocks_are_ahead_as_tzdata_says_before_and_after_they_change),
		cmocka_unit_test(what_is_no_zone_is_refused_and_no_name_leads_out_of_the_folder),
		cmocka_unit_test(a_file_that_is_cut_or_lies_about_its_counts_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
