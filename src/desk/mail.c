#include "desk/mail.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/env.h"
#include "desk/setting.h"
#include "job/job.h"
#include "store/blob.h"
#include "store/object.h"
#include "store/setting.h"

enum { MAX_URL_BYTES = 500, RELEASE_PAGE = 500, MAX_REPLY_SHOWN_BYTES = 500 };

/* Relay ------------------------------------------------------------------------------------------------------------- */

enum err desk_relay(struct ctx *c, struct relay *out)
{
	struct str sealed = STR_NULL;
	*out = (struct relay){.url = c->env->relay_url, .from_command_line = c->env->relay_url.n > 0};
	if (!out->from_command_line)
		TRY(setting_load(c, SETTING_RELAY_URL, &out->url));
	out->is_configured = out->url.n > 0;
	TRY(setting_load(c, SETTING_RELAY_USERNAME, &out->username));
	TRY(setting_load(c, SETTING_RELAY_PASSWORD, &sealed));
	if (sealed.n > 0 && !crypt_unseal(c->a, c->env->seal_key, sealed, &out->password))
		return fail(c, ERR_INTERNAL, "the relay's password was not sealed by the key of this data directory");
	return OK;
}

enum err desk_relay_hold(struct ctx *c, struct relay *out)
{
	TRY(setting_lock(c, SETTING_RELAY_URL));
	return desk_relay(c, out);
}

static enum err check_relay_url(struct ctx *c, struct str url)
{
	bool has_scheme = str_starts(url, STR("smtp://")) || str_starts(url, STR("smtps://"));
	struct str host = str_skip(url, str_starts(url, STR("smtps://")) ? 8 : 7);
	if (url.n == 0)
		return OK;
	if (!has_scheme || host.n == 0 || url.n > MAX_URL_BYTES || str_find_byte(url, '@') >= 0 ||
	    str_find_byte(url, ' ') >= 0)
		return fail_field(
			c, STR("url"), STR("INVALID_URL"),
			"The relay is an address like smtp://mail.example.org:587 or smtps://mail.example.org:465.");
	return OK;
}

enum err desk_relay_set(struct ctx *c, const struct relay_in *in)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(check_relay_url(c, in->url));
	TRY(setting_lock(c, SETTING_RELAY_URL));
	TRY(setting_put(c, SETTING_RELAY_URL, in->url.n ? in->url : STR("")));
	TRY(setting_put(c, SETTING_RELAY_USERNAME, in->username.n ? in->username : STR("")));
	if (!str_is_null(in->password)) {
		struct str sealed = in->password.n ? crypt_seal(c->a, c->env->seal_key, in->password) : STR("");
		TRY(setting_put(c, SETTING_RELAY_PASSWORD, sealed));
	}
	TRY(job_hurry_lane(c, LANE_MAIL_OUT)); /* what waits for a relay, or for a better one */
	return desk_outbox_release(c);
}

enum err desk_outgoing_state(struct ctx *c, struct str *out)
{
	struct relay relay;
	TRY(desk_relay(c, &relay));
	*out = relay.is_configured ? STR("QUEUED") : STR("WAITING");
	return OK;
}

/* Outbox ------------------------------------------------------------------------------------------------------------ */

static enum err announce_delivery(struct ctx *c, const struct outbox *row)
{
	TRY(bus_emit(c, EV_OUTBOX_CHANGED, &(struct event_about){.about_id = row->id}));
	return bus_emit(c, EV_MESSAGE_CHANGED,
	                &(struct event_about){.about_id = row->message_id,
	                                      .ticket_id = row->ticket_id,
	                                      .message_id = row->message_id});
}

