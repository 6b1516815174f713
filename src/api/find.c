/* Search over the whole desk. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/scope.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/find.h"
#include "desk/schema.h"
#include "desk/search_index.h"

enum { DEFAULT_FIND_LIMIT = 20 };

static const struct {
	struct str name;
	enum find_kind kind;
	int64_t object_type; /* that a token has to be allowed to read; 0: those who read tickets may */
} kinds[] = {
	{STR("ticket"), FIND_TICKETS, 0},
	{STR("message"), FIND_MESSAGES, 0},
	{STR("comment"), FIND_COMMENTS, 0},
	{STR("contact"), FIND_CONTACTS, TYPE_CONTACT},
	{STR("company"), FIND_COMPANIES, TYPE_COMPANY},
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static enum err bad(struct ctx *c, const char *name, const char *wants)
{
	return fail_field(c, str_c(name), STR("INVALID_PARAMETER"), "%s has to be %s.", name, wants);
}

static enum err may_read(struct ctx *c, size_t i)
{
	return kinds[i].object_type == 0 ? OK : scope_need_type(c, schema_type_by_id(c, kinds[i].object_type), false);
}

static enum err read_kind(struct ctx *c, struct str name, unsigned *out)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (!str_eq(kinds[i].name, name))
			continue;
		TRY(may_read(c, i));
		*out |= kinds[i].kind;
		return OK;
	}
	return bad(c, "kind", "ticket, message, comment, contact or company");
}

/* Those asked for; else all that the token may read. */
static enum err read_kinds(struct ctx *c, const struct req *q, unsigned *out)
{
	struct str *names;
	size_t n = req_list(c, q, "kind", &names);
	*out = 0;
	for (size_t i = 0; i < n; i++)
		TRY(read_kind(c, names[i], out));
	for (size_t i = 0; i < KINDS && n == 0; i++) {
		if (may_read(c, i) == OK)
			*out |= kinds[i].kind;
		fail_clear(c);
	}
	return OK;
}

static enum err read_status(struct ctx *c, const struct req *q, int *out)
{
	struct str status = req_query(c, q, "status");
	*out = -1;
	if (status.n == 0)
		return OK;
	if (!str_eq(status, STR("open")) && !str_eq(status, STR("closed")))
		return bad(c, "status", "open or closed");
	*out = str_eq(status, STR("closed"));
	return OK;
}

static enum err read_owner(struct ctx *c, const struct req *q, int64_t *out)
{
	struct str owner = req_query(c, q, "ownerId");
	*out = -1;
	if (owner.n == 0)
		return OK;
	*out = str_eq(owner, STR("me")) ? c->who.owner_id : 0;
	if (str_eq(owner, STR("me")) || str_eq(owner, STR("none")))
		return OK;
	return num_parse_id(owner, out) ? OK : bad(c, "ownerId", "an owner's id, me or none");
}

static enum err read_id(struct ctx *c, const struct req *q, const char *name, int64_t *out)
{
	struct str id = req_query(c, q, name);
	*out = 0;
	return id.n == 0 || num_parse_id(id, out) ? OK : bad(c, name, "an id");
}

static enum err read_time(struct ctx *c, const struct req *q, const char *name, int64_t *out)
{
	struct str at = req_query(c, q, name);
	*out = 0;
	return at.n == 0 || time_parse(at, out) ? OK : bad(c, name, "a time");
}

static enum err read_sort(struct ctx *c, const struct req *q, enum find_sort *out)
{
	struct str sort = req_query(c, q, "sort");
	*out = str_eq(sort, STR("relevance")) ? FIND_RELEVANT : FIND_NEWEST;
	return sort.n == 0 || *out == FIND_RELEVANT || str_eq(sort, STR("newest")) ? OK : bad(c, "sort", "newest or relevance");
}

/* 17-42: objects below 17, messages below 42. By relevance: how many stand on the pages before. */
static enum err read_after(struct ctx *c, const struct req *q, struct find_in *in)
{
	struct str rest = req_query(c, q, "after");
	in->objects_below = in->messages_below = INT64_MAX;
	if (rest.n == 0)
		return OK;
	if (in->sort == FIND_RELEVANT)
		return num_parse_id(rest, &in->offset) ? OK : bad(c, "after", "what the page before says");
	struct str objects = str_cut(&rest, STR("-"));
	if (num_parse_id(objects, &in->objects_below) && num_parse_id(rest, &in->messages_below))
		return OK;
	return bad(c, "after", "what the page before says");
}

