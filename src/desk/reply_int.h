#pragma once

#include "desk/conversation.h"

/* Between reply.c, reply_ticket.c, held.c and draft.c. */

/* What would be sent, and to whom (JSON as of a message; null: a channel that is no mail). */
struct reply_checked {
	struct str text, html;
	struct str recipients;
};
/* Whatever desk_reply() would refuse, asked beforehand; nothing is written. */
enum err reply_check(struct ctx *c, const struct reply_in *in, struct reply_checked *out);

/* What an answer changes on its ticket: the status and properties that were chosen, else the status that the pipeline sets by itself;
 * and the writer as owner where there was none. */
enum err reply_ticket_update(struct ctx *c, const struct reply_in *in, const struct object *ticket);
/* The same, asked beforehand. */
enum err reply_ticket_check(struct ctx *c, const struct reply_in *in, const struct object *ticket);

/* The writer's draft of this kind is sent: it goes. Nothing happens when he has none. */
enum err reply_draft_sent(struct ctx *c, int64_t ticket_id, struct str kind);
/* What he has taken back becomes his draft again; another text that he writes there meanwhile is kept with it. */
struct draft;
enum err reply_draft_back(struct ctx *c, int64_t user_id, const struct draft *d, struct draft *out);
