/* Associations: v4 (labels, default, removal) and the older single link of v3. */

#include "api/association_json.h"
#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "desk/associate.h"
#include "text/json_read.h"

enum { DEFAULT_LIMIT = 500, MAX_LIMIT = 500 };

struct ends {
	const struct type_def *from_type, *to_type;
	struct object from, to;
};

static enum err load_from(struct ctx *c, const struct req *q, struct ends *e)
{
	int64_t id;
	TRY(req_type(c, q, "objectType", &e->from_type));
	TRY(req_type(c, q, "toObjectType", &e->to_type));
	TRY(req_id(c, q, "objectId", &id));
	return desk_object_load(c, e->from_type, id, false, &e->from);
}

/* For who removes a link: what is not there has none. */
static enum err load_ends(struct ctx *c, const struct req *q, struct ends *e)
{
	int64_t id;
	TRY(load_from(c, q, e));
	TRY(req_id(c, q, "toObjectId", &id));
	return desk_object_load(c, e->to_type, id, false, &e->to);
}

/* For who makes one. */
static enum err find_ends(struct ctx *c, const struct req *q, struct ends *e)
{
	int64_t from_id, to_id;
	TRY(req_type(c, q, "objectType", &e->from_type));
	TRY(req_type(c, q, "toObjectType", &e->to_type));
	TRY(req_id(c, q, "objectId", &from_id));
	TRY(req_id(c, q, "toObjectId", &to_id));
	return desk_associate_ends(c, e->from_type, from_id, e->to_type, to_id, &e->from, &e->to);
}

enum err api_associations_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct ends e;
	struct association *links;
	size_t n;
	int64_t limit, after, last_id = 0;
	TRY(load_from(c, q, &e));
	TRY(req_int(c, q, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(desk_association_list(c, &e.from, e.to_type->row.id, after, limit + 1, &links, &n));
	res_list_begin(r);
	size_t i = 0;
	for (int64_t written = 0; i < n && written < limit; written++) {
		last_id = links[i].to_id;
		json_object_begin(&r->j);
		json_add_id(&r->j, "toObjectId", last_id);
		json_key(&r->j, "associationTypes");
		json_array_begin(&r->j);
		for (; i < n && links[i].to_id == last_id; i++) {
			struct association_type type;
			TRY(desk_association_type(c, links[i].type_id, &type));
			link_type_json(&r->j, &type);
		}
		json_array_end(&r->j);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", i < n ? str_fmt(c->a, "%lld", (long long)last_id) : STR_NULL);
	return OK;
}

/* The unlabelled type between the two. */
static enum err plain_type(struct ctx *c, const struct ends *e, struct association_type *out)
{
	struct association_type *types;
	size_t n;
	TRY(desk_association_types(c, e->from_type->row.id, e->to_type->row.id, &types, &n));
	for (size_t i = 0; i < n; i++)
		if (str_is_null(types[i].label)) {
			*out = types[i];
			return OK;
		}
	return fail(c, ERR_BAD_INPUT, "Objects of these two types cannot be associated.");
}

enum err api_associations_put_default(struct ctx *c, const struct req *q, struct res *r)
{
	struct ends e;
	struct association_type type;
	TRY(find_ends(c, q, &e));
	TRY(desk_associate_also(c, &e.from, &e.to, 0, NULL));
	TRY(plain_type(c, &e, &type));
	json_object_begin(&r->j);
	json_add_string(&r->j, "status", STR("COMPLETE"));
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	link_default_json(&r->j, &e.from, &e.to, &type);
	json_array_end(&r->j);
	json_add_time(&r->j, "startedAt", c->now);
	json_add_time(&r->j, "completedAt", c->now);
	json_object_end(&r->j);
	return OK;
}

/* The types that a body names, each once or more. */
static enum err read_types(struct ctx *c, const json_t *list, int64_t *ids, size_t *n_out)
{
	size_t n = json_array_size(list);
	if (!json_is_array(list) || n == 0)
		return fail(c, ERR_BAD_INPUT,
		            "Invalid input JSON on line 1, column 1: a list of association types is expected");
	if (n > MAX_TYPES_PER_LINK)
		return fail(c, ERR_TOO_BIG, "More than %d association types.", MAX_TYPES_PER_LINK);
	TRY(link_types_read(c, list, ids));
	*n_out = n;
	return OK;
}

enum err api_associations_put(struct ctx *c, const struct req *q, struct res *r)
{
	struct ends e;
	int64_t ids[MAX_TYPES_PER_LINK];
	size_t n = 0;
	TRY(read_types(c, q->json, ids, &n));
	TRY(find_ends(c, q, &e));
	TRY(desk_associate_as(c, &e.from, &e.to, ids, n, NULL));
	return link_json(c, &r->j, &e.from, &e.to, ids, n);
}

enum err api_associations_remove(struct ctx *c, const struct req *q, struct res *r)
{
	struct ends e;
	TRY(load_ends(c, q, &e));
	TRY(desk_dissociate(c, &e.from, &e.to, NULL));
	return res_nothing(r);
}

enum err api_associations_list_v3(struct ctx *c, const struct req *q, struct res *r)
{
	struct ends e;
	struct association *links;
	size_t n, i;
	int64_t limit, after;
	TRY(load_from(c, q, &e));
	TRY(req_int(c, q, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(desk_association_list(c, &e.from, e.to_type->row.id, after, limit + 1, &links, &n));
	res_list_begin(r);
	TRY(link_names_json(c, &r->j, links, n, limit, &i));
	res_list_end(r, "after", i < n ? str_fmt(c->a, "%lld", (long long)links[i - 1].to_id) : STR_NULL);
	return OK;
}

/* By its number, or by its name as in the batches of v3. */
static enum err type_param(struct ctx *c, const struct req *q, const struct ends *e, int64_t *out)
{
	return desk_association_type_named(c, e->from_type->row.id, e->to_type->row.id,
	                                   req_param(q, "associationTypeId"), out);
}

enum err api_associations_put_v3(struct ctx *c, const struct req *q, struct res *r)
{
	struct ends e;
	int64_t type_id;
	TRY(find_ends(c, q, &e));
	TRY(type_param(c, q, &e, &type_id));
	TRY(desk_associate_also(c, &e.from, &e.to, type_id, NULL));
	json_object_begin(&r->j);
	json_add_id(&r->j, "id", e.from.id);
	json_key(&r->j, "properties");
	json_object_begin(&r->j);
	json_object_end(&r->j);
	json_add_time(&r->j, "createdAt", e.from.created_at);
	json_add_time(&r->j, "updatedAt", c->now);
	json_add_bool(&r->j, "archived", false);
	json_object_end(&r->j);
	return OK;
}

enum err api_associations_remove_v3(struct ctx *c, const struct req *q, struct res *r)
{
	struct ends e;
	int64_t type_id;
	TRY(load_ends(c, q, &e));
	TRY(type_param(c, q, &e, &type_id));
	TRY(desk_dissociate_type(c, &e.from, &e.to, type_id, NULL));
	return res_nothing(r);
}
