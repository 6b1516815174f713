#pragma once

#include <stddef.h>

#include "base/ctx.h"
#include "desk/schema.h"
#include "store/search.h"

/* Search as the wire has it: filters by name, operator and text. Text of type string compares without case, enumerations with
 * case, numbers and times by what they are. A property that is not set matches NOT_HAS_PROPERTY only. */

enum { MAX_QUERY_CHARS = 3000 };

/* Before the name of a type: the objects of that type that something is linked with. */
#define LINKED_PREFIX STR("associations.")

struct filter_in {
	struct str object_type; /* of what a ticket is linked with, where has_linked says so; null: its own */
	struct str property;
	struct str op;
	struct str value;      /* null: not given */
	struct str high_value; /* BETWEEN */
	struct str *values;    /* IN, NOT_IN */
	size_t value_n;
};

struct filter_group_in {
	struct filter_in *filters;
	size_t n;
};

struct search_in {
	struct str query; /* all of its words are in the type's texts: desk/words.h; null, empty: any */
	struct filter_group_in *groups;
	size_t group_n;
	struct str sort; /* a property; empty: by creation */
	bool is_descending;
	int64_t limit;
	int64_t offset;
	bool has_linked; /* filters may ask for properties of linked contacts and companies */
	bool is_index_current; /* desk_index_wait() said so: filters that desk_search_asks_index() may use the index of words */
};

/* Filters and order as the type takes them; the query is not looked at. ERR_BAD_INPUT as below. */
enum err desk_search_read(struct ctx *c, const struct type_def *t, const struct search_in *in, struct search *out);
/* Does a filter ask for the value of a property that is kept in no column? The index of words knows, if it is current. */
bool desk_search_asks_index(const struct type_def *t, const struct search_in *in);
/* With a query the filters apply to the newest MAX_SEARCH_REACH objects that have its words. Who wants to find what he has just
 * written calls desk_index_wait() before.
 *
 * ERR_BAD_INPUT: unknown properties and operators, values that do not fit, more than the limits of store/search.h allow. */
enum err desk_search(struct ctx *c, const struct type_def *t, const struct search_in *in, struct object **out,
                     size_t *n_out, int64_t *total_out);