static enum err read_find(struct ctx *c, const struct req *q, struct find_in *in)
{
	*in = (struct find_in){.query = req_query(c, q, "q")};
	if (str_trim(in->query).n == 0)
		return bad(c, "q", "what is looked for");
	TRY(read_kinds(c, q, &in->kinds));
	TRY(read_status(c, q, &in->filter.is_closed));
	TRY(read_owner(c, q, &in->filter.owner_id));
	TRY(read_id(c, q, "contactId", &in->filter.contact_id));
	TRY(read_id(c, q, "channelId", &in->filter.channel_id));
	TRY(read_time(c, q, "from", &in->filter.created_from));
	TRY(read_time(c, q, "before", &in->filter.created_before));
	TRY(req_bool(c, q, "spam", &in->filter.has_spam));
	TRY(read_sort(c, q, &in->sort));
	in->filter.pipeline_id = req_query(c, q, "pipelineId");
	in->filter.stage_id = req_query(c, q, "stageId");
	TRY(req_int(c, q, "limit", DEFAULT_FIND_LIMIT, 1, MAX_FIND_LIMIT, &in->limit));
	return read_after(c, q, in);
}

/* Answers --------------------------------------------------------------------------------------------------------------------- */

static struct str kind_name(enum find_kind kind)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].kind == kind)
			return kinds[i].name;
	return STR("");
}

static void write_ticket(struct json *j, const struct object *o)
{
	json_add_id(j, "ticketId", o->id);
	json_add_bool(j, "isClosed", o->is_closed);
	json_add_string(j, "pipelineId", o->pipeline_id);
	json_add_string(j, "stageId", o->stage_id);
	json_add_id(j, "contactId", o->contact_id);
	if (o->spam_at > 0)
		json_add_bool(j, "isSpam", true);
}

static void write_message(struct json *j, const struct found_message *m)
{
	json_add_id(j, "messageId", m->id);
	json_add_id(j, "threadId", m->thread_id);
	json_add_string(j, "direction", m->direction);
	json_add_string(j, "senderName", m->sender_name);
	json_add_string(j, "senderAddress", m->sender_address);
	json_add_id(j, "senderUserId", m->user_id);
}

static void write_excerpt(struct json *j, const struct found *row)
{
	json_add_string(j, "field", row->field);
	json_key(j, "excerpt");
	json_array_begin(j);
	for (size_t i = 0; i < row->part_n; i++) {
		json_object_begin(j);
		json_add_string(j, "text", row->parts[i].text);
		json_add_bool(j, "isMatch", row->parts[i].is_match);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_row(struct json *j, const struct found *row)
{
	const struct object *o = &row->object;
	bool is_message = row->message.id != 0;
	json_object_begin(j);
	json_add_string(j, "kind", kind_name(row->kind));
	json_add_id(j, "id", is_message ? row->message.id : o->id);
	json_add_string(j, "subject", o->label);
	json_add_time(j, "createdAt", is_message ? row->message.created_at : o->created_at);
	json_add_time(j, "activityAt", o->activity_at);
	json_add_id(j, "ownerId", o->owner_id);
	if (o->object_type == TYPE_TICKET)
		write_ticket(j, o);
	else
		json_add_string(j, "email", o->unique_key);
	if (is_message)
		write_message(j, &row->message);
	if (row->is_exact)
		json_add_bool(j, "isExact", true);
	write_excerpt(j, row);
	json_object_end(j);
}

struct work {
	const struct req *q;
	struct find_in in;
	struct find_out found;
};

static enum err find(struct ctx *c, void *arg)
{
	struct work *w = arg;
	TRY(read_find(c, w->q, &w->in));
	return desk_find(c, &w->in, &w->found);
}

static struct str next_page(struct ctx *c, const struct work *w)
{
	if (w->in.sort == FIND_RELEVANT)
		return str_fmt(c->a, "%lld", (long long)w->found.offset);
	return str_fmt(c->a, "%lld-%lld", (long long)w->found.objects_below, (long long)w->found.messages_below);
}

enum err api_find(struct ctx *c, const struct req *q, struct res *r)
{
	struct work w = {.q = q};
	bool is_current;
	TRY(desk_index_wait(c, &is_current));
	TRY(c->run->read(c->run->self, c, find, &w));
	json_object_begin(&r->j);
	json_key(&r->j, "results");
	json_array_begin(&r->j);
	for (size_t i = 0; i < w.found.n; i++)
		write_row(&r->j, &w.found.rows[i]);
	json_array_end(&r->j);
	json_add_bool(&r->j, "isCurrent", is_current);
	if (w.found.has_more) {
		json_key(&r->j, "paging");
		json_object_begin(&r->j);
		json_key(&r->j, "next");
		json_object_begin(&r->j);
		json_add_string(&r->j, "after", next_page(c, &w));
		json_object_end(&r->j);
		json_object_end(&r->j);
	}
	json_object_end(&r->j);
	return OK;
}
