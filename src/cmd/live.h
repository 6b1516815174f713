#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* The live stream: one thread reads events as they are committed and sends each to the streams whose actor may see it. A client
 * resumes from the last event id it has; one that is too far behind gets `reset` and loads anew. */

struct http_call;
struct live;

struct live_config {
	const struct runner *run;
	const struct env *env;
};

enum err live_open(struct ctx *c, const struct live_config *config, struct live **out);
/* Something was committed. Any thread. */
void live_wake(struct live *l);
/* Turns a call into a stream. after_id -1: from now on. false: it cannot, the call is still to be answered. */
bool live_accept(struct live *l, struct http_call *call, const struct actor *who, int64_t after_id);
/* Ends all streams; before the HTTP server closes. */
void live_stop(struct live *l);
void live_close(struct live *l);
