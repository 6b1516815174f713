#include "desk/webhook_send.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/app.h"
#include "desk/can.h"
#include "desk/webhook.h"
#include "desk/webhook_read.h"

enum { MAX_BODY_BYTES = 4 << 20 }; /* a batch, or the longest single event */

/* Together a little less than a day. */
static const int64_t retry_minutes[MAX_RETRIES] = {1, 2, 5, 10, 30, 60, 120, 240, 360, 600};

/* Taking ------------------------------------------------------------------------------------------------------------ */

/* Whoever does not answer is asked by one request at a time: the others would only wait for him too. */
static int64_t room_of(const struct webhook_queue *q)
{
	int64_t most = q->failing_since ? 1 : q->max_concurrent;
	return most - q->in_flight_n;
}

/* What has not been tried yet: where nothing arrives for long, it gathers. */
static bool may_begin(const struct ctx *c, const struct webhook_queue *q)
{
	bool is_down = q->failing_since > 0 && q->failing_since <= c->now - PATIENCE_MS;
	return !is_down || q->last_try_at <= c->now - PROBE_MS;
}

enum err desk_webhook_is_due(struct ctx *c, bool *is_due_out)
{
	struct webhook_queue *queues;
	size_t n;
	*is_due_out = false;
	TRY(webhook_queue_list(c, MAX_APPS, &queues, &n));
	for (size_t i = 0; i < n; i++)
		*is_due_out = *is_due_out || (room_of(&queues[i]) > 0 && (queues[i].has_due || may_begin(c, &queues[i])));
	return OK;
}

/* The oldest that are not part of a request yet become one. ERR_NOT_FOUND: there are none. */
static enum err make_batch(struct ctx *c, int64_t app_id, struct webhook_batch *out)
{
	struct webhook_delivery *list;
	struct webhook_batch b = {.app_id = app_id, .state = STR("WAITING"), .next_try_at = c->now};
	size_t n, bytes = 0, take = 0;
	TRY(webhook_delivery_unsent(c, app_id, MAX_BATCH_EVENTS, &list, &n));
	if (n == 0)
		return fail(c, ERR_NOT_FOUND, "nothing waits");
	for (; take < n && (take == 0 || bytes + list[take].body.n <= MAX_BATCH_BYTES); take++)
		bytes += list[take].body.n;
	TRY(webhook_batch_insert(c, &b));
	TRY(webhook_delivery_join(c, app_id, list[take - 1].id, b.id));
	*out = b;
	return OK;
}

/* What failed before goes first. */
static enum err next_batch(struct ctx *c, const struct webhook_queue *q, struct webhook_batch *out)
{
	enum err e = webhook_batch_due(c, q->app_id, out);
	if (e != ERR_NOT_FOUND || !may_begin(c, q))
		return e;
	fail_clear(c);
	return make_batch(c, q->app_id, out);
}

/* [{…,"attemptNumber":0},…]: the number is put in behind what is stored. */
static struct str body_of(struct ctx *c, const struct webhook_delivery *list, size_t n, int64_t attempt)
{
	struct buf b;
	buf_init(&b, c->a, MAX_BODY_BYTES);
	for (size_t i = 0; i < n; i++) {
		buf_byte(&b, i == 0 ? '[' : ',');
		buf_add(&b, str_head(list[i].body, list[i].body.n - 1));
		buf_fmt(&b, ",\"attemptNumber\":%lld}", (long long)attempt);
	}
	buf_byte(&b, ']');
	return buf_str(&b);
}

static enum err take_one(struct ctx *c, const struct webhook_queue *q, struct webhook_call *out)
{
	struct webhook_delivery *list;
	struct webhook_batch b;
	struct connected_app app;
	size_t n;
	TRY(next_batch(c, q, &b));
	TRY(connected_app_load(c, q->app_id, &app));
	b.tries++;
	b.lease_until = c->now + LEASE_MS;
	TRY(webhook_batch_update(c, &b));
	TRY(webhook_delivery_of_batch(c, b.id, &list, &n));
	*out = (struct webhook_call){.batch_id = b.id, .app_id = q->app_id, .url = q->target_url};
	out->body = body_of(c, list, n, b.tries - 1);
	if (desk_app_secret(c, &app, &out->secret) != OK) {
		/* one app's trouble is not to stop the others */
		fail_clear(c);
		out->secret = STR_NULL;
	}
	return OK;
}

