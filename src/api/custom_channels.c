/* Custom channels, in the forms of the wire: channels, their accounts, staging tokens and messages. */

#include "api/attachments.h"
#include "api/call.h"
#include "api/conversations_json.h"
#include "api/handlers.h"
#include "api/messages_json.h"
#include "base/arena.h"
#include "base/num.h"
#include "desk/channel.h"
#include "text/json_read.h"

enum { MAX_OUTBOX_PAGE = 100, DEFAULT_OUTBOX_PAGE = 50, MAX_CAPABILITIES_IN_BYTES = 64 << 10 };

static void write_channel(struct json *j, const struct custom_channel *ch)
{
	json_object_begin(j);
	json_add_id(j, "id", ch->id);
	json_add_string(j, "name", ch->name);
	json_add_raw(j, "capabilities", ch->capabilities);
	json_add_string(j, "webhookUrl", ch->webhook_url);
	json_add_string(j, "channelAccountConnectionRedirectUrl", ch->redirect_url);
	json_add_string(j, "channelDescription", ch->description);
	json_add_string(j, "channelLogoUrl", ch->logo_url);
	json_add_time(j, "createdAt", ch->created_at);
	json_add_time(j, "updatedAt", ch->updated_at);
	json_object_end(j);
}

/* A member that is there but null takes the value away. */
static struct str text_of(const json_t *body, const char *name)
{
	const json_t *value = json_object_get(body, name);
	return json_is_null(value) ? STR("") : json_text(value);
}

static enum err read_channel(struct ctx *c, const struct req *q, struct channel_in *in)
{
	const json_t *capabilities = json_object_get(q->json, "capabilities");
	*in = (struct channel_in){
		.name = json_get_str(q->json, "name"),
		.webhook_url = text_of(q->json, "webhookUrl"),
		.redirect_url = text_of(q->json, "channelAccountConnectionRedirectUrl"),
		.description = text_of(q->json, "channelDescription"),
		.logo_url = text_of(q->json, "channelLogoUrl"),
	};
	if (capabilities != NULL)
		in->capabilities = json_compact(c, capabilities, MAX_CAPABILITIES_IN_BYTES);
	return req_int(c, q, "appId", 0, 1, INT64_MAX, &in->app_id);
}

static enum err channel_id(struct ctx *c, const struct req *q, int64_t *out)
{
	return req_id(c, q, "channelId", out);
}

enum err api_custom_channels_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct custom_channel *all;
	size_t n;
	(void)q;
	TRY(desk_channel_list(c, &all, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_channel(&r->j, &all[i]);
	json_array_end(&r->j);
	json_add_int(&r->j, "total", (int64_t)n);
	json_object_end(&r->j);
	return OK;
}

enum err api_custom_channels_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_in in;
	struct custom_channel ch;
	TRY(read_channel(c, q, &in));
	TRY(desk_channel_create(c, &in, &ch));
	write_channel(&r->j, &ch);
	return OK;
}

enum err api_custom_channels_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct custom_channel ch;
	int64_t id;
	TRY(channel_id(c, q, &id));
	TRY(desk_channel_load(c, id, &ch));
	write_channel(&r->j, &ch);
	return OK;
}

enum err api_custom_channels_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_in in;
	struct custom_channel ch;
	int64_t id;
	TRY(channel_id(c, q, &id));
	TRY(read_channel(c, q, &in));
	TRY(desk_channel_update(c, id, &in, &ch));
	write_channel(&r->j, &ch);
	return OK;
}

enum err api_custom_channels_archive(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(channel_id(c, q, &id));
	TRY(desk_channel_archive(c, id));
	return res_nothing(r);
}

/* Accounts ---------------------------------------------------------------------------------------------------------- */

static struct identifier identifier_of(const json_t *o)
{
	const json_t *id = json_get_object(o, "deliveryIdentifier");
	if (id == NULL)
		return (struct identifier){STR_NULL, STR_NULL};
	struct str type = json_get_str(id, "type");
	return (struct identifier){str_is_null(type) ? STR("") : type, json_get_str(id, "value")};
}

static struct channel_account_in account_of(const struct req *q, const char *name)
{
	const json_t *authorized = json_object_get(q->json, "authorized");
	return (struct channel_account_in){
		.inbox_id = json_get_id(q->json, "inboxId"),
		.name = json_get_str(q->json, name),
		.identifier = identifier_of(q->json),
		.is_authorized = json_is_boolean(authorized) ? json_is_true(authorized) : -1,
	};
}

