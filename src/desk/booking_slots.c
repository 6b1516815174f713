/* When somebody may be met: working hours, less what is booked with its buffers, between the page's notice and how far ahead it goes. */

#include "desk/booking_int.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "store/team.h"
#include "text/json_read.h"

enum {
	MAX_STEP_MINUTES = 30,     /* between two slots */
	MIN_STEP_MINUTES = 15,
	MAX_OPENS = 4 * MAX_BUSINESS_SPANS,
	MAX_SLOTS = MAX_SLOT_DAYS * 24 * 60 / MIN_STEP_MINUTES * 2, /* of one agent */
};

/* The longest that a booking reaches around its start. */
#define MAX_REACH_MS MINUTES(MAX_BOOKING_MINUTES + 2 * MAX_BOOKING_BUFFER_MINUTES)

enum err booking_lengths(struct ctx *c, const struct booking_page *page, int64_t out[MAX_BOOKING_LENGTHS], size_t *n_out)
{
	json_t *list;
	TRY(json_parse(c, page->lengths, &list));
	*n_out = json_array_size(list) < MAX_BOOKING_LENGTHS ? json_array_size(list) : MAX_BOOKING_LENGTHS;
	for (size_t i = 0; i < *n_out; i++)
		out[i] = json_integer_value(json_array_get(list, i));
	return OK;
}

/* Who may be met -------------------------------------------------------------------------------------------------------- */

/* Somebody who works here and answers customers; id 0: not. */
static enum err load_user(struct ctx *c, int64_t id, struct user *out)
{
	enum err e = user_load(c, id, out);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		*out = (struct user){0};
		return OK;
	}
	TRY(e);
	if (!out->is_active || out->role == ROLE_VIEWER || out->seat == SEAT_VIEW_ONLY)
		*out = (struct user){0};
	return OK;
}

static enum err add_host(struct ctx *c, int64_t user_id, int64_t from, int64_t to, struct booking_host *hosts, size_t *n)
{
	struct booking_host *h = &hosts[*n];
	TRY(load_user(c, user_id, &h->user));
	if (h->user.id == 0)
		return OK;
	TRY(availability_of(c, user_id, &h->availability));
	if (!availability_hours(c, &h->availability, &h->zone, &h->hours))
		return OK; /* tzdata has lost his zone: nobody knows when he works */
	/* a day more on both sides: how many he has on a day is counted by his own */
	TRY(booking_list_of_user(c, user_id, from - MAX_REACH_MS - DAYS(1), to + MAX_REACH_MS + DAYS(1), &h->bookings, &h->booking_n));
	++*n;
	return OK;
}

enum err booking_hosts(struct ctx *c, const struct booking_page *page, int64_t from, int64_t to, struct booking_host **out, size_t *n_out)
{
	struct booking_host *hosts = NEW_ARRAY(c->a, MAX_BOOKING_HOSTS, struct booking_host);
	struct team_member *members;
	size_t n = 0, member_n;
	*out = hosts;
	*n_out = 0;
	if (page->team_id == 0) {
		TRY(add_host(c, page->user_id, from, to, hosts, n_out));
		return OK;
	}
	TRY(team_member_list_of_team(c, page->team_id, &members, &member_n));
	for (size_t i = 0; i < member_n && n < MAX_BOOKING_HOSTS; i++)
		if (i == 0 || members[i].user_id != members[i - 1].user_id)
			TRY(add_host(c, members[i].user_id, from, to, hosts, &n));
	*n_out = n;
	return OK;
}

/* Free or not ------------------------------------------------------------------------------------------------------------ */

static bool overlaps(int64_t from, int64_t to, int64_t other_from, int64_t other_to)
{
	return from < other_to && other_from < to;
}

static int64_t local_day(const struct booking_host *h, int64_t at)
{
	int64_t wall = zone_wall(&h->zone, at);
	return wall / DAYS(1) - (wall % DAYS(1) < 0);
}