/* One for each app in turn, until there is no room or nothing more to take. */
enum err desk_webhook_take(struct ctx *c, size_t room, size_t spare, struct webhook_call **out, size_t *n_out)
{
	struct webhook_queue *queues;
	size_t queue_n, taken = 0, before, used = arena_used(c->a);
	struct webhook_call *calls = NEW_ARRAY(c->a, MAX_CALLS_AT_ONCE, struct webhook_call);
	if (room > MAX_CALLS_AT_ONCE + spare)
		room = MAX_CALLS_AT_ONCE + spare;
	TRY(webhook_queue_lock(c));
	TRY(webhook_queue_list(c, MAX_APPS, &queues, &queue_n));
	do {
		before = taken;
		for (size_t i = 0; i < queue_n && taken < room && taken < MAX_CALLS_AT_ONCE; i++) {
			struct webhook_queue *q = &queues[i];
			if (room_of(q) <= 0 || (q->in_flight_n > 0 && taken + spare >= room) ||
			    arena_used(c->a) - used > TAKE_BYTES)
				continue;
			enum err e = take_one(c, q, &calls[taken]);
			q->in_flight_n++;
			if (e == ERR_NOT_FOUND) {
				q->max_concurrent = 0;
				fail_clear(c);
				continue;
			}
			TRY(e);
			taken++;
		}
	} while (taken > before);
	*out = calls;
	*n_out = taken;
	return OK;
}

/* Outcomes ---------------------------------------------------------------------------------------------------------- */

static bool is_good(const struct webhook_outcome *o)
{
	return o->status >= 200 && o->status < 300;
}

static struct str sentence_of(struct ctx *c, const struct webhook_outcome *o)
{
	if (o->status >= 300 && o->status < 400)
		return str_fmt(c->a, "The answer was %d; redirects are not followed.", o->status);
	if (o->status != 0)
		return str_fmt(c->a, "The answer was %d.", o->status);
	return o->why.n ? o->why : STR("No answer.");
}

static enum err note_attempt(struct ctx *c, const struct webhook_outcome *o, int64_t number)
{
	const struct webhook_attempt attempt = {
		.batch_id = o->batch_id,
		.at = o->began_at,
		.number = number,
		.status = o->status,
		.duration_ms = o->duration_ms,
		.error = is_good(o) ? STR_NULL : sentence_of(c, o),
		.answer = o->answer.n ? utf8_clean(c->a, str_head(o->answer, MAX_ANSWER_SHOWN_BYTES)) : STR_NULL,
	};
	return webhook_attempt_insert(c, &attempt);
}

/* Announced when it changes. */
static enum err note_target(struct ctx *c, int64_t app_id, const struct webhook_outcome *o)
{
	struct webhook_target t;
	enum err e = webhook_target_load(c, app_id, &t);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	bool was_failing = t.failing_since > 0, is_failing = !is_good(o);
	t.failing_since = !is_failing ? 0 : was_failing ? t.failing_since : c->now;
	t.last_error = is_failing ? sentence_of(c, o) : STR_NULL;
	t.last_try_at = c->now;
	if (!is_failing)
		t.last_good_at = c->now;
	TRY(webhook_target_note(c, &t));
	if (was_failing == is_failing)
		return OK;
	return bus_emit(c, EV_WEBHOOK_CHANGED, &(struct event_about){.about_id = app_id});
}

static enum err settle(struct ctx *c, struct webhook_batch *b, const struct webhook_outcome *o)
{
	bool is_over = is_good(o) || b->tries > MAX_RETRIES;
	b->state = is_good(o) ? STR("SENT") : is_over ? STR("PUT_ASIDE") : STR("WAITING");
	if (!is_over)
		b->next_try_at = c->now + MINUTES(retry_minutes[b->tries - 1]);
	TRY(webhook_batch_update(c, b));
	if (!is_over)
		return OK;
	return webhook_delivery_settle(c, b->id, b->state, is_good(o) ? STR_NULL : sentence_of(c, o));
}

static enum err note_one(struct ctx *c, const struct webhook_outcome *o)
{
	struct webhook_batch b;
	enum err e = webhook_batch_load(c, o->batch_id, &b);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c); /* swept meanwhile */
		return OK;
	}
	TRY(e);
	b.lease_until = 0;
	if (o->is_cut_off) {
		b.tries -= b.tries > 0;
		return webhook_batch_update(c, &b);
	}
	TRY(note_attempt(c, o, b.tries - 1));
	TRY(note_target(c, b.app_id, o));
	if (!str_eq(b.state, STR("WAITING"))) /* it was given up meanwhile */
		return webhook_batch_update(c, &b);
	return settle(c, &b, o);
}

enum err desk_webhook_note(struct ctx *c, const struct webhook_outcome *outcomes, size_t n)
{
	TRY(webhook_queue_lock(c));
	for (size_t i = 0; i < n; i++)
		TRY(note_one(c, &outcomes[i]));
	return OK;
}

enum err desk_webhook_release(struct ctx *c)
{
	return webhook_batch_release_all(c);
}

enum err desk_webhook_sweep(struct ctx *c, int64_t *removed_out)
{
	return webhook_sweep(c, c->now - DAYS(DELIVERY_DAYS), MAX_DELIVERIES_KEPT, DELIVERIES_AT_ONCE, removed_out);
}
