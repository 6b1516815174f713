/* Who is on a list. A page's cursor is the id of a member; in the order of joining the time comes before it ("1795253400000-17"). */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/list_json.h"
#include "base/arena.h"
#include "base/num.h"
#include "text/json_read.h"

enum { DEFAULT_MEMBERS = 100, MAX_MEMBERS_OUT = 250 };

/* Changing ---------------------------------------------------------------------------------------------------------- */

struct ids {
	int64_t *ids; /* 0 where it was no id: no object has it */
	size_t n;
};

static enum err read_ids(struct ctx *c, const json_t *list, const char *what, struct ids *out)
{
	if (!json_is_array(list))
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: %s is a list of record ids", what);
	out->n = json_array_size(list);
	if (out->n > MAX_MEMBERS_IN)
		return fail(c, ERR_BAD_INPUT, "More than %d record ids in one call.", MAX_MEMBERS_IN);
	out->ids = NEW_ARRAY(c->a, out->n, int64_t);
	for (size_t i = 0; i < out->n; i++)
		if (!num_parse_id(json_scalar_text(c, json_array_get(list, i)), &out->ids[i]))
			return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: %s[%zu] is not a record id",
			            what, i);
	return OK;
}

static void write_ids(struct json *j, const char *name, const int64_t *ids, size_t n)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_id(j, ids[i]);
	json_array_end(j);
}

static enum err change(struct ctx *c, const struct req *q, struct res *r, struct ids add, struct ids remove)
{
	struct list_changes done;
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_change(c, id, add.ids, add.n, remove.ids, remove.n, &done));
	json_object_begin(&r->j);
	/* the wire's own spelling */
	write_ids(&r->j, "recordsIdsAdded", done.added, done.added_n);
	write_ids(&r->j, "recordIdsRemoved", done.removed, done.removed_n);
	write_ids(&r->j, "recordIdsMissing", done.missing, done.missing_n);
	json_object_end(&r->j);
	return OK;
}

enum err api_list_members_add(struct ctx *c, const struct req *q, struct res *r)
{
	struct ids ids;
	TRY(read_ids(c, q->json, "the body", &ids));
	return change(c, q, r, ids, (struct ids){0});
}

enum err api_list_members_remove(struct ctx *c, const struct req *q, struct res *r)
{
	struct ids ids;
	TRY(read_ids(c, q->json, "the body", &ids));
	return change(c, q, r, (struct ids){0}, ids);
}

static enum err read_part(struct ctx *c, const json_t *body, const char *key, struct ids *out)
{
	const json_t *list = json_object_get(body, key);
	*out = (struct ids){0};
	return list == NULL || json_is_null(list) ? OK : read_ids(c, list, key, out);
}

enum err api_list_members_change(struct ctx *c, const struct req *q, struct res *r)
{
	struct ids add, remove;
	TRY(body_need_object(c, q->json));
	TRY(read_part(c, q->json, "recordIdsToAdd", &add));
	TRY(read_part(c, q->json, "recordIdsToRemove", &remove));
	return change(c, q, r, add, remove);
}

enum err api_list_members_clear(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_clear(c, id));
	return res_nothing(r);
}

