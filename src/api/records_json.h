#pragma once

#include "base/ctx.h"
#include "desk/object.h"
#include "text/json.h"

/* The members of a record in cards, timelines and histories: id, objectType, label and what these show of it. The object is open. */
void record_json_members(struct ctx *c, struct json *j, const struct object *o);
