/* Merging a ticket into another one so that it can be undone. The merge itself is object_merge.c's; here is written down beforehand
 * what it will change, and afterwards put back:
 *
 *   threads  those that came along go back, with all that was written in them since
 *   links    the second ticket has again those it had; the first keeps those it had or got otherwise
 *   values   what the first took from the second and still has, it gives back
 *   ids      the id of the second is its own again, and those that led to it lead to it
 *
 * What people did to the first ticket after the merge stays there. */

#include "base/arena.h"
#include "bus/event.h"
#include "desk/act_int.h"
#include "desk/announce.h"
#include "desk/calculate.h"
#include "desk/can.h"
#include "desk/list.h"
#include "desk/object_int.h"
#include "desk/property.h"
#include "desk/search_index.h"
#include "desk/unique.h"
#include "store/merge.h"
#include "store/thread.h"
#include "store/ticket_move.h"
#include "store/user.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_UNDO_LINKS = 2000 };

static const struct str merged_ids = STR("hs_merged_object_ids");

static struct str value_of(struct ctx *c, const struct object *o, const struct property_def *def)
{
	struct str value = property_value(c, o, def);
	return value.n > 0 ? value : STR("");
}

/* Before ------------------------------------------------------------------------------------------------------------- */

static enum err note_threads(struct ctx *c, struct json *j, int64_t ticket_id)
{
	struct thread *threads;
	size_t n;
	TRY(thread_list_of_ticket(c, ticket_id, &threads, &n));
	json_key(j, "threads");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_int(j, threads[i].id);
	json_array_end(j);
	return OK;
}

static bool has_link(const struct association *links, size_t n, const struct association *one)
{
	for (size_t i = 0; i < n; i++)
		if (links[i].to_id == one->to_id && links[i].type_id == one->type_id)
			return true;
	return false;
}

/* [to type, to id, type, is it the first ticket's too] */
static enum err note_links(struct ctx *c, struct json *j, int64_t into_id, int64_t from_id)
{
	struct association *links, *kept;
	size_t n, kept_n;
	TRY(association_all(c, from_id, MAX_UNDO_LINKS + 1, &links, &n));
	TRY(association_all(c, into_id, MAX_UNDO_LINKS + 1, &kept, &kept_n));
	if (n > MAX_UNDO_LINKS || kept_n > MAX_UNDO_LINKS)
		return fail(c, ERR_BAD_INPUT, "A ticket with more than %d links cannot be merged.", MAX_UNDO_LINKS);
	json_key(j, "links");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		json_array_begin(j);
		json_int(j, links[i].to_type);
		json_int(j, links[i].to_id);
		json_int(j, links[i].type_id);
		json_int(j, has_link(kept, kept_n, &links[i]));
		json_array_end(j);
	}
	json_array_end(j);
	return OK;
}

static enum err note_ids(struct ctx *c, struct json *j, int64_t from_id)
{
	int64_t *ids;
	size_t n;
	TRY(object_merge_ids(c, from_id, MAX_MERGES, &ids, &n));
	json_key(j, "ids");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_int(j, ids[i]);
	json_array_end(j);
	return OK;
}

/* After: what the first one took. {"name": ["before", "after"]} */
static void note_values(struct ctx *c, struct json *j, const struct object *before, const struct object *after)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	json_key(j, "values");
	json_object_begin(j);
	for (size_t i = 0; i < t->prop_n; i++) {
		const struct property_def *def = &t->props[i];
		struct str was = value_of(c, before, def), is = value_of(c, after, def);
		if (def->row.is_read_only || str_eq(was, is))
			continue;
		json_key_str(j, def->row.name);
		json_array_begin(j);
		json_str(j, was);
		json_str(j, is);
		json_array_end(j);
	}
	json_object_end(j);
}

static enum err check_merges(struct ctx *c, int64_t into_id, int64_t from_id)
{
	int64_t *ids;
	size_t a, b;
	TRY(object_merge_ids(c, into_id, MAX_MERGES, &ids, &a));
	TRY(object_merge_ids(c, from_id, MAX_MERGES, &ids, &b));
	if (a + b < MAX_MERGES)
		return OK;
	return fail(c, ERR_BAD_INPUT, "These tickets took part in %d merges: no more are possible.", MAX_MERGES);
}

