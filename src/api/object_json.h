#pragma once

#include <jansson.h>

#include "base/ctx.h"
#include "desk/object.h"
#include "text/json.h"

struct req;

/* How an object is written on the wire: which properties, whose history, which associations. */

enum { MAX_VIEW_PROPS = 1000, MAX_VIEW_TYPES = 20, MAX_LINKS_OUT = 1000 };

struct object_view {
	const struct type_def *type;
	const struct property_def **props; /* each once */
	size_t prop_n;
	size_t prop_room;
	bool with_null; /* properties that are not set are null rather than left out */
	const struct property_def **history;
	size_t history_n;
	const struct type_def **links;
	size_t link_n;
	struct str trace_id; /* of a batch write, answered as it came; null: none */
	bool with_new;       /* of an upsert: says whether it is new */
	bool is_new;
};

/* From the query: properties (or the type's default ones), propertiesWithHistory, associations. Names that the type does not
 * have are passed over. */
enum err object_view_read(struct ctx *c, const struct req *q, const struct type_def *t, struct object_view *out);
/* The same from a body: properties and propertiesWithHistory are arrays there. */
void object_view_body(struct ctx *c, const json_t *body, const struct type_def *t, struct object_view *out);
/* For the answer to a write: what was written and what every object has. */
void object_view_written(struct ctx *c, const struct type_def *t, const struct prop *props, size_t n,
                         struct object_view *out);

enum err object_json(struct ctx *c, struct json *j, const struct object_view *view, const struct object *o);
