#include "desk/restore.h"

#include "base/arena.h"
#include "base/clock.h"
#include "bus/event.h"
#include "desk/announce.h"
#include "desk/calculate.h"
#include "desk/can.h"
#include "desk/defaults.h"
#include "desk/file.h"
#include "desk/object_int.h"
#include "desk/search_index.h"
#include "desk/unique.h"
#include "store/draft.h"
#include "store/merge.h"
#include "store/purge.h"
#include "store/thread.h"

/* Out of the recycle bin ------------------------------------------------------------------------------------------------ */

static enum err check_not_merged(struct ctx *c, const struct object *o)
{
	int64_t into_id;
	TRY(object_merge_of_id(c, o->object_type, o->id, &into_id));
	if (into_id == 0)
		return OK;
	return fail(c, ERR_BAD_INPUT, "Object %lld was merged into %lld and cannot be restored.", (long long)o->id,
	            (long long)into_id);
}

/* Its unique key, as a contact's email. */
static enum err check_key(struct ctx *c, const struct type_def *t, const struct object *o)
{
	struct object other;
	if (o->unique_key.n == 0)
		return OK;
	TRY(object_lock_key(c, o->unique_key));
	enum err e = desk_object_of_key(c, t->row.id, o->unique_key, &other);
	if (e == OK)
		return fail(c, ERR_CONFLICT, STR_FMT " already exists. Existing ID: %lld", STR_ARG(t->row.label),
		            (long long)other.id);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

/* The first stage of its pipeline, or of the default one when that is gone too. */
static const struct stage *first_stage(const struct type_def *t, const struct stage *stages, size_t n, struct str pipeline_id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(stages[i].pipeline_id, pipeline_id))
			return &stages[i];
	return str_eq(pipeline_id, t->row.default_pipeline) ? NULL : first_stage(t, stages, n, t->row.default_pipeline);
}

static enum err find_stage(struct ctx *c, const struct type_def *t, struct object *o)
{
	struct stage stage, *stages;
	size_t n;
	if (o->stage_id.n == 0)
		return OK;
	enum err e = stage_hold(c, t->row.id, o->pipeline_id, o->stage_id, &stage);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(stage_list(c, t->row.id, &stages, &n));
	const struct stage *first = first_stage(t, stages, n, o->pipeline_id);
	if (first == NULL)
		return OK;
	o->pipeline_id = first->pipeline_id;
	o->stage_id = first->id;
	o->is_closed = first->is_closed;
	return OK;
}

/* Those that went with the ticket. */
static enum err restore_threads(struct ctx *c, const struct object *ticket, int64_t archived_at)
{
	struct thread *threads;
	size_t n;
	if (ticket->object_type != TYPE_TICKET)
		return OK;
	TRY(thread_list_of_ticket(c, ticket->id, &threads, &n));
	for (size_t i = 0; i < n; i++) {
		const struct thread before = threads[i];
		if (before.archived_at != archived_at)
			continue;
		threads[i].archived_at = 0;
		TRY(thread_save(c, &before, &threads[i]));
	}
	return OK;
}

static enum err note_restore(struct ctx *c, const struct object *o, int64_t *id_out)
{
	struct change change = {
		.object_id = o->id,
		.at = c->now,
		.source_type = STR("RESTORE_OBJECTS"),
		.user_id = c->who.user_id,
		.changes = STR("{}"),
	};
	TRY(change_put(c, &change));
	*id_out = change.id;
	return OK;
}

static enum err come_back(struct ctx *c, const struct type_def *t, struct object *o)
{
	int64_t archived_at = o->archived_at, change_id;
	enum event_kind kind = o->object_type == TYPE_TICKET    ? EV_TICKET_RESTORED
	                       : o->object_type == TYPE_CONTACT ? EV_CONTACT_RESTORED
	                                                        : EV_OBJECT_RESTORED;
	TRY(check_not_merged(c, o));
	TRY(object_hold_type(c, t));
	TRY(check_key(c, t, o));
	TRY(find_stage(c, t, o));
	TRY(unique_take(c, t, o));
	o->archived_at = 0;
	TRY(object_update(c, o));
	TRY(note_restore(c, o, &change_id));
	TRY(desk_object_due(c, o->id));
	TRY(restore_threads(c, o, archived_at));
	TRY(calculate(c, t->row.id, o->id, ABOUT_ALL));
	TRY(object_load(c, t->row.id, o->id, o));
	TRY(calculate_around(c, o));
	return announce_object(c, kind, o, STR_NULL, change_id);
}

