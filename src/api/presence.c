/* Who is on a ticket right now. No write transaction: what it changes is in memory. */

#include "desk/presence.h"

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"

enum err api_ticket_presence(struct ctx *c, const struct req *q, struct res *r)
{
	const struct presence_body *in = IN(q, struct presence_body);
	struct present *others;
	int64_t id;
	size_t n;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_present(c, id, in->state, in->is_typing, &others, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_id(&r->j, "userId", others[i].user_id);
		json_add_string(&r->j, "state", presence_state_name(others[i].state));
		json_add_bool(&r->j, "isTyping", others[i].is_typing);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}
