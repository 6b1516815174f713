#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Files and folders as rows; their bytes are in store/blob.h. What is archived or has expired is not found by anything here but the
 * sweep. Whoever changes the tree of folders, or names in it, calls file_lock first. */

enum {
	FOLDER_ROOT = 0,
	FOLDER_NONE = -1,    /* files that came with a message */
	FOLDER_LIBRARY = -2, /* files of items of the library: only file_load_library and file_load_any find them */
};

struct folder {
	int64_t id;
	int64_t parent_id;
	struct str name;
	struct str path; /* "/library/cats"; the root's is empty */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};

struct file {
	int64_t id;
	int64_t folder_id;
	struct str name;      /* without the extension */
	struct str extension; /* without the dot; may be empty */
	struct str type;      /* IMG, DOCUMENT, … */
	struct str encoding;
	struct str content_type;
	int64_t size_bytes;
	int64_t width, height; /* 0: no image, or one that we cannot read */
	struct str access;
	bool is_usable;
	struct str blob;
	struct str link_key; /* in the address of a public file */
	int64_t user_id;
	int64_t created_at;
	int64_t updated_at;
	int64_t expires_at;
	int64_t archived_at;
	struct str folder_path; /* of its folder, on reading */
};

enum err file_lock(struct ctx *c);

enum err folder_insert(struct ctx *c, struct folder *f);
enum err folder_load(struct ctx *c, int64_t id, struct folder *out);
enum err folder_by_path(struct ctx *c, struct str path, struct folder *out);
enum err folder_update(struct ctx *c, struct folder *f);
enum err folder_count(struct ctx *c, int64_t *out);
/* The paths of all folders below old_path begin with new_path instead. */
enum err folder_move_below(struct ctx *c, struct str old_path, struct str new_path);
/* The longest path below path, in characters and as its depth; 0 when there is none. */
enum err folder_below(struct ctx *c, struct str path, int64_t *longest_out, int64_t *deepest_out);
/* The folder with this path, all below it, and all files in them. */
enum err folder_archive(struct ctx *c, struct str path);

enum err file_insert(struct ctx *c, struct file *f);
enum err file_load(struct ctx *c, int64_t id, struct file *out);
enum err file_load_library(struct ctx *c, int64_t id, struct file *out);
enum err file_by_name(struct ctx *c, int64_t folder_id, struct str name, struct str extension, struct file *out);
enum err file_by_key(struct ctx *c, struct str link_key, struct file *out);
/* One with these bytes, the oldest; folder_id FOLDER_NONE: in whatever folder. */
enum err file_by_bytes(struct ctx *c, struct str blob, int64_t folder_id, struct file *out);
enum err file_update(struct ctx *c, struct file *f);
enum err file_remove(struct ctx *c, int64_t id);
/* Also archived and expired ones. */
enum err file_load_any(struct ctx *c, int64_t id, struct file *out);
/* Every file there is, with id > after. */
enum err file_list_any(struct ctx *c, int64_t after, int64_t limit, struct file **out, size_t *n_out);
/* Files whose time is over: expired, or archived before that time. */
enum err file_list_over(struct ctx *c, int64_t archived_before, int64_t limit, struct file **out, size_t *n_out);

/* What to list. Empty lists, null strings and negative numbers leave a filter out; from and to are inclusive. */
struct range {
	int64_t from, to;
};
#define RANGE_ANY {-1, -1}
enum { MAX_FIND_IDS = 100, MAX_FIND_SORTS = 5 };
enum file_sort {
	SORT_ID, SORT_CREATED, SORT_UPDATED, SORT_NAME, SORT_PATH, SORT_SIZE, SORT_WIDTH, SORT_HEIGHT, SORT_TYPE,
	SORT_EXTENSION, SORT_ENCODING, SORT_EXPIRES, SORT_N
};
struct file_find {
	const int64_t *ids, *folder_ids;
	size_t id_n, folder_id_n;
	struct range id, created_at, updated_at, expires_at, size_bytes, width, height;
	struct str name, path, encoding, type, extension, link_key;
	int is_usable; /* -1: either */
	int is_public; /* -1: either */
	struct {
		enum file_sort by;
		bool is_falling;
	} sorts[MAX_FIND_SORTS];
	size_t sort_n;
	int64_t offset, limit;
};
enum err file_find(struct ctx *c, const struct file_find *find, struct file **out, size_t *n_out);
/* Of the same form: ids, folder_ids (parents), times, name and path count. */
enum err folder_find(struct ctx *c, const struct file_find *find, struct folder **out, size_t *n_out);

struct file_task {
	int64_t id;
	struct str kind;
	struct str state; /* PENDING, PROCESSING, COMPLETE */
	struct str body;  /* JSON: what was asked */
	int64_t result_id; /* the file or folder; 0: none, see error */
	struct str error;
	int64_t user_id;
	int64_t requested_at;
	int64_t started_at;
	int64_t completed_at;
};
enum err file_task_insert(struct ctx *c, struct file_task *t);
enum err file_task_load(struct ctx *c, int64_t id, struct file_task *out);
enum err file_task_update(struct ctx *c, struct file_task *t);
/* Those that were asked for before that time. */
enum err file_task_sweep(struct ctx *c, int64_t before);
