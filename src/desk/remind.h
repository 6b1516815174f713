#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/follow.h"
#include "job/job.h"

/* What a user wants of one ticket for himself, whoever owns it: to be told of it at a time, whatever happens on it until then; and to hear
 * nothing of it but that it became his, and that time. A snooze is another thing: it takes the ticket out of everybody's queue. A merged
 * ticket takes both along. */

enum {
	MAX_REMINDERS = 500, /* that one user waits for */
	MAX_REMINDER_DAYS = 730,
	MAX_REMINDER_NOTE_CHARS = 200,
};

/* In place of the one that he has. ERR_BAD_INPUT names the field: at, note. */
enum err desk_remind(struct ctx *c, int64_t ticket_id, int64_t at, struct str note, struct followers *out);
enum err desk_remind_not(struct ctx *c, int64_t ticket_id, struct followers *out);
enum err desk_mute(struct ctx *c, int64_t ticket_id, bool is_muted, struct followers *out);

/* About a user: tells him what he asked to be reminded of by now. */
extern const struct job_kind job_remind;
