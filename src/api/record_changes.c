/* Email from a record, and who an unknown visitor is. */

#include "desk/record.h"

#include "api/attachments.h"
#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/records_json.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "text/json_read.h"

enum { MAX_NEW_PROPS = 50 };

/* ["a@b.example"] or [{"address": …, "name": …}] */
static enum err read_people(struct ctx *c, const json_t *body, const char *field, const struct address **out, size_t *n_out)
{
	const json_t *list = json_object_get(body, field);
	size_t n = json_array_size(list);
	*n_out = 0;
	if (list == NULL || json_is_null(list))
		return OK;
	if (!json_is_array(list) || n > MAX_RECIPIENTS)
		return fail_field(c, str_c(field), STR("INVALID_TYPE"), "%s is a list of at most %d addresses.", field, MAX_RECIPIENTS);
	struct address *people = NEW_ARRAY(c->a, n, struct address);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(list, i);
		people[i].name = json_is_string(entry) ? STR_NULL : json_get_str(entry, "name");
		people[i].address = str_trim(json_is_string(entry) ? json_text(entry) : json_get_str(entry, "address"));
	}
	*out = people;
	*n_out = n;
	return OK;
}

enum err api_record_email(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object record, ticket;
	struct message m;
	int64_t id;
	TRY(req_type(c, q, "objectType", &t));
	TRY(req_id(c, q, "objectId", &id));
	TRY(body_need_object(c, q->json));
	struct reply_in in = {
		.subject = json_get_str(q->json, "subject"),
		.text = json_get_str(q->json, "text"),
		.html = json_get_str(q->json, "html"),
		.stage_id = json_get_str(q->json, "stageId"),
		.channel_account_id = json_get_id(q->json, "channelAccountId"),
		.client_type = c->who.session_id ? STR("HUBSPOT") : STR("INTEGRATION"),
	};
	TRY(read_people(c, q->json, "to", &in.to, &in.to_n));
	TRY(read_people(c, q->json, "cc", &in.cc, &in.cc_n));
	TRY(read_people(c, q->json, "bcc", &in.bcc, &in.bcc_n));
	TRY(read_attachments(c, json_object_get(q->json, "attachments"), &in));
	TRY(desk_object_load(c, t, id, false, &record));
	TRY(desk_email_from(c, &record, &in, &ticket, &m));
	json_object_begin(&r->j);
	json_add_id(&r->j, "ticketId", ticket.id);
	json_add_id(&r->j, "messageId", m.id);
	json_add_id(&r->j, "threadId", m.thread_id);
	json_add_string(&r->j, "state", m.state);
	json_object_end(&r->j);
	return OK;
}

/* Unknown visitors ----------------------------------------------------------------------------------------------------- */

static enum err read_props(struct ctx *c, const json_t *body, struct identify_in *in)
{
	const json_t *props = json_object_get(body, "properties"), *value;
	struct prop *list = NEW_ARRAY(c->a, MAX_NEW_PROPS, struct prop);
	const char *key;
	bool is_named = false;
	if (json_object_size(props) > MAX_NEW_PROPS)
		return fail_field(c, STR("properties"), STR("TOO_MANY"), "At most %d properties.", MAX_NEW_PROPS);
	json_object_foreach((json_t *)(uintptr_t)props, key, value) {
		list[in->prop_n++] = (struct prop){str_c(key), json_scalar_text(c, value)};
		is_named = is_named || str_trim(list[in->prop_n - 1].value).n > 0;
	}
	in->props = list;
	if (in->contact_id == 0 && !is_named)
		return fail_field(c, STR("properties"), STR("REQUIRED_FIELD"), "Say who it is: a contact, or a name or an email address.");
	return OK;
}

enum err api_ticket_identify(struct ctx *c, const struct req *q, struct res *r)
{
	struct identify_in in = {0};
	struct object contact;
	TRY(req_id(c, q, "ticketId", &in.ticket_id));
	TRY(body_need_object(c, q->json));
	in.message_id = json_get_id(q->json, "messageId");
	in.contact_id = json_get_id(q->json, "contactId");
	TRY(read_props(c, q->json, &in));
	TRY(req_ids(c, q, "ticketIds", MAX_IDENTIFIED_TICKETS, &in.ticket_ids, &in.ticket_n));
	TRY(desk_identify(c, &in, &contact));
	json_object_begin(&r->j);
	record_json_members(c, &r->j, &contact);
	json_object_end(&r->j);
	return OK;
}

enum err api_ticket_former(struct ctx *c, const struct req *q, struct res *r)
{
	struct ticket_row *rows;
	int64_t ticket_id, message_id;
	size_t n;
	TRY(req_id(c, q, "ticketId", &ticket_id));
	TRY(req_id(c, q, "messageId", &message_id));
	TRY(desk_former_tickets(c, ticket_id, message_id, &rows, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		json_row(&r->j, &ticket_row_shape, &rows[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}
