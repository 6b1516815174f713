/* What stands around a record: linked records, timeline, history of links, files. */

#include "desk/record.h"

#include "api/call.h"
#include "api/handlers.h"
#include "api/records_json.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/associate.h"

enum { MAX_TYPES_ASKED = 16, MAX_TIMELINE_QUERY_BYTES = 1000, DEFAULT_TIMELINE = 30, DEFAULT_LINK_CHANGES = 50 };

/* What cards and timelines show of each type, beside its label. */
static const char *const shown_properties[] = {
	"email", "firstname", "lastname", "phone", "mobilephone", "jobtitle", "company", "domain", "industry", "city", "country",
	"amount", "closedate", "dealstage", "pipeline", "website", "hs_timestamp", "hs_note_body", "hs_email_subject",
	"hs_email_text", "hs_email_direction", "hs_call_title", "hs_call_body", "hs_call_direction", "hs_call_duration",
	"hs_call_status", "hs_task_subject", "hs_task_body", "hs_task_status", "hs_task_priority", "hs_meeting_title",
	"hs_meeting_body", "hs_meeting_start_time", "hs_meeting_end_time", "hs_meeting_location", "hs_communication_body",
	"hs_communication_channel_type", "hs_ticket_priority",
};

void record_json_members(struct ctx *c, struct json *j, const struct object *o)
{
	const struct type_def *t = schema_type_by_id(c, o->object_type);
	json_add_id(j, "id", o->id);
	json_add_string(j, "objectType", t->row.plural);
	json_add_string(j, "label", o->label);
	json_add_string(j, "email", o->object_type == TYPE_CONTACT ? o->unique_key : STR_NULL);
	json_add_string(j, "pipelineId", o->pipeline_id);
	json_add_string(j, "stageId", o->stage_id);
	json_add_bool(j, "isClosed", o->is_closed);
	if (o->owner_id != 0)
		json_add_id(j, "ownerId", o->owner_id);
	json_add_string(j, "preview", o->preview);
	json_add_time(j, "activityAt", o->activity_at);
	json_add_time(j, "createdAt", o->created_at);
	json_add_int(j, "version", o->version);
	if (o->created_by != 0)
		json_add_id(j, "createdByUserId", o->created_by);
	json_key(j, "properties");
	json_object_begin(j);
	for (size_t i = 0; i < sizeof(shown_properties) / sizeof(shown_properties[0]); i++) {
		const struct property_def *def = schema_property(t, str_c(shown_properties[i]));
		struct str value = def ? property_value(c, o, def) : STR_NULL;
		if (value.n > 0)
			json_add_string(j, shown_properties[i], value);
	}
	json_object_end(j);
}

static void write_label(struct ctx *c, struct json *j, const struct association_type *type)
{
	(void)c;
	json_object_begin(j);
	json_add_id(j, "typeId", type->type_id);
	json_add_string(j, "label", type->label);
	json_add_string(j, "category", type->category);
	json_add_bool(j, "isPrimary", type->is_primary);
	json_object_end(j);
}

/* The types that the query names, or the given ones. */
static enum err read_types(struct ctx *c, const struct req *q, const char *const *otherwise, size_t otherwise_n,
                           const struct type_def **out, size_t *n_out, bool *has_messages)
{
	struct str *names;
	size_t n = req_list(c, q, "types", &names);
	if (n > MAX_TYPES_ASKED)
		return fail_field(c, STR("types"), STR("TOO_MANY"), "At most %d types.", MAX_TYPES_ASKED);
	*n_out = 0;
	for (size_t i = 0; i < (n ? n : otherwise_n); i++) {
		struct str name = n ? names[i] : str_c(otherwise[i]);
		if (str_eq(name, STR("messages"))) {
			*has_messages = true;
			continue;
		}
		TRY(schema_type(c, name, &out[(*n_out)++]));
	}
	return OK;
}

static enum err load_record(struct ctx *c, const struct req *q, struct object *out)
{
	const struct type_def *t;
	int64_t id;
	TRY(req_type(c, q, "objectType", &t));
	TRY(req_id(c, q, "objectId", &id));
	return desk_object_load(c, t, id, false, out);
}

