#include "channel/webhook.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/log.h"
#include "desk/app.h"
#include "desk/env.h"
#include "desk/webhook_read.h"
#include "desk/webhook_send.h"
#include "net/http_call.h"

enum { POLL_MS = 1000, ARENA_BYTES = 512 << 20, MAX_ANSWER_BYTES = 4096 };

/* One request on its way. */
struct flight {
	int64_t batch_id; /* 0: free */
	int64_t began_at;
};

struct webhooks {
	struct webhook_config config;
	struct http_caller *caller;
	struct flight flights[HTTP_CALL_MAX_IN_FLIGHT];
	struct webhook_place place;
	atomic_bool is_closing;
	pthread_t thread;
};

/* One turn of the thread. */
struct turn {
	struct webhooks *w;
	struct ctx c;
	bool is_due;
	bool has_more; /* begin the next turn at once */
	struct webhook_call *calls;
	size_t call_n;
	struct webhook_outcome outcomes[HTTP_CALL_MAX_IN_FLIGHT + MAX_CALLS_AT_ONCE];
	size_t outcome_n;
};

static enum err read_run(struct turn *t, work_fn *fn, void *arg)
{
	const struct runner *run = t->w->config.run;
	return run->read(run->self, &t->c, fn, arg);
}

static enum err write_run(struct turn *t, work_fn *fn, void *arg)
{
	const struct runner *run = t->w->config.run;
	t->c.now = clock_ms();
	return run->write(run->self, &t->c, fn, arg);
}

/* Events ------------------------------------------------------------------------------------------------------------ */

static enum err look(struct ctx *c, void *arg)
{
	return desk_webhook_look(c, arg);
}

static enum err read_on(struct ctx *c, void *arg)
{
	return desk_webhook_read(c, arg);
}

static enum err read_events(struct turn *t)
{
	struct webhook_place *place = &t->w->place;
	TRY(read_run(t, look, place));
	place->event_id = place->next_id;
	if (place->has_work) {
		TRY(write_run(t, read_on, place));
		place->event_id = place->next_id;
	}
	t->has_more = place->has_more;
	return OK;
}

/* Requests ---------------------------------------------------------------------------------------------------------- */

static enum err is_due(struct ctx *c, void *arg)
{
	struct turn *t = arg;
	return desk_webhook_is_due(c, &t->is_due);
}

static enum err take(struct ctx *c, void *arg)
{
	struct turn *t = arg;
	size_t room = HTTP_CALL_MAX_IN_FLIGHT - http_call_in_flight(t->w->caller);
	return desk_webhook_take(c, room, MAX_APPS, &t->calls, &t->call_n);
}

static struct flight *free_flight(struct webhooks *w)
{
	for (size_t i = 0; i < HTTP_CALL_MAX_IN_FLIGHT; i++)
		if (w->flights[i].batch_id == 0)
			return &w->flights[i];
	check(!"there are as many places as calls");
	return NULL;
}

static enum err send_call(struct turn *t, const struct webhook_call *call, struct flight *f)
{
	struct arena *a = t->c.a;
	struct str at = str_fmt(a, "%lld", (long long)f->began_at);
	struct str asked = str_fmt(a, "POST" STR_FMT STR_FMT, STR_ARG(call->url), STR_ARG(call->body));
	const struct http_header headers[] = {
		{STR("Content-Type"), STR("application/json")},
		{STR("X-HubSpot-Signature"), crypt_sha256_hex(a, str_cat(a, call->secret, call->body))},
		{STR("X-HubSpot-Signature-Version"), STR("v1")},
		{STR("X-HubSpot-Signature-v2"), crypt_sha256_hex(a, str_cat(a, call->secret, asked))},
		{STR("X-HubSpot-Signature-v3"), crypt_hmac_sha256_base64(a, call->secret, str_cat(a, asked, at))},
		{STR("X-HubSpot-Request-Timestamp"), at},
	};
	const struct http_request request = {
		.method = STR("POST"),
		.url = call->url,
		.headers = headers,
		.header_n = sizeof(headers) / sizeof(headers[0]),
		.body = call->body,
		.total_ms = CALL_MS,
		.max_answer_bytes = MAX_ANSWER_BYTES,
		.self = f,
	};
	if (str_is_null(call->secret))
		return fail(&t->c, ERR_INTERNAL, "The app's secret was sealed by another key than this desk has. Make a new one.");
	return http_call_start(&t->c, t->w->caller, &request);
}

static void start_call(struct turn *t, const struct webhook_call *call)
{
	struct flight *f = free_flight(t->w);
	f->began_at = clock_ms();
	if (send_call(t, call, f) == OK) {
		f->batch_id = call->batch_id;
		return;
	}
	t->outcomes[t->outcome_n++] = (struct webhook_outcome){
		.batch_id = call->batch_id, .began_at = f->began_at, .why = t->c.why.detail};
	fail_clear(&t->c);
}

