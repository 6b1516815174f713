/* Whom an answer goes to, from where, in which thread and under which subject, before anybody has changed any of
 * that. */

#include "desk/conversation_int.h"

#include "base/arena.h"
#include "desk/can.h"
#include "text/mime_write.h"

enum err add_unless_own(struct ctx *c, struct address who, struct address *list, size_t *n)
{
	bool is_own;
	TRY(is_own_address(c, who.address, &is_own));
	for (size_t i = 0; i < *n; i++)
		if (str_eq_nocase(list[i].address, who.address))
			return OK;
	if (!is_own && who.address.n > 0)
		list[(*n)++] = who;
	return OK;
}

/* The one who wrote it, or where he wants answers; on Cc whoever else was asked, less our own addresses. */
static enum err recipients_of_incoming(struct ctx *c, const struct message *m, struct reply_defaults *out)
{
	struct address *to, *cc;
	size_t to_n, cc_n;
	TRY(recipients_read(c, m->recipients, STR("TO"), &to, &to_n));
	TRY(recipients_read(c, m->recipients, STR("CC"), &cc, &cc_n));
	out->to = NEW_ARRAY(c->a, 1, struct address);
	out->cc = NEW_ARRAY(c->a, to_n + cc_n, struct address);
	struct str answer_to = m->reply_to.n ? m->reply_to : m->sender_address;
	struct str name = m->reply_to.n && !str_eq_nocase(m->reply_to, m->sender_address) ? STR_NULL : m->sender_name;
	TRY(add_unless_own(c, (struct address){name, answer_to}, out->to, &out->to_n));
	for (size_t i = 0; i < to_n + cc_n; i++) {
		struct address who = i < to_n ? to[i] : cc[i - to_n];
		if (!str_eq_nocase(who.address, answer_to) && !str_eq_nocase(who.address, m->sender_address))
			TRY(add_unless_own(c, who, out->cc, &out->cc_n));
	}
	return OK;
}

static enum err recipients_of_outgoing(struct ctx *c, const struct message *m, struct reply_defaults *out)
{
	TRY(recipients_read(c, m->recipients, STR("TO"), &out->to, &out->to_n));
	return recipients_read(c, m->recipients, STR("CC"), &out->cc, &out->cc_n);
}

/* A ticket made by hand has no message yet: its contact is the one to write to. */
static enum err recipients_of_contact(struct ctx *c, const struct object *ticket, struct reply_defaults *out)
{
	struct object contact;
	out->to = NEW(c->a, struct address);
	if (ticket->contact_id == 0)
		return OK;
	TRY(object_load(c, TYPE_CONTACT, ticket->contact_id, &contact));
	if (contact.unique_key.n > 0) {
		out->to[0] = (struct address){contact.label, contact.unique_key};
		out->to_n = 1;
	}
	return OK;
}

enum err first_email_account(struct ctx *c, struct channel_account *out)
{
	enum err e = email_account_in_use(c, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail(c, ERR_BAD_INPUT, "There is no email address to send from. Connect one in the settings.");
}

static enum err find_answered(struct ctx *c, const struct object *ticket, int64_t in_reply_to_id, struct message *out)
{
	if (in_reply_to_id != 0) {
		enum err e = message_load(c, in_reply_to_id, out);
		if (e == ERR_NOT_FOUND || (e == OK && out->ticket_id != ticket->id)) {
			fail_clear(c);
			return fail_field(c, STR("inReplyToId"), STR("NOT_FOUND"), "This ticket has no message %lld.",
			                  (long long)in_reply_to_id);
		}
		return e;
	}
	enum err e = message_newest(c, ticket->id, STR("INCOMING"), out);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		e = message_newest(c, ticket->id, STR_NULL, out);
	}
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	*out = (struct message){0};
	return OK;
}

enum err desk_reply_defaults(struct ctx *c, const struct object *ticket, int64_t in_reply_to_id,
                             struct reply_defaults *out)
{
	struct thread *threads;
	size_t n;
	*out = (struct reply_defaults){0};
	TRY(desk_can(c, CAN_VIEW, ticket));
	TRY(find_answered(c, ticket, in_reply_to_id, &out->answered));
	if (out->answered.id == 0)
		TRY(recipients_of_contact(c, ticket, out));
	else if (str_eq(out->answered.direction, STR("INCOMING")))
		TRY(recipients_of_incoming(c, &out->answered, out));
	else
		TRY(recipients_of_outgoing(c, &out->answered, out));
	out->subject = mail_reply_subject(c->a, out->answered.subject.n ? out->answered.subject : ticket->label);
	if (out->answered.id == 0)
		out->subject = ticket->label;

	TRY(thread_list_of_ticket(c, ticket->id, &threads, &n));
	for (size_t i = 0; i < n; i++)
		if (out->answered.id == 0 || threads[i].id == out->answered.thread_id)
			out->thread = threads[i];
	if (out->thread.id != 0)
		TRY(channel_account_load(c, out->thread.channel_account_id, &out->from));
	bool is_gone = out->from.archived_at > 0 && out->from.channel_id == CHANNEL_EMAIL;
	if (out->thread.id != 0 && !is_gone)
		return OK;
	return first_email_account(c, &out->from);
}
