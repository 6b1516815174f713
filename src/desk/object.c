#include "desk/object.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "bus/event.h"
#include "desk/announce.h"
#include "desk/associate.h"
#include "desk/calculate.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/list.h"
#include "desk/notify.h"
#include "desk/object_int.h"
#include "desk/quote.h"
#include "desk/search_index.h"
#include "desk/unique.h"
#include "store/thread.h"
#include "store/unique.h"
#include "text/json.h"
#include "text/json_props.h"

enum { MAX_PROPS_BYTES = 4 << 20 };

bool write_has(const struct write *w, struct str name)
{
	for (size_t i = 0; i < w->change_n; i++)
		if (str_eq(w->changes[i].name, name))
			return true;
	return false;
}

enum err write_set(struct ctx *c, struct write *w, struct str name, struct str value)
{
	const struct property_def *def = schema_property(w->type, name);
	if (def == NULL)
		return property_unknown(c, name);
	check(w->change_n < w->change_room);
	property_set_column(&w->o, def, value);
	w->changes[w->change_n++] = (struct prop){def->row.name, value};
	return OK;
}

enum err write_keep(struct ctx *c, struct write *w, struct str name, struct str value, bool is_silent)
{
	struct str is = write_value(c, w, name);
	if (schema_property(w->type, name) == NULL || str_eq(is.n ? is : STR(""), value.n ? value : STR("")))
		return OK;
	TRY(write_set(c, w, name, value));
	w->is_silent[w->change_n - 1] = is_silent;
	return OK;
}

void write_drop(struct write *w, struct str name)
{
	size_t n = 0;
	for (size_t i = 0; i < w->change_n; i++) {
		if (str_eq(w->changes[i].name, name))
			continue;
		w->changes[n] = w->changes[i];
		w->is_silent[n++] = w->is_silent[i];
	}
	w->change_n = n;
}

struct str write_value(struct ctx *c, const struct write *w, struct str name)
{
	for (size_t i = w->change_n; i > 0; i--)
		if (str_eq(w->changes[i - 1].name, name))
			return w->changes[i - 1].value;
	const struct property_def *def = schema_property(w->type, name);
	return def ? property_value(c, &w->o, def) : STR_NULL;
}

void write_init(struct ctx *c, struct write *w)
{
	w->change_room = w->in->prop_n + MAX_RULE_CHANGES;
	w->changes = NEW_ARRAY(c->a, w->change_room, struct prop);
	w->is_silent = NEW_ARRAY(c->a, w->change_room, bool);
}

/* May a caller set it? The creation date is open to him once, so that imports can tell the truth. */
static bool is_settable(const struct write *w, const struct property_def *def)
{
	if (w->in->by_rule)
		return true;
	if (str_eq(def->row.name, STR("createdate")))
		return w->is_create;
	return !def->row.is_read_only;
}

/* What the desk moves from one object to another may be an option that is no longer one. */
static enum err check_value(struct ctx *c, const struct write *w, const struct property_def *def, struct str value,
                            struct str *out)
{
	*out = value;
	if (w->in->by_rule && str_eq(def->row.type, STR("enumeration")))
		return OK;
	return property_check(c, def, property_appended(c, def, write_value(c, w, def->row.name), value), out);
}

static enum err take_input(struct ctx *c, struct write *w)
{
	bool has_fault = false;
	if (w->in->prop_n > MAX_PROPS_IN)
		return fail(c, ERR_TOO_BIG, "More than %d properties in one write.", MAX_PROPS_IN);
	for (size_t i = 0; i < w->in->prop_n; i++) {
		const struct prop *p = &w->in->props[i];
		const struct property_def *def = schema_property(w->type, p->name);
		struct str value;
		enum err e;
		if (def == NULL)
			e = property_unknown(c, p->name);
		else if (!is_settable(w, def))
			e = property_read_only(c, def);
		else
			e = check_value(c, w, def, p->value, &value);
		if (e == OK)
			e = write_set(c, w, def->row.name, value);
		if (e != OK && e != ERR_BAD_INPUT)
			return e;
		has_fault = has_fault || e != OK;
	}
	return has_fault ? c->why.code : OK;
}

/* "a|b": one of them is enough. */
static bool has_required(const struct write *w, struct str alternatives)
{
	for (struct str rest = alternatives; !str_is_null(rest);) {
		struct str name = str_cut(&rest, STR("|"));
		for (size_t i = 0; i < w->change_n; i++)
			if (str_eq(w->changes[i].name, name) && str_trim(w->changes[i].value).n > 0)
				return true;
	}
	return false;
}

