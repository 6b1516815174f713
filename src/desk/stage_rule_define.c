/* The verbs that make and change the rules of desk/stage_rule.h. */

#include "base/arena.h"
#include "base/buf.h"
#include "desk/can.h"
#include "desk/definitions.h"
#include "desk/pipeline.h"
#include "desk/property.h"
#include "desk/stage_int.h"
#include "desk/stage_rule.h"
#include "text/json.h"

enum { MAX_LIST_BYTES = 1 << 16, MAX_VALUES_BYTES = 1 << 20 };

/* Each once, separated by blanks. */
static struct str joined(struct ctx *c, const struct names *list, const struct names *more)
{
	struct buf b;
	buf_init(&b, c->a, MAX_LIST_BYTES);
	for (size_t i = 0; i < list->n + (more ? more->n : 0); i++) {
		struct str name = i < list->n ? list->names[i] : more->names[i - list->n];
		if (b.n > 0 && stage_rule_has(buf_str(&b), name))
			continue;
		if (b.n > 0)
			buf_byte(&b, ' ');
		buf_add(&b, name);
	}
	return b.n > 0 ? buf_str(&b) : STR("");
}

static enum err check_properties(struct ctx *c, const struct type_def *t, const char *field, const struct names *list)
{
	if (list->n > MAX_DEMANDS)
		return fail_field(c, str_c(field), STR("TOO_MANY"), "%s has at most %d properties.", field, MAX_DEMANDS);
	for (size_t i = 0; i < list->n; i++) {
		const struct property_def *def = schema_property(t, list->names[i]);
		if (def == NULL)
			return fail_field(c, str_c(field), STR("PROPERTY_DOESNT_EXIST"),
			                  "Property \"" STR_FMT "\" does not exist",
			                  STR_ARG(str_head(list->names[i], 200)));
		if (def->row.is_read_only)
			return fail_field(c, str_c(field), STR("READ_ONLY_VALUE"),
			                  "Nobody can set \"" STR_FMT "\": it is read only.", STR_ARG(def->row.name));
	}
	return OK;
}

/* Pipelines --------------------------------------------------------------------------------------------------------- */

static struct stage *stage_of(struct stage *stages, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (stages[i].archived_at == 0 && str_eq(stages[i].id, id))
			return &stages[i];
	return NULL;
}

static enum err no_such_stage(struct ctx *c, const char *field, struct str id)
{
	return fail_field(c, str_c(field), STR("INVALID_OPTION"), "\"" STR_FMT "\" is no stage of this pipeline.",
	                  STR_ARG(str_head(id, 100)));
}

static enum err take_demands(struct ctx *c, const struct type_def *t, const struct pipeline_rules_in *in,
                             struct stage *stages, size_t n)
{
	for (size_t i = 0; i < n; i++)
		stages[i].demands = STR("");
	for (size_t i = 0; i < in->stage_n; i++) {
		struct stage *stage = stage_of(stages, n, in->stages[i].stage_id);
		if (stage == NULL)
			return no_such_stage(c, "stages", in->stages[i].stage_id);
		TRY(check_properties(c, t, "requiredProperties", &in->stages[i].properties));
		stage->demands = joined(c, &in->stages[i].properties, NULL);
	}
	return OK;
}

enum err desk_pipeline_set_rules(struct ctx *c, const struct type_def *t, struct str pipeline_id,
                                 const struct pipeline_rules_in *in)
{
	struct pipeline p;
	struct stage *stages;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	enum err e = pipeline_load(c, t->row.id, pipeline_id, &p);
	if (e == ERR_NOT_FOUND)
		return pipeline_not_there(c, "Pipeline", pipeline_id);
	TRY(e);
	TRY(stage_list_of(c, t->row.id, pipeline_id, &stages, &n));
	for (size_t i = 0; i < in->entry_stages.n; i++)
		if (stage_of(stages, n, in->entry_stages.names[i]) == NULL)
			return no_such_stage(c, "entryStageIds", in->entry_stages.names[i]);
	TRY(take_demands(c, t, in, stages, n));
	p.entry_stages = joined(c, &in->entry_stages, NULL);
	p.forbids_skipping = in->forbids_skipping;
	p.forbids_going_back = in->forbids_going_back;
	p.updated_at = c->now;
	TRY(pipeline_save(c, &p));
	for (size_t i = 0; i < n; i++)
		TRY(stage_save(c, &stages[i]));
	TRY(pipeline_note(c, t->row.id, p.id, STR_NULL, "UPDATE", p.label, p.display_order, STR_NULL));
	return definitions_changed(c);
}

