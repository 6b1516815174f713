#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Parts of a file and its version, as a browser asks for them (RFC 9110 sections 8.8.3, 13 and 14). */

enum http_range {
	HTTP_RANGE_ALL,   /* no range, one that is none, or several at once, which a server may answer with everything */
	HTTP_RANGE_PART,
	HTTP_RANGE_NEVER, /* a range that the file does not have: 416 */
};

/* The value of Range for a file of that size; from and n are written for HTTP_RANGE_PART only. One that ends behind the file ends
 * with it, however large the number is. Of an empty file there is no part: its last bytes are all of it. */
enum http_range http_range_read(struct str header, int64_t size, int64_t *from, int64_t *n);

/* Does the list of If-None-Match or If-Match name this entity tag (with its quotes)? "*" names every one. is_strong: a weak tag ("W/")
 * counts as another (section 8.8.3.2). */
bool http_etag_is_in(struct str header, struct str etag, bool is_strong);
