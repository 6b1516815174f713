#pragma once

#include "base/ctx.h"
#include "desk/schema.h"
#include "store/object.h"

/* What a pipeline of tickets does by itself: the status that a ticket gets when an answer goes out, and when the customer writes.
 * A status that somebody chose with his answer is never overwritten. Nothing that the desk does by itself starts it again: a change of
 * status sends nothing, comments and what machines write change no status. Reading needs CAN_VIEW, changing CAN_ADMINISTER. */

struct automation {
	struct str sent_stage;     /* when an answer is sent; empty: the status stays */
	struct str received_stage; /* when the customer answers; empty: a closed ticket is opened again, others stay */
	bool keeps_close_date;     /* a ticket that is opened again keeps the date on which it was closed */
};

/* ERR_NOT_FOUND; ERR_BAD_INPUT for pipelines of other types. */
enum err desk_automation(struct ctx *c, const struct type_def *t, struct str pipeline_id, struct automation *out);
enum err desk_automation_set(struct ctx *c, const struct type_def *t, struct str pipeline_id, const struct automation *in);

enum automation_when { AUTOMATION_SENT, AUTOMATION_RECEIVED };
/* The stage that the ticket goes to; null when it stays: there is no rule, it is there already, or the stage is archived. */
enum err automation_stage(struct ctx *c, const struct object *ticket, enum automation_when when, struct str *out);
