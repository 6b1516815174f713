/* Who has seen a ticket. */

#include "desk/seen.h"

#include "api/call.h"
#include "api/handlers.h"

static enum err set(struct ctx *c, const struct req *q, struct res *r, enum seen seen)
{
	int64_t id;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_ticket_seen(c, id, seen));
	return res_nothing(r);
}

enum err api_ticket_seen(struct ctx *c, const struct req *q, struct res *r)
{
	return set(c, q, r, SEEN);
}

enum err api_ticket_unseen(struct ctx *c, const struct req *q, struct res *r)
{
	return set(c, q, r, NOT_SEEN);
}
