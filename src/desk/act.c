/* Doing one thing to many tickets, and undoing it. The kinds are in act_simple.c, act_set.c, act_merge.c and split.c; here is what
 * they have in common: the order of locks, who is refused, and the record. */

#include "base/arena.h"
#include "base/clock.h"
#include "bus/event.h"
#include "desk/act_int.h"
#include "desk/announce.h"
#include "desk/can.h"
#include "store/inbox.h"

static const struct {
	struct str name;
	enum err (*run)(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
	enum err (*undo)(struct ctx *c, const struct ticket_act_row *row);
	bool is_tied; /* to another ticket: may be undone for longer, by others too */
} kinds[ACT_KIND_N] = {
	[ACT_SET] = {STR("set"), act_set, act_set_undo, false},
	[ACT_CLOSE] = {STR("close"), act_close, act_set_undo, false},
	[ACT_SNOOZE] = {STR("snooze"), act_snooze, act_snooze_undo, false},
	[ACT_WAKE] = {STR("wake"), act_wake, act_snooze_undo, false},
	[ACT_SPAM] = {STR("spam"), act_spam, act_spam_undo, false},
	[ACT_NOT_SPAM] = {STR("notSpam"), act_spam, act_spam_undo, false},
	[ACT_DELETE] = {STR("delete"), act_delete, act_delete_undo, false},
	[ACT_RESTORE] = {STR("restore"), act_restore, act_restore_undo, false},
	[ACT_MOVE] = {STR("move"), act_move, act_move_undo, false},
	[ACT_MERGE] = {STR("merge"), act_merge, act_merge_undo, true},
	[ACT_SPLIT] = {STR("split"), NULL, act_split_undo, true},
	[ACT_FOLLOW] = {STR("follow"), act_follow, act_follow_undo, false},
	[ACT_UNFOLLOW] = {STR("unfollow"), act_follow, act_follow_undo, false},
	[ACT_BLOCK] = {STR("block"), act_block, act_block_undo, false},
};

struct str act_kind_name(enum act_kind kind)
{
	return kinds[kind].name;
}

static int kind_of(struct str name)
{
	for (int k = 0; k < ACT_KIND_N; k++)
		if (str_eq(kinds[k].name, name))
			return k;
	return -1;
}

enum err act_kind_by_name(struct ctx *c, struct str name, enum act_kind *out)
{
	int k = kind_of(name);
	if (k < 0 || kinds[k].run == NULL)
		return fail_field(c, STR("action"), STR("INVALID_OPTION"), "There is no action called " STR_FMT ".",
		                  STR_ARG(str_head(name, 100)));
	*out = (enum act_kind)k;
	return OK;
}

/* Shared by the kinds ------------------------------------------------------------------------------------------------ */

enum err act_ticket(struct ctx *c, int64_t id, struct object *out)
{
	TRY(object_lock(c, id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), id, false, out));
	if (out->id != id)
		return fail(c, ERR_NOT_FOUND, "Ticket %lld was merged into %lld.", (long long)id, (long long)out->id);
	return desk_can(c, CAN_EDIT, out);
}

enum err act_ticket_save(struct ctx *c, struct object *ticket)
{
	TRY(object_update(c, ticket));
	return announce_object(c, EV_TICKET_CHANGED, ticket, STR_NULL, 0);
}

enum err act_is_old(struct ctx *c)
{
	return fail(c, ERR_CONFLICT, "It was changed meanwhile.");
}

enum err act_threads_changed(struct ctx *c, int64_t ticket_id)
{
	return bus_emit(c, EV_TICKET_MESSAGES, &(struct event_about){.about_id = ticket_id, .ticket_id = ticket_id});
}

enum err act_note(struct ctx *c, enum act_kind kind, const struct ticket_act_row *rows, size_t n, int64_t *act_id_out)
{
	struct ticket_act act = {.kind = kinds[kind].name, .user_id = c->who.user_id, .at = c->now};
	TRY(ticket_act_insert(c, &act));
	for (size_t i = 0; i < n; i++) {
		struct ticket_act_row row = rows[i];
		row.act_id = act.id;
		TRY(ticket_act_row_insert(c, &row));
	}
	*act_id_out = act.id;
	return OK;
}

/* Doing -------------------------------------------------------------------------------------------------------------- */

enum err act_check(struct ctx *c, const struct act_in *in)
{
	struct inbox inbox;
	if (in->kind == ACT_SNOOZE && in->until <= c->now)
		return fail_field(c, STR("until"), STR("INVALID_DATE"), "until is a time that is still to come.");
	if (in->kind == ACT_SNOOZE && in->until > c->now + DAYS((int64_t)MAX_SNOOZE_DAYS))
		return fail_field(c, STR("until"), STR("INVALID_DATE"), "until is at most %d days ahead.", MAX_SNOOZE_DAYS);
	if (in->kind == ACT_SET && in->prop_n == 0)
		return fail_field(c, STR("properties"), STR("REQUIRED_FIELD"), "properties has the values to be set.");
	if (in->kind != ACT_MOVE)
		return OK;
	enum err e = inbox_load(c, in->inbox_id, &inbox);
	if (e == ERR_NOT_FOUND || (e == OK && inbox.archived_at > 0)) {
		fail_clear(c);
		return fail_field(c, STR("inboxId"), STR("NOT_FOUND"), "There is no inbox %lld.", (long long)in->inbox_id);
	}
	return e;
}

