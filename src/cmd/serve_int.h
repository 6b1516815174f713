#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"
#include "cmd/app.h"
#include "page/form.h"

/* What the files of `bellhop serve` know of each other: serve.c opens and closes the parts; serve_api.c, serve_http.c and serve_lmtp.c
 * open one part each, with the functions of others that it may not see itself. */

struct api_work;

struct server {
	struct app app;
	struct api *api;
	struct form_config forms;
	struct http_serve *http;
	struct lmtp_server *lmtp;
	struct live *live;
	struct slow *slow;
	struct pulse *pulse;
	struct beat *flushing;
	struct job_runner *jobs;
	struct mail_watch *mailboxes;
	struct webhooks *webhooks;
	struct indexer *indexer;
	_Atomic bool is_up; /* all parts are there: commits may wake them */
};

/* c is that of the program itself, now. */
void serve_fill_ctx(struct server *s, struct ctx *c);
/* How many transactions wait; self is the server. */
int serve_queue_depth(void *self);
/* Work of the API that waits for others: on threads of its own. */
void serve_slow_later(void *self, struct api_work *w);

enum err serve_open_api(struct ctx *c, struct server *s);
/* The API must be there. */
enum err serve_open_http(struct ctx *c, struct server *s);
/* --lmtp none: nothing is opened. */
enum err serve_open_lmtp(struct ctx *c, struct server *s);
