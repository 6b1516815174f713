#include "base/arena.h"
#include "base/clock.h"
#include "bus/say.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/object.h"
#include "desk/presence.h"

static enum err state_of(struct ctx *c, struct str name, enum presence_state *out)
{
	if (presence_state_of(name, out))
		return OK;
	return fail_field(c, STR("state"), STR("INVALID_OPTION"), "state is viewing, reply, comment or away.");
}

static enum action action_of(enum presence_state state)
{
	return state == PRESENCE_REPLY ? CAN_REPLY : state == PRESENCE_COMMENT ? CAN_COMMENT : CAN_VIEW;
}

static size_t without(struct present *all, size_t n, int64_t user_id)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (all[i].user_id != user_id)
			all[kept++] = all[i];
	return kept;
}

enum err desk_present(struct ctx *c, int64_t ticket_id, struct str state, bool is_typing, struct present **out, size_t *n_out)
{
	struct present is = {.ticket_id = ticket_id, .user_id = c->who.user_id};
	struct object ticket;
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, &ticket));
	TRY(desk_can(c, CAN_VIEW, &ticket));
	TRY(state_of(c, state, &is.state));
	TRY(desk_can(c, action_of(is.state), &ticket));
	is.is_typing = is_typing && (is.state == PRESENCE_REPLY || is.state == PRESENCE_COMMENT);
	is.ticket_id = ticket.id;
	if (is.user_id != 0) {
		presence_set(c->env->presence, &is, clock_monotonic_ms());
		TRY(bus_say(c, presence_words(c->a, &is)));
	}
	*out = NEW_ARRAY(c->a, MAX_PRESENT, struct present);
	*n_out = without(*out, presence_list(c->env->presence, ticket.id, *out), is.user_id);
	return OK;
}
