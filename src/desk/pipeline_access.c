#include "desk/pipeline_access.h"

#include "base/arena.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/people_int.h"
#include "desk/pipeline.h"
#include "desk/schema.h"
#include "store/team.h"
#include "text/json.h"

enum { MAX_BODY_BYTES = 1024 };

static enum err check_pipeline(struct ctx *c, struct str id)
{
	struct pipeline p;
	struct stage *stages;
	size_t n;
	return desk_pipeline_load(c, TYPE_TICKET, id, &p, &stages, &n);
}

enum err desk_pipeline_access(struct ctx *c, struct str pipeline_id, struct pipeline_access **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(check_pipeline(c, pipeline_id));
	return pipeline_access_list(c, TYPE_TICKET, pipeline_id, out, n_out);
}

static enum err check_one(struct ctx *c, const struct pipeline_access *row)
{
	struct team t;
	struct user u;
	enum err e = row->team_id ? team_load(c, row->team_id, &t) : user_load(c, row->user_id, &u);
	if (e == ERR_NOT_FOUND || (e == OK && !row->team_id && !u.is_active)) {
		fail_clear(c);
		return row->team_id ? fail_field(c, STR("teamIds"), STR("INVALID_TEAM_ID"), "There is no team with the id %lld.",
		                                 (long long)row->team_id)
		                    : fail_field(c, STR("userIds"), STR("INVALID_USER_ID"), "There is no user with the id %lld.",
		                                 (long long)row->user_id);
	}
	return e;
}

static enum err announce(struct ctx *c, struct str pipeline_id)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "pipelineId", pipeline_id);
	json_object_end(&j);
	return bus_emit(c, EV_PIPELINE_ACCESS, &(struct event_about){.body = buf_str(&b)});
}

enum err desk_pipeline_access_set(struct ctx *c, struct str pipeline_id, const struct pipeline_access *rows, size_t n)
{
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(check_pipeline(c, pipeline_id));
	for (size_t i = 0; i < n; i++)
		TRY(check_one(c, &rows[i]));
	TRY(pipeline_access_set(c, TYPE_TICKET, pipeline_id, rows, n));
	return announce(c, pipeline_id);
}
