#pragma once

#include "base/ctx.h"
#include "desk/schema.h"
#include "store/list.h"

/* Static lists: objects of one type that somebody put there by hand or by a program. Who may view objects may read lists, who may
 * edit objects may change them. Names are unique among the lists of a type that are not archived, without upper and lower case.
 *
 * An archived list can be restored for LIST_DAYS, with all who are on it; after that it is gone. An object in the recycle bin is on
 * no list; one that was merged leaves its place to the other. Changes of a list, and of who is on it, leave events. */

enum {
	MAX_LISTS = 5000, /* archived ones count */
	MAX_LIST_NAME_BYTES = 255,
	MAX_MEMBERS_IN = 100000,    /* in one call, also where another list is copied */
	MAX_LIST_MEMBERS = 1000000, /* on one list */
	MAX_LISTS_OF_OBJECT = 1000, /* that are told */
	LIST_DAYS = 90,
};

struct list_in {
	const struct type_def *type;
	struct str name;
	int64_t folder_id; /* 0: the root */
};

/* ERR_BAD_INPUT. */
enum err desk_list_create(struct ctx *c, const struct list_in *in, struct list *out);
/* ERR_NOT_FOUND, also when it is archived. */
enum err desk_list_load(struct ctx *c, int64_t id, struct list *out);
enum err desk_list_by_name(struct ctx *c, const struct type_def *t, struct str name, struct list *out);
/* All that are not archived, by id. */
enum err desk_list_all(struct ctx *c, struct list **out, size_t *n_out);
enum err desk_list_rename(struct ctx *c, int64_t id, struct str name, struct list *out);
enum err desk_list_move(struct ctx *c, int64_t id, int64_t folder_id);
/* Twice is no error, either. Restoring: ERR_BAD_INPUT when its name was taken meanwhile. */
enum err desk_list_archive(struct ctx *c, int64_t id);
enum err desk_list_restore(struct ctx *c, int64_t id);

/* What became of the ids of a call. Adding who is there and removing who is not changes nothing, and is neither. */
struct list_changes {
	int64_t *added, *removed, *missing; /* missing: no object of the type, or in the recycle bin */
	size_t added_n, removed_n, missing_n;
};
enum err desk_list_change(struct ctx *c, int64_t id, const int64_t *add, size_t add_n, const int64_t *remove,
                          size_t remove_n, struct list_changes *out);
enum err desk_list_clear(struct ctx *c, int64_t id);
/* Puts who is on the source on the list too. ERR_BAD_INPUT when they are of different types. */
enum err desk_list_copy(struct ctx *c, int64_t id, int64_t source_id);
enum err desk_list_members(struct ctx *c, int64_t id, const struct list_place *place, int64_t limit, struct list *list_out,
                           struct list_member **out, size_t *n_out);
/* The lists that an object is on. */
enum err desk_lists_of(struct ctx *c, const struct type_def *t, int64_t object_id, struct list_of_object **out,
                       size_t *n_out);

/* For whoever puts an object into the recycle bin, or another one in its place. */
enum err desk_list_forget(struct ctx *c, int64_t object_id);
enum err desk_list_replace(struct ctx *c, int64_t object_id, int64_t by_id);

/* Folders ---------------------------------------------------------------------------------------------------------- */

enum { MAX_LIST_FOLDERS = 1000, MAX_LIST_FOLDER_DEPTH = 5 };

/* All, by id. */
enum err desk_list_folders(struct ctx *c, struct list_folder **out, size_t *n_out);
enum err desk_list_folder_create(struct ctx *c, int64_t parent_id, struct str name, struct list_folder *out);
enum err desk_list_folder_rename(struct ctx *c, int64_t id, struct str name, struct list_folder *out);
/* ERR_BAD_INPUT when it would be inside of itself, or too deep. */
enum err desk_list_folder_move(struct ctx *c, int64_t id, int64_t parent_id, struct list_folder *out);
/* ERR_BAD_INPUT while a list or a folder is in it. */
enum err desk_list_folder_remove(struct ctx *c, int64_t id);
/* ERR_NOT_FOUND; the root is there. */
enum err desk_list_folder_find(struct ctx *c, int64_t id, struct list_folder *out);
