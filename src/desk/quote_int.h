#pragma once

#include "desk/defaults.h"
#include "desk/object.h"
#include "desk/quote.h"

/* Between quote*.c. */

/* Locks the quote and loads it. */
enum err quote_hold(struct ctx *c, int64_t id, struct object *out);
struct str quote_state_of(struct ctx *c, const struct object *quote);
/* What the object and its line items say now; fault_out says why it cannot be published, or null. */
enum err quote_paper_of_draft(struct ctx *c, const struct object *quote, struct quote_paper *out, struct str *fault_out);
/* The line items of a quote, in their order. */
enum err quote_items(struct ctx *c, const struct object *quote, struct object **out, size_t *n_out);
/* Sets properties that only the desk sets. */
enum err quote_set(struct ctx *c, struct object *quote, const struct prop *props, size_t n);
/* The first object of a type that the quote is linked with; ERR_NOT_FOUND. */
enum err quote_linked_object(struct ctx *c, const struct object *quote, int64_t type, struct object *out);
