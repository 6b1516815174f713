/* What the agent workspace needs beside the wire's objects: tickets with everything around them. */

#include "api/call.h"
#include "api/file_answer.h"
#include "api/handlers.h"
#include "api/manage.h"
#include "api/shapes.h"
#include "api/ticket_json.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/record.h"
#include "desk/stage_rule.h"

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
	for (int a = 0; a < CAN_WRITE_ARTICLES; a++)
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
	bool is_comment_offered;
	int64_t id;
	size_t n;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_object_load(c, t, id, false, &ticket));
	TRY(desk_ticket_row(c, ticket.id, &row));
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
	TRY(manage_write_ties(c, &r->j, &ticket));
	TRY(write_reply_to(c, &r->j, &ticket));
	TRY(write_followers(c, &r->j, &ticket));
	TRY(desk_comment_is_offered(c, &ticket, &is_comment_offered));
	json_add_bool(&r->j, "isCommentOffered", is_comment_offered);
	json_object_end(&r->j);
	return OK;
}

/* Attachments ------------------------------------------------------------------------------------------------------- */

enum err api_attachment_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct attachment a;
	int64_t id;
	int fd;
	TRY(req_id(c, q, "attachmentId", &id));
	TRY(desk_attachment(c, id, &a, &fd));
	return res_file(c, q, r, &(struct http_file){.fd = fd, .name = a.name, .etag = a.blob});
}
