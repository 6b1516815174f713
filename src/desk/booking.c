/* Booking, moving and canceling. All of it under booking_lock(): what is free when one looks is free when one writes. */

#include "desk/booking_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "store/session.h"
#include "text/mail_addr.h"

enum { TOKEN_BYTES = 18 };

#define CANCELED  STR("CANCELED")
#define SCHEDULED STR("SCHEDULED")

static enum err not_free(struct ctx *c)
{
	return fail(c, ERR_CONFLICT, "This time is not free any more.");
}

/* Booking ------------------------------------------------------------------------------------------------------------------ */

/* What no page offers is not reckoned with. */
static enum err check_start(struct ctx *c, int64_t start)
{
	return start > c->now && start < c->now + DAYS(MAX_BOOKING_AHEAD_DAYS + 1) ? OK : not_free(c);
}

static enum err check_length(struct ctx *c, const struct booking_page *p, int64_t minutes)
{
	int64_t lengths[MAX_BOOKING_LENGTHS];
	size_t n;
	TRY(booking_lengths(c, p, lengths, &n));
	for (size_t i = 0; i < n; i++)
		if (lengths[i] == minutes)
			return OK;
	return fail_field(c, STR("minutes"), STR("INVALID_OPTION"), "This page has no meetings of that length.");
}

static enum err check_in(struct ctx *c, const struct booking_page *p, struct book_in *in)
{
	struct zone zone;
	bool is_ours;
	in->name = utf8_line(c->a, in->name);
	in->email = str_lower(c->a, str_trim(in->email));
	in->note = str_trim(utf8_clean(c->a, in->note));
	TRY(check_length(c, p, in->minutes));
	if (in->name.n == 0 || utf8_count(in->name) > MAX_BOOKING_NAME_CHARS)
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A name is text of at most %d characters.", MAX_BOOKING_NAME_CHARS);
	TRY(is_own_address(c, in->email, &is_ours)); /* mail from us to us would be a ticket */
	if (is_ours || !mail_addr_is_sendable(in->email))
		return fail_field(c, STR("email"), STR("INVALID_EMAIL"), "This is no email address of a customer.");
	if (in->note.n > MAX_BOOKING_NOTE_BYTES)
		return fail_field(c, STR("note"), STR("INVALID_LENGTH"), "A note is at most %d bytes.", MAX_BOOKING_NOTE_BYTES);
	if (!zone_load(c->a, in->time_zone, &zone))
		in->time_zone = STR("UTC");
	return OK;
}

/* So many by one person, and from one place: whoever fills an agent's week by a program stops there. */
static enum err check_limits(struct ctx *c, const struct book_in *in)
{
	struct str subject = str_fmt(c->a, "booking:" STR_FMT, STR_ARG(in->peer));
	struct throttle t;
	int64_t n;
	TRY(throttle_load(c, subject, &t));
	TRY(booking_count_of_email(c, in->email, c->now, &n));
	if (n >= MAX_UPCOMING_PER_EMAIL || (t.failure_n >= MAX_BOOKINGS_PER_PEER && t.window_ends_at > c->now))
		return fail(c, ERR_TOO_MANY, "There are many bookings by you already.");
	return throttle_add(c, subject, MINUTES(BOOKING_PEER_MINUTES));
}

/* Of those who are free then: who has least before him; then who was booked longest ago. ERR_CONFLICT: nobody is. */
static enum err choose_host(struct ctx *c, const struct booking_page *p, const struct book_in *in, int64_t *user_id_out)
{
	struct booking_host *hosts;
	struct booking_load_of_user load, best = {0};
	size_t n;
	*user_id_out = 0;
	TRY(booking_hosts(c, p, in->start_at, in->start_at + 1, &hosts, &n));
	for (size_t i = 0; i < n; i++) {
		bool is_offered;
		TRY(booking_is_offered(c, p, &hosts[i], in->start_at, in->minutes, 0, &is_offered));
		if (!is_offered)
			continue;
		TRY(booking_load_of(c, hosts[i].user.id, c->now, &load));
		bool is_better = *user_id_out == 0 || load.upcoming_n < best.upcoming_n ||
		                 (load.upcoming_n == best.upcoming_n && load.newest_at < best.newest_at);
		if (!is_better)
			continue;
		best = load;
		*user_id_out = hosts[i].user.id;
	}
	return *user_id_out ? OK : not_free(c);
}

