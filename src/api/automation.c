/* What a pipeline of tickets does by itself. */

#include "desk/automation.h"

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"

static enum err give(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct automation a;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_automation(c, t, req_param(q, "pipelineId"), &a));
	json_object_begin(&r->j);
	json_add_string(&r->j, "pipelineId", req_param(q, "pipelineId"));
	json_add_string(&r->j, "sentStageId", a.sent_stage);
	json_add_string(&r->j, "receivedStageId", a.received_stage);
	json_add_bool(&r->j, "keepsCloseDate", a.keeps_close_date);
	json_object_end(&r->j);
	return OK;
}

enum err api_automation_read(struct ctx *c, const struct req *q, struct res *r)
{
	return give(c, q, r);
}

enum err api_automation_set(struct ctx *c, const struct req *q, struct res *r)
{
	const struct automation_body *body = IN(q, struct automation_body);
	const struct automation in = {body->sent_stage_id, body->received_stage_id, body->keeps_close_date};
	const struct type_def *t;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_automation_set(c, t, req_param(q, "pipelineId"), &in));
	return give(c, q, r);
}
