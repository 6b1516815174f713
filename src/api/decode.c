/* What is asked: the query and the body, of the media type and shape that the row takes. */

#include "api/dispatch_int.h"

#include "base/arena.h"
#include "net/http_query.h"
#include "text/json_read.h"

static struct str media_type(const struct call *call)
{
	struct str type = http_header(call->q.http, "Content-Type");
	return str_trim(str_cut(&type, STR(";")));
}

static enum err check_form(struct call *call)
{
	struct ctx *c = &call->c;
	if (!str_eq_nocase(media_type(call), STR("application/x-www-form-urlencoded")))
		return fail(c, ERR_MEDIA_TYPE,
		            "The body has to be a form (Content-Type: application/x-www-form-urlencoded).");
	if (!http_query_is_valid(c->a, call->q.http->body))
		return fail(c, ERR_BAD_INPUT, "The form is not well-formed.");
	return OK;
}

static enum err read_json(struct call *call)
{
	struct ctx *c = &call->c;
	const struct shape *takes = call->q.route->takes;
	struct str media = media_type(call);
	json_t *body;
	if (!str_eq_nocase(media, STR("application/json")) && !str_ends(media, STR("+json")))
		return fail(c, ERR_MEDIA_TYPE, "The body has to be JSON (Content-Type: application/json).");
	TRY(json_parse(c, call->q.http->body, &body));
	call->q.json = body;
	if (takes == NULL)
		return OK;
	void *in = arena_alloc(c->a, takes->size_bytes);
	TRY(json_read(c, body, takes, in));
	call->q.in = in;
	return OK;
}

enum err call_decode(struct call *call)
{
	struct ctx *c = &call->c;
	const struct route *route = call->q.route;
	if (!http_query_is_valid(c->a, call->q.http->query))
		return fail(c, ERR_BAD_INPUT, "The query is not well-formed.");
	if (route->method == GET || route->method == DELETE || call->q.http->body.n == 0) {
		if (route->takes != NULL)
			return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: the body is missing");
		return OK;
	}
	if (route->flags & R_UPLOAD)
		return OK; /* its own check says what is missing */
	return route->flags & R_FORM ? check_form(call) : read_json(call);
}