static enum err write_linked(struct ctx *c, struct json *j, const struct type_def *t, const struct linked *l)
{
	json_object_begin(j);
	json_add_string(j, "objectType", t->row.plural);
	json_add_bool(j, "hasMore", l->has_more);
	json_key(j, "results");
	json_array_begin(j);
	for (size_t i = 0; i < l->n; i++) {
		json_object_begin(j);
		record_json_members(c, j, &l->objects[i]);
		json_key(j, "labels");
		json_array_begin(j);
		for (size_t k = 0; k < l->label_n; k++) {
			struct association_type type;
			if (l->labels[k].to_id != l->objects[i].id)
				continue;
			TRY(desk_association_type(c, l->labels[k].type_id, &type));
			write_label(c, j, &type);
		}
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
	return OK;
}

enum err api_record_links(struct ctx *c, const struct req *q, struct res *r)
{
	static const char *const records[] = {"contacts", "companies", "deals", "tickets"};
	const struct type_def *types[MAX_TYPES_ASKED];
	struct object o;
	size_t n;
	bool has_messages = false;
	TRY(load_record(c, q, &o));
	TRY(read_types(c, q, records, sizeof(records) / sizeof(records[0]), types, &n, &has_messages));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		struct linked linked;
		TRY(desk_linked(c, &o, types[i], &linked));
		TRY(write_linked(c, &r->j, types[i], &linked));
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}

/* The timeline ------------------------------------------------------------------------------------------------------- */

static enum err read_cursor(struct ctx *c, const struct req *q, int64_t *at, int64_t *id)
{
	struct str rest = req_query(c, q, "after");
	*at = *id = INT64_MAX;
	if (rest.n == 0)
		return OK;
	if (!num_parse_int(str_cut(&rest, STR("-")), at) || !num_parse_int(rest, id))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	return OK;
}

static void write_happened(struct ctx *c, struct json *j, const struct happened *h)
{
	const struct said *m = &h->said;
	json_object_begin(j);
	if (m->id == 0) {
		record_json_members(c, j, &h->object);
		json_add_time(j, "at", h->at);
		json_object_end(j);
		return;
	}
	json_add_id(j, "id", m->id);
	json_add_string(j, "objectType", STR("messages"));
	json_add_string(j, "label", m->subject.n ? m->subject : h->object.label);
	json_add_id(j, "ticketId", m->ticket_id);
	json_add_string(j, "direction", m->direction);
	json_add_string(j, "senderName", m->sender_name);
	json_add_string(j, "senderAddress", m->sender_address);
	if (m->user_id != 0)
		json_add_id(j, "createdByUserId", m->user_id);
	json_add_string(j, "preview", desk_excerpt(c, m->text));
	json_add_time(j, "at", h->at);
	json_object_end(j);
}

enum err api_record_timeline(struct ctx *c, const struct req *q, struct res *r)
{
	static const char *const all[] = {"notes", "emails", "calls", "tasks", "meetings", "communications", "tickets", "messages"};
	const struct type_def *types[MAX_TYPES_ASKED];
	struct timeline_find find = {.types = types, .query = req_query(c, q, "query")};
	struct timeline page;
	struct object o;
	TRY(load_record(c, q, &o));
	TRY(read_types(c, q, all, sizeof(all) / sizeof(all[0]), types, &find.type_n, &find.has_messages));
	TRY(req_int(c, q, "limit", DEFAULT_TIMELINE, 1, MAX_TIMELINE, &find.limit));
	TRY(read_cursor(c, q, &find.before_at, &find.before_id));
	if (find.query.n > MAX_TIMELINE_QUERY_BYTES)
		return fail_field(c, STR("query"), STR("TOO_LONG"), "At most %d bytes.", MAX_TIMELINE_QUERY_BYTES);
	TRY(desk_timeline(c, &o, &find, &page));
	res_list_begin(r);
	for (size_t i = 0; i < page.n; i++)
		write_happened(c, &r->j, &page.rows[i]);
	res_list_end(r, "after", page.has_more ? str_fmt(c->a, "%lld-%lld", (long long)page.next_at, (long long)page.next_id) : STR_NULL);
	return OK;
}

/* Links that came and went --------------------------------------------------------------------------------------------- */

static void write_event(struct ctx *c, struct json *j, const struct link_event *e)
{
	json_object_begin(j);
	json_add_id(j, "id", e->row.id);
	json_add_time(j, "at", e->row.at);
	if (e->row.user_id != 0)
		json_add_id(j, "userId", e->row.user_id);
	json_add_bool(j, "isRemoved", e->row.is_removed);
	if (!e->is_type_gone)
		json_add_string(j, "typeLabel", e->type.label);
	if (e->other.id != 0) {
		json_key(j, "record");
		json_object_begin(j);
		record_json_members(c, j, &e->other);
		json_object_end(j);
	}
	json_object_end(j);
}

enum err api_record_link_history(struct ctx *c, const struct req *q, struct res *r)
{
	struct link_event *events;
	struct object o;
	int64_t limit, before;
	size_t n;
	TRY(load_record(c, q, &o));
	TRY(req_int(c, q, "limit", DEFAULT_LINK_CHANGES, 1, MAX_LINK_CHANGES, &limit));
	TRY(req_int(c, q, "before", INT64_MAX, 1, INT64_MAX, &before));
	TRY(desk_link_history(c, &o, before, limit + 1, &events, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_event(c, &r->j, &events[i]);
	res_list_end(r, "before", has_more ? str_fmt(c->a, "%lld", (long long)events[limit - 1].row.id) : STR_NULL);
	return OK;
}

enum err api_ticket_files(struct ctx *c, const struct req *q, struct res *r)
{
	struct attachment *files;
	struct object ticket;
	int64_t id;
	size_t n;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(desk_object_load(c, schema_type_by_id(c, TYPE_TICKET), id, false, &ticket));
	TRY(desk_ticket_files(c, &ticket, &files, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&r->j);
		json_add_id(&r->j, "id", files[i].id);
		json_add_id(&r->j, "messageId", files[i].message_id);
		json_add_string(&r->j, "name", files[i].name);
		json_add_string(&r->j, "contentType", files[i].content_type);
		json_add_int(&r->j, "sizeBytes", files[i].size_bytes);
		json_add_string(&r->j, "url", str_fmt(c->a, "/desk/v1/attachments/%lld", (long long)files[i].id));
		json_object_end(&r->j);
	}
	res_list_end(r, "after", STR_NULL);
	return OK;
}
