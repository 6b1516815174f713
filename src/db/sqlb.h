#pragma once

#include <stddef.h>

#include "db/db.h"

/* Statements made at run time, for lists with optional filters. Fragments have to be literals (anything else does not compile)
 * and values travel as parameters: every ? of a fragment takes the next of its ARGS. Prepared statements are kept by
 * text, as many as MAX_CACHED_TEXTS per connection. */

struct arena;

enum { MAX_SQLB_BYTES = 32768, MAX_SQLB_ARGS = 512, MAX_CACHED_TEXTS = 128 };

struct sqlb {
	struct arena *a;
	char *text;
	size_t text_n;
	struct sql_value *args;
	size_t arg_n;
};

void sqlb_init(struct sqlb *b, struct arena *a);
#define sqlb_add(b, literal, ...) sqlb_add_fragment((b), "" literal, __VA_ARGS__)
void sqlb_add_fragment(struct sqlb *b, const char *fragment, const struct sql_value *args, size_t arg_n);
/* As db_all, db_one and db_exec. @cols works as in struct sql. */
enum err sqlb_all(struct ctx *c, const struct sqlb *b, const struct shape *shape, void *rows_out, size_t *n_out);
enum err sqlb_one(struct ctx *c, const struct sqlb *b, const struct shape *shape, void *out);
enum err sqlb_exec(struct ctx *c, const struct sqlb *b, int64_t *changed_out);
