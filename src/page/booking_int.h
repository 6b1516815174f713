#pragma once

#include "base/zone.h"
#include "desk/booking.h"
#include "page/form_int.h"

/* Shared by booking.c (where a meeting is booked) and booking_made.c (one that was). */

enum { DAYS_SHOWN = 7 };

/* The days that are shown, on the visitor's clock. */
struct times {
	struct zone zone;
	struct str zone_name;
	int64_t minutes;
	int64_t first_day, from, to; /* since 1970; instants */
	struct booking_slot *slots;
	size_t n;
	bool has_earlier, has_later;
};

/* ?zone= where there is such a zone, else the other one, else UTC. */
void times_zone(struct ctx *c, struct str asked, struct str otherwise, struct times *t);
/* Fills in the days from the one asked for ("2026-11-24"); where nobody asks, from the first that has a free time. Inside of a
 * transaction. moved: as desk_booking_slots() has it. */
enum err times_load(struct ctx *c, const struct booking_page *page, struct str day, const struct booking *moved, struct times *t);
/* A group of choices for each day; chosen: the start that is marked. */
void times_show(struct ctx *c, struct form *f, const struct times *t, int64_t chosen);
/* "Earlier" and "Later": links to base with ?from= and what is asked for besides. */
void times_ways(struct ctx *c, struct form *f, const struct times *t, struct str base, struct str query);
/* "Tuesday 24 November 2026, 14:30" */
struct str times_when(struct ctx *c, const struct form *f, const struct zone *zone, int64_t at);

/* &name=value for a query, encoded; nothing where there is no value. */
void query_add(struct buf *b, const char *name, struct str value);
void form_value(struct form *f, struct str value);
