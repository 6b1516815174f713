#include "channel/mail_quote.h"

#include "base/arena.h"
#include "base/clock.h"
#include "channel/mail_one.h"
#include "desk/mail.h"
#include "desk/quote.h"
#include "text/mime_write.h"
#include "text/phrase.h"
#include "text/quote_words.h"

struct quote_work {
	struct job *job;
	struct relay relay;
	struct quote_mail mail;
};

static enum err load(struct ctx *c, void *arg)
{
	struct quote_work *w = arg;
	return desk_quote_mail(c, w->job, &w->relay, &w->mail);
}

static enum err finish(struct ctx *c, void *arg)
{
	struct quote_work *w = arg;
	return w->mail.is_settled || w->relay.is_configured ? job_finish(c, w->job) : mail_wait_for_relay(c, w->job);
}

static enum err send(struct ctx *c, const struct quote_work *w)
{
	const struct quote_mail *m = &w->mail;
	const struct quote_paper *p = &m->seen.paper;
	bool is_accepted = str_eq(m->seen.state, QUOTE_ACCEPTED);
	struct str lang = phrase_language(m->lang);
	const struct phrase_value values[] = {
		{"number", p->number},
		{"title", p->title},
		{"name", m->seen.version.answer_name},
		{"date", quote_day(c->a, p, lang, m->seen.version.answered_at)},
		{"total", quote_money(c->a, p, lang, p->total)},
		{"reason", m->seen.version.answer_reason},
		{"link", m->url},
		{0},
	};
	const char *subject = m->is_to_buyer ? "quote.mailBuyerSubject" : is_accepted ? "quote.mailAcceptedSubject" : "quote.mailDeclinedSubject";
	const char *text = m->is_to_buyer ? "quote.mailBuyer" : is_accepted ? "quote.mailAccepted" : "quote.mailDeclined";
	const struct mail_addr to = {m->to_name, m->to};
	const struct mail_out mail = {
		.from = {m->from_name, m->from},
		.to = &to,
		.to_n = 1,
		.subject = phrase_with(c->a, lang, subject, values),
		.date_ms = m->seen.version.answered_at,
		.message_id = m->mail_id,
		.is_automatic = true,
		.text = phrase_with(c->a, lang, text, values),
	};
	return mail_send_one(c, &w->relay, &mail);
}

static enum err run(struct ctx *c, struct job *job)
{
	struct quote_work w = {.job = job};
	TRY(c->run->read(c->run->self, c, load, &w));
	if (!w.mail.is_settled && w.relay.is_configured)
		TRY(send(c, &w));
	return c->run->write(c->run->self, c, finish, &w);
}

const struct job_kind job_quote_mail = {
	.kind = "mail.quote",
	.run = run,
	.lane = LANE_MAIL_OUT,
	.tries = 12,
	.back_off_ms = MINUTES(1),
};
