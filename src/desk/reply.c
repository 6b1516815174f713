/* An agent's answer: the message, its mails in the outbox, the status and the owner, in one transaction. The mail itself is
 * built when it is sent (channel/mail_out.c), from these rows, so that every try sends the same bytes. */

#include "desk/announce.h"
#include "desk/conversation_int.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/channel_int.h"
#include "desk/file.h"
#include "desk/mail.h"
#include "desk/reply_check.h"
#include "desk/reply_int.h"
#include "desk/text_token.h"
#include "job/job.h"
#include "store/user.h"
#include "text/html_clean.h"
#include "text/html_text.h"
#include "text/mail_addr.h"
#include "text/mime_write.h"
#include "text/person_name.h"

enum { MAX_MAIL_REFERENCES = 50 };

/* Checks ------------------------------------------------------------------------------------------------------------ */

static enum err check_addresses(struct ctx *c, struct str field, const struct address *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!mail_addr_is_sendable(list[i].address))
			return fail_field(c, field, STR("INVALID_EMAIL"), "Email address " STR_FMT " is invalid",
			                  STR_ARG(str_head(list[i].address, 254)));
	return OK;
}

/* Each address once, in the first field that has it; our own are left out, they would loop. */
static enum err unique_addresses(struct ctx *c, const struct address *list, size_t n, const struct address *seen,
                                 size_t seen_n, struct address **out, size_t *n_out)
{
	struct address *kept = NEW_ARRAY(c->a, n, struct address);
	size_t kept_n = 0;
	for (size_t i = 0; i < n; i++) {
		bool is_seen = false;
		for (size_t k = 0; k < seen_n; k++)
			is_seen = is_seen || str_eq_nocase(seen[k].address, list[i].address);
		if (!is_seen)
			TRY(add_unless_own(c, list[i], kept, &kept_n));
	}
	*out = kept;
	*n_out = kept_n;
	return OK;
}

struct recipients {
	struct address *to, *cc, *bcc;
	size_t to_n, cc_n, bcc_n;
};

static enum err settle_recipients(struct ctx *c, const struct reply_in *in, const struct reply_defaults *d,
                                  struct recipients *r)
{
	/* who gets a forwarded mail is always said: those of the message would get it again */
	bool is_chosen = in->has_recipients || in->is_forward;
	const struct address *to = is_chosen ? in->to : d->to, *cc = is_chosen ? in->cc : d->cc;
	size_t to_n = is_chosen ? in->to_n : d->to_n, cc_n = is_chosen ? in->cc_n : d->cc_n;
	if (to_n + cc_n + in->bcc_n > MAX_RECIPIENTS)
		return fail_field(c, STR("to"), STR("TOO_MANY"), "A mail may have at most %d recipients.",
		                  MAX_RECIPIENTS);
	TRY(check_addresses(c, STR("to"), to, to_n));
	TRY(check_addresses(c, STR("cc"), cc, cc_n));
	TRY(check_addresses(c, STR("bcc"), in->bcc, in->bcc_n));
	TRY(unique_addresses(c, to, to_n, NULL, 0, &r->to, &r->to_n));
	TRY(unique_addresses(c, cc, cc_n, r->to, r->to_n, &r->cc, &r->cc_n));
	struct address *seen = NEW_ARRAY(c->a, r->to_n + r->cc_n, struct address);
	for (size_t i = 0; i < r->to_n + r->cc_n; i++)
		seen[i] = i < r->to_n ? r->to[i] : r->cc[i - r->to_n];
	TRY(unique_addresses(c, in->bcc, in->bcc_n, seen, r->to_n + r->cc_n, &r->bcc, &r->bcc_n));
	if (r->to_n + r->cc_n + r->bcc_n == 0)
		return fail_field(c, STR("to"), STR("REQUIRED_FIELD"),
		                  "There is nobody to send this to. Add a recipient.");
	return OK;
}