static void set_time(const struct booking_page *p, struct booking *b, int64_t start, int64_t minutes)
{
	b->start_at = start;
	b->end_at = start + MINUTES(minutes);
	b->busy_from = start - MINUTES(p->buffer_before);
	b->busy_to = b->end_at + MINUTES(p->buffer_after);
}

enum err desk_book(struct ctx *c, const struct book_in *given, struct booking *out)
{
	struct booking_offer offer;
	struct book_in in = *given;
	struct booking b = {.state = SCHEDULED, .token = rand_token(c->a, TOKEN_BYTES)};
	TRY(booking_lock(c));
	TRY(desk_booking_offer(c, in.slug, &offer));
	TRY(check_in(c, &offer.page, &in));
	TRY(check_start(c, in.start_at));
	TRY(choose_host(c, &offer.page, &in, &b.user_id));
	TRY(check_limits(c, &in));
	b.page_id = offer.page.id;
	b.name = in.name;
	b.email = in.email;
	b.note = in.note;
	b.language = in.language;
	b.time_zone = in.time_zone;
	b.ticket_id = booking_ticket_of_token(c, in.ticket);
	set_time(&offer.page, &b, in.start_at, in.minutes);
	TRY(booking_object_make(c, &offer.page, &b));
	TRY(booking_insert(c, &b));
	*out = b;
	return booking_tell(c, &offer.page, &b, BOOKING_MADE);
}

/* Afterwards --------------------------------------------------------------------------------------------------------------- */

static enum err cancel(struct ctx *c, struct booking *b)
{
	struct booking_page p;
	if (str_eq(b->state, CANCELED))
		return OK;
	if (b->start_at <= c->now)
		return fail(c, ERR_EXPIRED, "This meeting has begun already.");
	TRY(booking_page_load(c, b->page_id, &p));
	b->state = CANCELED;
	b->sequence++;
	TRY(booking_update(c, b));
	return booking_tell(c, &p, b, BOOKING_CANCELED);
}

/* Who meets whom stays. A page that is closed meanwhile keeps its bookings, and they can be moved. */
static enum err move(struct ctx *c, struct booking *b, int64_t start)
{
	struct booking_page p;
	struct booking_host *hosts;
	size_t n;
	int64_t minutes = (b->end_at - b->start_at) / MINUTES(1);
	bool is_offered = false;
	if (str_eq(b->state, CANCELED))
		return fail(c, ERR_CONFLICT, "This meeting was canceled.");
	if (b->start_at <= c->now)
		return fail(c, ERR_EXPIRED, "This meeting has begun already.");
	if (start == b->start_at)
		return OK;
	TRY(check_start(c, start));
	TRY(booking_page_load(c, b->page_id, &p));
	TRY(booking_hosts(c, &p, start, start + 1, &hosts, &n));
	for (size_t i = 0; i < n; i++)
		if (hosts[i].user.id == b->user_id)
			TRY(booking_is_offered(c, &p, &hosts[i], start, minutes, b->id, &is_offered));
	if (!is_offered)
		return not_free(c);
	set_time(&p, b, start, minutes);
	b->sequence++;
	TRY(booking_update(c, b));
	return booking_tell(c, &p, b, BOOKING_MOVED);
}

/* For customers ------------------------------------------------------------------------------------------------------------ */

enum err desk_booking_of_token(struct ctx *c, struct str token, struct booking_ticket *out)
{
	struct user user;
	struct booking_ticket t;
	TRY(booking_by_token(c, token, &t.booking));
	TRY(booking_page_load(c, t.booking.page_id, &t.page));
	TRY(user_load(c, t.booking.user_id, &user));
	t.host_name = booking_user_name(c, &user);
	t.is_over = t.booking.start_at <= c->now;
	TRY(booking_can_mail(c, &t.is_mailed));
	*out = t;
	return OK;
}

