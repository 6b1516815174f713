#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "base/shape.h"
#include "store/schema.h"

/* The definitions of types and properties as a unit of work sees them: looking a property up costs a hash, not a query. They come
 * from the snapshot that desk/definitions.h shares among all threads, and stay as they are until the context's arena is closed; a
 * write transaction sees the newest. */

struct option {
	struct str value;
	struct str label;
};

struct property_def {
	struct property row;
	const struct field *column; /* of struct object; NULL: kept in props */
	bool is_read_time;          /* worked out when it is read: desk/calculate.h */
	struct option *options;
	size_t option_n;
};

struct property_rule;

struct type_def {
	struct object_type row;
	struct str error_label; /* TICKET: as error sentences name it */
	struct property_def *props;
	size_t prop_n;
	uint32_t *slots; /* hash table of indexes into props, plus one */
	size_t slot_n;   /* a power of two */
	const struct property_def **keys; /* those by whose value an object is found: see desk/unique.h */
	size_t key_n;
	const struct property_rule *rules; /* desk/stage_rule.h */
	size_t rule_n;
};

struct schema {
	int64_t number; /* of the change that made them so */
	struct type_def *types;
	size_t type_n;
	struct association_type *link_types; /* by id */
	size_t link_type_n;
};

/* Built-in types that rules are tied to. */
enum { TYPE_CONTACT = 1, TYPE_COMPANY = 2, TYPE_TICKET = 5 };

/* Reads the definitions into the context's arena, which has to live as long as they are used. */
enum err schema_load(struct ctx *c, struct schema *out);

/* The type called name: plural, singular, type id ("0-5") or, of users, fully qualified ("p1_car", "p_car"). ERR_BAD_INPUT: "Unable
 * to infer object type from: foo", also when it is archived. */
enum err schema_type(struct ctx *c, struct str name, const struct type_def **out);
bool schema_is_called(const struct object_type *t, struct str name);
/* The type with this id; it has to exist, but may be archived. */
const struct type_def *schema_type_by_id(struct ctx *c, int64_t id);
/* NULL when there is none. */
const struct type_def *schema_type_if_there(struct ctx *c, int64_t id);
/* NULL when the type has no such property. */
const struct property_def *schema_property(const struct type_def *t, struct str name);

/* The type of links with this id; NULL: there is none. */
const struct association_type *schema_link_type(struct ctx *c, int64_t type_id);
/* All types of links, by id. */
const struct association_type *schema_link_types(struct ctx *c, size_t *n_out);
/* The unlabelled type of links from objects of one type to those of another; NULL: these cannot be linked. */
const struct association_type *schema_plain_link(struct ctx *c, int64_t from_type, int64_t to_type);
