#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The receiving side of LMTP (RFC 2033 on RFC 5321) as a pure state machine: bytes in, replies out, and now and then a question
 * to the caller (is this recipient known? here is a mail, what became of it for each recipient?). It opens no socket, asks no
 * clock and never waits, so that tests and the fuzzer drive it; lmtp_serve.h gives it sockets and threads.
 *
 * Speaks LHLO MAIL RCPT DATA BDAT RSET NOOP VRFY QUIT and PIPELINING, 8BITMIME, SMTPUTF8 (RFC 6531), SIZE (RFC 1870),
 * CHUNKING (RFC 3030), ENHANCEDSTATUSCODES (RFC 2034). After DATA, and after BDAT ... LAST, every recipient that was accepted
 * gets one reply, in the order of the RCPT commands.
 *
 * Only CRLF ends a line and only CRLF.CRLF ends DATA. A mail with a bare CR or LF is read to its end and refused with 554 5.6.11
 * for every recipient (SMTP smuggling, CVE-2023-51764); NUL and every other byte is let through, because the parser deals with
 * them and a refused mail is a lost one. How the bytes are cut into pieces makes no difference to the replies.
 *
 * Limits: the names below. A mail over max_message_bytes is read on and answered with 552 5.3.4; one that runs to twice that ends
 * the session. More than LMTP_MAX_BAD_COMMANDS mistakes since the last mail end it with 421. */

enum {
	LMTP_MAX_LINE_BYTES =
		2048, /* of a command, with CRLF; RFC 5321 section 4.5.3.1.4 wants 512 and more for extensions */
	LMTP_MAX_ADDRESS_BYTES = 320, /* 64 + 1 + 255 */
	LMTP_MAX_RECIPIENTS = 100,    /* per mail, then 452 4.5.3: the sender splits it */
	LMTP_MAX_BAD_COMMANDS = 10,
	LMTP_MAX_REPLY_BYTES = 512, /* of a reply line, RFC 5321 section 4.5.3.1.5; a longer sentence is cut */
};

/* What the caller has to do next. */
enum lmtp_event {
	LMTP_MORE,  /* feed the next bytes */
	LMTP_RCPT,  /* say with lmtp_proto_answer_rcpt() whether lmtp_proto_asked() is known here */
	LMTP_MAIL,  /* lmtp_proto_mail() is complete: say with lmtp_proto_answer_mail() what became of it */
	LMTP_CLOSE, /* send the replies and close the connection */
};

struct lmtp_mail {
	struct str id;             /* the caller's name of the mail, for logs and the 250; null until he sets it */
	struct str return_path;    /* empty for <> */
	const struct str *recipients;
	size_t recipients_n;
	struct str data;           /* as sent, dots unstuffed, lines end in CRLF, may hold NUL */
	bool is_utf8;              /* the sender said SMTPUTF8 */
};

/* One reply: 550, "5.1.1", "No such inbox". What is not printable ASCII in the text becomes a question mark. */
struct lmtp_reply {
	int code;
	const char *status;
	struct str text;
};

struct lmtp_proto;

/* A session; the greeting waits in its replies. hostname is copied. */
struct lmtp_proto *lmtp_proto_open(struct str hostname, size_t max_message_bytes);
void lmtp_proto_close(struct lmtp_proto *p);

/* Takes bytes from the start of what the peer sent and returns how many; it stops early where the caller has to do something
 * (event_out) and where many replies wait to be sent. Call it again with the rest, which may be empty. */
size_t lmtp_proto_feed(struct lmtp_proto *p, struct str bytes, enum lmtp_event *event_out);

/* While LMTP_RCPT: the address, and the answer. 2xx accepts it. */
struct str lmtp_proto_asked(const struct lmtp_proto *p);
void lmtp_proto_answer_rcpt(struct lmtp_proto *p, const struct lmtp_reply *reply);

/* While LMTP_MAIL: the mail, valid until it is answered; one reply for each recipient. */
const struct lmtp_mail *lmtp_proto_mail(const struct lmtp_proto *p);
void lmtp_proto_answer_mail(struct lmtp_proto *p, const struct lmtp_reply *replies);

/* What waits to be sent; lmtp_proto_sent() takes n bytes off its front. */
struct str lmtp_proto_replies(const struct lmtp_proto *p);
void lmtp_proto_sent(struct lmtp_proto *p, size_t n);

/* Between the first byte of a mail's content and its answer. */
bool lmtp_proto_is_in_mail(const struct lmtp_proto *p);
/* The number of commands taken so far, so that the caller can tell a slow peer from a silent one. */
uint64_t lmtp_proto_commands(const struct lmtp_proto *p);
/* Memory that the mail being received takes. */
size_t lmtp_proto_held_bytes(const struct lmtp_proto *p);
/* Gives that memory back: the rest of the mail is read and answered with 452 4.3.1, come again later. */
void lmtp_proto_drop_mail(struct lmtp_proto *p);
/* 421, and nothing more is taken. */
void lmtp_proto_hang_up(struct lmtp_proto *p, const char *status, struct str text);
