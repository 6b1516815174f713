/* What the composer of an answer asks for: where the answer to one message goes, the addresses it may leave from, and a place for the
 * files that go with it. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/ticket_message.h"
#include "api/upload.h"
#include "base/arena.h"
#include "desk/conversation.h"
#include "desk/file.h"
#include "desk/text_token.h"
#include "text/mime_write.h"

/* The answer to one message ------------------------------------------------------------------------------------------ */

static void write_addresses(struct json *j, const char *name, const struct address *list, size_t n)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(j);
		json_add_string(j, "address", list[i].address);
		json_add_string(j, "name", list[i].name);
		json_object_end(j);
	}
	json_array_end(j);
}

static enum err write_answered(struct ctx *c, struct json *j, int64_t message_id)
{
	struct message_set set;
	if (message_id == 0)
		return OK;
	TRY(desk_message(c, message_id, &set));
	json_key(j, "message");
	return write_ticket_message(c, j, &set, set.messages);
}

enum err api_reply_target(struct ctx *c, const struct req *q, struct res *r)
{
	struct object ticket;
	struct reply_defaults d;
	int64_t id, message_id;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(req_int(c, q, "messageId", 0, 1, INT64_MAX, &message_id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), id, false, &ticket));
	TRY(desk_reply_defaults(c, &ticket, message_id, &d));
	json_object_begin(&r->j);
	json_add_id(&r->j, "channelId", d.from.channel_id);
	json_add_id(&r->j, "channelAccountId", d.from.id);
	write_addresses(&r->j, "to", d.to, d.to_n);
	write_addresses(&r->j, "cc", d.cc, d.cc_n);
	json_add_string(&r->j, "subject", d.subject);
	json_add_string(&r->j, "forwardSubject", mail_forward_subject(c->a, d.answered.subject.n ? d.answered.subject : ticket.label));
	TRY(write_answered(c, &r->j, d.answered.id));
	json_object_end(&r->j);
	return OK;
}

/* Tokens ------------------------------------------------------------------------------------------------------------- */

static enum err give_tokens(struct ctx *c, const struct req *q, struct res *r, const struct object *about)
{
	struct filled_token *tokens;
	struct str *names;
	size_t n;
	size_t name_n = req_list(c, q, "names", &names);
	TRY(desk_text_tokens(c, about, names, name_n, &tokens, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_string(&r->j, "name", tokens[i].name);
		json_add_string(&r->j, "label", tokens[i].label);
		json_add_string(&r->j, "value", tokens[i].value);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_ticket_tokens(struct ctx *c, const struct req *q, struct res *r)
{
	struct object ticket;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), id, false, &ticket));
	return give_tokens(c, q, r, &ticket);
}

enum err api_record_tokens(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *type;
	struct object record;
	int64_t id;
	TRY(req_type(c, q, "objectType", &type));
	TRY(req_id(c, q, "objectId", &id));
	TRY(desk_object_load(c, type, id, false, &record));
	return give_tokens(c, q, r, &record);
}

/* Addresses to send from --------------------------------------------------------------------------------------------- */

enum err api_senders_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_account *accounts;
	size_t n;
	(void)q;
	TRY(desk_channel_account_list(c, &accounts, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		const struct channel_account *a = &accounts[i];
		if (a->channel_id != CHANNEL_EMAIL || !a->is_active)
			continue;
		json_object_begin(&r->j);
		json_add_id(&r->j, "channelAccountId", a->id);
		json_add_id(&r->j, "inboxId", a->inbox_id);
		json_add_string(&r->j, "name", a->name);
		json_add_string(&r->j, "address", a->address);
		json_add_string(&r->j, "signature", a->signature);
		json_add_string(&r->j, "signatureOf", a->signature_of);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

/* Files for a message -------------------------------------------------------------------------------------------------- */

enum err api_message_file_upload(struct ctx *c, const struct req *q, struct res *r)
{
	struct upload_in in = {.is_for_message = true};
	struct file f;
	TRY(upload_check(c, q));
	struct str name = upload_file_name(q->upload);
	in.name = name.n ? name : STR("file");
	in.content_type = upload_content_type(q->upload);
	TRY(desk_file_upload(c, upload_draft(q->upload), &in, &f));
	json_object_begin(&r->j);
	json_add_id(&r->j, "id", f.id);
	json_add_string(&r->j, "name", file_full_name(c, &f));
	json_add_string(&r->j, "contentType", f.content_type);
	json_add_int(&r->j, "sizeBytes", f.size_bytes);
	if (f.width > 0)
		json_add_int(&r->j, "width", f.width);
	if (f.height > 0)
		json_add_int(&r->j, "height", f.height);
	json_add_string(&r->j, "url", str_fmt(c->a, "/desk/v1/files/%lld/content", (long long)f.id));
	json_object_end(&r->j);
	return OK;
}
