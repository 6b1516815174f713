/* Definitions of properties and of their groups. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/property_json.h"
#include "base/arena.h"
#include "desk/define.h"
#include "desk/schema.h"
#include "text/json_read.h"

enum { MAX_BATCH = 100, MAX_OPTIONS_BYTES = 8 << 20 };

static enum err type_of(struct ctx *c, const struct req *q, int64_t *out)
{
	const struct type_def *t;
	TRY(req_type(c, q, "objectType", &t));
	*out = t->row.id;
	return OK;
}

static void write_metadata(struct json *j, const struct property *p)
{
	json_key(j, "modificationMetadata");
	json_object_begin(j);
	json_add_bool(j, "archivable", !p->is_built_in);
	json_add_bool(j, "readOnlyDefinition", p->is_built_in);
	if (str_eq(p->type, STR("enumeration")))
		json_add_bool(j, "readOnlyOptions", define_options_are_fixed(p));
	json_add_bool(j, "readOnlyValue", p->is_read_only);
	json_object_end(j);
}

void property_json(struct json *j, const struct property *p)
{
	/* owners, pipelines and stages are rows elsewhere */
	bool is_external = p->is_built_in && str_eq(p->type, STR("enumeration")) && str_eq(p->options, STR("[]"));
	json_object_begin(j);
	json_add_string(j, "name", p->name);
	json_add_string(j, "label", p->label);
	json_add_string(j, "type", p->type);
	json_add_string(j, "fieldType", p->field_type);
	json_add_string(j, "description", p->description);
	json_add_string(j, "groupName", p->group_name);
	json_add_raw(j, "options", p->options);
	json_add_int(j, "displayOrder", p->display_order);
	json_add_bool(j, "calculated", p->is_calculated);
	json_add_bool(j, "externalOptions", is_external);
	if (str_eq(p->kept_in, STR("owner_id")))
		json_add_string(j, "referencedObjectType", STR("OWNER"));
	json_add_bool(j, "hasUniqueValue", p->is_unique);
	json_add_bool(j, "hidden", p->is_hidden);
	json_add_bool(j, "hubspotDefined", p->is_built_in);
	json_add_bool(j, "formField", p->is_form_field);
	json_add_string(j, "dataSensitivity", STR("non_sensitive"));
	json_add_bool(j, "archived", p->archived_at > 0);
	json_add_time(j, "archivedAt", p->archived_at);
	json_add_time(j, "createdAt", p->created_at);
	json_add_time(j, "updatedAt", p->updated_at);
	write_metadata(j, p);
	json_object_end(j);
}

/* Reading bodies ---------------------------------------------------------------------------------------------------- */

static const bool *given_bool(struct ctx *c, const json_t *body, const char *key)
{
	bool *value = NEW(c->a, bool);
	*value = json_get_bool(body, key, false);
	return json_is_boolean(json_object_get(body, key)) ? value : NULL;
}

static const int64_t *given_int(struct ctx *c, const json_t *body, const char *key)
{
	int64_t *value = NEW(c->a, int64_t);
	*value = json_get_int(body, key, 0);
	return json_is_integer(json_object_get(body, key)) ? value : NULL;
}

enum err property_in_read(struct ctx *c, const json_t *body, struct property_in *out)
{
	TRY(body_need_object(c, body));
	const json_t *options = json_object_get(body, "options");
	*out = (struct property_in){
		.name = json_get_str(body, "name"),
		.label = json_get_str(body, "label"),
		.description = json_get_str(body, "description"),
		.type = json_get_str(body, "type"),
		.field_type = json_get_str(body, "fieldType"),
		.group_name = json_get_str(body, "groupName"),
		.display_order = given_int(c, body, "displayOrder"),
		.is_hidden = given_bool(c, body, "hidden"),
		.is_form_field = given_bool(c, body, "formField"),
		.is_unique = json_get_bool(body, "hasUniqueValue", false),
		.is_calculated = json_get_str(body, "calculationFormula").n > 0,
	};
	if (options == NULL || json_is_null(options))
		return OK;
	out->options = json_compact(c, options, MAX_OPTIONS_BYTES);
	if (str_is_null(out->options))
		return fail(c, ERR_TOO_BIG, "All options together are longer than %d bytes.", MAX_OPTIONS_BYTES);
	return OK;
}

/* Properties -------------------------------------------------------------------------------------------------------- */

static bool is_wanted(const struct str *names, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], name))
			return true;
	return n == 0;
}