enum err act_merge(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out)
{
	struct object into, from, after;
	struct buf b;
	struct json j;
	TRY(act_ticket(c, id, &from));
	TRY(act_ticket(c, in->into_id, &into));
	TRY(desk_can(c, CAN_DELETE, &from));
	if (from.id == into.id)
		return fail(c, ERR_BAD_INPUT, "A ticket cannot be merged with itself.");
	TRY(check_merges(c, into.id, from.id));
	buf_init(&b, c->a, MAX_ACT_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_int(&j, "contact", into.contact_id);
	TRY(note_threads(c, &j, from.id));
	TRY(note_links(c, &j, into.id, from.id));
	TRY(note_ids(c, &j, from.id));
	TRY(desk_object_merge(c, schema_type_by_id(c, TYPE_TICKET), into.id, from.id, &after));
	note_values(c, &j, &into, &after);
	json_object_end(&j);
	if (buf_is_full(&b))
		return fail(c, ERR_INTERNAL, "the record of a merge is longer than %d bytes", MAX_ACT_BODY_BYTES);
	out->body = buf_str(&b);
	out->other_id = into.id;
	TRY(act_threads_changed(c, from.id));
	return act_threads_changed(c, into.id);
}

/* Back --------------------------------------------------------------------------------------------------------------- */

static enum err load_both(struct ctx *c, const struct ticket_act_row *row, struct object *into, struct object *from)
{
	int64_t leads_to;
	TRY(act_ticket(c, row->other_id, into));
	TRY(object_load(c, TYPE_TICKET, row->ticket_id, from));
	TRY(desk_can(c, CAN_DELETE, from));
	TRY(object_merge_of_id(c, TYPE_TICKET, from->id, &leads_to));
	if (leads_to == into->id && from->archived_at > 0)
		return OK;
	return fail(c, ERR_CONFLICT, "Ticket %lld was merged into another one since: undo that first.", (long long)into->id);
}

/* a;b;c without b. */
static struct str without(struct ctx *c, struct str list, struct str word)
{
	struct buf b;
	buf_init(&b, c->a, list.n + 1);
	for (struct str rest = list; !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR(";"));
		if (part.n == 0 || str_eq(part, word))
			continue;
		if (b.n > 0)
			buf_byte(&b, ';');
		buf_add(&b, part);
	}
	return b.n > 0 ? buf_str(&b) : STR("");
}

static enum err give_values_back(struct ctx *c, const json_t *body, const struct object *into, int64_t from_id)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	json_t *values = json_object_get(body, "values"), *pair;
	const char *name;
	struct object_in in = {.source_type = STR("MERGE_OBJECTS"), .by_rule = true};
	struct object o;
	struct prop *props = NEW_ARRAY(c->a, json_object_size(values) + 1, struct prop);
	json_object_foreach(values, name, pair)
	{
		const struct property_def *def = schema_property(t, str_c(name));
		if (def != NULL && str_eq(value_of(c, into, def), json_text(json_array_get(pair, 1))))
			props[in.prop_n++] = (struct prop){def->row.name, json_text(json_array_get(pair, 0))};
	}
	struct str ids = value_of(c, into, schema_property(t, merged_ids));
	struct str id = str_fmt(c->a, "%lld", (long long)from_id);
	props[in.prop_n++] = (struct prop){merged_ids, without(c, ids, id)};
	in.props = props;
	return desk_object_update(c, t, into->id, &in, &o);
}

