/* Static lists: what they are called and where they are. Who is on them is in list_members.c. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/list_json.h"
#include "base/arena.h"
#include "base/num.h"
#include "text/json_read.h"

enum { MAX_IDS_IN = 1000 };

static struct str id_text(struct ctx *c, int64_t id)
{
	return id ? str_fmt(c->a, "%lld", (long long)id) : STR_NULL;
}

void list_json_members(struct ctx *c, struct json *j, const struct list *l)
{
	json_add_id(j, "listId", l->id);
	json_add_int(j, "listVersion", l->version);
	json_add_string(j, "objectTypeId", schema_type_by_id(c, l->object_type)->row.type_id);
	json_add_string(j, "name", l->name);
	json_add_string(j, "processingType", LIST_PROCESSING);
	json_add_string(j, "processingStatus", STR("COMPLETE"));
	json_add_string(j, "createdById", id_text(c, l->created_by));
	json_add_string(j, "updatedById", id_text(c, l->updated_by));
	json_add_time(j, "createdAt", l->created_at);
	json_add_time(j, "updatedAt", l->updated_at);
	json_add_time(j, "deletedAt", l->archived_at);
}

void list_json(struct ctx *c, struct json *j, const struct list *l)
{
	json_object_begin(j);
	list_json_members(c, j, l);
	json_add_int(j, "size", l->size);
	json_object_end(j);
}

static enum err give(struct ctx *c, struct res *r, const char *name, const struct list *l)
{
	json_object_begin(&r->j);
	json_key(&r->j, name);
	list_json(c, &r->j, l);
	json_object_end(&r->j);
	return OK;
}

enum err list_param(struct ctx *c, const struct req *q, const char *name, int64_t *out)
{
	struct str value = req_param(q, name);
	if (num_parse_id(value, out))
		return OK;
	fail_context(c, STR("listId"), str_head(value, 100));
	return fail(c, ERR_NOT_FOUND, "List does not exist with ID " STR_FMT ".", STR_ARG(str_head(value, 100)));
}

/* Creating ---------------------------------------------------------------------------------------------------------- */

static bool is_given(const json_t *body, const char *key)
{
	const json_t *value = json_object_get(body, key);
	return value != NULL && !json_is_null(value) && !(json_is_object(value) && json_object_size(value) == 0);
}

/* What lists here do not have is refused rather than dropped. */
static enum err refuse_others(struct ctx *c, const json_t *body)
{
	static const char *const names[] = {"filterBranch", "membershipSettings", "listPermissions", "customProperties"};
	struct str type = json_get_str(body, "processingType");
	if (!str_eq(type, LIST_PROCESSING))
		return fail_field(c, STR("processingType"), STR("INVALID_OPTION"),
		                  STR_FMT " was not one of the allowed options: [MANUAL]", STR_ARG(str_head(type, 100)));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_given(body, names[i]))
			return fail_field(c, str_c(names[i]), STR("NOT_SUPPORTED"), "A MANUAL list has no %s.", names[i]);
	return OK;
}

static enum err read_list(struct ctx *c, const json_t *body, struct list_in *out)
{
	static const char *const required[] = {"name", "objectTypeId", "processingType"};
	struct str folder = json_scalar_text(c, json_object_get(body, "listFolderId"));
	int64_t folder_id = 0;
	TRY(body_need_object(c, body));
	for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++)
		if (str_is_null(json_get_str(body, required[i])))
			return body_lacks(c, required[i]);
	TRY(refuse_others(c, body));
	if (folder.n > 0 && (!num_parse_int(folder, &folder_id) || folder_id < 0))
		return fail_field(c, STR("listFolderId"), STR("INVALID_INTEGER"), "listFolderId is a number.");
	*out = (struct list_in){.name = json_get_str(body, "name"), .folder_id = folder_id};
	return schema_type(c, json_get_str(body, "objectTypeId"), &out->type);
}

enum err api_lists_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct list_in in;
	struct list l;
	TRY(read_list(c, q->json, &in));
	TRY(desk_list_create(c, &in, &l));
	return give(c, r, "list", &l);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

enum err api_lists_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct list l;
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_load(c, id, &l));
	return give(c, r, "list", &l);
}

enum err api_lists_read_by_name(struct ctx *c, const struct req *q, struct res *r)
{
	const struct type_def *t;
	struct list l;
	TRY(req_type(c, q, "objectTypeId", &t));
	TRY(desk_list_by_name(c, t, req_param(q, "listName"), &l));
	return give(c, r, "list", &l);
}

