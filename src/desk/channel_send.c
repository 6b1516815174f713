/* What agents answer on custom channels: a row in the outbox of the channel, sent to its webhook by channel/channel_out.c, or waiting
 * there to be fetched. The other side says later what became of it. */

#include "desk/channel_int.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/clock.h"
#include "bus/event.h"
#include "desk/app.h"
#include "desk/can.h"
#include "desk/file.h"
#include "text/json.h"
#include "text/json_read.h"

enum { HMAC_BASE64_BYTES = 64, MAX_WHY_BYTES = 500, MAX_RECIPIENTS_BYTES = 1 << 20 };

/* The type of an identifier that somebody in this conversation has; what is nobody's is the channel's own. */
static struct str type_of(const struct message *answered, struct str value)
{
	if (str_eq(answered->sender_address, value) && answered->sender_type.n > 0)
		return answered->sender_type;
	return STR("CHANNEL_SPECIFIC_OPAQUE_ID");
}

enum err channel_recipients(struct ctx *c, const struct reply_in *in, const struct message *answered, struct str *json_out)
{
	struct channel_party *list = NEW_ARRAY(c->a, in->to_n + 1, struct channel_party);
	size_t n = 0;
	for (size_t i = 0; in->has_recipients && i < in->to_n; i++)
		list[n++] = (struct channel_party){in->to[i].name, {type_of(answered, in->to[i].address), in->to[i].address}};
	if (n > MAX_RECIPIENTS)
		return fail_field(c, STR("recipients"), STR("TOO_MANY"), "A message has at most %d recipients.", MAX_RECIPIENTS);
	if (n == 0 && str_eq(answered->direction, STR("OUTGOING"))) {
		*json_out = answered->recipients;
		return OK;
	}
	if (n == 0 && answered->id != 0)
		list[n++] = (struct channel_party){answered->sender_name, {answered->sender_type, answered->sender_address}};
	if (n == 0)
		return fail_field(c, STR("recipients"), STR("REQUIRED_FIELD"), "There is nobody to send this to. Add a recipient.");
	*json_out = channel_party_json(c, list, n);
	return OK;
}

enum err channel_outgoing_state(struct ctx *c, const struct channel_account *from, struct str *out)
{
	struct channel_account account;
	struct custom_channel channel;
	json_t *capabilities;
	enum err e = custom_channel_load(c, from->channel_id, &channel);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail_field(c, STR("channelId"), STR("NOT_FOUND"), "This channel is not connected any more.");
	}
	TRY(e);
	TRY(channel_account_ready(c, channel.id, from->id, &account));
	TRY(json_parse(c, channel.capabilities, &capabilities));
	if (!json_get_bool(capabilities, "allowOutgoingMessages", true))
		return fail_field(c, STR("channelId"), STR("INVALID_OPTION"), "This channel takes no answers.");
	*out = channel.webhook_url.n ? STR("QUEUED") : STR("WAITING");
	return OK;
}

enum err channel_queue(struct ctx *c, const struct message *m, int64_t channel_id)
{
	struct channel_outbox row = {.channel_id = channel_id, .message_id = m->id, .ticket_id = m->ticket_id, .state = m->state};
	row.next_try_at = str_eq(row.state, STR("QUEUED")) ? c->now : 0;
	TRY(channel_outbox_insert(c, &row));
	return row.next_try_at ? job_add(c, &job_channel_send, row.id, STR_NULL, 0) : OK;
}

static enum err announce(struct ctx *c, const struct channel_outbox *row)
{
	return bus_emit(c, EV_MESSAGE_CHANGED,
	                &(struct event_about){
				.about_id = row->message_id, .ticket_id = row->ticket_id, .message_id = row->message_id});
}

enum err desk_channel_message_status(struct ctx *c, int64_t channel_id, int64_t id, struct str status, struct str why)
{
	struct message m;
	struct channel_outbox row;
	bool has_failed = str_eq(status, STR("FAILED"));
	TRY(desk_can(c, CAN_REPLY, NULL));
	if (!has_failed && !str_eq(status, STR("SENT")) && !str_eq(status, STR("READ")))
		return fail_field(c, STR("statusType"), STR("INVALID_OPTION"), "statusType is SENT, READ or FAILED.");
	TRY(desk_channel_message(c, channel_id, id, &m));
	if (!str_eq(m.direction, STR("OUTGOING")))
		return fail(c, ERR_BAD_INPUT, "Only outgoing messages have a status that changes.");
	TRY(object_lock(c, m.ticket_id));
	TRY(message_set_failure(c, id, status, has_failed ? str_head(why, MAX_WHY_BYTES) : STR_NULL));
	enum err e = channel_outbox_of_message(c, id, &row);
	if (e == OK) {
		row.state = has_failed ? STR("FAILED") : STR("SENT");
		row.last_error = has_failed && why.n ? str_head(why, MAX_WHY_BYTES) : STR_NULL;
		row.sent_at = has_failed ? row.sent_at : c->now;
		row.next_try_at = 0;
		e = channel_outbox_update(c, &row);
	} else if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		e = OK;
	}
	TRY(e);
	row = (struct channel_outbox){.message_id = id, .ticket_id = m.ticket_id};
	return announce(c, &row);
}

