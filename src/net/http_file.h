#pragma once

#include "base/ctx.h"
#include "base/str.h"
#include "net/http_serve.h"

/* Bytes of strangers as an answer (reliability.md V2): shown by a browser only where the bytes themselves say that they are a PNG,
 * JPEG, GIF or WebP, or, where that is meant, a video or its captions; everything else is a download of no type. Always nosniff, and
 * sandboxed without any source.
 *
 * GET may ask for one part (RFC 9110 section 14; several at once are answered with everything), and for a version by If-Range,
 * If-None-Match and If-Match; of HEAD no part is asked (section 14.2). */

enum http_file_shows {
	HTTP_SHOWS_PICTURES,
	HTTP_SHOWS_VIDEOS, /* these too */
	HTTP_SHOWS_NOTHING, /* whatever it is: a download */
};

struct http_file {
	int fd;          /* the arena's to close */
	struct str name; /* for whoever saves it */
	struct str etag; /* without quotes, and without a comma in it */
	enum http_file_shows shows;
	bool is_for_robots; /* may be indexed */
};

/* Fills the answer, its headers in the arena; body_fd is f->fd, to be duplicated by whoever answers, since the server closes it.
 * Status 200, 206, 304, 412 or 416. */
enum err http_file_answer(struct ctx *c, struct http_call *call, const struct http_file *f, struct http_answer *out);