/* Each meeting keeps clear of the other's buffers; two buffers may lie over one another. */
bool booking_is_free(const struct booking_page *page, const struct booking_host *host, int64_t start, int64_t end, int64_t moved)
{
	int64_t from = start - MINUTES(page->buffer_before), to = end + MINUTES(page->buffer_after), on_day = 0;
	for (size_t i = 0; i < host->booking_n; i++) {
		const struct booking *b = &host->bookings[i];
		if (b->id == moved)
			continue;
		if (overlaps(from, to, b->start_at, b->end_at) || overlaps(start, end, b->busy_from, b->busy_to))
			return false;
		on_day += b->page_id == page->id && local_day(host, b->start_at) == local_day(host, start);
	}
	return page->max_per_day == 0 || on_day < page->max_per_day;
}

struct window {
	int64_t from, to; /* of starts */
};

static struct window window_of(struct ctx *c, const struct booking_page *page, int64_t from, int64_t to)
{
	int64_t earliest = c->now + MINUTES(page->notice_minutes), latest = c->now + DAYS(page->ahead_days);
	return (struct window){from > earliest ? from : earliest, to < latest ? to : latest};
}

static int64_t step_of(int64_t minutes)
{
	int64_t step = minutes < MAX_STEP_MINUTES ? minutes : MAX_STEP_MINUTES;
	return MINUTES(step < MIN_STEP_MINUTES ? MIN_STEP_MINUTES : step);
}

/* Slots begin when work begins, and every step from there; where work goes round the clock, when the day does. */
static size_t slots_of(const struct booking_page *page, const struct booking_host *h, int64_t minutes, struct window w, int64_t moved,
                       struct booking_slot *out, size_t max)
{
	struct business_open opens[MAX_OPENS];
	int64_t midnight = zone_of_wall(&h->zone, DAYS(local_day(h, w.from) - 1)), step = step_of(minutes);
	size_t n = 0, open_n = w.from < w.to ? business_open(&h->hours, midnight, w.to + MINUTES(minutes), opens, MAX_OPENS) : 0;
	for (size_t i = 0; i < open_n; i++) {
		for (int64_t at = opens[i].from_ms; at + MINUTES(minutes) <= opens[i].to_ms && at < w.to && n < max; at += step)
			if (at >= w.from && booking_is_free(page, h, at, at + MINUTES(minutes), moved))
				out[n++] = (struct booking_slot){at, at + MINUTES(minutes)};
	}
	return n;
}

enum err booking_is_offered(struct ctx *c, const struct booking_page *page, const struct booking_host *host, int64_t start,
                            int64_t minutes, int64_t moved, bool *out)
{
	struct booking_slot slot;
	struct window w = window_of(c, page, start, start + 1);
	*out = slots_of(page, host, minutes, w, moved, &slot, 1) == 1 && slot.start_at == start;
	return OK;
}

static int by_start(const void *x, const void *y)
{
	const struct booking_slot *a = x, *b = y;
	return a->start_at < b->start_at ? -1 : a->start_at > b->start_at;
}

enum err desk_booking_slots(struct ctx *c, const struct booking_page *page, int64_t minutes, int64_t from, int64_t to,
                            const struct booking *moved, struct booking_slot **out, size_t *n_out)
{
	struct booking_host *hosts;
	struct window w = window_of(c, page, from, to < from + DAYS(MAX_SLOT_DAYS) ? to : from + DAYS(MAX_SLOT_DAYS));
	size_t host_n, n = 0, kept = 0;
	TRY(booking_hosts(c, page, w.from, w.to, &hosts, &host_n));
	struct booking_slot *slots = NEW_ARRAY(c->a, host_n * MAX_SLOTS, struct booking_slot);
	for (size_t i = 0; i < host_n; i++)
		if (moved == NULL || moved->user_id == hosts[i].user.id)
			n += slots_of(page, &hosts[i], minutes, w, moved ? moved->id : 0, slots + n, MAX_SLOTS);
	qsort(slots, n, sizeof(slots[0]), by_start);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || slots[kept - 1].start_at != slots[i].start_at)
			slots[kept++] = slots[i];
	*out = slots;
	*n_out = kept;
	return OK;
}
