/* The life of a request, in one order: match (match.c), authenticate and authorise (authenticate.c), decode
 * (decode.c), run, answer (answer.c).
 *
 * A read runs at once on the thread that read the request, in one transaction for all steps. A write is prepared
 * there (so that nobody without a right reaches the writer) and then handed over; the connection waits until the
 * commit is on disk. Where the database is behind a network, both go to its threads whole. */

#include "api/dispatch_int.h"

#include "api/upload.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/rand.h"
#include "desk/people.h"

enum err api_open(struct ctx *c, const struct api_config *config, struct api **out)
{
	struct api *api = NEW(c->a, struct api);
	api->config = *config;
	api->matchers = matchers_new(c->a);
	api->once = once_open(c->a);
	api->meter = meter_open(c->a, &config->limits);
	api->config.meter = api->meter;
	*out = api;
	return OK;
}

void api_close(struct api *api)
{
	if (api == NULL)
		return;
	meter_close(api->meter);
	once_close(api->once);
}

enum err api_flush(struct ctx *c, struct api *api)
{
	return meter_flush(c, api->meter);
}

static enum err prepare(struct ctx *c, void *arg)
{
	struct call *call = arg;
	TRY(call_authenticate(call));
	TRY(call_count(call));
	TRY(call_authorise(call));
	TRY(call_decode(call));
	TRY(once_read(c, &call->q, &call->once));
	return once_begin(c, call->api->once, &call->once);
}

static enum err run(struct ctx *c, void *arg)
{
	struct call *call = arg;
	bool is_done;
	call_answer_begin(call);
	TRY(once_find(c, &call->once, &call->r, &is_done));
	if (is_done)
		return OK;
	if (call->extend_session && (call->q.route->flags & R_WRITE))
		TRY(desk_session_extend(c, c->who.session_id));
	TRY(call->q.route->run(c, &call->q, &call->r));
	if (buf_is_full(&call->r.body))
		return fail(c, ERR_TOO_BIG, "The answer is larger than %d bytes.", MAX_ANSWER_BYTES);
	return once_keep(c, &call->once, &call->q, &call->r);
}

static enum err prepare_and_run(struct ctx *c, void *arg)
{
	TRY(prepare(c, arg));
	return run(c, arg);
}

static void on_done(struct api_work *w, enum err result)
{
	call_answer(w->arg, result);
}

static void later(struct call *call, work_fn *fn, void (*start)(void *self, struct api_work *w))
{
	call->work = (struct api_work){.c = &call->c, .fn = fn, .arg = call, .done = on_done};
	start(call->api->config.self, &call->work);
}

static void on_prepared(struct api_work *w, enum err result)
{
	struct call *call = w->arg;
	const struct api_config *config = &call->api->config;
	if (result != OK)
		call_answer(call, result);
	else if (call->q.route->flags & R_SLOW)
		later(call, run, config->slow_later);
	else
		later(call, run, config->write_later);
}

static void start_stream(struct call *call)
{
	const struct api_config *config = &call->api->config;
	struct str after = http_header(call->q.http, "Last-Event-ID");
	int64_t after_id = -1;
	if (str_is_null(after))
		after = req_query(&call->c, &call->q, "lastEventId");
	if (after.n > 0 && !num_parse_int(after, &after_id))
		after_id = -1;
	if (!config->stream(config->self, call->q.http, &call->c.who, after_id))
		call_answer(call, fail(&call->c, ERR_BUSY, "too many streams"));
}

static void on_stream_prepared(struct api_work *w, enum err result)
{
	if (result == OK)
		start_stream(w->arg);
	else
		call_answer(w->arg, result);
}

static void serve_local(struct call *call)
{
	const struct api_config *config = &call->api->config;
	bool is_read = !(call->q.route->flags & (R_WRITE | R_SLOW | R_STREAM));
	enum err e = config->run.read(config->run.self, &call->c, is_read ? prepare_and_run : prepare, call);
	if (is_read || e != OK)
		call_answer(call, e);
	else if (call->q.route->flags & R_STREAM)
		start_stream(call);
	else
		on_prepared(&(struct api_work){.arg = call}, OK);
}

static void serve_remote(struct call *call)
{
	const struct api_config *config = &call->api->config;
	int flags = call->q.route->flags;
	if (flags & R_WRITE) {
		later(call, prepare_and_run, config->write_later);
		return;
	}
	bool is_read = !(flags & (R_SLOW | R_STREAM));
	call->work = (struct api_work){.c = &call->c, .fn = is_read ? prepare_and_run : prepare, .arg = call};
	call->work.done = is_read ? on_done : flags & R_STREAM ? on_stream_prepared : on_prepared;
	config->read_later(config->self, &call->work);
}

static struct call *call_new(struct api *api, struct http_call *http)
{
	struct call *call = NEW(http->a, struct call);
	call->api = api;
	call->c = (struct ctx){
		.a = http->a,
		.now = clock_ms(),
		.run = &api->config.run,
		.env = api->config.env,
		.request_id = rand_uuid(http->a),
	};
	call->q = (struct req){.http = http, .query = http->query, .config = &api->config};
	return call;
}

static enum err admit(struct ctx *c, void *arg)
{
	struct call *call = arg;
	(void)c;
	TRY(call_authenticate(call));
	return call_authorise(call);
}

/* Who may not upload is told before he has sent it all. That asks the database on the thread that reads, once per
 * upload. */
enum err api_begin(struct api *api, struct http_call *http, struct http_sink *sink)
{
	struct call *call = call_new(api, http);
	if (call_match(call) != OK || !(call->q.route->flags & R_UPLOAD))
		return OK; /* api_handle says what is wrong */
	call_credentials(call);
	http->owner = call;
	TRY(api->config.run.read(api->config.run.self, &call->c, admit, call));
	return upload_begin(&call->c, &call->q, sink);
}

void api_handle(struct api *api, struct http_call *http)
{
	struct call *call = http->owner ? http->owner : call_new(api, http);
	if (http->owner != NULL) {
		call->c.now = clock_ms();
		later(call, run, api->config.slow_later);
		return;
	}
	enum err e = call_match(call);
	if (e != OK) {
		call_answer(call, e);
		return;
	}
	call_credentials(call);
	if (api->config.reads_are_local)
		serve_local(call);
	else
		serve_remote(call);
}

void api_refuse(struct api *api, struct http_call *http, enum err why)
{
	struct call *call = http->owner ? http->owner : call_new(api, http);
	call_answer(call, why);
}
