/* What the built-in types add to the common mechanism. A rule looks at the write before it becomes a row and sets more
 * properties; the history then has them like those of the caller. */

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/announce.h"
#include "desk/object_int.h"
#include "store/team.h"
#include "store/thread.h"
#include "store/user.h"
#include "text/json_read.h"
#include "text/person_name.h"

static struct str number(struct ctx *c, int64_t n)
{
	return str_fmt(c->a, "%lld", (long long)n);
}

static enum err stage_fault(struct ctx *c, const struct write *w, struct str property, struct str value)
{
	struct stage *stages;
	size_t n;
	struct str shown = STR("");
	TRY(stage_list(c, w->type->row.id, &stages, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(stages[i].pipeline_id, w->o.pipeline_id))
			shown = str_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(shown), shown.n ? ", " : "",
			                STR_ARG(stages[i].id));
	c->why.are_properties = true;
	return fail_field(c, property, STR("INVALID_OPTION"),
	                  STR_FMT " was not one of the allowed options: [" STR_FMT "]", STR_ARG(str_head(value, 100)),
	                  STR_ARG(shown));
}

/* What the type calls the property that is kept in this column: a ticket's hs_pipeline_stage is a deal's dealstage. */
static struct str property_in(const struct type_def *t, struct str column)
{
	for (size_t i = 0; i < t->prop_n; i++)
		if (str_eq(t->props[i].row.kept_in, column))
			return t->props[i].row.name;
	check(!"a type with pipelines keeps them in columns");
	return STR_NULL;
}

static enum err pipeline_fault(struct ctx *c, const struct write *w)
{
	struct pipeline *pipelines;
	size_t n;
	struct str shown = STR("");
	TRY(pipeline_list(c, w->type->row.id, &pipelines, &n));
	for (size_t i = 0; i < n; i++)
		shown = str_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(shown), i ? ", " : "", STR_ARG(pipelines[i].id));
	c->why.are_properties = true;
	return fail_field(c, property_in(w->type, STR("pipeline_id")), STR("INVALID_OPTION"),
	                  STR_FMT " was not one of the allowed options: [" STR_FMT "]",
	                  STR_ARG(str_head(w->o.pipeline_id, 100)), STR_ARG(shown));
}

/* What follows from the dates is in desk/calculate_own.c. */
static enum err on_close(struct ctx *c, struct write *w)
{
	if (w->o.closed_at != 0 && write_has(w, STR("closed_date")))
		return OK;
	return write_set(c, w, STR("closed_date"), time_iso(c->a, c->now));
}

static enum err on_reopen(struct ctx *c, struct write *w)
{
	struct pipeline pipeline;
	TRY(pipeline_load_any(c, w->type->row.id, w->o.pipeline_id, &pipeline));
	if (!pipeline.keeps_close_date)
		TRY(write_set(c, w, STR("closed_date"), STR("")));
	return write_set(c, w, STR("hs_ticket_reopened_at"), time_iso(c->a, c->now));
}

/* A deal's stage says how likely it is, and whether it was won. */
static enum err on_deal_stage(struct ctx *c, struct write *w, const struct stage *stage)
{
	json_t *metadata;
	TRY(json_parse(c, stage->metadata, &metadata));
	struct str probability = json_get_str(metadata, "probability");
	bool is_won = stage->is_closed && str_eq(probability, STR("1.0"));
	TRY(write_set(c, w, STR("hs_deal_stage_probability"), str_is_null(probability) ? STR("") : probability));
	return write_set(c, w, STR("hs_is_closed_won"), is_won ? STR("true") : STR("false"));
}

/* No such stage: is it the pipeline, or the stage? */
static enum err stage_or_pipeline_fault(struct ctx *c, const struct write *w)
{
	struct pipeline pipeline;
	fail_clear(c);
	enum err e = pipeline_load(c, w->type->row.id, w->o.pipeline_id, &pipeline);
	if (e != ERR_NOT_FOUND && e != OK)
		return e;
	fail_clear(c);
	return e == OK ? stage_fault(c, w, property_in(w->type, STR("stage_id")), w->o.stage_id) : pipeline_fault(c, w);
}

/* A type that users define may have no pipelines, and objects that were there before them. */
static bool is_without_stage(const struct write *w)
{
	return w->o.pipeline_id.n == 0 && w->o.stage_id.n == 0 &&
	       (w->type->row.is_custom || w->type->row.default_pipeline.n == 0);
}

/* What the transaction has held once stays as it is up to its end. */
static enum err hold_stage(struct ctx *c, const struct write *w, struct stage *out)
{
	struct stage *held = w->in->held;
	if (held != NULL && held->id.n > 0 && held->object_type == w->type->row.id && str_eq(held->pipeline_id, w->o.pipeline_id) &&
	    str_eq(held->id, w->o.stage_id)) {
		*out = *held;
		return OK;
	}
	TRY(stage_hold(c, w->type->row.id, w->o.pipeline_id, w->o.stage_id, out));
	if (held != NULL)
		*held = *out;
	return OK;
}

