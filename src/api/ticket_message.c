/* Messages of a ticket as the workspace shows them. */

#include "api/ticket_message.h"

#include "api/handlers.h"
#include "base/arena.h"
#include "desk/record.h"
#include "text/json_read.h"

enum { DEFAULT_MESSAGES = 30, MAX_MESSAGES = 100 };

void write_message_recipients(struct json *j, const char *name, const json_t *list, struct str field)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		if (!str_eq(json_get_str(entry, "field"), field))
			continue;
		json_object_begin(j);
		json_add_string(j, "address", json_get_str(entry, "address"));
		json_add_string(j, "name", json_get_str(entry, "name"));
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_files(struct ctx *c, struct json *j, const struct message_set *set, int64_t message_id)
{
	json_key(j, "attachments");
	json_array_begin(j);
	for (size_t i = 0; i < set->attachment_n; i++) {
		const struct attachment *a = &set->attachments[i];
		if (a->message_id != message_id)
			continue;
		json_object_begin(j);
		json_add_id(j, "id", a->id);
		json_add_id(j, "fileId", a->file_id);
		json_add_string(j, "name", a->name);
		json_add_string(j, "contentType", a->content_type);
		json_add_int(j, "sizeBytes", a->size_bytes);
		json_add_string(j, "contentId", a->content_id);
		json_add_bool(j, "isInline", a->is_inline);
		json_add_string(j, "url", str_fmt(c->a, "/desk/v1/attachments/%lld", (long long)a->id));
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_deliveries(struct json *j, const struct message_set *set, int64_t message_id)
{
	json_key(j, "deliveries");
	json_array_begin(j);
	for (size_t i = 0; i < set->delivery_n; i++) {
		const struct outbox *d = &set->deliveries[i];
		if (d->message_id != message_id)
			continue;
		json_object_begin(j);
		json_add_string(j, "address", d->address);
		json_add_string(j, "state", d->state);
		json_add_int(j, "tries", d->tries);
		json_add_string(j, "lastError", d->last_error);
		json_add_time(j, "nextTryAt", d->next_try_at);
		json_add_time(j, "sentAt", d->sent_at);
		json_object_end(j);
	}
	json_array_end(j);
}

/* What only comments have. */
static void write_comment(struct json *j, const struct message_set *set, const struct message *m)
{
	json_add_time(j, "editedAt", m->edited_at);
	json_key(j, "mentionUserIds");
	json_array_begin(j);
	for (size_t i = 0; i < set->mention_n; i++)
		if (set->mentions[i].message_id == m->id)
			json_id(j, set->mentions[i].user_id);
	json_array_end(j);
}

static int64_t channel_of(const struct message_set *set, const struct message *m)
{
	for (size_t i = 0; i < set->thread_n; i++)
		if (set->threads[i].id == m->thread_id)
			return set->threads[i].channel_id;
	return 0;
}

enum err write_ticket_message(struct ctx *c, struct json *j, const struct message_set *set,
                             const struct message *m)
{
	json_t *recipients;
	bool is_unidentified;
	TRY(json_parse(c, m->recipients, &recipients));
	TRY(desk_is_unidentified(c, m, &is_unidentified));
	json_object_begin(j);
	json_add_id(j, "id", m->id);
	json_add_id(j, "threadId", m->thread_id);
	json_add_id(j, "channelId", channel_of(set, m));
	json_add_id(j, "ticketId", m->ticket_id);
	json_add_string(j, "type", m->type);
	json_add_string(j, "direction", m->direction);
	json_add_time(j, "createdAt", m->created_at);
	json_add_string(j, "subject", m->subject);
	json_add_string(j, "senderName", m->sender_name);
	json_add_string(j, "senderAddress", m->sender_address);
	json_add_id(j, "senderUserId", m->user_id);
	if (is_unidentified)
		json_add_bool(j, "isUnidentified", true);
	write_message_recipients(j, "to", recipients, STR("TO"));
	write_message_recipients(j, "cc", recipients, STR("CC"));
	write_message_recipients(j, "bcc", recipients, STR("BCC"));
	json_add_string(j, "text", m->text);
	json_add_string(j, "html", m->html);
	json_add_bool(j, "isAutomatic", m->is_automatic);
	json_add_string(j, "notes", m->notes);
	json_add_id(j, "forwardOfId", m->forward_of_id);
	write_files(c, j, set, m->id);
	json_add_string(j, "state", m->state);
	write_deliveries(j, set, m->id);
	if (str_eq(m->type, STR("COMMENT")))
		write_comment(j, set, m);
	json_object_end(j);
	return OK;
}

enum err api_ticket_messages(struct ctx *c, const struct req *q, struct res *r)
{
	struct message_set set;
	int64_t id, limit, before;
	TRY(req_id(c, q, "ticketId", &id));
	TRY(req_int(c, q, "limit", DEFAULT_MESSAGES, 1, MAX_MESSAGES, &limit));
	TRY(req_int(c, q, "before", INT64_MAX, 1, INT64_MAX, &before));
	TRY(desk_messages(c, id, before, limit + 1, &set));
	bool has_more = set.n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = has_more; i < set.n; i++)
		TRY(write_ticket_message(c, &r->j, &set, &set.messages[i]));
	res_list_end(r, "before", has_more ? str_fmt(c->a, "%lld", (long long)set.messages[1].id) : STR_NULL);
	return OK;
}
