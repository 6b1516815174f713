#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Compressed answers (RFC 1952, RFC 9110 section 8.4.1). Never for answers in which a secret stands beside what the caller chose: their
 * length would tell the secret. */

struct arena;
struct http_call;

enum {
	MIN_GZIP_BYTES = 1024,    /* shorter answers fit a packet as they are */
	MAX_GZIP_BYTES = 8 << 20, /* longer ones would hold up their thread */
};

/* Does the client take gzip? By its Accept-Encoding: q=0 is no, "*" is yes. */
bool http_accepts_gzip(struct http_call *call);
/* The same for the value of the header. */
bool gzip_is_accepted(struct str accept_encoding);

/* false where it is too short, too long, or would not get shorter. */
bool gzip_pack(struct arena *a, struct str bytes, struct str *out);
