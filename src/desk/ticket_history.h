#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/object.h"

/* What happened to a ticket, newest first: that it was made, what was changed of it by whom, merges and splits, snoozes, and the
 * messages that were sent. Told from the history of its properties, from the acts (desk/act.h) and from its messages; of each the
 * newest MAX_HISTORY_ROWS. */

enum { MAX_HISTORY_ROWS = 1000, MAX_VALUES = 40 };

struct history_value {
	struct str property;
	struct str label;
	struct str before; /* empty: none */
	struct str after;
};
struct history_item {
	struct str kind; /* created, changed, sent, received, comment, or an act: snooze, wake, spam, merge, … */
	int64_t at;
	int64_t rank; /* among those of one moment */
	int64_t user_id; /* 0: the desk itself, or somebody outside */
	struct str source; /* of a change: CRM_UI, EMAIL, … */
	int64_t other_id; /* the other ticket of a merge or a split */
	struct str other_label;
	bool is_other;  /* merge: another one was merged into this; split: another one was split off from this */
	bool is_undone;
	int64_t until;      /* snooze */
	int64_t message_id; /* sent, received, comment */
	struct str text;    /* of a message: who it is from or to */
	struct history_value *values;
	size_t value_n;
};
/* Those before (at, rank): INT64_MAX for the first page. */
enum err desk_ticket_history(struct ctx *c, const struct object *ticket, int64_t before_at, int64_t before_rank, size_t limit,
                             struct history_item **out, size_t *n_out);
