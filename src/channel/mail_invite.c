#include "channel/mail_invite.h"

#include "base/arena.h"
#include "base/clock.h"
#include "channel/mail_one.h"
#include "desk/env.h"
#include "desk/invite.h"
#include "text/mime_write.h"

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
	const struct mail_out mail = {
		.from = {m->from_name, m->from},
		.to = &to,
		.to_n = 1,
		.subject = STR("Your invitation to the help desk"),
		.date_ms = m->created_at,
		.message_id = m->mail_id,
		.is_automatic = true,
		.text = str_fmt(c->a,
	                        "Hello,\n\nyou are invited to the help desk at " STR_FMT ".\n\n"
	                        "Choose your password here:\n\n" STR_FMT "\n\n"
	                        "The link works once, until " STR_FMT ".\n",
	                        STR_ARG(c->env->public_url), STR_ARG(m->url), STR_ARG(time_mail(c->a, m->expires_at))),
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