/* Properties -------------------------------------------------------------------------------------------------------- */

static enum err values_json(struct ctx *c, const struct property_def *def, const struct names *values, struct str *out)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_VALUES_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (size_t i = 0; i < values->n; i++) {
		struct str value;
		TRY(property_check(c, def, values->names[i], &value));
		json_str(&j, value);
	}
	json_array_end(&j);
	if (buf_is_full(&b))
		return fail(c, ERR_TOO_BIG, "All values together are longer than %d bytes.", MAX_VALUES_BYTES);
	*out = buf_str(&b);
	return OK;
}

static bool has_name(const struct names *list, struct str name)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->names[i], name))
			return true;
	return false;
}

static enum err take(struct ctx *c, const struct type_def *t, const struct property_rule_in *in, struct property_rule *rule)
{
	const struct property_def *def = schema_property(t, in->property);
	if (def == NULL)
		return fail_field(c, STR("property"), STR("PROPERTY_DOESNT_EXIST"),
		                  "Property \"" STR_FMT "\" does not exist", STR_ARG(str_head(in->property, 200)));
	if (in->values.n == 0 || in->values.n > MAX_RULE_VALUES)
		return fail_field(c, STR("values"), STR("INVALID_LENGTH"), "A rule has 1 to %d values.", MAX_RULE_VALUES);
	for (size_t i = 0; i < in->values.n; i++)
		if (in->values.names[i].n == 0)
			return fail_field(c, STR("values"), STR("INVALID_LENGTH"), "A value is not empty.");
	TRY(check_properties(c, t, "shownProperties", &in->shows));
	TRY(check_properties(c, t, "requiredProperties", &in->demands));
	if (in->shows.n + in->demands.n == 0)
		return fail_field(c, STR("shownProperties"), STR("REQUIRED_FIELD"), "A rule shows or requires a property.");
	if (has_name(&in->shows, in->property) || has_name(&in->demands, in->property))
		return fail_field(c, STR("property"), STR("INVALID_OPTION"), "A property does not depend on itself.");
	TRY(values_json(c, def, &in->values, &rule->option_values));
	rule->property = in->property;
	rule->shows = joined(c, &in->shows, &in->demands);
	rule->demands = joined(c, &in->demands, NULL);
	rule->updated_at = c->now;
	return OK;
}

enum err desk_property_rule_list(struct ctx *c, const struct type_def *t, const struct property_rule **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	*out = t->rules;
	*n_out = t->rule_n;
	return OK;
}

enum err desk_property_rule_create(struct ctx *c, const struct type_def *t, const struct property_rule_in *in,
                                   struct property_rule *out)
{
	struct property_rule rule = {.object_type = t->row.id, .created_at = c->now};
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	if (t->rule_n >= MAX_PROPERTY_RULES)
		return fail(c, ERR_BAD_INPUT, "A type has at most %d rules of properties.", MAX_PROPERTY_RULES);
	TRY(take(c, t, in, &rule));
	TRY(property_rule_insert(c, &rule));
	*out = rule;
	return definitions_changed(c);
}

static enum err load(struct ctx *c, const struct type_def *t, int64_t id, struct property_rule *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	enum err e = property_rule_load(c, t->row.id, id, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail(c, ERR_NOT_FOUND, "resource not found");
}

enum err desk_property_rule_replace(struct ctx *c, const struct type_def *t, int64_t id,
                                    const struct property_rule_in *in, struct property_rule *out)
{
	struct property_rule rule;
	TRY(load(c, t, id, &rule));
	TRY(take(c, t, in, &rule));
	TRY(property_rule_update(c, &rule));
	*out = rule;
	return definitions_changed(c);
}

enum err desk_property_rule_remove(struct ctx *c, const struct type_def *t, int64_t id)
{
	struct property_rule rule;
	TRY(load(c, t, id, &rule));
	TRY(property_rule_remove(c, id));
	return definitions_changed(c);
}
