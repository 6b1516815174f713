/* CRM objects of every type: one code path, the type is a parameter. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/object_in.h"
#include "api/object_json.h"
#include "api/scope.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/erase.h"
#include "desk/object.h"
#include "desk/restore.h"
#include "text/json_read.h"
#include "text/mail_addr.h"

enum { MAX_LIST_LIMIT = 100, DEFAULT_LIST_LIMIT = 10 };

static enum err load(struct ctx *c, const struct req *q, const struct type_def *t, struct object *out)
{
	int64_t id;
	bool is_archived;
	struct str by = req_query(c, q, "idProperty");
	if (by.n > 0)
		return desk_object_by(c, t, by, req_param(q, "objectId"), out);
	TRY(req_id(c, q, "objectId", &id));
	TRY(req_bool(c, q, "archived", &is_archived));
	return desk_object_load(c, t, id, is_archived, out);
}

enum err api_objects_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object *rows;
	struct object_view view;
	int64_t limit, after = 0;
	bool is_archived;
	size_t n;
	TRY(req_type(c, q, "objectType", &t));
	TRY(req_int(c, q, "limit", DEFAULT_LIST_LIMIT, 1, MAX_LIST_LIMIT, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(object_view_read(c, q, t, &view));
	/* after is the id of the next record */
	TRY(desk_object_list(c, t, is_archived, after > 0 ? after - 1 : 0, limit + 1, &rows, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		TRY(object_json(c, &r->j, &view, &rows[i]));
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)rows[n - 1].id) : STR_NULL);
	return OK;
}

enum err api_objects_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object_in in;
	struct object o;
	struct object_view view;
	TRY(req_type(c, q, "objectType", &t));
	TRY(object_in_read(c, q->json, &in));
	TRY(scope_need_links(c, in.links, in.link_n));
	TRY(desk_object_create(c, t, &in, &o));
	object_view_written(c, t, in.props, in.prop_n, &view);
	res_header(r, STR("Location"),
	           str_fmt(c->a, "/crm/v3/objects/" STR_FMT "/%lld", STR_ARG(t->row.plural), (long long)o.id));
	return object_json(c, &r->j, &view, &o);
}

enum err api_objects_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object o;
	struct object_view view;
	TRY(req_type(c, q, "objectType", &t));
	TRY(load(c, q, t, &o));
	TRY(object_view_read(c, q, t, &view));
	res_header(r, STR("ETag"), str_fmt(c->a, "\"%lld\"", (long long)o.version));
	return object_json(c, &r->j, &view, &o);
}

/* If-Match: "7" or 7; anything else matches nothing. */
static enum err read_if_match(struct ctx *c, const struct req *q, int64_t *version_out)
{
	struct str value = http_header(q->http, "If-Match");
	*version_out = 0;
	if (str_is_null(value) || str_eq(value, STR("*")))
		return OK;
	if (value.n > 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
		value = str_head(str_skip(value, 1), value.n - 2);
	if (!num_parse_id(value, version_out))
		return fail(c, ERR_STALE, "If-Match holds no version.");
	return OK;
}

enum err api_objects_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object_in in;
	struct object o;
	struct object_view view;
	TRY(req_type(c, q, "objectType", &t));
	TRY(load(c, q, t, &o));
	TRY(object_in_read(c, q->json, &in));
	TRY(read_if_match(c, q, &in.if_version));
	if (in.prop_n == 0)
		return fail(c, ERR_BAD_INPUT, "No properties found to update, please provide at least one.");
	TRY(desk_object_update(c, t, o.id, &in, &o));
	object_view_written(c, t, in.props, in.prop_n, &view);
	res_header(r, STR("ETag"), str_fmt(c->a, "\"%lld\"", (long long)o.version));
	return object_json(c, &r->j, &view, &o);
}

enum err api_objects_archive(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	int64_t id;
	TRY(req_type(c, q, "objectType", &t));
	TRY(req_id(c, q, "objectId", &id));
	TRY(desk_object_archive(c, t, id));
	return res_nothing(r);
}

enum err api_objects_restore(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object o;
	struct object_view view;
	int64_t id;
	TRY(req_type(c, q, "objectType", &t));
	TRY(req_id(c, q, "objectId", &id));
	TRY(desk_object_restore(c, t, id, &o));
	object_view_written(c, t, NULL, 0, &view);
	return object_json(c, &r->j, &view, &o);
}

/* {objectId, idProperty?}: by id or by email. An address that nobody has is no error: it is erased wherever it stands. */
enum err api_contacts_erase(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct str id = json_scalar_text(c, json_object_get(q->json, "objectId")), by = json_get_str(q->json, "idProperty");
	bool is_by_email = str_eq(by, STR("email"));
	int64_t number;
	TRY(req_type(c, q, "objectType", &t));
	TRY(scope_need_type(c, t, true));
	if (t->row.id != TYPE_CONTACT)
		return fail(c, ERR_BAD_INPUT, "Contacts can be erased, " STR_FMT " cannot.", STR_ARG(t->row.plural));
	if (id.n == 0)
		return body_lacks(c, "objectId");
	if (by.n > 0 && !is_by_email && !str_eq(by, STR("hs_object_id")))
		return fail(c, ERR_BAD_INPUT, "A contact is erased by its id or its email, not by " STR_FMT ".",
		            STR_ARG(str_head(by, 100)));
	if (is_by_email && !mail_addr_is_sendable(str_trim(id)))
		return fail_field(c, STR("objectId"), STR("INVALID_EMAIL"), "Email address " STR_FMT " is invalid",
		                  STR_ARG(str_head(id, 254)));
	if (!is_by_email && !num_parse_id(id, &number))
		return fail(c, ERR_NOT_FOUND, "Object not found.  objectId are usually numeric.");
	TRY(is_by_email ? desk_address_erase(c, id) : desk_contact_erase(c, number));
	return res_nothing(r);
}

enum err api_objects_merge(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct object o;
	struct object_view view;
	int64_t id = json_get_id(q->json, "primaryObjectId"), from_id = json_get_id(q->json, "objectIdToMerge");
	TRY(req_type(c, q, "objectType", &t));
	if (id == 0 || from_id == 0)
		return body_lacks(c, id == 0 ? "primaryObjectId" : "objectIdToMerge");
	TRY(desk_object_merge(c, t, id, from_id, &o));
	object_view_written(c, t, &(struct prop){.name = STR("hs_merged_object_ids")}, 1, &view);
	return object_json(c, &r->j, &view, &o);
}
