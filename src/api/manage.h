#pragma once

#include "base/ctx.h"
#include "text/json.h"

struct object;

/* "ties": the tickets that were merged into this one, split off from it, or that it was split off from, as far as that stands. */
enum err manage_write_ties(struct ctx *c, struct json *j, const struct object *ticket);
