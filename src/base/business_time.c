#include "base/business_time.h"

#include "base/clock.h"
#include "base/zone.h"

/* A span may reach into the second day behind, and a zone may skip or repeat one. */
enum { DAYS_AROUND = 3 };

bool business_spans_are_good(const struct business_span *spans, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct business_span *s = &spans[i], *before = i > 0 ? &spans[i - 1] : NULL;
		if (s->weekday < 0 || s->weekday > 6 || s->from_minute < 0 || s->from_minute >= DAY_MINUTES ||
		    s->to_minute <= s->from_minute || s->to_minute > 2 * DAY_MINUTES)
			return false;
		if (before && (s->weekday < before->weekday || (s->weekday == before->weekday && s->from_minute < before->to_minute)))
			return false;
	}
	return n <= MAX_BUSINESS_SPANS;
}

static int64_t day_of(const struct business_hours *h, int64_t at_ms)
{
	int64_t wall = zone_wall(h->zone, at_ms);
	return wall / DAYS(1) - (wall % DAYS(1) < 0);
}

static bool is_holiday(const struct business_hours *h, int64_t day)
{
	size_t low = 0, high = h->holiday_n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (h->holidays[middle] == day)
			return true;
		if (h->holidays[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static struct business_open open_of(const struct business_hours *h, int64_t day, const struct business_span *s)
{
	return (struct business_open){
		.from_ms = zone_of_wall(h->zone, DAYS(day) + MINUTES(s->from_minute)),
		.to_ms = zone_of_wall(h->zone, DAYS(day) + MINUTES(s->to_minute)),
	};
}

static bool is_of_day(const struct business_span *s, int64_t day)
{
	return s->weekday == ((day + 3) % 7 + 7) % 7; /* 1 January 1970 was a Thursday */
}

/* Walks through open time, onwards from a time or backwards from it; is_done says when to stop. */
struct walk {
	const struct business_hours *h;
	int64_t day;     /* the next one to look at */
	size_t span_i;   /* … and how many of its spans were looked at */
	int64_t edge_ms; /* everything up to here (or down to here) was given */
	int64_t closed_n;
};

static bool next_forward(struct walk *w, struct business_open *out)
{
	for (; w->closed_n <= MAX_BUSINESS_CLOSED_DAYS; w->day++, w->span_i = 0, w->closed_n++) {
		if (is_holiday(w->h, w->day))
			continue;
		while (w->span_i < w->h->span_n) {
			const struct business_span *s = &w->h->spans[w->span_i++];
			if (!is_of_day(s, w->day))
				continue;
			struct business_open o = open_of(w->h, w->day, s);
			o.from_ms = o.from_ms < w->edge_ms ? w->edge_ms : o.from_ms;
			if (o.from_ms >= o.to_ms)
				continue;
			w->edge_ms = o.to_ms;
			w->closed_n = 0;
			*out = o;
			return true;
		}
	}
	return false;
}

static struct walk walk_from(const struct business_hours *h, int64_t at_ms)
{
	return (struct walk){.h = h, .day = day_of(h, at_ms) - DAYS_AROUND, .edge_ms = at_ms};
}

size_t business_open(const struct business_hours *h, int64_t from_ms, int64_t to_ms, struct business_open *out, size_t max)
{
	struct walk w = walk_from(h, from_ms);
	struct business_open o;
	size_t n = 0;
	while (n < max && next_forward(&w, &o) && o.from_ms < to_ms) {
		o.to_ms = o.to_ms < to_ms ? o.to_ms : to_ms;
		if (n > 0 && out[n - 1].to_ms == o.from_ms)
			out[n - 1].to_ms = o.to_ms;
		else
			out[n++] = o;
	}
	return n;
}

int64_t business_elapsed(const struct business_hours *h, int64_t from_ms, int64_t to_ms)
{
	struct walk w = walk_from(h, from_ms);
	struct business_open o;
	int64_t sum = 0;
	while (next_forward(&w, &o) && o.from_ms < to_ms)
		sum += (o.to_ms < to_ms ? o.to_ms : to_ms) - o.from_ms;
	return sum;
}

int64_t business_add(const struct business_hours *h, int64_t from_ms, int64_t work_ms)
{
	struct walk w = walk_from(h, from_ms);
	struct business_open o;
	if (work_ms <= 0)
		return from_ms;
	while (next_forward(&w, &o)) {
		if (o.to_ms - o.from_ms >= work_ms)
			return o.from_ms + work_ms;
		work_ms -= o.to_ms - o.from_ms;
	}
	return -1;
}

/* Backwards a week at a time: what is open in it in order, from its end on. Spans reach over the border of weeks, so a week is a stretch
 * of time and not of days. */
int64_t business_sub(const struct business_hours *h, int64_t until_ms, int64_t work_ms)
{
	int64_t closed_weeks = 0;
	if (work_ms <= 0)
		return until_ms;
	for (int64_t end = until_ms; closed_weeks <= MAX_BUSINESS_CLOSED_DAYS / 7; end -= DAYS(7)) {
		struct business_open opens[2 * MAX_BUSINESS_SPANS];
		size_t n = business_open(h, end - DAYS(7), end, opens, 2 * MAX_BUSINESS_SPANS);
		closed_weeks = n > 0 ? 0 : closed_weeks + 1;
		for (size_t i = n; i > 0; i--) {
			int64_t open_ms = opens[i - 1].to_ms - opens[i - 1].from_ms;
			if (open_ms >= work_ms)
				return opens[i - 1].to_ms - work_ms;
			work_ms -= open_ms;
		}
	}
	return -1;
}
