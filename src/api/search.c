/* Search for objects of a type. It runs on the threads for slow work: a filter on what is kept in no column may read many objects. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/object_json.h"
#include "api/scope.h"
#include "api/search_body.h"
#include "desk/search.h"
#include "desk/search_index.h"
#include "text/json_read.h"

struct found {
	const struct req *q;
	const struct type_def *type;
	struct search_in in;
	struct object *rows;
	size_t n;
	int64_t total;
	bool is_index_current;
	bool has_waited; /* for the index of words */
	bool has_to_wait;
};

/* Who may not read contacts shall not learn which tickets they have. */
static enum err check_scopes(struct ctx *c, const struct search_in *in)
{
	const struct type_def *other;
	for (size_t i = 0; i < in->group_n; i++) {
		for (size_t k = 0; k < in->groups[i].n; k++) {
			struct str name = in->groups[i].filters[k].property;
			if (!str_starts(name, LINKED_PREFIX))
				continue;
			TRY(schema_type(c, str_skip(name, LINKED_PREFIX.n), &other));
			TRY(scope_need_type(c, other, false));
		}
	}
	return OK;
}

static enum err find(struct ctx *c, void *arg)
{
	struct found *f = arg;
	TRY(schema_type(c, req_param(f->q, "objectType"), &f->type));
	TRY(search_body_read(c, f->q->http->body, f->q->json, &f->in));
	TRY(check_scopes(c, &f->in));
	f->has_to_wait = !f->has_waited && desk_search_asks_index(f->type, &f->in);
	if (f->has_to_wait)
		return OK;
	f->in.is_index_current = f->is_index_current;
	return desk_search(c, f->type, &f->in, &f->rows, &f->n, &f->total);
}

enum err api_objects_search(struct ctx *c, const struct req *q, struct res *r)
{
	struct found f = {.q = q};
	struct object_view view;
	f.has_waited = json_scalar_text(c, json_object_get(q->json, "query")).n > 0;
	if (f.has_waited)
		TRY(desk_index_wait(c, &f.is_index_current));
	TRY(c->run->read(c->run->self, c, find, &f));
	if (f.has_to_wait) {
		f.has_waited = true;
		TRY(desk_index_wait(c, &f.is_index_current));
		TRY(c->run->read(c->run->self, c, find, &f));
	}
	object_view_body(c, q->json, f.type, &view);

	json_object_begin(&r->j);
	json_add_int(&r->j, "total", f.total);
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	for (size_t i = 0; i < f.n; i++)
		TRY(object_json(c, &r->j, &view, &f.rows[i]));
	json_array_end(&r->j);
	int64_t next = f.in.offset + (int64_t)f.n;
	if (next < f.total) {
		json_key(&r->j, "paging");
		json_object_begin(&r->j);
		json_key(&r->j, "next");
		json_object_begin(&r->j);
		json_add_id(&r->j, "after", next);
		json_object_end(&r->j);
		json_object_end(&r->j);
	}
	json_object_end(&r->j);
	return OK;
}
