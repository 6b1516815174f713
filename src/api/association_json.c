#include "api/association_json.h"

#include "api/body.h"
#include "base/arena.h"
#include "desk/env.h"
#include "text/json_read.h"

void link_type_json(struct json *j, const struct association_type *type)
{
	json_object_begin(j);
	json_add_string(j, "category", type->category);
	json_add_int(j, "typeId", type->type_id);
	json_add_string_or_null(j, "label", type->label);
	json_object_end(j);
}

static void write_id(struct json *j, const char *name, int64_t id)
{
	json_key(j, name);
	json_object_begin(j);
	json_add_id(j, "id", id);
	json_object_end(j);
}

static void write_direction(struct json *j, int64_t from_id, int64_t to_id, struct str category, int64_t type_id)
{
	json_object_begin(j);
	write_id(j, "from", from_id);
	write_id(j, "to", to_id);
	json_key(j, "associationSpec");
	json_object_begin(j);
	json_add_string(j, "associationCategory", category);
	json_add_int(j, "associationTypeId", type_id);
	json_object_end(j);
	json_object_end(j);
}

void link_default_json(struct json *j, const struct object *from, const struct object *to,
                       const struct association_type *type)
{
	write_direction(j, from->id, to->id, type->category, type->type_id);
	write_direction(j, to->id, from->id, type->category, type->inverse_id);
}

enum err link_json(struct ctx *c, struct json *j, const struct object *from, const struct object *to,
                   const int64_t *type_ids, size_t n)
{
	json_object_begin(j);
	json_add_string(j, "fromObjectTypeId", schema_type_by_id(c, from->object_type)->row.type_id);
	json_add_id(j, "fromObjectId", from->id);
	json_add_string(j, "toObjectTypeId", schema_type_by_id(c, to->object_type)->row.type_id);
	json_add_id(j, "toObjectId", to->id);
	json_key(j, "labels");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		struct association_type type;
		TRY(desk_association_type(c, type_ids[i], &type));
		if (!str_is_null(type.label))
			json_str(j, type.label);
	}
	json_array_end(j);
	json_object_end(j);
	return OK;
}

enum err link_names_json(struct ctx *c, struct json *j, const struct association *links, size_t n, int64_t most,
                         size_t *written_out)
{
	size_t i = 0;
	for (int64_t objects = 0; i < n; i++) {
		struct association_type type;
		bool is_next = i == 0 || links[i].to_id != links[i - 1].to_id;
		if (is_next && ++objects > most)
			break;
		TRY(desk_association_type(c, links[i].type_id, &type));
		json_object_begin(j);
		json_add_id(j, "id", links[i].to_id);
		json_add_string(j, "type", type.name);
		json_object_end(j);
	}
	*written_out = i;
	return OK;
}

enum err link_types_read(struct ctx *c, const json_t *list, int64_t *out)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		out[i] = json_get_id(json_array_get(list, i), "associationTypeId");
		if (out[i] == 0)
			return body_lacks(c, "associationTypeId");
	}
	return OK;
}

void link_paging_json(struct ctx *c, struct json *j, const struct type_def *from_type, int64_t from_id,
                      const struct type_def *to_type, int64_t after)
{
	json_key(j, "paging");
	json_object_begin(j);
	json_key(j, "next");
	json_object_begin(j);
	json_add_id(j, "after", after);
	json_add_string(j, "link",
	                str_fmt(c->a, STR_FMT "/crm/v3/objects/" STR_FMT "/%lld/associations/" STR_FMT "?after=%lld",
	                        STR_ARG(c->env->public_url), STR_ARG(from_type->row.plural), (long long)from_id,
	                        STR_ARG(to_type->row.plural), (long long)after));
	json_object_end(j);
	json_object_end(j);
}
