#include "channel/mail_in.h"

#include "base/arena.h"
#include "base/clock.h"
#include "desk/conversation.h"
#include "desk/mail.h"
#include "text/mime_parse.h"

enum {
	MAX_RECEIVED = 25, /* hops; more is a loop */
	MAX_PARSE_TRIES = 3,
	PARSE_TRIES = 8,
};

/* Taking ------------------------------------------------------------------------------------------------------------ */

static enum err note(struct ctx *c, void *arg)
{
	int64_t id;
	return desk_source_note(c, arg, &id);
}

enum err mail_in_take(struct ctx *c, const struct mail_in *mail)
{
	struct source_in source = {
		.channel = mail->channel,
		.channel_account_id = mail->channel_account_id,
		.return_path = mail->return_path,
		.address = mail->address,
		.raw = mail->raw,
		.is_first_sync = mail->is_first_sync,
	};
	TRY(desk_source_store(c, &source));
	return c->run->write(c->run->self, c, note, &source);
}

struct account_work {
	struct str address;
	int64_t id;
};

static enum err find_account(struct ctx *c, void *arg)
{
	struct account_work *w = arg;
	struct channel_account account;
	TRY(desk_account_of_address(c, w->address, &account));
	w->id = account.id;
	return OK;
}

enum err mail_in_account(struct ctx *c, struct str address, int64_t *channel_account_id_out)
{
	struct account_work w = {.address = address};
	TRY(c->run->read(c->run->self, c, find_account, &w));
	*channel_account_id_out = w.id;
	return OK;
}

/* Reading what was taken -------------------------------------------------------------------------------------------- */

struct parse_work {
	struct job *job;
	struct mail_source source;
	struct str raw;
	struct receive_in in;
	struct receive_out out;
	struct mime mime;
	struct str quarantine; /* why; null: it can be received */
	struct str set_aside;  /* why; null: it is received. An administrator may want it all the same */
	bool is_forced;        /* an administrator wants it, whoever wrote it */
};

static enum err load(struct ctx *c, void *arg)
{
	struct parse_work *w = arg;
	TRY(desk_source_load(c, w->job->about_id, &w->source));
	return desk_channel_account(c, w->source.channel_account_id, &w->in.account);
}

static struct address address_of(const struct mail_addr *a)
{
	return (struct address){a->name, a->address};
}

static struct address *addresses_of(struct ctx *c, const struct mail_addrs *list, size_t *n_out)
{
	size_t n = list->n < MAX_RECIPIENTS ? list->n : MAX_RECIPIENTS;
	struct address *out = NEW_ARRAY(c->a, n, struct address);
	for (size_t i = 0; i < n; i++)
		out[i] = address_of(&list->list[i]);
	*n_out = n;
	return out;
}

static struct address sender_of(const struct parse_work *w)
{
	const struct mime *m = &w->mime;
	if (m->from.n > 0)
		return address_of(&m->from.list[0]);
	if (m->sender.n > 0)
		return address_of(&m->sender.list[0]);
	return (struct address){STR_NULL, w->source.return_path.n ? w->source.return_path : STR("")};
}

static void take_files(struct ctx *c, struct parse_work *w)
{
	const struct mime *m = &w->mime;
	w->in.file_n = m->attachment_n;
	w->in.files = NEW_ARRAY(c->a, m->attachment_n, struct file_in);
	for (size_t i = 0; i < m->attachment_n; i++)
		w->in.files[i] = (struct file_in){
			.name = m->attachments[i].name,
			.content_type = m->attachments[i].content_type,
			.content_id = m->attachments[i].content_id,
			.is_inline = m->attachments[i].is_inline,
			.bytes = m->attachments[i].bytes,
		};
}

/* Answers and reports of machines open no ticket. What a list or a no-reply address sends may well be a customer's: support
 * addresses are often lists themselves. */
static bool is_machine(const struct parse_work *w)
{
	const struct mime *m = &w->mime;
	bool is_marked = m->auto_submitted.n > 0 && !str_starts(m->auto_submitted, STR("no"));
	bool has_null_sender = !str_is_null(w->source.return_path) && w->source.return_path.n == 0;
	return is_marked || has_null_sender || m->is_autoreply_marked || m->is_from_daemon ||
	       !str_is_null(m->report.type) || mime_is_bounce(m);
}

