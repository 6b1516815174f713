#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Items of the library of any kind, the teams they are for, and the folders they are in. What is an item's own (the text of a snippet,
 * the file of a document) is in a table of its kind, under the item's id. */

struct library_item {
	int64_t id;
	struct str kind;     /* "snippet", … */
	struct str name;
	struct str name_key; /* for order: the words of the name, without case and diacritics */
	struct str handle;   /* the same of what else it is called by: a snippet's #shortcut; empty: nothing */
	struct str words;    /* what it is found by, between blanks */
	int64_t folder_id;   /* 0: none */
	struct str audience; /* PRIVATE, TEAMS, EVERYONE */
	int64_t user_id;     /* whose it is */
	int64_t use_n;
	int64_t used_at;     /* 0: never */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};

/* Whoever changes the library waits for the others. */
enum err library_lock(struct ctx *c);

enum err library_item_insert(struct ctx *c, struct library_item *i);
enum err library_item_update(struct ctx *c, struct library_item *i);
/* ERR_NOT_FOUND. Archived ones are found. */
enum err library_item_load(struct ctx *c, int64_t id, struct library_item *out);
/* One more use, now. */
enum err library_item_use(struct ctx *c, int64_t id);
/* Archived or not. */
enum err library_item_count(struct ctx *c, struct str kind, int64_t *n_out);

/* What somebody sees: what everybody has, what is his teams', and his own. */
struct library_sight {
	int64_t user_id;
	bool is_all;    /* the desk itself */
	int64_t first;  /* only these many of each kind, the oldest; -1: all */
};

enum library_sort { LIBRARY_BY_NAME, LIBRARY_BY_USE, LIBRARY_BY_TIME, LIBRARY_BY_HANDLE, LIBRARY_SORT_N };

/* Patterns for LIKE, which escape with !; any of a row's patterns has to fit. */
struct library_like {
	const struct str *patterns;
	size_t n;
};
struct library_find {
	struct str kind;
	struct library_sight sight;
	const struct library_like *words; /* every one has to fit */
	size_t word_n;
	int64_t folder_id; /* 0: in none; -1: anywhere */
	int64_t user_id;   /* whose; 0: anybody's */
	bool is_archived;
	enum library_sort sort;
	struct str begins;  /* LIBRARY_BY_HANDLE: a pattern; those whose handle fits come first, then those that are used most */
	int64_t after_id;   /* behind this one; 0: from the beginning. Not with LIBRARY_BY_HANDLE */
	int64_t limit;
};
enum err library_item_find(struct ctx *c, const struct library_find *f, struct library_item **out, size_t *n_out);
/* One by id, archived or not, for who sees it. ERR_NOT_FOUND. */
enum err library_item_see(struct ctx *c, const struct library_sight *s, struct str kind, int64_t id, struct library_item *out);
/* Not archived, of that kind and handle, that he sees. */
enum err library_item_by_handle(struct ctx *c, const struct library_sight *s, struct str kind, struct str handle,
                                struct library_item **out, size_t *n_out);

struct library_team {
	int64_t item_id;
	int64_t team_id;
};
/* Of these items, by item. */
enum err library_team_list(struct ctx *c, const int64_t *item_ids, size_t n, struct library_team **out, size_t *n_out);
/* They become exactly these. */
enum err library_team_set(struct ctx *c, int64_t item_id, const int64_t *team_ids, size_t n);

struct library_folder {
	int64_t id;
	struct str kind;
	struct str name;
	struct str name_key;
	int64_t user_id;
	int64_t created_at;
	int64_t updated_at;
};
extern const struct shape library_folder_shape;

enum err library_folder_insert(struct ctx *c, struct library_folder *f);
enum err library_folder_update(struct ctx *c, struct library_folder *f);
enum err library_folder_load(struct ctx *c, int64_t id, struct library_folder *out);
/* By name. */
enum err library_folder_list(struct ctx *c, struct str kind, struct library_folder **out, size_t *n_out);
/* What is in it is in none afterwards. */
enum err library_folder_remove(struct ctx *c, int64_t id);
