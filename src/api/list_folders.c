/* Folders of lists. Their ids are numbers on the wire, for once; 0 is the root. */

#include "api/body.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/list_json.h"
#include "base/num.h"
#include "text/json_read.h"

/* All folders and lists: a tree is small, and read as a whole. */
struct tree {
	struct list_folder *folders;
	size_t folder_n;
	struct list *lists;
	size_t list_n;
};

static enum err load_tree(struct ctx *c, struct tree *out)
{
	TRY(desk_list_folders(c, &out->folders, &out->folder_n));
	return desk_list_all(c, &out->lists, &out->list_n);
}

/* As deep as folders are (MAX_LIST_FOLDER_DEPTH). */
static void write_folder(struct json *j, const struct tree *t, const struct list_folder *f)
{
	json_object_begin(j);
	json_add_int(j, "id", f->id);
	json_add_int(j, "parentFolderId", f->parent_id);
	json_add_string(j, "name", f->name);
	if (f->user_id != 0)
		json_add_int(j, "userId", f->user_id);
	json_add_time(j, "createdAt", f->created_at);
	json_add_time(j, "updatedAt", f->updated_at);
	json_key(j, "childNodes");
	json_array_begin(j);
	for (size_t i = 0; i < t->folder_n; i++)
		if (t->folders[i].parent_id == f->id)
			write_folder(j, t, &t->folders[i]);
	json_array_end(j);
	json_key(j, "childLists");
	json_array_begin(j);
	for (size_t i = 0; i < t->list_n; i++)
		if (t->lists[i].folder_id == f->id)
			json_int(j, t->lists[i].id);
	json_array_end(j);
	json_object_end(j);
}

static enum err give(struct ctx *c, struct res *r, const struct list_folder *f)
{
	struct tree t;
	TRY(load_tree(c, &t));
	json_object_begin(&r->j);
	json_key(&r->j, "folder");
	write_folder(&r->j, &t, f);
	json_object_end(&r->j);
	return OK;
}

/* 0, or the id of a folder. */
static enum err read_id(struct ctx *c, struct str text, const char *name, int64_t *out)
{
	if (num_parse_int(text, out) && *out >= 0)
		return OK;
	return fail_field(c, str_c(name), STR("INVALID_INTEGER"), "%s is the id of a folder.", name);
}

enum err api_list_folders_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct list_folder f;
	struct str parent = json_scalar_text(c, json_object_get(q->json, "parentFolderId"));
	struct str name = json_get_str(q->json, "name");
	int64_t parent_id = 0;
	if (str_is_null(name))
		return body_lacks(c, "name");
	if (parent.n > 0)
		TRY(read_id(c, parent, "parentFolderId", &parent_id));
	TRY(desk_list_folder_create(c, parent_id, name, &f));
	return give(c, r, &f);
}

enum err api_list_folders_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct list_folder f;
	struct str id = req_query(c, q, "folderId");
	int64_t folder_id = 0;
	if (id.n > 0)
		TRY(read_id(c, id, "folderId", &folder_id));
	TRY(desk_list_folder_find(c, folder_id, &f));
	return give(c, r, &f);
}

enum err api_list_folders_rename(struct ctx *c, const struct req *q, struct res *r)
{
	struct list_folder f;
	int64_t id;
	TRY(req_id(c, q, "folderId", &id));
	TRY(desk_list_folder_rename(c, id, req_query(c, q, "newFolderName"), &f));
	return give(c, r, &f);
}

enum err api_list_folders_move(struct ctx *c, const struct req *q, struct res *r)
{
	struct list_folder f;
	int64_t id, parent_id;
	TRY(req_id(c, q, "folderId", &id));
	TRY(read_id(c, req_param(q, "newParentFolderId"), "newParentFolderId", &parent_id));
	TRY(desk_list_folder_move(c, id, parent_id, &f));
	return give(c, r, &f);
}

enum err api_list_folders_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "folderId", &id));
	TRY(desk_list_folder_remove(c, id));
	return res_nothing(r);
}

enum err api_lists_move(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id = json_get_id(q->json, "listId"), folder_id;
	struct str folder = json_scalar_text(c, json_object_get(q->json, "newFolderId"));
	if (id == 0 || folder.n == 0)
		return body_lacks(c, id == 0 ? "listId" : "newFolderId");
	TRY(read_id(c, folder, "newFolderId", &folder_id));
	TRY(desk_list_move(c, id, folder_id));
	return res_nothing(r);
}
