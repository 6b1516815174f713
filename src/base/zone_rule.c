/* POSIX TZ rules as RFC 8536 section 3.3 has them: hours up to 167, names in <>, and summer time that may last the whole year. */

#include "base/zone_int.h"

enum { MAX_RULE_HOURS = 167, MAX_OFFSET_HOURS = 24 };

int64_t floor_div(int64_t x, int64_t by)
{
	return x / by - (x % by < 0);
}

/* Reading ------------------------------------------------------------------------------------------------------------------ */

static bool take_byte(struct str *s, char byte)
{
	if (s->n == 0 || s->p[0] != byte)
		return false;
	*s = str_skip(*s, 1);
	return true;
}

static bool take_number(struct str *s, int least, int most, int *out)
{
	int value = 0;
	size_t n = 0;
	for (; n < s->n && n < 4 && s->p[n] >= '0' && s->p[n] <= '9'; n++)
		value = value * 10 + s->p[n] - '0';
	if (n == 0 || value < least || value > most)
		return false;
	*s = str_skip(*s, n);
	*out = value;
	return true;
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(struct str *s, int max_hours, int64_t *out)
{
	int hours, minutes = 0, seconds = 0;
	bool is_minus = take_byte(s, '-');
	if (!is_minus)
		take_byte(s, '+');
	if (!take_number(s, 0, max_hours, &hours))
		return false;
	if (take_byte(s, ':')) {
		if (!take_number(s, 0, 59, &minutes) || (take_byte(s, ':') && !take_number(s, 0, 59, &seconds)))
			return false;
	}
	int64_t value = (int64_t)hours * 3600 + minutes * 60 + seconds;
	*out = is_minus ? -value : value;
	return true;
}

static bool is_name_byte(char byte, bool is_quoted)
{
	char low = byte | 0x20;
	return (low >= 'a' && low <= 'z') || (is_quoted && ((byte >= '0' && byte <= '9') || byte == '+' || byte == '-'));
}

static bool take_name(struct str *s)
{
	size_t n = 0;
	bool is_quoted = take_byte(s, '<');
	while (n < s->n && is_name_byte(s->p[n], is_quoted))
		n++;
	*s = str_skip(*s, n);
	return n >= 3 && (!is_quoted || take_byte(s, '>'));
}

static bool take_day(struct str *s, struct zone_day *out)
{
	struct zone_day d = {.kind = 'n', .second = 2 * 3600};
	bool is_read;
	if (take_byte(s, 'M')) {
		d.kind = 'M';
		is_read = take_number(s, 1, 12, &d.month) && take_byte(s, '.') && take_number(s, 1, 5, &d.week) &&
		          take_byte(s, '.') && take_number(s, 0, 6, &d.day);
	} else if (take_byte(s, 'J')) {
		d.kind = 'J';
		is_read = take_number(s, 1, 365, &d.day);
	} else {
		is_read = take_number(s, 0, 365, &d.day);
	}
	if (!is_read || (take_byte(s, '/') && !take_time(s, MAX_RULE_HOURS, &d.second)))
		return false;
	*out = d;
	return true;
}

bool zone_rule_parse(struct str text, struct zone_rule *out)
{
	struct zone_rule r = {.is_there = true};
	int64_t west;
	if (!take_name(&text) || !take_time(&text, MAX_OFFSET_HOURS, &west))
		return false;
	r.standard = r.summer = -west; /* POSIX counts westwards */
	if (text.n > 0) {
		r.has_summer = true;
		r.summer = r.standard + 3600;
		if (!take_name(&text))
			return false;
		if (text.n > 0 && text.p[0] != ',') {
			if (!take_time(&text, MAX_OFFSET_HOURS, &west))
				return false;
			r.summer = -west;
		}
		if (!take_byte(&text, ',') || !take_day(&text, &r.begins) || !take_byte(&text, ',') || !take_day(&text, &r.ends))
			return false;
	}
	if (text.n > 0)
		return false;
	*out = r;
	return true;
}

/* Reckoning ---------------------------------------------------------------------------------------------------------------- */

static bool is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970 to 1 January of the year. */
static int64_t year_day(int64_t year)
{
	int64_t y = year - 1;
	return (year - 1970) * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) - (492 - 19 + 4);
}

static int64_t year_of(int64_t at)
{
	int64_t days = floor_div(at, DAY_SECONDS), year = 1970 + floor_div(days * 400, 146097);
	while (year_day(year) > days)
		year--;
	while (year_day(year + 1) <= days)
		year++;
	return year;
}

static int64_t month_day(int64_t year, const struct zone_day *d)
{
	static const int begin[2][13] = {
		{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
		{0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366},
	};
	const int *months = begin[is_leap(year)];
	int64_t first = year_day(year) + months[d->month - 1];
	int64_t weekday = ((first + 4) % 7 + 7) % 7; /* 1 January 1970 was a Thursday */
	int64_t day = (d->day - weekday + 7) % 7 + (d->week - 1) * 7;
	return day < months[d->month] - months[d->month - 1] ? first + day : first + day - 7;
}

/* The wall second at which the day's time is, as if it were UTC. */
static int64_t wall_second(int64_t year, const struct zone_day *d)
{
	int64_t day = d->kind == 'M'   ? month_day(year, d)
	              : d->kind == 'J' ? year_day(year) + d->day - 1 + (is_leap(year) && d->day >= 60)
	                               : year_day(year) + d->day;
	return day * DAY_SECONDS + d->second;
}

struct change {
	int64_t at;
	int64_t offset; /* from then on */
};

/* Those of three years around, in order. Where summer time begins at the moment at which it ends, it goes on. */
static void changes_around(const struct zone_rule *r, int64_t at, struct change out[6])
{
	int64_t year = year_of(at) - 1;
	for (int i = 0; i < 3; i++) {
		out[2 * i] = (struct change){wall_second(year + i, &r->ends) - r->summer, r->standard};
		out[2 * i + 1] = (struct change){wall_second(year + i, &r->begins) - r->standard, r->summer};
	}
	for (int i = 1; i < 6; i++)
		for (int k = i; k > 0 && (out[k].at < out[k - 1].at ||
		                          (out[k].at == out[k - 1].at && out[k].offset == r->standard)); k--) {
			struct change swap = out[k];
			out[k] = out[k - 1];
			out[k - 1] = swap;
		}
}

int64_t rule_offset(const struct zone_rule *r, int64_t at)
{
	struct change changes[6];
	int64_t offset;
	if (!r->has_summer)
		return r->standard;
	changes_around(r, at, changes);
	offset = changes[0].offset;
	for (int i = 0; i < 6 && changes[i].at <= at; i++)
		offset = changes[i].offset;
	return offset;
}

int64_t rule_next_change(const struct zone_rule *r, int64_t at)
{
	struct change changes[6];
	if (!r->has_summer)
		return INT64_MAX;
	changes_around(r, at, changes);
	for (int i = 0; i < 6; i++)
		if (changes[i].at > at)
			return changes[i].at;
	return INT64_MAX;
}
