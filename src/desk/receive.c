/* A message from outside becomes part of a ticket. Which one is decided in this order, and the decision is kept with the raw
 * source as a sentence:
 *
 *  1. a reply token in the address it was delivered to, or in its To or Cc: joins that ticket, whoever wrote it;
 *  2. a Message-ID in In-Reply-To or References (newest first) that a thread has met, if the sender takes part in that thread;
 *  3. otherwise a new ticket. Subjects never join anything.
 *
 * A stranger who names one of our Message-IDs without a token gets a ticket of his own. A message that a machine wrote opens
 * no ticket: it joins, or it is set aside where an administrator sees it. */

#include "desk/announce.h"
#include "desk/conversation_int.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/automation.h"
#include "desk/blocked.h"
#include "desk/file.h"
#include "text/person_name.h"

enum { MAX_SENDER_NAME_BYTES = 200 }; /* a longer one is none */

/* New rows ---------------------------------------------------------------------------------------------------------- */

size_t name_props(struct str name, struct prop *props)
{
	struct person_name parts = person_name_split(name);
	size_t n = 0;
	if (str_trim(name).n > MAX_SENDER_NAME_BYTES)
		return 0;
	if (parts.first.n > 0)
		props[n++] = (struct prop){STR("firstname"), parts.first};
	if (parts.last.n > 0)
		props[n++] = (struct prop){STR("lastname"), parts.last};
	return n;
}

/* id 0: nobody has this address. */
static enum err find_contact(struct ctx *c, struct str address, struct object *out)
{
	enum err e = desk_object_of_key(c, TYPE_CONTACT, str_lower(c->a, address), out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	*out = (struct object){0};
	return OK;
}

enum err contact_of(struct ctx *c, const struct address *from, struct object *out)
{
	struct prop props[3];
	TRY(find_contact(c, from->address, out));
	if (out->id != 0)
		return OK;
	/* two mails of a stranger may come at once */
	TRY(object_lock_key(c, str_lower(c->a, from->address)));
	TRY(find_contact(c, from->address, out));
	if (out->id != 0)
		return OK;
	size_t n = name_props(utf8_clean(c->a, from->name), props);
	props[n++] = (struct prop){STR("email"), from->address};
	const struct object_in in = {.props = props, .prop_n = n, .source_type = STR("EMAIL")};
	return desk_object_create(c, schema_type_by_id(c, TYPE_CONTACT), &in, out);
}

static enum err open_ticket(struct ctx *c, const struct receive_in *in, const struct object *contact,
                            struct thread *out)
{
	const struct prop props[] = {
		{STR("subject"), in->subject.n ? in->subject : STR("(no subject)")},
		{STR("content"), utf8_head(in->text, MAX_DESCRIPTION_BYTES)},
		{STR("hs_pipeline"), in->account.pipeline_id},
		{STR("hs_pipeline_stage"), in->account.stage_id},
		{STR("source_type"), STR("EMAIL")},
		{STR("hs_inbox_id"), str_fmt(c->a, "%lld", (long long)in->account.inbox_id)},
	};
	const struct link_in link = {.to_id = contact ? contact->id : 0, .to_type = TYPE_CONTACT};
	const struct object_in ticket = {
		.props = props,
		.prop_n = sizeof(props) / sizeof(props[0]),
		.links = &link,
		.link_n = contact ? 1 : 0,
		.source_type = STR("EMAIL"),
		.by_rule = true,
	};
	struct object o;
	TRY(desk_object_create(c, schema_type_by_id(c, TYPE_TICKET), &ticket, &o));
	*out = (struct thread){
		.ticket_id = o.id,
		.inbox_id = in->account.inbox_id,
		.channel_id = in->account.channel_id,
		.channel_account_id = in->account.id,
		.contact_id = contact ? contact->id : 0,
		.created_at = c->now,
		.latest_at = c->now,
	};
	return thread_add(c, out);
}

static enum err insert_files(struct ctx *c, const struct receive_in *in, const struct message *m)
{
	for (size_t i = 0; i < in->file_n; i++) {
		struct attachment row = {
			.message_id = m->id,
			.ticket_id = m->ticket_id,
			.name = in->files[i].name,
			.content_type = in->files[i].content_type,
			.size_bytes = (int64_t)in->files[i].bytes.n,
			.blob = in->files[i].blob,
			.content_id = in->files[i].content_id,
			.is_inline = in->files[i].is_inline,
		};
		TRY(file_of_attachment(c, &row));
		TRY(attachment_insert(c, &row));
	}
	return OK;
}

static enum err note_references(struct ctx *c, const struct receive_in *in, const struct message *m)
{
	TRY(mail_ref_put(c, in->mail_id, m->thread_id, m->id));
	for (size_t i = 0; i < in->in_reply_to_n; i++)
		TRY(mail_ref_put(c, in->in_reply_to[i], m->thread_id, 0));
	for (size_t i = 0; i < in->references_n; i++)
		TRY(mail_ref_put(c, in->references[i], m->thread_id, 0));
	return OK;
}

static enum err note_participant(struct ctx *c, int64_t thread_id, struct str address)
{
	bool is_own;
	TRY(is_own_address(c, address, &is_own));
	return is_own || address.n == 0 ? OK : participant_put(c, thread_id, str_lower(c->a, address));
}

static enum err note_participants(struct ctx *c, const struct receive_in *in, int64_t thread_id)
{
	TRY(note_participant(c, thread_id, in->from.address));
	for (size_t i = 0; i < in->to_n && i < MAX_RECIPIENTS; i++)
		TRY(note_participant(c, thread_id, in->to[i].address));
	for (size_t i = 0; i < in->cc_n && i < MAX_RECIPIENTS; i++)
		TRY(note_participant(c, thread_id, in->cc[i].address));
	return OK;
}

static struct str join_ids(struct ctx *c, const struct str *ids, size_t n)
{
	struct buf b;
	buf_init(&b, c->a, 64 << 10);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&b, ' ');
		buf_add(&b, ids[i]);
	}
	return n ? buf_str(&b) : STR_NULL;
}

