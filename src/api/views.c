/* Views, and the tickets that they list. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/view.h"

enum { DEFAULT_ROWS = 50 };

static enum err write_view(struct ctx *c, struct json *j, const struct view *v)
{
	int64_t n;
	TRY(desk_view_count(c, v, MAX_VIEW_COUNT, &n));
	json_object_begin(j);
	json_add_string(j, "id", v->id);
	json_add_int(j, "count", n);
	if (n == MAX_VIEW_COUNT)
		json_add_bool(j, "isCapped", true);
	json_object_end(j);
	return OK;
}

enum err api_views_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct view *views;
	size_t n;
	(void)q;
	TRY(desk_view_all(c, &views, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		TRY(write_view(c, &r->j, &views[i]));
	res_list_end(r, "after", STR_NULL);
	return OK;
}

/* The cursor is "rank-at-id" of the last row: what lists are sorted by. */
static enum err read_cursor(struct ctx *c, const struct req *q, struct view_place *out)
{
	struct str rest = req_query(c, q, "after");
	*out = (struct view_place){0};
	if (rest.n == 0)
		return OK;
	struct str rank = str_cut(&rest, STR("-")), at = str_cut(&rest, STR("-"));
	if (!num_parse_int(rank, &out->rank) || !num_parse_int(at, &out->at) || !num_parse_id(rest, &out->id))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	return OK;
}

static enum err read_ids(struct ctx *c, const struct req *q, struct view_ask *ask)
{
	struct str *texts;
	size_t n = req_list(c, q, "ids", &texts);
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	if (n > MAX_VIEW_PAGE)
		return fail_field(c, STR("ids"), STR("TOO_MANY"), "ids takes no more than %d ids.", MAX_VIEW_PAGE);
	for (size_t i = 0; i < n; i++)
		if (!num_parse_id(texts[i], &ids[i]))
			return fail_field(c, STR("ids"), STR("INVALID_LONG"), "ids are numbers.");
	ask->ids = ids;
	ask->id_n = n;
	return OK;
}

static enum err read_ask(struct ctx *c, const struct req *q, struct view_ask *ask)
{
	*ask = (struct view_ask){0};
	TRY(req_int(c, q, "limit", DEFAULT_ROWS, 1, MAX_VIEW_PAGE, &ask->limit));
	TRY(req_int(c, q, "offset", 0, 0, MAX_VIEW_REACH, &ask->offset));
	TRY(view_sort_by_name(c, req_query(c, q, "sort"), &ask->sort));
	TRY(read_ids(c, q, ask));
	if (ask->id_n > 0)
		ask->limit = MAX_VIEW_PAGE;
	return read_cursor(c, q, &ask->after);
}

/* Pages by place are for lists with a scroll bar: they say how long the list is. */
static enum err write_total(struct ctx *c, const struct req *q, struct res *r, const struct view *v)
{
	int64_t n;
	if (str_is_null(req_query(c, q, "offset")))
		return OK;
	TRY(desk_view_count(c, v, MAX_VIEW_REACH, &n));
	json_add_int(&r->j, "total", n);
	return OK;
}

enum err api_view_tickets(struct ctx *c, const struct req *q, struct res *r)
{
	struct view view;
	struct view_ask ask;
	struct ticket_row *rows;
	size_t n;
	TRY(desk_view(c, req_param(q, "viewId"), &view));
	TRY(read_ask(c, q, &ask));
	int64_t limit = ask.limit++;
	TRY(desk_view_list(c, &view, &ask, &rows, &n));
	bool has_more = n > (size_t)limit;
	json_object_begin(&r->j);
	TRY(write_total(c, q, r, &view));
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n - has_more; i++)
		json_row(&r->j, &ticket_row_shape, &rows[i]);
	struct str after = STR_NULL;
	if (has_more) {
		struct view_place last = view_place_of(ask.sort, &rows[limit - 1]);
		after = str_fmt(c->a, "%lld-%lld-%lld", (long long)last.rank, (long long)last.at, (long long)last.id);
	}
	res_list_end(r, "after", after);
	return OK;
}
