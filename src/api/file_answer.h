#pragma once

#include "api/call.h"

/* Bytes of strangers as an answer (reliability.md V2): shown by a browser only where the bytes themselves say that they are a PNG,
 * JPEG, GIF or WebP; everything else is a download of no type. Always nosniff, and sandboxed without any source. Ranges
 * (RFC 9110 section 14, one at a time) and If-None-Match count. */

struct file_answer {
	int fd; /* the arena's to close */
	struct str name;
	struct str etag; /* without quotes */
	bool is_for_robots; /* may be indexed */
};
enum err res_file(struct ctx *c, const struct req *q, struct res *r, const struct file_answer *f);
