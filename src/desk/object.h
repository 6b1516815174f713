#pragma once

#include "base/ctx.h"
#include "desk/property.h"
#include "desk/schema.h"
#include "store/association.h"
#include "store/object.h"

/* The verbs on objects of any type. Every write checks the actor, the values and the stage, keeps history, and leaves its event;
 * what a ticket or a contact adds is in desk/object_rules.c. */

/* A link that a create call makes. type_id 0: the unlabelled type of the two. */
struct link_in {
	int64_t to_id;
	int64_t to_type; /* 0: the type of the object with that id */
	int64_t type_id;
};

struct object_in {
	const struct prop *props;
	size_t prop_n;
	const struct link_in *links;
	size_t link_n;
	struct str source_type; /* history: CRM_UI, INTEGRATION, EMAIL */
	int64_t if_version;     /* update: 0, or the version that the caller has seen */
	bool by_rule;           /* values that only the desk itself sets are allowed */
	bool is_one_of_many;    /* update: who hears of it finds it in his list, and gets neither a mail nor a pop-up for it */
	struct stage *held;     /* of who writes many in one transaction: the stage that the last one went to, with id null before; or NULL */
};

/* Create and update look at everything before they write: where they refuse (4xx), nothing is written, and the caller may go on
 * with the next object in the same transaction. */

/* ERR_BAD_INPUT with the properties at fault; ERR_CONFLICT "Contact already exists. Existing ID: 7". */
enum err desk_object_create(struct ctx *c, const struct type_def *t, const struct object_in *in, struct object *out);
/* ERR_NOT_FOUND, ERR_STALE, ERR_BAD_INPUT. */
enum err desk_object_update(struct ctx *c, const struct type_def *t, int64_t id, const struct object_in *in,
                            struct object *out);
/* Whatever desk_object_update() would refuse, asked beforehand; nothing is written. */
enum err desk_object_check(struct ctx *c, const struct type_def *t, int64_t id, const struct object_in *in);
/* For whoever is going to write many in one transaction: takes the locks of the objects with these ids and of these keys (0 and null
 * are none), all in one order, so that two such writers do not wait for each other. */
enum err desk_object_lock_all(struct ctx *c, const int64_t *ids, size_t id_n, const struct str *keys, size_t key_n);
/* The key of a property's value for that; null when values of the property need not be unique. */
struct str desk_object_key(struct ctx *c, const struct type_def *t, struct str property, struct str value);
/* Into the recycle bin; archiving twice is no error, as is archiving what never was. */
enum err desk_object_archive(struct ctx *c, const struct type_def *t, int64_t id);

/* Merges the object from_id into the object id: what the second has and the first lacks, links, threads and tickets move, the
 * second goes into the recycle bin. Its id and its unique value lead to the first from then on. ERR_NOT_FOUND; ERR_BAD_INPUT for
 * twice the same one and for types that do not merge. */
enum err desk_object_merge(struct ctx *c, const struct type_def *t, int64_t id, int64_t from_id, struct object *out);

/* ERR_NOT_FOUND unless it is there and in (or not in) the recycle bin as asked. The id of an object that was merged
 * into another finds that one. */
enum err desk_object_load(struct ctx *c, const struct type_def *t, int64_t id, bool is_archived, struct object *out);
/* By its unique key (lower case), also where that came to it by a merge. ERR_NOT_FOUND. Asks nobody's rights. */
enum err desk_object_of_key(struct ctx *c, int64_t object_type, struct str unique_key, struct object *out);
/* The type of whatever has this id, archived or not. ERR_NOT_FOUND. */
enum err desk_object_type(struct ctx *c, int64_t id, const struct type_def **out);
/* By a unique property: a contact's email, or one of desk/unique.h. ERR_NOT_FOUND; ERR_BAD_INPUT when property is no such one. */
enum err desk_object_by(struct ctx *c, const struct type_def *t, struct str property, struct str value,
                        struct object *out);
/* A page by id: objects with id > after. */
enum err desk_object_list(struct ctx *c, const struct type_def *t, bool is_archived, int64_t after, int64_t limit,
                          struct object **out, size_t *n_out);

/* One value that a property had. */
struct history_entry {
	struct str value;
	int64_t at;
	struct str source_type;
	struct str source_id;
	int64_t user_id;
};
enum { MAX_HISTORY = 1000 };
/* Newest first. */
enum err desk_object_history(struct ctx *c, int64_t object_id, struct str property, struct history_entry **out,
                             size_t *n_out);
