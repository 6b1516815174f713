#pragma once

#include "base/ctx.h"
#include "job/job.h"

/* What grows is cut back: once an hour sessions and invitations that have expired, counts of failed sign-ins whose window has
 * ended, events older than EVENT_DAYS, old webhook deliveries (desk/webhook_send.h), and what is in the recycle bin for longer than
 * RESTORE_DAYS (desk/restore.h) are removed; so are files whose time is over, what is left of uploads that nobody finished, and
 * lists that have been archived for LIST_DAYS. A live client that is further behind gets a reset. */

enum {
	SWEEP_MINUTES = 60,
	EVENT_DAYS = 30,
	EVENTS_AT_ONCE = 2000, /* in one transaction, so that others get their turn */
};

extern const struct job_kind job_sweep;

/* Inside of a transaction, at the start of the program: the job is there, and due. */
enum err desk_sweep_schedule(struct ctx *c);
