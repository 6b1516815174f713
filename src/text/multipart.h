#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* Reads multipart/form-data (RFC 7578, RFC 2046 section 5.1.1) in pieces of any size, in one pass and in a few KB of memory: the
 * parts go to three functions as they come. Parts inside of parts are not a thing of forms and are handed over as bytes.
 *
 * ERR_BAD_INPUT: no boundary, more than MAX_FORM_PARTS parts, a head over MAX_PART_HEAD_BYTES or without a name, or an end that is
 * missing (multipart_end says so). An error of the functions is handed up. After an error nothing more may be added. */

struct arena;
struct ctx;
struct multipart;

enum {
	MAX_FORM_PARTS = 50,
	MAX_PART_HEAD_BYTES = 8192,
	MAX_BOUNDARY_BYTES = 70, /* RFC 2046 */
};

/* The head of a part. Valid UTF-8; lives until the next one. */
struct multipart_part {
	struct str name;
	struct str file_name;    /* null: a field, not a file; never with a path */
	struct str content_type; /* as it came, one line; null: none */
};

struct multipart_reader {
	void *self;
	enum err (*begin)(void *self, const struct multipart_part *part);
	enum err (*bytes)(void *self, struct str bytes);
	enum err (*end)(void *self);
};

/* The boundary of a Content-Type; false when it is not multipart/form-data with one. */
bool multipart_boundary(struct arena *a, struct str content_type, struct str *out);

/* The boundary is copied. */
struct multipart *multipart_new(struct ctx *c, struct str boundary, const struct multipart_reader *reader);
enum err multipart_add(struct multipart *m, struct str bytes);
/* All was added: was it whole? */
enum err multipart_end(struct multipart *m);
