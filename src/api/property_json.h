#pragma once

#include <jansson.h>

#include "base/ctx.h"
#include "desk/define.h"
#include "text/json.h"

/* Definitions of properties on the wire: properties.c has the functions, schemas.c shows types with theirs. */

void property_json(struct json *j, const struct property *p);
/* What a body says of a property. ERR_BAD_INPUT when it is no object. */
enum err property_in_read(struct ctx *c, const json_t *body, struct property_in *out);
