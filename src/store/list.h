#pragma once

#include "base/ctx.h"

/* Lists of objects of one type that somebody keeps by hand, who is on them, and the folders they are in. */

struct list {
	int64_t id;
	int64_t object_type;
	struct str name;
	struct str name_key;  /* lower case: no two lists of a type that are not archived have the same */
	int64_t folder_id;    /* 0: the root */
	int64_t version;      /* of the list itself, not of who is on it */
	int64_t size;         /* members */
	int64_t created_by, updated_by; /* users; 0: the desk itself */
	int64_t created_at, updated_at;
	int64_t archived_at; /* 0: not archived */
};

enum err list_insert(struct ctx *c, struct list *l);
enum err list_update(struct ctx *c, struct list *l);
/* Archived ones are found. lock: nobody else changes it, or who is on it, until the transaction ends. */
enum err list_load(struct ctx *c, int64_t id, struct list *out);
enum err list_lock(struct ctx *c, int64_t id, struct list *out);
/* Of those that are not archived. */
enum err list_by_name(struct ctx *c, int64_t object_type, struct str name_key, struct list *out);
/* All that are not archived, by id. */
enum err list_all(struct ctx *c, int64_t most, struct list **out, size_t *n_out);
/* Archived or not, counted up to most. */
enum err list_count(struct ctx *c, int64_t most, int64_t *n_out);
/* Removes what was archived before that time, for good. */
enum err list_sweep(struct ctx *c, int64_t before);

struct list_member {
	int64_t object_id;
	int64_t added_at;
};

/* Where a page begins or ends: a member, by its id or (is_by_time) by when it was added. Without id: at the end. */
struct ticket_access;

struct list_place {
	bool is_by_time;
	bool is_before; /* the page ends before it, and comes backwards; else it begins behind it */
	int64_t added_at, object_id;
};
/* Members that are not in the recycle bin. */
enum err list_member_page(struct ctx *c, int64_t list_id, const struct list_place *place, int64_t limit,
                          struct list_member **out, size_t *n_out);
/* The same of a list of tickets, those that may be seen (store/access.h). */
enum err list_member_page_seen(struct ctx *c, const struct ticket_access *access, int64_t list_id, const struct list_place *place,
                               int64_t limit, struct list_member **out, size_t *n_out);

enum { LIST_CHUNK = 200 };
/* Up to LIST_CHUNK ids: which of them are objects of the type and not in the recycle bin. */
enum err list_member_known(struct ctx *c, int64_t object_type, const struct ticket_access *access, const int64_t *ids, size_t n,
                           struct list_member **out, size_t *n_out);
/* Adds or removes up to LIST_CHUNK; those that were added or removed come back. Objects of another type are not added. */
enum err list_member_add(struct ctx *c, const struct list *l, const int64_t *ids, size_t n, struct list_member **out,
                         size_t *n_out);
enum err list_member_remove(struct ctx *c, int64_t list_id, const int64_t *ids, size_t n, struct list_member **out,
                            size_t *n_out);
enum err list_member_remove_all(struct ctx *c, int64_t list_id, int64_t *n_out);
/* Who is on one list is put on the other. */
enum err list_member_copy(struct ctx *c, int64_t from_list_id, int64_t list_id, int64_t *n_out);
/* Takes an object off all lists, or puts another one in its place. */
enum err list_member_forget(struct ctx *c, int64_t object_id);
enum err list_member_replace(struct ctx *c, int64_t object_id, int64_t by_id);

/* A list that an object is on. */
struct list_of_object {
	int64_t list_id;
	int64_t version;
	int64_t added_at;
};
enum err list_of_object(struct ctx *c, int64_t object_id, int64_t most, struct list_of_object **out, size_t *n_out);

struct list_folder {
	int64_t id;
	int64_t parent_id; /* 0: the root */
	struct str name;
	int64_t user_id;
	int64_t created_at, updated_at;
};
enum err list_folder_insert(struct ctx *c, struct list_folder *f);
enum err list_folder_update(struct ctx *c, struct list_folder *f);
enum err list_folder_remove(struct ctx *c, int64_t id);
/* All, by id. */
enum err list_folder_all(struct ctx *c, struct list_folder **out, size_t *n_out);
