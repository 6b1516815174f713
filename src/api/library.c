/* The library: what its kinds have in common, its folders, and what is done to an item of whatever kind. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/library_json.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "text/json_read.h"

void library_json_members(struct ctx *c, struct json *j, const struct library_entry *e)
{
	const struct library_item *i = &e->item;
	json_add_id(j, "id", i->id);
	json_add_string(j, "kind", i->kind);
	json_add_string(j, "name", i->name);
	json_add_id(j, "folderId", i->folder_id);
	json_add_string(j, "audience", i->audience);
	json_key(j, "teamIds");
	json_array_begin(j);
	for (size_t t = 0; t < e->team_n; t++)
		json_id(j, e->team_ids[t]);
	json_array_end(j);
	json_add_id(j, "userId", i->user_id);
	json_add_bool(j, "isMine", i->user_id == c->who.user_id);
	json_add_bool(j, "mayEdit", e->may_edit);
	json_add_int(j, "useCount", i->use_n);
	json_add_time(j, "usedAt", i->used_at);
	json_add_time(j, "createdAt", i->created_at);
	json_add_time(j, "updatedAt", i->updated_at);
	json_add_time(j, "archivedAt", i->archived_at);
}

enum err library_read_in(struct ctx *c, const struct req *q, struct library_in *out)
{
	const json_t *folder = json_object_get(q->json, "folderId");
	struct str id = json_scalar_text(c, folder);
	*out = (struct library_in){
		.name = json_get_str(q->json, "name"),
		.audience = json_get_str(q->json, "audience"),
		.folder_id = folder == NULL ? -1 : 0,
	};
	if (id.n > 0 && !num_parse_id(id, &out->folder_id))
		return fail_field(c, STR("folderId"), STR("INVALID_LONG"), "folderId is the id of a folder.");
	struct str seen = json_get_str(q->json, "updatedAt");
	if (seen.n > 0 && !time_parse(seen, &out->if_updated_at))
		return fail_field(c, STR("updatedAt"), STR("INVALID_DATE"), "updatedAt is a time as it was read.");
	return req_ids(c, q, "teamIds", MAX_LIBRARY_TEAMS, &out->team_ids, &out->team_n);
}

/* An id, "none" or nothing. */
static enum err read_folder(struct ctx *c, const struct req *q, int64_t *out)
{
	struct str text = req_query(c, q, "folderId");
	*out = str_eq(text, STR("none")) ? 0 : -1;
	if (text.n == 0 || *out == 0 || num_parse_id(text, out))
		return OK;
	return fail_field(c, STR("folderId"), STR("INVALID_LONG"), "folderId is the id of a folder, or none.");
}

enum err library_read_ask(struct ctx *c, const struct req *q, enum library_kind kind, struct library_ask *out)
{
	struct str after = req_query(c, q, "after");
	*out = (struct library_ask){.kind = kind, .query = req_query(c, q, "q")};
	TRY(read_folder(c, q, &out->folder_id));
	TRY(req_bool(c, q, "mine", &out->is_mine));
	TRY(req_bool(c, q, "archived", &out->is_archived));
	TRY(library_sort_read(c, req_query(c, q, "sort"), &out->sort));
	TRY(req_int(c, q, "limit", LIBRARY_PAGE, 1, MAX_LIBRARY_PAGE, &out->limit));
	if (after.n > 0 && (out->sort == LIBRARY_BY_HANDLE || !num_parse_id(after, &out->after_id)))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	out->limit++;
	return OK;
}

size_t library_page_n(const struct library_ask *ask, size_t n)
{
	return n < (size_t)ask->limit ? n : (size_t)ask->limit - 1;
}

void library_list_end(struct ctx *c, struct res *r, const struct library_ask *ask, size_t n, int64_t last_id)
{
	bool has_more = n == (size_t)ask->limit && ask->sort != LIBRARY_BY_HANDLE;
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)last_id) : STR_NULL);
}

enum err library_param(struct ctx *c, const struct req *q, int64_t *out)
{
	return req_id(c, q, "itemId", out);
}

/* Of any kind ------------------------------------------------------------------------------------------------------------ */

enum err api_library_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(desk_library_archive(c, id));
	return res_nothing(r);
}

enum err api_library_restore(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(desk_library_restore(c, id));
	return res_nothing(r);
}

enum err api_library_use(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(desk_library_use(c, id));
	return res_nothing(r);
}

/* Folders ---------------------------------------------------------------------------------------------------------------- */

static enum err write_shelf(struct json *j, const struct library_shelf *s)
{
	json_object_begin(j);
	json_members(j, &library_folder_shape, &s->folder);
	json_add_bool(j, "mayEdit", s->may_edit);
	json_object_end(j);
	return OK;
}

static enum err read_kind(struct ctx *c, struct str name, enum library_kind *out)
{
	if (library_kind_read(c, name, out) == OK)
		return OK;
	fail_clear(c);
	return fail_field(c, STR("kind"), STR("INVALID_OPTION"), "kind is snippet, template, document or video.");
}

enum err api_library_folders(struct ctx *c, const struct req *q, struct res *r)
{
	enum library_kind kind;
	struct library_shelf *shelves;
	size_t n;
	TRY(read_kind(c, req_query(c, q, "kind"), &kind));
	TRY(desk_library_folders(c, kind, &shelves, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		TRY(write_shelf(&r->j, &shelves[i]));
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_library_folder_create(struct ctx *c, const struct req *q, struct res *r)
{
	enum library_kind kind;
	struct library_shelf s;
	const struct library_folder_body *body = IN(q, struct library_folder_body);
	TRY(read_kind(c, body->kind, &kind));
	TRY(desk_library_folder_create(c, kind, body->name, &s));
	return write_shelf(&r->j, &s);
}

enum err api_library_folder_rename(struct ctx *c, const struct req *q, struct res *r)
{
	struct library_shelf s;
	int64_t id;
	TRY(req_id(c, q, "folderId", &id));
	TRY(desk_library_folder_rename(c, id, IN(q, struct library_folder_body)->name, &s));
	return write_shelf(&r->j, &s);
}

enum err api_library_folder_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "folderId", &id));
	TRY(desk_library_folder_remove(c, id));
	return res_nothing(r);
}