static struct failure take_failure(struct ctx *c, enum err e)
{
	struct failure why = c->why;
	why.code = e;
	fail_clear(c);
	return why;
}

static enum err settle(struct ctx *c, int64_t id, enum err e, struct act_out *out)
{
	if (e != OK && err_http(e) >= 500)
		return e;
	if (e == OK)
		out->done[out->done_n++] = id;
	else
		out->failed[out->failed_n++] = (struct act_failure){id, take_failure(c, e)};
	return OK;
}

static void out_init(struct ctx *c, size_t n, struct act_out *out)
{
	*out = (struct act_out){
		.done = NEW_ARRAY(c->a, n, int64_t),
		.failed = NEW_ARRAY(c->a, n, struct act_failure),
	};
}

/* All in one order, the ticket that others are merged into among them. */
static enum err lock_all(struct ctx *c, const int64_t *ids, size_t n, int64_t into_id)
{
	int64_t *all = NEW_ARRAY(c->a, n + 1, int64_t);
	for (size_t i = 0; i < n; i++)
		all[i] = ids[i];
	all[n] = into_id;
	return desk_object_lock_all(c, all, n + 1, NULL, 0);
}

enum err desk_act(struct ctx *c, const struct act_in *asked, const int64_t *ids, size_t n, struct act_out *out)
{
	struct act_in wanted = *asked;
	const struct act_in *in = &wanted;
	wanted.is_one_of_many = asked->is_one_of_many || n >= MANY_TICKETS;
	struct ticket_act_row *rows = NEW_ARRAY(c->a, n, struct ticket_act_row);
	size_t row_n = 0;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(act_check(c, in));
	out_init(c, n, out);
	TRY(lock_all(c, ids, n, in->into_id));
	for (size_t i = 0; i < n; i++) {
		struct act_done done = {.body = STR_NULL};
		enum err e = kinds[in->kind].run(c, in, ids[i], &done);
		TRY(settle(c, ids[i], e, out));
		if (e == OK && done.body.n > 0)
			rows[row_n++] = (struct ticket_act_row){.ticket_id = ids[i], .other_id = done.other_id, .body = done.body};
	}
	return row_n > 0 ? act_note(c, in->kind, rows, row_n, &out->act_id) : OK;
}

/* Undoing ------------------------------------------------------------------------------------------------------------ */

static enum err load_undoable(struct ctx *c, int64_t act_id, struct ticket_act *out)
{
	enum err e = ticket_act_load(c, act_id, out);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_NOT_FOUND, "There is nothing to undo.");
	}
	TRY(e);
	int k = kind_of(out->kind);
	if (k < 0)
		return fail(c, ERR_NOT_FOUND, "There is nothing to undo.");
	if (!kinds[k].is_tied && out->user_id != c->who.user_id && !desk_may(c, CAN_ADMINISTER, NULL))
		return fail(c, ERR_NOT_ALLOWED, "Somebody else did this.");
	int64_t lasts_ms = kinds[k].is_tied ? DAYS(UNDO_DAYS_TIED) : HOURS(UNDO_HOURS);
	if (out->undone_at > 0)
		return fail(c, ERR_CONFLICT, "It was undone already.");
	if (out->at < c->now - lasts_ms)
		return fail(c, ERR_CONFLICT, "It is too long ago to be undone.");
	return OK;
}

enum err desk_act_undo(struct ctx *c, int64_t act_id, struct act_out *out)
{
	struct ticket_act act;
	struct ticket_act_row *rows;
	size_t n;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(load_undoable(c, act_id, &act));
	TRY(ticket_act_rows(c, act_id, &rows, &n));
	out_init(c, n, out);
	int64_t *ids = NEW_ARRAY(c->a, 2 * n, int64_t);
	for (size_t i = 0; i < n; i++) {
		ids[2 * i] = rows[i].ticket_id;
		ids[2 * i + 1] = rows[i].other_id;
	}
	TRY(desk_object_lock_all(c, ids, 2 * n, NULL, 0));
	/* two may have asked at once */
	TRY(load_undoable(c, act_id, &act));
	const int k = kind_of(act.kind);
	for (size_t i = 0; i < n; i++) {
		enum err e = kinds[k].undo(c, &rows[i]);
		/* tickets that were one are two again, all of them or none */
		if (kinds[k].is_tied)
			TRY(e);
		TRY(settle(c, rows[i].ticket_id, e, out));
	}
	out->act_id = act_id;
	if (out->done_n == 0)
		return OK;
	act.undone_at = c->now;
	return ticket_act_update(c, &act);
}

enum err desk_ticket_ties(struct ctx *c, const struct object *ticket, struct ticket_act_entry **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, ticket));
	TRY(ticket_act_ties(c, ticket->id, MAX_TIES, out, n_out));
	for (size_t i = 0; i < *n_out; i++)
		TRY(desk_act_label(c, (*out)[i].other_id, &(*out)[i].other_label));
	return OK;
}

enum err desk_act_label(struct ctx *c, int64_t ticket_id, struct str *label)
{
	struct object other;
	enum err e = ticket_id ? object_load(c, TYPE_TICKET, ticket_id, &other) : ERR_NOT_FOUND;
	*label = STR_NULL;
	if (e == OK && desk_may(c, CAN_VIEW, &other))
		*label = other.label;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

bool desk_tie_is_undoable(const struct ctx *c, const struct ticket_act_entry *tie)
{
	return tie->undone_at == 0 && tie->at >= c->now - DAYS((int64_t)UNDO_DAYS_TIED);
}
