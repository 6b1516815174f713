#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static bool read_at(struct str file, int64_t at_ms, int64_t *offset_out)
{
	struct zone z;
	if (!zone_parse(file, &z))
		return false;
	*offset_out = zone_offset_at(&z, at_ms);
	return true;
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
	assert_true(read_at((struct str){whole, n}, 0, &offset));
	assert_int_equal(offset, 3600000);
	for (size_t cut = 0; cut < n; cut++) {
		char *part = malloc(cut + 1); /* so that reading beyond it shows */
		memcpy(part, whole, cut);
		char *exact = realloc(part, cut ? cut : 1);
		assert_false(read_at((struct str){exact, cut}, 0, &offset));
		free(exact);
	}
	for (size_t at = 20; at < 44; at++) {
		char broken[200];
		memcpy(broken, whole, n);
		broken[at] = (char)0xff;
		read_at((struct str){broken, n}, 0, &offset); /* whatever it says, nothing is read beyond */
		memcpy(broken, whole, n);
		broken[51 + at] = (char)0xff;
		read_at((struct str){broken, n}, 0, &offset);
	}
	whole[n - 8] = 7; /* a transition to a type that is not there */
	assert_false(read_at((struct str){whole, n}, 0, &offset));
}

static void walls_in_a_gap_move_to_its_end_and_those_shown_twice_are_the_earlier(void **state)
{
	static const struct {
		const char *zone, *wall, *at;
	} rows[] = {
		{"Europe/Berlin", "2026-03-29T01:59:59Z", "2026-03-29T00:59:59Z"},
		{"Europe/Berlin", "2026-03-29T02:00:00Z", "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-03-29T02:30:00Z", "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-03-29T03:00:00Z", "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z"},
		{"Europe/Berlin", "2026-10-25T03:00:00Z", "2026-10-25T02:00:00Z"},
		{"Europe/Berlin", "2199-07-01T12:00:00.250Z", "2199-07-01T10:00:00.250Z"},
		{"Africa/Cairo", "2026-04-24T00:00:00Z", "2026-04-23T22:00:00Z"},
		{"Africa/Cairo", "2026-04-24T00:59:00Z", "2026-04-23T22:00:00Z"},
		{"Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T10:00:00Z"}, /* a day that never was */
		{"Asia/Kathmandu", "2026-11-21T12:00:00Z", "2026-11-21T06:15:00Z"},
	};
	struct arena *a = arena_open(1 << 24);
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zone z;
		int64_t wall, at;
		assert_true(time_parse(str_c(rows[i].wall), &wall) && time_parse(str_c(rows[i].at), &at));
		assert_true(zone_load(a, str_c(rows[i].zone), &z));
		if (zone_of_wall(&z, wall) != at)
			fail_msg("%s %s: %s", rows[i].zone, rows[i].wall, str_z(a, time_iso(a, zone_of_wall(&z, wall))));
	}
	arena_close(a);
}

static void rules_of_a_footer_are_read_as_posix_has_them(void **state)
{
	static const char *const good[] = {"UTC0", "<-03>3", "CET-1CEST,M3.5.0,M10.5.0/3", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
	                                   "IST-2IDT,M3.4.4/26,M10.5.0", "XXX3EDT4,0/0,J365/23", "LHST-10:30LHDT-11,M10.1.0,M4.1.0"};
	static const char *const bad[] = {"", "CE1", "CET", "CET-1CEST", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0", "CET-25",
	                                  "<CET-1", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1 ", "CET-1CEST,J0,J1",
	                                  "CET-1CEST,M3.5.0,M10.5.0/3,", "CET-1:60"};
	struct zone_rule r;
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!zone_rule_parse(str_c(good[i]), &r))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (zone_rule_parse(str_c(bad[i]), &r))
			fail_msg("%s", bad[i]);
	/* summer time the whole year long */
	assert_true(zone_rule_parse(STR("XXX3EDT4,0/0,J365/23"), &r));
	struct zone z = {.types = "\0\0\0\0\0\0", .type_n = 1, .rule = r};
	for (int64_t at = 0; at < DAYS(1000); at += HOURS(1))
		assert_int_equal(zone_offset_at(&z, at), -HOURS(4));
}

