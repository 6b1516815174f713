#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Objects of every type (tickets, contacts, companies, …) in one table, and the history of what was written to them. What
 * lists, queues and clocks need is a column; the other properties are in props. Rules are in desk/; here are rows. */

struct object {
	int64_t id;
	int64_t object_type;
	int64_t version; /* grows with every write */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at; /* 0: not archived */
	struct str label;
	struct str unique_key;
	struct str pipeline_id;
	struct str stage_id;
	bool is_closed;
	int64_t owner_id; /* 0: nobody */
	struct str priority;
	int64_t activity_at;
	int64_t closed_at;
	int64_t contact_id; /* of a ticket: who asked; 0: not known */
	struct str preview; /* of a ticket: how its newest message begins */
	bool is_last_from_visitor;
	int64_t snoozed_until; /* of a ticket: not among the open ones before; 0: it is */
	int64_t snoozed_by;    /* user */
	int64_t spam_at;       /* 0: it is no spam */
	struct str source;  /* how it came here, as in its first change */
	int64_t created_by; /* user; 0: the desk itself */
	int64_t updated_by;
	struct str seen_by; /* of a ticket: who has seen its newest message: desk/seen.h */
	struct str props; /* JSON: {"name": "value"} */
};
extern const struct shape object_shape;

/* ERR_CONFLICT when its unique_key is taken. */
enum err object_insert(struct ctx *c, struct object *o);
/* Until the transaction ends nobody else who asks for the same lock gets it: taken at the start of a verb that reads an object in
 * order to change it, before anything is announced. */
enum err object_lock(struct ctx *c, int64_t id);
/* The same for a unique key that is going to be written: taken before one asks whether it is free. */
enum err object_lock_key(struct ctx *c, struct str unique_key);
/* The number under which object_lock() locks a unique key: the two can be sorted together. */
int64_t object_key_lock(struct str unique_key);
/* ERR_NOT_FOUND also for an id of another type. Archived ones are found. */
enum err object_load(struct ctx *c, int64_t object_type, int64_t id, struct object *out);
/* Whatever its type. */
enum err object_load_any(struct ctx *c, int64_t id, struct object *out);
enum err object_by_key(struct ctx *c, int64_t object_type, struct str unique_key, struct object *out);
/* Writes all columns where the version is still the one that was read, and sets the next. ERR_STALE otherwise. */
enum err object_update(struct ctx *c, struct object *o);
/* Who has seen it is no write to it: its version stays. Under its lock, or an update would overwrite it. */
enum err object_set_seen(struct ctx *c, int64_t id, struct str seen_by);

/* Objects of a type with id > after, by id. */
enum err object_list(struct ctx *c, int64_t object_type, bool is_archived, int64_t after, int64_t limit, struct object **out,
                     size_t *n_out);
/* The same of tickets, those that may be seen (store/access.h). */
struct ticket_access;
enum err object_list_seen(struct ctx *c, const struct ticket_access *access, bool is_archived, int64_t after, int64_t limit,
                          struct object **out, size_t *n_out);

/* One write to an object. */
struct change {
	int64_t id;
	int64_t object_id;
	int64_t at;
	struct str source_type; /* CRM_UI, INTEGRATION, EMAIL, AUTOMATION_PLATFORM, … as on the wire */
	struct str source_id;
	int64_t user_id;
	struct str changes; /* JSON: {"name": "new value" or null} */
};
enum err change_insert(struct ctx *c, const struct change *change);
/* The same; fills in its id. */
enum err change_put(struct ctx *c, struct change *change);
/* One of them. ERR_NOT_FOUND. */
enum err change_load(struct ctx *c, int64_t id, struct change *out);
/* Newest first. */
enum err change_list(struct ctx *c, int64_t object_id, int64_t limit, struct change **out, size_t *n_out);