static enum err check_newer(struct ctx *c, const struct reply_in *in)
{
	struct message newest;
	if (in->last_seen_id == 0)
		return OK;
	enum err e = message_newer(c, in->ticket_id, in->last_seen_id, c->who.user_id, &newest);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	c->why.category = STR("NEWER_MESSAGES");
	fail_context(c, STR("newestMessageId"), str_fmt(c->a, "%lld", (long long)newest.id));
	return fail(c, ERR_CONFLICT, "There are newer messages on this ticket. Read them before you send.");
}

enum err settle_body(struct ctx *c, const struct reply_in *in, struct str *text_out, struct str *html_out)
{
	const struct html_clean_options held = {.images = HTML_IMAGES_HELD};
	struct str html = STR_NULL, text = in->text;
	if (in->html.n > 0) {
		enum err e = html_clean(c, in->html, &held, &html);
		if (e == ERR_TOO_BIG) {
			fail_clear(c);
			return fail_field(c, STR("html"), STR("INVALID_LENGTH"), "The message is longer than allowed.");
		}
		TRY(e);
	}
	if (str_trim(text).n == 0 && html.n > 0)
		text = html_to_text(c->a, html, HTML_LINKS_SHOWN);
	if (html.n == 0 && text.n > 0)
		html = html_from_text(c->a, text);
	if (text.n > MAX_MESSAGE_TEXT_BYTES)
		return fail_field(c, STR("text"), STR("INVALID_LENGTH"), "The message is longer than allowed.");
	if (!utf8_is_valid(text) || str_find_byte(text, '\0') >= 0)
		return fail_field(c, STR("text"), STR("INVALID_STRING"), "The message has bytes that are not text.");
	if (str_trim(text).n == 0)
		return fail_field(c, STR("text"), STR("REQUIRED_FIELD"), "The message is empty.");
	*text_out = text;
	*html_out = html;
	return OK;
}

/* Rows -------------------------------------------------------------------------------------------------------------- */

/* The references of the mail answered, and that mail itself (RFC 5322 section 3.6.4). The first and the newest are kept. */
static struct str references_after(struct ctx *c, const struct message *m)
{
	struct str ids[MAX_MAIL_REFERENCES];
	size_t n = 0;
	for (struct str rest = m->mail_references; !str_is_null(rest) && rest.n > 0;) {
		struct str id = str_cut(&rest, STR(" "));
		if (id.n == 0 || str_eq(id, m->mail_id))
			continue;
		if (n == MAX_MAIL_REFERENCES - 1) {
			for (size_t i = 1; i + 1 < n; i++)
				ids[i] = ids[i + 1];
			n--;
		}
		ids[n++] = id;
	}
	if (m->mail_id.n > 0)
		ids[n++] = m->mail_id;
	struct str all = STR_NULL;
	for (size_t i = 0; i < n; i++)
		all = i == 0 ? ids[0] : str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(all), STR_ARG(ids[i]));
	return all;
}

enum err new_thread(struct ctx *c, const struct object *ticket, const struct channel_account *from,
                           struct thread *out)
{
	*out = (struct thread){
		.ticket_id = ticket->id,
		.inbox_id = from->inbox_id,
		.channel_id = from->channel_id,
		.channel_account_id = from->id,
		.contact_id = ticket->contact_id,
		.created_at = c->now,
		.latest_at = c->now,
	};
	return thread_add(c, out);
}

static enum err queue_mails(struct ctx *c, const struct message *m, const struct recipients *r)
{
	const struct address *fields[] = {r->to, r->cc, r->bcc};
	const size_t counts[] = {r->to_n, r->cc_n, r->bcc_n};
	for (size_t f = 0; f < 3; f++)
		for (size_t i = 0; i < counts[f]; i++) {
			struct outbox row = {
				.message_id = m->id,
				.ticket_id = m->ticket_id,
				.address = fields[f][i].address,
				.subject = m->subject,
				.state = m->state,
				.queued_at = c->now,
				.next_try_at = c->now,
			};
			TRY(outbox_insert(c, &row));
			TRY(participant_put(c, m->thread_id, str_lower(c->a, row.address)));
			TRY(job_add(c, &job_mail_send, row.id, STR_NULL, 0));
		}
	return OK;
}

