#pragma once

#include "api/call.h"
#include "api/meter.h"
#include "api/once.h"
#include "api/path.h"

/* One request on its way through the steps, for the files that hold them: match.c (which row), authenticate.c (who
 * asks, may he), decode.c (what is asked), dispatch.c (the order of the steps, and on which thread), answer.c (what
 * is sent). A step that fails returns; only call_answer sends. */

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

/* The matchers of all routes, from the arena. */
struct matcher *matchers_new(struct arena *a);

/* The row that the method and the path name, into call->q with its parameters. ERR_NOT_FOUND; ERR_BAD_METHOD with
 * call->allowed set; ERR_BAD_INPUT when the path is not well-formed. */
enum err call_match(struct call *call);

/* Token and cookie, as they were sent. */
void call_credentials(struct call *call);
/* Who asks, into c->who. ERR_NOT_SIGNED_IN, ERR_EXPIRED, ERR_NOT_ALLOWED. */
enum err call_authenticate(struct call *call);
/* Counts the call of a token against its limits, once, also where the transaction runs again. ERR_TOO_MANY. */
enum err call_count(struct call *call);
/* May he call this route at all? Of which object, the desk says. */
enum err call_authorise(struct call *call);
/* Searches have limits of their own. */
bool route_is_search(const struct route *route);

/* Query and body, checked by what the row takes. ERR_BAD_INPUT, ERR_MEDIA_TYPE. */
enum err call_decode(struct call *call);

/* An empty answer for the handler to write. */
void call_answer_begin(struct call *call);
/* Sends the answer, or what the error looks like; logs the error. The call is over. */
void call_answer(struct call *call, enum err e);
