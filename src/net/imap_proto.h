#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The answers of an IMAP server (RFC 3501 section 7, RFC 9051) as a pure reader: bytes in, responses out. Opens no socket; the
 * client in imap.h does. The server is not trusted: every length is bounded, and nothing it says can be read twice.
 *
 * A literal that is longer than there is room for does not end the session: its first IMAP_CUT_BYTES are kept and marked, the rest
 * is read away. So one huge mail cannot stop a mailbox. How the bytes are cut into pieces makes no difference. */

struct arena;

enum {
	IMAP_MAX_LINE_BYTES = 64 << 10, /* of a response without its literals */
	IMAP_MAX_LITERALS = 16,         /* in one response */
	IMAP_MAX_DEPTH = 32,            /* of lists in lists */
	IMAP_CUT_BYTES = 256 << 10,     /* kept of a literal that is too long */
};

enum imap_event {
	IMAP_MORE,
	IMAP_RESPONSE, /* imap_proto_response() */
	IMAP_BROKEN,   /* a line or the number of literals is over its limit; nothing more is taken */
};

enum imap_kind { IMAP_ATOM, IMAP_STRING, IMAP_LIST, IMAP_NIL };

struct imap_value {
	enum imap_kind kind;
	struct str text; /* of an atom or string */
	bool is_cut;     /* a literal whose end was read away */
	const struct imap_value *first; /* of a list */
	const struct imap_value *next;
};

/* One response: "* 12 FETCH (UID 7)", "* OK [UIDNEXT 8] fine", "a1 NO [AUTHENTICATIONFAILED] sorry", "+ go on". */
struct imap_response {
	struct str tag;    /* "*", "+" or what the client sent */
	struct str name;   /* OK NO BAD BYE PREAUTH EXISTS FETCH SEARCH ...; empty for "+" */
	int64_t number;    /* before the name; -1: none */
	struct str code;   /* of a status response, what stands in []; null: none */
	struct str text;   /* of a status response and "+", for people */
	const struct imap_value *values; /* of any other */
	bool is_malformed; /* values could not be read to their end */
};

struct imap_proto;

/* max_literal_bytes: of the literals of one response together. */
struct imap_proto *imap_proto_open(size_t max_literal_bytes);
void imap_proto_close(struct imap_proto *p);

/* Takes bytes from the start of what the server sent and returns how many; it stops behind each response. */
size_t imap_proto_feed(struct imap_proto *p, struct str bytes, enum imap_event *event_out);

/* The last response; valid until the next imap_proto_feed(). */
const struct imap_response *imap_proto_response(const struct imap_proto *p);

/* The value behind a name in a list of names and values ("(UID 7 FLAGS ())"), without case; NULL: not there. */
const struct imap_value *imap_attr(const struct imap_value *list, struct str name);
/* A number above 0 (RFC 3501 nz-number: below 2^32) as UIDs are; false: it is none. */
bool imap_number(struct str s, uint32_t *out);
/* "17-Jul-1996 02:44:25 -0700" in unix ms. */
bool imap_date(struct str s, int64_t *at_ms_out);
/* A folder's name from UTF-8 as a quoted string in modified UTF-7 (RFC 3501 section 5.1.3); false: it holds CR, LF or NUL, or is not
 * valid UTF-8. */
bool imap_folder(struct arena *a, struct str name, struct str *out);
