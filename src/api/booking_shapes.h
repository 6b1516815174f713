#pragma once

#include <stdbool.h>

#include "base/shape.h"

/* What the routes of booking pages, bookings and working hours take. */

struct booking_page_body {
	struct str title, slug, description, location, confirmation;
	struct str lengths; /* JSON array of minutes */
	int64_t buffer_before, buffer_after, notice_minutes, ahead_days, max_per_day;
	bool is_active;
	int64_t team_id;
};
struct booking_move_body {
	int64_t start_at;
};
struct availability_body {
	struct str time_zone, hours, days_off;
};
extern const struct shape booking_page_body_shape, booking_move_body_shape, availability_body_shape;
