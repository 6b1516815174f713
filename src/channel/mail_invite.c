#include "channel/mail_invite.h"

#include "base/arena.h"
#include "base/clock.h"
#include "desk/env.h"
#include "desk/invite.h"
#include "net/smtp_call.h"
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

static enum err build(struct ctx *c, const struct invite_mail *m, struct str *out)
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
	return mime_write(c, &mail, out);
}

static enum err send(struct ctx *c, const struct invite_mail *m)
{
	struct smtp_client *client;
	struct smtp_result result = {0};
	struct str bytes;
	const struct smtp_config config = {
		.url = m->relay.url,
		.hostname = c->env->mail_host,
		.user = m->relay.username.n ? m->relay.username : STR_NULL,
		.password = m->relay.password,
	};
	TRY(build(c, m, &bytes));
	TRY(smtp_client_open(c, &config, &client));
	const struct smtp_mail mail = {.from = m->from, .to = &m->user.email, .to_n = 1, .data = bytes};
	enum err e = smtp_call(c, client, &mail, &result);
	smtp_client_close(client);
	return e;
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
