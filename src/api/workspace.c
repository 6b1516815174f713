/* What the agent workspace needs beside the wire's objects: tickets with everything around them, replies. */

#include "api/attachments.h"
#include "api/call.h"
#include "api/file_answer.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/ticket_message.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/record.h"
#include "desk/stage_rule.h"
#include "text/json_read.h"

enum { DEFAULT_MESSAGES = 30, MAX_MESSAGES = 100 };

/* A ticket with what stands around it ------------------------------------------------------------------------------- */

static void write_properties(struct ctx *c, struct json *j, const struct type_def *t, const struct object *o)
{
	json_key(j, "properties");
	json_object_begin(j);
	for (size_t i = 0; i < t->prop_n; i++) {
		struct str value = property_value(c, o, &t->props[i]);
		if (value.n == 0)
			continue;
		json_key_str(j, t->props[i].row.name);
		json_str(j, value);
	}
	json_object_end(j);
}

static enum err write_contact(struct ctx *c, struct json *j, int64_t contact_id)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_CONTACT);
	struct object contact;
	if (contact_id == 0)
		return OK;
	enum err e = desk_object_load(c, t, contact_id, false, &contact);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	json_key(j, "contact");
	json_object_begin(j);
	json_add_id(j, "id", contact.id);
	json_add_string(j, "name", contact.label);
	json_add_string(j, "email", contact.unique_key);
	json_add_string(j, "phone", property_value(c, &contact, schema_property(t, STR("phone"))));
	json_add_string(j, "company", property_value(c, &contact, schema_property(t, STR("company"))));
	json_add_time(j, "createdAt", contact.created_at);
	json_object_end(j);
	return OK;
}

static void write_addresses(struct json *j, const char *name, const struct address *list, size_t n)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_str(j, list[i].address);
	json_array_end(j);
}

static enum err write_reply_to(struct ctx *c, struct json *j, const struct object *ticket)
{
	struct reply_defaults d;
	enum err e = desk_reply_defaults(c, ticket, 0, &d);
	if (e == ERR_BAD_INPUT) {
		/* no address to send from: the page shows no editor */
		fail_clear(c);
		return OK;
	}
	TRY(e);
	json_key(j, "replyTo");
	json_object_begin(j);
	json_key(j, "from");
	json_object_begin(j);
	json_add_string(j, "address", d.from.address);
	json_add_string(j, "name", d.from.name);
	json_object_end(j);
	write_addresses(j, "to", d.to, d.to_n);
	write_addresses(j, "cc", d.cc, d.cc_n);
	json_add_string(j, "subject", d.subject);
	json_object_end(j);
	return OK;
}

static void write_abilities(struct ctx *c, struct json *j, const struct object *ticket)
{
	json_key(j, "abilities");
	json_array_begin(j);
	for (int a = 0; a < ACTION_N; a++)
		if (desk_may(c, (enum action)a, ticket))
			json_str(j, action_name((enum action)a));
	json_array_end(j);
}

/* Where the ticket may go, and what is missing there: so that people are asked before they are refused. */
static enum err write_stages(struct ctx *c, struct json *j, const struct object *ticket)
{
	struct stage_choice *choices;
	size_t n;
	TRY(desk_stage_choices(c, ticket, &choices, &n));
	json_key(j, "stages");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(j);
		json_add_string(j, "id", choices[i].stage.id);
		json_add_string(j, "label", choices[i].stage.label);
		json_add_bool(j, "isClosed", choices[i].stage.is_closed);
		json_add_bool(j, "mayMove", choices[i].may_move);
		json_add_strings(j, "requiredProperties", choices[i].demands.names, choices[i].demands.n);
		json_add_strings(j, "missingProperties", choices[i].missing.names, choices[i].missing.n);
		json_object_end(j);
	}
	json_array_end(j);
	return OK;
}

