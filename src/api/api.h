#pragma once

#include <stdbool.h>

#include "api/meter.h"
#include "base/ctx.h"

/* The REST API: everything under /crm, /conversations, /desk and /healthz. One request goes through api_handle(): find the row
 * in routes[] (api/routes.c), authenticate, authorise, decode the body by what the row takes, run the handler, answer. Every
 * answer, errors included, is JSON with the exact status code of the row (clients throw on any other). */

struct api;
struct http_call;
struct sse_hub;

/* Work handed over to other threads; done is called when it has ended (for a write: when it is on disk). */
struct api_work {
	struct ctx *c;
	work_fn *fn;
	void *arg;
	void (*done)(struct api_work *w, enum err result);
	char room[64]; /* for whoever runs it */
};

struct http_sink;

struct api_config {
	struct runner run;
	const struct env *env;
	bool reads_are_local; /* run.read takes microseconds: reads are answered on the thread that read the request */
	void *self;
	void (*read_later)(void *self, struct api_work *w);
	void (*write_later)(void *self, struct api_work *w);
	void (*slow_later)(void *self,
	                   struct api_work *w); /* outside of a transaction, on threads that may be busy for long */
	/* Turns a call into a live stream for this actor; false: it cannot, and the call is still to be answered. */
	bool (*stream)(void *self, struct http_call *call, const struct actor *who, int64_t after_event_id);
	struct meter_limits limits;
	struct meter *meter; /* filled by api_open */
	struct str database; /* engine and version, for /healthz */
	int (*queue_depth)(void *self);
};

/* Checks the table of routes and makes what matching needs. The config is copied; its strings have to last. */
enum err api_open(struct ctx *c, const struct api_config *config, struct api **out);
void api_close(struct api *api);

/* Puts counts of calls into the database; every few seconds, and before the end. */
enum err api_flush(struct ctx *c, struct api *api);

/* Is it an address of the API (rather than of a page)? */
bool api_owns(struct str path);
/* The head of a request with a body is there: a form with a file is read from here on as it comes. An error refuses it. */
enum err api_begin(struct api *api, struct http_call *call, struct http_sink *sink);
/* Answers, now or later. */
void api_handle(struct api *api, struct http_call *call);
/* Answers a request that the HTTP server could not take. */
void api_refuse(struct api *api, struct http_call *call, enum err why);

/* The routes as text, one per line; and OpenAPI 3.1. */
enum err api_print_routes(struct ctx *c, struct str *out);
enum err api_print_openapi(struct ctx *c, struct str *out);