static enum err check_required(struct ctx *c, const struct write *w)
{
	bool is_missing = false;
	if (w->type->row.required_properties.n == 0)
		return OK;
	for (struct str rest = w->type->row.required_properties; !str_is_null(rest);) {
		struct str wanted = str_cut(&rest, STR(" "));
		if (has_required(w, wanted))
			continue;
		is_missing = true;
		while (!str_is_null(wanted))
			fail_context(c, STR("properties"), str_cut(&wanted, STR("|")));
	}
	if (!is_missing)
		return OK;
	return fail(c, ERR_BAD_INPUT, "Error creating " STR_FMT ". Some required properties were not set.",
	            STR_ARG(w->type->error_label));
}

static void json_pair(struct json *j, struct str name, struct str value)
{
	json_key_str(j, name);
	json_str(j, value);
}

/* props as they were, less what this write sets, plus what it sets. */
enum err write_merge(struct ctx *c, struct write *w)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_PROPS_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	struct str name, value;
	for (struct props_walk walk = props_walk(w->o.props); props_next(&walk, c->a, &name, &value);)
		if (!write_has(w, name))
			json_pair(&j, name, value);
	for (size_t i = 0; i < w->change_n; i++) {
		const struct prop *p = &w->changes[i];
		if (p->value.n == 0 || schema_property(w->type, p->name)->column != NULL)
			continue;
		bool is_set_again = false;
		for (size_t k = i + 1; k < w->change_n; k++)
			is_set_again = is_set_again || str_eq(w->changes[k].name, p->name);
		if (!is_set_again)
			json_pair(&j, p->name, p->value);
	}
	json_object_end(&j);
	if (buf_is_full(&b))
		return fail(c, ERR_TOO_BIG, "All properties together are longer than %d bytes.", MAX_PROPS_BYTES);
	w->o.props = buf_str(&b);
	for (size_t i = 0; i < w->change_n && w->o.id != 0; i++)
		if (desk_has_value_word(w->type, w->changes[i].name))
			return desk_object_due(c, w->o.id);
	return OK;
}

enum err write_history(struct ctx *c, struct write *w)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, 2 * MAX_PROPS_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	for (size_t i = 0; i < w->change_n; i++)
		if (!w->is_silent[i])
			json_pair(&j, w->changes[i].name, w->changes[i].value.n ? w->changes[i].value : STR(""));
	json_object_end(&j);
	struct change change = {
		.object_id = w->o.id,
		.at = c->now,
		.source_type = str_is_null(w->in->source_type) ? STR("INTEGRATION") : w->in->source_type,
		.user_id = c->who.user_id,
		.changes = buf_str(&b),
	};
	TRY(change_put(c, &change));
	w->change_id = change.id;
	return OK;
}

static enum event_kind kind_of(const struct object *o, enum event_kind ticket, enum event_kind contact, enum event_kind other)
{
	return o->object_type == TYPE_TICKET ? ticket : o->object_type == TYPE_CONTACT ? contact : other;
}

/* The values are in the history row of this write. */
static enum err announce(struct ctx *c, const struct write *w, enum event_kind kind)
{
	return announce_object(c, kind, &w->o, w->in->source_type.n ? w->in->source_type : STR("INTEGRATION"), w->change_id);
}

static enum err conflict(struct ctx *c, const struct write *w)
{
	struct object other;
	fail_clear(c);
	TRY(desk_object_of_key(c, w->type->row.id, w->o.unique_key, &other));
	struct str label = w->type->row.label;
	return fail(c, ERR_CONFLICT, STR_FMT " already exists. Existing ID: %lld", STR_ARG(label), (long long)other.id);
}

/* Asked before the write: after a failed statement PostgreSQL would not let us look the other one up. */
static enum err check_unique(struct ctx *c, struct write *w)
{
	struct object other;
	if (w->o.unique_key.n == 0 || str_eq(w->o.unique_key, w->before.unique_key))
		return OK;
	enum err e = desk_object_of_key(c, w->type->row.id, w->o.unique_key, &other);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	return other.id == w->before.id ? OK : conflict(c, w);
}

static enum err check_writable(struct ctx *c, const struct type_def *t, bool by_rule)
{
	if (!t->row.is_read_only || by_rule)
		return OK;
	return fail(c, ERR_NOT_ALLOWED, STR_FMT " objects are read only.", STR_ARG(t->error_label));
}

static enum err write_rules(struct ctx *c, struct write *w)
{
	TRY(check_writable(c, w->type, w->in->by_rule));
	TRY(take_input(c, w));
	if (w->is_create)
		TRY(check_required(c, w));
	TRY(rule_stage(c, w));
	TRY(rule_owner(c, w));
	TRY(rule_shares(c, w));
	TRY(rule_calculated(c, w));
	TRY(rule_demands(c, w));
	TRY(rule_label(c, w));
	TRY(unique_lock(c, w));
	TRY(check_unique(c, w));
	TRY(unique_check(c, w));
	return write_merge(c, w);
}

