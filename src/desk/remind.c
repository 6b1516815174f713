#include "desk/remind.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/notify.h"
#include "desk/object.h"
#include "desk/schema.h"
#include "store/reminder.h"

enum { REMINDED_AT_ONCE = 50 };

/* A ticket that the asking user may see, with its lock. */
static enum err take(struct ctx *c, int64_t ticket_id, struct object *out)
{
	if (c->who.user_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "Only users are told of things.");
	TRY(object_lock(c, ticket_id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), ticket_id, false, out));
	return desk_can(c, CAN_VIEW, out);
}

/* His other windows show it too. */
static enum err done(struct ctx *c, const struct object *ticket, struct followers *out)
{
	TRY(bus_emit(c, EV_FOLLOW_CHANGED, &(struct event_about){.about_id = ticket->id, .ticket_id = ticket->id}));
	return desk_followers(c, ticket, out);
}

static enum err check_reminder(struct ctx *c, const struct reminder *r)
{
	int64_t others;
	if (r->remind_at <= c->now || r->remind_at > c->now + DAYS((int64_t)MAX_REMINDER_DAYS))
		return fail_field(c, STR("at"), STR("INVALID_DATE"), "at is a time within the next %d days.", MAX_REMINDER_DAYS);
	if (utf8_count(r->note) > MAX_REMINDER_NOTE_CHARS)
		return fail_field(c, STR("note"), STR("INVALID_LENGTH"), "A note is one line of at most %d characters.",
		                  MAX_REMINDER_NOTE_CHARS);
	TRY(reminder_count(c, r->user_id, r->ticket_id, &others));
	return others < MAX_REMINDERS ? OK : fail(c, ERR_CONFLICT, "You wait for %d reminders already.", MAX_REMINDERS);
}

enum err desk_remind(struct ctx *c, int64_t ticket_id, int64_t at, struct str note, struct followers *out)
{
	struct object ticket;
	TRY(take(c, ticket_id, &ticket));
	const struct reminder r = {
		.ticket_id = ticket.id, .user_id = c->who.user_id, .remind_at = at, .note = utf8_line(c->a, note)};
	TRY(check_reminder(c, &r));
	TRY(reminder_put(c, &r));
	TRY(job_add(c, &job_remind, r.user_id, STR_NULL, at));
	return done(c, &ticket, out);
}

enum err desk_remind_not(struct ctx *c, int64_t ticket_id, struct followers *out)
{
	struct object ticket;
	TRY(take(c, ticket_id, &ticket));
	TRY(reminder_remove(c, ticket.id, c->who.user_id));
	return done(c, &ticket, out);
}

enum err desk_mute(struct ctx *c, int64_t ticket_id, bool is_muted, struct followers *out)
{
	struct object ticket;
	TRY(take(c, ticket_id, &ticket));
	TRY(is_muted ? mute_put(c, ticket.id, c->who.user_id) : mute_remove(c, ticket.id, c->who.user_id));
	return done(c, &ticket, out);
}

/* When the time has come -------------------------------------------------------------------------------------------------- */

/* Of a ticket that is gone, or that he may not see any more, nothing is said. */
static enum err remind(struct ctx *c, const struct reminder *r)
{
	struct object ticket;
	TRY(object_lock(c, r->ticket_id));
	TRY(reminder_remove(c, r->ticket_id, r->user_id));
	enum err e = object_load(c, TYPE_TICKET, r->ticket_id, &ticket);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (ticket.archived_at != 0)
		return OK;
	TRY(notify_reminder(c, r->user_id, &ticket, r->note));
	return bus_emit(c, EV_FOLLOW_CHANGED, &(struct event_about){.about_id = ticket.id, .ticket_id = ticket.id});
}

static enum err remind_in_transaction(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct reminder *due;
	size_t n;
	TRY(reminder_list_due(c, job->about_id, c->now, REMINDED_AT_ONCE, &due, &n));
	for (size_t i = 0; i < n; i++)
		TRY(remind(c, &due[i]));
	return n == REMINDED_AT_ONCE ? job_again_at(c, job, c->now, STR_NULL) : job_finish(c, job);
}

static enum err run_remind(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, remind_in_transaction, job);
}

const struct job_kind job_remind = {
	.kind = "desk.remind",
	.run = run_remind,
	.lane = LANE_UPKEEP,
	.tries = 20,
	.back_off_ms = SECONDS(1),
};
