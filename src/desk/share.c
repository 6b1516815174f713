/* A ticket is shared with users and teams by two properties, as any caller may set them: "7;9". What lists need of them is kept beside
 * in rows of its own. When its owner, its pipeline or those change, an event tells how it was, so that whoever saw it and does not any
 * more hears that it is gone, and nobody else hears anything. */

#include "base/arena.h"
#include "base/num.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/object_int.h"
#include "desk/share.h"
#include "store/access.h"
#include "store/team.h"
#include "store/user.h"
#include "text/json.h"
#include "text/json_props.h"
#include "text/json_read.h"

enum { MAX_BODY_BYTES = 8192, MAX_IDS_BYTES = MAX_SHARES * 21 };

static const struct str users_property = STR("hs_shared_user_ids");
static const struct str teams_property = STR("hs_shared_team_ids");

static enum err bad(struct ctx *c, struct str property, const char *wants)
{
	c->why.are_properties = true;
	return fail_field(c, property, STR("INVALID_OPTION"), STR_FMT " %s.", STR_ARG(property), wants);
}

/* "9;7;7" as 9, 7. */
static enum err read_ids(struct ctx *c, struct str property, struct str value, int64_t **out, size_t *n_out)
{
	*out = NEW_ARRAY(c->a, MAX_SHARES, int64_t);
	*n_out = 0;
	for (struct str rest = value; rest.n > 0 && !str_is_null(rest);) {
		struct str text = str_trim(str_cut(&rest, STR(";")));
		int64_t id;
		bool is_known = false;
		if (text.n == 0)
			continue;
		if (!num_parse_id(text, &id))
			return bad(c, property, "is a list of ids with semicolons between them");
		for (size_t i = 0; i < *n_out; i++)
			is_known = is_known || (*out)[i] == id;
		if (is_known)
			continue;
		if (*n_out == MAX_SHARES)
			return bad(c, property, "names more than 50");
		(*out)[(*n_out)++] = id;
	}
	return OK;
}

/* Somebody who is not active any more may stay on it, not come. */
static enum err check_one(struct ctx *c, struct str property, bool is_team, int64_t id)
{
	struct team t;
	struct user u;
	enum err e = is_team ? team_load(c, id, &t) : user_load(c, id, &u);
	if (e == ERR_NOT_FOUND || (e == OK && !is_team && !u.is_active)) {
		fail_clear(c);
		return bad(c, property, is_team ? "names a team that is not there" : "names a user who is not there");
	}
	return e;
}

static enum err check(struct ctx *c, const struct write *w, struct str property, bool is_team)
{
	int64_t *ids, *before;
	size_t n, before_n;
	struct str was = STR("");
	if (!write_has(w, property))
		return OK;
	props_get(w->before.props, property, c->a, &was);
	TRY(read_ids(c, property, was, &before, &before_n));
	TRY(read_ids(c, property, write_value(c, w, property), &ids, &n));
	for (size_t i = 0; i < n; i++) {
		bool is_known = false;
		for (size_t k = 0; k < before_n; k++)
			is_known = is_known || before[k] == ids[i];
		if (!is_known)
			TRY(check_one(c, property, is_team, ids[i]));
	}
	return OK;
}

enum err rule_shares(struct ctx *c, struct write *w)
{
	if (w->type->row.id != TYPE_TICKET || w->in->by_rule)
		return OK;
	if (!str_eq(w->o.pipeline_id, w->before.pipeline_id) && !desk_may_use_pipeline(c, w->o.pipeline_id))
		return bad(c, STR("hs_pipeline"), "is a pipeline that is not open to you");
	TRY(check(c, w, users_property, false));
	return check(c, w, teams_property, true);
}

enum err shares_keep(struct ctx *c, const struct write *w)
{
	int64_t *users, *teams;
	size_t user_n, team_n;
	if (w->type->row.id != TYPE_TICKET || (!write_has(w, users_property) && !write_has(w, teams_property)))
		return OK;
	TRY(read_ids(c, users_property, write_value(c, w, users_property), &users, &user_n));
	TRY(read_ids(c, teams_property, write_value(c, w, teams_property), &teams, &team_n));
	return ticket_share_set(c, w->o.id, users, user_n, teams, team_n);
}

/* How it was ------------------------------------------------------------------------------------------------------------- */

static struct str prop_of(struct ctx *c, const struct object *o, struct str name)
{
	struct str value;
	return props_get(o->props, name, c->a, &value) ? value : STR("");
}

static bool is_seen_alike(struct ctx *c, const struct object *a, const struct object *b)
{
	return a->owner_id == b->owner_id && str_eq(a->pipeline_id, b->pipeline_id) &&
	       str_eq(prop_of(c, a, users_property), prop_of(c, b, users_property)) &&
	       str_eq(prop_of(c, a, teams_property), prop_of(c, b, teams_property));
}

enum err shares_announce(struct ctx *c, const struct write *w)
{
	struct buf b;
	struct json j;
	if (w->type->row.id != TYPE_TICKET || is_seen_alike(c, &w->before, &w->o))
		return OK;
	buf_init(&b, c->a, MAX_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_id(&j, "ownerId", w->before.owner_id);
	json_add_string(&j, "pipelineId", w->before.pipeline_id);
	json_key(&j, "props");
	json_object_begin(&j);
	json_add_string(&j, "hs_shared_user_ids", prop_of(c, &w->before, users_property));
	json_add_string(&j, "hs_shared_team_ids", prop_of(c, &w->before, teams_property));
	json_object_end(&j);
	json_object_end(&j);
	return bus_emit(c, EV_TICKET_ACCESS,
	                &(struct event_about){.about_id = w->o.id, .ticket_id = w->o.id, .body = buf_str(&b)});
}

enum err desk_ticket_as_it_was(struct ctx *c, struct str body, const struct object *now, struct object *out)
{
	json_t *was;
	int64_t owner_id = 0;
	*out = *now;
	TRY(json_parse(c, body, &was));
	struct str owner = json_get_str(was, "ownerId");
	const json_t *props = json_object_get(was, "props");
	out->owner_id = num_parse_id(owner, &owner_id) ? owner_id : 0;
	out->pipeline_id = json_get_str(was, "pipelineId");
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_key_str(&j, users_property);
	json_str(&j, json_get_str(props, "hs_shared_user_ids"));
	json_key_str(&j, teams_property);
	json_str(&j, json_get_str(props, "hs_shared_team_ids"));
	json_object_end(&j);
	out->props = buf_str(&b);
	return OK;
}
