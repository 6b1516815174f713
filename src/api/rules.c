/* What pipelines ask of people, and which properties depend on others: the settings behind desk/stage_rule.h. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "desk/pipeline.h"
#include "desk/stage_rule.h"
#include "text/json_read.h"

enum { MAX_NAMES_IN = 1000 };

static enum err not_names(struct ctx *c, const char *field)
{
	return fail_field(c, str_c(field), STR("INVALID_TYPE"), "%s is a list of at most %d texts.", field, MAX_NAMES_IN);
}

/* A list of texts; none where the body does not have it. */
static enum err read_names(struct ctx *c, const json_t *body, const char *field, struct names *out)
{
	const json_t *list = json_object_get(body, field);
	size_t n = json_array_size(list);
	*out = (struct names){0};
	if (list == NULL || json_is_null(list))
		return OK;
	if (!json_is_array(list) || n > MAX_NAMES_IN)
		return not_names(c, field);
	struct str *names = NEW_ARRAY(c->a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		names[i] = json_scalar_text(c, json_array_get(list, i));
		if (str_is_null(names[i]))
			return not_names(c, field);
	}
	*out = (struct names){names, n};
	return OK;
}

static enum err read_bool(struct ctx *c, const json_t *body, const char *field, bool *out)
{
	const json_t *value = json_object_get(body, field);
	*out = json_is_true(value);
	if (value == NULL || json_is_boolean(value))
		return OK;
	return fail_field(c, str_c(field), STR("INVALID_BOOLEAN"), "%s is true or false.", field);
}

/* Pipelines --------------------------------------------------------------------------------------------------------- */

static enum err give_rules(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline p;
	struct stage *stages;
	size_t n, own_n = 0;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_pipeline_load(c, t->row.id, req_param(q, "pipelineId"), &p, &stages, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(stages[i].pipeline_id, p.id))
			stages[own_n++] = stages[i];
	const struct names entries = stage_rule_stages(c, p.entry_stages, stages, own_n);
	json_object_begin(&r->j);
	json_add_string(&r->j, "pipelineId", p.id);
	json_add_strings(&r->j, "entryStageIds", entries.names, entries.n);
	json_add_bool(&r->j, "forbidsSkipping", p.forbids_skipping);
	json_add_bool(&r->j, "forbidsGoingBack", p.forbids_going_back);
	json_key(&r->j, "stages");
	json_array_begin(&r->j);
	for (size_t i = 0; i < own_n; i++) {
		const struct names demands = stage_rule_properties(c, t, stages[i].demands);
		json_object_begin(&r->j);
		json_add_string(&r->j, "stageId", stages[i].id);
		json_add_strings(&r->j, "requiredProperties", demands.names, demands.n);
		json_object_end(&r->j);
	}
	json_array_end(&r->j);
	json_object_end(&r->j);
	return OK;
}

enum err api_pipeline_rules_read(struct ctx *c, const struct req *q, struct res *r)
{
	return give_rules(c, q, r);
}

static enum err read_stages(struct ctx *c, const json_t *body, struct pipeline_rules_in *out)
{
	const json_t *list = json_object_get(body, "stages");
	size_t n = json_array_size(list);
	if (list == NULL)
		return OK;
	if (!json_is_array(list) || n > MAX_STAGES)
		return fail_field(c, STR("stages"), STR("INVALID_TYPE"), "stages is a list of at most %d.", MAX_STAGES);
	struct stage_demands *stages = NEW_ARRAY(c->a, n, struct stage_demands);
	for (size_t i = 0; i < n; i++) {
		stages[i].stage_id = json_get_str(json_array_get(list, i), "stageId");
		TRY(read_names(c, json_array_get(list, i), "requiredProperties", &stages[i].properties));
	}
	out->stages = stages;
	out->stage_n = n;
	return OK;
}

enum err api_pipeline_rules_replace(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline_rules_in in = {0};
	TRY(req_type(c, q, "objectType", &t));
	TRY(body_need_object(c, q->json));
	TRY(read_names(c, q->json, "entryStageIds", &in.entry_stages));
	TRY(read_bool(c, q->json, "forbidsSkipping", &in.forbids_skipping));
	TRY(read_bool(c, q->json, "forbidsGoingBack", &in.forbids_going_back));
	TRY(read_stages(c, q->json, &in));
	TRY(desk_pipeline_set_rules(c, t, req_param(q, "pipelineId"), &in));
	return give_rules(c, q, r);
}

/* Properties -------------------------------------------------------------------------------------------------------- */

static void write_rule(struct ctx *c, struct json *j, const struct type_def *t, const struct property_rule *rule)
{
	const struct names shows = stage_rule_properties(c, t, rule->shows), demands = stage_rule_properties(c, t, rule->demands);
	json_object_begin(j);
	json_add_id(j, "id", rule->id);
	json_add_string(j, "property", rule->property);
	json_add_raw(j, "values", rule->option_values);
	json_add_strings(j, "shownProperties", shows.names, shows.n);
	json_add_strings(j, "requiredProperties", demands.names, demands.n);
	json_add_time(j, "createdAt", rule->created_at);
	json_add_time(j, "updatedAt", rule->updated_at);
	json_object_end(j);
}

enum err api_property_rules_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	const struct property_rule *rules;
	size_t n;
	TRY(req_type(c, q, "objectType", &t));
	TRY(desk_property_rule_list(c, t, &rules, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_rule(c, &r->j, t, &rules[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

static enum err read_rule(struct ctx *c, const struct req *q, struct property_rule_in *out)
{
	TRY(body_need_object(c, q->json));
	*out = (struct property_rule_in){.property = json_get_str(q->json, "property")};
	TRY(read_names(c, q->json, "values", &out->values));
	TRY(read_names(c, q->json, "shownProperties", &out->shows));
	return read_names(c, q->json, "requiredProperties", &out->demands);
}

enum err api_property_rules_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct property_rule_in in;
	struct property_rule rule;
	TRY(req_type(c, q, "objectType", &t));
	TRY(read_rule(c, q, &in));
	TRY(desk_property_rule_create(c, t, &in, &rule));
	write_rule(c, &r->j, t, &rule);
	return OK;
}

enum err api_property_rules_replace(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct property_rule_in in;
	struct property_rule rule;
	int64_t id;
	TRY(req_type(c, q, "objectType", &t));
	TRY(req_id(c, q, "ruleId", &id));
	TRY(read_rule(c, q, &in));
	TRY(desk_property_rule_replace(c, t, id, &in, &rule));
	write_rule(c, &r->j, t, &rule);
	return OK;
}

enum err api_property_rules_remove(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	int64_t id;
	TRY(req_type(c, q, "objectType", &t));
	TRY(req_id(c, q, "ruleId", &id));
	TRY(desk_property_rule_remove(c, t, id));
	return res_nothing(r);
}