enum err api_list_members_copy(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id, source_id;
	TRY(list_param(c, q, "listId", &id));
	TRY(list_param(c, q, "sourceListId", &source_id));
	TRY(desk_list_copy(c, id, source_id));
	return res_nothing(r);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

static enum err read_cursor(struct ctx *c, const char *name, struct str cursor, struct list_place *out)
{
	struct str rest = cursor;
	bool is_cursor = true;
	if (out->is_by_time)
		is_cursor = num_parse_int(str_cut(&rest, STR("-")), &out->added_at) && !str_is_null(rest);
	if (is_cursor && num_parse_int(rest, &out->object_id))
		return OK;
	return fail_field(c, str_c(name), STR("INVALID_OPTION"), "%s is what paging gave.", name);
}

static enum err read_place(struct ctx *c, const struct req *q, struct list_place *out)
{
	struct str after = req_query(c, q, "after"), before = req_query(c, q, "before");
	if (after.n > 0 && before.n > 0)
		return fail_field(c, STR("before"), STR("INVALID_OPTION"), "Either after or before.");
	out->is_before = before.n > 0;
	if (before.n > 0)
		return read_cursor(c, "before", before, out);
	return after.n > 0 ? read_cursor(c, "after", after, out) : OK;
}

static struct str cursor_of(struct ctx *c, const struct list_member *m, bool is_by_time)
{
	if (is_by_time)
		return str_fmt(c->a, "%lld-%lld", (long long)m->added_at, (long long)m->object_id);
	return str_fmt(c->a, "%lld", (long long)m->object_id);
}

static void write_cursor(struct json *j, const char *name, const char *key, struct str cursor)
{
	json_key(j, name);
	json_object_begin(j);
	json_add_string(j, key, cursor);
	json_object_end(j);
}

/* members in the order of the answer. */
static void write_page(struct ctx *c, struct json *j, const struct list_place *place, const struct list_member *members,
                       size_t n, bool has_more)
{
	bool is_inside = place->object_id != 0, has_next = place->is_before || has_more;
	bool has_prev = place->is_before ? has_more : is_inside;
	json_key(j, "results");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(j);
		json_add_id(j, "recordId", members[i].object_id);
		json_add_time(j, "membershipTimestamp", members[i].added_at);
		json_object_end(j);
	}
	json_array_end(j);
	if (n == 0 || (!has_next && !has_prev))
		return;
	json_key(j, "paging");
	json_object_begin(j);
	if (has_next)
		write_cursor(j, "next", "after", cursor_of(c, &members[n - 1], place->is_by_time));
	if (has_prev)
		write_cursor(j, "prev", "before", cursor_of(c, &members[0], place->is_by_time));
	json_object_end(j);
}

static enum err page(struct ctx *c, const struct req *q, struct res *r, bool is_by_time)
{
	struct list_place place = {.is_by_time = is_by_time};
	struct list_member *members;
	struct list l;
	int64_t id, limit;
	size_t n;
	TRY(list_param(c, q, "listId", &id));
	TRY(req_int(c, q, "limit", DEFAULT_MEMBERS, 1, MAX_MEMBERS_OUT, &limit));
	TRY(read_place(c, q, &place));
	TRY(desk_list_members(c, id, &place, limit + 1, &l, &members, &n));
	bool has_more = n > (size_t)limit;
	if (has_more)
		n--;
	for (size_t i = 0; place.is_before && i < n / 2; i++) {
		struct list_member other = members[i];
		members[i] = members[n - 1 - i];
		members[n - 1 - i] = other;
	}
	json_object_begin(&r->j);
	json_add_int(&r->j, "total", l.size);
	write_page(c, &r->j, &place, members, n, has_more);
	json_object_end(&r->j);
	return OK;
}

enum err api_list_members_list(struct ctx *c, const struct req *q, struct res *r)
{
	return page(c, q, r, false);
}

enum err api_list_members_by_time(struct ctx *c, const struct req *q, struct res *r)
{
	return page(c, q, r, true);
}

enum err api_lists_of_record(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct list_of_object *lists;
	size_t n;
	int64_t id;
	TRY(req_type(c, q, "objectTypeId", &t));
	TRY(req_id(c, q, "recordId", &id));
	TRY(desk_lists_of(c, t, id, &lists, &n));
	json_object_begin(&r->j);
	json_add_int(&r->j, "total", (int64_t)n);
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_id(&r->j, "listId", lists[i].list_id);
		json_add_int(&r->j, "listVersion", lists[i].version);
		json_add_time(&r->j, "firstAddedTimestamp", lists[i].added_at);
		json_add_time(&r->j, "lastAddedTimestamp", lists[i].added_at);
		json_object_end(&r->j);
	}
	json_array_end(&r->j);
	json_object_end(&r->j);
	return OK;
}
