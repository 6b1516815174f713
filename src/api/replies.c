/* Answers of agents: sent at once, or held to be undone or until a time that was chosen. */

#include "api/attachments.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/ticket_drafts.h"
#include "api/ticket_message.h"
#include "base/arena.h"
#include "desk/held_reply.h"
#include "text/json_props.h"
#include "text/json_read.h"

enum { MAX_ATTACHMENTS_JSON_BYTES = 64 << 10, MAX_DRAFT_JSON_BYTES = 3 << 20 };

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

/* {"name": "value"} */
static enum err read_properties(struct ctx *c, struct str json, struct reply_in *in)
{
	json_t *map, *value;
	const char *name;
	if (str_is_null(json))
		return OK;
	TRY(json_parse(c, json, &map));
	if (!json_is_object(map))
		return fail_field(c, STR("properties"), STR("INVALID_TYPE"), "properties is an object of texts.");
	struct prop *props = NEW_ARRAY(c->a, json_object_size(map), struct prop);
	json_object_foreach(map, name, value)
	{
		struct str text = json_scalar_text(c, value);
		if (str_is_null(text) && !json_is_null(value))
			return fail_field(c, STR("properties"), STR("INVALID_TYPE"), "properties is an object of texts.");
		props[in->prop_n++] = (struct prop){str_c(name), str_is_null(text) ? STR("") : text};
	}
	in->props = props;
	return OK;
}

static enum err read_reply(struct ctx *c, const struct req *q, struct reply_in *out)
{
	const struct reply_body *body = IN(q, struct reply_body);
	struct address *to = NULL, *cc = NULL, *bcc = NULL;
	*out = (struct reply_in){
		.in_reply_to_id = body->in_reply_to_id,
		.has_recipients = !str_is_null(body->to) || !str_is_null(body->cc),
		.subject = body->subject,
		.text = body->text,
		.html = body->html,
		.channel_account_id = body->channel_account_id,
		.is_forward = body->is_forward,
		.stage_id = body->stage_id,
		.last_seen_id = body->last_seen_message_id,
		.client_type = c->who.session_id ? STR("HUBSPOT") : STR("INTEGRATION"),
	};
	TRY(req_id(c, q, "ticketId", &out->ticket_id));
	TRY(read_addresses(c, STR("to"), body->to, &to, &out->to_n));
	TRY(read_addresses(c, STR("cc"), body->cc, &cc, &out->cc_n));
	TRY(read_addresses(c, STR("bcc"), body->bcc, &bcc, &out->bcc_n));
	out->to = to;
	out->cc = cc;
	out->bcc = bcc;
	TRY(read_properties(c, body->properties, out));
	return read_files(c, body->attachments, out);
}

static enum err give_message(struct ctx *c, struct res *r, int64_t id)
{
	struct message_set set;
	TRY(desk_message(c, id, &set));
	return write_ticket_message(c, &r->j, &set, set.messages);
}

enum err api_ticket_reply(struct ctx *c, const struct req *q, struct res *r)
{
	struct reply_in in;
	struct message m;
	TRY(read_reply(c, q, &in));
	TRY(desk_reply(c, &in, &m));
	return give_message(c, r, m.id);
}

/* Held -------------------------------------------------------------------------------------------------------------- */

static void write_map(struct ctx *c, struct json *j, const char *name, struct str map)
{
	struct str key, value;
	json_key(j, name);
	json_object_begin(j);
	for (struct props_walk walk = props_walk(map); props_next(&walk, c->a, &key, &value);) {
		json_key_str(j, key);
		json_str(j, value);
	}
	json_object_end(j);
}

