#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/object.h"

/* Finding objects by what they hold. Filters of a group hold together, one group is enough. An object on which a property is not
 * set matches HAS_NOT only: neither NEQ nor NOT_IN nor CONTAINS_NOT. The result does not depend on the engine. */

enum {
	MAX_SEARCH_GROUPS = 5,
	MAX_GROUP_FILTERS = 6,
	MAX_ACCESS_FILTERS = 2, /* of a group, beside those */
	MAX_GROUP_ROOM = 16, /* with what a view asks for besides */
	MAX_SEARCH_FILTERS = 18,
	MAX_SEARCH_VALUES = 100,       /* of all filters together */
	MAX_SEARCH_WORDS = 32,
	MAX_SEARCH_REACH = 10000,      /* no further page, and nothing is counted beyond */
	MAX_SEARCH_PAGE = 200,
	MAX_WORD_CHARS = 200,
	MAX_WORD_STARS = 10,
};

enum search_op {
	SEARCH_EQ,
	SEARCH_NEQ,
	SEARCH_LT,
	SEARCH_LTE,
	SEARCH_GT,
	SEARCH_GTE,
	SEARCH_BETWEEN, /* values[0] to values[1], both included */
	SEARCH_IN,
	SEARCH_NOT_IN,
	SEARCH_HAS,
	SEARCH_HAS_NOT,
	SEARCH_CONTAINS, /* all values, as words: * stands for any characters but blanks */
	SEARCH_CONTAINS_NOT,
	SEARCH_LINKED, /* with one of the objects values, of another type */
	SEARCH_OP_N,
	/* made from access below, without values; nobody asks for them */
	SEARCH_OWNED, /* by one of those whose tickets are seen */
	SEARCH_SHARED,
	SEARCH_IN_OPEN_PIPELINE,
	SEARCH_NO_SPAM, /* tickets that are none */
	SEARCH_NOT_SNOOZED,
};

/* What is compared: a column of object, or a property in props. */
struct search_what {
	const struct field *column; /* of struct object; NULL: name */
	struct str name;
	enum { SEARCH_AS_IS, SEARCH_WITHOUT_CASE, SEARCH_AS_NUMBER, SEARCH_AS_PRIORITY } as; /* of texts */
};

struct search_value {
	struct str text;
	int64_t number; /* for columns that are numbers, times or booleans */
};

struct search_filter {
	struct search_what what;
	enum search_op op;
	int64_t other_type; /* SEARCH_LINKED */
	int64_t of_type;    /* an object of this type, linked with it, has the property; 0: it itself */
	const struct search_value *values;
	size_t value_n;
};

struct search_group {
	struct search_filter filters[MAX_GROUP_ROOM + MAX_ACCESS_FILTERS];
	size_t n; /* at least one */
};

struct ticket_access;

struct search {
	int64_t object_type;
	const struct search_group *groups;
	size_t group_n;
	struct str ids; /* [7,8]: of these only (store/word_index.h); null: of all */
	struct search_what order; /* with neither column nor name: by creation */
	bool is_descending;       /* objects without a value come last either way; of the same value, also the newest first */
	int64_t limit;            /* at most MAX_SEARCH_PAGE */
	int64_t offset;
	const struct ticket_access *access; /* of tickets only those (store/access.h); NULL: all */
	int64_t most; /* counted up to this many; 0: MAX_SEARCH_REACH */
};

/* A page, and how many there are, counted up to MAX_SEARCH_REACH. Archived ones are never found. */
enum err object_search(struct ctx *c, const struct search *s, struct object **out, size_t *n_out, int64_t *total_out);
/* The ids of all that it has, up to limit, which may be more than a page: for who works through them. In its order. */
enum err object_search_every(struct ctx *c, const struct search *s, int64_t **ids_out, size_t *n_out);
/* The same, without the rows: room for limit ids. */
enum err object_search_ids(struct ctx *c, const struct search *s, int64_t *ids, size_t *n_out, int64_t *total_out);
