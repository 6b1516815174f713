/* Inboxes, channels, channel accounts and threads, in the forms of the wire. Messages are in messages.c. */

#include "api/call.h"
#include "api/conversations_json.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/channel.h"
#include "desk/conversation.h"
#include "text/json_read.h"

enum { MAX_THREADS = 500, DEFAULT_THREADS = 100 };

void write_inbox(struct json *j, const struct inbox *i)
{
	json_object_begin(j);
	json_add_id(j, "id", i->id);
	json_add_string(j, "name", i->name);
	json_add_string(j, "type", i->type);
	json_add_time(j, "createdAt", i->created_at);
	json_add_time(j, "updatedAt", i->updated_at);
	json_add_bool(j, "archived", i->archived_at > 0);
	json_object_end(j);
}

static void total_list_begin(struct res *r, size_t total)
{
	json_object_begin(&r->j);
	json_add_int(&r->j, "total", (int64_t)total);
	json_key(&r->j, "results");
	json_array_begin(&r->j);
}

enum err api_inboxes_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct inbox *inboxes;
	size_t n;
	(void)q;
	TRY(desk_inbox_list(c, &inboxes, &n));
	total_list_begin(r, n);
	for (size_t i = 0; i < n; i++)
		write_inbox(&r->j, &inboxes[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_inboxes_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct inbox inbox;
	int64_t id;
	TRY(req_id(c, q, "inboxId", &id));
	TRY(desk_inbox(c, id, &inbox));
	write_inbox(&r->j, &inbox);
	return OK;
}

static const struct {
	int64_t id;
	struct str name;
} channels[] = {
	{CHANNEL_LIVE_CHAT, STR("Live chat")},
	{CHANNEL_EMAIL, STR("Email")},
};
enum { CHANNEL_COUNT = sizeof(channels) / sizeof(channels[0]) };

static void write_channel(struct json *j, int64_t id, struct str name)
{
	json_object_begin(j);
	json_add_id(j, "id", id);
	json_add_string(j, "name", name);
	json_object_end(j);
}

enum err api_channels_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct custom_channel *custom;
	size_t n;
	(void)q;
	TRY(desk_channel_list(c, &custom, &n));
	total_list_begin(r, CHANNEL_COUNT + n);
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		write_channel(&r->j, channels[i].id, channels[i].name);
	for (size_t i = 0; i < n; i++)
		write_channel(&r->j, custom[i].id, custom[i].name);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_channels_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct custom_channel custom;
	int64_t id;
	TRY(req_id(c, q, "channelId", &id));
	for (size_t i = 0; i < CHANNEL_COUNT; i++)
		if (channels[i].id == id) {
			write_channel(&r->j, channels[i].id, channels[i].name);
			return OK;
		}
	TRY(desk_channel_load(c, id, &custom));
	write_channel(&r->j, custom.id, custom.name);
	return OK;
}

void write_channel_account(struct json *j, const struct channel_account *a)
{
	json_object_begin(j);
	json_add_id(j, "id", a->id);
	json_add_id(j, "channelId", a->channel_id);
	json_add_string(j, "name", a->name);
	json_add_id(j, "inboxId", a->inbox_id);
	json_add_bool(j, "active", a->is_active);
	json_add_bool(j, "authorized", a->is_authorized);
	if (a->address.n > 0) {
		json_key(j, "deliveryIdentifier");
		json_object_begin(j);
		json_add_string(j, "type", a->identifier_type);
		json_add_string(j, "value", a->address);
		json_object_end(j);
	}
	json_add_time(j, "createdAt", a->created_at);
	json_add_bool(j, "archived", a->archived_at > 0);
	json_object_end(j);
}

