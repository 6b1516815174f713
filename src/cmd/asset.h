#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* The web front end, compiled into the program (tools/embed, from web/dist). Without a built front end there is one asset,
 * index.html, that says so. Everything here lives as long as the program. */

struct asset {
	struct str name;         /* below web/dist: "assets/index-CIIqoyKQ.js" */
	struct str content_type; /* with charset */
	struct str etag;         /* in quotes, as RFC 9110 section 8.8.3 wants it; of the plain form */
	struct str body;
	struct str gzip, brotli; /* packed forms (Content-Encoding gzip and br); null: there is none */
	bool is_immutable;       /* its name changes with its bytes: may be cached for ever */
};

/* In order of their names, by bytes. */
extern const struct asset assets[];
extern const size_t asset_n;

/* By name, with or without a slash in front; NULL if there is none. */
const struct asset *asset_find(struct str path);
