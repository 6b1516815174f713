#include "channel/mail_notify.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "channel/mail_one.h"
#include "desk/env.h"
#include "desk/notification.h"
#include "text/mime_write.h"
#include "text/phrase.h"

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

static const char *key_of(const struct notification_row *r)
{
	static const struct {
		struct str topic, happening; /* null: any */
		const char *key;
	} keys[] = {
		{STR("MENTION"), STR_NULL, "notice.mentioned"},
		{STR_NULL, STR("COMMENTED"), "notice.commented"},
		{STR_NULL, STR("RECEIVED"), "notice.received"},
		{STR_NULL, STR("SENT"), "notice.sent"},
		{STR_NULL, STR("OPENED"), "notice.opened"},
		{STR("ASSIGNED"), STR_NULL, "notice.assigned"},
		{STR_NULL, STR("ASSIGNED"), "notice.ownerChanged"},
	};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if ((keys[i].topic.n == 0 || str_eq(keys[i].topic, r->topic)) &&
		    (keys[i].happening.n == 0 || str_eq(keys[i].happening, r->happening)))
			return keys[i].key;
	return "notice.moved";
}

/* "Ada Lovelace mentioned you in a comment" */
static struct str line(struct ctx *c, const struct notify_mail *m, const struct notification_row *r)
{
	if (str_eq(r->happening, STR("REMINDED")))
		return phrase_with(c->a, m->language, r->detail.n ? "notice.remindedOf" : "notice.reminded",
		                   (const struct phrase_value[]){{"note", r->detail}, {NULL, STR_NULL}});
	struct str who = r->actor_name.n ? r->actor_name : phrase(m->language, "notice.somebody");
	return phrase_with(c->a, m->language, key_of(r), (const struct phrase_value[]){{"name", who}, {NULL, STR_NULL}});
}

static struct str write_text(struct ctx *c, const struct notify_mail *m)
{
	struct buf b;
	const struct phrase_value values[] = {
		{"id", str_fmt(c->a, "%lld", (long long)m->ticket_id)}, {"subject", m->subject}, {"link", m->settings_url}, {NULL, STR_NULL}};
	buf_init(&b, c->a, MAX_NOTIFY_TEXT_BYTES);
	for (size_t i = 0; i < m->row_n; i++) {
		buf_add(&b, line(c, m, &m->rows[i]));
		buf_lit(&b, "\n");
	}
	buf_lit(&b, "\n");
	buf_add(&b, m->ticket_id ? phrase_with(c->a, m->language, "notice.ticket", values) : m->subject);
	buf_lit(&b, "\n");
	buf_add(&b, m->url);
	buf_lit(&b, "\n\n");
	buf_add(&b, phrase_with(c->a, m->language, "notice.foot", values));
	return buf_str(&b);
}

static struct str write_subject(struct ctx *c, const struct notify_mail *m)
{
	struct str n = str_fmt(c->a, "%zu", m->row_n);
	struct str what = m->row_n == 1 || m->ticket_id == 0
	                          ? line(c, m, &m->rows[0])
	                          : phrase_with(c->a, m->language, "notice.many", (const struct phrase_value[]){{"n", n}, {NULL, STR_NULL}});
	if (m->ticket_id == 0)
		return str_fmt(c->a, STR_FMT ": " STR_FMT, STR_ARG(what), STR_ARG(m->subject));
	return str_fmt(c->a, STR_FMT " [#%lld " STR_FMT "]", STR_ARG(what), (long long)m->ticket_id, STR_ARG(m->subject));
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
