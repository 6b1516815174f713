/* Pipelines and their stages. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/clock.h"
#include "desk/pipeline.h"
#include "desk/schema.h"
#include "text/json_read.h"

enum { MAX_METADATA_BYTES = 64 << 10 };

/* The defaults were created at the epoch, as on the wire. */
static int64_t wire_time(int64_t at)
{
	return at == 1 ? 0 : at;
}

static void add_time(struct json *j, const char *name, int64_t at)
{
	char room[25];
	json_add_string(j, name, time_iso_into(room, wire_time(at)));
}

static void write_stage(struct json *j, const struct stage *s)
{
	json_object_begin(j);
	json_add_string(j, "id", s->id);
	json_add_string(j, "label", s->label);
	json_add_int(j, "displayOrder", s->display_order);
	json_add_raw(j, "metadata", s->metadata);
	add_time(j, "createdAt", s->created_at);
	add_time(j, "updatedAt", s->updated_at);
	json_add_bool(j, "archived", s->archived_at > 0);
	json_add_time(j, "archivedAt", s->archived_at);
	json_add_string(j, "writePermissions", STR("CRM_PERMISSIONS_ENFORCEMENT"));
	json_object_end(j);
}

static void write_pipeline(struct json *j, const struct pipeline *p, const struct stage *stages, size_t n)
{
	json_object_begin(j);
	json_add_string(j, "id", p->id);
	json_add_string(j, "label", p->label);
	json_add_int(j, "displayOrder", p->display_order);
	json_key(j, "stages");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		if (str_eq(stages[i].pipeline_id, p->id))
			write_stage(j, &stages[i]);
	json_array_end(j);
	add_time(j, "createdAt", p->created_at);
	add_time(j, "updatedAt", p->updated_at);
	json_add_bool(j, "archived", p->archived_at > 0);
	json_object_end(j);
}

/* Reading bodies ---------------------------------------------------------------------------------------------------- */

static const int64_t *given_int(struct ctx *c, const json_t *body, const char *key)
{
	int64_t *value = NEW(c->a, int64_t);
	*value = json_get_int(body, key, 0);
	return json_is_integer(json_object_get(body, key)) ? value : NULL;
}

/* archived belongs into a change only to take something out of the archive. */
static enum err read_restored(struct ctx *c, const json_t *body, bool *out)
{
	*out = json_is_false(json_object_get(body, "archived"));
	if (json_get_bool(body, "archived", false))
		return fail_field(c, STR("archived"), STR("INVALID_OPTION"),
		                  "DELETE archives; archived: false restores.");
	return OK;
}

static enum err read_stage(struct ctx *c, const json_t *body, struct stage_in *out)
{
	TRY(body_need_object(c, body));
	const json_t *metadata = json_object_get(body, "metadata");
	*out = (struct stage_in){
		.id = json_get_str(body, "stageId"),
		.label = json_get_str(body, "label"),
		.display_order = given_int(c, body, "displayOrder"),
	};
	TRY(read_restored(c, body, &out->is_restored));
	if (metadata == NULL || json_is_null(metadata))
		return OK;
	out->metadata = json_compact(c, metadata, MAX_METADATA_BYTES);
	if (str_is_null(out->metadata))
		return fail(c, ERR_TOO_BIG, "metadata is longer than %d bytes.", MAX_METADATA_BYTES);
	return OK;
}

/* Some callers give a stage's id as id where they put back what they have read. */
static enum err read_stages(struct ctx *c, const json_t *list, struct pipeline_in *out)
{
	size_t n = list ? json_array_size(list) : 0;
	struct stage_in *stages = NEW_ARRAY(c->a, n, struct stage_in);
	for (size_t i = 0; i < n; i++) {
		TRY(read_stage(c, json_array_get(list, i), &stages[i]));
		if (str_is_null(stages[i].id))
			stages[i].id = json_get_str(json_array_get(list, i), "id");
	}
	out->stages = stages;
	out->stage_n = n;
	return OK;
}

static enum err read_pipeline(struct ctx *c, const json_t *body, bool needs_stages, struct pipeline_in *out)
{
	TRY(body_need_object(c, body));
	const json_t *stages = json_get_array(body, "stages");
	*out = (struct pipeline_in){
		.id = json_get_str(body, "pipelineId"),
		.label = json_get_str(body, "label"),
		.display_order = given_int(c, body, "displayOrder"),
	};
	if (needs_stages && stages == NULL)
		return body_lacks(c, "stages");
	TRY(read_restored(c, body, &out->is_restored));
	return needs_stages ? read_stages(c, stages, out) : OK;
}

/* Pipelines --------------------------------------------------------------------------------------------------------- */

