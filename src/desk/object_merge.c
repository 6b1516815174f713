/* Two objects that are one: the first keeps its id and its values, takes the values it lacks and all that hangs on the second;
 * the second goes into the recycle bin, and its id and unique value lead to the first from then on. */

#include "base/arena.h"
#include "desk/announce.h"
#include "desk/associate.h"
#include "desk/calculate.h"
#include "desk/can.h"
#include "desk/list.h"
#include "desk/object_int.h"
#include "desk/search_index.h"
#include "store/draft.h"
#include "store/merge.h"
#include "store/record_key.h"
#include "store/thread.h"
#include "store/user.h"

enum { MAX_PRIMARY_LINKS = 1000, MAX_MERGED_TICKETS = 5000 };

static const struct str merged_ids = STR("hs_merged_object_ids"), more_emails = STR("hs_additional_emails");

static enum err load_merged(struct ctx *c, int64_t object_type, int64_t into_id, struct object *out)
{
	if (into_id == 0)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(object_load(c, object_type, into_id, out));
	return out->archived_at > 0 ? fail(c, ERR_NOT_FOUND, "resource not found") : OK;
}

enum err object_after_merge(struct ctx *c, int64_t object_type, int64_t id, struct object *out)
{
	int64_t into_id;
	TRY(object_merge_of_id(c, object_type, id, &into_id));
	return load_merged(c, object_type, into_id, out);
}

