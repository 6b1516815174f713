#include "api/body.h"

#include "api/call.h"
#include "base/clock.h"
#include "text/json_read.h"

enum err body_need_object(struct ctx *c, const json_t *body)
{
	if (json_is_object(body))
		return OK;
	return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: an object is expected");
}

enum err body_lacks(struct ctx *c, const char *member)
{
	return fail(c, ERR_BAD_INPUT,
	            "Invalid input JSON on line 1, column 1. Some required fields were not set: [%s]", member);
}

enum err batch_inputs(struct ctx *c, const struct req *q, size_t most, const json_t **out, size_t *n_out)
{
	const json_t *inputs = json_get_array(q->json, "inputs");
	size_t n = json_array_size(inputs);
	if (n == 0)
		return fail(c, ERR_BAD_INPUT, "Batch input provided should have at least one object.");
	if (n > most)
		return fail(c, ERR_BAD_INPUT, "Batch input has %zu objects, %zu are the most.", n, most);
	*out = inputs;
	*n_out = n;
	return OK;
}

enum err batch_need_objects(struct ctx *c, const json_t *inputs)
{
	for (size_t i = 0; i < json_array_size(inputs); i++)
		if (!json_is_object(json_array_get(inputs, i)))
			return fail(c, ERR_BAD_INPUT,
			            "Invalid input JSON on line 1, column 1: input %zu is not an object", i);
	return OK;
}

struct failure batch_failure(struct ctx *c, enum err e)
{
	struct failure why = c->why;
	why.code = e;
	fail_clear(c);
	return why;
}

static void write_errors(struct ctx *c, struct json *j, const struct failure *failed, size_t n)
{
	json_add_int(j, "numErrors", (int64_t)n);
	json_key(j, "errors");
	json_array_begin(j);
	for (size_t i = 0; i < n; i++) {
		c->why = failed[i];
		res_error_entry(c, j, failed[i].code);
	}
	json_array_end(j);
	fail_clear(c);
}

void res_batch_end(struct ctx *c, struct res *r, const struct failure *failed, size_t n, int status_with_errors)
{
	struct json *j = &r->j;
	json_array_end(j);
	json_add_string(j, "status", STR("COMPLETE"));
	json_add_time(j, "startedAt", c->now);
	json_add_time(j, "completedAt", clock_ms());
	if (n > 0) {
		r->status = status_with_errors;
		write_errors(c, j, failed, n);
	}
	json_object_end(j);
}