/* What libc makes of the same data, by date(1): every zone that people choose from, at times from 1900 to 2400, more of them now. */
enum { TIME_N = 400 };

static void choose_times(int64_t times[TIME_N], const char *path)
{
	FILE *f = fopen(path, "w");
	srand(8536);
	for (int i = 0; i < TIME_N; i++) {
		int64_t span = i % 2 ? 500LL * 365 * 86400 : 30LL * 365 * 86400, from = i % 2 ? -2208988800LL : 1420070400LL;
		times[i] = from + ((int64_t)rand() << 20 ^ rand()) % span;
		fprintf(f, "@%lld\n", (long long)times[i]);
	}
	fclose(f);
}

static int64_t count_differences(struct str name, const struct zone *z, const int64_t times[TIME_N], const char *path)
{
	char command[300], line[64];
	int64_t bad = 0;
	snprintf(command, sizeof(command), "TZ=" STR_FMT " date -f %s +%%::z", STR_ARG(name), path);
	FILE *f = popen(command, "r");
	for (int i = 0; i < TIME_N; i++) {
		int hours, minutes, seconds;
		assert_non_null(fgets(line, sizeof(line), f));
		assert_int_equal(sscanf(line + 1, "%d:%d:%d", &hours, &minutes, &seconds), 3);
		int64_t offset = (hours * 3600 + minutes * 60 + seconds) * (line[0] == '-' ? -1 : 1);
		if (zone_offset_at(z, times[i] * 1000) != offset * 1000 && bad++ == 0)
			print_error(STR_FMT " at %lld: %lld, date says %s", STR_ARG(name), (long long)times[i],
			            (long long)zone_offset_at(z, times[i] * 1000) / 1000, line);
	}
	pclose(f);
	return bad;
}

static void every_zone_is_what_libc_makes_of_it(void **state)
{
	struct arena *a = arena_open(1 << 26);
	int64_t times[TIME_N], bad = 0;
	char path[] = "/tmp/zone-test-XXXXXX";
	struct str *names;
	size_t n;
	(void)state;
	close(mkstemp(path));
	choose_times(times, path);
	zone_names(a, &names, &n);
	assert_true(n > 300);
	for (size_t i = 0; i < n; i++) {
		struct zone z;
		assert_true(zone_load(a, names[i], &z));
		bad += count_differences(names[i], &z, times, path);
	}
	unlink(path);
	assert_int_equal(bad, 0);
	arena_close(a);
}

/* By its definition: clocks show that or more then, and never before. */
static void a_wall_time_is_the_first_at_which_clocks_show_it_or_more(void **state)
{
	struct arena *a = arena_open(1 << 26);
	struct str *names;
	size_t n;
	(void)state;
	srand(26);
	zone_names(a, &names, &n);
	for (size_t i = 0; i < n; i++) {
		struct zone z;
		assert_true(zone_load(a, names[i], &z));
		for (int64_t change = 0; (change = zone_next_change(&z, change)) < DAYS(365 * 90);) {
			int64_t wall = zone_wall(&z, change) - HOURS(3) + rand() % HOURS(5), at = zone_of_wall(&z, wall);
			assert_true(zone_wall(&z, at) >= wall && zone_wall(&z, at - 1) < wall);
			for (int64_t before = at - HOURS(6); before < at; before += MINUTES(7))
				assert_true(zone_wall(&z, before) < wall);
			if (zone_wall(&z, at) != wall)
				assert_int_equal(at, change); /* in the gap */
		}
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clocks_are_ahead_as_tzdata_says_before_and_after_they_change),
		cmocka_unit_test(what_is_no_zone_is_refused_and_no_name_leads_out_of_the_folder),
		cmocka_unit_test(a_file_that_is_cut_or_lies_about_its_counts_is_none),
		cmocka_unit_test(walls_in_a_gap_move_to_its_end_and_those_shown_twice_are_the_earlier),
		cmocka_unit_test(rules_of_a_footer_are_read_as_posix_has_them),
		cmocka_unit_test(every_zone_is_what_libc_makes_of_it),
		cmocka_unit_test(a_wall_time_is_the_first_at_which_clocks_show_it_or_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
