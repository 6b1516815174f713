/* Comments of the workspace, and whom one can mention in them. */

#include "api/attachments.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/ticket_message.h"
#include "base/arena.h"
#include "desk/conversation.h"
#include "text/json_read.h"

static enum err give(struct ctx *c, struct res *r, const struct message *m)
{
	struct message_set set;
	TRY(desk_message(c, m->id, &set));
	return write_ticket_message(c, &r->j, &set, set.messages);
}

enum err api_comments_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct comment_body *body = IN(q, struct comment_body);
	struct message m;
	json_t *files = NULL;
	struct reply_in in = {
		.text = body->text,
		.html = body->html,
		.client_type = c->who.session_id ? STR("HUBSPOT") : STR("INTEGRATION"),
	};
	TRY(req_id(c, q, "ticketId", &in.ticket_id));
	if (!str_is_null(body->attachments))
		TRY(json_parse(c, body->attachments, &files));
	TRY(read_attachments(c, files, &in));
	TRY(desk_comment_in(c, &in, &m));
	return give(c, r, &m);
}

enum err api_comments_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct comment_body *body = IN(q, struct comment_body);
	struct message m;
	int64_t id;
	TRY(req_id(c, q, "messageId", &id));
	if (!str_is_null(body->attachments))
		return fail_field(c, STR("attachments"), STR("READ_ONLY_VALUE"), "The files of a comment stay as they are.");
	TRY(desk_comment_edit(c, id, body->text, body->html, &m));
	return give(c, r, &m);
}

enum err api_comments_remove(struct ctx *c, const struct req *q, struct res *r)
{
	struct message m;
	int64_t id;
	TRY(req_id(c, q, "messageId", &id));
	TRY(desk_comment_remove(c, id, &m));
	return res_nothing(r);
}

/* isComplete: there are no others, and the page need not ask again for another query. */
enum err api_mentionable_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct concerned *users;
	struct str query = req_query(c, q, "query");
	int64_t id;
	size_t n;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_mentionable(c, id, query, &users, &n));
	json_object_begin(&r->j);
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n; i++) {
		struct str name = str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(users[i].first_name), STR_ARG(users[i].last_name));
		name = str_trim(name);
		json_object_begin(&r->j);
		json_add_id(&r->j, "id", users[i].user_id);
		json_add_string(&r->j, "name", name.n ? name : users[i].email);
		json_add_string(&r->j, "email", users[i].email);
		json_object_end(&r->j);
	}
	json_array_end(&r->j);
	json_add_bool(&r->j, "isComplete", query.n == 0 && n < MAX_MENTIONABLE);
	json_object_end(&r->j);
	return OK;
}