/* A message is FAILED when one of its mails is, else QUEUED or WAITING while one is, else SENT. */
static enum err sum_up(struct ctx *c, const struct outbox *changed)
{
	struct outbox *rows;
	size_t n;
	bool has_failed = false, has_queued = false, has_waiting = false;
	TRY(outbox_list_of_messages(c, changed->message_id, changed->message_id, changed->ticket_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		has_failed = has_failed || str_eq(rows[i].state, STR("FAILED"));
		has_queued = has_queued || str_eq(rows[i].state, STR("QUEUED"));
		has_waiting = has_waiting || str_eq(rows[i].state, STR("WAITING"));
	}
	struct str state = has_failed    ? STR("FAILED")
	                   : has_queued  ? STR("QUEUED")
	                   : has_waiting ? STR("WAITING")
	                                 : STR("SENT");
	TRY(message_set_state(c, changed->message_id, state));
	return announce_delivery(c, changed);
}

static enum err queue_again(struct ctx *c, struct outbox *row)
{
	bool is_there;
	row->state = STR("QUEUED");
	row->next_try_at = c->now;
	TRY(outbox_update(c, row));
	TRY(job_hurry(c, &job_mail_send, row->id, &is_there));
	if (!is_there)
		TRY(job_add(c, &job_mail_send, row->id, STR_NULL, 0));
	return sum_up(c, row);
}

/* The deliveries of one message are settled one after the other, so that each sum counts the ones before it. */
static enum err load_locked(struct ctx *c, int64_t id, struct outbox *out)
{
	TRY(outbox_load(c, id, out));
	TRY(object_lock(c, out->ticket_id));
	return outbox_load(c, id, out);
}

enum err desk_outbox_release(struct ctx *c)
{
	struct str state;
	TRY(desk_outgoing_state(c, &state));
	if (str_eq(state, STR("WAITING")))
		return OK;
	for (;;) {
		struct outbox *rows;
		size_t n;
		TRY(outbox_list(c, STR("WAITING"), INT64_MAX, RELEASE_PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++)
			TRY(queue_again(c, &rows[i]));
		if (n < RELEASE_PAGE)
			return OK;
	}
}

enum err desk_outbox_list(struct ctx *c, struct str state, int64_t before, int64_t limit, struct outbox **out,
                          size_t *n_out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return outbox_list(c, state, before, limit, out, n_out);
}

enum err desk_outbox_retry(struct ctx *c, int64_t id, struct outbox *out)
{
	struct str state;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(load_locked(c, id, out));
	if (str_eq(out->state, STR("SENT")))
		return fail(c, ERR_CONFLICT, "This mail was sent already.");
	TRY(desk_outgoing_state(c, &state));
	if (str_eq(state, STR("WAITING")))
		return fail(c, ERR_CONFLICT, "No outgoing mail server is set up yet.");
	out->tries = 0;
	out->last_error = STR_NULL;
	return queue_again(c, out);
}

/* The address that the writer chose; that of the thread where it is gone by now. */
static enum err load_from(struct ctx *c, const struct message *m, struct channel_account *out)
{
	struct thread thread;
	enum err e = channel_account_by_address(c, CHANNEL_EMAIL, str_lower(c->a, m->sender_address), out);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(thread_load(c, m->thread_id, &thread));
	return channel_account_load(c, thread.channel_account_id, out);
}

enum err desk_outgoing_load(struct ctx *c, int64_t outbox_id, struct outgoing *out)
{
	TRY(outbox_load(c, outbox_id, &out->row));
	TRY(message_load(c, out->row.message_id, &out->message));
	TRY(attachment_list(c, out->message.id, out->message.id, out->message.ticket_id, &out->attachments, &out->attachment_n));
	return load_from(c, &out->message, &out->from);
}

enum err desk_outgoing_bytes(struct ctx *c, const struct attachment *a, struct str *out)
{
	return blob_get(c, c->env->data_dir, a->blob, out);
}

/* 1, 2, 4 … minutes, then every 4 hours: about two days in all. */
static int64_t send_back_off_ms(int64_t tries)
{
	int64_t ms = MINUTES(1);
	for (int64_t i = 1; i < tries && ms < HOURS(4); i++)
		ms *= 2;
	return ms < HOURS(4) ? ms : HOURS(4);
}

enum err desk_outgoing_note(struct ctx *c, int64_t outbox_id, enum err result, struct str reply, int64_t *next_try_out)
{
	struct outbox row;
	struct str shown = str_head(reply, MAX_REPLY_SHOWN_BYTES);
	*next_try_out = 0;
	TRY(load_locked(c, outbox_id, &row));
	row.tries++;
	row.next_try_at = 0;
	if (result == OK) {
		row.state = STR("SENT");
		row.reply = shown;
		row.sent_at = c->now;
		row.last_error = STR_NULL;
	} else {
		bool is_over = !err_is_worth_retrying(result) || row.tries >= MAX_SEND_TRIES;
		row.state = is_over ? STR("FAILED") : STR("QUEUED");
		row.last_error = shown.n ? shown : err_sentence(result);
		if (!is_over)
			row.next_try_at = *next_try_out = c->now + send_back_off_ms(row.tries);
	}
	TRY(outbox_update(c, &row));
	return sum_up(c, &row);
}

enum err desk_outgoing_wait(struct ctx *c, int64_t outbox_id)
{
	struct outbox row;
	TRY(load_locked(c, outbox_id, &row));
	row.state = STR("WAITING");
	row.next_try_at = 0;
	TRY(outbox_update(c, &row));
	return sum_up(c, &row);
}

/* Health ------------------------------------------------------------------------------------------------------------ */

enum err desk_mail_health(struct ctx *c, struct mail_health *out)
{
	TRY(job_count(c, &out->jobs_waiting, &out->jobs_put_aside));
	TRY(mail_source_count(c, STR("QUARANTINED"), &out->quarantined));
	TRY(outbox_count(c, STR("WAITING"), &out->outbox_waiting));
	TRY(outbox_count(c, STR("QUEUED"), &out->outbox_queued));
	TRY(outbox_count(c, STR("FAILED"), &out->outbox_failed));
	TRY(mailbox_list(c, &out->mailboxes, &out->mailbox_n));
	out->accounts = NEW_ARRAY(c->a, out->mailbox_n, struct channel_account);
	for (size_t i = 0; i < out->mailbox_n; i++)
		TRY(channel_account_load(c, out->mailboxes[i].channel_account_id, &out->accounts[i]));
	return OK;
}