enum err desk_channel_outbox(struct ctx *c, int64_t channel_id, struct str state, int64_t after, int64_t limit,
                             struct channel_outbox **out, size_t *n_out)
{
	struct custom_channel channel;
	TRY(desk_can(c, CAN_REPLY, NULL));
	TRY(custom_channel_load(c, channel_id, &channel));
	return channel_outbox_list(c, channel_id, state, after, limit, out, n_out);
}

struct str desk_channel_recipients(struct ctx *c, const struct message *m)
{
	struct buf b;
	struct json j;
	json_t *list;
	buf_init(&b, c->a, MAX_RECIPIENTS_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	if (json_parse(c, m->recipients, &list) != OK)
		list = NULL;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		json_object_begin(&j);
		json_add_string(&j, "name", json_get_str(entry, "name"));
		json_key(&j, "deliveryIdentifier");
		json_object_begin(&j);
		json_add_string(&j, "type", json_get_str(entry, "type"));
		json_add_string(&j, "value", json_get_str(entry, "address"));
		json_object_end(&j);
		json_object_end(&j);
	}
	json_array_end(&j);
	return buf_is_full(&b) ? STR("[]") : buf_str(&b);
}

/* Delivery ---------------------------------------------------------------------------------------------------------- */

static enum err load_secret(struct ctx *c, int64_t app_id, struct str *out)
{
	struct connected_app app;
	*out = STR_NULL;
	if (app_id == 0)
		return OK;
	enum err e = desk_app_load(c, app_id, &app);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	return desk_app_secret(c, &app, out);
}

static enum err load_files(struct ctx *c, struct channel_delivery *d)
{
	TRY(attachment_list(c, d->message.id, d->message.id, d->message.ticket_id, &d->attachments, &d->attachment_n));
	d->attachment_urls = NEW_ARRAY(c->a, d->attachment_n, struct str);
	for (size_t i = 0; i < d->attachment_n; i++) {
		const struct file f = {.id = d->attachments[i].file_id, .blob = d->attachments[i].blob};
		struct file_link link;
		TRY(desk_file_link(c, &f, MAX_LINK_SECONDS, &link));
		d->attachment_urls[i] = link.url;
	}
	return OK;
}

enum err desk_channel_delivery(struct ctx *c, int64_t outbox_id, struct channel_delivery *out)
{
	struct thread thread;
	*out = (struct channel_delivery){0};
	TRY(channel_outbox_load(c, outbox_id, &out->row));
	TRY(custom_channel_load(c, out->row.channel_id, &out->channel));
	TRY(message_load(c, out->row.message_id, &out->message));
	TRY(thread_load(c, out->message.thread_id, &thread));
	TRY(channel_account_load(c, thread.channel_account_id, &out->account));
	TRY(channel_thread_name(c, thread.id, &out->integration_thread_id));
	bool is_theirs = str_starts(out->integration_thread_id, STR(THREAD_PREFIX));
	out->integration_thread_id = is_theirs ? str_skip(out->integration_thread_id, STR(THREAD_PREFIX).n) : STR_NULL;
	TRY(load_secret(c, out->channel.app_id, &out->secret));
	return load_files(c, out);
}

/* 1, 2, 4 … minutes, at most 4 hours: about a day in all. */
static int64_t back_off_ms(int64_t tries)
{
	int64_t ms = MINUTES(1);
	for (int64_t i = 1; i < tries && ms < HOURS(4); i++)
		ms *= 2;
	return ms < HOURS(4) ? ms : HOURS(4);
}

enum err desk_channel_note(struct ctx *c, int64_t outbox_id, enum err result, struct str why, int64_t *next_try_out)
{
	struct channel_outbox row;
	struct message m;
	*next_try_out = 0;
	TRY(channel_outbox_load(c, outbox_id, &row));
	TRY(object_lock(c, row.ticket_id));
	TRY(channel_outbox_load(c, outbox_id, &row));
	TRY(message_load(c, row.message_id, &m));
	row.tries++;
	row.next_try_at = 0;
	if (result == OK) {
		row.state = STR("SENT");
		row.sent_at = c->now;
		row.last_error = STR_NULL;
	} else {
		bool is_over = result == ERR_REFUSED || row.tries >= MAX_CHANNEL_TRIES;
		row.state = is_over ? STR("FAILED") : STR("QUEUED");
		row.last_error = str_head(why, MAX_WHY_BYTES);
		if (!is_over)
			row.next_try_at = *next_try_out = c->now + back_off_ms(row.tries);
	}
	TRY(channel_outbox_update(c, &row));
	/* the other side may have been quicker to say that it was read */
	if (str_eq(m.state, STR("QUEUED")))
		TRY(message_set_failure(c, m.id, row.state, str_eq(row.state, STR("FAILED")) ? row.last_error : STR_NULL));
	return announce(c, &row);
}

struct str desk_channel_sign(struct ctx *c, struct str secret, struct str text)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	char *base64 = arena_alloc(c->a, HMAC_BASE64_BYTES);
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.p, secret.n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)text.p, text.n);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_bin2base64(base64, HMAC_BASE64_BYTES, mac, sizeof(mac), sodium_base64_VARIANT_ORIGINAL);
	return str_c(base64);
}
