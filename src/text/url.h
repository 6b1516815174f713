#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Addresses that people follow: the one check of schemes, for links in mails, for web sites in contact fields, for
 * what an admin types. It says what may be shown as a link, not where our own program may connect to: that is decided
 * by the resolved address, in net/. */

struct arena;

enum { MAX_URL_BYTES = 8192 };

enum url_kinds {
	URL_WEB = 1,  /* http: and https:, with a host */
	URL_MAIL = 2, /* mailto: */
	URL_PHONE = 4, /* tel: */
	URL_LINK = URL_WEB | URL_MAIL | URL_PHONE,
};

/* Is raw an absolute address of one of these kinds? Then *out is what to write into an href: without the tabs, line
 * breaks and outer blanks that browsers take out before they look at the scheme, without control characters, with the
 * scheme in lower case, and with blanks, quotes and angle brackets as %XX. Relative addresses, other schemes and
 * anything over MAX_URL_BYTES are refused. Cleaning *out again gives the same bytes. */
bool url_clean(struct arena *a, struct str raw, unsigned kinds, struct str *out);

struct url {
	struct str scheme; /* lower case */
	struct str user;   /* with the password, as written; null: none */
	struct str host;   /* lower case, [::1] with its brackets */
	int port;          /* what the scheme says where none is written */
	struct str path;   /* from the slash, with the query, without the fragment; "/" where there is none */
};

/* The parts of an http: or https: address; false when it is none. Stricter than a browser: no backslashes, no blanks,
 * a host of letters, digits, dots, dashes and underscores (or bytes above 7f), or an IPv6 address in brackets. */
bool url_parse(struct arena *a, struct str text, struct url *out);

/* How many bytes at the start of text are an http:// or https:// address as people type it: a dot or bracket that
 * ends the sentence does not belong to it. 0: none. */
size_t url_prefix_n(struct str text);