static void fill(struct ctx *c, struct parse_work *w)
{
	const struct mime *m = &w->mime;
	struct receive_in *in = &w->in;
	in->source_id = w->source.id;
	in->from = sender_of(w);
	in->reply_to = m->reply_to.n ? m->reply_to.list[0].address : STR_NULL;
	in->to = addresses_of(c, &m->to, &in->to_n);
	in->cc = addresses_of(c, &m->cc, &in->cc_n);
	in->envelope_address = w->source.address;
	in->subject = m->subject;
	in->text = m->text;
	in->html = m->html;
	/* without an id the bytes name the mail, so that answers to it can be threaded */
	in->mail_id = m->message_id.n ? m->message_id
	                              : str_fmt(c->a, STR_FMT "@no-message-id", STR_ARG(str_head(w->source.blob, 32)));
	in->in_reply_to = m->in_reply_to;
	in->in_reply_to_n = m->in_reply_to_n;
	in->references = m->references;
	in->references_n = m->references_n;
	in->is_automatic = mime_is_automatic(m);
	in->is_machine = is_machine(w) && !w->is_forced;
	in->is_forced = w->is_forced;
	in->notes = m->notes;
	if (mime_is_bounce(m)) {
		in->bounce_of = m->report.original_message_id;
		in->bounce_address = m->report.recipient;
		in->bounce_why = m->report.diagnostic.n ? m->report.diagnostic : m->report.status;
	}
	w->source.subject = m->subject.n ? m->subject : STR_NULL;
	w->source.sender = in->from.address.n ? in->from.address : STR_NULL;
	take_files(c, w);
}

/* Outside of the transaction: everything that costs time or may fail. */
static enum err understand(struct ctx *c, struct parse_work *w)
{
	if (w->job->tries > MAX_PARSE_TRIES) {
		w->quarantine = STR("Reading it failed again and again.");
		return OK;
	}
	enum err e = mime_parse(c, w->raw, &w->mime);
	if (e == ERR_BAD_INPUT) {
		w->quarantine = c->why.detail.n ? c->why.detail : STR("It cannot be read.");
		fail_clear(c);
		return OK;
	}
	TRY(e);
	fill(c, w);
	if ((w->mime.received_n > MAX_RECEIVED || w->mime.loop.n > 0) && !w->is_forced) {
		w->set_aside = STR("It goes round in a loop between mail servers.");
		return OK;
	}
	return desk_receive_prepare(c, &w->in);
}

static enum err receive(struct ctx *c, void *arg)
{
	struct parse_work *w = arg;
	struct mail_source now;
	TRY(desk_source_load(c, w->source.id, &now));
	if (!str_eq(now.state, STR("NEW")))
		return job_finish(c, w->job); /* it ran before, up to the last step */
	if (!str_is_null(w->quarantine) || !str_is_null(w->set_aside)) {
		bool is_bad = !str_is_null(w->quarantine);
		struct str state = is_bad ? STR("QUARANTINED") : STR("SET_ASIDE");
		TRY(desk_source_done(c, &w->source, state, is_bad ? w->quarantine : w->set_aside));
		return job_finish(c, w->job);
	}
	TRY(desk_receive(c, &w->in, &w->out));
	w->source.message_id = w->out.message_id;
	TRY(desk_source_done(c, &w->source, w->out.what == RECEIVED_SET_ASIDE ? STR("SET_ASIDE") : STR("DONE"),
	                     w->out.decision));
	return job_finish(c, w->job);
}

static enum err run_parse(struct ctx *c, struct job *job)
{
	struct parse_work *w = NEW(c->a, struct parse_work);
	const struct runner *run = c->run;
	w->job = job;
	w->is_forced = !str_is_null(job->body);
	TRY(run->read(run->self, c, load, w));
	TRY(desk_source_bytes(c, &w->source, &w->raw));
	TRY(understand(c, w));
	enum err e = run->write(run->self, c, receive, w);
	if (e != ERR_BAD_INPUT && e != ERR_TOO_BIG)
		return e;
	/* what the mail holds is not accepted, and will not be the next time */
	w->quarantine = c->why.detail.n ? c->why.detail : err_sentence(e);
	fail_clear(c);
	return run->write(run->self, c, receive, w);
}

const struct job_kind job_mail_parse = {
	.kind = "mail.parse",
	.run = run_parse,
	.lane = LANE_MAIL_IN,
	.tries = PARSE_TRIES,
	.back_off_ms = SECONDS(1),
};
