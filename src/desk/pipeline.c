#include "desk/pipeline.h"

#include "base/arena.h"
#include "desk/can.h"
#include "desk/definitions.h"
#include "desk/stage_int.h"
#include "desk/stage_time.h"

enum err desk_pipeline_list(struct ctx *c, int64_t object_type, struct pipeline **out, size_t *n_out,
                            struct stage **stages_out, size_t *stage_n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(pipeline_list(c, object_type, out, n_out));
	size_t kept = 0;
	for (size_t i = 0; i < *n_out; i++)
		if (object_type != TYPE_TICKET || desk_may_use_pipeline(c, (*out)[i].id))
			(*out)[kept++] = (*out)[i];
	*n_out = kept;
	return stage_list(c, object_type, stages_out, stage_n_out);
}

enum err desk_pipeline_load(struct ctx *c, int64_t object_type, struct str id, struct pipeline *out,
                            struct stage **stages_out, size_t *stage_n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	enum err e = pipeline_load(c, object_type, id, out);
	if (e == ERR_NOT_FOUND)
		return pipeline_not_there(c, "Pipeline", id);
	TRY(e);
	return stage_list(c, object_type, stages_out, stage_n_out);
}

static enum err keep(struct ctx *c, const struct pipeline *p, const char *action)
{
	TRY(pipeline_save(c, p));
	return pipeline_note(c, p->object_type, p->id, STR_NULL, action, p->label, p->display_order, STR_NULL);
}

static enum err take(struct ctx *c, const struct pipeline_in *in, struct pipeline *p)
{
	struct pipeline *others;
	size_t n;
	bool is_new = str_is_null(p->label);
	if (!str_is_null(in->label) || is_new)
		p->label = in->label;
	if (in->display_order != NULL)
		p->display_order = *in->display_order;
	p->updated_at = c->now;
	TRY(pipeline_check_label(c, p->label));
	TRY(pipeline_list(c, p->object_type, &others, &n));
	if (n >= MAX_PIPELINES && is_new)
		return fail(c, ERR_BAD_INPUT, "A type has at most %d pipelines.", MAX_PIPELINES);
	for (size_t i = 0; i < n; i++)
		if (!str_eq(others[i].id, p->id) && str_eq_nocase(others[i].label, p->label))
			return fail(c, ERR_CONFLICT, "A pipeline labelled \"" STR_FMT "\" already exists.",
			            STR_ARG(p->label));
	return OK;
}

/* Stages ------------------------------------------------------------------------------------------------------------ */

static struct stage *stage_of(struct stage *stages, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(stages[i].id, id))
			return &stages[i];
	return NULL;
}

