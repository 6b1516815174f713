#include "desk/can.h"

#include "base/num.h"
#include "desk/defaults.h"
#include "desk/schema.h"
#include "store/access.h"
#include "store/object.h"
#include "text/json_props.h"

struct str action_name(enum action action)
{
	static const struct str names[ACTION_N] = {
		[CAN_VIEW] = STR("view"),
		[CAN_COMMENT] = STR("comment"),
		[CAN_EDIT] = STR("edit"),
		[CAN_DELETE] = STR("delete"),
		[CAN_REPLY] = STR("reply"),
		[CAN_CUSTOMISE] = STR("customise"),
		[CAN_WRITE_ARTICLES] = STR("writeArticles"),
		[CAN_PUBLISH_ARTICLES] = STR("publishArticles"),
		[CAN_ADMINISTER] = STR("administer"),
		[CAN_MANAGE_PEOPLE] = STR("managePeople"),
		[CAN_ERASE] = STR("erase"),
	};
	return names[action];
}

/* What each role may do. */
static const bool rights[][ACTION_N] = {
	[ROLE_NONE] = {false},
	[ROLE_VIEWER] = {[CAN_VIEW] = true, [CAN_COMMENT] = true},
	[ROLE_AGENT] = {[CAN_VIEW] = true, [CAN_COMMENT] = true, [CAN_EDIT] = true, [CAN_DELETE] = true, [CAN_REPLY] = true,
                        [CAN_CUSTOMISE] = true, [CAN_WRITE_ARTICLES] = true, [CAN_PUBLISH_ARTICLES] = true},
	[ROLE_ADMIN] = {[CAN_VIEW] = true, [CAN_COMMENT] = true, [CAN_EDIT] = true, [CAN_DELETE] = true, [CAN_REPLY] = true,
                        [CAN_CUSTOMISE] = true, [CAN_WRITE_ARTICLES] = true, [CAN_PUBLISH_ARTICLES] = true, [CAN_ADMINISTER] = true},
	[ROLE_SUPER_ADMIN] = {[CAN_VIEW] = true, [CAN_COMMENT] = true, [CAN_EDIT] = true, [CAN_DELETE] = true, [CAN_REPLY] = true,
                              [CAN_CUSTOMISE] = true, [CAN_WRITE_ARTICLES] = true, [CAN_PUBLISH_ARTICLES] = true, [CAN_ADMINISTER] = true,
                              [CAN_MANAGE_PEOPLE] = true, [CAN_ERASE] = true},
};

static bool is_ticket(const struct object *o)
{
	return o != NULL && o->object_type == TYPE_TICKET;
}

static bool seat_allows(enum seat seat, enum action action, const struct object *o)
{
	switch (seat) {
	case SEAT_SERVICE:
		return true;
	case SEAT_SALES:
	case SEAT_CORE:
		return action == CAN_VIEW || action == CAN_COMMENT || ((action == CAN_EDIT || action == CAN_DELETE) && !is_ticket(o));
	case SEAT_VIEW_ONLY:
		return action == CAN_VIEW;
	}
	return false;
}

/* Tickets ----------------------------------------------------------------------------------------------------------------- */

