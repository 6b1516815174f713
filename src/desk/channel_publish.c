/* What comes from the other side. The conversation is told by the other side's id for it, or, where it gives none, by the visitor's
 * identifier; a closed ticket opens again, a deleted one is followed by a new one. */

#include "desk/channel_int.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/announce.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "desk/file.h"
#include "text/json.h"

enum { MAX_PARTY_JSON_BYTES = 1 << 20, MAX_SUBJECT_OF_TEXT_BYTES = 80 };

struct str channel_party_json(struct ctx *c, const struct channel_party *list, size_t n)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_PARTY_JSON_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&j);
		json_add_string(&j, "field", STR("TO"));
		json_add_string(&j, "name", list[i].name);
		json_add_string(&j, "address", list[i].identifier.value);
		json_add_string(&j, "type", list[i].identifier.type);
		json_object_end(&j);
	}
	json_array_end(&j);
	return buf_is_full(&b) ? STR("[]") : buf_str(&b);
}

/* The visitor: who sends, or to whom the team writes. */
static const struct channel_party *visitor_of(const struct publish_in *in)
{
	return in->is_outgoing ? &in->recipients[0] : &in->sender;
}

/* By email address like a mail's sender; by a phone number or another identifier as we have met it before. */
static enum err contact_of_party(struct ctx *c, int64_t channel_id, const struct channel_party *who, struct object *out)
{
	const struct type_def *type = schema_type_by_id(c, TYPE_CONTACT);
	bool is_phone = str_eq(who->identifier.type, STR("HS_PHONE_NUMBER"));
	int64_t known;
	if (str_eq(who->identifier.type, STR("HS_EMAIL_ADDRESS")))
		return contact_of(c, &(struct address){who->name, who->identifier.value}, out);
	if (is_phone)
		channel_id = 0;
	TRY(object_lock_key(c, who->identifier.value)); /* two messages of a stranger may come at once */
	TRY(channel_visitor_find(c, channel_id, who->identifier.value, &known));
	enum err e = known ? desk_object_load(c, type, known, false, out) : ERR_NOT_FOUND;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	struct prop props[4];
	size_t n = name_props(who->name.n ? who->name : who->identifier.value, props);
	if (is_phone)
		props[n++] = (struct prop){STR("phone"), who->identifier.value};
	const struct object_in in = {.props = props, .prop_n = n, .source_type = STR("CONVERSATIONS")};
	TRY(desk_object_create(c, type, &in, out));
	return channel_visitor_put(c, channel_id, who->identifier.value, out->id);
}

static enum err open_ticket(struct ctx *c, const struct publish_in *in, const struct channel_account *account, int64_t contact_id,
                            struct str text, struct thread *out)
{
	struct str subject = utf8_head(preview_of(c, text), MAX_SUBJECT_OF_TEXT_BYTES);
	const struct prop props[] = {
		{STR("subject"), subject},
		{STR("content"), utf8_head(text, MAX_DESCRIPTION_BYTES)},
		{STR("hs_pipeline"), account->pipeline_id},
		{STR("hs_pipeline_stage"), account->stage_id},
		{STR("source_type"), STR("CHAT")},
		{STR("hs_inbox_id"), str_fmt(c->a, "%lld", (long long)account->inbox_id)},
	};
	const struct link_in link = {.to_id = contact_id, .to_type = TYPE_CONTACT};
	const struct object_in ticket = {
		.props = props,
		.prop_n = sizeof(props) / sizeof(props[0]),
		.links = &link,
		.link_n = 1,
		.source_type = STR("CONVERSATIONS"),
		.by_rule = true,
	};
	struct object o;
	(void)in;
	TRY(desk_object_create(c, schema_type_by_id(c, TYPE_TICKET), &ticket, &o));
	*out = (struct thread){
		.ticket_id = o.id,
		.inbox_id = account->inbox_id,
		.channel_id = account->channel_id,
		.channel_account_id = account->id,
		.contact_id = contact_id,
		.created_at = c->now,
		.latest_at = c->now,
	};
	return thread_add(c, out);
}

/* The thread that goes by this name, if its ticket is still there. */
static enum err find_thread(struct ctx *c, int64_t account_id, struct str name, struct thread *out, bool *is_found)
{
	struct object ticket;
	int64_t id;
	*is_found = false;
	TRY(channel_thread_find(c, account_id, name, &id));
	if (id == 0)
		return OK;
	TRY(thread_load(c, id, out));
	TRY(object_lock(c, out->ticket_id));
	enum err e = desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), out->ticket_id, false, &ticket);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return channel_thread_remove(c, account_id, name);
	}
	TRY(e);
	*is_found = true;
	return thread_load(c, id, out);
}

