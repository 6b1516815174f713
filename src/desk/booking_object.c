/* What a booking leaves: a meeting on the contact and the ticket, mails to both who meet, and an event. Done by the desk itself: nobody is
 * signed in on a public page. */

#include "desk/booking_int.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "bus/event.h"
#include "desk/conversation_int.h"
#include "desk/defaults.h"
#include "desk/notify.h"
#include "desk/object.h"
#include "text/html_esc.h"

enum { MAX_BODY_BYTES = 64 << 10, MAX_PROPS = 10 };

static struct str body_of(struct ctx *c, const struct booking *b)
{
	struct buf html;
	buf_init(&html, c->a, MAX_BODY_BYTES);
	if (b->note.n == 0)
		return STR("");
	buf_lit(&html, "<p>");
	html_text_esc(&html, b->note);
	buf_lit(&html, "</p>");
	return buf_str(&html);
}

static size_t time_props(struct ctx *c, const struct booking *b, struct prop *props)
{
	props[0] = (struct prop){STR("hs_timestamp"), time_iso(c->a, b->start_at)};
	props[1] = (struct prop){STR("hs_meeting_start_time"), time_iso(c->a, b->start_at)};
	props[2] = (struct prop){STR("hs_meeting_end_time"), time_iso(c->a, b->end_at)};
	return 3;
}

/* A ticket that is gone is none; one that was merged is the other one. */
static enum err find_ticket(struct ctx *c, int64_t *ticket_id)
{
	struct object ticket;
	if (*ticket_id == 0)
		return OK;
	enum err e = desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), *ticket_id, false, &ticket);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		*ticket_id = 0;
		return OK;
	}
	TRY(e);
	*ticket_id = ticket.id;
	return OK;
}

static enum err make_meeting(struct ctx *c, const struct booking_page *p, struct booking *b)
{
	struct prop props[MAX_PROPS];
	struct owner owner;
	struct object meeting;
	size_t n = time_props(c, b, props);
	TRY(owner_by_user(c, b->user_id, &owner));
	props[n++] = (struct prop){STR("hs_meeting_title"), str_fmt(c->a, STR_FMT ": " STR_FMT, STR_ARG(p->title), STR_ARG(b->name))};
	props[n++] = (struct prop){STR("hs_meeting_body"), body_of(c, b)};
	props[n++] = (struct prop){STR("hs_meeting_outcome"), STR("SCHEDULED")};
	props[n++] = (struct prop){STR("hs_meeting_location"), p->location};
	props[n++] = (struct prop){STR("hubspot_owner_id"), str_fmt(c->a, "%lld", (long long)owner.id)};
	const struct link_in links[] = {
		{.to_id = b->contact_id, .to_type = TYPE_CONTACT},
		{.to_id = b->ticket_id, .to_type = TYPE_TICKET},
	};
	const struct object_in in = {
		.props = props,
		.prop_n = n,
		.links = links,
		.link_n = b->ticket_id ? 2 : 1,
		.source_type = STR("MEETINGS"),
	};
	TRY(desk_object_create(c, schema_type_by_id(c, TYPE_MEETING), &in, &meeting));
	b->meeting_id = meeting.id;
	return OK;
}

static enum err make(struct ctx *c, const struct booking_page *p, struct booking *b)
{
	struct object contact;
	const struct address who = {.name = b->name, .address = b->email};
	TRY(find_ticket(c, &b->ticket_id));
	TRY(contact_of(c, &who, &contact));
	b->contact_id = contact.id;
	return make_meeting(c, p, b);
}

enum err booking_object_make(struct ctx *c, const struct booking_page *p, struct booking *b)
{
	const struct actor who = c->who;
	c->who = (struct actor){.kind = ACTOR_SYSTEM};
	enum err e = make(c, p, b);
	c->who = who;
	return e;
}

/* The meeting may have been deleted by somebody: then there is nothing to say about it. */
static enum err update_meeting(struct ctx *c, const struct booking *b, enum booking_news news)
{
	struct prop props[MAX_PROPS];
	struct object meeting;
	size_t n = news == BOOKING_MOVED ? time_props(c, b, props) : 0;
	props[n++] = (struct prop){STR("hs_meeting_outcome"), news == BOOKING_MOVED ? STR("RESCHEDULED") : STR("CANCELED")};
	const struct object_in in = {.props = props, .prop_n = n, .source_type = STR("MEETINGS")};
	const struct actor who = c->who;
	c->who = (struct actor){.kind = ACTOR_SYSTEM, .user_id = who.user_id};
	enum err e = desk_object_update(c, schema_type_by_id(c, TYPE_MEETING), b->meeting_id, &in, &meeting);
	c->who = who;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

/* One job for each of the two: the mail of one does not wait for that of the other. */
static enum err mail_both(struct ctx *c, const struct booking *b, enum booking_news news)
{
	static const char *const words[] = {[BOOKING_MADE] = "MADE", [BOOKING_MOVED] = "MOVED", [BOOKING_CANCELED] = "CANCELED"};
	TRY(job_add(c, &job_booking_mail, b->id, str_fmt(c->a, "CUSTOMER %s %lld", words[news], (long long)b->sequence), 0));
	return job_add(c, &job_booking_mail, b->id, str_fmt(c->a, "AGENT %s %lld", words[news], (long long)b->sequence), 0);
}

static enum err notify(struct ctx *c, const struct booking *b, enum booking_news news)
{
	static const enum meeting_news whats[] = {
		[BOOKING_MADE] = MEETING_WAS_BOOKED, [BOOKING_MOVED] = MEETING_WAS_MOVED, [BOOKING_CANCELED] = MEETING_WAS_CANCELED};
	struct object meeting;
	enum err e = object_load(c, TYPE_MEETING, b->meeting_id, &meeting);
	if (e == OK)
		return notify_meeting(c, b->user_id, b->meeting_id, whats[news], b->name);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

enum err booking_tell(struct ctx *c, const struct booking_page *p, const struct booking *b, enum booking_news news)
{
	if (news != BOOKING_MADE)
		TRY(update_meeting(c, b, news));
	TRY(mail_both(c, b, news));
	TRY(notify(c, b, news));
	return bus_emit(c, EV_BOOKING_CHANGED, &(struct event_about){.about_id = p->id});
}
