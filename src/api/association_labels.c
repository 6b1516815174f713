/* What links may be: labels, and how many of them an object may have. */

#include "api/association_batch_int.h"
#include "api/association_json.h"
#include "api/body.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/association_label.h"
#include "text/json_read.h"

static enum err types_of(struct ctx *c, const struct req *q, const struct type_def **from, const struct type_def **to)
{
	TRY(req_type(c, q, "fromObjectType", from));
	return req_type(c, q, "toObjectType", to);
}

static enum err read_label(struct ctx *c, const json_t *body, struct link_label_in *out)
{
	TRY(body_need_object(c, body));
	*out = (struct link_label_in){
		.name = json_get_str(body, "name"),
		.label = json_get_str(body, "label"),
		.inverse_label = json_get_str(body, "inverseLabel"),
	};
	return str_is_null(out->label) ? body_lacks(c, "label") : OK;
}

enum err api_association_labels(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *from, *to;
	struct association_type *types;
	size_t n;
	TRY(types_of(c, q, &from, &to));
	TRY(desk_association_types(c, from->row.id, to->row.id, &types, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		link_type_json(&r->j, &types[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_association_types_v3(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *from, *to;
	struct association_type *types;
	size_t n;
	TRY(types_of(c, q, &from, &to));
	TRY(desk_association_types(c, from->row.id, to->row.id, &types, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_id(&r->j, "id", types[i].type_id);
		json_add_string(&r->j, "name", types[i].name);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_association_label_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *from, *to;
	struct link_label_in in;
	struct association_type *types;
	size_t n;
	TRY(types_of(c, q, &from, &to));
	TRY(read_label(c, q->json, &in));
	if (str_is_null(in.name))
		return body_lacks(c, "name");
	TRY(desk_link_label_create(c, from, to, &in, &types, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		link_type_json(&r->j, &types[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_association_label_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *from, *to;
	struct link_label_in in;
	int64_t type_id = json_get_id(q->json, "associationTypeId");
	TRY(types_of(c, q, &from, &to));
	TRY(read_label(c, q->json, &in));
	if (type_id == 0)
		return body_lacks(c, "associationTypeId");
	TRY(desk_link_label_update(c, from, to, type_id, &in));
	return res_nothing(r);
}

enum err api_association_label_remove(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *from, *to;
	int64_t type_id;
	TRY(types_of(c, q, &from, &to));
	if (!num_parse_id(req_param(q, "associationTypeId"), &type_id))
		return fail(c, ERR_BAD_INPUT, "The association type is a number.");
	TRY(desk_link_label_remove(c, from, to, type_id));
	return res_nothing(r);
}

/* Limits ------------------------------------------------------------------------------------------------------------ */

static void write_limit(struct json *j, const struct association_type *t, bool with_label)
{
	json_object_begin(j);
	json_add_string(j, "category", t->category);
	json_add_int(j, "typeId", t->type_id);
	if (with_label)
		json_add_string(j, "label", t->label);
	json_add_int(j, "userEnforcedMaxToObjectIds", t->max_to_objects);
	json_object_end(j);
}

static enum err write_limits(struct ctx *c, struct res *r, const struct type_def *from, const struct type_def *to)
{
	struct association_type *types;
	size_t n;
	TRY(desk_link_limits(c, from, to, &types, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_limit(&r->j, &types[i], true);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_link_limits_all(struct ctx *c, const struct req *q, struct res *r)
{
	(void)q;
	return write_limits(c, r, NULL, NULL);
}

enum err api_link_limits_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *from, *to;
	TRY(types_of(c, q, &from, &to));
	return write_limits(c, r, from, to);
}

static enum err limit_one(struct ctx *c, const struct link_batch *b, const json_t *input, enum limit_change change,
                          struct association_type *out)
{
	struct str category = json_get_str(input, "category");
	int64_t type_id = json_get_id(input, "typeId"), most = json_get_int(input, "maxToObjectIds", 0);
	struct association_type t;
	if (type_id == 0)
		return body_lacks(c, "typeId");
	if (change != LIMIT_REMOVE && json_object_get(input, "maxToObjectIds") == NULL)
		return body_lacks(c, "maxToObjectIds");
	enum err e = desk_association_type(c, type_id, &t);
	if (e == OK && category.n > 0 && !str_eq(category, t.category))
		return fail_field(c, STR("category"), STR("INVALID_OPTION"), "Association type %lld is " STR_FMT ".",
		                  (long long)type_id, STR_ARG(t.category));
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else
		TRY(e);
	return desk_link_limit(c, b->from_type, b->to_type, type_id, change, most, out);
}

static enum err change_limits(struct ctx *c, const struct req *q, struct res *r, enum limit_change change)
{
	struct link_batch b;
	TRY(link_batch_begin(c, q, r, MAX_LIMITS_IN, &b));
	TRY(desk_link_limits_begin(c));
	for (size_t i = 0; i < b.n; i++) {
		struct association_type t;
		enum err e = limit_one(c, &b, json_array_get(b.inputs, i), change, &t);
		if (change == LIMIT_REMOVE)
			TRY(e);
		TRY(link_batch_settle(c, &b, e));
		if (e == OK)
			write_limit(&r->j, &t, change == LIMIT_SET);
	}
	TRY(desk_link_limits_end(c));
	return change == LIMIT_REMOVE ? link_batch_end_empty(c, &b) : link_batch_end(c, &b, 207);
}

enum err api_link_limits_create(struct ctx *c, const struct req *q, struct res *r)
{
	return change_limits(c, q, r, LIMIT_SET);
}

enum err api_link_limits_update(struct ctx *c, const struct req *q, struct res *r)
{
	return change_limits(c, q, r, LIMIT_CHANGE);
}

enum err api_link_limits_purge(struct ctx *c, const struct req *q, struct res *r)
{
	return change_limits(c, q, r, LIMIT_REMOVE);
}
