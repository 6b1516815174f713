#include "desk/webhook_event.h"

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "desk/schema.h"
#include "store/object.h"
#include "store/thread.h"
#include "text/json.h"
#include "text/json_props.h"

enum { MAX_HAPPENINGS = 2048, FIRST_HAPPENINGS = 8, MAX_HAPPENING_BYTES = 2 << 20, MAX_VALUE_BYTES = 256 << 10, PORTAL_ID = 1 };

/* The happenings of one event, as they are found. */
struct found {
	const struct event *e;
	struct happening *list;
	size_t n, room;
};

static struct happening *add(struct ctx *c, struct found *f, struct happening h)
{
	if (f->n == MAX_HAPPENINGS) /* more than a write can have: the last one gives way */
		f->n--;
	if (f->n == f->room) {
		f->room = f->room ? 2 * f->room : FIRST_HAPPENINGS;
		struct happening *longer = NEW_ARRAY(c->a, f->room, struct happening);
		for (size_t i = 0; i < f->n; i++)
			longer[i] = f->list[i];
		f->list = longer;
	}
	f->list[f->n] = h;
	return &f->list[f->n++];
}

static struct str text_of(struct ctx *c, const struct event *e, const char *name)
{
	struct str value;
	return props_get(e->body, str_c(name), c->a, &value) ? value : STR_NULL;
}

static int64_t int_of(struct ctx *c, const struct event *e, const char *name)
{
	int64_t value;
	return num_parse_int(text_of(c, e, name), &value) ? value : 0;
}

static bool bool_of(struct ctx *c, const struct event *e, const char *name)
{
	return str_eq(text_of(c, e, name), STR("true"));
}

/* Types that have event types of their own name. */
static struct str subject_of(const struct type_def *t)
{
	static const struct str names[] = {STR("contact"), STR("company"), STR("deal"),
	                                   STR("ticket"),  STR("product"), STR("line_item")};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(names[i], t->row.singular))
			return names[i];
	return STR_NULL;
}

/* NULL: the event is from before bodies said it, or its type is gone. */
static const struct type_def *type_of(struct ctx *c, const struct event *e, const char *member)
{
	int64_t id = int_of(c, e, member);
	return id == 0 ? NULL : schema_type_if_there(c, id);
}

static struct happening about(struct ctx *c, const struct event *e, const struct type_def *t, struct str verb)
{
	return (struct happening){
		.subject = subject_of(t),
		.verb = verb,
		.type_id = t->row.type_id,
		.object_id = e->about_id,
		.source = text_of(c, e, "source"),
	};
}

/* Objects ----------------------------------------------------------------------------------------------------------- */

/* One for each value that the write set. */
static enum err find_changes(struct ctx *c, struct found *f, const struct type_def *t)
{
	struct change change;
	int64_t id = int_of(c, f->e, "change");
	if (id == 0)
		return OK;
	enum err e = change_load(c, id, &change);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c); /* erased */
		return OK;
	}
	TRY(e);
	struct str name, value;
	for (struct props_walk walk = props_walk(change.changes); props_next(&walk, c->a, &name, &value);) {
		struct happening *h = add(c, f, about(c, f->e, t, STR("propertyChange")));
		h->property_name = name;
		h->property_value = value;
		h->source = change.source_type;
	}
	return OK;
}

static enum err on_created(struct ctx *c, struct found *f)
{
	const struct type_def *t = type_of(c, f->e, "objectType");
	if (t == NULL)
		return OK;
	add(c, f, about(c, f->e, t, STR("creation")))->flag = STR("CREATED");
	return find_changes(c, f, t);
}

static enum err on_changed(struct ctx *c, struct found *f)
{
	const struct type_def *t = type_of(c, f->e, "objectType");
	return t == NULL ? OK : find_changes(c, f, t);
}

static enum err add_plain(struct ctx *c, struct found *f, struct str verb, struct str flag)
{
	const struct type_def *t = type_of(c, f->e, "objectType");
	if (t != NULL)
		add(c, f, about(c, f->e, t, verb))->flag = flag;
	return OK;
}

static enum err on_deleted(struct ctx *c, struct found *f)
{
	return add_plain(c, f, STR("deletion"), STR("DELETED"));
}

static enum err on_restored(struct ctx *c, struct found *f)
{
	return add_plain(c, f, STR("restore"), STR("RESTORED"));
}