static enum err insert_message(struct ctx *c, const struct receive_in *in, struct thread *thread, int64_t contact_id,
                               struct message *out)
{
	*out = (struct message){
		.thread_id = thread->id,
		.ticket_id = thread->ticket_id,
		.type = STR("MESSAGE"),
		.direction = STR("INCOMING"),
		.created_at = c->now,
		.subject = in->subject,
		.text = in->text,
		.html = in->html,
		.contact_id = contact_id,
		.sender_name = in->from.name.n ? in->from.name : STR_NULL,
		.sender_address = in->from.address,
		.recipients = recipients_json(c, in->to, in->to_n, in->cc, in->cc_n, NULL, 0),
		.reply_to = in->reply_to,
		.mail_id = in->mail_id,
		.in_reply_to = in->in_reply_to_n ? in->in_reply_to[0] : STR_NULL,
		.mail_references = join_ids(c, in->references, in->references_n),
		.source_id = in->source_id,
		.state = STR("RECEIVED"),
		.client_type = STR("SYSTEM"),
		.is_automatic = in->is_automatic,
		.notes = in->notes.n ? in->notes : STR_NULL,
	};
	TRY(message_insert(c, out));
	TRY(insert_files(c, in, out));
	TRY(note_references(c, in, out));
	TRY(note_participants(c, in, thread->id));
	return note_message(c, thread, out);
}

/* The first open stage of its pipeline; null: the ticket is open, or there is none. */
static enum err stage_to_reopen(struct ctx *c, const struct object *ticket, struct str *out)
{
	struct stage *stages;
	size_t n;
	*out = STR_NULL;
	if (!ticket->is_closed)
		return OK;
	TRY(stage_list(c, TYPE_TICKET, &stages, &n));
	for (size_t i = 0; i < n && str_is_null(*out); i++)
		if (str_eq(stages[i].pipeline_id, ticket->pipeline_id) && !stages[i].is_closed)
			*out = stages[i].id;
	return OK;
}

enum err move_on_receipt(struct ctx *c, int64_t ticket_id)
{
	struct object ticket;
	struct str stage_id;
	TRY(object_load(c, TYPE_TICKET, ticket_id, &ticket));
	TRY(automation_stage(c, &ticket, AUTOMATION_RECEIVED, &stage_id));
	struct str source = stage_id.n > 0 ? STR("AUTOMATION_PLATFORM") : STR("EMAIL");
	if (stage_id.n == 0)
		TRY(stage_to_reopen(c, &ticket, &stage_id));
	if (stage_id.n == 0)
		return OK;
	const struct prop stage = {STR("hs_pipeline_stage"), stage_id};
	const struct object_in in = {.props = &stage, .prop_n = 1, .source_type = source, .by_rule = true};
	return desk_object_update(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, &in, &ticket);
}

/* Ways to end ------------------------------------------------------------------------------------------------------- */

static enum err set_aside(struct receive_out *out, struct str why)
{
	*out = (struct receive_out){.what = RECEIVED_SET_ASIDE, .decision = why};
	return OK;
}

