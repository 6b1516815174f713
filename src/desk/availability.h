#pragma once

#include <stdbool.h>

#include "base/business_time.h"
#include "base/ctx.h"
#include "base/zone.h"

/* When agents work: hours of a week in a zone of their own, and days off. Whoever has said nothing works from Monday to Friday, 9:00 to
 * 17:00, in the zone of the account. Used by booking pages (desk/booking.h). */

enum { MAX_DAYS_OFF = 400 };

struct availability {
	int64_t user_id;
	struct str time_zone;
	const struct business_span *spans;
	size_t span_n;
	const int64_t *days_off; /* local days since 1970, in order */
	size_t day_n;
	bool is_default; /* he has said nothing */
};

/* What is to change; null strings and NULL stay. */
struct availability_in {
	struct str time_zone;
	struct str hours;    /* JSON: [{"weekday": 0, "fromMinute": 540, "toMinute": 1020}], 0 is Monday */
	struct str days_off; /* JSON: ["2026-12-24"] */
};

/* user_id 0: one's own. Others' are for administrators. ERR_NOT_FOUND, ERR_NOT_ALLOWED, ERR_BAD_INPUT names the field. */
enum err desk_availability(struct ctx *c, int64_t user_id, struct availability *out);
enum err desk_availability_set(struct ctx *c, int64_t user_id, const struct availability_in *in, struct availability *out);

/* The same for the desk itself: nobody's rights are asked. */
enum err availability_of(struct ctx *c, int64_t user_id, struct availability *out);
/* As business hours, which point into both; false: tzdata has lost the zone. */
bool availability_hours(struct ctx *c, const struct availability *a, struct zone *zone, struct business_hours *out);
/* A day since 1970 as "2026-12-24". */
struct str day_text(struct ctx *c, int64_t day);
