#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Time. Below cmd/, net/ and the runners nobody asks for it: a unit of work carries its time in ctx->now. Times are unix
 * milliseconds in UTC; durations are measured on the monotonic clock. */

struct arena;

#define SECONDS(n) ((int64_t)(n)*1000)
#define MINUTES(n) (SECONDS(n) * 60)
#define HOURS(n)   (MINUTES(n) * 60)
#define DAYS(n)    (HOURS(n) * 24)

/* Wall clock. */
int64_t clock_ms(void);
/* For durations; never compare it with a time. */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

/* ISO 8601 / RFC 3339 in UTC with milliseconds: 2026-11-21T09:30:00.000Z (24 bytes). */
struct str time_iso(struct arena *a, int64_t at_ms);
/* The same into room for 25 bytes; returns the 24. */
struct str time_iso_into(char room[25], int64_t at_ms);
/* RFC 5322 date in UTC: Sat, 21 Nov 2026 09:30:00 +0000. */
struct str time_mail(struct arena *a, int64_t at_ms);
/* Reads ISO 8601 (date, or date and time with Z or offset) or decimal epoch milliseconds. */
bool time_parse(struct str s, int64_t *at_ms_out);
