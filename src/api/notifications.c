/* The bell of the asking user, and which channels are on. */

#include "desk/notification.h"

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "text/json_read.h"

enum { DEFAULT_ROWS = 30, MAX_ROWS_OUT = 100, MAX_DEFAULTS_BYTES = 4096 };

static void write_row(struct json *j, const struct notification_row *n)
{
	json_object_begin(j);
	json_add_id(j, "id", n->id);
	json_add_string(j, "topic", n->topic);
	json_add_string(j, "happening", n->happening);
	if (n->item_id != 0) {
		json_add_id(j, "itemId", n->item_id);
		json_add_string(j, "itemKind", n->item_kind);
	} else {
		json_add_string(j, "stageId", n->detail);
		json_add_id(j, "ticketId", n->ticket_id);
	}
	json_add_id(j, "messageId", n->message_id);
	json_add_id(j, "actorUserId", n->actor_user_id);
	json_add_string(j, "actorName", n->actor_name);
	json_add_string(j, "subject", n->subject);
	json_add_string(j, "excerpt", n->excerpt);
	json_add_bool(j, "isGone", n->is_gone);
	json_add_bool(j, "asPopup", n->as_popup);
	json_add_bool(j, "inBrowser", n->in_browser);
	json_add_time(j, "createdAt", n->created_at);
	json_add_bool(j, "isRead", n->read_at > 0);
	json_object_end(j);
}

enum err api_notifications_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct notification_page page;
	struct notification_row *rows;
	size_t n;
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_ROWS_OUT, &page.limit));
	TRY(req_int(c, q, "before", INT64_MAX, 1, INT64_MAX, &page.before));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &page.after));
	TRY(req_bool(c, q, "onlyUnread", &page.only_unread));
	int64_t limit = page.limit++;
	TRY(desk_notifications(c, page, &rows, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_row(&r->j, &rows[i]);
	res_list_end(r, "before", has_more ? str_fmt(c->a, "%lld", (long long)rows[limit - 1].id) : STR_NULL);
	return OK;
}

enum err api_notifications_unread(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t n;
	(void)q;
	TRY(desk_notifications_unread(c, &n));
	json_object_begin(&r->j);
	json_add_int(&r->j, "count", n);
	json_add_bool(&r->j, "isCapped", n == MAX_UNREAD_COUNT);
	json_object_end(&r->j);
	return OK;
}

enum err api_notifications_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct notifications_read_body *body = IN(q, struct notifications_read_body);
	const struct read_in in = {
		.id = body->id,
		.ticket_id = body->ticket_id,
		.up_to_id = body->up_to_id,
		.is_unread = body->is_unread,
	};
	int given_n = (in.id != 0) + (in.ticket_id != 0) + (in.up_to_id != 0);
	if (given_n != 1 || (in.is_unread && in.id == 0))
		return fail_field(c, STR("id"), STR("REQUIRED_FIELD"), "Say one of id, ticketId and upToId; isUnread goes with id.");
	TRY(desk_notifications_read(c, &in));
	return api_notifications_unread(c, q, r);
}

enum err api_notification_settings_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct notify_matrix defaults, own;
	(void)q;
	TRY(desk_notify_defaults(c, &defaults));
	TRY(desk_notify_matrix(c, c->who.user_id, &own));
	json_object_begin(&r->j);
	json_key(&r->j, "channels");
	json_raw(&r->j, notify_matrix_json(c, &own));
	json_key(&r->j, "defaults");
	json_raw(&r->j, notify_matrix_json(c, &defaults));
	json_key(&r->j, "fixed");
	json_raw(&r->j, notify_fixed_json(c));
	json_object_end(&r->j);
	return OK;
}

enum err api_notification_defaults_set(struct ctx *c, const struct req *q, struct res *r)
{
	struct notify_matrix m;
	TRY(body_need_object(c, q->json));
	struct str json = json_compact(c, q->json, MAX_DEFAULTS_BYTES);
	if (str_is_null(json))
		return fail_field(c, STR("notifications"), STR("INVALID_LENGTH"), "At most %d bytes.", MAX_DEFAULTS_BYTES);
	TRY(desk_notify_defaults_set(c, json, &m));
	return api_notification_settings_read(c, q, r);
}
