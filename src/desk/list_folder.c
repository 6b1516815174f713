/* The folders of lists. They are few (a maximum says so): all are read at once, and what is above or below is looked
 * up there. */

#include "base/arena.h"
#include "desk/can.h"
#include "desk/list_int.h"

static enum err not_there(struct ctx *c, int64_t id)
{
	fail_context(c, STR("folderId"), str_fmt(c->a, "%lld", (long long)id));
	return fail(c, ERR_NOT_FOUND, "List folder %lld does not exist.", (long long)id);
}

static const struct list_folder *find(const struct list_folder *folders, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (folders[i].id == id)
			return &folders[i];
	return NULL;
}

enum err desk_list_folders(struct ctx *c, struct list_folder **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return list_folder_all(c, out, n_out);
}

enum err desk_list_folder_find(struct ctx *c, int64_t id, struct list_folder *out)
{
	struct list_folder *folders;
	size_t n;
	*out = (struct list_folder){0};
	if (id == 0)
		return OK;
	TRY(desk_list_folders(c, &folders, &n));
	const struct list_folder *found = find(folders, n, id);
	if (found == NULL)
		return not_there(c, id);
	*out = *found;
	return OK;
}

static enum err begin(struct ctx *c, struct list_folder **folders, size_t *n)
{
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(list_lock_all(c));
	return list_folder_all(c, folders, n);
}

/* How many folders are above the ones in it: 1 in the root. */
static int depth_of(const struct list_folder *folders, size_t n, int64_t parent_id)
{
	int depth = 1;
	for (const struct list_folder *f = find(folders, n, parent_id); f != NULL; f = find(folders, n, f->parent_id))
		depth++;
	return depth;
}

/* How many levels the folder has, itself included. */
static int height_of(const struct list_folder *folders, size_t n, int64_t id)
{
	int height = 0;
	for (size_t i = 0; i < n; i++) {
		int below = folders[i].parent_id == id ? height_of(folders, n, folders[i].id) : 0;
		height = below > height ? below : height;
	}
	return height + 1;
}

static enum err check_parent(struct ctx *c, const struct list_folder *folders, size_t n, int64_t parent_id, int height)
{
	if (parent_id != 0 && find(folders, n, parent_id) == NULL)
		return not_there(c, parent_id);
	if (depth_of(folders, n, parent_id) + height - 1 > MAX_LIST_FOLDER_DEPTH)
		return fail_field(c, STR("parentFolderId"), STR("INVALID_OPTION"), "Folders are at most %d deep.",
		                  MAX_LIST_FOLDER_DEPTH);
	return OK;
}

enum err desk_list_folder_create(struct ctx *c, int64_t parent_id, struct str name, struct list_folder *out)
{
	struct list_folder *folders, f = {.parent_id = parent_id, .name = str_trim(name), .user_id = c->who.user_id,
	                                  .created_at = c->now, .updated_at = c->now};
	size_t n;
	TRY(list_check_name(c, STR("name"), name));
	TRY(begin(c, &folders, &n));
	if (n >= MAX_LIST_FOLDERS)
		return fail(c, ERR_BAD_INPUT, "There are at most %d list folders.", MAX_LIST_FOLDERS);
	TRY(check_parent(c, folders, n, parent_id, 1));
	TRY(list_folder_insert(c, &f));
	*out = f;
	return list_announce(c, EV_LIST_FOLDER, f.id);
}

enum err desk_list_folder_rename(struct ctx *c, int64_t id, struct str name, struct list_folder *out)
{
	struct list_folder *folders;
	size_t n;
	TRY(list_check_name(c, STR("newFolderName"), name));
	TRY(begin(c, &folders, &n));
	const struct list_folder *found = find(folders, n, id);
	if (found == NULL)
		return not_there(c, id);
	*out = *found;
	out->name = str_trim(name);
	out->updated_at = c->now;
	TRY(list_folder_update(c, out));
	return list_announce(c, EV_LIST_FOLDER, id);
}

enum err desk_list_folder_move(struct ctx *c, int64_t id, int64_t parent_id, struct list_folder *out)
{
	struct list_folder *folders;
	size_t n;
	TRY(begin(c, &folders, &n));
	const struct list_folder *found = find(folders, n, id);
	if (found == NULL)
		return not_there(c, id);
	for (const struct list_folder *f = find(folders, n, parent_id); f != NULL; f = find(folders, n, f->parent_id))
		if (f->id == id)
			return fail_field(c, STR("newParentFolderId"), STR("INVALID_OPTION"),
			                  "A folder cannot be inside of itself.");
	TRY(check_parent(c, folders, n, parent_id, height_of(folders, n, id)));
	*out = *found;
	out->parent_id = parent_id;
	out->updated_at = c->now;
	TRY(list_folder_update(c, out));
	return list_announce(c, EV_LIST_FOLDER, id);
}

enum err desk_list_folder_remove(struct ctx *c, int64_t id)
{
	struct list_folder *folders;
	struct list *lists;
	size_t n, list_n;
	TRY(desk_can(c, CAN_DELETE, NULL));
	TRY(begin(c, &folders, &n));
	if (find(folders, n, id) == NULL)
		return not_there(c, id);
	TRY(list_all(c, MAX_LISTS, &lists, &list_n));
	for (size_t i = 0; i < n; i++)
		if (folders[i].parent_id == id)
			return fail(c, ERR_BAD_INPUT, "The folder is not empty: folder %lld is in it.",
			            (long long)folders[i].id);
	for (size_t i = 0; i < list_n; i++)
		if (lists[i].folder_id == id)
			return fail(c, ERR_BAD_INPUT, "The folder is not empty: list %lld is in it.",
			            (long long)lists[i].id);
	TRY(list_folder_remove(c, id));
	return list_announce(c, EV_LIST_FOLDER, id);
}