static bool has_id(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* "7;9": is one of these among them? */
static bool names_one(const struct ctx *c, const struct object *o, struct str property, const int64_t *ids, size_t n)
{
	struct str list;
	int64_t id;
	if (n == 0 || !props_get(o->props, property, c->a, &list))
		return false;
	while (!str_is_null(list))
		if (num_parse_id(str_trim(str_cut(&list, STR(";"))), &id) && has_id(ids, n, id))
			return true;
	return false;
}

static bool is_shared(const struct ctx *c, const struct ticket_access *a, const struct object *o)
{
	return names_one(c, o, STR("hs_shared_user_ids"), &a->user_id, 1) ||
	       names_one(c, o, STR("hs_shared_team_ids"), a->teams, a->team_n);
}

static bool is_his(const struct ticket_access *a, enum reach reach, const struct object *o)
{
	switch (reach) {
	case REACH_ALL:
		return true;
	case REACH_TEAM_AND_NOBODYS:
	case REACH_TEAM:
		return o->owner_id == a->owner_id || has_id(a->mates, a->mate_n, o->owner_id) ||
		       (reach == REACH_TEAM_AND_NOBODYS && o->owner_id == 0);
	case REACH_OWN_AND_NOBODYS:
	case REACH_OWN:
		return o->owner_id == a->owner_id || (reach == REACH_OWN_AND_NOBODYS && o->owner_id == 0);
	case REACH_NONE:
	case REACH_N:
		return false;
	}
	return false;
}

/* Sharing gives what his reach would give of a ticket of his own. */
static bool reaches(const struct ctx *c, const struct ticket_access *a, enum reach reach, const struct object *o)
{
	return is_his(a, reach, o) || (reach != REACH_NONE && is_shared(c, a, o));
}

static bool is_closed_to(const struct ticket_access *a, struct str pipeline_id)
{
	for (size_t i = 0; i < a->closed_n; i++)
		if (str_eq(a->closed[i], pipeline_id))
			return true;
	return false;
}

static bool sees(const struct ctx *c, const struct ticket_access *a, const struct object *o)
{
	return !is_closed_to(a, o->pipeline_id) && reaches(c, a, a->view, o);
}

static bool may_with_ticket(const struct ctx *c, enum action action, const struct object *o)
{
	const struct ticket_access *a = c->who.tickets;
	if (a == NULL)
		return true;
	if (o->id == 0) /* one that is to be made */
		return action != CAN_EDIT || a->edit != REACH_NONE;
	if (!sees(c, a, o))
		return false;
	switch (action) {
	case CAN_EDIT:
		return reaches(c, a, a->edit, o);
	case CAN_DELETE:
		return is_his(a, a->remove, o);
	case CAN_REPLY:
		return reaches(c, a, a->communicate, o);
	default:
		return true;
	}
}

/* ------------------------------------------------------------------------------------------------------------------------- */

bool desk_may(const struct ctx *c, enum action action, const struct object *o)
{
	if (c->who.kind == ACTOR_SYSTEM)
		return true;
	if (c->who.kind != ACTOR_USER || (size_t)c->who.role >= sizeof(rights) / sizeof(rights[0]))
		return false;
	if (!rights[c->who.role][action])
		return false;
	if (c->who.role == ROLE_SUPER_ADMIN)
		return true;
	if (action == CAN_PUBLISH_ARTICLES && c->who.role == ROLE_AGENT && !c->who.publishes_articles)
		return false;
	return seat_allows(c->who.seat, action, o) && (!is_ticket(o) || may_with_ticket(c, action, o));
}

enum action desk_action_to_make(const struct object *o)
{
	return o->object_type == TYPE_NOTE || o->object_type == TYPE_TASK ? CAN_COMMENT : CAN_EDIT;
}

bool desk_may_use_pipeline(const struct ctx *c, struct str pipeline_id)
{
	return c->who.tickets == NULL || !is_closed_to(c->who.tickets, pipeline_id);
}

bool desk_has_workspace(const struct ctx *c)
{
	return c->who.kind == ACTOR_SYSTEM || c->who.role == ROLE_SUPER_ADMIN || c->who.seat == SEAT_SERVICE;
}

enum err desk_can_app(struct ctx *c, int64_t app_id)
{
	if (c->who.kind == ACTOR_APP && c->who.app_id == app_id)
		return OK;
	return desk_can(c, CAN_ADMINISTER, NULL);
}

static enum err refuse(struct ctx *c, enum action action, const struct object *o)
{
	if (c->who.kind == ACTOR_NOBODY)
		return fail(c, ERR_NOT_SIGNED_IN, "Please sign in.");
	if (is_ticket(o) && o->id != 0 && desk_may(c, CAN_VIEW, NULL) && !desk_may(c, CAN_VIEW, o))
		return fail(c, ERR_NOT_FOUND, "resource not found");
	if (action == CAN_WRITE_ARTICLES)
		return fail(c, ERR_NOT_ALLOWED, "You are not allowed to write articles.");
	if (action == CAN_PUBLISH_ARTICLES)
		return fail(c, ERR_NOT_ALLOWED, "You are not allowed to publish articles.");
	if (action == CAN_MANAGE_PEOPLE || action == CAN_ERASE)
		return fail(c, ERR_NOT_ALLOWED, "Only super admins may do this.");
	return fail(c, ERR_NOT_ALLOWED, "You are not allowed to " STR_FMT " this.", STR_ARG(action_name(action)));
}

enum err desk_can(struct ctx *c, enum action action, const struct object *o)
{
	return desk_may(c, action, o) ? OK : refuse(c, action, o);
}
