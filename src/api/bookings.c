/* Booking pages, bookings and working hours, for agents. What customers see of them is in page/booking.c. */

#include "api/booking_shapes.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/availability.h"
#include "desk/booking.h"

static const struct field booking_page_fields[] = {
	FIELD(struct booking_page_body, title, F_STR, .max = 400),
	FIELD(struct booking_page_body, slug, F_STR, .max = 200, .help = "Of its address /meet/…; made of the title where it is left out."),
	FIELD(struct booking_page_body, description, F_STR),
	FIELD(struct booking_page_body, location, F_STR, .help = "Where one meets: a place, a number, an address of the web."),
	FIELD(struct booking_page_body, confirmation, F_STR, .help = "What customers read when they have booked."),
	FIELD(struct booking_page_body, lengths, F_JSON, .help = "Minutes: [15, 30]."),
	FIELD(struct booking_page_body, buffer_before, F_INT, .help = "Minutes that stay free before a meeting."),
	FIELD(struct booking_page_body, buffer_after, F_INT),
	FIELD(struct booking_page_body, notice_minutes, F_INT, .help = "No meeting sooner than that."),
	FIELD(struct booking_page_body, ahead_days, F_INT, .help = "None later than that."),
	FIELD(struct booking_page_body, max_per_day, F_INT, .help = "With one agent; 0: any number."),
	FIELD(struct booking_page_body, is_active, F_BOOL),
	FIELD(struct booking_page_body, team_id, F_ID, .help = "Of a page that is made: the team whose members take turns; left out, it is your own."),
};
const struct shape booking_page_body_shape = SHAPE("BookingPageIn", struct booking_page_body, booking_page_fields);

static const struct field move_fields[] = {
	FIELD(struct booking_move_body, start_at, F_TIME, .flags = F_REQUIRED, .help = "One of its slots."),
};
const struct shape booking_move_body_shape = SHAPE("BookingMoveIn", struct booking_move_body, move_fields);

static const struct field availability_fields[] = {
	FIELD(struct availability_body, time_zone, F_STR, .max = 64, .help = "Europe/Berlin"),
	FIELD(struct availability_body, hours, F_JSON, .help = "[{\"weekday\": 0, \"fromMinute\": 540, \"toMinute\": 1020}]: 0 is Monday, minutes of the local day; they may pass 1440."),
	FIELD(struct availability_body, days_off, F_JSON, .help = "[\"2026-12-24\"]"),
};
const struct shape availability_body_shape = SHAPE("AvailabilityIn", struct availability_body, availability_fields);

/* Pages -------------------------------------------------------------------------------------------------------------------- */

static void write_page(struct json *j, const struct booking_page_view *v)
{
	const struct booking_page *p = &v->page;
	json_object_begin(j);
	json_add_id(j, "id", p->id);
	json_add_string(j, "slug", p->slug);
	json_add_string(j, "url", v->url);
	json_add_string(j, "title", p->title);
	json_add_string(j, "description", p->description);
	json_add_string(j, "location", p->location);
	json_add_string(j, "confirmation", p->confirmation);
	json_add_raw(j, "lengths", p->lengths);
	json_add_int(j, "bufferBefore", p->buffer_before);
	json_add_int(j, "bufferAfter", p->buffer_after);
	json_add_int(j, "noticeMinutes", p->notice_minutes);
	json_add_int(j, "aheadDays", p->ahead_days);
	json_add_int(j, "maxPerDay", p->max_per_day);
	json_add_bool(j, "isActive", p->is_active);
	json_add_id(j, "userId", p->user_id);
	json_add_id(j, "teamId", p->team_id);
	json_add_string(j, "hostName", v->host_name);
	json_add_bool(j, "mayEdit", v->may_edit);
	json_add_time(j, "createdAt", p->created_at);
	json_add_time(j, "updatedAt", p->updated_at);
	json_object_end(j);
}

static bool has(const struct req *q, const char *name)
{
	const json_t *value = json_object_get(q->json, name);
	return value != NULL && !json_is_null(value);
}

static struct booking_page_in read_page(const struct req *q)
{
	const struct booking_page_body *b = IN(q, struct booking_page_body);
	return (struct booking_page_in){
		.title = b->title,
		.slug = b->slug,
		.description = b->description,
		.location = b->location,
		.confirmation = b->confirmation,
		.lengths = b->lengths,
		.buffer_before = has(q, "bufferBefore") ? &b->buffer_before : NULL,
		.buffer_after = has(q, "bufferAfter") ? &b->buffer_after : NULL,
		.notice_minutes = has(q, "noticeMinutes") ? &b->notice_minutes : NULL,
		.ahead_days = has(q, "aheadDays") ? &b->ahead_days : NULL,
		.max_per_day = has(q, "maxPerDay") ? &b->max_per_day : NULL,
		.is_active = has(q, "isActive") ? &b->is_active : NULL,
		.team_id = b->team_id,
	};
}