enum err api_ticket_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	struct object ticket;
	struct ticket_row row, *others;
	int64_t id;
	size_t n;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_object_load(c, t, id, false, &ticket));
	TRY(desk_ticket_row(c, id, &row));
	TRY(desk_other_tickets(c, &ticket, &others, &n));
	json_object_begin(&r->j);
	json_key(&r->j, "ticket");
	json_row(&r->j, &ticket_row_shape, &row);
	write_properties(c, &r->j, t, &ticket);
	TRY(write_contact(c, &r->j, ticket.contact_id));
	json_key(&r->j, "otherTickets");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n; i++)
		json_row(&r->j, &ticket_row_shape, &others[i]);
	json_array_end(&r->j);
	write_abilities(c, &r->j, &ticket);
	TRY(write_stages(c, &r->j, &ticket));
	TRY(write_reply_to(c, &r->j, &ticket));
	json_object_end(&r->j);
	return OK;
}

/* Messages ---------------------------------------------------------------------------------------------------------- */

static void write_recipients(struct json *j, const char *name, const json_t *list, struct str field)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		if (!str_eq(json_get_str(entry, "field"), field))
			continue;
		json_object_begin(j);
		json_add_string(j, "address", json_get_str(entry, "address"));
		json_add_string(j, "name", json_get_str(entry, "name"));
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_files(struct ctx *c, struct json *j, const struct message_set *set, int64_t message_id)
{
	json_key(j, "attachments");
	json_array_begin(j);
	for (size_t i = 0; i < set->attachment_n; i++) {
		const struct attachment *a = &set->attachments[i];
		if (a->message_id != message_id)
			continue;
		json_object_begin(j);
		json_add_id(j, "id", a->id);
		json_add_id(j, "fileId", a->file_id);
		json_add_string(j, "name", a->name);
		json_add_string(j, "contentType", a->content_type);
		json_add_int(j, "sizeBytes", a->size_bytes);
		json_add_string(j, "contentId", a->content_id);
		json_add_bool(j, "isInline", a->is_inline);
		json_add_string(j, "url", str_fmt(c->a, "/desk/v1/attachments/%lld", (long long)a->id));
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_deliveries(struct json *j, const struct message_set *set, int64_t message_id)
{
	json_key(j, "deliveries");
	json_array_begin(j);
	for (size_t i = 0; i < set->delivery_n; i++) {
		const struct outbox *d = &set->deliveries[i];
		if (d->message_id != message_id)
			continue;
		json_object_begin(j);
		json_add_string(j, "address", d->address);
		json_add_string(j, "state", d->state);
		json_add_int(j, "tries", d->tries);
		json_add_string(j, "lastError", d->last_error);
		json_add_time(j, "nextTryAt", d->next_try_at);
		json_add_time(j, "sentAt", d->sent_at);
		json_object_end(j);
	}
	json_array_end(j);
}

enum err write_ticket_message(struct ctx *c, struct json *j, const struct message_set *set, const struct message *m)
{
	json_t *recipients;
	bool is_unidentified;
	TRY(json_parse(c, m->recipients, &recipients));
	TRY(desk_is_unidentified(c, m, &is_unidentified));
	json_object_begin(j);
	json_add_id(j, "id", m->id);
	json_add_id(j, "threadId", m->thread_id);
	json_add_id(j, "ticketId", m->ticket_id);
	json_add_string(j, "type", m->type);
	json_add_string(j, "direction", m->direction);
	json_add_time(j, "createdAt", m->created_at);
	json_add_string(j, "subject", m->subject);
	json_add_string(j, "senderName", m->sender_name);
	json_add_string(j, "senderAddress", m->sender_address);
	json_add_id(j, "senderUserId", m->user_id);
	if (is_unidentified)
		json_add_bool(j, "isUnidentified", true);
	write_recipients(j, "to", recipients, STR("TO"));
	write_recipients(j, "cc", recipients, STR("CC"));
	write_recipients(j, "bcc", recipients, STR("BCC"));
	json_add_string(j, "text", m->text);
	json_add_string(j, "html", m->html);
	json_add_bool(j, "isAutomatic", m->is_automatic);
	json_add_string(j, "notes", m->notes);
	json_add_id(j, "forwardOfId", m->forward_of_id);
	write_files(c, j, set, m->id);
	json_add_string(j, "state", m->state);
	write_deliveries(j, set, m->id);
	json_object_end(j);
	return OK;
}

enum err api_ticket_messages(struct ctx *c, const struct req *q, struct res *r)
{
	struct message_set set;
	int64_t id, limit, before;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(req_int(c, q, "limit", DEFAULT_MESSAGES, 1, MAX_MESSAGES, &limit));
	TRY(req_int(c, q, "before", INT64_MAX, 1, INT64_MAX, &before));
	TRY(desk_messages(c, id, before, limit + 1, &set));
	bool has_more = set.n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = has_more; i < set.n; i++)
		TRY(write_ticket_message(c, &r->j, &set, &set.messages[i]));
	res_list_end(r, "before", has_more ? str_fmt(c->a, "%lld", (long long)set.messages[1].id) : STR_NULL);
	return OK;
}

/* Replies ----------------------------------------------------------------------------------------------------------- */

/* A JSON array of addresses, as texts or as {address, name}. */
static enum err read_addresses(struct ctx *c, struct str field, struct str json, struct address **out, size_t *n_out)
{
	json_t *list;
	*n_out = 0;
	if (str_is_null(json))
		return OK;
	TRY(json_parse(c, json, &list));
	if (!json_is_array(list))
		return fail_field(c, field, STR("INVALID_TYPE"), STR_FMT " is a list of addresses.", STR_ARG(field));
	size_t n = json_array_size(list);
	if (n > MAX_RECIPIENTS)
		return fail_field(c, field, STR("TOO_MANY"), "A mail may have at most %d recipients.", MAX_RECIPIENTS);
	*out = NEW_ARRAY(c->a, n, struct address);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(list, i);
		struct str text = json_is_string(entry) ? json_text(entry) : json_get_str(entry, "address");
		(*out)[(*n_out)++] = (struct address){json_is_string(entry) ? STR_NULL : json_get_str(entry, "name"),
		                                      str_trim(text)};
	}
	return OK;
}

