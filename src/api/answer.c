/* What is sent: the answer of the handler or the error, the headers that every answer has, packed where that is
 * safe. */

#include "api/dispatch_int.h"

#include <fcntl.h>

#include "base/arena.h"
#include "base/log.h"
#include "net/gzip.h"

void call_answer_begin(struct call *call)
{
	struct res *r = &call->r;
	*r = (struct res){.status = call->q.route->status, .content_type = STR("application/json;charset=utf-8")};
	buf_init(&r->body, call->c.a, MAX_ANSWER_BYTES);
	json_init(&r->j, &r->body);
}

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

static void tell_failure(struct call *call, enum err e)
{
	struct ctx *c = &call->c;
	const struct route *route = call->q.route;
	struct str method = call->q.http->method;
	bool is_refused = err_http(e) < 500;
	/* the log is no place for a secret that stands in an address; nor, where nothing is wrong with us, for a person's mail address */
	bool is_hidden = route != NULL && (is_refused || route->flags & R_SECRET);
	struct str path = is_hidden ? str_c(route->path) : str_head(call->q.http->path, 200);
	struct str doing = str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(method), STR_ARG(path));
	if (c->why.code != e)
		c->why.detail = STR_NULL;
	if (is_refused)
		log_refusal(c, e, doing);
	else
		log_failure(c, e, doing);
	res_error(c, &call->r, e);
}

/* Files say for themselves how they are kept. */
static bool has_header(const struct res *r, struct str name)
{
	for (size_t i = 0; i < r->header_n; i++)
		if (str_eq(r->headers[i].name, name))
			return true;
	return false;
}

static void add_headers(struct call *call)
{
	struct ctx *c = &call->c;
	if (!str_is_null(call->allowed))
		res_header(&call->r, STR("Allow"), call->allowed);
	res_header(&call->r, STR("X-HubSpot-Correlation-Id"), c->request_id);
	if (!has_header(&call->r, STR("Cache-Control")))
		res_header(&call->r, STR("Cache-Control"), STR("no-store"));
	if (call->is_counted && !route_is_search(call->q.route))
		meter_headers(c, call->api->meter, &call->meter, &call->r);
}

void call_answer(struct call *call, enum err e)
{
	struct res *r = &call->r;
	if (e != OK)
		tell_failure(call, e);
	add_headers(call);
	int fd = e == OK && r->fd ? fcntl(r->fd, F_DUPFD_CLOEXEC, 3) : 0; /* the arena closes its own */
	once_end(call->api->once, &call->once);
	struct str body = pack(call, str_is_null(r->raw) ? buf_str(&r->body) : r->raw);
	http_answer(call->q.http, &(struct http_answer){
		.status = r->status,
		.content_type = r->content_type,
		.headers = r->headers,
		.header_n = r->header_n,
		.body = body,
		.body_fd = fd > 0 ? fd : 0,
		.body_from = r->fd_from,
		.body_n = r->fd_n,
	});
}