enum err api_custom_accounts_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_account *all;
	struct custom_channel ch;
	int64_t id, total = 0;
	size_t n;
	TRY(channel_id(c, q, &id));
	TRY(desk_channel_load(c, id, &ch));
	TRY(desk_channel_account_list(c, &all, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		if (all[i].channel_id == id) {
			write_channel_account(&r->j, &all[i]);
			total++;
		}
	json_array_end(&r->j);
	json_add_int(&r->j, "total", total);
	json_object_end(&r->j);
	return OK;
}

enum err api_custom_accounts_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct channel_account_in in = account_of(q, "name");
	struct channel_account a;
	int64_t id;
	TRY(channel_id(c, q, &id));
	TRY(desk_channel_account_add(c, id, &in, &a));
	write_channel_account(&r->j, &a);
	return OK;
}

static enum err account_ids(struct ctx *c, const struct req *q, int64_t *channel, int64_t *account)
{
	TRY(channel_id(c, q, channel));
	return req_id(c, q, "channelAccountId", account);
}

enum err api_custom_accounts_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_account a;
	int64_t channel, id;
	TRY(account_ids(c, q, &channel, &id));
	TRY(desk_channel_account_of(c, channel, id, &a));
	write_channel_account(&r->j, &a);
	return OK;
}

enum err api_custom_accounts_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct channel_account_in in = account_of(q, "name");
	struct channel_account a;
	int64_t channel, id;
	TRY(account_ids(c, q, &channel, &id));
	TRY(desk_channel_account_change(c, channel, id, &in, &a));
	write_channel_account(&r->j, &a);
	return OK;
}

static void write_staging(struct json *j, const struct channel_staging *s, const struct channel_account_in *in)
{
	json_object_begin(j);
	json_add_string(j, "accountToken", s->token);
	json_add_int(j, "genericChannelId", s->channel_id);
	json_add_int(j, "inboxId", s->inbox_id);
	json_add_int(j, "userId", s->user_id);
	json_add_time(j, "createdAt", s->created_at);
	if (in != NULL) {
		json_add_string(j, "accountName", in->name);
		if (!str_is_null(in->identifier.type)) {
			json_key(j, "deliveryIdentifier");
			json_object_begin(j);
			json_add_string(j, "type", in->identifier.type);
			json_add_string(j, "value", in->identifier.value);
			json_object_end(j);
		}
	}
	json_object_end(j);
}

enum err api_custom_staging_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_staging s;
	TRY(desk_channel_stage(c, json_get_id(q->json, "channelId"), json_get_id(q->json, "inboxId"), &s));
	write_staging(&r->j, &s, NULL);
	return OK;
}

enum err api_custom_staging_update(struct ctx *c, const struct req *q, struct res *r)
{
	const struct channel_account_in in = account_of(q, "accountName");
	struct channel_staging s;
	int64_t id;
	TRY(channel_id(c, q, &id));
	TRY(desk_channel_connect(c, id, req_param(q, "accountToken"), &in, &s));
	write_staging(&r->j, &s, &in);
	return OK;
}

/* Messages ---------------------------------------------------------------------------------------------------------- */

static struct channel_party party_of(const json_t *o)
{
	struct identifier id = identifier_of(o);
	return (struct channel_party){json_get_str(o, "name"),
	                              {str_is_null(id.type) ? STR("") : id.type, str_is_null(id.value) ? STR("") : id.value}};
}

static enum err read_direction(struct ctx *c, const struct req *q, const json_t *sender, struct publish_in *in)
{
	struct str direction = json_get_str(q->json, "messageDirection"), actor = json_get_str(sender, "senderActorId");
	in->is_outgoing = str_eq(direction, STR("OUTGOING"));
	if (direction.n > 0 && !in->is_outgoing && !str_eq(direction, STR("INCOMING")))
		return fail_field(c, STR("messageDirection"), STR("INVALID_OPTION"), "messageDirection is INCOMING or OUTGOING.");
	if (actor.n > 0 && (!str_starts(actor, STR("A-")) || !num_parse_id(str_skip(actor, 2), &in->user_id)))
		return fail_field(c, STR("senders"), STR("INVALID_ACTOR"), "senderActorId is the actor of an agent, like A-1.");
	return OK;
}