enum err rule_stage(struct ctx *c, struct write *w)
{
	struct stage stage;
	if (is_without_stage(w))
		return OK;
	if (w->type->row.default_pipeline.n == 0)
		return pipeline_fault(c, w);
	if (w->o.pipeline_id.n == 0)
		TRY(write_set(c, w, property_in(w->type, STR("pipeline_id")), w->type->row.default_pipeline));
	if (!w->is_create && str_eq(w->o.pipeline_id, w->before.pipeline_id) &&
	    str_eq(w->o.stage_id, w->before.stage_id))
		return OK;

	enum err e = hold_stage(c, w, &stage);
	if (e == ERR_NOT_FOUND)
		return stage_or_pipeline_fault(c, w);
	TRY(e);
	TRY(rule_way(c, w, property_in(w->type, STR("stage_id"))));
	w->is_moved = true;
	w->demands = stage.demands;
	w->o.is_closed = stage.is_closed;
	TRY(rule_stage_times(c, w));
	if (schema_property(w->type, STR("hs_deal_stage_probability")) != NULL)
		return on_deal_stage(c, w, &stage);
	if (w->type->row.id != TYPE_TICKET)
		return OK;
	if (stage.is_closed && !w->before.is_closed)
		return on_close(c, w);
	if (!stage.is_closed && w->before.is_closed)
		return on_reopen(c, w);
	return OK;
}

static enum err owner_fault(struct ctx *c, struct str value)
{
	c->why.are_properties = true;
	return fail_field(c, STR("hubspot_owner_id"), STR("INVALID_OWNER_ID"),
	                  "Owner with id " STR_FMT " does not exist", STR_ARG(str_head(value, 100)));
}

/* The primary team of an owner as properties hold it; empty: he has none, or there is no owner (his id is 0). */
static enum err team_of_owner(struct ctx *c, const struct owner *owner, struct str *out)
{
	struct team_member *teams;
	size_t n;
	*out = STR("");
	if (owner->id == 0)
		return OK;
	TRY(team_member_list(c, owner->user_id, owner->user_id, &teams, &n));
	if (n > 0 && teams[0].is_primary)
		*out = number(c, teams[0].team_id);
	return OK;
}

/* The team follows the owner, unless somebody chose another one. */
static enum err follow_team(struct ctx *c, struct write *w, const struct owner *owner)
{
	struct owner former = {0};
	struct str before, now, team = write_value(c, w, STR("hubspot_team_id"));
	if (schema_property(w->type, STR("hubspot_team_id")) == NULL)
		return OK;
	for (size_t i = 0; i < w->change_n; i++)
		if (str_eq(w->changes[i].name, STR("hubspot_team_id")))
			return OK;
	if (w->before.owner_id != 0)
		TRY(owner_load(c, w->before.owner_id, &former));
	TRY(team_of_owner(c, &former, &before));
	TRY(team_of_owner(c, owner, &now));
	if (str_eq(team, now) || (team.n > 0 && !str_eq(team, before)))
		return OK;
	return write_set(c, w, STR("hubspot_team_id"), now);
}

enum err rule_owner(struct ctx *c, struct write *w)
{
	struct owner owner = {0};
	int64_t id;
	/* what is no number would leave the column at nobody */
	for (size_t i = 0; i < w->change_n; i++)
		if (str_eq(w->changes[i].name, STR("hubspot_owner_id")) && w->changes[i].value.n > 0 &&
		    !num_parse_id(w->changes[i].value, &id))
			return owner_fault(c, w->changes[i].value);
	if (w->o.owner_id == w->before.owner_id)
		return OK;
	if (w->o.owner_id != 0) {
		enum err e = owner_load(c, w->o.owner_id, &owner);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			return owner_fault(c, number(c, w->o.owner_id));
		}
		TRY(e);
	}
	TRY(follow_team(c, w, &owner));
	if (schema_property(w->type, STR("hubspot_owner_assigneddate")) == NULL)
		return OK;
	return write_set(c, w, STR("hubspot_owner_assigneddate"), w->o.owner_id ? time_iso(c->a, c->now) : STR(""));
}

enum err rule_label(struct ctx *c, struct write *w)
{
	if (w->type->row.label_property.n > 0) {
		struct str label = write_value(c, w, w->type->row.label_property);
		w->o.label = label.n ? label : STR("");
		return OK;
	}
	struct str first = write_value(c, w, STR("firstname"));
	struct str last = write_value(c, w, STR("lastname"));
	w->o.label = person_name(c->a, first, last);
	if (w->o.label.n == 0)
		w->o.label = w->o.unique_key.n ? w->o.unique_key : STR("");
	return OK;
}

enum err rule_threads(struct ctx *c, const struct write *w)
{
	struct thread *threads;
	struct owner owner = {0};
	size_t n;
	bool is_moved = w->o.is_closed != w->before.is_closed, is_given = w->o.owner_id != w->before.owner_id;
	if (w->type->row.id != TYPE_TICKET || w->is_create || (!is_moved && !is_given))
		return OK;
	if (w->o.owner_id != 0)
		TRY(owner_load(c, w->o.owner_id, &owner));
	TRY(thread_list_of_ticket(c, w->o.id, &threads, &n));
	for (size_t i = 0; i < n; i++) {
		const struct thread before = threads[i];
		threads[i].assigned_user_id = owner.user_id;
		threads[i].is_closed = w->o.is_closed;
		if (is_moved)
			threads[i].closed_at = w->o.is_closed ? c->now : 0;
		TRY(thread_save(c, &before, &threads[i]));
	}
	return OK;
}