static struct str thread_name(struct ctx *c, const struct publish_in *in)
{
	const struct identifier *id = &visitor_of(in)->identifier;
	if (in->integration_thread_id.n > 0)
		return str_cat(c->a, STR(THREAD_PREFIX), in->integration_thread_id);
	return str_fmt(c->a, "visitor " STR_FMT " " STR_FMT, STR_ARG(id->type), STR_ARG(id->value));
}

static enum err check(struct ctx *c, const struct publish_in *in)
{
	TRY(channel_check_identifier(c, STR("senders"), &in->sender.identifier));
	if (in->recipient_n == 0 || in->recipient_n > MAX_RECIPIENTS)
		return fail_field(c, STR("recipients"), STR("REQUIRED_FIELD"), "A message has 1 to %d recipients.", MAX_RECIPIENTS);
	for (size_t i = 0; i < in->recipient_n; i++)
		TRY(channel_check_identifier(c, STR("recipients"), &in->recipients[i].identifier));
	if (in->integration_thread_id.n > MAX_INTEGRATION_ID_BYTES)
		return fail_field(c, STR("integrationThreadId"), STR("INVALID_LENGTH"), "It has at most %d bytes.", MAX_INTEGRATION_ID_BYTES);
	if (in->integration_idempotency_id.n > MAX_INTEGRATION_ID_BYTES)
		return fail_field(c, STR("integrationIdempotencyId"), STR("INVALID_LENGTH"), "It has at most %d bytes.",
		                  MAX_INTEGRATION_ID_BYTES);
	return OK;
}

static enum err resolve_contact(struct ctx *c, int64_t channel_id, const struct publish_in *in, struct object *out)
{
	if (in->contact_id == 0)
		return contact_of_party(c, channel_id, visitor_of(in), out);
	enum err e = desk_object_load(c, schema_type_by_id(c, TYPE_CONTACT), in->contact_id, false, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, STR("associateWithContactId"), STR("NOT_FOUND"), "There is no contact %lld.", (long long)in->contact_id);
}

static enum err insert(struct ctx *c, const struct publish_in *in, struct thread *thread, int64_t contact_id, struct message *m)
{
	m->thread_id = thread->id;
	m->ticket_id = thread->ticket_id;
	m->type = STR("MESSAGE");
	m->direction = in->is_outgoing ? STR("OUTGOING") : STR("INCOMING");
	m->created_at = in->at > 0 && in->at < c->now ? in->at : c->now;
	m->user_id = in->is_outgoing ? in->user_id : 0;
	m->contact_id = contact_id;
	m->sender_name = in->sender.name;
	m->sender_address = in->sender.identifier.value;
	m->sender_type = in->sender.identifier.type;
	m->recipients = channel_party_json(c, in->recipients, in->recipient_n);
	m->in_reply_to_id = in->in_reply_to_id;
	m->state = in->is_outgoing ? STR("SENT") : STR("RECEIVED");
	m->client_type = STR("INTEGRATION");
	TRY(message_insert(c, m));
	TRY(file_attach(c, m, in->file_ids, NULL, in->file_n));
	return note_message(c, thread, m);
}

enum err desk_channel_publish(struct ctx *c, int64_t channel_id, const struct publish_in *in, struct message *out)
{
	const struct reply_in body = {.text = in->text, .html = in->html};
	struct custom_channel channel;
	struct channel_account account;
	struct thread thread;
	struct object contact;
	int64_t before = 0;
	bool is_found;
	TRY(desk_can(c, CAN_REPLY, NULL));
	TRY(custom_channel_load(c, channel_id, &channel));
	TRY(channel_account_ready(c, channel_id, in->account_id, &account));
	TRY(check(c, in));
	*out = (struct message){0};
	TRY(settle_body(c, &body, &out->text, &out->html));
	TRY(channel_lock(c)); /* the same message may come twice at once */
	if (in->integration_idempotency_id.n > 0)
		TRY(channel_message_find(c, channel_id, in->integration_idempotency_id, &before));
	if (before != 0)
		return message_load(c, before, out);
	TRY(find_thread(c, account.id, thread_name(c, in), &thread, &is_found));
	TRY(resolve_contact(c, channel_id, in, &contact));
	if (!is_found) {
		TRY(open_ticket(c, in, &account, contact.id, out->text, &thread));
		TRY(channel_thread_put(c, account.id, thread_name(c, in), thread.id));
	}
	TRY(insert(c, in, &thread, contact.id, out));
	if (in->integration_idempotency_id.n > 0)
		TRY(channel_message_put(c, channel_id, in->integration_idempotency_id, out->id));
	return is_found && !in->is_outgoing ? move_on_receipt(c, out->ticket_id) : OK;
}

enum err desk_channel_message(struct ctx *c, int64_t channel_id, int64_t id, struct message *out)
{
	struct thread thread;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(message_load(c, id, out));
	TRY(desk_see_ticket(c, out->ticket_id));
	TRY(thread_load(c, out->thread_id, &thread));
	return thread.channel_id == channel_id ? OK : fail(c, ERR_NOT_FOUND, "resource not found");
}
