/* Managing tickets: one thing done to many, undoing it, splitting, history, the recycle bin and blocked senders. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/manage.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/act.h"
#include "desk/blocked.h"
#include "desk/recycle.h"
#include "desk/split.h"
#include "desk/ticket_history.h"
#include "text/json_read.h"

enum { DEFAULT_ROWS = 50, MAX_ROWS_OUT = 100, MAX_ACT_PROPERTIES = 50 };

/* Acts --------------------------------------------------------------------------------------------------------------- */

enum err manage_read_props(struct ctx *c, const json_t *body, const char *member, const struct prop **out, size_t *n_out)
{
	json_t *given = json_object_get(body, member), *value;
	const char *name;
	*n_out = 0;
	if (given == NULL)
		return OK;
	if (!json_is_object(given) || json_object_size(given) > MAX_ACT_PROPERTIES)
		return fail_field(c, str_c(member), STR("INVALID_TYPE"), "%s is an object of at most %d values.", member,
		                  MAX_ACT_PROPERTIES);
	struct prop *props = NEW_ARRAY(c->a, json_object_size(given), struct prop);
	json_object_foreach(given, name, value)
	{
		struct str text = json_scalar_text(c, value);
		props[(*n_out)++] = (struct prop){str_c(name), str_is_null(text) ? STR("") : text};
	}
	*out = props;
	return OK;
}

enum err manage_read_act(struct ctx *c, const json_t *body, struct act_in *in)
{
	TRY(body_need_object(c, body));
	TRY(act_kind_by_name(c, json_get_str(body, "action"), &in->kind));
	in->until = json_get_time(body, "until");
	in->inbox_id = json_get_id(body, "inboxId");
	in->into_id = json_get_id(body, "intoId");
	if (in->kind == ACT_MERGE && in->into_id == 0)
		return body_lacks(c, "intoId");
	return manage_read_props(c, body, "properties", &in->props, &in->prop_n);
}

/* The properties that a ticket lacks for it, as the context of the failure names them. */
static void write_missing(struct json *j, const struct failure *why)
{
	json_key(j, "missingProperties");
	json_array_begin(j);
	for (const struct fail_context *entry = why->context; entry != NULL; entry = entry->next)
		if (str_eq(entry->key, STR("properties")))
			json_str(j, entry->value);
	json_array_end(j);
}

static struct str reason_of(const struct failure *why)
{
	return why->fields != NULL ? why->fields->message : why->detail;
}

