#include "channel/mail_invite.h"

#include "base/arena.h"
#include "base/clock.h"
#include "channel/mail_one.h"
#include "desk/env.h"
#include "desk/invite.h"
#include "text/local.h"
#include "text/mime_write.h"
#include "text/phrase.h"

struct invite_work {
	struct job *job;
	struct invite_mail mail;
};

static enum err load(struct ctx *c, void *arg)
{
	struct invite_work *w = arg;
	return desk_invite_mail(c, w->job, &w->mail);
}

static enum err finish(struct ctx *c, void *arg)
{
	struct invite_work *w = arg;
	return job_finish(c, w->job);
}

static enum err send(struct ctx *c, const struct invite_mail *m)
{
	const struct mail_addr to = {STR_NULL, m->user.email};
	struct str until = local_time(c->a, m->language, m->expires_at, 0, LOCAL_DATE_TIME);
	const struct phrase_value values[] = {
		{"desk", c->env->public_url},
		{"link", m->url},
		{"date", str_fmt(c->a, STR_FMT " (UTC)", STR_ARG(until))},
		{NULL, STR_NULL},
	};
	const struct mail_out mail = {
		.from = {m->from_name, m->from},
		.to = &to,
		.to_n = 1,
		.subject = phrase(m->language, "invitation.mailSubject"),
		.date_ms = m->created_at,
		.message_id = m->mail_id,
		.is_automatic = true,
		.text = phrase_with(c->a, m->language, "invitation.mail", values),
	};
	return mail_send_one(c, &m->relay, &mail);
}

static enum err run_invite(struct ctx *c, struct job *job)
{
	struct invite_work w = {.job = job};
	TRY(c->run->read(c->run->self, c, load, &w));
	if (!w.mail.is_settled)
		TRY(send(c, &w.mail));
	return c->run->write(c->run->self, c, finish, &w);
}

const struct job_kind job_invite = {
	.kind = "mail.invite",
	.run = run_invite,
	.lane = LANE_MAIL_OUT,
	.tries = 12, /* with the back-off doubling from a minute: longer than the invitation is good for */
	.back_off_ms = MINUTES(1),
};
