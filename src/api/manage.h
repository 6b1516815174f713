#pragma once

#include <jansson.h>

#include "base/ctx.h"
#include "text/json.h"

struct object;

/* {action, properties, until, inboxId, intoId}: one thing to be done to tickets. */
struct act_in;
enum err manage_read_act(struct ctx *c, const json_t *body, struct act_in *in);
/* A member that is an object of values; none where it is left out. ERR_BAD_INPUT. */
struct prop;
enum err manage_read_props(struct ctx *c, const json_t *body, const char *member, const struct prop **out, size_t *n_out);

/* "ties": the tickets that were merged into this one, split off from it, or that it was split off from, as far as that stands. */
enum err manage_write_ties(struct ctx *c, struct json *j, const struct object *ticket);