static enum err make_links(struct ctx *c, const struct object *o, const struct object_in *in)
{
	for (size_t i = 0; i < in->link_n; i++)
		TRY(desk_associate_new(c, o, &in->links[i]));
	return OK;
}

enum err object_hold_type(struct ctx *c, const struct type_def *t)
{
	if (!t->row.is_custom)
		return OK;
	enum err e = object_type_hold(c, t->row.id);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail(c, ERR_BAD_INPUT, "Unable to infer object type from: " STR_FMT, STR_ARG(t->row.plural));
}

enum err desk_object_create(struct ctx *c, const struct type_def *t, const struct object_in *in, struct object *out)
{
	struct write w = {.type = t, .in = in, .is_create = true};
	write_init(c, &w);
	w.o = (struct object){
		.object_type = t->row.id,
		.created_at = c->now,
		.activity_at = c->now,
		.label = STR(""),
		.props = STR("{}"),
	};
	TRY(desk_can(c, desk_action_to_make(&w.o), &w.o));
	TRY(object_hold_type(c, t));
	/* first: objects are locked before keys */
	TRY(desk_associate_check(c, &w.o, in->links, in->link_n));
	TRY(write_rules(c, &w));
	w.o.updated_at = c->now;
	TRY(object_insert(c, &w.o));
	TRY(unique_keep(c, &w));
	TRY(shares_keep(c, &w));
	TRY(rule_keys(c, &w));
	TRY(desk_object_due(c, w.o.id));
	TRY(write_history(c, &w));
	TRY(make_links(c, &w.o, in));
	if (in->link_n > 0)
		TRY(calculate_new(c, &w.o));
	if (in->link_n > 0)
		TRY(object_load(c, t->row.id, w.o.id, &w.o));
	if (t->row.id == TYPE_TICKET)
		TRY(notify_ticket(c, NULL, &w.o, NOTIFY_ALOUD));
	TRY(announce(c, &w, kind_of(&w.o, EV_TICKET_CREATED, EV_CONTACT_CREATED, EV_OBJECT_CREATED)));
	*out = w.o;
	return OK;
}

static enum err note_words(struct ctx *c, const struct write *w)
{
	bool is_renamed = !str_eq(w->o.label, w->before.label) || !str_eq(w->o.unique_key, w->before.unique_key);
	if (w->type->row.id == TYPE_CONTACT && is_renamed)
		TRY(desk_tickets_due(c, w->o.id));
	for (size_t i = 0; i < w->change_n; i++)
		if (desk_has_words(w->type, w->changes[i].name))
			return desk_object_due(c, w->o.id);
	return OK;
}

static enum err begin_update(struct ctx *c, int64_t id, struct write *w)
{
	write_init(c, w);
	TRY(object_lock(c, id));
	TRY(desk_object_load(c, w->type, id, false, &w->before));
	TRY(desk_can(c, CAN_EDIT, &w->before));
	if (w->in->if_version != 0 && w->in->if_version != w->before.version)
		return fail(c, ERR_STALE, "This was changed meanwhile: it has version %lld now.",
		            (long long)w->before.version);
	TRY(quote_check_write(c, w));
	w->o = w->before;
	return write_rules(c, w);
}

enum err desk_object_check(struct ctx *c, const struct type_def *t, int64_t id, const struct object_in *in)
{
	struct write w = {.type = t, .in = in};
	return begin_update(c, id, &w);
}

enum err desk_object_update(struct ctx *c, const struct type_def *t, int64_t id, const struct object_in *in,
                            struct object *out)
{
	struct write w = {.type = t, .in = in};
	TRY(begin_update(c, id, &w));
	TRY(object_update(c, &w.o));
	TRY(unique_keep(c, &w));
	TRY(shares_keep(c, &w));
	TRY(rule_keys(c, &w));
	TRY(note_words(c, &w));
	TRY(write_history(c, &w));
	TRY(rule_threads(c, &w));
	TRY(calculate_changed(c, &w));
	if (t->row.id == TYPE_TICKET)
		TRY(notify_ticket(c, &w.before, &w.o, in->is_one_of_many ? NOTIFY_QUIETLY : NOTIFY_ALOUD));
	TRY(announce(c, &w, kind_of(&w.o, EV_TICKET_CHANGED, EV_CONTACT_CHANGED, EV_OBJECT_CHANGED)));
	TRY(shares_announce(c, &w));
	*out = w.o;
	return OK;
}

/* A conversation goes with its ticket, and comes back with it (desk/restore.c). */
static enum err archive_threads(struct ctx *c, const struct object *ticket)
{
	struct thread *threads;
	size_t n;
	if (ticket->object_type != TYPE_TICKET)
		return OK;
	TRY(thread_list_of_ticket(c, ticket->id, &threads, &n));
	for (size_t i = 0; i < n; i++) {
		const struct thread before = threads[i];
		if (before.archived_at > 0)
			continue;
		threads[i].archived_at = ticket->archived_at;
		TRY(thread_save(c, &before, &threads[i]));
	}
	return OK;
}

