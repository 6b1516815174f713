#include "channel/channel_out.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "desk/channel.h"
#include "desk/env.h"
#include "net/http_call.h"
#include "text/json.h"

enum { MAX_PAYLOAD_BYTES = 8 << 20, MAX_ANSWER_BYTES = 64 << 10, CALL_MS = 15000 };

struct send_work {
	struct job *job;
	struct channel_delivery d;
	bool is_settled; /* it needs no sending any more */
	enum err result;
	struct str why;
};

static enum err load(struct ctx *c, void *arg)
{
	struct send_work *w = arg;
	enum err e = desk_channel_delivery(c, w->job->about_id, &w->d);
	w->is_settled = e == ERR_NOT_FOUND || (e == OK && !str_eq(w->d.row.state, STR("QUEUED")));
	if (e == ERR_NOT_FOUND) /* the channel is gone */
		fail_clear(c);
	return e == ERR_NOT_FOUND ? OK : e;
}

static void write_identifier(struct json *j, struct str type, struct str value)
{
	if (value.n == 0)
		return;
	json_key(j, "deliveryIdentifier");
	json_object_begin(j);
	json_add_string(j, "type", type);
	json_add_string(j, "value", value);
	json_object_end(j);
}

static void write_files(struct json *j, const struct channel_delivery *d)
{
	json_key(j, "attachments");
	json_array_begin(j);
	for (size_t i = 0; i < d->attachment_n; i++) {
		json_object_begin(j);
		json_add_string(j, "type", STR("FILE"));
		json_add_id(j, "fileId", d->attachments[i].file_id);
		json_add_string(j, "name", d->attachments[i].name);
		json_add_string(j, "url", d->attachment_urls[i]);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_message(struct ctx *c, struct json *j, const struct channel_delivery *d)
{
	const struct message *m = &d->message;
	json_object_begin(j);
	json_add_id(j, "id", m->id);
	json_add_string(j, "type", STR("MESSAGE"));
	json_add_id(j, "conversationsThreadId", m->thread_id);
	json_add_id(j, "channelId", d->channel.id);
	json_add_id(j, "channelAccountId", d->account.id);
	json_add_time(j, "createdAt", m->created_at);
	json_add_string(j, "createdBy", str_fmt(c->a, "A-%lld", (long long)m->user_id));
	json_add_string(j, "direction", STR("OUTGOING"));
	json_key(j, "senders");
	json_array_begin(j);
	json_object_begin(j);
	json_add_string(j, "actorId", str_fmt(c->a, "A-%lld", (long long)m->user_id));
	json_add_string(j, "name", m->sender_name);
	write_identifier(j, m->sender_type, m->sender_address);
	json_object_end(j);
	json_array_end(j);
	json_add_raw(j, "recipients", desk_channel_recipients(c, m));
	json_add_string(j, "text", m->text);
	json_add_string(j, "richText", m->html);
	write_files(j, d);
	json_add_id(j, "inReplyToId", m->in_reply_to_id);
	json_object_end(j);
}

static enum err build(struct ctx *c, const struct channel_delivery *d, struct str *out)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_PAYLOAD_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "type", STR("OUTGOING_CHANNEL_MESSAGE_CREATED"));
	json_add_int(&j, "portalId", 1);
	json_add_id(&j, "channelId", d->channel.id);
	json_add_id(&j, "channelAccountId", d->account.id);
	json_add_time(&j, "eventTimestamp", d->row.queued_at);
	json_key(&j, "message");
	write_message(c, &j, d);
	json_key(&j, "channelIntegrationThreadIds");
	json_array_begin(&j);
	if (d->integration_thread_id.n > 0)
		json_str(&j, d->integration_thread_id);
	json_array_end(&j);
	json_object_end(&j);
	if (buf_is_full(&b))
		return fail(c, ERR_REFUSED, "The message is larger than %d bytes.", MAX_PAYLOAD_BYTES);
	*out = buf_str(&b);
	return OK;
}

static enum err post(struct ctx *c, struct send_work *w, struct http_caller *caller)
{
	struct str body, at = str_fmt(c->a, "%lld", (long long)clock_ms()), url = w->d.channel.webhook_url;
	struct http_header headers[3] = {{STR("Content-Type"), STR("application/json")}};
	struct http_result result;
	size_t n = 1;
	TRY(build(c, &w->d, &body));
	if (w->d.secret.n > 0) {
		struct str text = str_cat(c->a, str_cat(c->a, STR("POST"), url), str_cat(c->a, body, at));
		headers[n++] = (struct http_header){STR("X-HubSpot-Request-Timestamp"), at};
		headers[n++] = (struct http_header){STR("X-HubSpot-Signature-v3"), desk_channel_sign(c, w->d.secret, text)};
	}
	const struct http_request request = {
		.method = STR("POST"),
		.url = url,
		.headers = headers,
		.header_n = n,
		.body = body,
		.total_ms = CALL_MS,
		.max_answer_bytes = MAX_ANSWER_BYTES,
	};
	TRY(http_call(c, caller, &request, &result));
	if (result.status >= 200 && result.status <= 299)
		return OK;
	return fail(c, ERR_OUTSIDE, "The webhook answered %d.", result.status);
}

static enum err send(struct ctx *c, struct send_work *w)
{
	const struct http_caller_config config = {.allow = c->env->allow_internal};
	struct http_caller *caller;
	TRY(http_caller_open(c, &config, &caller));
	enum err e = post(c, w, caller);
	http_caller_close(caller);
	if (e != ERR_BAD_INPUT)
		return e;
	/* an address that cannot be sent to today cannot be tomorrow */
	struct str why = c->why.detail;
	fail_clear(c);
	return fail(c, ERR_REFUSED, STR_FMT, STR_ARG(why));
}

static enum err settle(struct ctx *c, void *arg)
{
	struct send_work *w = arg;
	int64_t next_try_at = 0;
	if (w->is_settled)
		return job_finish(c, w->job);
	TRY(desk_channel_note(c, w->job->about_id, w->result, w->why, &next_try_at));
	return next_try_at ? job_again_at(c, w->job, next_try_at, w->why) : job_finish(c, w->job);
}

static enum err run_send(struct ctx *c, struct job *job)
{
	struct send_work *w = NEW(c->a, struct send_work);
	const struct runner *run = c->run;
	w->job = job;
	TRY(run->read(run->self, c, load, w));
	if (!w->is_settled) {
		w->result = send(c, w);
		w->why = w->result == OK ? STR_NULL : c->why.detail.n ? c->why.detail : err_sentence(w->result);
		fail_clear(c);
		c->now = clock_ms();
	}
	return run->write(run->self, c, settle, w);
}

const struct job_kind job_channel_send = {
	.kind = "channel.send",
	.run = run_send,
	.lane = LANE_MAIL_OUT,
	.tries = 1000, /* how often it is tried is the outbox row's business; this counts crashes */
	.back_off_ms = MINUTES(1),
};