enum err writer_name(struct ctx *c, struct str *out)
{
	struct user u;
	if (c->who.user_id == 0) {
		*out = STR_NULL;
		return OK;
	}
	TRY(user_load(c, c->who.user_id, &u));
	*out = person_name(c->a, u.first_name, u.last_name);
	if (out->n == 0)
		*out = STR_NULL;
	return OK;
}

static enum err settle_from(struct ctx *c, const struct reply_in *in, struct reply_defaults *d)
{
	if (in->channel_account_id != 0 && in->channel_account_id != d->from.id) {
		enum err e = channel_account_load(c, in->channel_account_id, &d->from);
		if (e == ERR_NOT_FOUND || (e == OK && d->from.archived_at > 0)) {
			fail_clear(c);
			return fail_field(c, STR("channelAccountId"), STR("NOT_FOUND"),
			                  "There is no channel account %lld.", (long long)in->channel_account_id);
		}
		TRY(e);
	}
	if (d->from.channel_id != CHANNEL_EMAIL && !is_custom_channel(d->from.channel_id))
		return fail_field(c, STR("channelId"), STR("INVALID_OPTION"),
		                  "Only email can be sent by this version.");
	return OK;
}

static enum err check_subject(struct ctx *c, struct str subject)
{
	if (subject.n > MAX_SUBJECT_BYTES || !utf8_is_valid(subject) || str_find_byte(subject, '\0') >= 0)
		return fail_field(c, STR("subject"), STR("INVALID_LENGTH"),
		                  "A subject is one line of at most %d bytes.", MAX_SUBJECT_BYTES);
	return OK;
}

/* A caller may mean another thread than that of the newest message. One on another channel has its own account and messages. */
static enum err settle_thread(struct ctx *c, const struct reply_in *in, struct reply_defaults *d)
{
	if (in->thread_id == 0 || d->thread.id == in->thread_id)
		return OK;
	TRY(thread_load(c, in->thread_id, &d->thread));
	if (d->thread.channel_id == d->from.channel_id)
		return OK;
	TRY(channel_account_load(c, d->thread.channel_account_id, &d->from));
	enum err e = message_newest_of_thread(c, d->thread.id, STR("INCOMING"), &d->answered);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	d->answered = (struct message){0};
	return OK;
}

/* What a mail has and a message of a custom channel has not: ids, and one copy for each recipient. */
static enum err send_mail(struct ctx *c, const struct recipients *r, const struct message *m)
{
	TRY(mail_ref_put(c, m->mail_id, m->thread_id, m->id));
	return queue_mails(c, m, r);
}

/* An answer names what it answers; a forwarded mail begins a conversation of its own with whoever gets it. */
static void fill_references(struct ctx *c, const struct reply_defaults *d, struct message *m)
{
	if (m->forward_of_id != 0)
		return;
	m->in_reply_to = d->answered.mail_id;
	m->mail_references = references_after(c, &d->answered);
}

static enum err fill_mail(struct ctx *c, const struct reply_defaults *d, const struct recipients *r, struct message *m)
{
	m->subject = m->subject.n ? m->subject : m->forward_of_id ? mail_forward_subject(c->a, d->answered.subject) : d->subject;
	m->recipients = recipients_json(c, r->to, r->to_n, r->cc, r->cc_n, r->bcc, r->bcc_n);
	m->mail_id = new_mail_id(c, d->from.address, m->ticket_id);
	fill_references(c, d, m);
	return desk_outgoing_state(c, &m->state);
}

