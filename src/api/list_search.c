/* Lists by words of their names. There are few enough (MAX_LISTS) to look at each. */

#include <stdlib.h>

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/list_json.h"
#include "base/arena.h"
#include "text/json_read.h"

enum { MAX_LISTS_FOUND = 500, DEFAULT_LISTS_FOUND = 20, MAX_IDS_IN = 1000 };

enum { BY_ID, BY_NAME, BY_SIZE, BY_CREATED, BY_UPDATED };
static const struct {
	struct str name;
	int order;
} orders[] = {
	{STR("HS_LIST_ID"), BY_ID}, {STR("HS_LIST_NAME"), BY_NAME}, {STR("HS_LIST_SIZE"), BY_SIZE},
	{STR("HS_CREATED_AT"), BY_CREATED}, {STR("HS_UPDATED_AT"), BY_UPDATED},
};

struct search {
	struct str query;
	int64_t offset, count;
	const json_t *ids, *types;
	int order;
	bool is_backwards;
};

static enum err read_sort(struct ctx *c, struct str sort, struct search *out)
{
	out->is_backwards = str_starts(sort, STR("-"));
	if (out->is_backwards)
		sort = str_skip(sort, 1);
	if (sort.n == 0)
		return OK;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		if (!str_eq_nocase(orders[i].name, sort))
			continue;
		out->order = orders[i].order;
		return OK;
	}
	return fail_field(c, STR("sort"), STR("INVALID_OPTION"),
	                  "sort is HS_LIST_ID, HS_LIST_NAME, HS_LIST_SIZE, HS_CREATED_AT or HS_UPDATED_AT, or one of them"
	                  " behind a minus.");
}

static enum err read_search(struct ctx *c, const json_t *body, struct search *out)
{
	TRY(body_need_object(c, body));
	*out = (struct search){
		.query = str_trim(json_get_str(body, "query")),
		.offset = json_get_int(body, "offset", 0),
		.count = json_get_int(body, "count", DEFAULT_LISTS_FOUND),
		.ids = json_get_array(body, "listIds"),
		.types = json_get_array(body, "processingTypes"),
	};
	if (out->offset < 0)
		return fail_field(c, STR("offset"), STR("INVALID_INTEGER"), "offset is not below 0.");
	if (out->count < 1 || out->count > MAX_LISTS_FOUND)
		return fail_field(c, STR("count"), STR("INVALID_INTEGER"), "count is a number from 1 to %d.",
		                  MAX_LISTS_FOUND);
	if (out->ids != NULL && json_array_size(out->ids) > MAX_IDS_IN)
		return fail_field(c, STR("listIds"), STR("INVALID_LENGTH"), "More than %d ids.", MAX_IDS_IN);
	return read_sort(c, json_get_str(body, "sort"), out);
}

static bool has_text(struct ctx *c, const json_t *array, struct str text)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (str_eq(json_scalar_text(c, json_array_get(array, i)), text))
			return true;
	return json_array_size(array) == 0;
}

static bool fits(struct ctx *c, const struct search *s, const struct list *l)
{
	if (s->query.n > 0 && str_find(l->name_key, str_lower(c->a, s->query)) < 0)
		return false;
	if (s->types != NULL && !has_text(c, s->types, LIST_PROCESSING))
		return false;
	return s->ids == NULL || has_text(c, s->ids, str_fmt(c->a, "%lld", (long long)l->id));
}

static int compare(const void *a, const void *b, void *arg)
{
	const struct list *x = a, *y = b;
	const struct search *s = arg;
	const int64_t keys[][2] = {
		[BY_ID] = {x->id, y->id}, [BY_NAME] = {str_cmp(x->name_key, y->name_key), 0}, [BY_SIZE] = {x->size, y->size},
		[BY_CREATED] = {x->created_at, y->created_at}, [BY_UPDATED] = {x->updated_at, y->updated_at},
	};
	int order = (keys[s->order][0] > keys[s->order][1]) - (keys[s->order][0] < keys[s->order][1]);
	if (order == 0)
		order = (x->id > y->id) - (x->id < y->id);
	return s->is_backwards ? -order : order;
}

static void write_found(struct ctx *c, struct json *j, const struct list *l)
{
	json_object_begin(j);
	list_json_members(c, j, l);
	json_key(j, "additionalProperties");
	json_object_begin(j);
	json_add_string(j, "hs_list_size", str_fmt(c->a, "%lld", (long long)l->size));
	json_add_string(j, "hs_folder_id", str_fmt(c->a, "%lld", (long long)l->folder_id));
	json_object_end(j);
	json_object_end(j);
}

enum err api_lists_search(struct ctx *c, const struct req *q, struct res *r)
{
	struct search s;
	struct list *lists;
	size_t n, found = 0;
	TRY(read_search(c, q->json, &s));
	TRY(desk_list_all(c, &lists, &n));
	for (size_t i = 0; i < n; i++)
		if (fits(c, &s, &lists[i]))
			lists[found++] = lists[i];
	qsort_r(lists, found, sizeof(*lists), compare, &s);
	size_t first = s.offset < (int64_t)found ? (size_t)s.offset : found;
	size_t end = found - first > (size_t)s.count ? first + (size_t)s.count : found;
	json_object_begin(&r->j);
	json_add_int(&r->j, "total", (int64_t)found);
	json_add_int(&r->j, "offset", (int64_t)end);
	json_add_bool(&r->j, "hasMore", end < found);
	json_key(&r->j, "lists");
	json_array_begin(&r->j);
	for (size_t i = first; i < end; i++)
		write_found(c, &r->j, &lists[i]);
	json_array_end(&r->j);
	json_object_end(&r->j);
	return OK;
}
