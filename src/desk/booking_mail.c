/* What the mails of a booking say, and its calendar file. Both who meet get their own: in his language, on his clock, with his way to
 * change it. The organizer is the address that the mails come from, so that a calendar trusts whoever moves or cancels the meeting. */

#include "desk/booking_int.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "desk/account.h"
#include "desk/conversation_int.h"
#include "desk/env.h"
#include "desk/notify.h"
#include "text/ical.h"
#include "text/phrase.h"

static struct str host_of_url(struct ctx *c)
{
	struct str rest = c->env->public_url;
	str_cut(&rest, STR("//"));
	struct str host = str_cut(&rest, STR("/"));
	struct str name = str_cut(&host, STR(":"));
	return name.n ? name : STR("localhost");
}

static struct str url_of(struct ctx *c, const struct booking *b)
{
	return str_fmt(c->a, STR_FMT "/booking/" STR_FMT, STR_ARG(c->env->public_url), STR_ARG(b->token));
}

enum err booking_can_mail(struct ctx *c, bool *out)
{
	struct channel_account from;
	struct relay relay;
	TRY(desk_relay(c, &relay));
	enum err e = email_account_in_use(c, &from);
	*out = e == OK && relay.is_configured;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

/* Calendar ----------------------------------------------------------------------------------------------------------------- */

struct calendar_in {
	const struct booking_ticket *ticket;
	struct ical_person organizer, attendees[2];
	size_t attendee_n;
	struct str language, url;
};

static struct str description(struct ctx *c, const struct calendar_in *in)
{
	struct str note = in->ticket->booking.note;
	struct str change = phrase_with(c->a, in->language, "booking.changeHere",
	                                (const struct phrase_value[]){{"url", in->url}, {NULL, STR_NULL}});
	return note.n ? str_fmt(c->a, STR_FMT "\n\n" STR_FMT, STR_ARG(note), STR_ARG(change)) : change;
}

static struct str calendar_of(struct ctx *c, const struct calendar_in *in)
{
	const struct booking *b = &in->ticket->booking;
	const struct ical_meeting m = {
		.method = str_eq(b->state, STR("CANCELED")) ? ICAL_CANCEL : ICAL_REQUEST,
		.uid = str_fmt(c->a, "booking-%lld@" STR_FMT, (long long)b->id, STR_ARG(host_of_url(c))),
		.sequence = b->sequence,
		.stamp_ms = b->updated_at,
		.start_ms = b->start_at,
		.end_ms = b->end_at,
		.summary = phrase_with(c->a, in->language, "booking.summary",
	                               (const struct phrase_value[]){{"title", in->ticket->page.title}, {"agent", in->ticket->host_name},
	                                                             {"name", b->name}, {NULL, STR_NULL}}),
		.description = description(c, in),
		.location = in->ticket->page.location,
		.url = in->url,
		.organizer = in->organizer,
		.attendees = in->attendees,
		.attendee_n = in->attendee_n,
	};
	return ical_write(c->a, &m);
}

enum err desk_booking_calendar(struct ctx *c, const struct booking_ticket *t, struct str *out)
{
	struct channel_account from;
	struct user agent;
	enum err e = email_account_in_use(c, &from);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else
		TRY(e);
	TRY(user_load(c, t->booking.user_id, &agent));
	const struct calendar_in in = {
		.ticket = t,
		.organizer = {t->host_name, e == OK ? from.address : agent.email},
		.attendees = {{t->booking.name, t->booking.email}},
		.attendee_n = 1,
		.language = t->booking.language,
		.url = url_of(c, &t->booking),
	};
	*out = calendar_of(c, &in);
	return OK;
}

/* Mail --------------------------------------------------------------------------------------------------------------------- */

static enum err read_body(struct ctx *c, struct str body, struct booking_mail *m, int64_t *sequence)
{
	struct str who = str_cut(&body, STR(" ")), news = str_cut(&body, STR(" "));
	(void)c;
	check(num_parse_int(body, sequence));
	m->is_to_agent = str_eq(who, STR("AGENT"));
	m->is_moved = str_eq(news, STR("MOVED"));
	m->is_canceled = str_eq(news, STR("CANCELED"));
	return OK;
}

/* Whom it goes to, in which language and on which clock. */
static enum err address_it(struct ctx *c, struct booking_mail *m)
{
	const struct booking *b = &m->ticket.booking;
	struct availability hours;
	m->language = b->language;
	m->time_zone = b->time_zone;
	m->to = b->email;
	m->to_name = b->name;
	if (!m->is_to_agent)
		return OK;
	TRY(desk_language_of(c, b->user_id, &m->language));
	TRY(availability_of(c, b->user_id, &hours));
	m->time_zone = hours.time_zone;
	m->to = m->agent.email;
	m->to_name = booking_user_name(c, &m->agent);
	return OK;
}

static void fill(struct ctx *c, const struct channel_account *from, int64_t sequence, struct booking_mail *m)
{
	const struct booking *b = &m->ticket.booking;
	struct calendar_in in = {
		.ticket = &m->ticket,
		.organizer = {m->ticket.host_name, from->address},
		.attendees = {{b->name, b->email}, {m->ticket.host_name, m->agent.email}},
		.attendee_n = m->is_to_agent ? 2 : 1, /* his own address is the agent's to give */
		.language = m->language,
	};
	m->url = m->is_to_agent ? str_fmt(c->a, STR_FMT "/library/meetings", STR_ARG(c->env->public_url)) : url_of(c, b);
	m->contact_url = str_fmt(c->a, STR_FMT "/contacts/%lld", STR_ARG(c->env->public_url), (long long)b->contact_id);
	in.url = m->url;
	m->calendar = calendar_of(c, &in);
	m->method = ical_method_name(m->is_canceled ? ICAL_CANCEL : ICAL_REQUEST);
	m->from = from->address;
	m->from_name = from->name;
	m->created_at = b->updated_at;
	/* every try of this mail is the same mail */
	m->mail_id = str_fmt(c->a, "booking.%lld.%lld.%s" STR_FMT, (long long)b->id, (long long)sequence, m->is_to_agent ? "agent" : "customer",
	                     STR_ARG(str_skip(from->address, (size_t)str_find_byte(from->address, '@'))));
}

/* An agent who wants no mails of meetings gets none. */
static enum err is_wanted(struct ctx *c, const struct booking_mail *m, bool *out)
{
	struct notify_matrix matrix;
	*out = true;
	if (!m->is_to_agent)
		return OK;
	TRY(desk_notify_matrix(c, m->agent.id, &matrix));
	*out = m->agent.is_active && matrix.is_on[TOPIC_MEETING][NOTIFY_EMAIL];
	return OK;
}

/* Nobody, nowhere and an older state of the meeting are no errors: then nothing is mailed. */
static enum err find_way(struct ctx *c, const struct job *job, int64_t sequence, struct booking_mail *m, struct channel_account *from)
{
	enum err e = booking_load(c, job->about_id, &m->ticket.booking);
	if (e == OK)
		e = desk_booking_of_token(c, m->ticket.booking.token, &m->ticket);
	if (e == OK)
		e = user_load(c, m->ticket.booking.user_id, &m->agent);
	if (e == OK)
		e = email_account_in_use(c, from);
	TRY(desk_relay(c, &m->relay));
	bool is_too_late = !m->relay.is_configured && m->ticket.booking.start_at <= c->now;
	m->is_hopeless = e == ERR_NOT_FOUND || is_too_late || m->ticket.booking.sequence != sequence;
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err desk_booking_mail(struct ctx *c, const struct job *job, struct booking_mail *out)
{
	struct booking_mail m = {.is_hopeless = false};
	struct channel_account from;
	int64_t sequence;
	TRY(read_body(c, job->body, &m, &sequence));
	TRY(find_way(c, job, sequence, &m, &from));
	if (!m.is_hopeless) {
		bool wants;
		TRY(is_wanted(c, &m, &wants));
		m.is_hopeless = !wants;
		TRY(address_it(c, &m));
		fill(c, &from, sequence, &m);
	}
	*out = m;
	return OK;
}
