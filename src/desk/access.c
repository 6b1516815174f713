#include "desk/access.h"

#include "base/arena.h"
#include "desk/can.h"
#include "desk/schema.h"
#include "store/object.h"

static bool is_limited(const struct rights *r)
{
	return r->ticket_view || r->ticket_edit || r->ticket_delete || r->ticket_communicate || r->has_limited_pipelines;
}

/* What is not a reach allows nothing. */
static enum reach reach_of(int64_t value)
{
	return value >= 0 && value < REACH_N ? (enum reach)value : REACH_NONE;
}

enum err access_take(struct ctx *c, const struct rights *r, struct actor *who)
{
	int64_t *mates = NULL, *teams = NULL;
	struct str *closed = NULL;
	who->role = (enum role)r->role;
	who->seat = (enum seat)r->seat;
	who->publishes_articles = r->publishes_articles != 0;
	who->tickets = NULL;
	if (!is_limited(r) || who->role == ROLE_SUPER_ADMIN)
		return OK;
	struct ticket_access *a = NEW(c->a, struct ticket_access);
	*a = (struct ticket_access){
		.user_id = who->user_id,
		.owner_id = who->owner_id,
		.view = reach_of(r->ticket_view),
		.edit = reach_of(r->ticket_edit),
		.remove = reach_of(r->ticket_delete),
		.communicate = reach_of(r->ticket_communicate),
	};
	TRY(access_mates(c, who->user_id, &mates, &a->mate_n));
	TRY(access_teams(c, who->user_id, &teams, &a->team_n));
	if (r->has_limited_pipelines)
		TRY(access_closed_pipelines(c, TYPE_TICKET, who->user_id, &closed, &a->closed_n));
	a->mates = mates;
	a->teams = teams;
	a->closed = closed;
	who->tickets = a;
	return OK;
}

enum err desk_actor_of_user(struct ctx *c, int64_t user_id, struct actor *out)
{
	struct rights r;
	*out = (struct actor){.kind = ACTOR_USER, .user_id = user_id};
	TRY(rights_load(c, user_id, &r, &out->owner_id));
	return access_take(c, &r, out);
}

enum err desk_user_may(struct ctx *c, int64_t user_id, enum action action, int64_t ticket_id, bool *out)
{
	struct ctx asking = *c;
	struct object ticket;
	*out = false;
	enum err e = desk_actor_of_user(c, user_id, &asking.who);
	if (e == OK)
		e = object_load(c, TYPE_TICKET, ticket_id, &ticket);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	*out = ticket.archived_at == 0 && desk_may(&asking, action, &ticket);
	return OK;
}

const struct ticket_access *desk_sight(const struct ctx *c)
{
	const struct ticket_access *a = c->who.tickets;
	return a != NULL && (a->view != REACH_ALL || a->closed_n > 0) ? a : NULL;
}

const struct ticket_access *desk_sight_of(const struct ctx *c, int64_t object_type)
{
	return object_type == TYPE_TICKET ? desk_sight(c) : NULL;
}

enum err desk_can_ticket(struct ctx *c, enum action action, int64_t ticket_id)
{
	struct object ticket;
	TRY(object_load(c, TYPE_TICKET, ticket_id, &ticket));
	return desk_can(c, action, &ticket);
}

enum err desk_see_ticket(struct ctx *c, int64_t ticket_id)
{
	return desk_sight(c) == NULL ? OK : desk_can_ticket(c, CAN_VIEW, ticket_id);
}