static enum err on_erased(struct ctx *c, struct found *f)
{
	add(c, f, about(c, f->e, schema_type_by_id(c, TYPE_CONTACT), STR("privacyDeletion")))->flag = STR("DELETED");
	return OK;
}

static enum err on_merged(struct ctx *c, struct found *f)
{
	const struct type_def *t = type_of(c, f->e, "objectType");
	if (t == NULL)
		return OK;
	struct happening *h = add(c, f, about(c, f->e, t, STR("merge")));
	h->source = STR("MERGE_OBJECTS");
	h->merged_id = int_of(c, f->e, "mergedId");
	h->moved_n = int_of(c, f->e, "moved");
	return OK;
}

/* A type's category: of a type that is gone meanwhile it is not known. */
static enum err category_of(struct ctx *c, int64_t type_id, struct str *out)
{
	struct association_type type;
	enum err e = association_type_load(c, type_id, &type);
	*out = e == OK ? type.category : STR_NULL;
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	return e;
}

/* From one end of a link. */
static enum err add_end(struct ctx *c, struct found *f, const struct type_def *from, int64_t from_id, const struct type_def *to,
                        int64_t to_id, int64_t type_id)
{
	struct str name = str_fmt(c->a, STR_FMT "_TO_" STR_FMT, STR_ARG(from->error_label), STR_ARG(to->error_label));
	struct happening *h = add(c, f, about(c, f->e, from, STR("associationChange")));
	h->object_id = from_id;
	h->to_id = to_id;
	h->to_type_id = to->row.type_id;
	h->association_type = name;
	h->association_type_id = type_id;
	h->is_removed = bool_of(c, f->e, "isRemoved");
	h->is_primary = bool_of(c, f->e, "isPrimary");
	return category_of(c, type_id, &h->association_category);
}

/* A link has two ends, and each may be subscribed to; where both are of one type, the first counts: one event is one delivery. */
static enum err on_linked(struct ctx *c, struct found *f)
{
	const struct type_def *from = type_of(c, f->e, "fromType"), *to = type_of(c, f->e, "toType");
	int64_t to_id = int_of(c, f->e, "toId");
	if (from == NULL || to == NULL)
		return OK;
	TRY(add_end(c, f, from, f->e->about_id, to, to_id, int_of(c, f->e, "typeId")));
	if (from == to)
		return OK;
	return add_end(c, f, to, to_id, from, f->e->about_id, int_of(c, f->e, "inverseId"));
}

/* Conversations ----------------------------------------------------------------------------------------------------- */

static struct happening *add_talk(struct ctx *c, struct found *f, int64_t thread_id, struct str verb)
{
	return add(c, f, (struct happening){.subject = STR("conversation"), .verb = verb, .object_id = thread_id});
}

static enum err on_thread_created(struct ctx *c, struct found *f)
{
	add_talk(c, f, f->e->about_id, STR("creation"))->flag = STR("CREATED");
	return OK;
}

static enum err on_thread_changed(struct ctx *c, struct found *f)
{
	struct str name, value;
	for (struct props_walk walk = props_walk(f->e->body); props_next(&walk, c->a, &name, &value);) {
		struct happening *h = add_talk(c, f, f->e->about_id, STR("propertyChange"));
		h->property_name = name;
		h->property_value = value;
	}
	if (bool_of(c, f->e, "isArchived"))
		add_talk(c, f, f->e->about_id, STR("deletion"))->flag = STR("DELETED");
	return OK;
}

static enum err on_thread_erased(struct ctx *c, struct found *f)
{
	add_talk(c, f, f->e->about_id, STR("privacyDeletion"))->flag = STR("DELETED");
	return OK;
}

static enum err on_message(struct ctx *c, struct found *f)
{
	struct message m;
	enum err e = message_load(c, f->e->message_id, &m);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	struct happening *h = add_talk(c, f, m.thread_id, STR("newMessage"));
	h->flag = STR("NEW_MESSAGE");
	h->message_id = m.id;
	h->message_type = m.type;
	return OK;
}

/* Kinds ------------------------------------------------------------------------------------------------------------- */