/* The stage that an input means: one that is there (archived or not), or a new one. */
static enum err begin_stage(struct ctx *c, const struct pipeline *p, const struct stage_in *in, struct stage *kept,
                            size_t kept_n, struct stage *out, bool *is_new_out)
{
	struct stage *known = in->id.n > 0 ? stage_of(kept, kept_n, in->id) : NULL, other;
	*is_new_out = known == NULL || known->archived_at > 0;
	if (known != NULL && known->archived_at == 0) {
		*out = *known;
		return OK;
	}
	*out = (struct stage){.object_type = p->object_type, .pipeline_id = p->id, .created_at = c->now};
	TRY(stage_new_id(c, p->object_type, in->id, &out->id));
	enum err e = stage_anywhere(c, p->object_type, out->id, &other);
	if (e == OK && (other.archived_at == 0 || !str_eq(other.pipeline_id, p->id)))
		return fail(c, ERR_CONFLICT, "A stage with the id \"" STR_FMT "\" already exists.", STR_ARG(out->id));
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

/* Those that do not stay; all that are in use are told at once. */
static enum err archive_stages(struct ctx *c, struct stage *kept, size_t kept_n, struct stage *stay, size_t stay_n)
{
	enum err used = OK;
	for (size_t i = 0; i < kept_n; i++) {
		if (kept[i].archived_at > 0 || stage_of(stay, stay_n, kept[i].id) != NULL)
			continue;
		enum err e = stage_check_unused(c, &kept[i]);
		if (e != OK && e != ERR_BAD_INPUT)
			return e;
		used = e != OK ? e : used;
	}
	TRY(used);
	for (size_t i = 0; i < kept_n; i++) {
		if (kept[i].archived_at > 0 || stage_of(stay, stay_n, kept[i].id) != NULL)
			continue;
		kept[i].archived_at = kept[i].updated_at = c->now;
		TRY(stage_keep(c, &kept[i], "DELETE"));
	}
	return OK;
}

/* Makes the stages of the pipeline those of the input. */
static enum err set_stages(struct ctx *c, const struct type_def *t, const struct pipeline *p,
                           const struct pipeline_in *in)
{
	struct stage *kept, *now = NEW_ARRAY(c->a, in->stage_n, struct stage);
	bool *is_new = NEW_ARRAY(c->a, in->stage_n, bool);
	size_t kept_n;
	if (in->stage_n == 0)
		return fail(c, ERR_BAD_INPUT, "A pipeline has at least one stage.");
	if (in->stage_n > MAX_STAGES)
		return fail(c, ERR_BAD_INPUT, "A pipeline has at most %d stages.", MAX_STAGES);
	TRY(stage_list_of(c, t->row.id, p->id, &kept, &kept_n));
	for (size_t i = 0; i < in->stage_n; i++) {
		TRY(begin_stage(c, p, &in->stages[i], kept, kept_n, &now[i], &is_new[i]));
		now[i].display_order = (int64_t)i;
		TRY(stage_take(c, t, &in->stages[i], &now[i]));
		if (stage_of(now, i, now[i].id) != NULL)
			return fail(c, ERR_CONFLICT, "The stage id \"" STR_FMT "\" comes twice.", STR_ARG(now[i].id));
		TRY(stage_check_label(c, &now[i], now, i));
	}
	TRY(archive_stages(c, kept, kept_n, now, in->stage_n));
	for (size_t i = 0; i < in->stage_n; i++)
		TRY(stage_keep(c, &now[i], is_new[i] ? "CREATE" : "UPDATE"));
	return OK;
}

/* Verbs ------------------------------------------------------------------------------------------------------------- */

/* The first pipeline of a type that users define is its default one. */
static enum err make_default(struct ctx *c, const struct type_def *t, const struct pipeline *p)
{
	struct object_type row;
	if (!t->row.is_custom)
		return OK;
	TRY(object_type_load(c, t->row.id, &row));
	if (row.default_pipeline.n > 0)
		return OK;
	row.default_pipeline = p->id;
	return object_type_save(c, &row);
}

enum err desk_pipeline_create(struct ctx *c, const struct type_def *t, const struct pipeline_in *in,
                              struct pipeline *out)
{
	struct pipeline p = {.object_type = t->row.id, .created_at = c->now}, other;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	if (t->row.default_pipeline.n == 0 && !t->row.is_custom)
		return fail(c, ERR_BAD_INPUT, "Objects of type " STR_FMT " have no pipelines.",
		            STR_ARG(t->row.singular));
	TRY(definitions_lock(c));
	TRY(stage_new_id(c, t->row.id, in->id, &p.id));
	enum err e = pipeline_load_any(c, t->row.id, p.id, &other);
	if (e == OK)
		return fail(c, ERR_CONFLICT, "A pipeline with the id \"" STR_FMT "\" already exists.", STR_ARG(p.id));
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(take(c, in, &p));
	TRY(keep(c, &p, "CREATE"));
	TRY(set_stages(c, t, &p, in));
	TRY(make_default(c, t, &p));
	*out = p;
	return definitions_changed(c);
}

static enum err begin_change(struct ctx *c, const struct type_def *t, struct str id, struct pipeline *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	enum err e = pipeline_load_any(c, t->row.id, id, out);
	return e == ERR_NOT_FOUND ? pipeline_not_there(c, "Pipeline", id) : e;
}

enum err desk_pipeline_replace(struct ctx *c, const struct type_def *t, struct str id, const struct pipeline_in *in,
                               struct pipeline *out)
{
	struct pipeline p;
	TRY(begin_change(c, t, id, &p));
	if (p.archived_at > 0)
		return pipeline_not_there(c, "Pipeline", id);
	TRY(pipeline_check_label(c, in->label));
	TRY(take(c, in, &p));
	TRY(keep(c, &p, "UPDATE"));
	TRY(set_stages(c, t, &p, in));
	*out = p;
	return definitions_changed(c);
}

/* The stages that went with the pipeline come back with it. */
static enum err restore_stages(struct ctx *c, const struct pipeline *p, int64_t archived_at)
{
	struct stage *stages;
	size_t n;
	TRY(stage_list_of(c, p->object_type, p->id, &stages, &n));
	for (size_t i = 0; i < n; i++) {
		if (stages[i].archived_at != archived_at)
			continue;
		stages[i].archived_at = 0;
		TRY(stage_keep(c, &stages[i], "UPDATE"));
	}
	return OK;
}

enum err desk_pipeline_update(struct ctx *c, const struct type_def *t, struct str id, const struct pipeline_in *in,
                              struct pipeline *out)
{
	struct pipeline p;
	TRY(begin_change(c, t, id, &p));
	int64_t archived_at = p.archived_at;
	if (archived_at > 0 && !in->is_restored)
		return pipeline_not_there(c, "Pipeline", id);
	p.archived_at = 0;
	TRY(take(c, in, &p));
	TRY(keep(c, &p, "UPDATE"));
	TRY(stage_time_define_all(c, &p));
	if (archived_at > 0)
		TRY(restore_stages(c, &p, archived_at));
	*out = p;
	return definitions_changed(c);
}

enum err desk_pipeline_archive(struct ctx *c, const struct type_def *t, struct str id)
{
	struct pipeline p;
	struct stage *stages;
	size_t n;
	TRY(begin_change(c, t, id, &p));
	if (p.archived_at > 0)
		return OK;
	TRY(stage_list_of(c, t->row.id, id, &stages, &n));
	TRY(archive_stages(c, stages, n, NULL, 0));
	if (str_eq(id, t->row.default_pipeline))
		return fail(c, ERR_BAD_INPUT, "The default pipeline cannot be archived.");
	p.archived_at = p.updated_at = c->now;
	TRY(keep(c, &p, "DELETE"));
	return definitions_changed(c);
}

enum err desk_pipeline_changes(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str stage_id,
                               struct pipeline_change **out, size_t *n_out)
{
	struct stage s;
	struct pipeline p;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (str_is_null(pipeline_id)) {
		enum err e = stage_anywhere(c, object_type, stage_id, &s);
		if (e == ERR_NOT_FOUND)
			return pipeline_not_there(c, "Stage", stage_id);
		TRY(e);
		pipeline_id = s.pipeline_id;
	}
	enum err e = pipeline_load_any(c, object_type, pipeline_id, &p);
	if (e == ERR_NOT_FOUND)
		return pipeline_not_there(c, "Pipeline", pipeline_id);
	TRY(e);
	return pipeline_change_list(c, object_type, pipeline_id, stage_id, MAX_PIPELINE_CHANGES, out, n_out);
}
