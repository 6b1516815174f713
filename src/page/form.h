#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Forms that work without scripts: /invitation, where a user sets his password; /oauth/authorize, where he lets an app act for him.
 * Each is a row of the table in form.c. They run on threads that may be busy, outside of transactions. A form that changes something
 * on a cookie's word comes from a page of ours, or is refused. */

struct http_call;

struct page_work {
	struct ctx *c;
	work_fn *fn;
	void *arg;
	void (*done)(struct page_work *w, enum err result);
	char room[160]; /* for whoever runs it */
};

struct form_config {
	const struct runner *run;
	const struct env *env;
	void *self;
	void (*later)(void *self, struct page_work *w);
};

/* Is there a form at this address? */
bool form_owns(struct str path);
/* Answers, now or later. The config has to last. */
void form_handle(const struct form_config *config, struct http_call *call);
