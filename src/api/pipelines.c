/* Pipelines with their stages, and owners: what pickers are filled from. */

#include "api/call.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "desk/people.h"
#include "desk/pipeline.h"
#include "desk/schema.h"

enum { MAX_OWNERS = 500 };

/* The defaults were created at the epoch, as on the wire. */
static int64_t wire_time(int64_t at)
{
	return at == 1 ? 0 : at;
}

static void add_time(struct json *j, const char *name, int64_t at)
{
	char room[25];
	json_add_string(j, name, time_iso_into(room, wire_time(at)));
}

static void write_stage(struct json *j, const struct stage *s)
{
	json_object_begin(j);
	json_add_string(j, "id", s->id);
	json_add_string(j, "label", s->label);
	json_add_int(j, "displayOrder", s->display_order);
	json_add_raw(j, "metadata", s->metadata);
	add_time(j, "createdAt", s->created_at);
	add_time(j, "updatedAt", s->updated_at);
	json_add_bool(j, "archived", s->archived_at > 0);
	json_add_string(j, "writePermissions", STR("CRM_PERMISSIONS_ENFORCEMENT"));
	json_object_end(j);
}

enum err api_pipelines_list(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct pipeline *pipelines;
	struct stage *stages;
	size_t n, stage_n;
	TRY(schema_type(c, req_param(q, "objectType"), &t));
	TRY(desk_pipeline_list(c, t->row.id, &pipelines, &n, &stages, &stage_n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_string(&r->j, "id", pipelines[i].id);
		json_add_string(&r->j, "label", pipelines[i].label);
		json_add_int(&r->j, "displayOrder", pipelines[i].display_order);
		json_key(&r->j, "stages");
		json_array_begin(&r->j);
		for (size_t k = 0; k < stage_n; k++)
			if (str_eq(stages[k].pipeline_id, pipelines[i].id))
				write_stage(&r->j, &stages[k]);
		json_array_end(&r->j);
		add_time(&r->j, "createdAt", pipelines[i].created_at);
		add_time(&r->j, "updatedAt", pipelines[i].updated_at);
		json_add_bool(&r->j, "archived", false);
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

static void write_owner(struct json *j, const struct owner *o)
{
	json_object_begin(j);
	json_add_id(j, "id", o->id);
	json_add_string(j, "email", o->email);
	json_add_string(j, "type", STR("PERSON"));
	json_add_string(j, "firstName", o->first_name);
	json_add_string(j, "lastName", o->last_name);
	json_key(j, "userId");
	if (o->archived_at > 0)
		json_nil(j);
	else
		json_int(j, o->user_id);
	json_add_int(j, "userIdIncludingInactive", o->user_id);
	json_add_time(j, "createdAt", o->created_at);
	json_add_time(j, "updatedAt", o->updated_at);
	json_add_bool(j, "archived", o->archived_at > 0);
	json_object_end(j);
}

enum err api_owners_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct owner *owners;
	size_t n;
	int64_t limit, after;
	bool is_archived;
	TRY(req_int(c, q, "limit", 100, 1, MAX_OWNERS, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(desk_owner_list(c, str_lower(c->a, req_query(c, q, "email")), is_archived, after, limit + 1, &owners, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_owner(&r->j, &owners[i]);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)owners[n - 2].id) : STR_NULL);
	return OK;
}

enum err api_owners_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct owner o;
	int64_t id;
	TRY(req_id(c, q, "ownerId", &id));
	TRY(desk_owner_load(c, id, str_eq_nocase(req_query(c, q, "idProperty"), STR("userId")), &o));
	write_owner(&r->j, &o);
	return OK;
}
