#pragma once

#include "base/str.h"

/* Pages for browsers. The workspace is one HTML page that loads its scripts; every answer to a browser carries the security headers
 * set here and nowhere else. */

struct http_call;
struct http_header;

/* A file that is compiled into the program. */
struct page_file {
	struct str content_type;
	struct str etag;
	struct str body;
	struct str gzip; /* null: none */
	bool is_immutable;
};

/* The workspace's page: html with __NONCE__ replaced by a fresh nonce, under the Content-Security-Policy that fits it. Camera, microphone
 * and screen are for its address /record only, which is a window of its own. */
void page_workspace(struct http_call *call, struct str html);
/* A file, compressed and from the cache where the browser can. */
void page_file(struct http_call *call, const struct page_file *file);
enum page_layout { PAGE_SMALL, PAGE_WIDE };
/* A page of a few lines or a form, or a wide one to be read, that works without scripts. Its style is web/public/page.css. */
struct page_html {
	int status;
	enum page_layout layout;
	struct str language; /* null: en */
	bool is_rtl;         /* written from right to left */
	struct str title;    /* as text */
	bool has_own_heading; /* the body brings the h1 */
	struct str head;     /* HTML for the end of <head>: <link>, <meta>; null: none */
	struct str body;     /* HTML */
	const char *script;  /* "booking": /public/booking.js, made from web/public/booking.ts; NULL: none */
	bool is_for_robots;  /* the same for everybody: may be listed by search engines, and is kept until it changes */
	struct str location; /* of a redirect; null: none */
	struct str cookie;   /* to be set; null: none */
	struct str leads_to; /* origin that the form may be redirected to, beside our own; null: none */
};
void page_html(struct http_call *call, const struct page_html *page);
/* The headers of such a page for an answer that is not HTML (a file, a calendar): at most n of them, how many is returned. */
size_t page_headers(struct http_header *out, size_t n);
/* "There is nothing here", as a page that works without scripts. */
void page_not_found(struct http_call *call);
