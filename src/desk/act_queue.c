/* What takes a ticket out of the open queues and brings it back: snooze, spam, and senders that are blocked. */

#include "base/arena.h"
#include "base/clock.h"
#include "bus/event.h"
#include "desk/act_int.h"
#include "desk/announce.h"
#include "desk/blocked.h"
#include "desk/can.h"
#include "desk/object_int.h"
#include "desk/snooze.h"
#include "store/blocked_sender.h"
#include "store/thread.h"
#include "store/spam.h"
#include "text/json.h"
#include "text/json_read.h"

enum { SPAM_AT_ONCE = 20 };

/* Snooze ------------------------------------------------------------------------------------------------------------- */

/* How it was: [until, by], and how it is: until. */
static struct str snooze_body(struct ctx *c, const struct object *before, int64_t until)
{
	return str_fmt(c->a, "[%lld,%lld,%lld]", (long long)before->snoozed_until, (long long)before->snoozed_by,
	               (long long)until);
}

static int64_t number_at(const json_t *list, size_t i)
{
	return json_integer_value(json_array_get(list, i));
}

static enum err snooze(struct ctx *c, struct object *ticket, int64_t until, int64_t by)
{
	ticket->snoozed_until = until;
	ticket->snoozed_by = until ? by : 0;
	if (until != 0)
		TRY(job_add(c, &job_wake, ticket->id, STR_NULL, until));
	return act_ticket_save(c, ticket);
}

enum err act_snooze(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	struct object ticket;
	TRY(act_ticket(c, id, &ticket));
	if (ticket.is_closed)
		return fail(c, ERR_BAD_INPUT, "A closed ticket is in no queue: there is nothing to snooze.");
	out->body = snooze_body(c, &ticket, in->until);
	return snooze(c, &ticket, in->until, c->who.user_id);
}

enum err act_wake(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	struct object ticket;
	(void)in;
	TRY(act_ticket(c, id, &ticket));
	if (ticket.snoozed_until == 0)
		return OK;
	out->body = snooze_body(c, &ticket, 0);
	return snooze(c, &ticket, 0, 0);
}

enum err act_snooze_undo(struct ctx *c, const struct ticket_act_row *row)
{
	struct object ticket;
	json_t *body;
	TRY(act_ticket(c, row->ticket_id, &ticket));
	TRY(json_parse(c, row->body, &body));
	int64_t until = number_at(body, 0);
	if (ticket.snoozed_until != number_at(body, 2))
		return act_is_old(c);
	return snooze(c, &ticket, until > c->now ? until : 0, number_at(body, 1));
}

/* Snoozed again meanwhile, or awake: another job sees to it, or nobody has to. */
static enum err wake_in_transaction(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct object ticket;
	TRY(object_lock(c, job->about_id));
	enum err e = object_load(c, TYPE_TICKET, job->about_id, &ticket);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return job_finish(c, job);
	}
	TRY(e);
	if (ticket.snoozed_until == 0 || ticket.snoozed_until > c->now)
		return job_finish(c, job);
	const struct ticket_act_row row = {.ticket_id = ticket.id, .body = snooze_body(c, &ticket, 0)};
	int64_t act_id;
	ticket.snoozed_until = ticket.snoozed_by = 0;
	TRY(object_update(c, &ticket));
	if (ticket.archived_at == 0)
		TRY(announce_object(c, EV_TICKET_CHANGED, &ticket, STR_NULL, 0));
	TRY(act_note(c, ACT_WAKE, &row, 1, &act_id));
	return job_finish(c, job);
}

static enum err run_wake(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, wake_in_transaction, job);
}

const struct job_kind job_wake = {
	.kind = "desk.wake",
	.run = run_wake,
	.lane = LANE_UPKEEP,
	.tries = 20,
	.back_off_ms = SECONDS(1),
};

/* Spam --------------------------------------------------------------------------------------------------------------- */

static enum err mark(struct ctx *c, struct object *ticket, int64_t spam_at)
{
	struct thread *threads;
	size_t n;
	ticket->spam_at = spam_at;
	TRY(thread_list_of_ticket(c, ticket->id, &threads, &n));
	for (size_t i = 0; i < n; i++) {
		threads[i].is_spam = spam_at > 0;
		TRY(thread_update(c, &threads[i]));
	}
	return act_ticket_save(c, ticket);
}

