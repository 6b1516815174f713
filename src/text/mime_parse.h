#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "text/mail_addr.h"
#include "text/mail_headers.h"

/* A mail, as a help desk needs it: who, about what, the text, the HTML, the files, and what says that a machine
 * wrote it (RFC 5322, 2045-2049, 2231, 3464, 3676, 3834). Any bytes can be parsed: what cannot be understood
 * becomes text or an attachment, what lies beyond a limit is left out, and flags say so. The caller keeps the raw
 * mail, so nothing is lost.
 *
 * Structure is found by our own walk: one pass, no recursion, limits checked before memory is taken. GMime decodes
 * transfer encodings and dates; given the whole of a hostile 4 MB mail of empty parts it takes over 1 GB and 5 s.
 *
 * Everything in struct mime is valid UTF-8 without NUL, except for attachments' bytes. Strings borrow from raw and
 * c->a. */

struct ctx;

enum {
	MAX_MAIL_BYTES = 50 << 20, /* what lies behind is not read; borders refuse larger ones */
	MAX_PARTS = 1000,
	MAX_PART_HEADER_BYTES = 1 << 20, /* of all parts together, besides that of the mail; then parts have none */
	MAX_DEPTH = 50,            /* multiparts inside of each other */
	MAX_TEXT_BYTES = 2 << 20,  /* of body text; longer parts become attachments */
	MAX_MIME_HTML_BYTES = 2 << 20,
	MAX_REFERENCES = 50,       /* the last ones are kept */
	MAX_NAME_BYTES = 255,      /* of a file */
	MIME_ARENA_BYTES = 256 << 20, /* the budget an arena needs for one mail of MAX_MAIL_BYTES */
};

enum mime_flag {
	MIME_CUT_BYTES = 1 << 0,   /* larger than the limit */
	MIME_CUT_HEADERS = 1 << 1, /* of the mail or of a part */
	MIME_CUT_ADDRESSES = 1 << 2,
	MIME_CUT_PARTS = 1 << 3,
	MIME_CUT_DEPTH = 1 << 4,
	MIME_CUT_TEXT = 1 << 5,    /* a text part became an attachment because of its size */
	MIME_CUT_HTML = 1 << 6,    /* the same for HTML */
	MIME_ODD_HEADERS = 1 << 7, /* no empty line behind the header, or lines that are no fields */
	MIME_ODD_TWICE = 1 << 8,   /* From, Content-Type or another field that must be single is there twice */
	MIME_ODD_BOUNDARY = 1 << 9, /* a multipart without its boundary, or never closed */
	MIME_ODD_BYTES = 1 << 10,  /* NUL */
	MIME_CUT_ANY = MIME_CUT_BYTES | MIME_CUT_HEADERS | MIME_CUT_ADDRESSES | MIME_CUT_PARTS | MIME_CUT_DEPTH |
	               MIME_CUT_TEXT | MIME_CUT_HTML,
};

struct mime_attachment {
	struct str name;         /* never empty; no path, no control characters, at most MAX_NAME_BYTES */
	struct str content_type; /* lower case, of the form x/y */
	struct str content_id;   /* without <>; null when missing */
	bool is_inline;          /* shown inside of the HTML, by cid: */
	struct str bytes;        /* decoded */
};

/* What a delivery report says of its first failed recipient (RFC 3464). */
struct mime_report {
	struct str type;                /* delivery-status, feedback-report …; null: no report */
	struct str action;              /* failed, delayed, delivered … in lower case */
	struct str status;              /* 5.1.1 */
	struct str recipient;           /* the address in Final-Recipient, or Original-Recipient */
	struct str diagnostic;
	struct str original_message_id; /* of the mail that came back, without <> */
};

struct mime {
	struct str message_id; /* without <>; null when missing: the caller makes one from the bytes */
	struct str *in_reply_to;
	size_t in_reply_to_n;
	struct str *references;
	size_t references_n;
	struct mail_addrs from, sender, reply_to, to, cc;
	struct str subject; /* one line, at most 998 bytes; empty when missing */
	int64_t date_ms;    /* 0: unknown */

	struct str text; /* null: no plain text, use html */
	struct str html; /* as it came: hostile until cleaned; null: none. The whole mail, where text may be a part */
	struct mime_attachment *attachments;
	size_t attachment_n;

	struct str auto_submitted;           /* these: one line in lower case, null when missing */
	struct str precedence;
	struct str x_auto_response_suppress;
	struct str list_id;                  /* as it came, one line */
	struct str return_path;              /* the address; empty, not null, for <> */
	struct str loop;                     /* X-Bellhop-Loop, as it came */
	struct str authentication_results;   /* the topmost, one line */
	size_t received_n;
	bool is_from_list;                   /* any List-… field, or older ones */
	bool is_autoreply_marked;            /* X-Autoreply …, or a subject as answering machines write it */
	struct str failed_recipients;        /* X-Failed-Recipients (Exim), one line; null when missing */
	bool is_from_daemon;                 /* From mailer-daemon or postmaster */
	bool is_from_robot;                  /* From no-reply@…, and no Reply-To to a person */
	struct mime_report report;

	unsigned flags;   /* enum mime_flag */
	bool is_cut;      /* any MIME_CUT_… */
	struct str notes; /* a sentence for each flag, one per line; empty when there are none */
};

/* GMime's set-up; once, before any thread. */
void mime_start(void);

/* ERR_BAD_INPUT when there is nothing at all in raw (no byte but white space); every other input gives a mail. */
enum err mime_parse(struct ctx *c, struct str raw, struct mime *out);
/* The same, reading no more than max_bytes of it. */
enum err mime_parse_within(struct ctx *c, struct str raw, size_t max_bytes, struct mime *out);

/* Did a machine send it? Then nothing is ever answered by itself (RFC 3834): Auto-Submitted other than no, bulk
 * precedence, a list, a report, a null return path, a daemon as sender, or the fields that Exchange and
 * autoresponders set. */
bool mime_is_automatic(const struct mime *m);
/* Is it a message that says another one could not be delivered? (A report with action failed, or a daemon's free
 * text.) */
bool mime_is_bounce(const struct mime *m);