enum err api_pipelines_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline *pipelines;
	struct stage *stages;
	size_t n, stage_n;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_pipeline_list(c, t->row.id, &pipelines, &n, &stages, &stage_n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_pipeline(&r->j, &pipelines[i], stages, stage_n);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

static enum err give(struct ctx *c, struct res *r, int64_t type, struct str id)
{
	struct pipeline p;
	struct stage *stages;
	size_t n;
	TRY(desk_pipeline_load(c, type, id, &p, &stages, &n));
	write_pipeline(&r->j, &p, stages, n);
	return OK;
}

enum err api_pipelines_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	TRY(req_type(c, q, "objectType", &t));
	return give(c, r, t->row.id, req_param(q, "pipelineId"));
}

enum err api_pipelines_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline_in in;
	struct pipeline p;
	TRY(req_type(c, q, "objectType", &t));
	TRY(read_pipeline(c, q->json, true, &in));
	TRY(desk_pipeline_create(c, t, &in, &p));
	return give(c, r, t->row.id, p.id);
}

enum err api_pipelines_replace(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline_in in;
	struct pipeline p;
	TRY(req_type(c, q, "objectType", &t));
	TRY(read_pipeline(c, q->json, true, &in));
	TRY(desk_pipeline_replace(c, t, req_param(q, "pipelineId"), &in, &p));
	return give(c, r, t->row.id, p.id);
}

enum err api_pipelines_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline_in in;
	struct pipeline p;
	TRY(req_type(c, q, "objectType", &t));
	TRY(read_pipeline(c, q->json, false, &in));
	TRY(desk_pipeline_update(c, t, req_param(q, "pipelineId"), &in, &p));
	return give(c, r, t->row.id, p.id);
}

enum err api_pipelines_archive(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_pipeline_archive(c, t, req_param(q, "pipelineId")));
	return res_nothing(r);
}

/* Stages ------------------------------------------------------------------------------------------------------------ */

enum err api_stages_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline p;
	struct stage *stages;
	size_t n;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_pipeline_load(c, t->row.id, req_param(q, "pipelineId"), &p, &stages, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		if (str_eq(stages[i].pipeline_id, p.id))
			write_stage(&r->j, &stages[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_stages_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct stage s;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_stage_load(c, t->row.id, req_param(q, "pipelineId"), req_param(q, "stageId"), &s));
	write_stage(&r->j, &s);
	return OK;
}

enum err api_stages_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct stage_in in;
	struct stage s;
	TRY(req_type(c, q, "objectType", &t));
	TRY(read_stage(c, q->json, &in));
	TRY(desk_stage_create(c, t, req_param(q, "pipelineId"), &in, &s));
	write_stage(&r->j, &s);
	return OK;
}

static enum err change_stage(struct ctx *c, const struct req *q, struct res *r, bool needs_label)
{
	const struct type_def *t;
	struct stage_in in;
	struct stage s;
	TRY(req_type(c, q, "objectType", &t));
	TRY(read_stage(c, q->json, &in));
	if (needs_label && str_is_null(in.label))
		return body_lacks(c, "label");
	TRY(desk_stage_update(c, t, req_param(q, "pipelineId"), req_param(q, "stageId"), &in, &s));
	write_stage(&r->j, &s);
	return OK;
}

enum err api_stages_replace(struct ctx *c, const struct req *q, struct res *r)
{
	return change_stage(c, q, r, true);
}

enum err api_stages_update(struct ctx *c, const struct req *q, struct res *r)
{
	return change_stage(c, q, r, false);
}

enum err api_stages_archive(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_stage_archive(c, t, req_param(q, "pipelineId"), req_param(q, "stageId")));
	return res_nothing(r);
}

/* Who changed them -------------------------------------------------------------------------------------------------- */

static enum err write_changes(struct ctx *c, const struct req *q, struct res *r, struct str pipeline_id,
                              struct str stage_id)
{
	const struct type_def *t;
	struct pipeline_change *changes;
	size_t n;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_pipeline_changes(c, t->row.id, pipeline_id, stage_id, &changes, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_int(&r->j, "portalId", 1);
		json_add_string(&r->j, "identifier", str_is_null(stage_id) ? changes[i].pipeline_id : stage_id);
		json_add_string(&r->j, "action", changes[i].action);
		json_add_time(&r->j, "timestamp", changes[i].at);
		if (changes[i].user_id != 0)
			json_add_int(&r->j, "fromUserId", changes[i].user_id);
		json_add_raw(&r->j, "rawObject", changes[i].body);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_pipelines_audit(struct ctx *c, const struct req *q, struct res *r)
{
	return write_changes(c, q, r, req_param(q, "pipelineId"), STR_NULL);
}

/* A widely used client sends the name of the parameter where the pipeline's id belongs: any pipeline. */
enum err api_stages_audit(struct ctx *c, const struct req *q, struct res *r)
{
	struct str pipeline_id = req_param(q, "pipelineId");
	bool is_any = str_eq(pipeline_id, STR("{pipelineId}"));
	return write_changes(c, q, r, is_any ? STR_NULL : pipeline_id, req_param(q, "stageId"));
}
