#include "desk/can.h"

struct str action_name(enum action action)
{
	static const struct str names[ACTION_N] = {
		[CAN_VIEW] = STR("view"),
		[CAN_EDIT] = STR("edit"),
		[CAN_DELETE] = STR("delete"),
		[CAN_REPLY] = STR("reply"),
		[CAN_ADMINISTER] = STR("administer"),
		[CAN_MANAGE_PEOPLE] = STR("managePeople"),
		[CAN_ERASE] = STR("erase"),
	};
	return names[action];
}

/* What each role may do. */
static const bool rights[][ACTION_N] = {
	[ROLE_NONE] = {false},
	[ROLE_VIEWER] = {[CAN_VIEW] = true},
	[ROLE_AGENT] = {[CAN_VIEW] = true, [CAN_EDIT] = true, [CAN_DELETE] = true, [CAN_REPLY] = true},
	[ROLE_ADMIN] = {[CAN_VIEW] = true, [CAN_EDIT] = true, [CAN_DELETE] = true, [CAN_REPLY] = true, [CAN_ADMINISTER] = true},
	[ROLE_SUPER_ADMIN] = {[CAN_VIEW] = true, [CAN_EDIT] = true, [CAN_DELETE] = true, [CAN_REPLY] = true,
                              [CAN_ADMINISTER] = true, [CAN_MANAGE_PEOPLE] = true, [CAN_ERASE] = true},
};

bool desk_may(const struct ctx *c, enum action action, const struct object *o)
{
	(void)o; /* every agent sees every object until teams and owned-only access exist */
	if (c->who.kind == ACTOR_SYSTEM)
		return true;
	if (c->who.kind != ACTOR_USER || (size_t)c->who.role >= sizeof(rights) / sizeof(rights[0]))
		return false;
	return rights[c->who.role][action];
}

enum err desk_can_app(struct ctx *c, int64_t app_id)
{
	if (c->who.kind == ACTOR_APP && c->who.app_id == app_id)
		return OK;
	return desk_can(c, CAN_ADMINISTER, NULL);
}

enum err desk_can(struct ctx *c, enum action action, const struct object *o)
{
	if (desk_may(c, action, o))
		return OK;
	if (c->who.kind == ACTOR_NOBODY)
		return fail(c, ERR_NOT_SIGNED_IN, "Please sign in.");
	if (action == CAN_MANAGE_PEOPLE || action == CAN_ERASE)
		return fail(c, ERR_NOT_ALLOWED, "Only super admins may do this.");
	return fail(c, ERR_NOT_ALLOWED, "You are not allowed to " STR_FMT " this.", STR_ARG(action_name(action)));
}
