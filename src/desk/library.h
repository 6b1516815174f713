#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/library.h"

/* The library: what agents keep to put into texts. Every kind of item has the same name, owner, folder and audience, and the same rules:
 * one sees what everybody has, what is for a team of one's own, and one's own; one changes one's own, and administrators what they see.
 * Nobody sees the private items of others. What one does not see does not exist: ERR_NOT_FOUND. List, search, pickers and reading one ask
 * the same.
 *
 * Users without a seat (a view-only one) see only the first of each kind that the desk has, as many as the table in library.c says.
 *
 * A kind keeps what is its own in a table under the item's id, and writes it in the transaction in which it calls desk_library_make or
 * desk_library_keep. */

enum library_kind {
	LIBRARY_SNIPPET,
	LIBRARY_TEMPLATE,
	LIBRARY_DOCUMENT,
	LIBRARY_VIDEO,
	LIBRARY_KIND_N,
};

enum {
	MAX_LIBRARY_ITEMS = 5000,  /* of a kind, with those that are archived */
	MAX_LIBRARY_FOLDERS = 200, /* of a kind */
	MAX_LIBRARY_NAME_CHARS = 100,
	MAX_LIBRARY_HANDLE_CHARS = 30,
	MAX_LIBRARY_TEAMS = 20,
	MAX_LIBRARY_PAGE = 100,
	MAX_LIBRARY_QUERY_BYTES = 400,
	MAX_LIBRARY_QUERY_WORDS = 10,
	MAX_LIBRARY_WORDS_BYTES = 20000, /* of a text; what is behind them is not found */
};

/* "snippet", … */
struct str library_kind_name(enum library_kind kind);
/* ERR_NOT_FOUND: there is no such kind. */
enum err library_kind_read(struct ctx *c, struct str name, enum library_kind *out);

struct library_entry {
	struct library_item item;
	const int64_t *team_ids; /* audience TEAMS */
	size_t team_n;
	bool may_edit;
};

/* Members that are null stay as they were. */
struct library_in {
	struct str name;
	struct str audience;     /* PRIVATE, TEAMS, EVERYONE */
	const int64_t *team_ids; /* NULL: as it was */
	size_t team_n;
	int64_t folder_id;       /* 0: none; -1: as it was */
	int64_t if_updated_at;   /* 0, or the time of the change that the caller has seen last: else ERR_STALE */
};
/* What a kind adds, always the whole. */
struct library_own {
	struct str handle; /* what it is called by beside its name: no other of the kind that one sees has it; null: nothing */
	struct str text;   /* what it is found by, beside name and handle; may be null */
};

/* May he make items of the library at all? */
bool desk_may_make(const struct ctx *c);
/* ERR_BAD_INPUT names the field; ERR_CONFLICT: there are too many. */
enum err desk_library_make(struct ctx *c, enum library_kind kind, const struct library_in *in, const struct library_own *own,
                           struct library_entry *out);
/* To be changed by who may: with the lock of the library. */
enum err desk_library_edit(struct ctx *c, enum library_kind kind, int64_t id, struct library_entry *out);
/* Writes one that desk_library_edit gave. */
enum err desk_library_keep(struct ctx *c, const struct library_in *in, const struct library_own *own, struct library_entry *entry);

/* One that he sees; of those in the archive what he may change. */
enum err desk_library(struct ctx *c, enum library_kind kind, int64_t id, struct library_entry *out);

struct library_ask {
	enum library_kind kind;
	struct str query;  /* words in any language, or parts of them; null: all */
	int64_t folder_id; /* 0: in none; -1: anywhere */
	bool is_mine;
	bool is_archived;
	enum library_sort sort; /* LIBRARY_BY_HANDLE: the query may be the beginning of a handle */
	int64_t after_id;
	int64_t limit;
};
/* "name", "used", "updated", "match". ERR_BAD_INPUT. The null string: by name. */
enum err library_sort_read(struct ctx *c, struct str text, enum library_sort *out);
enum err desk_library_list(struct ctx *c, const struct library_ask *ask, struct library_entry **out, size_t *n_out);

/* Of any kind. */
enum err desk_library_archive(struct ctx *c, int64_t id);
/* ERR_CONFLICT: another one took its handle. */
enum err desk_library_restore(struct ctx *c, int64_t id);
/* It was put into a text. */
enum err desk_library_use(struct ctx *c, int64_t id);

/* Folders are everybody's; who made one, and administrators, rename and remove it. ERR_CONFLICT: the name is taken, or there are too
 * many. */
struct library_shelf {
	struct library_folder folder;
	bool may_edit;
};
enum err desk_library_folders(struct ctx *c, enum library_kind kind, struct library_shelf **out, size_t *n_out);
enum err desk_library_folder_create(struct ctx *c, enum library_kind kind, struct str name, struct library_shelf *out);
enum err desk_library_folder_rename(struct ctx *c, int64_t id, struct str name, struct library_shelf *out);
/* What was in it is in none then. */
enum err desk_library_folder_remove(struct ctx *c, int64_t id);
