#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "text/mail_addr.h"
#include "text/mime_parse.h"

/* An outgoing mail as bytes: multipart/alternative of text and HTML, multipart/related around images of the HTML,
 * multipart/mixed around files, each only where it is needed. CRLF line ends, ASCII only but for local parts in
 * UTF-8.
 *
 * The encoder cannot write CR, LF or NUL from any field, and addresses are built from checked parts: whatever the
 * fields hold, the mail has exactly these headers and these recipients. The same fields give the same bytes, so
 * that every try of a mail is the same mail. Blind copies are not a field: who sends gives them to the SMTP server
 * alone. */

struct ctx;

enum {
	MAX_MESSAGE_ID_BYTES = 900, /* an id must fit one line of 998 */
	MAX_WRITE_REFERENCES = 100, /* the first one and the last ones are kept */
};

struct mail_out {
	struct mail_addr from;
	struct mail_addr reply_to; /* null address: none */
	const struct mail_addr *to;
	size_t to_n;
	const struct mail_addr *cc;
	size_t cc_n;
	struct str subject;
	int64_t date_ms;
	struct str message_id;  /* without <> */
	struct str in_reply_to; /* without <>; null: none */
	const struct str *references; /* oldest first; in_reply_to is added at the end where it is not there */
	size_t references_n;
	struct str text; /* null: no plain text */
	struct str html; /* null: none */
	struct str calendar;        /* text/calendar beside the text (RFC 6047); null: none */
	struct str calendar_method; /* of it: REQUEST, CANCEL */
	const struct mime_attachment *attachments;
	size_t attachment_n;
	bool is_automatic; /* Auto-Submitted, and nobody's machine shall answer (RFC 3834) */
	struct str loop;   /* X-Bellhop-Loop: our instance; null: none */
};

/* ERR_BAD_INPUT: an address that is not sendable, or a Message-ID that is none. ERR_TOO_BIG: over MAX_MAIL_BYTES as
 * written. Ids of others that cannot be written (blanks, too long) are left out. Files of type message/… and
 * multipart/… go as application/octet-stream, since they must not be encoded (RFC 2046 section 5.2.1). */
enum err mime_write(struct ctx *c, const struct mail_out *m, struct str *out);

/* The subject of an answer: "Re: " before what is left when all reply prefixes are taken off, in whatever language
 * ("AW: ", "SV: ", "Odp: ", "回复：", "Re[2]: "). Forward prefixes stay. At most 998 bytes. */
struct str mail_reply_subject(struct arena *a, struct str subject);
/* The subject of a mail handed on: "Fwd: " before it, unless it begins with that. At most 998 bytes. */
struct str mail_forward_subject(struct arena *a, struct str subject);