/* ?ticketId=: the addresses are for a mail of that ticket. */
static enum err read_ticket(struct ctx *c, const struct req *q, int64_t *out)
{
	struct str text = req_query(c, q, "ticketId");
	*out = 0;
	if (text.n > 0 && !num_parse_id(text, out))
		return fail_field(c, STR("ticketId"), STR("INVALID_LONG"), "ticketId is a number.");
	return OK;
}

enum err api_booking_pages_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_page_view *views;
	int64_t ticket_id;
	size_t n;
	TRY(read_ticket(c, q, &ticket_id));
	TRY(desk_booking_page_list(c, ticket_id, &views, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_page(&r->j, &views[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_booking_pages_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_page_view v;
	int64_t id, ticket_id;
	TRY(req_id(c, q, "bookingPageId", &id));
	TRY(read_ticket(c, q, &ticket_id));
	TRY(desk_booking_page_load(c, id, ticket_id, &v));
	write_page(&r->j, &v);
	return OK;
}

enum err api_booking_pages_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_page_view v;
	const struct booking_page_in in = read_page(q);
	TRY(desk_booking_page_create(c, &in, &v));
	write_page(&r->j, &v);
	return OK;
}

enum err api_booking_pages_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_page_view v;
	const struct booking_page_in in = read_page(q);
	int64_t id;
	TRY(req_id(c, q, "bookingPageId", &id));
	if (has(q, "teamId"))
		return fail_field(c, STR("teamId"), STR("READ_ONLY"), "Whose page it is stays as it is.");
	TRY(desk_booking_page_update(c, id, &in, &v));
	write_page(&r->j, &v);
	return OK;
}

enum err api_booking_pages_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "bookingPageId", &id));
	TRY(desk_booking_page_archive(c, id));
	return res_nothing(r);
}

enum err api_booking_pages_restore(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_page_view v;
	int64_t id;
	TRY(req_id(c, q, "bookingPageId", &id));
	TRY(desk_booking_page_restore(c, id, &v));
	write_page(&r->j, &v);
	return OK;
}

/* Free times --------------------------------------------------------------------------------------------------------------- */

static enum err read_window(struct ctx *c, const struct req *q, int64_t *from, int64_t *to)
{
	struct str text = req_query(c, q, "from");
	int64_t days;
	*from = c->now;
	if (text.n > 0 && !time_parse(text, from))
		return fail_field(c, STR("from"), STR("INVALID_DATE"), "from is a time.");
	TRY(req_int(c, q, "days", 7, 1, MAX_SLOT_DAYS, &days));
	*to = *from + DAYS(days);
	return OK;
}

static void write_slots(struct res *r, const struct booking_slot *slots, size_t n)
{
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_time(&r->j, "startAt", slots[i].start_at);
		json_add_time(&r->j, "endAt", slots[i].end_at);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
}

enum err api_booking_page_slots(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_page_view v;
	struct booking_slot *slots;
	int64_t id, from, to, minutes, lengths[MAX_BOOKING_LENGTHS];
	size_t n;
	TRY(req_id(c, q, "bookingPageId", &id));
	TRY(desk_booking_page_load(c, id, 0, &v));
	TRY(booking_lengths(c, &v.page, lengths, &n));
	TRY(req_int(c, q, "minutes", lengths[0], MIN_BOOKING_MINUTES, MAX_BOOKING_MINUTES, &minutes));
	TRY(read_window(c, q, &from, &to));
	TRY(desk_booking_slots(c, &v.page, minutes, from, to, NULL, &slots, &n));
	write_slots(r, slots, n);
	return OK;
}

enum err api_booking_slots(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_slot *slots;
	int64_t id, from, to;
	size_t n;
	TRY(req_id(c, q, "bookingId", &id));
	TRY(read_window(c, q, &from, &to));
	TRY(desk_booking_move_slots(c, id, from, to, &slots, &n));
	write_slots(r, slots, n);
	return OK;
}

/* Bookings ----------------------------------------------------------------------------------------------------------------- */

static void write_booking(struct json *j, const struct booking_view *v)
{
	const struct booking *b = &v->booking;
	json_object_begin(j);
	json_add_id(j, "id", b->id);
	json_add_id(j, "bookingPageId", b->page_id);
	json_add_string(j, "pageTitle", v->page_title);
	json_add_id(j, "userId", b->user_id);
	json_add_string(j, "hostName", v->host_name);
	json_add_id(j, "contactId", b->contact_id);
	json_add_id(j, "meetingId", b->meeting_id);
	json_add_id(j, "ticketId", b->ticket_id);
	json_add_string(j, "name", b->name);
	json_add_string(j, "email", b->email);
	json_add_string(j, "note", b->note);
	json_add_string(j, "timeZone", b->time_zone);
	json_add_time(j, "startAt", b->start_at);
	json_add_time(j, "endAt", b->end_at);
	json_add_string(j, "state", b->state);
	json_add_bool(j, "mayChange", v->may_change);
	json_add_time(j, "createdAt", b->created_at);
	json_object_end(j);
}

