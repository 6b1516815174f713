#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/object.h"

/* A ticket that is two: messages that were chosen go to a new ticket with the same contacts, companies, owner and pipeline; the rest
 * stays. Both know each other (desk/act.h keeps the split; the new one has copied_from_ticket_id and its sisters), later mails that
 * answer a message that moved go where it is. Undone with desk_act_undo(): the new ticket becomes one with the old again. */

enum { MAX_SPLIT_MESSAGES = 500 };

struct split_in {
	int64_t ticket_id;
	const int64_t *message_ids;
	size_t message_n;
	struct str subject; /* null: that of the ticket */
};
/* ERR_BAD_INPUT for messages of other tickets, and when none would stay. act_id_out is for desk_act_undo(). */
enum err desk_split(struct ctx *c, const struct split_in *in, struct object *out, int64_t *act_id_out);

/* Was the ticket split off from the other one, however often? */
enum err split_comes_from(struct ctx *c, int64_t ticket_id, int64_t from_id, bool *is_out);