/* Who may throw a ticket away may call it spam: spam is thrown away in the end. */
enum err act_spam(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	struct object ticket;
	bool is_wanted = in->kind != ACT_NOT_SPAM;
	TRY(act_ticket(c, id, &ticket));
	TRY(desk_can(c, CAN_DELETE, &ticket));
	if ((ticket.spam_at > 0) == is_wanted)
		return OK;
	out->body = str_fmt(c->a, "[%lld]", (long long)ticket.spam_at);
	return mark(c, &ticket, is_wanted ? c->now : 0);
}

enum err act_spam_undo(struct ctx *c, const struct ticket_act_row *row)
{
	struct object ticket;
	json_t *body;
	TRY(act_ticket(c, row->ticket_id, &ticket));
	TRY(desk_can(c, CAN_DELETE, &ticket));
	TRY(json_parse(c, row->body, &body));
	int64_t before = number_at(body, 0);
	if ((ticket.spam_at > 0) == (before > 0))
		return act_is_old(c);
	return mark(c, &ticket, before);
}

enum err desk_spam_new(struct ctx *c, int64_t ticket_id)
{
	struct object ticket;
	TRY(object_load(c, TYPE_TICKET, ticket_id, &ticket));
	return ticket.spam_at > 0 ? OK : mark(c, &ticket, c->now);
}

struct spam_work {
	size_t n;
};

static enum err sweep_some(struct ctx *c, void *arg)
{
	struct spam_work *w = arg;
	int64_t *ids;
	TRY(spam_list(c, c->now - DAYS(SPAM_DAYS), SPAM_AT_ONCE, &ids, &w->n));
	for (size_t i = 0; i < w->n; i++) {
		bool is_done;
		TRY(desk_object_archive(c, schema_type_by_id(c, TYPE_TICKET), ids[i]));
		TRY(object_purge(c, ids[i], &is_done));
	}
	return OK;
}

enum err desk_spam_sweep(struct ctx *c)
{
	struct spam_work w;
	do
		TRY(c->run->write(c->run->self, c, sweep_some, &w));
	while (w.n == SPAM_AT_ONCE);
	return OK;
}

/* Blocked senders ---------------------------------------------------------------------------------------------------- */

/* Who wrote first from outside. */
static enum err sender_of(struct ctx *c, const struct object *ticket, struct str *out)
{
	struct message m;
	struct object contact;
	enum err e = message_newest(c, ticket->id, STR("INCOMING"), &m);
	if (e == OK && m.sender_address.n > 0 && m.sender_type.n == 0) {
		*out = str_lower(c->a, m.sender_address);
		return OK;
	}
	if (e != ERR_NOT_FOUND)
		TRY(e);
	fail_clear(c);
	*out = STR_NULL;
	if (ticket->contact_id == 0)
		return OK;
	TRY(object_load(c, TYPE_CONTACT, ticket->contact_id, &contact));
	if (contact.unique_key.n > 0)
		*out = contact.unique_key;
	return OK;
}

enum err act_block(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	struct object ticket;
	struct str address;
	bool is_new;
	(void)in;
	TRY(act_ticket(c, id, &ticket));
	TRY(desk_can(c, CAN_DELETE, &ticket));
	TRY(sender_of(c, &ticket, &address));
	if (address.n == 0)
		return fail(c, ERR_BAD_INPUT, "This ticket has no sender with an email address.");
	TRY(desk_block(c, address, &is_new));
	struct buf b;
	buf_init(&b, c->a, 2048);
	buf_add(&b, str_fmt(c->a, "[%lld,%d,", (long long)ticket.spam_at, is_new));
	json_quote(&b, address);
	buf_add(&b, STR("]"));
	out->body = buf_str(&b);
	return ticket.spam_at > 0 ? OK : mark(c, &ticket, c->now);
}

enum err act_block_undo(struct ctx *c, const struct ticket_act_row *row)
{
	struct object ticket;
	json_t *body;
	TRY(act_ticket(c, row->ticket_id, &ticket));
	TRY(desk_can(c, CAN_DELETE, &ticket));
	TRY(json_parse(c, row->body, &body));
	if (number_at(body, 1))
		TRY(blocked_sender_remove_address(c, json_text(json_array_get(body, 2))));
	return mark(c, &ticket, number_at(body, 0));
}