/* The cursor is "start-id" of the last row. */
static enum err read_cursor(struct ctx *c, const struct req *q, struct booking_page_of_list *at)
{
	struct str rest = req_query(c, q, "after");
	if (rest.n == 0)
		return OK;
	struct str start = str_cut(&rest, STR("-"));
	if (!num_parse_int(start, &at->after_start) || !num_parse_id(rest, &at->after_id))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	return OK;
}

enum err api_bookings_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_view *views;
	struct booking_page_of_list at = {0};
	struct str page = req_query(c, q, "bookingPageId");
	int64_t page_id = 0;
	size_t n;
	if (page.n > 0 && !num_parse_id(page, &page_id))
		return fail_field(c, STR("bookingPageId"), STR("INVALID_LONG"), "bookingPageId is a number.");
	TRY(req_int(c, q, "limit", MAX_BOOKINGS_SHOWN, 1, MAX_BOOKINGS_SHOWN, &at.limit));
	TRY(read_cursor(c, q, &at));
	int64_t limit = at.limit++;
	TRY(desk_booking_list(c, page_id, at, &views, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_booking(&r->j, &views[i]);
	const struct booking *last = has_more ? &views[limit - 1].booking : NULL;
	res_list_end(r, "after", last ? str_fmt(c->a, "%lld-%lld", (long long)last->start_at, (long long)last->id) : STR_NULL);
	return OK;
}

enum err api_bookings_cancel(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_view v;
	int64_t id;
	TRY(req_id(c, q, "bookingId", &id));
	TRY(desk_booking_cancel(c, id, &v));
	write_booking(&r->j, &v);
	return OK;
}

enum err api_bookings_move(struct ctx *c, const struct req *q, struct res *r)
{
	struct booking_view v;
	int64_t id;
	TRY(req_id(c, q, "bookingId", &id));
	TRY(desk_booking_move(c, id, IN(q, struct booking_move_body)->start_at, &v));
	write_booking(&r->j, &v);
	return OK;
}

/* Working hours ------------------------------------------------------------------------------------------------------------ */

static enum err read_user(struct ctx *c, const struct req *q, int64_t *out)
{
	struct str text = req_query(c, q, "userId");
	*out = 0;
	if (text.n > 0 && !num_parse_id(text, out))
		return fail_field(c, STR("userId"), STR("INVALID_LONG"), "userId is a number.");
	return OK;
}

static void write_availability(struct ctx *c, struct json *j, const struct availability *a)
{
	json_object_begin(j);
	json_add_id(j, "userId", a->user_id);
	json_add_string(j, "timeZone", a->time_zone);
	json_key(j, "hours");
	json_array_begin(j);
	for (size_t i = 0; i < a->span_n; i++) {
		json_object_begin(j);
		json_add_int(j, "weekday", a->spans[i].weekday);
		json_add_int(j, "fromMinute", a->spans[i].from_minute);
		json_add_int(j, "toMinute", a->spans[i].to_minute);
		json_object_end(j);
	}
	json_array_end(j);
	json_key(j, "daysOff");
	json_array_begin(j);
	for (size_t i = 0; i < a->day_n; i++)
		json_str(j, day_text(c, a->days_off[i]));
	json_array_end(j);
	json_add_bool(j, "isDefault", a->is_default);
	json_object_end(j);
}

enum err api_availability_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct availability a;
	int64_t user_id;
	TRY(read_user(c, q, &user_id));
	TRY(desk_availability(c, user_id, &a));
	write_availability(c, &r->j, &a);
	return OK;
}

enum err api_availability_set(struct ctx *c, const struct req *q, struct res *r)
{
	const struct availability_body *b = IN(q, struct availability_body);
	const struct availability_in in = {b->time_zone, b->hours, b->days_off};
	struct availability a;
	int64_t user_id;
	TRY(read_user(c, q, &user_id));
	TRY(desk_availability_set(c, user_id, &in, &a));
	write_availability(c, &r->j, &a);
	return OK;
}

enum err api_time_zones(struct ctx *c, const struct req *q, struct res *r)
{
	struct str *names;
	size_t n;
	(void)q;
	zone_names(c->a, &names, &n);
	json_object_begin(&r->j);
	json_add_strings(&r->j, "results", names, n);
	json_object_end(&r->j);
	return OK;
}
