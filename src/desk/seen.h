#pragma once

#include "base/ctx.h"

/* Who has seen the newest message of a ticket: a list on the ticket that a new message empties but for who wrote it. It is text of ids of
 * users between blanks (" 1 5 "); tickets that were there before it say "*", everybody, and "* -5 " is everybody but user 5. It is no
 * change of the ticket: no version, no history, no webhook. */

enum { MAX_SEEN_BYTES = 2000 };

enum seen { NOT_SEEN, SEEN };
/* By who asks. Announced when it is news. */
enum err desk_ticket_seen(struct ctx *c, int64_t ticket_id, enum seen seen);
/* The list of a message's writer alone; 0: a customer's. */
struct str seen_by_writer(struct ctx *c, int64_t user_id);