static enum err start_calls(struct turn *t)
{
	if (http_call_in_flight(t->w->caller) == HTTP_CALL_MAX_IN_FLIGHT)
		return OK;
	TRY(read_run(t, is_due, t));
	if (!t->is_due)
		return OK;
	TRY(write_run(t, take, t));
	for (size_t i = 0; i < t->call_n; i++)
		start_call(t, &t->calls[i]);
	t->has_more = t->has_more || t->call_n > 0;
	return OK;
}

/* Outcomes ---------------------------------------------------------------------------------------------------------- */

static void collect(struct turn *t, int64_t wait_ms)
{
	struct http_result *results;
	size_t n;
	http_call_wait(&t->c, t->w->caller, wait_ms, &results, &n);
	for (size_t i = 0; i < n; i++) {
		struct flight *f = results[i].self;
		bool is_answered = results[i].err == OK;
		t->outcomes[t->outcome_n++] = (struct webhook_outcome){
			.batch_id = f->batch_id,
			.began_at = f->began_at,
			.duration_ms = results[i].duration_ms,
			.status = is_answered ? results[i].status : 0,
			.why = results[i].why,
			.answer = results[i].body,
		};
		f->batch_id = 0;
	}
}

static enum err note(struct ctx *c, void *arg)
{
	struct turn *t = arg;
	return desk_webhook_note(c, t->outcomes, t->outcome_n);
}

/* What cannot be noted is due again when its lease ends. */
static void note_outcomes(struct turn *t)
{
	if (t->outcome_n == 0)
		return;
	enum err e = write_run(t, note, t);
	if (e != OK)
		log_failure(&t->c, e, STR("webhooks: note"));
	t->outcome_n = 0;
}

/* The thread -------------------------------------------------------------------------------------------------------- */

static struct turn *turn_open(struct webhooks *w)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct turn *t = NEW(a, struct turn);
	t->w = w;
	t->c = (struct ctx){
		.a = a,
		.now = clock_ms(),
		.who = {.kind = ACTOR_SYSTEM},
		.run = w->config.run,
		.env = w->config.env,
		.request_id = STR("webhooks"),
	};
	return t;
}

static void do_turn(struct webhooks *w)
{
	struct turn *t = turn_open(w);
	enum err e = read_events(t);
	if (e == OK)
		e = start_calls(t);
	if (e != OK) {
		log_failure(&t->c, e, STR("webhooks"));
		fail_clear(&t->c);
		t->has_more = false;
	}
	collect(t, t->has_more || t->outcome_n > 0 ? 0 : POLL_MS);
	note_outcomes(t);
	arena_close(t->c.a);
}

/* What does not end in time is given back. */
static void drain(struct webhooks *w)
{
	int64_t until = clock_monotonic_ms() + WEBHOOK_DRAIN_MS, now;
	struct turn *t = turn_open(w);
	while (http_call_in_flight(w->caller) > 0 && (now = clock_monotonic_ms()) < until)
		collect(t, until - now);
	for (size_t i = 0; i < HTTP_CALL_MAX_IN_FLIGHT; i++)
		if (w->flights[i].batch_id != 0)
			t->outcomes[t->outcome_n++] = (struct webhook_outcome){
				.batch_id = w->flights[i].batch_id, .is_cut_off = true};
	note_outcomes(t);
	arena_close(t->c.a);
}

static void *thread_main(void *arg)
{
	struct webhooks *w = arg;
	while (!atomic_load(&w->is_closing))
		do_turn(w);
	drain(w);
	return NULL;
}

static enum err release(struct ctx *c, void *arg)
{
	(void)arg;
	return desk_webhook_release(c);
}

enum err webhook_open(struct ctx *c, const struct webhook_config *config, struct webhooks **out)
{
	const struct http_caller_config net = {.allow = config->env->allow_internal};
	struct http_caller *caller;
	TRY(http_caller_open(c, &net, &caller));
	if (config->is_only_process) {
		enum err e = config->run->write(config->run->self, c, release, NULL);
		if (e != OK) {
			http_caller_close(caller);
			return e;
		}
	}
	struct webhooks *w = calloc(1, sizeof(*w));
	check(w != NULL);
	w->config = *config;
	w->caller = caller;
	check(pthread_create(&w->thread, NULL, thread_main, w) == 0);
	*out = w;
	return OK;
}

void webhook_wake(struct webhooks *w)
{
	http_call_wake(w->caller);
}

void webhook_close(struct webhooks *w)
{
	if (w == NULL)
		return;
	atomic_store(&w->is_closing, true);
	http_call_wake(w->caller);
	pthread_join(w->thread, NULL);
	http_caller_close(w->caller);
	free(w);
}
