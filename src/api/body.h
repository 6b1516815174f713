#pragma once

#include <jansson.h>

#include "base/ctx.h"

/* What bodies have in common, said in the words of the wire: they are objects, some members have to be there, and
 * batches have inputs and end with what was refused. What a single member has to be is up to who reads it. */

struct req;
struct res;

/* ERR_BAD_INPUT when it is no object, or not there. */
enum err body_need_object(struct ctx *c, const json_t *body);
/* ERR_BAD_INPUT, for a member that is not there ("to"). */
enum err body_lacks(struct ctx *c, const char *member);

/* The member inputs, of 1 to most entries. ERR_BAD_INPUT. */
enum err batch_inputs(struct ctx *c, const struct req *q, size_t most, const json_t **out, size_t *n_out);
/* ERR_BAD_INPUT when an input is no object. */
enum err batch_need_objects(struct ctx *c, const json_t *inputs);
/* What made an input fail, taken out of the context: the batch goes on without it. */
struct failure batch_failure(struct ctx *c, enum err e);
/* Ends the answer whose results are open (res_list_begin). Where inputs failed, they are told and the status is
 * status_with_errors. */
void res_batch_end(struct ctx *c, struct res *r, const struct failure *failed, size_t n, int status_with_errors);
