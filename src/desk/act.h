#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "desk/object.h"
#include "store/ticket_act.h"

/* Managing tickets: one thing done to one ticket or to many in one step, all of it in the transaction of the caller. Tickets that
 * refuse (rights, rules, gone) are told and leave the others alone. What was done is kept with what it takes to undo it.
 *
 * Undo puts back what still is as the act left it: what somebody changed since stays as he left it, and is told as refused. */

enum act_kind {
	ACT_SET,    /* properties */
	ACT_CLOSE,  /* each with the first status of its pipeline that closes; properties as well */
	ACT_SNOOZE, /* hides it from open queues until a time */
	ACT_WAKE,
	ACT_SPAM,
	ACT_NOT_SPAM,
	ACT_DELETE,
	ACT_RESTORE,
	ACT_MOVE,  /* to another inbox */
	ACT_MERGE, /* into another ticket */
	ACT_SPLIT, /* desk/split.h; here only to be undone */
	ACT_BLOCK, /* its sender; the ticket becomes spam */
	ACT_FOLLOW, /* by who asks */
	ACT_UNFOLLOW,
	ACT_KIND_N
};
/* "set", "snooze", … on the wire. */
struct str act_kind_name(enum act_kind kind);
/* ERR_BAD_INPUT. */
enum err act_kind_by_name(struct ctx *c, struct str name, enum act_kind *out);

enum {
	MANY_TICKETS = 10, /* from so many on nobody gets a mail for each */
	MAX_ACT_TICKETS = 500, /* in one step */
	UNDO_HOURS = 24,       /* as long can it be undone */
	MAX_MERGES = 250,     /* that two tickets took part in before they are merged */
	UNDO_DAYS_TIED = 30,   /* merges and splits */
	MAX_SNOOZE_DAYS = 3660,
	ACT_DAYS = 400, /* acts older than that are forgotten */
};

struct act_in {
	enum act_kind kind;
	const struct prop *props; /* ACT_SET, ACT_CLOSE */
	size_t prop_n;
	bool is_one_of_many; /* as of struct object_in */
	int64_t until;    /* ACT_SNOOZE */
	int64_t inbox_id; /* ACT_MOVE */
	int64_t into_id;  /* ACT_MERGE */
};

struct act_failure {
	int64_t ticket_id;
	struct failure why; /* taken out of the context */
};
struct act_out {
	int64_t act_id; /* 0: nothing was done */
	int64_t *done;
	size_t done_n;
	struct act_failure *failed;
	size_t failed_n;
};
/* ERR_BAD_INPUT for what no ticket could be asked for: a time that is past, an inbox that is not there. */
enum err desk_act(struct ctx *c, const struct act_in *in, const int64_t *ids, size_t n, struct act_out *out);
/* ERR_NOT_FOUND; ERR_CONFLICT when it was undone already or is too long ago. Who did it may undo it, and who may administer; merges
 * and splits whoever may edit the tickets. */
enum err desk_act_undo(struct ctx *c, int64_t act_id, struct act_out *out);

/* Merges and splits of a ticket that stand, newest first; at most MAX_TIES. */
enum { MAX_TIES = 50 };
enum err desk_ticket_ties(struct ctx *c, const struct object *ticket, struct ticket_act_entry **out, size_t *n_out);
/* What a ticket is called, for who may see it; else the null string. */
enum err desk_act_label(struct ctx *c, int64_t ticket_id, struct str *label);
bool desk_tie_is_undoable(const struct ctx *c, const struct ticket_act_entry *tie);