static enum err fill_channel(struct ctx *c, const struct reply_in *in, const struct reply_defaults *d, struct message *m)
{
	m->subject = STR_NULL;
	m->sender_type = d->from.identifier_type;
	TRY(channel_recipients(c, in, &d->answered, &m->recipients));
	return channel_outgoing_state(c, &d->from, &m->state);
}

/* A reply with all that is not said made certain, and nothing written yet. */
struct settled {
	struct object ticket;
	struct reply_defaults d;
	struct recipients r;
	struct str text, html;
	bool is_mail;
};

static enum err settle(struct ctx *c, const struct reply_in *in, struct settled *s)
{
	*s = (struct settled){0};
	TRY(object_lock(c, in->ticket_id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), in->ticket_id, false, &s->ticket));
	TRY(desk_can(c, CAN_REPLY, &s->ticket));
	TRY(check_newer(c, in));
	TRY(desk_reply_defaults(c, &s->ticket, in->in_reply_to_id, &s->d));
	TRY(settle_thread(c, in, &s->d));
	TRY(settle_from(c, in, &s->d));
	s->is_mail = s->d.from.channel_id == CHANNEL_EMAIL;
	if (in->is_forward && (!s->is_mail || s->d.answered.id == 0))
		return fail_field(c, STR("inReplyToId"), STR("INVALID_OPTION"), "Only a mail can be forwarded.");
	if (s->is_mail)
		TRY(settle_recipients(c, in, &s->d, &s->r));
	TRY(settle_body(c, in, &s->text, &s->html));
	TRY(text_token_check(c, s->text));
	TRY(reply_check_cards(c, s->html));
	TRY(text_token_check(c, in->subject));
	return check_subject(c, in->subject);
}

enum err reply_check(struct ctx *c, const struct reply_in *in, struct reply_checked *out)
{
	struct settled s;
	TRY(settle(c, in, &s));
	TRY(file_attach_check(c, in->file_ids, in->file_n));
	TRY(reply_ticket_check(c, in, &s.ticket));
	*out = (struct reply_checked){.text = s.text, .html = s.html};
	if (s.is_mail)
		out->recipients = recipients_json(c, s.r.to, s.r.to_n, s.r.cc, s.r.cc_n, s.r.bcc, s.r.bcc_n);
	return OK;
}

enum err desk_reply(struct ctx *c, const struct reply_in *in, struct message *out)
{
	struct settled s;
	TRY(settle(c, in, &s));
	if (s.d.thread.id == 0)
		TRY(new_thread(c, &s.ticket, &s.d.from, &s.d.thread));
	struct message m = {
		.type = STR("MESSAGE"),
		.direction = STR("OUTGOING"),
		.thread_id = s.d.thread.id,
		.ticket_id = s.ticket.id,
		.created_at = c->now,
		.subject = str_trim(in->subject).n ? in->subject : STR_NULL,
		.text = s.text,
		.html = s.html,
		.user_id = c->who.user_id,
		.contact_id = s.d.thread.contact_id,
		.sender_address = s.d.from.address,
		.in_reply_to_id = s.d.answered.id,
		.forward_of_id = in->is_forward ? s.d.answered.id : 0,
		.client_type = in->client_type,
	};
	TRY(writer_name(c, &m.sender_name));
	TRY(s.is_mail ? fill_mail(c, &s.d, &s.r, &m) : fill_channel(c, in, &s.d, &m));
	TRY(message_insert(c, &m));
	TRY(file_attach(c, &m, in->file_ids, in->content_ids, in->file_n));
	TRY(s.is_mail ? send_mail(c, &s.r, &m) : channel_queue(c, &m, s.d.from.channel_id));
	TRY(note_message(c, &s.d.thread, &m));
	TRY(reply_ticket_update(c, in, &s.ticket));
	TRY(reply_draft_sent(c, in->ticket_id, STR("reply")));
	*out = m;
	return OK;
}