static void write_act(struct json *j, const struct act_out *out)
{
	json_object_begin(j);
	json_add_id(j, "actId", out->act_id);
	json_key(j, "done");
	json_array_begin(j);
	for (size_t i = 0; i < out->done_n; i++)
		json_id(j, out->done[i]);
	json_array_end(j);
	json_key(j, "failed");
	json_array_begin(j);
	for (size_t i = 0; i < out->failed_n; i++) {
		const struct failure *why = &out->failed[i].why;
		json_object_begin(j);
		json_add_id(j, "ticketId", out->failed[i].ticket_id);
		json_add_int(j, "status", err_http(why->code));
		json_add_string(j, "message", reason_of(why));
		write_missing(j, why);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

enum err api_tickets_bulk(struct ctx *c, const struct req *q, struct res *r)
{
	struct act_in in = {0};
	struct act_out out;
	const int64_t *ids;
	size_t n;
	TRY(manage_read_act(c, q->json, &in));
	TRY(req_ids(c, q, "ticketIds", MAX_ACT_TICKETS, &ids, &n));
	if (ids == NULL || n == 0)
		return body_lacks(c, "ticketIds");
	TRY(desk_act(c, &in, ids, n, &out));
	write_act(&r->j, &out);
	return OK;
}

enum err api_act_undo(struct ctx *c, const struct req *q, struct res *r)
{
	struct act_out out;
	int64_t id;
	TRY(req_id(c, q, "actId", &id));
	TRY(desk_act_undo(c, id, &out));
	write_act(&r->j, &out);
	return OK;
}

enum err api_ticket_split(struct ctx *c, const struct req *q, struct res *r)
{
	struct split_in in = {0};
	struct object made;
	int64_t act_id;
	TRY(body_need_object(c, q->json));
	TRY(req_id(c, q, "ticketId", &in.ticket_id));
	TRY(req_ids(c, q, "messageIds", MAX_SPLIT_MESSAGES, &in.message_ids, &in.message_n));
	in.subject = str_trim(json_get_str(q->json, "subject"));
	TRY(desk_split(c, &in, &made, &act_id));
	json_object_begin(&r->j);
	json_add_id(&r->j, "actId", act_id);
	json_add_id(&r->j, "ticketId", made.id);
	json_object_end(&r->j);
	return OK;
}

enum err manage_write_ties(struct ctx *c, struct json *j, const struct object *ticket)
{
	struct ticket_act_entry *ties;
	size_t n;
	TRY(desk_ticket_ties(c, ticket, &ties, &n));
	json_key(j, "ties");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(j);
		json_add_id(j, "actId", ties[i].act_id);
		json_add_string(j, "kind", ties[i].kind);
		json_add_bool(j, "isOther", ties[i].is_other);
		json_add_id(j, "ticketId", ties[i].other_id);
		json_add_string(j, "subject", ties[i].other_label);
		json_add_id(j, "userId", ties[i].user_id);
		json_add_time(j, "at", ties[i].at);
		json_add_bool(j, "isUndoable", desk_tie_is_undoable(c, &ties[i]));
		json_object_end(j);
	}
	json_array_end(j);
	return OK;
}

/* "at-id" of the last row. */
static enum err read_place(struct ctx *c, const struct req *q, const char *name, int64_t *at, int64_t *id)
{
	struct str rest = req_query(c, q, name);
	*at = *id = INT64_MAX;
	if (rest.n == 0)
		return OK;
	if (!num_parse_int(str_cut(&rest, STR("-")), at) || !num_parse_int(rest, id))
		return fail_field(c, str_c(name), STR("INVALID_CURSOR"), "%s is not one of this list.", name);
	return OK;
}

static struct str place(struct ctx *c, int64_t at, int64_t id)
{
	return str_fmt(c->a, "%lld-%lld", (long long)at, (long long)id);
}

/* History ------------------------------------------------------------------------------------------------------------ */

static void write_item(struct json *j, const struct history_item *item)
{
	json_object_begin(j);
	json_add_string(j, "kind", item->kind);
	json_add_time(j, "at", item->at);
	json_add_id(j, "userId", item->user_id);
	json_add_string(j, "source", item->source);
	json_add_id(j, "otherTicketId", item->other_id);
	json_add_string(j, "otherSubject", item->other_label);
	if (item->is_other)
		json_add_bool(j, "isOther", true);
	if (item->is_undone)
		json_add_bool(j, "isUndone", true);
	json_add_time(j, "until", item->until);
	json_add_id(j, "messageId", item->message_id);
	json_add_string(j, "text", item->text);
	json_key(j, "changes");
	json_array_begin(j);
	for (size_t i = 0; i < item->value_n; i++) {
		json_object_begin(j);
		json_add_string(j, "property", item->values[i].property);
		json_add_string(j, "label", item->values[i].label);
		json_add_string(j, "before", item->values[i].before);
		json_add_string(j, "after", item->values[i].after);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

enum err api_ticket_history(struct ctx *c, const struct req *q, struct res *r)
{
	struct history_item *items;
	struct object ticket;
	int64_t id, limit, before_at, before_rank;
	size_t n;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_ROWS_OUT, &limit));
	TRY(read_place(c, q, "before", &before_at, &before_rank));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), id, false, &ticket));
	TRY(desk_ticket_history(c, &ticket, before_at, before_rank, (size_t)limit + 1, &items, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_item(&r->j, &items[i]);
	res_list_end(r, "before", has_more ? place(c, items[limit - 1].at, items[limit - 1].rank) : STR_NULL);
	return OK;
}

/* Recycle bin -------------------------------------------------------------------------------------------------------- */

enum err api_recycle_bin(struct ctx *c, const struct req *q, struct res *r)
{
	struct recycle_row *rows;
	int64_t limit, before_at, before_id;
	size_t n;
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_ROWS_OUT, &limit));
	TRY(read_place(c, q, "after", &before_at, &before_id));
	TRY(desk_recycle_list(c, req_query(c, q, "q"), before_at, before_id, limit + 1, &rows, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		json_row(&r->j, &recycle_row_shape, &rows[i]);
	res_list_end(r, "after", has_more ? place(c, rows[limit - 1].archived_at, rows[limit - 1].id) : STR_NULL);
	return OK;
}

/* Blocked senders ---------------------------------------------------------------------------------------------------- */

enum err api_blocked_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct blocked_sender *rows;
	int64_t limit, before;
	size_t n;
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_ROWS_OUT, &limit));
	TRY(req_int(c, q, "after", INT64_MAX, 1, INT64_MAX, &before));
	TRY(desk_blocked_list(c, before, limit + 1, &rows, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		json_row(&r->j, &blocked_sender_shape, &rows[i]);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)rows[limit - 1].id) : STR_NULL);
	return OK;
}

enum err api_blocked_add(struct ctx *c, const struct req *q, struct res *r)
{
	bool is_new;
	TRY(body_need_object(c, q->json));
	TRY(desk_block(c, json_get_str(q->json, "address"), &is_new));
	return res_nothing(r);
}

enum err api_blocked_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "blockedSenderId", &id));
	TRY(desk_unblock(c, id));
	return res_nothing(r);
}
