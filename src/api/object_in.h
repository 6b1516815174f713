#pragma once

#include <jansson.h>

#include "base/ctx.h"
#include "desk/object.h"

/* One object as callers write it: { properties: { name: value }, associations?: [ { to: { id }, types: [ … ] } ] }. Values are
 * strings, numbers or booleans. ERR_BAD_INPUT where it has another form; what it says is the desk's to check. */
enum err object_in_read(struct ctx *c, const json_t *json, struct object_in *in);
