/* Keeping people to the rules of pipelines and properties, in the write that would break them, and telling them beforehand. */

#include "desk/stage_rule.h"

#include "base/arena.h"
#include "desk/can.h"
#include "desk/object_int.h"
#include "desk/pipeline.h"
#include "text/json_read.h"

enum { MAX_MISSING = 200 };

static bool is_in(struct str list, struct str word, struct str sep)
{
	for (struct str rest = list; !str_is_null(rest);)
		if (str_eq(str_cut(&rest, sep), word) && word.n > 0)
			return true;
	return false;
}

bool stage_rule_has(struct str list, struct str name)
{
	return is_in(list, name, STR(" "));
}

static void add_name(struct names *out, struct str *room, size_t max, struct str name)
{
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(room[i], name))
			return;
	if (out->n < max)
		room[out->n++] = name;
}

struct names stage_rule_properties(struct ctx *c, const struct type_def *t, struct str list)
{
	struct str *room = NEW_ARRAY(c->a, MAX_DEMANDS, struct str);
	struct names out = {.names = room};
	for (struct str rest = list; !str_is_null(rest);) {
		struct str name = str_cut(&rest, STR(" "));
		if (schema_property(t, name) != NULL)
			add_name(&out, room, MAX_DEMANDS, name);
	}
	return out;
}

struct names stage_rule_stages(struct ctx *c, struct str list, const struct stage *stages, size_t n)
{
	struct str *room = NEW_ARRAY(c->a, MAX_STAGES, struct str);
	struct names out = {.names = room};
	for (size_t i = 0; i < n; i++)
		if (stages[i].archived_at == 0 && stage_rule_has(list, stages[i].id))
			add_name(&out, room, MAX_STAGES, stages[i].id);
	return out;
}

/* Demands ----------------------------------------------------------------------------------------------------------- */

static bool is_person(const struct ctx *c, const struct write *w)
{
	return c->who.kind != ACTOR_SYSTEM && !w->in->by_rule;
}

struct missing {
	struct names names;
	struct str *room;
};

static void want(struct ctx *c, const struct write *w, struct missing *missing, struct str name)
{
	if (str_trim(write_value(c, w, name)).n == 0)
		add_name(&missing->names, missing->room, MAX_MISSING, name);
}

/* All of them on the way in; while the object stays, those that this write takes away. */
static void want_of_stage(struct ctx *c, const struct write *w, struct str demands, struct missing *missing)
{
	const struct names all = stage_rule_properties(c, w->type, demands);
	for (size_t i = 0; i < all.n; i++)
		if (w->is_moved || write_has(w, all.names[i]))
			want(c, w, missing, all.names[i]);
}

/* Has the property one of the values? Of checkboxes one is enough. */
static enum err applies(struct ctx *c, const struct write *w, const struct property_rule *rule, bool *out)
{
	json_t *values;
	struct str is = write_value(c, w, rule->property);
	*out = false;
	TRY(json_parse(c, rule->option_values, &values));
	for (size_t i = 0; i < json_array_size(values) && is.n > 0; i++)
		*out = *out || is_in(is, json_text(json_array_get(values, i)), STR(";")) ||
		       str_eq(is, json_text(json_array_get(values, i)));
	return OK;
}

static bool touches(const struct write *w, const struct property_rule *rule, const struct names *demands)
{
	bool is_touched = w->is_create || write_has(w, rule->property);
	for (size_t i = 0; i < demands->n; i++)
		is_touched = is_touched || write_has(w, demands->names[i]);
	return is_touched;
}

static enum err want_of_rule(struct ctx *c, const struct write *w, const struct property_rule *rule, struct missing *missing)
{
	bool is_so;
	const struct names demands = stage_rule_properties(c, w->type, rule->demands);
	if (demands.n == 0 || schema_property(w->type, rule->property) == NULL || !touches(w, rule, &demands))
		return OK;
	TRY(applies(c, w, rule, &is_so));
	for (size_t i = 0; i < demands.n && is_so; i++)
		want(c, w, missing, demands.names[i]);
	return OK;
}

static bool takes_something_away(const struct write *w)
{
	for (size_t i = 0; i < w->change_n; i++)
		if (str_trim(w->changes[i].value).n == 0)
			return true;
	return false;
}

static enum err demands_of_stage(struct ctx *c, const struct write *w, struct missing *missing)
{
	struct stage stage;
	if (w->o.stage_id.n == 0)
		return OK;
	if (w->is_moved) {
		want_of_stage(c, w, w->demands, missing);
		return OK;
	}
	if (!takes_something_away(w))
		return OK;
	enum err e = stage_load(c, w->type->row.id, w->o.pipeline_id, w->o.stage_id, &stage);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	want_of_stage(c, w, stage.demands, missing);
	return OK;
}

