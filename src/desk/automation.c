#include "desk/automation.h"

#include "desk/can.h"
#include "desk/definitions.h"
#include "desk/stage_int.h"

static enum err load(struct ctx *c, const struct type_def *t, struct str id, struct pipeline *out)
{
	if (t->row.id != TYPE_TICKET)
		return fail(c, ERR_BAD_INPUT, "Only pipelines of tickets change the status by themselves.");
	enum err e = pipeline_load(c, t->row.id, id, out);
	return e == ERR_NOT_FOUND ? pipeline_not_there(c, "Pipeline", id) : e;
}

enum err desk_automation(struct ctx *c, const struct type_def *t, struct str pipeline_id, struct automation *out)
{
	struct pipeline p;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(load(c, t, pipeline_id, &p));
	*out = (struct automation){p.sent_stage, p.received_stage, p.keeps_close_date};
	return OK;
}

static enum err check_stage(struct ctx *c, const struct pipeline *p, const char *field, struct str id)
{
	struct stage stage;
	if (id.n == 0)
		return OK;
	enum err e = stage_load(c, p->object_type, p->id, id, &stage);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, str_c(field), STR("INVALID_OPTION"), "\"" STR_FMT "\" is no stage of this pipeline.",
	                  STR_ARG(str_head(id, 100)));
}

enum err desk_automation_set(struct ctx *c, const struct type_def *t, struct str pipeline_id, const struct automation *in)
{
	struct pipeline p;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(load(c, t, pipeline_id, &p));
	TRY(check_stage(c, &p, "sentStageId", in->sent_stage));
	TRY(check_stage(c, &p, "receivedStageId", in->received_stage));
	p.sent_stage = in->sent_stage;
	p.received_stage = in->received_stage;
	p.keeps_close_date = in->keeps_close_date;
	p.updated_at = c->now;
	TRY(pipeline_save(c, &p));
	TRY(pipeline_note(c, t->row.id, p.id, STR_NULL, "UPDATE", p.label, p.display_order, STR_NULL));
	return definitions_changed(c);
}

enum err automation_stage(struct ctx *c, const struct object *ticket, enum automation_when when, struct str *out)
{
	struct pipeline p;
	struct stage stage;
	*out = STR_NULL;
	TRY(pipeline_load_any(c, TYPE_TICKET, ticket->pipeline_id, &p));
	struct str id = when == AUTOMATION_SENT ? p.sent_stage : p.received_stage;
	if (id.n == 0 || str_eq(id, ticket->stage_id))
		return OK;
	enum err e = stage_load(c, TYPE_TICKET, p.id, id, &stage);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	*out = id;
	return OK;
}
