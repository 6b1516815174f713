#pragma once

#include "base/ctx.h"
#include "store/access.h"

/* Pipelines of tickets that are for some: users, and teams. Everybody else but super admins sees none of their tickets, and puts none
 * there. One that names nobody is open to all. */

enum { MAX_PIPELINE_PEOPLE = 200 /* users, and as many teams */ };

enum err desk_pipeline_access(struct ctx *c, struct str pipeline_id, struct pipeline_access **out, size_t *n_out);
/* ERR_BAD_INPUT names the field: a user or team that is not there. */
enum err desk_pipeline_access_set(struct ctx *c, struct str pipeline_id, const struct pipeline_access *rows, size_t n);
