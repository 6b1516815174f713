#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* The path of a request, and the other names that the wire has for the same address: the version may stand behind the first or
 * behind the second segment (/crm/v3/objects, /crm/objects/v3), and be a date (/crm/objects/2026-03). routes[] knows one form
 * only: /crm/v3/… or /crm/v4/…, as do all handlers. */

struct arena;

enum { MAX_SEGMENTS = 16, MAX_READINGS = 2 };

struct path {
	struct str segments[MAX_SEGMENTS];
	size_t n;
	/* What routes[] may call segments[1], the one to be tried first before the other. A date is the newest version of an
	 * address: v4 where there is one, else v3. */
	struct str readings[MAX_READINGS];
	size_t reading_n;
};

/* Cuts the path of a route, "{name}" and all. Empty segments are passed over: "//" and a slash at the end mean nothing.
 * false: more than MAX_SEGMENTS. */
bool path_cut(struct str text, struct path *out);
/* Reads the path of a request: percent-decodes each segment, puts the version in its place. false: not well-formed. */
bool path_read(struct arena *a, struct str text, struct path *out);
