#pragma once

#include "base/ctx.h"
#include "cmd/options.h"
#include "db/db.h"
#include "desk/env.h"

/* What every command that touches a desk opens first: the data directory, its key, the migrated database, the definitions. Lives in
 * the context's arena, which is the program's. */

struct app {
	struct options o;
	struct env env;
	struct db *db;
	struct runner run;
};

struct app_hooks {
	void (*on_commit)(void *arg); /* may be NULL */
	void (*on_said)(void *arg, struct str words); /* may be NULL */
	void *arg;
};

/* Opens an existing desk: migrates the database (saying what it did), loads keys and definitions, and makes the context a
 * system actor that can run work. Failures have one sentence for the operator. */
enum err app_open(struct ctx *c, const struct options *o, const struct app_hooks *hooks, struct app *out);
/* The same for a data directory that may be new: makes the directory and its key. */
enum err app_create(struct ctx *c, const struct options *o, struct app *out);
void app_close(struct app *app);

/* Runs fn in a transaction. */
enum err app_read(struct ctx *c, work_fn *fn, void *arg);
enum err app_write(struct ctx *c, work_fn *fn, void *arg);
