/* Models and shapes as JSON Schema (2020-12, as OpenAPI 3.1 has it). */

#include "api/openapi_int.h"

#include "base/arena.h"
#include "text/json_read.h"

static void type_of_id(struct json *j)
{
	json_add_string(j, "type", STR("string"));
	json_add_string(j, "pattern", STR("^[0-9]+$"));
}

static void type_of_time(struct json *j)
{
	json_add_string(j, "type", STR("string"));
	json_add_string(j, "format", STR("date-time"));
}

/* Values of properties: strings, or null. */
static void type_of_map(struct json *j)
{
	json_add_string(j, "type", STR("object"));
	json_key(j, "additionalProperties");
	json_object_begin(j);
	json_key(j, "type");
	json_array_begin(j);
	json_str(j, STR("string"));
	json_str(j, STR("null"));
	json_array_end(j);
	json_object_end(j);
}

/* Models and shapes have names that begin with a capital. */
void openapi_type(struct ctx *c, struct json *j, struct str type)
{
	bool is_list = str_starts(type, STR("["));
	if (is_list || str_starts(type, STR("{"))) {
		json_add_string(j, "type", is_list ? STR("array") : STR("object"));
		json_key(j, is_list ? "items" : "additionalProperties");
		json_object_begin(j);
		openapi_type(c, j, str_head(str_skip(type, 1), type.n - 2));
		json_object_end(j);
		return;
	}
	if (str_eq(type, STR("id")))
		type_of_id(j);
	else if (str_eq(type, STR("time")))
		type_of_time(j);
	else if (str_eq(type, STR("map")))
		type_of_map(j);
	else if (type.p[0] >= 'A' && type.p[0] <= 'Z')
		json_add_string(j, "$ref", str_fmt(c->a, "#/components/schemas/" STR_FMT, STR_ARG(type)));
	else if (!str_eq(type, STR("any")))
		json_add_string(j, "type", type);
}

/* "name": {a schema with no more than its type} */
static void member(struct ctx *c, struct json *j, const char *name, struct str type)
{
	json_key(j, name);
	json_object_begin(j);
	openapi_type(c, j, type);
	json_object_end(j);
}

static void required(struct json *j, const char *first, const char *second)
{
	json_key(j, "required");
	json_array_begin(j);
	json_str(j, str_c(first));
	if (second != NULL)
		json_str(j, str_c(second));
	json_array_end(j);
}

static void wrapped_members(struct ctx *c, struct json *j, struct str list, enum wrap wrap)
{
	json_add_string(j, "type", STR("object"));
	json_key(j, "properties");
	json_object_begin(j);
	member(c, j, wrap == AS_INPUTS ? "inputs" : "results", list);
	if (wrap == AS_FOUND)
		member(c, j, "total", STR("integer"));
	if (wrap == AS_FOUND || wrap == AS_LIST)
		member(c, j, "paging", STR("Paging"));
	if (wrap == AS_BATCH) {
		member(c, j, "status", STR("string"));
		member(c, j, "startedAt", STR("time"));
		member(c, j, "completedAt", STR("time"));
		member(c, j, "numErrors", STR("integer"));
		member(c, j, "errors", STR("[Error]"));
	}
	json_object_end(j);
	required(j, wrap == AS_INPUTS ? "inputs" : "results",
	         wrap == AS_FOUND ? "total" : wrap == AS_BATCH ? "status" : NULL);
}

void openapi_wrapped(struct ctx *c, struct json *j, const char *model, enum wrap wrap)
{
	struct str list = str_fmt(c->a, "[%s]", model);
	json_key(j, "schema");
	json_object_begin(j);
	if (wrap == AS_IT_IS || wrap == AS_FORM || wrap == AS_FILE)
		openapi_type(c, j, str_c(model));
	else if (wrap == AS_ARRAY)
		openapi_type(c, j, list);
	else if (wrap != AS_BYTES && wrap != AS_EVENTS && wrap != AS_PAGE)
		wrapped_members(c, j, list, wrap);
	json_object_end(j);
}

/* Models --------------------------------------------------------------------------------------------------------- */

static void write_model(struct ctx *c, struct json *j, const struct model *m)
{
	json_key(j, m->name);
	json_object_begin(j);
	json_add_string(j, "type", STR("object"));
	json_add_string(j, "description", str_c(m->help));
	json_key(j, "properties");
	json_object_begin(j);
	for (size_t i = 0; i < m->field_n; i++) {
		json_key(j, m->fields[i].name);
		json_object_begin(j);
		openapi_type(c, j, str_c(m->fields[i].type));
		if (m->fields[i].help[0])
			json_add_string(j, "description", str_c(m->fields[i].help));
		json_object_end(j);
	}
	json_object_end(j);
	json_key(j, "required");
	json_array_begin(j);
	for (size_t i = 0; i < m->field_n; i++)
		if (m->fields[i].is_required)
			json_str(j, str_c(m->fields[i].name));
	json_array_end(j);
	json_object_end(j);
}

/* Shapes --------------------------------------------------------------------------------------------------------- */

static void field_type(struct ctx *c, struct json *j, const struct field *f)
{
	openapi_type(c, j, wire_type(f));
	if (f->type == F_STR && f->max > 0)
		json_add_int(j, "maxLength", f->max);
}

static void write_field(struct ctx *c, struct json *j, const struct field *f)
{
	json_object_begin(j);
	field_type(c, j, f);
	if (f->one_of != NULL) {
		json_key(j, "enum");
		json_array_begin(j);
		for (const char *const *value = f->one_of; *value != NULL; value++)
			json_str(j, str_c(*value));
		json_array_end(j);
	}
	json_add_string(j, "description", str_c(f->help));
	json_object_end(j);
}

static void write_shape(struct ctx *c, struct json *j, const struct shape *s, bool is_input)
{
	json_key(j, s->name);
	json_object_begin(j);
	json_add_string(j, "type", STR("object"));
	json_key(j, "properties");
	json_object_begin(j);
	for (size_t i = 0; i < s->field_n; i++) {
		const struct field *f = &s->fields[i];
		if ((f->flags & F_SECRET) && !is_input)
			continue;
		json_key_str(j, field_wire_name(c, f));
		write_field(c, j, f);
	}
	json_object_end(j);
	json_key(j, "required");
	json_array_begin(j);
	for (size_t i = 0; i < s->field_n; i++) {
		const struct field *f = &s->fields[i];
		bool is_required = is_input ? (f->flags & F_REQUIRED) != 0 : !(f->flags & (F_NULL | F_SECRET));
		if (is_required)
			json_str(j, field_wire_name(c, f));
	}
	json_array_end(j);
	json_object_end(j);
}

void openapi_components(struct ctx *c, struct json *j)
{
	const struct model *m;
	const struct shape *s;
	bool is_input;
	json_key(j, "schemas");
	json_object_begin(j);
	for (size_t i = 0; (m = model_at(i)) != NULL; i++)
		write_model(c, j, m);
	for (size_t i = 0; (s = wire_shape_at(i, &is_input)) != NULL; i++)
		write_shape(c, j, s, is_input);
	json_object_end(j);
}
