/* The life of a request, in one order: match the route, authenticate, authorise, decode, run, answer.
 *
 * A read runs at once on the thread that read the request, in one transaction for all steps. A write is prepared there (so that
 * nobody without a right reaches the writer) and then handed over; the connection waits until the commit is on disk. Where the
 * database is behind a network, both go to its threads whole. */

#include "api/call.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "api/meter.h"
#include "api/once.h"
#include "api/path.h"
#include "api/scope.h"
#include "api/upload.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/num.h"
#include "base/rand.h"
#include "desk/app.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/people.h"
#include "desk/schema.h"
#include "desk/token.h"
#include "net/gzip.h"
#include "net/http_origin.h"
#include "net/http_query.h"
#include "net/http_session.h"
#include "text/json_read.h"

enum { FIRST_ANSWER_BYTES = 1024 };

/* A route's path, cut into segments once. */
struct matcher {
	const struct route *route;
	struct path path; /* "{name}" are parameters */
};

struct api {
	struct api_config config;
	struct matcher *matchers; /* in the order of routes[] */
	struct arena *a;
	struct once *once;
	struct meter *meter;
};

struct call {
	struct api *api;
	struct ctx c;
	struct req q;
	struct res r;
	struct api_work work;
	struct str token;  /* of the Authorization header; null: none */
	struct str cookie; /* of the session; null: none */
	struct str allowed; /* methods that the address answers, where it does not answer this one */
	bool extend_session;
	bool is_counted;
	struct meter_state meter;
	struct once_key once;
};

struct str method_name(enum method method)
{
	static const struct str names[METHOD_N] = {
		[GET] = STR("GET"), [POST] = STR("POST"), [PUT] = STR("PUT"), [PATCH] = STR("PATCH"), [DELETE] = STR("DELETE"),
	};
	return names[method];
}

/* Matching ---------------------------------------------------------------------------------------------------------- */

enum err api_open(struct ctx *c, const struct api_config *config, struct api **out)
{
	struct api *api = NEW(c->a, struct api);
	api->config = *config;
	api->matchers = NEW_ARRAY(c->a, route_n, struct matcher);
	for (size_t i = 0; i < route_n; i++) {
		struct matcher *m = &api->matchers[i];
		m->route = &routes[i];
		check(path_cut(str_c(routes[i].path), &m->path));
	}
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

static bool fits(const struct path *want, const struct path *is, struct str version, struct req *q)
{
	if (want->n != is->n)
		return false;
	q->param_n = 0;
	for (size_t i = 0; i < is->n; i++) {
		struct str name = want->segments[i], value = i == 1 ? version : is->segments[i];
		if (name.p[0] != '{') {
			if (!str_eq(name, value))
				return false;
			continue;
		}
		check(q->param_n < MAX_PARAMS);
		q->params[q->param_n++] = (struct param){str_head(str_skip(name, 1), name.n - 2), value};
	}
	return true;
}

/* The row for this method; notes the methods of rows for others. */
static const struct route *find_route(struct call *call, const struct path *path, struct str version, struct str method)
{
	struct arena *a = call->c.a;
	for (size_t i = 0; i < route_n; i++) {
		const struct route *route = &routes[i];
		struct str name = method_name(route->method);
		if (!fits(&call->api->matchers[i].path, path, version, &call->q))
			continue;
		if (str_eq(method, name))
			return route;
		call->allowed = str_is_null(call->allowed)
		                        ? name
		                        : str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(call->allowed), STR_ARG(name));
	}
	return NULL;
}

static enum err match(struct call *call)
{
	struct path path;
	struct ctx *c = &call->c;
	struct str method = call->q.http->is_head ? STR("GET") : call->q.http->method;
	if (!path_read(c->a, call->q.http->path, &path))
		return fail(c, ERR_BAD_INPUT, "The address is not well-formed.");
	for (size_t i = 0; i < path.reading_n; i++) {
		call->q.route = find_route(call, &path, path.readings[i], method);
		if (call->q.route == NULL)
			continue;
		call->allowed = STR_NULL;
		return OK;
	}
	if (!str_is_null(call->allowed))
		return fail(c, ERR_BAD_METHOD, "This address answers " STR_FMT " only.", STR_ARG(call->allowed));
	return fail(c, ERR_NOT_FOUND, "There is nothing at this address.");
}

/* Who asks ---------------------------------------------------------------------------------------------------------- */

