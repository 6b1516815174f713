/* One thing done to all tickets of a list: beginning it, how far it is, stopping it, and who refused. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/manage.h"
#include "desk/bulk.h"
#include "desk/search_json.h"
#include "text/json_read.h"

enum { DEFAULT_FAILURES = 50, MAX_FAILURES_OUT = 100 };

static enum err write_bulk(struct ctx *c, struct json *j, const struct ticket_bulk *b)
{
	int64_t *acts;
	size_t act_n;
	TRY(desk_bulk_acts(c, b, &acts, &act_n));
	json_object_begin(j);
	json_add_id(j, "id", b->id);
	json_add_string(j, "action", b->kind);
	json_add_string(j, "state", b->state);
	json_add_string(j, "problem", b->problem);
	json_add_int(j, "total", b->total_n);
	json_add_int(j, "done", b->done_n);
	json_add_int(j, "failed", b->failed_n);
	json_key(j, "actIds");
	json_array_begin(j);
	for (size_t i = 0; i < act_n; i++)
		json_id(j, acts[i]);
	json_array_end(j);
	json_add_time(j, "createdAt", b->created_at);
	json_add_time(j, "endedAt", b->ended_at);
	json_object_end(j);
	return OK;
}

static enum err read_bulk(struct ctx *c, const struct req *q, struct bulk_in *in)
{
	struct search_in filters = {.group_n = 0};
	*in = (struct bulk_in){0};
	TRY(manage_read_act(c, q->json, &in->act));
	TRY(manage_read_props(c, q->json, "lackingProperties", &in->lacking, &in->lacking_n));
	in->view_id = json_get_str(q->json, "viewId");
	if (in->view_id.n == 0)
		return body_lacks(c, "viewId");
	TRY(search_groups_read(c, q->json, &filters));
	if (filters.group_n > 1)
		return fail_field(c, STR("filterGroups"), STR("INVALID_LIST"), "filters stand alone here: one list of them.");
	if (filters.group_n == 1)
		in->filters = filters.groups[0];
	return OK;
}

enum err api_bulk_begin(struct ctx *c, const struct req *q, struct res *r)
{
	struct bulk_in in;
	struct ticket_bulk b;
	TRY(read_bulk(c, q, &in));
	TRY(desk_bulk_begin(c, &in, &b));
	return write_bulk(c, &r->j, &b);
}

enum err api_bulk_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct ticket_bulk *all;
	size_t n;
	(void)q;
	TRY(desk_bulk_list(c, &all, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		TRY(write_bulk(c, &r->j, &all[i]));
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_bulk_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct ticket_bulk b;
	int64_t id;
	TRY(req_id(c, q, "bulkId", &id));
	TRY(desk_bulk_load(c, id, &b));
	return write_bulk(c, &r->j, &b);
}

enum err api_bulk_stop(struct ctx *c, const struct req *q, struct res *r)
{
	struct ticket_bulk b;
	int64_t id;
	TRY(req_id(c, q, "bulkId", &id));
	TRY(desk_bulk_stop(c, id, &b));
	return write_bulk(c, &r->j, &b);
}

static void write_failure(struct json *j, const struct bulk_failure *f)
{
	json_object_begin(j);
	json_add_id(j, "ticketId", f->why.ticket_id);
	json_add_string(j, "subject", f->subject);
	json_add_int(j, "status", f->why.status);
	json_add_string(j, "message", f->why.message);
	json_object_end(j);
}

enum err api_bulk_failures(struct ctx *c, const struct req *q, struct res *r)
{
	struct bulk_failure *rows;
	int64_t id, limit, after;
	size_t n;
	TRY(req_id(c, q, "bulkId", &id));
	TRY(req_int(c, q, "limit", DEFAULT_FAILURES, 1, MAX_FAILURES_OUT, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(desk_bulk_failures(c, id, after, limit + 1, &rows, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_failure(&r->j, &rows[i]);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)rows[limit - 1].why.ticket_id) : STR_NULL);
	return OK;
}