enum err desk_object_restore(struct ctx *c, const struct type_def *t, int64_t id, struct object *out)
{
	struct object o;
	TRY(desk_can(c, CAN_DELETE, NULL));
	if (t->row.is_read_only)
		return fail(c, ERR_NOT_ALLOWED, STR_FMT " objects are read only.", STR_ARG(t->error_label));
	TRY(object_lock(c, id));
	TRY(object_load(c, t->row.id, id, &o));
	TRY(desk_can(c, CAN_DELETE, &o));
	if (o.archived_at > 0 && o.archived_at < c->now - DAYS(RESTORE_DAYS))
		return fail(c, ERR_NOT_FOUND, "resource not found");
	if (o.archived_at > 0)
		TRY(come_back(c, t, &o));
	*out = o;
	return OK;
}

/* For good -------------------------------------------------------------------------------------------------------------- */

/* Tickets that show the contact show nobody. is_done is false while there are more of them than one transaction takes. */
static enum err forget_contact(struct ctx *c, const struct object *contact, bool *is_done)
{
	int64_t *ids;
	size_t n;
	TRY(object_merge_tickets(c, contact->id, PURGE_TICKETS_AT_ONCE, &ids, &n));
	TRY(desk_object_lock_all(c, ids, n, NULL, 0));
	for (size_t i = 0; i < n; i++) {
		struct object ticket;
		TRY(object_load(c, TYPE_TICKET, ids[i], &ticket));
		ticket.contact_id = 0;
		TRY(object_update(c, &ticket));
		TRY(desk_object_due(c, ticket.id));
		TRY(announce_object(c, EV_TICKET_CHANGED, &ticket, STR("CALCULATED"), 0));
	}
	*is_done = n < PURGE_TICKETS_AT_ONCE;
	return OK;
}

static enum err purge_ticket(struct ctx *c, const struct object *ticket)
{
	struct str *blobs;
	size_t n;
	TRY(desk_messages_due(c, ticket->id));
	TRY(purge_blobs(c, ticket->id, &blobs, &n));
	TRY(purge_threads(c, ticket->id));
	TRY(draft_remove_of_ticket(c, ticket->id));
	for (size_t i = 0; i < n; i++)
		TRY(file_drop_later(c, blobs[i]));
	return OK;
}

/* Its PDFs. */
static enum err purge_quote(struct ctx *c, const struct object *quote)
{
	struct str *blobs;
	size_t n;
	TRY(purge_blobs(c, quote->id, &blobs, &n));
	for (size_t i = 0; i < n; i++)
		TRY(file_drop_later(c, blobs[i]));
	return OK;
}

enum err object_purge(struct ctx *c, int64_t id, bool *is_done)
{
	struct object o;
	TRY(object_lock(c, id));
	enum err e = object_load_any(c, id, &o);
	*is_done = true;
	if (e == ERR_NOT_FOUND || (e == OK && o.archived_at == 0)) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (o.object_type == TYPE_CONTACT)
		TRY(forget_contact(c, &o, is_done));
	if (!*is_done)
		return OK;
	if (o.object_type == TYPE_TICKET)
		TRY(purge_ticket(c, &o));
	if (o.object_type == TYPE_QUOTE)
		TRY(purge_quote(c, &o));
	TRY(desk_object_due(c, id));
	TRY(purge_object(c, id));
	return announce_object(c, EV_OBJECT_PURGED, &o, STR("AUTOMATION_PLATFORM"), 0);
}

struct purge_work {
	size_t seen_n;
};

static enum err purge_some(struct ctx *c, void *arg)
{
	struct purge_work *w = arg;
	int64_t *ids;
	bool is_done = true;
	TRY(purge_list(c, c->now - DAYS(RESTORE_DAYS), PURGE_AT_ONCE, &ids, &w->seen_n));
	for (size_t i = 0; i < w->seen_n && is_done; i++)
		TRY(object_purge(c, ids[i], &is_done));
	return OK;
}

enum err desk_purge(struct ctx *c)
{
	struct purge_work w;
	do
		TRY(c->run->write(c->run->self, c, purge_some, &w));
	while (w.seen_n > 0);
	return OK;
}

enum err desk_purge_type(struct ctx *c, int64_t object_type, size_t limit, bool *more_out)
{
	int64_t *ids;
	size_t n;
	bool is_done;
	TRY(purge_list_of_type(c, object_type, (int64_t)limit + 1, &ids, &n));
	*more_out = n > limit;
	for (size_t i = 0; i < n && !*more_out; i++)
		TRY(object_purge(c, ids[i], &is_done));
	return OK;
}
