/* Messages of threads, in the forms of the wire. */

#include "api/attachments.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/messages_json.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/conversation.h"
#include "text/json_read.h"

enum { MAX_MESSAGES = 500, DEFAULT_MESSAGES = 100 };

static struct str actor_of(struct ctx *c, const struct message *m)
{
	if (m->user_id != 0)
		return str_fmt(c->a, "A-%lld", (long long)m->user_id);
	if (m->contact_id != 0 && str_eq(m->direction, STR("INCOMING")))
		return str_fmt(c->a, "V-%lld", (long long)m->contact_id);
	if (m->sender_address.n > 0 && m->sender_type.n == 0)
		return str_fmt(c->a, "E-" STR_FMT, STR_ARG(m->sender_address));
	return STR("S-hubspot");
}

/* type null: an email address. */
static void write_identifier(struct json *j, struct str type, struct str address)
{
	json_key(j, "deliveryIdentifier");
	json_object_begin(j);
	json_add_string(j, "type", type.n ? type : STR("HS_EMAIL_ADDRESS"));
	json_add_string(j, "value", address);
	json_object_end(j);
}

static void write_senders(struct ctx *c, struct json *j, const struct message *m)
{
	json_key(j, "senders");
	json_array_begin(j);
	json_object_begin(j);
	json_add_string(j, "actorId", actor_of(c, m));
	json_add_string(j, "name", m->sender_name);
	if (m->sender_address.n > 0) {
		json_add_string(j, "senderField", STR("FROM"));
		write_identifier(j, m->sender_type, m->sender_address);
	}
	json_object_end(j);
	json_array_end(j);
}

static enum err write_recipients(struct ctx *c, struct json *j, const struct message *m)
{
	json_t *list;
	TRY(json_parse(c, m->recipients, &list));
	json_key(j, "recipients");
	json_array_begin(j);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		struct str address = json_get_str(entry, "address");
		json_object_begin(j);
		struct str type = json_get_str(entry, "type");
		if (type.n == 0 || str_eq(type, STR("HS_EMAIL_ADDRESS")))
			json_add_string(j, "actorId", str_fmt(c->a, "E-" STR_FMT, STR_ARG(address)));
		json_add_string(j, "name", json_get_str(entry, "name"));
		json_add_string(j, "recipientField", json_get_str(entry, "field"));
		write_identifier(j, type, address);
		json_object_end(j);
	}
	json_array_end(j);
	return OK;
}

static struct str failure_of(const struct message_set *set, int64_t message_id)
{
	for (size_t i = 0; i < set->delivery_n; i++)
		if (set->deliveries[i].message_id == message_id && str_eq(set->deliveries[i].state, STR("FAILED")))
			return set->deliveries[i].last_error;
	return STR_NULL;
}

static void write_status(struct json *j, const struct message_set *set, const struct message *m)
{
	bool has_failed = str_eq(m->state, STR("FAILED"));
	json_key(j, "status");
	json_object_begin(j);
	json_add_string(j, "statusType",
	                has_failed                              ? STR("FAILED")
	                : str_eq(m->direction, STR("INCOMING")) ? STR("RECEIVED")
	                : str_eq(m->state, STR("READ"))         ? STR("READ")
	                                                        : STR("SENT"));
	if (has_failed) {
		json_key(j, "failureDetails");
		json_object_begin(j);
		json_add_string(j, "errorMessage", m->sender_type.n ? m->notes : failure_of(set, m->id));
		json_object_end(j);
	}
	json_object_end(j);
}

enum err write_message(struct ctx *c, struct json *j, const struct message_set *set, const struct message *m)
{
	struct thread thread;
	bool is_message = str_eq(m->type, STR("MESSAGE"));
	TRY(desk_thread(c, m->thread_id, &thread));
	json_object_begin(j);
	json_add_id(j, "id", m->id);
	json_add_id(j, "conversationsThreadId", m->thread_id);
	json_add_time(j, "createdAt", m->created_at);
	json_add_time(j, "updatedAt", m->updated_at);
	json_add_string(j, "createdBy", actor_of(c, m));
	json_key(j, "client");
	json_object_begin(j);
	json_add_string(j, "clientType", m->client_type);
	json_object_end(j);
	write_senders(c, j, m);
	TRY(write_recipients(c, j, m));
	json_add_bool(j, "archived", false);
	json_add_string(j, "type", m->type);
	json_add_string(j, "text", m->text);
	json_add_string(j, "richText", m->html);
	TRY(write_attachments(c, j, set, m->id));
	if (is_message) {
		json_add_string(j, "subject", m->subject);
		json_add_string(j, "direction", m->direction);
		json_add_id(j, "channelId", thread.channel_id);
		json_add_id(j, "channelAccountId", thread.channel_account_id);
		json_add_string(j, "truncationStatus", STR("NOT_TRUNCATED"));
		write_status(j, set, m);
		json_add_id(j, "inReplyToId", m->in_reply_to_id);
	}
	json_object_end(j);
	return OK;
}

