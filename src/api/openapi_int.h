#pragma once

#include "api/describe.h"
#include "base/ctx.h"
#include "base/shape.h"
#include "text/json.h"

/* Between openapi.c and openapi_schema.c. */

/* The members of a schema that say what a value of this type is: "id", "[Filter]", "{string}", "Filter" … */
void openapi_type(struct ctx *c, struct json *j, struct str type);
/* "key": the schema of a model as it is wrapped in a body. */
void openapi_wrapped(struct ctx *c, struct json *j, const char *model, enum wrap wrap);
/* "components"."schemas": every model, and every shape of the routes. */
void openapi_components(struct ctx *c, struct json *j);