static enum err read_files(struct ctx *c, struct str json, struct reply_in *in)
{
	json_t *list;
	if (str_is_null(json))
		return OK;
	TRY(json_parse(c, json, &list));
	return read_attachments(c, list, in);
}

enum err api_ticket_reply(struct ctx *c, const struct req *q, struct res *r)
{
	const struct reply_body *body = IN(q, struct reply_body);
	struct address *to = NULL, *cc = NULL, *bcc = NULL;
	struct message m;
	struct message_set set;
	struct reply_in in = {
		.in_reply_to_id = body->in_reply_to_id,
		.has_recipients = !str_is_null(body->to) || !str_is_null(body->cc),
		.subject = body->subject,
		.text = body->text,
		.html = body->html,
		.stage_id = body->stage_id,
		.last_seen_id = body->last_seen_message_id,
		.channel_account_id = body->channel_account_id,
		.is_forward = body->is_forward,
		.client_type = c->who.session_id ? STR("HUBSPOT") : STR("INTEGRATION"),
	};
	TRY(req_id(c, q, "ticketId", &in.ticket_id));
	TRY(read_addresses(c, STR("to"), body->to, &to, &in.to_n));
	TRY(read_addresses(c, STR("cc"), body->cc, &cc, &in.cc_n));
	TRY(read_addresses(c, STR("bcc"), body->bcc, &bcc, &in.bcc_n));
	in.to = to;
	in.cc = cc;
	in.bcc = bcc;
	TRY(read_files(c, body->attachments, &in));
	TRY(desk_reply(c, &in, &m));
	TRY(desk_message(c, m.id, &set));
	return write_ticket_message(c, &r->j, &set, set.messages);
}

/* Attachments ------------------------------------------------------------------------------------------------------- */

enum err api_attachment_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct attachment a;
	int64_t id;
	int fd;
	TRY(req_id(c, q, "attachmentId", &id));
	TRY(desk_attachment(c, id, &a, &fd));
	return res_file(c, q, r, &(struct file_answer){.fd = fd, .name = a.name, .etag = a.blob});
}
