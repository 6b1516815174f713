/* Folders of files, in the forms of the wire. Where a folder is named, it may be by id or by path (a%2Fb): digits are an id, unless
 * there is none and a folder has that name. */

#include "api/call.h"
#include "api/files_int.h"
#include "api/handlers.h"
#include "base/num.h"
#include "desk/file.h"
#include "text/json_read.h"

#define FOLDER_TASKS "/files/v3/folders/update/async/tasks/"

void write_folder(struct json *j, const struct folder *f, const struct wanted *w)
{
	json_object_begin(j);
	json_add_id(j, "id", f->id);
	json_add_time(j, "createdAt", f->created_at);
	json_add_time(j, "updatedAt", f->updated_at);
	json_add_time(j, "archivedAt", f->archived_at);
	json_add_bool(j, "archived", f->archived_at > 0);
	if (is_wanted(w, "name"))
		json_add_string(j, "name", f->name);
	if (is_wanted(w, "path"))
		json_add_string(j, "path", f->path);
	if (f->parent_id > 0 && is_wanted(w, "parentFolderId"))
		json_add_id(j, "parentFolderId", f->parent_id);
	json_object_end(j);
}

static enum err load(struct ctx *c, const struct req *q, struct folder *out)
{
	struct str name = req_param(q, "folderId");
	int64_t id;
	if (num_parse_id(name, &id)) {
		enum err e = desk_folder(c, id, out);
		if (e != ERR_NOT_FOUND)
			return e;
		fail_clear(c);
	}
	return desk_folder_by_path(c, name, out);
}

/* A folder's id in a body: a string or a number; -1 when it is not there. */
static enum err read_parent(struct ctx *c, const json_t *body, int64_t *out)
{
	struct str text = json_scalar_text(c, json_object_get(body, "parentFolderId"));
	*out = -1;
	if (text.n > 0 && (!num_parse_int(text, out) || *out < 0))
		return fail_field(c, STR("parentFolderId"), STR("INVALID_INTEGER"), "parentFolderId is the id of a folder.");
	return OK;
}

enum err api_folders_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted all = {0};
	struct str parent_path = json_get_str(q->json, "parentPath");
	struct folder f;
	int64_t parent_id;
	TRY(read_parent(c, q->json, &parent_id));
	if (parent_id >= 0 && parent_path.n > 0)
		return fail_field(c, STR("parentPath"), STR("INVALID_OPTION"), "Either parentFolderId or parentPath, not both.");
	if (parent_id < 0)
		parent_id = 0;
	TRY(desk_folder_create(c, json_get_str(q->json, "name"), parent_id, parent_path.n ? parent_path : STR_NULL, &f));
	write_folder(&r->j, &f, &all);
	return OK;
}

enum err api_folders_read(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted w = req_wanted(c, q);
	struct folder f;
	TRY(load(c, q, &f));
	write_folder(&r->j, &f, &w);
	return OK;
}

enum err api_folders_search(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted w = req_wanted(c, q);
	struct file_find find;
	struct folder *folders;
	size_t n;
	TRY(req_file_find(c, q, FIND_FOLDERS, &find));
	TRY(desk_folder_find(c, &find, &folders, &n));
	bool has_more = n == (size_t)find.limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_folder(&r->j, &folders[i], &w);
	res_file_paging(c, r, &find, has_more);
	return OK;
}

enum err api_folders_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted all = {0};
	struct folder f;
	int64_t parent_id;
	TRY(read_parent(c, q->json, &parent_id));
	TRY(load(c, q, &f));
	TRY(desk_folder_update(c, f.id, json_get_str(q->json, "name"), parent_id, &f));
	write_folder(&r->j, &f, &all);
	return OK;
}

enum err api_folders_archive(struct ctx *c, const struct req *q, struct res *r)
{
	struct folder f;
	TRY(load(c, q, &f));
	TRY(desk_folder_archive(c, f.id));
	return res_nothing(r);
}

/* Tasks ------------------------------------------------------------------------------------------------------------- */

enum err api_folders_update_later(struct ctx *c, const struct req *q, struct res *r)
{
	struct file_task t;
	int64_t parent_id, id = json_get_id(q->json, "id");
	TRY(read_parent(c, q->json, &parent_id));
	if (id == 0)
		return fail_field(c, STR("id"), STR("REQUIRED_FIELD"), "Some required fields were not set: [id]");
	TRY(desk_folder_update_later(c, id, json_get_str(q->json, "name"), parent_id, &t));
	write_task_locator(c, &r->j, &t, FOLDER_TASKS);
	return OK;
}

enum err api_folders_task(struct ctx *c, const struct req *q, struct res *r)
{
	const struct wanted all = {0};
	struct file_task t;
	struct folder f;
	TRY(task_begin(c, q, r, STR("folder.update"), FOLDER_TASKS, &t));
	enum err e = t.result_id ? desk_folder(c, t.result_id, &f) : ERR_NOT_FOUND;
	if (e == OK) {
		json_key(&r->j, "result");
		write_folder(&r->j, &f, &all);
	}
	return task_end(c, r, e);
}
