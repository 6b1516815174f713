#pragma once

#include <stdbool.h>

#include "db/sqlb.h"
#include "store/search.h"

/* Shared by search.c, which says what holds, and search_run.c, which says in what order rows are looked at. */

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

/* Every step, whatever the one before it found: for a test that looks at their plans. */
enum err search_try_steps(struct ctx *c, const struct search *s);