struct reading {
	const char *kind;
	enum err (*read)(struct ctx *c, struct found *f);
};
static const struct reading readings[] = {
	{"ticket.created", on_created},
	{"contact.created", on_created},
	{"object.created", on_created},
	{"ticket.changed", on_changed},
	{"contact.changed", on_changed},
	{"object.changed", on_changed},
	{"ticket.deleted", on_deleted},
	{"contact.deleted", on_deleted},
	{"object.deleted", on_deleted},
	{"ticket.restored", on_restored},
	{"contact.restored", on_restored},
	{"object.restored", on_restored},
	{"contact.erased", on_erased},
	{"object.merged", on_merged},
	{"association.changed", on_linked},
	{"thread.created", on_thread_created},
	{"thread.changed", on_thread_changed},
	{"thread.erased", on_thread_erased},
	{"message.added", on_message},
};

static const struct reading *find_reading(struct str kind)
{
	for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++)
		if (str_eq(kind, str_c(readings[i].kind)))
			return &readings[i];
	return NULL;
}

enum err happenings_of(struct ctx *c, const struct event *e, struct happening **out, size_t *n_out)
{
	const struct reading *reading = find_reading(e->kind);
	struct found f = {.e = e};
	if (reading != NULL)
		TRY(reading->read(c, &f));
	*out = f.list;
	*n_out = f.n;
	return OK;
}

bool happening_is_for(const struct happening *h, const struct webhook_subscription *s)
{
	if (!str_is_null(s->object_type_id) && !str_eq(s->object_type_id, h->type_id))
		return false;
	return str_is_null(s->property_name) || str_eq(s->property_name, h->property_name);
}

/* JSON -------------------------------------------------------------------------------------------------------------- */

static void write_link(struct json *j, const struct happening *h, bool is_generic)
{
	json_add_int(j, "fromObjectId", h->object_id);
	json_add_int(j, "toObjectId", h->to_id);
	json_add_string(j, "associationType", h->association_type);
	json_add_bool(j, "associationRemoved", h->is_removed);
	json_add_bool(j, "isPrimaryAssociation", h->is_primary);
	if (!is_generic)
		return;
	json_add_string(j, "fromObjectTypeId", h->type_id);
	json_add_string(j, "toObjectTypeId", h->to_type_id);
	json_add_int(j, "associationTypeId", h->association_type_id);
	json_add_string(j, "associationCategory", h->association_category);
}

static void write_merge(struct json *j, const struct happening *h)
{
	json_add_int(j, "primaryObjectId", h->object_id);
	json_key(j, "mergedObjectIds");
	json_array_begin(j);
	json_int(j, h->merged_id);
	json_array_end(j);
	json_add_int(j, "newObjectId", h->object_id); /* the first keeps its id */
	json_add_int(j, "numberOfPropertiesMoved", h->moved_n);
}

static void write_rest(struct ctx *c, struct json *j, const struct happening *h, bool is_generic)
{
	if (is_generic)
		json_add_string(j, "objectTypeId", h->type_id);
	if (!str_is_null(h->property_name)) {
		json_add_string(j, "propertyName", h->property_name);
		json_add_string(j, "propertyValue",
		                h->property_value.n ? utf8_head(h->property_value, MAX_VALUE_BYTES) : STR(""));
	}
	if (h->message_id != 0) {
		json_add_string(j, "messageId", str_fmt(c->a, "%lld", (long long)h->message_id));
		json_add_string(j, "messageType", h->message_type);
	}
	if (h->to_id != 0)
		write_link(j, h, is_generic);
	if (h->merged_id != 0)
		write_merge(j, h);
}

static struct str source_of(const struct event *e, const struct happening *h)
{
	if (h->source.n > 0)
		return h->source;
	return e->user_id ? STR("CRM_UI") : STR("AUTOMATION_PLATFORM");
}

struct str happening_json(struct ctx *c, const struct event *e, const struct happening *h, const struct webhook_subscription *s)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_HAPPENING_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_int(&j, "eventId", e->id);
	json_add_int(&j, "subscriptionId", s->id);
	json_add_int(&j, "portalId", PORTAL_ID);
	json_add_int(&j, "appId", s->app_id);
	json_add_int(&j, "occurredAt", e->at);
	json_add_string(&j, "subscriptionType", s->event_type);
	json_add_int(&j, "objectId", h->object_id);
	json_add_string(&j, "changeSource", source_of(e, h));
	json_add_string(&j, "changeFlag", h->flag);
	if (e->user_id != 0)
		json_add_string(&j, "sourceId", str_fmt(c->a, "userId:%lld", (long long)e->user_id));
	write_rest(c, &j, h, !str_is_null(s->object_type_id));
	json_object_end(&j);
	return buf_str(&b);
}