/* Marks the deliveries that came back. false when it is no mail of ours. */
static enum err take_bounce(struct ctx *c, const struct receive_in *in, struct receive_out *out, bool *is_taken)
{
	struct mail_ref *refs;
	struct outbox *rows;
	struct message m;
	size_t n, row_n;
	*is_taken = false;
	if (str_is_null(in->bounce_of))
		return OK;
	TRY(mail_ref_find(c, in->bounce_of, &refs, &n));
	if (n == 0 || refs[0].message_id == 0)
		return OK;
	TRY(message_load(c, refs[0].message_id, &m));
	if (!str_eq(m.direction, STR("OUTGOING")))
		return OK;
	TRY(object_lock(c, m.ticket_id));
	TRY(outbox_list_of_messages(c, m.id, m.id, m.ticket_id, &rows, &row_n));
	for (size_t i = 0; i < row_n; i++) {
		if (row_n > 1 && in->bounce_address.n && !str_eq_nocase(rows[i].address, in->bounce_address))
			continue;
		rows[i].state = STR("FAILED");
		rows[i].last_error = in->bounce_why.n ? in->bounce_why : STR("The mail came back as undeliverable.");
		TRY(outbox_update(c, &rows[i]));
	}
	TRY(message_set_state(c, m.id, STR("FAILED")));
	TRY(bus_emit(c, EV_MESSAGE_CHANGED,
	             &(struct event_about){.about_id = m.id, .ticket_id = m.ticket_id, .message_id = m.id}));
	*is_taken = true;
	*out = (struct receive_out){
		.what = RECEIVED_BOUNCE,
		.ticket_id = m.ticket_id,
		.message_id = m.id,
		.decision = str_fmt(c->a, "It says that a mail of #%lld could not be delivered; marked there.",
		                    (long long)m.ticket_id),
	};
	return OK;
}

/* Whoever answers from another address is no new contact: the ticket stays that of the contact who opened it. */
static enum err join(struct ctx *c, const struct receive_in *in, struct ticket_match *t, struct receive_out *out)
{
	struct object contact = {0};
	struct message m;
	TRY(object_lock(c, t->thread.ticket_id));
	TRY(thread_load(c, t->thread.id, &t->thread));
	if (in->from.address.n && !in->is_machine)
		TRY(find_contact(c, in->from.address, &contact));
	TRY(insert_message(c, in, &t->thread, contact.id, &m));
	if (!in->is_machine && !t->thread.is_spam)
		TRY(move_on_receipt(c, m.ticket_id));
	*out = (struct receive_out){RECEIVED_JOINED, m.ticket_id, m.id, t->decision};
	return OK;
}

static enum err open_new(struct ctx *c, const struct receive_in *in, const struct ticket_match *t,
                         struct receive_out *out)
{
	struct object contact = {0};
	struct thread thread;
	struct message m;
	bool is_known = in->from.address.n > 0;
	if (is_known)
		TRY(contact_of(c, &in->from, &contact));
	TRY(open_ticket(c, in, is_known ? &contact : NULL, &thread));
	TRY(insert_message(c, in, &thread, contact.id, &m));
	struct str why = str_fmt(c->a, "Opened #%lld.", (long long)m.ticket_id);
	if (t->related_ticket_id != 0)
		why = str_fmt(
			c->a,
			"Opened #%lld: it names a mail of #%lld, but its sender takes no part in that conversation and it "
			"carries no reply address of it.",
			(long long)m.ticket_id, (long long)t->related_ticket_id);
	*out = (struct receive_out){RECEIVED_NEW_TICKET, m.ticket_id, m.id, why};
	return OK;
}

static enum err open_spam(struct ctx *c, const struct receive_in *in, const struct ticket_match *t, struct receive_out *out)
{
	TRY(open_new(c, in, t, out));
	out->decision = str_fmt(c->a, "Opened #%lld as spam: its sender is blocked.", (long long)out->ticket_id);
	return desk_spam_new(c, out->ticket_id);
}

enum err desk_receive(struct ctx *c, const struct receive_in *in, struct receive_out *out)
{
	struct ticket_match match;
	bool is_bounce, is_own, is_blocked = false;
	TRY(take_bounce(c, in, out, &is_bounce));
	if (is_bounce)
		return OK;
	TRY(is_own_address(c, in->from.address, &is_own));
	if (is_own && !in->is_forced)
		return set_aside(out,
		                 STR("It comes from an address of this desk itself; answering it would make a loop."));
	TRY(ticket_match_find(c, in, &match));
	if (in->from.address.n > 0 && !in->is_forced)
		TRY(blocked_sender_is(c, str_lower(c->a, in->from.address), &is_blocked));
	/* spam among spam; nothing of it reaches a conversation that people work on */
	if (match.is_found && (!is_blocked || match.thread.is_spam))
		return join(c, in, &match, out);
	if (is_blocked && !in->is_machine)
		return open_spam(c, in, &match, out);
	if (in->is_machine)
		return set_aside(out,
		                 STR("A machine wrote it (an automatic reply or a report) and it answers no ticket."));
	return open_new(c, in, &match, out);
}
