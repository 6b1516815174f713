#pragma once

#include <stdio.h>

#include "base/ctx.h"
#include "cmd/options.h"

/* The subcommands: rows of a table in main.c. run gets the words behind its name. */

struct command {
	const char *name; /* "token create" */
	const char *help; /* one line */
	const struct flag *flags;
	size_t flag_n;
	enum err (*run)(struct ctx *c, const struct options *o);
};
extern const struct command commands[];
extern const size_t command_n;

enum err cmd_init(struct ctx *c, const struct options *o);
enum err cmd_serve(struct ctx *c, const struct options *o);
enum err cmd_token_create(struct ctx *c, const struct options *o);
enum err cmd_inbox_add(struct ctx *c, const struct options *o);
enum err cmd_user_add(struct ctx *c, const struct options *o);
enum err cmd_user_invite(struct ctx *c, const struct options *o);
enum err cmd_migrate(struct ctx *c, const struct options *o);
enum err cmd_reindex(struct ctx *c, const struct options *o);
enum err cmd_check(struct ctx *c, const struct options *o);
enum err cmd_doctor(struct ctx *c, const struct options *o);
enum err cmd_openapi(struct ctx *c, const struct options *o);
enum err cmd_routes(struct ctx *c, const struct options *o);