enum err api_channel_accounts_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_account *accounts;
	size_t n, fitting = 0;
	int64_t channel_id, inbox_id;
	TRY(req_int(c, q, "channelId", 0, 0, INT64_MAX, &channel_id));
	TRY(req_int(c, q, "inboxId", 0, 0, INT64_MAX, &inbox_id));
	TRY(desk_channel_account_list(c, &accounts, &n));
	for (size_t i = 0; i < n; i++)
		if ((!channel_id || accounts[i].channel_id == channel_id) &&
		    (!inbox_id || accounts[i].inbox_id == inbox_id))
			accounts[fitting++] = accounts[i];
	total_list_begin(r, fitting);
	for (size_t i = 0; i < fitting; i++)
		write_channel_account(&r->j, &accounts[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_channel_accounts_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_account account;
	int64_t id;
	TRY(req_id(c, q, "channelAccountId", &id));
	TRY(desk_channel_account(c, id, &account));
	write_channel_account(&r->j, &account);
	return OK;
}

static void write_thread(struct ctx *c, struct json *j, const struct thread *t)
{
	json_object_begin(j);
	json_add_id(j, "id", t->id);
	json_add_time(j, "createdAt", t->created_at);
	json_add_time(j, "closedAt", t->closed_at);
	json_add_string(j, "status", t->is_closed ? STR("CLOSED") : STR("OPEN"));
	json_add_id(j, "originalChannelId", t->channel_id);
	json_add_id(j, "originalChannelAccountId", t->channel_account_id);
	json_add_time(j, "latestMessageTimestamp", t->latest_at);
	json_add_time(j, "latestMessageSentTimestamp", t->latest_sent_at);
	json_add_time(j, "latestMessageReceivedTimestamp", t->latest_received_at);
	if (t->assigned_user_id != 0)
		json_add_string(j, "assignedTo", str_fmt(c->a, "A-%lld", (long long)t->assigned_user_id));
	json_add_bool(j, "spam", t->is_spam);
	json_add_id(j, "inboxId", t->inbox_id);
	json_add_id_or_null(j, "associatedContactId", t->contact_id);
	json_add_bool(j, "archived", t->archived_at > 0);
	json_key(j, "threadAssociations");
	json_object_begin(j);
	json_add_id(j, "associatedTicketId", t->ticket_id);
	json_object_end(j);
	json_object_end(j);
}

/* after is what the page before gave: the id, or "latest-id" when sorted by the newest message. */
static enum err read_after(struct ctx *c, const struct req *q, struct thread_find *find)
{
	struct str rest = req_query(c, q, "after");
	if (rest.n == 0)
		return OK;
	if (find->is_by_latest && !num_parse_int(str_cut(&rest, STR("-")), &find->after_latest))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	if (!num_parse_int(rest, &find->after_id))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	return OK;
}

static enum err read_find(struct ctx *c, const struct req *q, struct thread_find *find)
{
	struct str status = req_query(c, q, "threadStatus"), sort = req_query(c, q, "sort");
	struct str latest_after = req_query(c, q, "latestMessageTimestampAfter");
	*find = (struct thread_find){.is_closed = -1};
	TRY(req_int(c, q, "limit", DEFAULT_THREADS, 1, MAX_THREADS, &find->limit));
	TRY(req_int(c, q, "inboxId", 0, 0, INT64_MAX, &find->inbox_id));
	TRY(req_int(c, q, "associatedContactId", 0, 0, INT64_MAX, &find->contact_id));
	TRY(req_int(c, q, "associatedTicketId", 0, 0, INT64_MAX, &find->ticket_id));
	TRY(req_bool(c, q, "archived", &find->is_archived));
	if (status.n > 0 && !str_eq(status, STR("OPEN")) && !str_eq(status, STR("CLOSED")))
		return fail_field(c, STR("threadStatus"), STR("INVALID_OPTION"), "threadStatus is OPEN or CLOSED.");
	if (status.n > 0)
		find->is_closed = str_eq(status, STR("CLOSED"));
	find->is_by_latest = str_eq(sort, STR("latestMessageTimestamp"));
	if (sort.n > 0 && !find->is_by_latest && !str_eq(sort, STR("id")))
		return fail_field(c, STR("sort"), STR("INVALID_OPTION"), "sort is id or latestMessageTimestamp.");
	if (find->is_by_latest && latest_after.n == 0)
		return fail_field(c, STR("latestMessageTimestampAfter"), STR("REQUIRED_FIELD"),
		                  "Sorting by latestMessageTimestamp needs latestMessageTimestampAfter.");
	struct str association = req_query(c, q, "association");
	if (association.n > 0 && !str_eq(association, STR("TICKET")))
		return fail_field(c, STR("association"), STR("INVALID_OPTION"), "association is TICKET.");
	if (latest_after.n > 0 && !time_parse(latest_after, &find->latest_after))
		return fail_field(c, STR("latestMessageTimestampAfter"), STR("INVALID_DATE"),
		                  "latestMessageTimestampAfter is a time.");
	return read_after(c, q, find);
}

enum err api_threads_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct thread_find find;
	struct thread *threads;
	size_t n;
	TRY(read_find(c, q, &find));
	size_t limit = (size_t)find.limit++;
	TRY(desk_thread_list(c, &find, &threads, &n));
	bool has_more = n > limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_thread(c, &r->j, &threads[i]);
	struct str after = STR_NULL;
	if (has_more && find.is_by_latest)
		after = str_fmt(c->a, "%lld-%lld", (long long)threads[limit - 1].latest_at,
		                (long long)threads[limit - 1].id);
	else if (has_more)
		after = str_fmt(c->a, "%lld", (long long)threads[limit - 1].id);
	res_list_end(r, "after", after);
	return OK;
}

static enum err load_thread(struct ctx *c, const struct req *q, bool want_archived, struct thread *out)
{
	int64_t id;
	TRY(req_id(c, q, "threadId", &id));
	TRY(desk_thread(c, id, out));
	if ((out->archived_at > 0) != want_archived)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	return OK;
}

enum err api_threads_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct thread t;
	bool is_archived;
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(load_thread(c, q, is_archived, &t));
	write_thread(c, &r->j, &t);
	return OK;
}

enum err api_threads_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct thread t;
	bool is_archived;
	struct str status = json_get_str(q->json, "status");
	TRY(req_bool(c, q, "archived", &is_archived));
	TRY(load_thread(c, q, is_archived, &t));
	if (is_archived && json_is_false(json_object_get(q->json, "archived")))
		TRY(desk_thread_archive(c, t.id, false, &t));
	if (!str_is_null(status))
		TRY(desk_thread_set_status(c, t.id, status, &t));
	write_thread(c, &r->j, &t);
	return OK;
}

enum err api_threads_archive(struct ctx *c, const struct req *q, struct res *r)
{
	struct thread t;
	TRY(load_thread(c, q, false, &t));
	TRY(desk_thread_archive(c, t.id, true, &t));
	return res_nothing(r);
}

enum err api_threads_assign(struct ctx *c, const struct req *q, struct res *r)
{
	struct thread t;
	int64_t user_id;
	struct str actor = json_get_str(q->json, "actorId");
	if (!str_starts(actor, STR("A-")) || !num_parse_id(str_skip(actor, 2), &user_id))
		return fail_field(c, STR("actorId"), STR("INVALID_ACTOR"),
		                  "actorId is the actor of an agent, like A-1.");
	TRY(load_thread(c, q, false, &t));
	TRY(desk_thread_assign(c, t.id, user_id, &t));
	write_thread(c, &r->j, &t);
	return OK;
}

enum err api_threads_unassign(struct ctx *c, const struct req *q, struct res *r)
{
	struct thread t;
	TRY(load_thread(c, q, false, &t));
	TRY(desk_thread_assign(c, t.id, 0, &t));
	return res_nothing(r);
}
