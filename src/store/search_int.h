#pragma once

#include <stdbool.h>

#include "db/sqlb.h"
#include "store/search.h"

/* Shared by search.c, which says what holds, search_way.c, which finds the index that leaves least, and search_run.c, which says in what
 * order rows are looked at. */

struct maker {
	struct sqlb b;
	struct ctx *c;
	const struct search *s;
	bool is_pg;
};

/* Its value, in the form in which values of the property are compared and sorted; NULL where it is not set. */
void search_add_what(struct maker *m, const struct search_what *w);
void search_add_filter(struct maker *m, const struct search_filter *f);
/* All filters of a group, with AND between them. */
void search_add_group(struct maker *m, const struct search_group *g);
/* " AND " and that the object has the words of the query; nothing without one. */
void search_add_words(struct maker *m);

/* A number that is not set is 0 in this column. */
bool search_has_zero(const struct field *f);
/* One value or several of a column, or none: what the columns that an index begins with have to be. */
bool search_is_equality(const struct search_filter *f);

enum { MAX_LEADS = 2, MAX_LIMITED_GROUPS = 2 * MAX_SEARCH_GROUPS };
/* Where several leave too many to tell apart, the first one is taken. */
enum way {
	WAY_ID,
	WAY_KEY,
	WAY_OWNER_PRIORITY,
	WAY_PRIORITY_STAGE,
	WAY_STAGE_OWNER,
	WAY_OPEN,
	WAY_OPEN_TICKET,
	WAY_PIPELINE,
	WAY_ACTIVITY,
	WAY_UPDATE,
	WAY_CREATION,
	WAY_N
};

void search_init(struct maker *m, struct ctx *c, const struct search *s);
/* " FROM object … WHERE …" of what is of the type and not archived, read by this index. */
void search_add_from(struct maker *m, enum way way);
/* " INDEXED BY …" where the engine has to be told. */
void search_add_index(struct maker *m, enum way way);
/* " AND …": those filters of the group that the index begins with. */
void search_add_leads(struct maker *m, enum way way, const struct search_group *g);
bool search_is_lead(const struct search *s, enum way way, const struct search_filter *f);
/* How many of the columns that the index begins with the group tells. */
size_t search_lead_n(const struct search *s, enum way way, const struct search_group *g);
/* Behind these the index is in the order of activity. */
bool search_is_by_activity(enum way way);
/* The index in the order of the answer. */
enum way search_way_of_order(const struct search *s);
/* The same search with its access in its groups: each is there once for the owners and once for what is shared. */
void search_limit(struct ctx *c, const struct search *s, struct search *out);
/* The way that leaves least. With a filter that names the objects themselves there is nothing to choose. On PostgreSQL the way only says
 * whether the walk may be along it. */
enum err search_choose(struct ctx *c, const struct search *s, const struct search_group *g, enum way *out);

/* Every step, whatever the one before it found: for a test that looks at their plans. */
enum err search_try_steps(struct ctx *c, const struct search *s);
