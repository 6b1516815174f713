#include "desk/can.h"

struct str action_name(enum action action)
{
	static const struct str names[ACTION_N] = {
		[CAN_VIEW] = STR("view"),
		[CAN_EDIT] = STR("edit"),
		[CAN_DELETE] = STR("delete"),
		[CAN_REPLY] = STR("reply"),
		[CAN_ADMINISTER] = STR("administer"),
	};
	return names[action];
}

bool desk_may(const struct ctx *c, enum action action, const struct object *o)
{
	(void)o; /* every agent sees every object until teams and owned-only access exist */
	if (c->who.kind == ACTOR_SYSTEM)
		return true;
	if (c->who.kind != ACTOR_USER)
		return false;
	if (action == CAN_ADMINISTER)
		return c->who.role == ROLE_SUPER_ADMIN;
	return c->who.role == ROLE_AGENT || c->who.role == ROLE_SUPER_ADMIN;
}

enum err desk_can(struct ctx *c, enum action action, const struct object *o)
{
	if (desk_may(c, action, o))
		return OK;
	if (c->who.kind == ACTOR_NOBODY)
		return fail(c, ERR_NOT_SIGNED_IN, "Please sign in.");
	return fail(c, ERR_NOT_ALLOWED, "You are not allowed to " STR_FMT " this.", STR_ARG(action_name(action)));
}