static enum err write_held(struct ctx *c, struct json *j, const struct held_reply *h)
{
	json_t *recipients;
	TRY(json_parse(c, str_is_null(h->recipients) ? STR("[]") : h->recipients, &recipients));
	json_object_begin(j);
	json_add_id(j, "id", h->id);
	json_add_id(j, "ticketId", h->ticket_id);
	json_add_id(j, "userId", h->user_id);
	json_add_string(j, "state", h->state);
	json_add_time(j, "sendAt", h->send_at);
	json_add_time(j, "createdAt", h->created_at);
	json_add_string(j, "subject", h->subject);
	write_message_recipients(j, "to", recipients, STR("TO"));
	write_message_recipients(j, "cc", recipients, STR("CC"));
	write_message_recipients(j, "bcc", recipients, STR("BCC"));
	json_add_string(j, "text", h->text);
	json_add_string(j, "html", h->html);
	json_add_string(j, "stageId", h->stage_id);
	json_add_id(j, "inReplyToId", h->in_reply_to_id);
	json_add_bool(j, "isForward", h->is_forward);
	write_map(c, j, "properties", h->properties);
	json_add_raw(j, "attachments", str_is_null(h->attachments) ? STR("[]") : h->attachments);
	json_add_string(j, "problem", h->problem);
	json_add_bool(j, "mayChange", held_may_change(c, h));
	json_object_end(j);
	return OK;
}

/* As it was given, for the page to show it again. */
static enum err keep(struct ctx *c, const char *field, struct str json, size_t max, struct str *out)
{
	json_t *value;
	*out = STR_NULL;
	if (str_is_null(json))
		return OK;
	TRY(json_parse(c, json, &value));
	*out = json_compact(c, value, max);
	if (str_is_null(*out))
		return fail_field(c, str_c(field), STR("INVALID_LENGTH"), "%s is too long.", field);
	return OK;
}

static enum err keep_draft(struct ctx *c, struct str json, struct str *out)
{
	json_t *draft;
	*out = STR_NULL;
	if (str_is_null(json))
		return OK;
	TRY(json_parse(c, json, &draft));
	if (!json_is_object(draft))
		return fail_field(c, STR("draft"), STR("INVALID_TYPE"), "draft is an object.");
	return keep(c, "draft", json, MAX_DRAFT_JSON_BYTES, out);
}

enum err api_held_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct reply_body *body = IN(q, struct reply_body);
	struct hold_in in = {.undo_seconds = body->undo_seconds, .send_at = body->send_at};
	struct held_reply h;
	TRY(read_reply(c, q, &in.reply));
	TRY(keep(c, "attachments", body->attachments, MAX_ATTACHMENTS_JSON_BYTES, &in.attachments));
	TRY(keep_draft(c, body->draft, &in.draft));
	TRY(desk_reply_hold(c, &in, &h));
	return write_held(c, &r->j, &h);
}

enum err api_held_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct held_reply *all;
	int64_t id;
	size_t n;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_held_list(c, id, &all, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		TRY(write_held(c, &r->j, &all[i]));
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_held_send(struct ctx *c, const struct req *q, struct res *r)
{
	struct message m;
	int64_t id;
	TRY(req_id(c, q, "heldReplyId", &id));
	TRY(desk_held_send(c, id, &m));
	return give_message(c, r, m.id);
}

enum err api_held_move(struct ctx *c, const struct req *q, struct res *r)
{
	struct held_reply h;
	int64_t id;
	TRY(req_id(c, q, "heldReplyId", &id));
	TRY(desk_held_move(c, id, IN(q, struct held_body)->send_at, &h));
	return write_held(c, &r->j, &h);
}

enum err api_held_take_back(struct ctx *c, const struct req *q, struct res *r)
{
	struct draft d;
	int64_t id;
	TRY(req_id(c, q, "heldReplyId", &id));
	TRY(desk_held_take_back(c, id, &d));
	/* whoever takes back what another one wrote does not get his draft */
	if (d.user_id != c->who.user_id || c->who.session_id == 0)
		d = (struct draft){.ticket_id = d.ticket_id, .kind = d.kind};
	json_ticket_draft(&r->j, &d);
	return OK;
}
