#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Working hours and what they make of time: how much of it was worked between two times, and when so much will have been. Hours are wall
 * times of a zone, per weekday; work is real time, so that a shift over the end of summer time is an hour longer. */

struct zone;

enum {
	MAX_BUSINESS_SPANS = 50,        /* of a week */
	MAX_BUSINESS_HOLIDAYS = 500,
	MAX_BUSINESS_CLOSED_DAYS = 800, /* in a row; what is closed for longer counts as closed for good */
	DAY_MINUTES = 24 * 60,
};

/* Open from one minute of the day to another, which may be on the next day (22:00 to 30:00). */
struct business_span {
	int64_t weekday; /* 0: Monday */
	int64_t from_minute, to_minute; /* 0 <= from < DAY_MINUTES, from < to <= 2 * DAY_MINUTES */
};

struct business_hours {
	const struct zone *zone;
	const struct business_span *spans; /* by weekday and minute */
	size_t span_n;
	const int64_t *holidays; /* local days since 1970, in order; whatever begins on one is closed */
	size_t holiday_n;
};

/* Are the spans such as above, in order? Those of one day may touch, and must not overlap. */
bool business_spans_are_good(const struct business_span *spans, size_t n);

/* A stretch of open time. */
struct business_open {
	int64_t from_ms, to_ms;
};
/* What is open of [from_ms, to_ms), in order, without what is open twice; at most max, and the rest is left out. Returns how many. */
size_t business_open(const struct business_hours *h, int64_t from_ms, int64_t to_ms, struct business_open *out, size_t max);

/* Milliseconds worked between the two; from_ms <= to_ms. */
int64_t business_elapsed(const struct business_hours *h, int64_t from_ms, int64_t to_ms);
/* When work_ms will have been worked since then: the first such time. -1: never. */
int64_t business_add(const struct business_hours *h, int64_t from_ms, int64_t work_ms);
/* The last time since which work_ms will have been worked until then. -1: never. */
int64_t business_sub(const struct business_hours *h, int64_t until_ms, int64_t work_ms);