static enum err archive(struct ctx *c, const struct type_def *t, int64_t id, bool is_merged)
{
	struct object o;
	TRY(check_writable(c, t, false));
	TRY(object_lock(c, id));
	enum err e = object_load(c, t->row.id, id, &o);
	if (e == ERR_NOT_FOUND || (e == OK && (o.archived_at > 0 || !desk_may(c, CAN_VIEW, &o)))) {
		fail_clear(c);
		return desk_can(c, CAN_DELETE, NULL);
	}
	TRY(e);
	TRY(desk_can(c, CAN_DELETE, &o));
	TRY(quote_check_archive(c, &o));
	o.archived_at = c->now;
	TRY(object_update(c, &o));
	TRY(desk_list_forget(c, id));
	TRY(unique_remove_object(c, o.id));
	if (!is_merged) {
		TRY(calculate_around(c, &o));
		TRY(archive_threads(c, &o));
	}
	return announce_object(c, kind_of(&o, EV_TICKET_DELETED, EV_CONTACT_DELETED, EV_OBJECT_DELETED), &o, STR_NULL, 0);
}

enum err desk_object_archive(struct ctx *c, const struct type_def *t, int64_t id)
{
	return archive(c, t, id, false);
}

enum err object_archive_merged(struct ctx *c, const struct type_def *t, int64_t id)
{
	return archive(c, t, id, true);
}

enum err desk_object_load(struct ctx *c, const struct type_def *t, int64_t id, bool is_archived, struct object *out)
{
	struct object o;
	TRY(desk_can(c, CAN_VIEW, NULL));
	enum err e = object_load(c, t->row.id, id, &o);
	/* what was merged leads on also when its own row is gone from the recycle bin */
	if (!is_archived && (e == ERR_NOT_FOUND || (e == OK && o.archived_at > 0))) {
		fail_clear(c);
		e = object_after_merge(c, t->row.id, id, &o);
	}
	TRY(e);
	if ((o.archived_at > 0) != is_archived)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(desk_can(c, CAN_VIEW, &o));
	*out = o;
	return OK;
}

enum err desk_object_type(struct ctx *c, int64_t id, const struct type_def **out)
{
	struct object o;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(object_load_any(c, id, &o));
	TRY(desk_can(c, CAN_VIEW, &o));
	*out = schema_type_by_id(c, o.object_type);
	return OK;
}

enum err desk_object_by(struct ctx *c, const struct type_def *t, struct str property, struct str value,
                        struct object *out)
{
	int64_t id;
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (str_eq(property, STR("hs_object_id")) && num_parse_id(value, &id))
		return desk_object_load(c, t, id, false, out);
	const struct property_def *def = schema_property(t, property);
	if (def != NULL && unique_is_key(def)) {
		TRY(unique_object(c, def, value, &id));
		return desk_object_load(c, t, id, false, out);
	}
	if (property.n == 0 || !str_eq(property, t->row.unique_property))
		return fail(c, ERR_BAD_INPUT, "Property \"" STR_FMT "\" is not a unique property of " STR_FMT ".",
		            STR_ARG(str_head(property, 200)), STR_ARG(t->row.plural));
	TRY(desk_object_of_key(c, t->row.id, str_lower(c->a, value), out));
	return desk_can(c, CAN_VIEW, out);
}

enum err desk_object_list(struct ctx *c, const struct type_def *t, bool is_archived, int64_t after, int64_t limit,
                          struct object **out, size_t *n_out)
{
	const struct ticket_access *sight = desk_sight_of(c, t->row.id);
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (sight != NULL)
		return object_list_seen(c, sight, is_archived, after, limit, out, n_out);
	return object_list(c, t->row.id, is_archived, after, limit, out, n_out);
}

enum err desk_object_history(struct ctx *c, int64_t object_id, struct str property, struct history_entry **out,
                             size_t *n_out)
{
	struct change *changes;
	size_t n, found = 0;
	TRY(change_list(c, object_id, MAX_HISTORY, &changes, &n));
	struct history_entry *entries = NEW_ARRAY(c->a, n, struct history_entry);
	for (size_t i = 0; i < n; i++) {
		struct history_entry *entry = &entries[found];
		if (!props_get(changes[i].changes, property, c->a, &entry->value))
			continue;
		entry->at = changes[i].at;
		entry->source_type = changes[i].source_type;
		entry->source_id = changes[i].source_id;
		entry->user_id = changes[i].user_id;
		found++;
	}
	*out = entries;
	*n_out = found;
	return OK;
}
