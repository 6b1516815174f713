#include "channel/mail_notify.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "channel/mail_one.h"
#include "desk/env.h"
#include "desk/notification.h"
#include "text/mime_write.h"

enum { MAX_NOTIFY_TEXT_BYTES = 64 << 10 };

struct notify_work {
	struct job *job;
	struct notify_mail mail;
};

static enum err load(struct ctx *c, void *arg)
{
	struct notify_work *w = arg;
	return desk_notify_mail(c, w->job, &w->mail);
}

static enum err finish(struct ctx *c, void *arg)
{
	struct notify_work *w = arg;
	int64_t next_at;
	TRY(desk_notify_mail_done(c, &w->mail, &next_at));
	return next_at != 0 ? job_again_at(c, w->job, next_at, STR_NULL) : job_finish(c, w->job);
}

/* "Ada Lovelace mentioned you in a comment." */
static struct str line(struct ctx *c, const struct notification_row *r)
{
	struct str who = r->actor_name.n ? r->actor_name : STR("Somebody");
	const char *did = str_eq(r->topic, STR("MENTION"))        ? "mentioned you in a comment"
	                  : str_eq(r->happening, STR("COMMENTED")) ? "commented"
	                  : str_eq(r->happening, STR("RECEIVED"))  ? "wrote a new message"
	                  : str_eq(r->happening, STR("SENT"))      ? "replied to the customer"
	                  : str_eq(r->happening, STR("OPENED"))    ? "opened what you shared"
	                  : str_eq(r->topic, STR("ASSIGNED"))      ? "assigned the ticket to you"
	                  : str_eq(r->happening, STR("ASSIGNED"))  ? "changed the owner"
	                                                           : "changed the status";
	return str_fmt(c->a, STR_FMT " %s.", STR_ARG(who), did);
}

static struct str write_text(struct ctx *c, const struct notify_mail *m)
{
	struct buf b;
	buf_init(&b, c->a, MAX_NOTIFY_TEXT_BYTES);
	for (size_t i = 0; i < m->row_n; i++) {
		buf_add(&b, line(c, &m->rows[i]));
		buf_lit(&b, "\n");
	}
	buf_add(&b, m->ticket_id ? str_fmt(c->a, "\nTicket #%lld: ", (long long)m->ticket_id) : STR("\n"));
	buf_add(&b, str_fmt(c->a,
	                    STR_FMT "\n" STR_FMT "\n\n"
	                    "Please do not answer this mail: open the page above instead.\n"
	                    "Choose what you are told here: " STR_FMT "\n",
	                    STR_ARG(m->subject), STR_ARG(m->url), STR_ARG(m->settings_url)));
	return buf_str(&b);
}

static struct str write_subject(struct ctx *c, const struct notify_mail *m)
{
	struct str first = line(c, &m->rows[0]);
	if (m->ticket_id == 0)
		return str_fmt(c->a, STR_FMT ": " STR_FMT, STR_ARG(str_head(first, first.n - 1)), STR_ARG(m->subject));
	if (m->row_n > 1)
		return str_fmt(c->a, "%zu updates [#%lld " STR_FMT "]", m->row_n, (long long)m->ticket_id, STR_ARG(m->subject));
	return str_fmt(c->a, STR_FMT " [#%lld " STR_FMT "]", STR_ARG(str_head(first, first.n - 1)), (long long)m->ticket_id,
	               STR_ARG(m->subject));
}

static enum err send(struct ctx *c, const struct notify_mail *m)
{
	const struct mail_addr to = {STR_NULL, m->user.email};
	const struct mail_out mail = {
		.from = {m->from_name, m->from},
		.to = &to,
		.to_n = 1,
		.subject = write_subject(c, m),
		.date_ms = m->created_at,
		.message_id = m->mail_id,
		.is_automatic = true,
		.text = write_text(c, m),
	};
	return mail_send_one(c, &m->relay, &mail);
}

static enum err run_notify(struct ctx *c, struct job *job)
{
	struct notify_work w = {.job = job};
	TRY(c->run->read(c->run->self, c, load, &w));
	if (w.mail.is_sent)
		TRY(send(c, &w.mail));
	c->now = clock_ms();
	return c->run->write(c->run->self, c, finish, &w);
}

const struct job_kind job_notify_mail = {
	.kind = "mail.notify",
	.run = run_notify,
	.lane = LANE_MAIL_OUT,
	.tries = 10,
	.back_off_ms = MINUTES(1),
};
