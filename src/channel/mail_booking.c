/* Mails about meetings that were booked, to who booked and to his agent, each with a calendar part (RFC 6047). What they say is in
 * desk/booking_mail.c. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/zone.h"
#include "channel/mail_one.h"
#include "desk/booking.h"
#include "job/job.h"
#include "text/local.h"
#include "text/mime_write.h"
#include "text/phrase.h"

enum { MAX_BOOKING_MAIL_BYTES = 64 << 10 };

struct booking_work {
	struct job *job;
	struct booking_mail mail;
};

static enum err load(struct ctx *c, void *arg)
{
	struct booking_work *w = arg;
	return desk_booking_mail(c, w->job, &w->mail);
}

static enum err finish(struct ctx *c, void *arg)
{
	struct booking_work *w = arg;
	return w->mail.is_hopeless || w->mail.relay.is_configured ? job_finish(c, w->job) : mail_wait_for_relay(c, w->job);
}

/* "Tuesday 24 November 2026, 10:30 (Europe/Berlin)" */
static struct str when(struct ctx *c, const struct booking_mail *m)
{
	int64_t at = m->ticket.booking.start_at, offset = 0;
	bool is_known = zone_offset(c->a, m->time_zone, at, &offset);
	return str_fmt(c->a, STR_FMT ", " STR_FMT " (" STR_FMT ")", STR_ARG(local_time(c->a, m->language, at, offset, LOCAL_DAY)),
	               STR_ARG(local_time(c->a, m->language, at, offset, LOCAL_TIME)), STR_ARG(is_known ? m->time_zone : STR("UTC")));
}

static struct str say(struct ctx *c, const struct booking_mail *m, const char *key)
{
	const struct phrase_value values[] = {
		{"title", m->ticket.page.title}, {"agent", m->ticket.host_name}, {"name", m->ticket.booking.name},
		{"email", m->ticket.booking.email}, {"when", when(c, m)}, {"url", m->url}, {"contactUrl", m->contact_url}, {NULL, STR_NULL},
	};
	return phrase_with(c->a, m->language, key, values);
}

static const char *subject_key(const struct booking_mail *m)
{
	return m->is_canceled ? "booking.mailCanceled" : m->is_moved ? "booking.mailMoved" : "booking.mailMade";
}

static void add(struct buf *b, struct str paragraph)
{
	if (paragraph.n == 0)
		return;
	buf_add(b, paragraph);
	buf_lit(b, "\n\n");
}

static struct str write_text(struct ctx *c, const struct booking_mail *m)
{
	const struct booking_ticket *t = &m->ticket;
	struct buf b;
	buf_init(&b, c->a, MAX_BOOKING_MAIL_BYTES);
	add(&b, say(c, m, subject_key(m)));
	add(&b, when(c, m));
	if (m->is_to_agent) {
		add(&b, say(c, m, "booking.mailWho"));
		add(&b, t->booking.note);
	}
	add(&b, m->is_canceled ? STR_NULL : t->page.location);
	if (!m->is_to_agent && !m->is_canceled) {
		add(&b, t->page.confirmation);
		add(&b, say(c, m, "booking.changeHere"));
	}
	return buf_str(&b);
}

static enum err send(struct ctx *c, const struct booking_mail *m)
{
	const struct mail_addr to = {m->to_name, m->to};
	const struct mail_out mail = {
		.from = {m->from_name, m->from},
		.to = &to,
		.to_n = 1,
		.subject = say(c, m, subject_key(m)),
		.date_ms = m->created_at,
		.message_id = m->mail_id,
		.is_automatic = true,
		.text = write_text(c, m),
		.calendar = m->calendar,
		.calendar_method = m->method,
	};
	return mail_send_one(c, &m->relay, &mail);
}

static enum err run_booking(struct ctx *c, struct job *job)
{
	struct booking_work w = {.job = job};
	TRY(c->run->read(c->run->self, c, load, &w));
	if (!w.mail.is_hopeless && w.mail.relay.is_configured)
		TRY(send(c, &w.mail));
	return c->run->write(c->run->self, c, finish, &w);
}

const struct job_kind job_booking_mail = {
	.kind = "mail.booking",
	.run = run_booking,
	.lane = LANE_MAIL_OUT,
	.tries = 12, /* with the back-off doubling from a minute: more than two days */
	.back_off_ms = MINUTES(1),
};
