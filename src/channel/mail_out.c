#include "channel/mail_out.h"

#include "base/arena.h"
#include "base/clock.h"
#include "desk/conversation.h"
#include "desk/env.h"
#include "desk/mail.h"
#include "desk/reply_token.h"
#include "net/smtp_call.h"
#include "text/html_clean.h"
#include "text/json_read.h"
#include "text/mime_write.h"

struct send_work {
	struct job *job;
	struct outgoing mail;
	struct relay relay;
	enum err result;
	struct str reply;
	bool is_settled; /* it needs no sending any more */
};

static enum err load(struct ctx *c, void *arg)
{
	struct send_work *w = arg;
	TRY(desk_relay(c, &w->relay));
	TRY(desk_outgoing_load(c, w->job->about_id, &w->mail));
	w->is_settled = str_eq(w->mail.row.state, STR("SENT")) || str_eq(w->mail.row.state, STR("FAILED"));
	return OK;
}

static enum err read_field(struct ctx *c, const json_t *list, struct str field, const struct mail_addr **out,
                           size_t *n_out)
{
	size_t all = json_array_size(list), n = 0;
	struct mail_addr *found = NEW_ARRAY(c->a, all, struct mail_addr);
	for (size_t i = 0; i < all; i++) {
		const json_t *entry = json_array_get(list, i);
		if (str_eq(json_get_str(entry, "field"), field))
			found[n++] = (struct mail_addr){json_get_str(entry, "name"), json_get_str(entry, "address")};
	}
	*out = found;
	*n_out = n;
	return OK;
}

static size_t split_ids(struct ctx *c, struct str ids, const struct str **out)
{
	size_t n = 0;
	struct str *list = NEW_ARRAY(c->a, MAX_WRITE_REFERENCES, struct str);
	for (struct str rest = ids; !str_is_null(rest) && n < MAX_WRITE_REFERENCES;) {
		struct str id = str_cut(&rest, STR(" "));
		if (id.n > 0)
			list[n++] = id;
	}
	*out = list;
	return n;
}

static enum err read_files(struct ctx *c, const struct outgoing *mail, struct mail_out *out)
{
	struct mime_attachment *files = NEW_ARRAY(c->a, mail->attachment_n, struct mime_attachment);
	for (size_t i = 0; i < mail->attachment_n; i++) {
		const struct attachment *a = &mail->attachments[i];
		files[i] = (struct mime_attachment){
			.name = a->name,
			.content_type = a->content_type,
			.content_id = a->content_id,
			.is_inline = a->is_inline,
		};
		TRY(desk_outgoing_bytes(c, a, &files[i].bytes));
	}
	out->attachments = files;
	out->attachment_n = mail->attachment_n;
	return OK;
}

static enum err build(struct ctx *c, const struct send_work *w, struct str *out)
{
	const struct message *m = &w->mail.message;
	const struct html_clean_options live = {.images = HTML_IMAGES_LIVE};
	struct mail_out mail = {
		.from = {m->sender_name.n ? m->sender_name : w->mail.from.name, w->mail.from.address},
		.reply_to = {w->mail.from.name, reply_token_add(c, w->mail.from.address, m->ticket_id)},
		.subject = m->subject,
		.date_ms = m->created_at,
		.message_id = m->mail_id,
		.in_reply_to = m->in_reply_to,
		.text = m->text,
	};
	json_t *recipients;
	TRY(json_parse(c, m->recipients, &recipients));
	TRY(read_field(c, recipients, STR("TO"), &mail.to, &mail.to_n));
	TRY(read_field(c, recipients, STR("CC"), &mail.cc, &mail.cc_n));
	mail.references_n = split_ids(c, m->mail_references, &mail.references);
	if (m->html.n > 0)
		TRY(html_clean(c, m->html, &live, &mail.html));
	TRY(read_files(c, &w->mail, &mail));
	return mime_write(c, &mail, out);
}

static enum err send(struct ctx *c, struct send_work *w)
{
	struct smtp_client *client;
	struct smtp_result result = {0};
	struct str bytes;
	const struct smtp_config config = {
		.url = w->relay.url,
		.hostname = c->env->mail_host,
		.user = w->relay.username.n ? w->relay.username : STR_NULL,
		.password = w->relay.password,
	};
	TRY(build(c, w, &bytes));
	TRY(smtp_client_open(c, &config, &client));
	const struct smtp_mail mail = {
		.from = reply_token_add(c, w->mail.from.address, w->mail.message.ticket_id),
		.to = &w->mail.row.address,
		.to_n = 1,
		.data = bytes,
	};
	enum err e = smtp_call(c, client, &mail, &result);
	smtp_client_close(client);
	w->reply = result.reply;
	if (e != OK && c->why.detail.n > 0 && result.reply.n == 0)
		w->reply = str_starts(c->why.detail, STR("smtp: ")) ? str_skip(c->why.detail, 6) : c->why.detail;
	if (result.is_sent_maybe) {
		/* Perhaps the server took it. A second copy has the same Message-ID, a lost answer is worse: it is tried again. */
		w->reply = STR(
			"The connection broke before the server confirmed; it is sent again with the same Message-ID.");
	}
	return e;
}

static enum err settle(struct ctx *c, void *arg)
{
	struct send_work *w = arg;
	int64_t next_try_at = 0;
	struct relay now;
	if (w->is_settled)
		return job_finish(c, w->job);
	if (!w->relay.is_configured) {
		TRY(desk_relay_hold(c, &now));
		if (now.is_configured) /* set in between, and this mail was not among those that it released */
			return job_again_at(c, w->job, c->now, STR_NULL);
		TRY(desk_outgoing_wait(c, w->job->about_id));
		return job_finish(c, w->job);
	}
	TRY(desk_outgoing_note(c, w->job->about_id, w->result, w->reply, &next_try_at));
	if (next_try_at != 0)
		return job_again_at(c, w->job, next_try_at, w->reply);
	return job_finish(c, w->job);
}

static enum err run_send(struct ctx *c, struct job *job)
{
	struct send_work *w = NEW(c->a, struct send_work);
	const struct runner *run = c->run;
	w->job = job;
	TRY(run->read(run->self, c, load, w));
	if (!w->is_settled && w->relay.is_configured) {
		w->result = send(c, w);
		if (w->result == ERR_BAD_INPUT || w->result == ERR_TOO_BIG) {
			/* nothing that a later try could change */
			w->reply = c->why.detail;
			w->result = ERR_REFUSED;
		}
		fail_clear(c);
		c->now = clock_ms();
	}
	return run->write(run->self, c, settle, w);
}

const struct job_kind job_mail_send = {
	.kind = "mail.send",
	.run = run_send,
	.lane = LANE_MAIL_OUT,
	.tries = 1000, /* how often a mail is tried is the outbox row's business; this counts crashes */
	.back_off_ms = MINUTES(1),
};
