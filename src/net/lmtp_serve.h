#pragma once

#include <stdint.h>

#include "base/ctx.h"
#include "net/lmtp_proto.h"

/* The LMTP listener: sockets and threads around lmtp_proto.h. One thread accepts, every session has its own; a session that
 * delivers blocks nobody else, so many sessions share one group commit. It trusts whoever can connect: bind it to loopback or to a
 * unix socket behind a mail server, never to the internet (no TLS, no authentication).
 *
 * A mail is answered with 250 only after deliver() has said OK for that recipient, and deliver() returns when everything is
 * durable. If the connection breaks before the 250 arrives, the sender delivers again: the caller has to know the mail by its
 * content.
 *
 * Limits, besides those of lmtp_proto.h: the members of struct lmtp_config; a mail takes LMTP_MAIL_MS at most. A session over
 * max_sessions gets 421 4.3.2, a mail that would take the memory of all sessions over max_held_bytes gets 452 4.3.1. */

enum {
	LMTP_MAX_SESSIONS = 64,
	LMTP_MAX_MESSAGE_BYTES = 50 << 20,
	LMTP_MAX_HELD_BYTES = 512 << 20,
	LMTP_IDLE_MS = 5 * 60 * 1000, /* RFC 5321 section 4.5.3.2.7 */
	LMTP_MAIL_MS = 30 * 60 * 1000,
	LMTP_DRAIN_MS = 10 * 1000,
};

struct lmtp_config {
	struct str listen;   /* "HOST:PORT" ("[::1]:8024"; port 0: any free one) or "unix:/path" */
	struct str hostname; /* in the greeting */
	int max_sessions;          /* 0 in this and the next three: the value above */
	int64_t max_message_bytes; /* of one mail, announced as SIZE */
	int64_t max_held_bytes;    /* of the mails that all sessions are receiving */
	int64_t idle_ms;           /* silence of a peer; then 421 4.4.2 */
	const struct runner *run;  /* put into every ctx; may be NULL */

	/* Is there somebody with this address? ERR_NOT_FOUND: 550 5.1.1. Called in the session's thread. */
	enum err (*rcpt)(void *self, struct ctx *c, struct str address);
	/* Takes a mail. result[i] says what became of it for mail->recipients[i]; each holds ERR_INTERNAL when it is called, so
	 * that what was forgotten is not acknowledged. A returned error is the answer to all recipients. c is fresh: its
	 * arena may hold the mail twice and 32 MB more; c->request_id is mail->id. Called in the session's thread. */
	enum err (*deliver)(void *self, struct ctx *c, const struct lmtp_mail *mail, enum err *result);
	void *self;
};

struct lmtp_server;

/* Listens. ERR_BAD_INPUT: the address cannot be read; ERR_BUSY: it cannot be bound. A unix socket that a dead process left is
 * replaced; the new one may be used by owner and group. */
enum err lmtp_serve_open(struct ctx *c, const struct lmtp_config *config, struct lmtp_server **out);

/* The port it listens on; 0 for a unix socket. */
int lmtp_serve_port(const struct lmtp_server *s);

/* Stops: sessions without a mail get 421 4.3.2, a mail on its way may still come in for LMTP_DRAIN_MS, and deliver() is
 * always waited for. NULL is allowed. */
void lmtp_serve_close(struct lmtp_server *s);
