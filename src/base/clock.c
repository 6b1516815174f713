/* Calendar arithmetic is by days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant's civil-days formulas,
 * restated); no libc time zone state is touched. */

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/num.h"

static int64_t read_clock(clockid_t id, int64_t per_second)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * per_second + t.tv_nsec / (1000000000 / per_second);
}

int64_t clock_ms(void)
{
	return read_clock(CLOCK_REALTIME, 1000);
}

int64_t clock_monotonic_ms(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000);
}

int64_t clock_monotonic_us(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000000);
}

struct civil {
	int year, month, day, hour, minute, second, ms, weekday; /* month and day from 1; weekday 0 = Sunday */
};

static int64_t floor_div(int64_t x, int64_t by)
{
	return x / by - (x % by < 0);
}

static struct civil to_civil(int64_t at_ms)
{
	int64_t days = floor_div(at_ms, DAYS(1));
	int64_t in_day = at_ms - days * DAYS(1);
	int64_t z = days + 719468; /* from 0000-03-01 */
	int64_t era = floor_div(z, 146097);
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted_month = (5 * day_of_year + 2) / 153; /* 0 = March */
	int month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
	return (struct civil){
		.year = (int)(year_of_era + era * 400 + (month <= 2)),
		.month = month,
		.day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1),
		.hour = (int)(in_day / HOURS(1)),
		.minute = (int)(in_day / MINUTES(1) % 60),
		.second = (int)(in_day / SECONDS(1) % 60),
		.ms = (int)(in_day % SECONDS(1)),
		.weekday = (int)((days % 7 + 11) % 7),
	};
}

static int64_t from_civil(const struct civil *t)
{
	int64_t year = t->year - (t->month <= 2);
	int64_t era = floor_div(year, 400);
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (t->month + (t->month > 2 ? -3 : 9)) + 2) / 5 + t->day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	int64_t days = era * 146097 + day_of_era - 719468;
	return days * DAYS(1) + HOURS(t->hour) + MINUTES(t->minute) + SECONDS(t->second) + t->ms;
}

static void two_digits(char *p, int value)
{
	p[0] = (char)('0' + value / 10 % 10);
	p[1] = (char)('0' + value % 10);
}

struct str time_iso_into(char room[25], int64_t at_ms)
{
	struct civil t = to_civil(at_ms);
	two_digits(room, t.year / 100);
	two_digits(room + 2, t.year % 100);
	room[4] = room[7] = '-';
	two_digits(room + 5, t.month);
	two_digits(room + 8, t.day);
	room[10] = 'T';
	two_digits(room + 11, t.hour);
	room[13] = room[16] = ':';
	two_digits(room + 14, t.minute);
	two_digits(room + 17, t.second);
	room[19] = '.';
	room[20] = (char)('0' + t.ms / 100);
	two_digits(room + 21, t.ms % 100);
	room[23] = 'Z';
	room[24] = '\0';
	return (struct str){room, 24};
}

struct str time_iso(struct arena *a, int64_t at_ms)
{
	return time_iso_into(arena_alloc(a, 25), at_ms);
}

struct str time_mail(struct arena *a, int64_t at_ms)
{
	static const char weekdays[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil t = to_civil(at_ms);
	return str_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d +0000", weekdays[t.weekday], t.day, months[t.month - 1],
	               t.year, t.hour, t.minute, t.second);
}

/* Takes exactly n digits from the front of *s. */
static bool take_digits(struct str *s, size_t n, int *out)
{
	int value = 0;
	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		value = value * 10 + (s->p[i] - '0');
	}
	*s = str_skip(*s, n);
	*out = value;
	return true;
}

static bool take_byte(struct str *s, char byte)
{
	if (s->n == 0 || s->p[0] != byte)
		return false;
	*s = str_skip(*s, 1);
	return true;
}

static void take_fraction(struct str *s, int *ms_out)
{
	int scale = 100;
	for (; s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9'; *s = str_skip(*s, 1), scale /= 10)
		*ms_out += (s->p[0] - '0') * scale;
}

/* Z, +hh:mm or +hhmm, as minutes east. */
static bool take_offset(struct str *s, int *minutes_out)
{
	int hours = 0, minutes = 0;
	*minutes_out = 0;
	if (take_byte(s, 'Z') || take_byte(s, 'z'))
		return true;
	bool is_west = s->n > 0 && s->p[0] == '-';
	if (!take_byte(s, '+') && !take_byte(s, '-'))
		return false;
	if (!take_digits(s, 2, &hours))
		return false;
	take_byte(s, ':');
	if (!take_digits(s, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*minutes_out = (hours * 60 + minutes) * (is_west ? -1 : 1);
	return true;
}

static int days_in_month(int year, int month)
{
	static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && is_leap);
}

bool time_parse(struct str s, int64_t *at_ms_out)
{
	enum { MAX_EPOCH_DIGITS = 15 };
	struct civil t = {0};
	int offset_minutes = 0;

	if (s.n <= MAX_EPOCH_DIGITS && num_parse_int(s, at_ms_out))
		return true;
	if (!take_digits(&s, 4, &t.year) || !take_byte(&s, '-') || !take_digits(&s, 2, &t.month) ||
	    !take_byte(&s, '-') || !take_digits(&s, 2, &t.day))
		return false;
	if (t.month < 1 || t.month > 12 || t.day < 1 || t.day > days_in_month(t.year, t.month))
		return false;
	if (s.n > 0) {
		if (!take_byte(&s, 'T') && !take_byte(&s, 't') && !take_byte(&s, ' '))
			return false;
		if (!take_digits(&s, 2, &t.hour) || !take_byte(&s, ':') || !take_digits(&s, 2, &t.minute))
			return false;
		if (take_byte(&s, ':') && !take_digits(&s, 2, &t.second))
			return false;
		if (take_byte(&s, '.'))
			take_fraction(&s, &t.ms);
		if (!take_offset(&s, &offset_minutes) || s.n > 0)
			return false;
		if (t.hour > 23 || t.minute > 59 || t.second > 60)
			return false;
	}
	*at_ms_out = from_civil(&t) - MINUTES(offset_minutes);
	return true;
}