static bool is_asked(const struct str *ids, size_t n, int64_t id)
{
	int64_t asked;
	for (size_t i = 0; i < n; i++)
		if (num_parse_id(ids[i], &asked) && asked == id)
			return true;
	return n == 0;
}

enum err api_lists_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct list *lists;
	struct str *ids;
	size_t n, id_n = req_list(c, q, "listIds", &ids);
	TRY(desk_list_all(c, &lists, &n));
	json_object_begin(&r->j);
	json_key(&r->j, "lists");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n; i++)
		if (is_asked(ids, id_n, lists[i].id))
			list_json(c, &r->j, &lists[i]);
	json_array_end(&r->j);
	json_object_end(&r->j);
	return OK;
}

/* Changing ---------------------------------------------------------------------------------------------------------- */

enum err api_lists_rename(struct ctx *c, const struct req *q, struct res *r)
{
	struct list l;
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_rename(c, id, req_query(c, q, "listName"), &l));
	return give(c, r, "updatedList", &l);
}

enum err api_lists_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_archive(c, id));
	return res_nothing(r);
}

enum err api_lists_restore(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_restore(c, id));
	return res_nothing(r);
}

/* A list that somebody keeps by hand has no filters, and is not made one later on. */
enum err api_lists_filters(struct ctx *c, const struct req *q, struct res *r)
{
	struct list l;
	int64_t id;
	(void)r;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_load(c, id, &l));
	return fail_field(c, STR("filterBranch"), STR("NOT_SUPPORTED"), "A MANUAL list has no filterBranch.");
}

/* A list of another kind can be made a static one, later. One that is static already has nothing to wait for: none is scheduled,
 * and none can be. */
enum err api_list_conversion_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct list l;
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_load(c, id, &l));
	json_object_begin(&r->j);
	json_add_id(&r->j, "listId", id);
	json_object_end(&r->j);
	return OK;
}

enum err api_list_conversion_set(struct ctx *c, const struct req *q, struct res *r)
{
	struct list l;
	int64_t id;
	(void)r;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_load(c, id, &l));
	return fail_field(c, STR("conversionType"), STR("NOT_SUPPORTED"), "A MANUAL list is static already.");
}

enum err api_list_conversion_remove(struct ctx *c, const struct req *q, struct res *r)
{
	struct list l;
	int64_t id;
	TRY(list_param(c, q, "listId", &id));
	TRY(desk_list_load(c, id, &l));
	return res_nothing(r);
}

/* The ids that lists had in an older API are those they have here. */
static enum err mapped(struct ctx *c, struct json *j, struct str text, bool *is_there_out)
{
	struct list l;
	int64_t id;
	*is_there_out = false;
	if (!num_parse_id(text, &id))
		return OK;
	enum err e = desk_list_load(c, id, &l);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	*is_there_out = true;
	json_object_begin(j);
	json_add_id(j, "listId", id);
	json_add_id(j, "legacyListId", id);
	json_object_end(j);
	return OK;
}

enum err api_lists_mapping(struct ctx *c, const struct req *q, struct res *r)
{
	bool is_there;
	struct str id = req_query(c, q, "legacyListId");
	TRY(mapped(c, &r->j, id, &is_there));
	if (is_there)
		return OK;
	fail_context(c, STR("legacyListId"), id.n ? str_head(id, 100) : STR(""));
	return fail(c, ERR_NOT_FOUND, "List does not exist with ID " STR_FMT ".", STR_ARG(str_head(id, 100)));
}

enum err api_lists_mapping_batch(struct ctx *c, const struct req *q, struct res *r)
{
	size_t n = json_array_size(q->json), missing_n = 0;
	if (!json_is_array(q->json) || n > MAX_IDS_IN)
		return fail(c, ERR_BAD_INPUT,
		            "Invalid input JSON on line 1, column 1: a list of at most %d ids is expected", MAX_IDS_IN);
	struct str *missing_ids = NEW_ARRAY(c->a, n, struct str);
	json_object_begin(&r->j);
	json_key(&r->j, "legacyListIdsToIdsMapping");
	json_array_begin(&r->j);
	for (size_t i = 0; i < n; i++) {
		bool is_there;
		struct str text = json_scalar_text(c, json_array_get(q->json, i));
		TRY(mapped(c, &r->j, text, &is_there));
		if (!is_there && text.n > 0)
			missing_ids[missing_n++] = text;
	}
	json_array_end(&r->j);
	json_add_strings(&r->j, "missingLegacyListIds", missing_ids, missing_n);
	json_object_end(&r->j);
	return OK;
}
