#pragma once

#include "base/str.h"

/* Pages for browsers. The workspace is one HTML page that loads its scripts; every answer to a browser carries the security headers
 * set here and nowhere else. */

struct http_call;

/* A file that is compiled into the program. */
struct page_file {
	struct str content_type;
	struct str etag;
	struct str body;
	struct str gzip; /* null: none */
	bool is_immutable;
};

/* The workspace's page: html with __NONCE__ replaced by a fresh nonce, under the Content-Security-Policy that fits it. */
void page_workspace(struct http_call *call, struct str html);
/* A file, compressed and from the cache where the browser can. */
void page_file(struct http_call *call, const struct page_file *file);
/* A page of a few lines or a form, that works without scripts. */
struct page_html {
	int status;
	struct str title;    /* as text */
	struct str body;     /* HTML */
	struct str location; /* of a redirect; null: none */
	struct str cookie;   /* to be set; null: none */
	struct str leads_to; /* origin that the form may be redirected to, beside our own; null: none */
};
void page_html(struct http_call *call, const struct page_html *page);
/* "There is nothing here", as a page that works without scripts. */
void page_not_found(struct http_call *call);