static enum err authenticate(struct call *call)
{
	struct ctx *c = &call->c;
	c->who = (struct actor){.kind = ACTOR_NOBODY};
	if (!str_is_null(call->token))
		return desk_actor_of_token(c, call->token, &c->who);
	struct str key = call->q.route->flags & R_APP_KEY ? req_query(c, &call->q, "hapikey") : STR_NULL;
	if (key.n > 0)
		return desk_actor_of_developer_key(c, key, &c->who);
	if (str_is_null(call->cookie))
		return OK;
	enum err e = desk_actor_of_session(c, call->cookie, &c->who, &call->extend_session);
	if ((e == ERR_NOT_SIGNED_IN || e == ERR_EXPIRED) && call->q.route->who == P_ANYBODY) {
		/* an old cookie does not keep anybody from signing in */
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (call->q.route->method != GET && !http_is_same_origin(call->q.http, c->env->public_url))
		return fail(c, ERR_NOT_ALLOWED, "This request came from another site.");
	return OK;
}

static bool is_search(const struct route *route)
{
	return route->method == POST && str_ends(str_c(route->path), STR("/search"));
}

/* Of tokens only; once, also where the transaction runs again. */
static enum err count_call(struct call *call)
{
	struct ctx *c = &call->c;
	if (c->who.kind != ACTOR_USER || c->who.session_id != 0 || call->is_counted)
		return OK;
	call->is_counted = true;
	return meter_count(c, call->api->meter, is_search(call->q.route), &call->meter);
}

/* The scope that the table names, or those of the types of objects in the path. */
static enum err check_scopes(struct call *call)
{
	struct ctx *c = &call->c;
	const struct route *route = call->q.route;
	if (route->scope == NULL || strcmp(route->scope, SCOPE_OF_TYPE) != 0)
		return scope_need(c, route->scope);
	for (size_t i = 0; i < call->q.param_n; i++) {
		const struct type_def *t;
		if (!str_ends(call->q.params[i].name, STR("bjectType")))
			continue;
		TRY(schema_type(c, call->q.params[i].value, &t));
		TRY(scope_need_type(c, t, (route->flags & R_WRITE) != 0));
	}
	return OK;
}

static enum err authorise(struct call *call)
{
	struct ctx *c = &call->c;
	const struct route *route = call->q.route;
	if (route->who == P_ANYBODY)
		return OK;
	if (c->who.kind == ACTOR_APP && (route->flags & R_APP_KEY))
		return OK; /* whether it is his own, the desk says */
	if (c->who.kind != ACTOR_USER)
		return fail(
			c, ERR_NOT_SIGNED_IN,
			"Authentication credentials not found. Send a bearer token in the Authorization header, or sign in.");
	TRY(check_scopes(call));
	if (route->who == P_ADMIN && !desk_may(c, CAN_ADMINISTER, NULL))
		return fail(c, ERR_NOT_ALLOWED, "Only admins may do this.");
	return route->who == P_SUPER_ADMIN ? desk_can(c, CAN_MANAGE_PEOPLE, NULL) : OK;
}

/* What is asked ----------------------------------------------------------------------------------------------------- */

static enum err decode(struct call *call)
{
	struct ctx *c = &call->c;
	const struct route *route = call->q.route;
	struct http_call *http = call->q.http;
	json_t *body;
	if (!http_query_is_valid(c->a, http->query))
		return fail(c, ERR_BAD_INPUT, "The query is not well-formed.");
	if (route->method == GET || route->method == DELETE || http->body.n == 0) {
		if (route->takes != NULL)
			return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: the body is missing");
		return OK;
	}
	if (route->flags & R_UPLOAD)
		return OK; /* its own check says what is missing */
	struct str type = http_header(http, "Content-Type");
	struct str media = str_trim(str_cut(&type, STR(";")));
	if (route->flags & R_FORM) {
		if (!str_eq_nocase(media, STR("application/x-www-form-urlencoded")))
			return fail(c, ERR_MEDIA_TYPE,
			            "The body has to be a form (Content-Type: application/x-www-form-urlencoded).");
		return http_query_is_valid(c->a, http->body) ? OK : fail(c, ERR_BAD_INPUT, "The form is not well-formed.");
	}
	if (!str_eq_nocase(media, STR("application/json")) && !str_ends(media, STR("+json")))
		return fail(c, ERR_MEDIA_TYPE, "The body has to be JSON (Content-Type: application/json).");
	TRY(json_parse(c, http->body, &body));
	call->q.json = body;
	if (route->takes == NULL)
		return OK;
	void *in = arena_alloc(c->a, route->takes->size_bytes);
	TRY(json_read(c, body, route->takes, in));
	call->q.in = in;
	return OK;
}

static void answer_begin(struct call *call)
{
	struct res *r = &call->r;
	*r = (struct res){.status = call->q.route->status, .content_type = STR("application/json;charset=utf-8")};
	buf_init(&r->body, call->c.a, MAX_ANSWER_BYTES);
	json_init(&r->j, &r->body);
}

static enum err prepare(struct ctx *c, void *arg)
{
	struct call *call = arg;
	TRY(authenticate(call));
	TRY(count_call(call));
	TRY(authorise(call));
	TRY(decode(call));
	TRY(once_read(c, &call->q, &call->once));
	return once_begin(c, call->api->once, &call->once);
}

static enum err run(struct ctx *c, void *arg)
{
	struct call *call = arg;
	bool is_done;
	answer_begin(call);
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

/* Answers ----------------------------------------------------------------------------------------------------------- */

/* Of reads; what is not to be compressed is in docs/decisions/0013. */
static struct str pack(struct call *call, struct str body)
{
	struct res *r = &call->r;
	const struct route *route = call->q.route;
	struct str packed;
	if (route == NULL || route->flags & (R_WRITE | R_SECRET | R_STREAM) || body.n < MIN_GZIP_BYTES)
		return body;
	for (size_t i = 0; i < r->header_n; i++)
		if (str_eq(r->headers[i].name, STR("ETag")) || str_eq(r->headers[i].name, STR("Content-Disposition")))
			return body;
	res_header(r, STR("Vary"), STR("Accept-Encoding"));
	if (!http_accepts_gzip(call->q.http) || !gzip_pack(call->c.a, body, &packed))
		return body;
	res_header(r, STR("Content-Encoding"), STR("gzip"));
	return packed;
}

static void send_answer(struct call *call, enum err e)
{
	struct ctx *c = &call->c;
	struct http_call *http = call->q.http;
	if (e != OK) {
		if (c->why.code != e)
			c->why.detail = STR_NULL;
		/* the log is no place for a secret that stands in an address */
		bool is_secret = call->q.route != NULL && call->q.route->flags & R_SECRET;
		struct str path = is_secret ? str_c(call->q.route->path) : str_head(http->path, 200);
		log_failure(c, e, str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(http->method), STR_ARG(path)));
		res_error(c, &call->r, e);
	}
	if (!str_is_null(call->allowed))
		res_header(&call->r, STR("Allow"), call->allowed);
	res_header(&call->r, STR("X-HubSpot-Correlation-Id"), c->request_id);
	res_header(&call->r, STR("Cache-Control"), STR("no-store"));
	int fd = e == OK && call->r.fd ? fcntl(call->r.fd, F_DUPFD_CLOEXEC, 3) : 0;
	if (call->is_counted && !is_search(call->q.route))
		meter_headers(c, call->api->meter, &call->meter, &call->r);
	once_end(call->api->once, &call->once);
	struct str body = pack(call, str_is_null(call->r.raw) ? buf_str(&call->r.body) : call->r.raw);
	http_answer(http, &(struct http_answer){
		.status = call->r.status,
		.content_type = call->r.content_type,
		.headers = call->r.headers,
		.header_n = call->r.header_n,
		.body = body,
		.body_fd = fd > 0 ? fd : 0,
		.body_from = call->r.fd_from,
		.body_n = call->r.fd_n,
	});
}

static void on_done(struct api_work *w, enum err result)
{
	send_answer(w->arg, result);
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
		send_answer(call, result);
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
		send_answer(call, fail(&call->c, ERR_BUSY, "too many streams"));
}

static void on_stream_prepared(struct api_work *w, enum err result)
{
	if (result == OK)
		start_stream(w->arg);
	else
		send_answer(w->arg, result);
}

static void serve_local(struct call *call)
{
	const struct api_config *config = &call->api->config;
	bool is_read = !(call->q.route->flags & (R_WRITE | R_SLOW | R_STREAM));
	enum err e = config->run.read(config->run.self, &call->c, is_read ? prepare_and_run : prepare, call);
	if (is_read || e != OK)
		send_answer(call, e);
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

static void read_credentials(struct call *call)
{
	struct http_call *http = call->q.http;
	struct str authorization = http_header(http, "Authorization");
	if (str_starts_nocase(authorization, STR("Bearer ")))
		call->token = str_trim(str_skip(authorization, 7));
	call->cookie = http_session_cookie(http);
}

static enum err admit(struct ctx *c, void *arg)
{
	struct call *call = arg;
	(void)c;
	TRY(authenticate(call));
	return authorise(call);
}

/* Who may not upload is told before he has sent it all. That asks the database on the thread that reads, once per upload. */
enum err api_begin(struct api *api, struct http_call *http, struct http_sink *sink)
{
	struct call *call = call_new(api, http);
	if (match(call) != OK || !(call->q.route->flags & R_UPLOAD))
		return OK; /* api_handle says what is wrong */
	read_credentials(call);
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
	enum err e = match(call);
	if (e != OK) {
		send_answer(call, e);
		return;
	}
	read_credentials(call);
	if (api->config.reads_are_local)
		serve_local(call);
	else
		serve_remote(call);
}

void api_refuse(struct api *api, struct http_call *http, enum err why)
{
	struct call *call = http->owner ? http->owner : call_new(api, http);
	send_answer(call, why);
}