enum err api_properties_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct property *rows;
	struct str *names;
	size_t n, name_n = req_list(c, q, "properties", &names);
	int64_t type;
	bool is_archived;
	TRY(type_of(c, q, &type));
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(desk_property_list(c, type, is_archived, &rows, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		if (is_wanted(names, name_n, rows[i].name))
			property_json(&r->j, &rows[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_properties_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct property_in in;
	struct property p;
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(property_in_read(c, q->json, &in));
	TRY(desk_property_create(c, type, &in, &p));
	property_json(&r->j, &p);
	return OK;
}

enum err api_properties_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct property p;
	int64_t type;
	bool is_archived;
	TRY(type_of(c, q, &type));
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(desk_property_load(c, type, req_param(q, "propertyName"), is_archived, &p));
	property_json(&r->j, &p);
	return OK;
}

enum err api_properties_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct property_in in;
	struct property p;
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(property_in_read(c, q->json, &in));
	TRY(desk_property_update(c, type, req_param(q, "propertyName"), &in, &p));
	property_json(&r->j, &p);
	return OK;
}

enum err api_properties_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(desk_property_archive(c, type, req_param(q, "propertyName")));
	return res_nothing(r);
}

/* Batches: what is wrong with one input keeps none of the others from being done ------------------------------------- */

typedef enum err one_fn(struct ctx *c, const struct req *q, int64_t type, const json_t *input, struct property *out);

static enum err create_one(struct ctx *c, const struct req *q, int64_t type, const json_t *input, struct property *out)
{
	struct property_in in;
	(void)q;
	TRY(property_in_read(c, input, &in));
	return desk_property_create(c, type, &in, out);
}

static enum err read_one(struct ctx *c, const struct req *q, int64_t type, const json_t *input, struct property *out)
{
	TRY(body_need_object(c, input));
	return desk_property_load(c, type, json_get_str(input, "name"), json_get_bool(q->json, "archived", false), out);
}

static enum err batch(struct ctx *c, const struct req *q, struct res *r, one_fn *one)
{
	struct failure failed[MAX_BATCH];
	size_t n, failed_n = 0;
	const json_t *inputs;
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(batch_inputs(c, q, MAX_BATCH, &inputs, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		struct property p;
		enum err e = one(c, q, type, json_array_get(inputs, i), &p);
		if (e == OK) {
			property_json(&r->j, &p);
			continue;
		}
		if (err_http(e) >= 500 || e == ERR_NOT_ALLOWED)
			return e;
		failed[failed_n++] = batch_failure(c, e);
	}
	res_batch_end(c, r, failed, failed_n, 207);
	return OK;
}

enum err api_properties_batch_create(struct ctx *c, const struct req *q, struct res *r)
{
	return batch(c, q, r, create_one);
}

enum err api_properties_batch_read(struct ctx *c, const struct req *q, struct res *r)
{
	return batch(c, q, r, read_one);
}

/* All or nothing, because its answer has no place for what went wrong. */
enum err api_properties_batch_archive(struct ctx *c, const struct req *q, struct res *r)
{
	const json_t *inputs;
	int64_t type;
	size_t n;
	TRY(type_of(c, q, &type));
	TRY(batch_inputs(c, q, MAX_BATCH, &inputs, &n));
	for (size_t i = 0; i < n; i++)
		TRY(desk_property_archive(c, type, json_get_str(json_array_get(inputs, i), "name")));
	return res_nothing(r);
}

/* Groups ------------------------------------------------------------------------------------------------------------ */

static void write_group(struct json *j, const struct property_group *g)
{
	json_object_begin(j);
	json_add_string(j, "name", g->name);
	json_add_string(j, "label", g->label);
	json_add_int(j, "displayOrder", g->display_order);
	json_add_bool(j, "archived", g->archived_at > 0);
	json_object_end(j);
}

enum err api_groups_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct property_group *rows;
	size_t n;
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(desk_group_list(c, type, &rows, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_group(&r->j, &rows[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_groups_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct property_group g;
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(body_need_object(c, q->json));
	TRY(desk_group_create(c, type, json_get_str(q->json, "name"), json_get_str(q->json, "label"),
	                      given_int(c, q->json, "displayOrder"), &g));
	write_group(&r->j, &g);
	return OK;
}

enum err api_groups_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct property_group g;
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(desk_group_load(c, type, req_param(q, "groupName"), &g));
	write_group(&r->j, &g);
	return OK;
}

enum err api_groups_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct property_group g;
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(body_need_object(c, q->json));
	TRY(desk_group_update(c, type, req_param(q, "groupName"), json_get_str(q->json, "label"),
	                      given_int(c, q->json, "displayOrder"), &g));
	write_group(&r->j, &g);
	return OK;
}

enum err api_groups_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t type;
	TRY(type_of(c, q, &type));
	TRY(desk_group_archive(c, type, req_param(q, "groupName")));
	return res_nothing(r);
}
