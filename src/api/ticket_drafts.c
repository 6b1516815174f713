/* Drafts of the one who asks. */

#include "api/ticket_drafts.h"

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "desk/ticket_draft.h"
#include "text/json_read.h"

void json_ticket_draft(struct json *j, const struct draft *d)
{
	json_object_begin(j);
	json_add_id(j, "ticketId", d->ticket_id);
	json_add_string(j, "kind", d->kind);
	json_add_int(j, "version", d->version);
	json_add_string(j, "html", d->html);
	json_add_string(j, "text", d->text);
	json_add_string(j, "subject", d->subject);
	json_add_raw(j, "recipients", d->recipients);
	json_add_id(j, "channelAccountId", d->channel_account_id);
	json_add_id(j, "inReplyToId", d->in_reply_to_id);
	if (d->is_forward)
		json_add_bool(j, "isForward", true);
	json_add_id(j, "lastSeenMessageId", d->last_seen_id);
	json_add_raw(j, "attachments", d->attachments);
	json_add_string(j, "device", d->device);
	json_add_raw(j, "kept", d->kept);
	json_add_time(j, "updatedAt", d->updated_at);
	json_object_end(j);
}

/* The JSON of a member, which is of this kind; the null string where it is not there. */
static enum err keep_json(struct ctx *c, const char *field, struct str json, json_type type, struct str *out)
{
	json_t *value;
	*out = STR_NULL;
	if (str_is_null(json))
		return OK;
	TRY(json_parse(c, json, &value));
	if (json_is_null(value))
		return OK;
	if (json_typeof(value) != type)
		return fail_field(c, str_c(field), STR("INVALID_TYPE"), "%s is %s.", field,
		                  type == JSON_ARRAY ? "a list" : "an object");
	*out = json_compact(c, value, MAX_DRAFT_LIST_BYTES);
	if (str_is_null(*out))
		return fail_field(c, str_c(field), STR("INVALID_LENGTH"), "%s is too long.", field);
	return OK;
}

enum err api_draft_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct draft d;
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_ticket_draft(c, id, req_param(q, "kind"), &d));
	json_ticket_draft(&r->j, &d);
	return OK;
}

enum err api_draft_save(struct ctx *c, const struct req *q, struct res *r)
{
	const struct draft_body *body = IN(q, struct draft_body);
	struct draft_in in = {
		.draft = {
			.kind = req_param(q, "kind"),
			.version = body->version,
			.html = body->html.n ? body->html : STR(""),
			.text = body->text.n ? body->text : STR(""),
			.subject = body->subject,
			.channel_account_id = body->channel_account_id,
			.in_reply_to_id = body->in_reply_to_id,
			.is_forward = body->is_forward,
			.last_seen_id = body->last_seen_message_id,
			.device = body->device,
		},
		.drops_kept = body->drops_kept,
	};
	struct draft d;
	TRY(req_id(c, q, "ticketId", &in.draft.ticket_id));
	TRY(keep_json(c, "recipients", body->recipients, JSON_OBJECT, &in.draft.recipients));
	TRY(keep_json(c, "attachments", body->attachments, JSON_ARRAY, &in.draft.attachments));
	TRY(desk_ticket_draft_save(c, &in, &d));
	json_ticket_draft(&r->j, &d);
	return OK;
}

enum err api_draft_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_ticket_draft_remove(c, id, req_param(q, "kind")));
	return res_nothing(r);
}

enum err api_drafts_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct draft *all;
	size_t n;
	(void)q;
	TRY(desk_ticket_draft_list(c, &all, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		json_ticket_draft(&r->j, &all[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}
