#pragma once

#include "base/ctx.h"
#include "store/search.h"
#include "store/ticket_row.h"

/* Lists of tickets as views show them: which tickets, in what order, from where on, and how many there are. One function lists and one
 * counts. A new kind of view is a word of enum view_of and what it means in SQL (add_of in view.c); who may see what is one predicate
 * there, for lists and counts alike. */

enum {
	MAX_VIEW_PAGE = 100,
	MAX_VIEW_REACH = 200000, /* no list is paged or counted further */
};

/* What a view is about beside state and owner. */
enum view_of {
	VIEW_OF_ALL,
	VIEW_OF_TEAM, /* assigned to find->team_id */
	VIEW_OF_SNOOZED,
	VIEW_OF_SPAM,
	VIEW_OF_DRAFTS, /* where find->user_id writes */
	VIEW_OF_MENTIONS,  /* with a comment that mentions user_id */
	VIEW_OF_FOLLOWING, /* that user_id said he follows */
	VIEW_OF_N
};

enum view_state { VIEW_OPEN_ONLY, VIEW_CLOSED_ONLY, VIEW_ANY_STATE };

enum view_sort {
	VIEW_NEWEST,   /* the newest activity first */
	VIEW_OLDEST,   /* the oldest activity first */
	VIEW_PRIORITY, /* the most urgent first, of those the newest activity */
	VIEW_CREATED,  /* the newest ticket first */
	VIEW_CREATED_OLDEST,
	VIEW_SORT_N
};

/* The last row of the page before. */
struct view_place {
	int64_t rank; /* of its priority */
	int64_t at;   /* what it is sorted by: its activity, or its creation */
	int64_t id;   /* 0: from the beginning */
};

struct ticket_access;

struct view_find {
	enum view_of of;
	enum view_state state;
	int64_t owner_id; /* -1: anybody; 0: unassigned */
	int64_t user_id;  /* who asks */
	struct str team_id;
	const int64_t *ids; /* of these only */
	size_t id_n;        /* 0: of all; at most MAX_VIEW_PAGE */
	enum view_sort sort;
	struct view_place after;
	int64_t offset; /* at most MAX_VIEW_REACH */
	int64_t limit;  /* at most MAX_VIEW_PAGE + 1 */
	const struct ticket_access *access; /* of these tickets only (store/access.h); NULL: of all */
	bool is_shared_only; /* view.c alone */
};

enum err view_list(struct ctx *c, const struct view_find *find, struct ticket_row **out, size_t *n_out);
/* Counted up to most. */
enum err view_count(struct ctx *c, const struct view_find *find, int64_t most, int64_t *n_out);
/* Where a page ends. */
struct view_place view_place_of(enum view_sort sort, const struct ticket_row *row);
/* The first ids of it, up to most. */
enum err view_id_list(struct ctx *c, const struct view_find *find, int64_t most, int64_t **out, size_t *n_out);
