#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Pages where meetings are booked, and when agents work. There are few pages: they are read all at once. */

struct booking_page {
	int64_t id;
	struct str slug;
	struct str title;
	struct str description;
	struct str lengths; /* JSON: minutes, the shortest first */
	int64_t buffer_before, buffer_after; /* minutes */
	int64_t notice_minutes;
	int64_t ahead_days;
	int64_t max_per_day; /* with one agent; 0: any number */
	struct str location;
	struct str confirmation;
	bool is_active;
	int64_t user_id; /* whose it is; of a team's: who made it */
	int64_t team_id; /* 0: an agent's own */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};

/* ERR_CONFLICT: the slug is taken. */
enum err booking_page_insert(struct ctx *c, struct booking_page *p);
enum err booking_page_update(struct ctx *c, struct booking_page *p);
/* ERR_NOT_FOUND. Archived ones are found. */
enum err booking_page_load(struct ctx *c, int64_t id, struct booking_page *out);
enum err booking_page_by_slug(struct ctx *c, struct str slug, struct booking_page *out);
/* Not those archived. By title. */
enum err booking_page_list(struct ctx *c, struct booking_page **out, size_t *n_out);
/* How many there are, archived or not. */
enum err booking_page_count(struct ctx *c, int64_t *out);
/* Whoever makes or changes pages, or books: one after the other. */
enum err booking_lock(struct ctx *c);

struct availability_row {
	int64_t user_id;
	struct str time_zone;
	struct str hours;    /* JSON: [{"weekday": 0, "fromMinute": 540, "toMinute": 1020}] */
	struct str days_off; /* JSON: ["2026-12-24"] */
	int64_t updated_at;
};
/* ERR_NOT_FOUND. */
enum err availability_load(struct ctx *c, int64_t user_id, struct availability_row *out);
enum err availability_put(struct ctx *c, const struct availability_row *a);