static enum err thread_id(struct ctx *c, const struct req *q, int64_t *out)
{
	return req_id(c, q, "threadId", out);
}

enum err api_messages_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct message_set set;
	int64_t id, limit, after;
	TRY(thread_id(c, q, &id));
	TRY(req_int(c, q, "limit", DEFAULT_MESSAGES, 1, MAX_MESSAGES, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(desk_thread_messages(c, id, after, limit + 1, &set));
	bool has_more = set.n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < set.n - has_more; i++)
		TRY(write_message(c, &r->j, &set, &set.messages[i]));
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)set.messages[limit - 1].id) : STR_NULL);
	return OK;
}

static enum err load_message(struct ctx *c, const struct req *q, struct message_set *set)
{
	int64_t thread, id;
	TRY(thread_id(c, q, &thread));
	TRY(req_id(c, q, "messageId", &id));
	TRY(desk_message(c, id, set));
	if (set->messages[0].thread_id != thread)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	return OK;
}

enum err api_messages_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct message_set set;
	TRY(load_message(c, q, &set));
	return write_message(c, &r->j, &set, set.messages);
}

enum err api_messages_original(struct ctx *c, const struct req *q, struct res *r)
{
	struct message_set set;
	TRY(load_message(c, q, &set));
	json_object_begin(&r->j);
	json_add_string(&r->j, "text", set.messages[0].text);
	json_add_string(&r->j, "richText", set.messages[0].html);
	json_object_end(&r->j);
	return OK;
}

/* recipients: [{recipientField, name?, deliveryIdentifiers: [{type, value}]}] */
static enum err read_recipients(struct ctx *c, const struct req *q, struct reply_in *in)
{
	json_t *list = json_get_array(q->json, "recipients");
	size_t n = list ? json_array_size(list) : 0;
	if (n == 0)
		return OK;
	struct address *fields[3];
	size_t counts[3] = {0};
	for (int f = 0; f < 3; f++)
		fields[f] = NEW_ARRAY(c->a, n, struct address);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(list, i);
		struct str field = json_get_str(entry, "recipientField");
		json_t *ids = json_get_array(entry, "deliveryIdentifiers");
		const json_t *one = ids ? json_array_get(ids, 0) : json_get_object(entry, "deliveryIdentifier");
		struct str value = json_get_str(one, "value");
		int f = str_eq(field, STR("CC")) ? 1 : str_eq(field, STR("BCC")) ? 2 : 0;
		if (value.n == 0)
			return fail_field(c, STR("recipients"), STR("REQUIRED_FIELD"),
			                  "Every recipient needs deliveryIdentifiers.");
		fields[f][counts[f]++] = (struct address){json_get_str(entry, "name"), value};
	}
	in->to = fields[0];
	in->to_n = counts[0];
	in->cc = fields[1];
	in->cc_n = counts[1];
	in->bcc = fields[2];
	in->bcc_n = counts[2];
	in->has_recipients = true;
	return OK;
}

static enum err send_message(struct ctx *c, const struct req *q, const struct thread *thread, struct message *out)
{
	struct reply_in in = {
		.ticket_id = thread->ticket_id,
		.thread_id = thread->id,
		.text = json_get_str(q->json, "text"),
		.html = json_get_str(q->json, "richText"),
		.subject = json_get_str(q->json, "subject"),
		.channel_account_id = json_get_id(q->json, "channelAccountId"),
		.in_reply_to_id = json_get_id(q->json, "inReplyToId"),
		.client_type = STR("INTEGRATION"),
	};
	TRY(read_recipients(c, q, &in));
	TRY(read_attachments(c, json_object_get(q->json, "attachments"), &in));
	return desk_reply(c, &in, out);
}

static enum err send_comment(struct ctx *c, const struct req *q, const struct thread *thread, struct message *out)
{
	struct reply_in in = {
		.ticket_id = thread->ticket_id,
		.thread_id = thread->id,
		.text = json_get_str(q->json, "text"),
		.html = json_get_str(q->json, "richText"),
	};
	TRY(read_attachments(c, json_object_get(q->json, "attachments"), &in));
	return desk_comment_in(c, &in, out);
}

enum err api_messages_send(struct ctx *c, const struct req *q, struct res *r)
{
	struct thread thread;
	struct message m;
	struct message_set set;
	int64_t id;
	struct str type = json_get_str(q->json, "type");
	TRY(thread_id(c, q, &id));
	TRY(desk_thread(c, id, &thread));
	if (str_eq(type, STR("MESSAGE")))
		TRY(send_message(c, q, &thread, &m));
	else if (str_eq(type, STR("COMMENT")))
		TRY(send_comment(c, q, &thread, &m));
	else
		return fail_field(c, STR("type"), STR("INVALID_OPTION"), "type is MESSAGE or COMMENT.");
	TRY(desk_message(c, m.id, &set));
	return write_message(c, &r->j, &set, set.messages);
}
