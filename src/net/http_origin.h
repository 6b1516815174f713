#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Does a request come from a page of ours? What a browser sends about that (Fetch metadata, else Origin, RFC 6454) no page can forge;
 * a program can, but has no cookie of anybody else. */

struct http_call;

/* By Sec-Fetch-Site, else by Origin against public_url and Host. false where neither is sent. */
bool http_is_same_origin(struct http_call *call, struct str public_url);
