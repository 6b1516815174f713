#pragma once

#include "desk/object.h"

/* Between object.c and object_rules.c: one write to one object. */

enum { MAX_PROPS_IN = 1000, MAX_RULE_CHANGES = 64 };

struct write {
	const struct type_def *type;
	const struct object_in *in;
	struct object before; /* zero on create */
	struct object o;      /* what is to be written; o.props is made at the end */
	struct prop *changes; /* checked values, in order; a later one of the same name counts */
	bool *is_silent;      /* for each of them: what the history has in another form, and does not repeat */
	size_t change_n;
	size_t change_room;
	bool is_create;
	bool is_moved;      /* to another stage, or into its first one */
	struct str demands; /* of the stage it was moved to */
	int64_t change_id; /* of the history row, once it is written */
};

/* Makes room for the changes; type and in have to be there. */
void write_init(struct ctx *c, struct write *w);
/* Puts the changes of properties that have no column into o.props. */
enum err write_merge(struct ctx *c, struct write *w);

/* Sets a property to a checked value and notes it for the history. */
enum err write_set(struct ctx *c, struct write *w, struct str name, struct str value);
/* The same, unless the property has that value already or the type has none of that name. silent: not for the history. */
enum err write_keep(struct ctx *c, struct write *w, struct str name, struct str value, bool is_silent);
/* Is the property set by this write? */
bool write_has(const struct write *w, struct str name);
/* Forgets what it sets the property to, one that has no column. */
void write_drop(struct write *w, struct str name);
/* The value that a property will have once this write is done; null: none. */
struct str write_value(struct ctx *c, const struct write *w, struct str name);
/* Notes the changes in the history. */
enum err write_history(struct ctx *c, struct write *w);

/* Pipeline and stage: defaults, that they fit, and what opening and closing a ticket does. */
enum err rule_stage(struct ctx *c, struct write *w);
/* May people move the object to this stage; is set what stages and other properties demand: desk/stage_rule.h. */
enum err rule_way(struct ctx *c, const struct write *w, struct str stage_property);
enum err rule_demands(struct ctx *c, struct write *w);
/* The owner exists; when he was assigned. */
enum err rule_owner(struct ctx *c, struct write *w);
/* Whom a ticket is shared with: they are there, and are kept for lists; who loses sight of it hears so: desk/share.c. */
enum err rule_shares(struct ctx *c, struct write *w);
enum err shares_keep(struct ctx *c, const struct write *w);
enum err shares_announce(struct ctx *c, const struct write *w);
/* What names the object in lists, and its unique key. */
enum err rule_label(struct ctx *c, struct write *w);
/* What is calculated from this object alone: desk/calculate_own.c. */
enum err rule_calculated(struct ctx *c, struct write *w);
/* A ticket that is closed: was it with one message of ours? */
enum err rule_one_touch(struct ctx *c, struct write *w);
/* When an object came to its stage and left the one before: desk/stage_time.c. */
enum err rule_stage_times(struct ctx *c, struct write *w);
/* After the row is written: threads open and close with their ticket. */
enum err rule_threads(struct ctx *c, const struct write *w);

/* After the row is written: what contacts and companies are found by; a job looks for who belongs together: desk/company_match.h. */
enum err rule_keys(struct ctx *c, const struct write *w);

/* Into the recycle bin, but what others show of it is calculated when its links have moved. */
enum err object_archive_merged(struct ctx *c, const struct type_def *t, int64_t id);
/* A type of users may go away, but not while an object of it comes. */
enum err object_hold_type(struct ctx *c, const struct type_def *t);
/* For good, when it is in the recycle bin; is_done is false when it has to be called again for the rest. */
enum err object_purge(struct ctx *c, int64_t id, bool *is_done);

/* The object that this id leads to since it was merged; ERR_NOT_FOUND. */
enum err object_after_merge(struct ctx *c, int64_t object_type, int64_t id, struct object *out);