enum err rule_demands(struct ctx *c, struct write *w)
{
	struct missing missing = {.room = NULL};
	if (!is_person(c, w))
		return OK;
	missing.room = NEW_ARRAY(c->a, MAX_MISSING, struct str);
	missing.names.names = missing.room;
	TRY(demands_of_stage(c, w, &missing));
	for (size_t i = 0; i < w->type->rule_n; i++)
		TRY(want_of_rule(c, w, &w->type->rules[i], &missing));
	if (missing.names.n == 0)
		return OK;
	for (size_t i = 0; i < missing.names.n; i++)
		fail_context(c, STR("properties"), missing.names.names[i]);
	return fail(c, ERR_BAD_INPUT, "Error %s " STR_FMT ". Some required properties were not set.",
	            w->is_create ? "creating" : "updating", STR_ARG(w->type->error_label));
}

/* The way through a pipeline ---------------------------------------------------------------------------------------- */

/* Where it stands among the stages that are there; -1: nowhere. */
static int place_of(const struct stage *stages, size_t n, struct str id)
{
	int place = 0;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(stages[i].id, id))
			return place;
		place += stages[i].archived_at == 0;
	}
	return -1;
}

struct way {
	const struct pipeline *pipeline;
	const struct stage *stages; /* its own */
	size_t n;
	struct str from; /* null: an object begins, or comes from another pipeline */
};

static bool is_open_way(struct ctx *c, const struct way *way, struct str to)
{
	if (str_is_null(way->from)) {
		const struct names entries = stage_rule_stages(c, way->pipeline->entry_stages, way->stages, way->n);
		return entries.n == 0 || stage_rule_has(way->pipeline->entry_stages, to);
	}
	int from = place_of(way->stages, way->n, way->from), at = place_of(way->stages, way->n, to);
	if (way->pipeline->forbids_skipping && at > from + 1)
		return false;
	return !way->pipeline->forbids_going_back || at >= from;
}

static enum err closed_way(struct ctx *c, const struct way *way, struct str property, struct str to)
{
	const char *why = "Objects of this pipeline begin in other stages";
	c->why.are_properties = true;
	if (!str_is_null(way->from))
		why = place_of(way->stages, way->n, to) < place_of(way->stages, way->n, way->from)
		              ? "Objects of this pipeline do not go back"
		              : "Objects of this pipeline skip no stage";
	return fail_field(c, property, STR("STAGE_NOT_ALLOWED"), "%s: " STR_FMT " is not allowed.", why,
	                  STR_ARG(str_head(to, 100)));
}

enum err rule_way(struct ctx *c, const struct write *w, struct str stage_property)
{
	struct pipeline pipeline;
	struct stage *stages;
	size_t n;
	bool is_within = !w->is_create && str_eq(w->o.pipeline_id, w->before.pipeline_id);
	if (!is_person(c, w) || desk_may(c, CAN_ADMINISTER, NULL))
		return OK;
	TRY(pipeline_load(c, w->type->row.id, w->o.pipeline_id, &pipeline));
	if (pipeline.entry_stages.n == 0 && !pipeline.forbids_skipping && !pipeline.forbids_going_back)
		return OK;
	TRY(stage_list_of(c, w->type->row.id, w->o.pipeline_id, &stages, &n));
	const struct way way = {&pipeline, stages, n, is_within ? w->before.stage_id : STR_NULL};
	return is_open_way(c, &way, w->o.stage_id) ? OK : closed_way(c, &way, stage_property, w->o.stage_id);
}

/* Beforehand -------------------------------------------------------------------------------------------------------- */

enum err desk_stage_choices(struct ctx *c, const struct object *o, struct stage_choice **out, size_t *n_out)
{
	const struct object_in nothing = {0};
	const struct type_def *t = schema_type_by_id(c, o->object_type);
	struct write w = {.type = t, .in = &nothing, .o = *o, .before = *o};
	struct pipeline pipeline;
	struct stage *stages;
	size_t n, live = 0;
	TRY(desk_can(c, CAN_VIEW, o));
	TRY(pipeline_load_any(c, o->object_type, o->pipeline_id, &pipeline));
	TRY(stage_list_of(c, o->object_type, o->pipeline_id, &stages, &n));
	const struct way way = {&pipeline, stages, n, o->stage_id};
	*out = NEW_ARRAY(c->a, n, struct stage_choice);
	for (size_t i = 0; i < n; i++) {
		struct missing missing = {.room = NEW_ARRAY(c->a, MAX_DEMANDS, struct str)};
		if (stages[i].archived_at > 0)
			continue;
		missing.names.names = missing.room;
		struct stage_choice *choice = &(*out)[live++];
		choice->stage = stages[i];
		choice->may_move = desk_may(c, CAN_ADMINISTER, NULL) || is_open_way(c, &way, stages[i].id);
		choice->demands = stage_rule_properties(c, t, stages[i].demands);
		for (size_t k = 0; k < choice->demands.n; k++)
			want(c, &w, &missing, choice->demands.names[k]);
		choice->missing = missing.names;
	}
	*n_out = live;
	return OK;
}
