#include "desk/announce.h"

#include "desk/schema.h"
#include "store/record.h"
#include "text/json.h"

enum { MAX_EVENT_BODY_BYTES = 4096 };

struct body {
	struct buf b;
	struct json j;
};

static void body_begin(struct ctx *c, struct body *body)
{
	buf_init(&body->b, c->a, MAX_EVENT_BODY_BYTES);
	json_init(&body->j, &body->b);
	json_object_begin(&body->j);
}

static void body_int(struct ctx *c, struct body *body, const char *name, int64_t value)
{
	json_add_string(&body->j, name, str_fmt(c->a, "%lld", (long long)value));
}

static void body_bool(struct body *body, const char *name, bool value)
{
	json_add_string(&body->j, name, value ? STR("true") : STR("false"));
}

static struct str body_end(struct body *body)
{
	json_object_end(&body->j);
	return buf_str(&body->b);
}

static int64_t ticket_of(const struct object *o)
{
	return o->object_type == TYPE_TICKET ? o->id : 0;
}

/* In the words of the wire. */
static struct str source_of(const struct ctx *c)
{
	if (c->who.kind != ACTOR_USER)
		return STR("AUTOMATION_PLATFORM");
	return c->who.session_id ? STR("CRM_UI") : STR("INTEGRATION");
}

enum err announce_object(struct ctx *c, enum event_kind kind, const struct object *o, struct str source, int64_t change_id)
{
	struct body body;
	body_begin(c, &body);
	body_int(c, &body, "objectType", o->object_type);
	json_add_string(&body.j, "source", source.n ? source : source_of(c));
	if (change_id != 0)
		body_int(c, &body, "change", change_id);
	return bus_emit(c, kind,
	                &(struct event_about){.about_id = o->id, .ticket_id = ticket_of(o), .body = body_end(&body)});
}

enum err announce_merge(struct ctx *c, const struct object *into, const struct object *from, size_t moved_n)
{
	struct body body;
	body_begin(c, &body);
	body_int(c, &body, "objectType", into->object_type);
	body_int(c, &body, "mergedId", from->id);
	body_int(c, &body, "moved", (int64_t)moved_n);
	return bus_emit(c, EV_OBJECT_MERGED,
	                &(struct event_about){.about_id = into->id, .ticket_id = ticket_of(into), .body = body_end(&body)});
}

enum err announce_link(struct ctx *c, const struct object *from, const struct object *to, enum link_change change,
                       const struct association_type *type)
{
	struct body body;
	struct link_change_row row = {
		.at = c->now,
		.user_id = c->who.user_id,
		.from_id = from->id,
		.to_id = to->id,
		.type_id = type->type_id,
		.is_removed = change == LINK_REMOVED,
	};
	int64_t ticket_id = ticket_of(from) ? ticket_of(from) : ticket_of(to);
	TRY(link_change_insert(c, &row));
	body_begin(c, &body);
	body_int(c, &body, "fromType", from->object_type);
	body_int(c, &body, "toType", to->object_type);
	body_int(c, &body, "toId", to->id);
	body_int(c, &body, "typeId", type->type_id);
	body_int(c, &body, "inverseId", type->inverse_id);
	body_bool(&body, "isRemoved", change == LINK_REMOVED);
	body_bool(&body, "isPrimary", type->is_primary);
	return bus_emit(c, EV_ASSOCIATION_CHANGED,
	                &(struct event_about){.about_id = from->id, .ticket_id = ticket_id, .body = body_end(&body)});
}

enum err thread_add(struct ctx *c, struct thread *t)
{
	TRY(thread_insert(c, t));
	return bus_emit(c, EV_THREAD_CREATED, &(struct event_about){.about_id = t->id, .ticket_id = t->ticket_id});
}

enum err thread_save(struct ctx *c, const struct thread *before, struct thread *t)
{
	struct body body;
	bool is_moved = before->is_closed != t->is_closed, is_given = before->assigned_user_id != t->assigned_user_id;
	bool is_binned = (before->archived_at > 0) != (t->archived_at > 0);
	TRY(thread_update(c, t));
	if (!is_moved && !is_given && !is_binned)
		return OK;
	body_begin(c, &body);
	if (is_moved)
		json_add_string(&body.j, "status", t->is_closed ? STR("CLOSED") : STR("OPEN"));
	if (is_given)
		json_add_string(&body.j, "assignedTo",
		                t->assigned_user_id ? str_fmt(c->a, "A-%lld", (long long)t->assigned_user_id) : STR(""));
	if (is_binned)
		body_bool(&body, "isArchived", t->archived_at > 0);
	return bus_emit(c, EV_THREAD_CHANGED,
	                &(struct event_about){.about_id = t->id, .ticket_id = t->ticket_id, .body = body_end(&body)});
}