static enum err read_parties(struct ctx *c, const struct req *q, struct publish_in *in)
{
	const json_t *senders = json_get_array(q->json, "senders"), *recipients = json_get_array(q->json, "recipients");
	size_t n = recipients ? json_array_size(recipients) : 0;
	if (senders == NULL || json_array_size(senders) != 1)
		return fail_field(c, STR("senders"), STR("REQUIRED_FIELD"), "A message has one sender.");
	if (n > MAX_RECIPIENTS)
		return fail_field(c, STR("recipients"), STR("TOO_MANY"), "A message has at most %d recipients.", MAX_RECIPIENTS);
	struct channel_party *list = NEW_ARRAY(c->a, n, struct channel_party);
	for (size_t i = 0; i < n; i++)
		list[i] = party_of(json_array_get(recipients, i));
	in->sender = party_of(json_array_get(senders, 0));
	in->recipients = list;
	in->recipient_n = n;
	return read_direction(c, q, json_array_get(senders, 0), in);
}

static enum err read_publish(struct ctx *c, const struct req *q, struct publish_in *in)
{
	struct reply_in files = {0};
	const json_t *at = json_object_get(q->json, "timestamp");
	*in = (struct publish_in){
		.account_id = json_get_id(q->json, "channelAccountId"),
		.text = json_get_str(q->json, "text"),
		.html = json_get_str(q->json, "richText"),
		.integration_thread_id = json_get_str(q->json, "integrationThreadId"),
		.integration_idempotency_id = json_get_str(q->json, "integrationIdempotencyId"),
		.contact_id = json_get_id(q->json, "associateWithContactId"),
		.in_reply_to_id = json_get_id(q->json, "inReplyToId"),
		.at = json_get_time(q->json, "timestamp"),
	};
	if (in->account_id == 0)
		return fail_field(c, STR("channelAccountId"), STR("REQUIRED_FIELD"),
		                  "Some required fields were not set: [channelAccountId]");
	if (at != NULL && !json_is_null(at) && in->at <= 0)
		return fail_field(c, STR("timestamp"), STR("INVALID_DATE"), "timestamp is a time.");
	TRY(read_parties(c, q, in));
	TRY(read_attachments(c, json_object_get(q->json, "attachments"), &files));
	in->file_ids = files.file_ids;
	in->file_n = files.file_n;
	return OK;
}

static enum err give_message(struct ctx *c, struct res *r, int64_t id)
{
	struct message_set set;
	TRY(desk_message(c, id, &set));
	return write_message(c, &r->j, &set, set.messages);
}

enum err api_custom_messages_publish(struct ctx *c, const struct req *q, struct res *r)
{
	struct publish_in in;
	struct message m;
	int64_t id;
	TRY(channel_id(c, q, &id));
	TRY(read_publish(c, q, &in));
	TRY(desk_channel_publish(c, id, &in, &m));
	return give_message(c, r, m.id);
}

static enum err message_ids(struct ctx *c, const struct req *q, int64_t *channel, int64_t *message)
{
	TRY(channel_id(c, q, channel));
	return req_id(c, q, "messageId", message);
}

enum err api_custom_messages_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct message m;
	int64_t channel, id;
	TRY(message_ids(c, q, &channel, &id));
	TRY(desk_channel_message(c, channel, id, &m));
	return give_message(c, r, id);
}

enum err api_custom_messages_update(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t channel, id;
	const json_t *nested = json_get_object(q->json, "status");
	struct str status = json_get_str(nested ? nested : q->json, "statusType");
	TRY(message_ids(c, q, &channel, &id));
	TRY(desk_channel_message_status(c, channel, id, status, json_get_str(nested ? nested : q->json, "errorMessage")));
	return give_message(c, r, id);
}

/* What waits for a program that has no webhook, or could not be brought there. */
enum err api_custom_outbox(struct ctx *c, const struct req *q, struct res *r)
{
	struct channel_outbox *rows;
	int64_t channel, after, limit;
	size_t n;
	struct str state = req_query(c, q, "state");
	TRY(channel_id(c, q, &channel));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(req_int(c, q, "limit", DEFAULT_OUTBOX_PAGE, 1, MAX_OUTBOX_PAGE, &limit));
	TRY(desk_channel_outbox(c, channel, state.n ? state : STR("WAITING"), after, limit + 1, &rows, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		json_row(&r->j, &channel_outbox_shape, &rows[i]);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)rows[limit - 1].id) : STR_NULL);
	return OK;
}