enum err desk_booking_cancel_by_token(struct ctx *c, struct str token)
{
	struct booking b;
	TRY(booking_lock(c));
	TRY(booking_by_token(c, token, &b));
	return cancel(c, &b);
}

enum err desk_booking_move_by_token(struct ctx *c, struct str token, int64_t start_at)
{
	struct booking b;
	TRY(booking_lock(c));
	TRY(booking_by_token(c, token, &b));
	return move(c, &b, start_at);
}

/* For agents --------------------------------------------------------------------------------------------------------------- */

static enum err view_of(struct ctx *c, const struct booking *b, struct booking_view *out, bool *may_see)
{
	struct booking_page p;
	struct user user;
	bool may_edit;
	TRY(booking_page_load(c, b->page_id, &p));
	TRY(user_load(c, b->user_id, &user));
	TRY(booking_page_rights(c, &p, may_see, &may_edit));
	bool is_own = b->user_id == c->who.user_id && desk_may(c, CAN_CUSTOMISE, NULL);
	*may_see |= b->user_id == c->who.user_id;
	*out = (struct booking_view){
		.booking = *b,
		.page_title = p.title,
		.host_name = booking_user_name(c, &user),
		.may_change = is_own || desk_may(c, CAN_ADMINISTER, NULL),
	};
	return OK;
}

enum err desk_booking_list(struct ctx *c, int64_t page_id, struct booking_page_of_list at, struct booking_view **out, size_t *n_out)
{
	struct booking *rows;
	struct booking_page_view page;
	size_t n, kept = 0;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (page_id != 0)
		TRY(desk_booking_page_load(c, page_id, 0, &page));
	at.page_id = page_id;
	at.user_id = desk_may(c, CAN_ADMINISTER, NULL) ? 0 : c->who.user_id;
	at.from = c->now;
	TRY(booking_list_upcoming(c, &at, &rows, &n));
	struct booking_view *views = NEW_ARRAY(c->a, n, struct booking_view);
	for (size_t i = 0; i < n; i++) {
		bool may_see;
		TRY(view_of(c, &rows[i], &views[kept], &may_see));
		kept += may_see;
	}
	*out = views;
	*n_out = kept;
	return OK;
}

static enum err load_to_change(struct ctx *c, int64_t id, struct booking_view *out)
{
	struct booking b;
	bool may_see;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(booking_load(c, id, &b));
	TRY(view_of(c, &b, out, &may_see));
	if (!may_see)
		return fail(c, ERR_NOT_FOUND, "There is no such booking.");
	return out->may_change ? OK : fail(c, ERR_NOT_ALLOWED, "A booking is changed by its agent and by administrators.");
}

enum err desk_booking_cancel(struct ctx *c, int64_t id, struct booking_view *out)
{
	TRY(booking_lock(c));
	TRY(load_to_change(c, id, out));
	return cancel(c, &out->booking);
}

enum err desk_booking_move(struct ctx *c, int64_t id, int64_t start_at, struct booking_view *out)
{
	TRY(booking_lock(c));
	TRY(load_to_change(c, id, out));
	return move(c, &out->booking, start_at);
}

enum err desk_booking_move_slots(struct ctx *c, int64_t id, int64_t from, int64_t to, struct booking_slot **out, size_t *n_out)
{
	struct booking_view v;
	struct booking_page p;
	TRY(load_to_change(c, id, &v));
	TRY(booking_page_load(c, v.booking.page_id, &p));
	return desk_booking_slots(c, &p, (v.booking.end_at - v.booking.start_at) / MINUTES(1), from, to, &v.booking, out, n_out);
}

enum err desk_booking_erase(struct ctx *c, int64_t contact_id)
{
	return booking_erase_contact(c, contact_id);
}