enum err desk_object_of_key(struct ctx *c, int64_t object_type, struct str unique_key, struct object *out)
{
	int64_t into_id, *ids;
	size_t n;
	enum err e = object_by_key(c, object_type, unique_key, out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(object_merge_of_key(c, object_type, unique_key, &into_id));
	if (into_id != 0 || object_type != TYPE_CONTACT)
		return load_merged(c, object_type, into_id, out);
	/* a further address of somebody is his too */
	TRY(record_key_find(c, RECORD_KEY_EMAIL, unique_key, 0, 1, &ids, &n));
	return n > 0 ? object_load(c, object_type, ids[0], out) : load_merged(c, object_type, 0, out);
}

/* Only what a caller could have written there himself. */
static bool may_move(const struct property_def *def)
{
	static const struct str columns[] = {STR("label"), STR("unique_key"), STR("owner_id"), STR("priority")};
	if (def->row.is_read_only || def->column == NULL)
		return !def->row.is_read_only;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (str_eq(def->row.kept_in, columns[i]))
			return true;
	return false;
}

/* a;b without empty parts. */
static struct str join(struct ctx *c, struct str a, struct str b)
{
	if (a.n == 0 || b.n == 0)
		return a.n ? a : b;
	return str_fmt(c->a, STR_FMT ";" STR_FMT, STR_ARG(a), STR_ARG(b));
}

static struct str value_of(struct ctx *c, const struct type_def *t, const struct object *o, struct str name)
{
	const struct property_def *def = schema_property(t, name);
	struct str value = def ? property_value(c, o, def) : STR_NULL;
	return value.n ? value : STR("");
}

static void moved_values(struct ctx *c, const struct type_def *t, const struct object *into, const struct object *from,
                         struct object_in *in)
{
	struct prop *props = NEW_ARRAY(c->a, t->prop_n + 2, struct prop);
	for (size_t i = 0; i < t->prop_n; i++) {
		const struct property_def *def = &t->props[i];
		if (!may_move(def) || str_eq(def->row.name, more_emails) || property_value(c, into, def).n > 0)
			continue;
		struct str value = property_value(c, from, def);
		if (value.n > 0)
			props[in->prop_n++] = (struct prop){def->row.name, value};
	}
	struct str ids = join(c, value_of(c, t, into, merged_ids), value_of(c, t, from, merged_ids));
	props[in->prop_n++] = (struct prop){merged_ids, join(c, ids, str_fmt(c->a, "%lld", (long long)from->id))};
	if (schema_property(t, more_emails) != NULL) {
		struct str emails = join(c, value_of(c, t, into, more_emails), value_of(c, t, from, more_emails));
		if (into->unique_key.n > 0)
			emails = join(c, emails, from->unique_key);
		if (emails.n > 0)
			props[in->prop_n++] = (struct prop){more_emails, emails};
	}
	in->props = props;
}

/* One primary company for each: that of the first stays. */
static enum err drop_second_primary(struct ctx *c, const struct object *into, const struct object *from)
{
	struct association *links, *kept;
	size_t n, kept_n;
	if (from->object_type == TYPE_COMPANY)
		return OK;
	TRY(association_list(c, from->id, TYPE_COMPANY, 0, MAX_PRIMARY_LINKS, &links, &n));
	TRY(association_list(c, into->id, TYPE_COMPANY, 0, MAX_PRIMARY_LINKS, &kept, &kept_n));
	for (size_t i = 0; i < n; i++) {
		struct association_type type;
		bool is_taken = false, was_there;
		TRY(association_type_load(c, links[i].type_id, &type));
		for (size_t k = 0; k < kept_n; k++)
			is_taken = is_taken || kept[k].type_id == type.type_id;
		if (!type.is_primary || !is_taken)
			continue;
		TRY(association_remove(c, from->id, TYPE_COMPANY, links[i].to_id, type.type_id, &was_there));
		TRY(association_remove(c, links[i].to_id, from->object_type, from->id, type.inverse_id, &was_there));
	}
	return OK;
}

/* The threads follow the ticket that they hang on now: its owner, and whether it is closed. */
static enum err move_threads(struct ctx *c, const struct object *into, const struct object *from)
{
	struct thread *threads;
	struct owner owner = {0};
	size_t n;
	if (into->owner_id != 0)
		TRY(owner_load(c, into->owner_id, &owner));
	TRY(thread_list_of_ticket(c, from->id, &threads, &n));
	for (size_t i = 0; i < n; i++) {
		const struct thread before = threads[i];
		threads[i].ticket_id = into->id;
		threads[i].assigned_user_id = owner.user_id;
		if (threads[i].is_closed != into->is_closed)
			threads[i].closed_at = into->is_closed ? c->now : 0;
		threads[i].is_closed = into->is_closed;
		TRY(thread_save(c, &before, &threads[i]));
	}
	TRY(draft_move(c, from->id, into->id));
	return object_merge_messages(c, from->id, into->id);
}

/* Everything that hangs on the first now, and what its neighbours show of it. */
static enum err calculate_merged(struct ctx *c, const struct type_def *t, int64_t id)
{
	struct object o;
	TRY(calculate(c, t->row.id, id, ABOUT_ALL));
	TRY(object_load(c, t->row.id, id, &o));
	return calculate_around(c, &o);
}

static enum err note_contact(struct ctx *c, struct object *into, const struct object *from)
{
	if (into->contact_id != 0 || from->contact_id == 0)
		return OK;
	into->contact_id = from->contact_id;
	TRY(object_update(c, into));
	return desk_object_due(c, into->id);
}

/* Before anything is announced: each of them is a ticket that others may be writing to. */
static enum err lock_tickets(struct ctx *c, const struct object *contact)
{
	int64_t *ids;
	size_t n;
	if (contact->object_type != TYPE_CONTACT)
		return OK;
	TRY(object_merge_tickets(c, contact->id, MAX_MERGED_TICKETS + 1, &ids, &n));
	if (n > MAX_MERGED_TICKETS)
		return fail(c, ERR_BAD_INPUT, "A contact with more than %d tickets cannot be merged into another one.",
		            MAX_MERGED_TICKETS);
	return desk_object_lock_all(c, ids, n, NULL, 0);
}

/* They show somebody else now. */
static enum err move_tickets(struct ctx *c, const struct object *into, const struct object *from)
{
	int64_t *ids;
	size_t n;
	TRY(object_merge_tickets(c, from->id, MAX_MERGED_TICKETS, &ids, &n));
	for (size_t i = 0; i < n; i++)
		TRY(calculate_of_contact(c, ids[i], into->id));
	return object_merge_contact(c, from->id, into->id);
}

static enum err move_all(struct ctx *c, struct object *into, const struct object *from)
{
	TRY(drop_second_primary(c, into, from));
	TRY(object_merge_links(c, from->id, into->id));
	TRY(object_merge_put(c, from->object_type, from->id, from->unique_key, into->id));
	if (from->object_type == TYPE_CONTACT)
		return move_tickets(c, into, from);
	if (from->object_type != TYPE_TICKET)
		return OK;
	TRY(note_contact(c, into, from));
	return move_threads(c, into, from);
}

/* Without those that tell of the merge itself. */
static size_t moved_n(const struct object_in *in)
{
	size_t n = 0;
	for (size_t i = 0; i < in->prop_n; i++)
		n += !str_eq(in->props[i].name, merged_ids) && !str_eq(in->props[i].name, more_emails);
	return n;
}

enum err desk_object_merge(struct ctx *c, const struct type_def *t, int64_t id, int64_t from_id, struct object *out)
{
	struct object into, from;
	struct object_in in = {.source_type = STR("MERGE_OBJECTS"), .by_rule = true};
	const int64_t ids[] = {id, from_id};
	if (schema_property(t, merged_ids) == NULL)
		return fail(c, ERR_BAD_INPUT, STR_FMT " objects cannot be merged.", STR_ARG(t->error_label));
	TRY(desk_object_lock_all(c, ids, 2, NULL, 0));
	TRY(desk_object_load(c, t, id, false, &into));
	TRY(desk_object_load(c, t, from_id, false, &from));
	if (into.id == from.id)
		return fail(c, ERR_BAD_INPUT, "An object cannot be merged with itself.");
	TRY(desk_can(c, CAN_EDIT, &into));
	TRY(desk_can(c, CAN_DELETE, &from));
	TRY(lock_tickets(c, &from));
	moved_values(c, t, &into, &from, &in);
	TRY(desk_list_replace(c, from.id, into.id));
	TRY(object_archive_merged(c, t, from.id));
	TRY(move_all(c, &into, &from));
	if (t->row.id == TYPE_CONTACT)
		TRY(desk_tickets_due(c, into.id));
	TRY(calculate_merged(c, t, into.id));
	TRY(desk_object_update(c, t, into.id, &in, out));
	return announce_merge(c, &into, &from, moved_n(&in));
}