static enum err give_links_back(struct ctx *c, const json_t *body, int64_t into_id, int64_t from_id)
{
	const json_t *links = json_object_get(body, "links");
	for (size_t i = 0; i < json_array_size(links); i++) {
		const json_t *link = json_array_get(links, i);
		int64_t to_type = json_integer_value(json_array_get(link, 0)), to_id = json_integer_value(json_array_get(link, 1));
		int64_t type_id = json_integer_value(json_array_get(link, 2));
		struct association_type type;
		struct object other;
		bool is_new, was_there;
		enum err e = association_type_load(c, type_id, &type);
		if (e == OK)
			e = object_load_any(c, to_id, &other);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			continue;
		}
		TRY(e);
		const struct association there = {from_id, to_type, to_id, type_id, 0};
		const struct association back = {to_id, TYPE_TICKET, from_id, type.inverse_id, 0};
		TRY(association_put(c, &there, &back, &is_new));
		if (json_integer_value(json_array_get(link, 3)))
			continue;
		TRY(association_remove(c, into_id, to_type, to_id, type_id, &was_there));
		TRY(association_remove(c, to_id, TYPE_TICKET, into_id, type.inverse_id, &was_there));
	}
	return OK;
}

static enum err give_ids_back(struct ctx *c, const json_t *body, int64_t from_id)
{
	const json_t *ids = json_object_get(body, "ids");
	TRY(object_merge_forget(c, from_id));
	for (size_t i = 0; i < json_array_size(ids); i++)
		TRY(object_merge_lead(c, json_integer_value(json_array_get(ids, i)), from_id));
	return OK;
}

/* One that has moved on since, by a split, stays where it is. */
static enum err give_threads_back(struct ctx *c, const json_t *body, int64_t into_id, const struct object *from)
{
	const json_t *ids = json_object_get(body, "threads");
	struct owner owner = {0};
	if (from->owner_id != 0)
		TRY(owner_load(c, from->owner_id, &owner));
	for (size_t i = 0; i < json_array_size(ids); i++) {
		struct thread t;
		TRY(thread_load(c, json_integer_value(json_array_get(ids, i)), &t));
		const struct thread before = t;
		if (t.ticket_id != into_id)
			continue;
		t.ticket_id = from->id;
		t.assigned_user_id = owner.user_id;
		if (t.is_closed != from->is_closed)
			t.closed_at = from->is_closed ? c->now : 0;
		t.is_closed = from->is_closed;
		TRY(thread_save(c, &before, &t));
		TRY(thread_messages_to_ticket(c, t.id, from->id));
	}
	return OK;
}

static enum err come_back(struct ctx *c, struct object *from)
{
	const struct type_def *t = schema_type_by_id(c, TYPE_TICKET);
	struct change change = {
		.object_id = from->id,
		.at = c->now,
		.source_type = STR("RESTORE_OBJECTS"),
		.user_id = c->who.user_id,
		.changes = STR("{}"),
	};
	TRY(unique_take(c, t, from));
	from->archived_at = 0;
	TRY(object_update(c, from));
	TRY(change_put(c, &change));
	return announce_object(c, EV_TICKET_RESTORED, from, STR_NULL, change.id);
}

static enum err settle(struct ctx *c, int64_t ticket_id)
{
	struct object o;
	TRY(desk_object_due(c, ticket_id));
	TRY(desk_messages_due(c, ticket_id));
	TRY(calculate(c, TYPE_TICKET, ticket_id, ABOUT_ALL));
	TRY(object_load(c, TYPE_TICKET, ticket_id, &o));
	TRY(calculate_around(c, &o));
	return act_threads_changed(c, ticket_id);
}

enum err act_merge_undo(struct ctx *c, const struct ticket_act_row *row)
{
	struct object into, from;
	json_t *body;
	TRY(load_both(c, row, &into, &from));
	TRY(json_parse(c, row->body, &body));
	TRY(give_values_back(c, body, &into, from.id));
	TRY(give_ids_back(c, body, from.id));
	TRY(give_links_back(c, body, into.id, from.id));
	TRY(give_threads_back(c, body, into.id, &from));
	TRY(come_back(c, &from));
	TRY(object_load(c, TYPE_TICKET, into.id, &into));
	if (json_get_int(body, "contact", 0) == 0 && into.contact_id == from.contact_id) {
		into.contact_id = 0;
		TRY(object_update(c, &into));
	}
	TRY(settle(c, into.id));
	return settle(c, from.id);
}
