#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* What routes take and give, for people and for OpenAPI, where it is not one struct with a shape: models of the wire's JSON, and
 * which route uses which. Only descriptions: nothing is checked or written by them. */

struct route;
struct shape;
struct field;

/* type: string, id (a string of digits), time (ISO 8601 in UTC), integer, number, boolean, any, map (of strings), or the name of a
 * model; "[x]" is an array of them and "{x}" an object whose values they are. */
struct model_field {
	const char *name;
	const char *type;
	bool is_required;
	const char *help;
};

struct model {
	const char *name;
	const char *help;
	const struct model_field *fields;
	size_t field_n;
};
/* The i-th of all models; NULL behind the last. */
const struct model *model_at(size_t i);
const struct model *model_named(struct str name);

/* The i-th of the shapes that routes take or give, each once; NULL behind the last. */
const struct shape *wire_shape_at(size_t i, bool *is_input_out);
const struct shape *wire_shape_named(struct str name);
/* The type of a field of one, in the words of models. */
struct str wire_type(const struct field *f);

/* How a model is wrapped in a body. */
enum wrap {
	AS_IT_IS,
	AS_LIST,    /* {"results": […], "paging"?} */
	AS_FOUND,   /* the same with "total" */
	AS_BATCH,   /* {"status", "results", "startedAt", "completedAt", "numErrors"?, "errors"?}; 207 where a part failed */
	AS_INPUTS,  /* {"inputs": […]} */
	AS_ARRAY,
	AS_FORM,    /* application/x-www-form-urlencoded */
	AS_FILE,    /* multipart/form-data */
	AS_BYTES,   /* any bytes */
	AS_EVENTS,  /* text/event-stream */
	AS_PAGE,    /* text/html */
};

struct description {
	const char *route; /* "GET /crm/v3/owners" */
	const char *query; /* names of parameters, separated by blanks; NULL: none */
	const char *takes; /* a model or a shape; NULL: no body, or the route's shape says it */
	enum wrap takes_as;
	const char *gives; /* the same of the answer */
	enum wrap gives_as;
};
/* What a route is about, as a heading: "Objects", "Pipelines", … */
struct str route_area(const struct route *route);
/* NULL: the route's own shapes say it all. */
const struct description *description_of(const struct route *route);
/* What a parameter of a path or a query means; NULL where its name says it. */
const char *parameter_help(struct str name);

/* Commands that a reader can copy: $DESK is the address of the desk, $TOKEN a token. In order: each may use what those before it
 * made. */
struct example {
	const char *title;
	const char *command;
	int status;
};
extern const struct example examples[];
extern const size_t example_n;
