#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* Hands one mail to the configured mail server over SMTP (libcurl), and tells exactly what became of it: taken, refused for good,
 * come again, or nobody knows. It does not queue, retry or log; the outbox does, with these answers.
 *
 * TLS is verified always. smtps:// is TLS from the first byte. smtp:// to another machine uses STARTTLS where it is offered and
 * insists on it when there is a password to protect; smtp:// to this machine (localhost, 127.0.0.0/8, ::1) is plain, because a
 * local server's certificate is hardly ever one that could be verified. SMTP_TLS_REQUIRED insists on STARTTLS everywhere.
 * Login is AUTH PLAIN or LOGIN.
 *
 * A client keeps its connection for the next mail. One thread at a time. Limits: the constants below. */

enum {
	SMTP_CONNECT_MS = 30 * 1000, /* address, TCP, TLS, greeting and login together */
	SMTP_TOTAL_MS = 300 * 1000,
	SMTP_STALL_MS = 120 * 1000,  /* no byte in either direction before the end of the content */
	SMTP_MAX_REPLY_BYTES = 1000, /* kept of a server's reply */
	SMTP_MAX_RECIPIENTS = 100,
};

enum smtp_tls { SMTP_TLS_AUTO, SMTP_TLS_REQUIRED };

struct smtp_config {
	struct str url;      /* smtp://HOST[:PORT] or smtps://HOST[:PORT]; ports 25 and 465 */
	struct str hostname; /* our name in EHLO; null: the machine's */
	struct str user;     /* null: no login */
	struct str password;
	enum smtp_tls tls;
	struct str ca_file;  /* PEM; null: the system's */
	int64_t connect_ms;  /* 0 in both: as above */
	int64_t total_ms;
	bool (*is_stopping)(void *self); /* asked at least once a second; true ends the call. May be NULL */
	void *self;
};

struct smtp_mail {
	struct str from;      /* the return path; empty: <> */
	const struct str *to;
	size_t to_n;
	struct str data;      /* header and body, every line ends in CRLF; dots are stuffed here */
};

/* How far a call came. */
enum smtp_step {
	SMTP_STEP_CONNECT,   /* address, TCP, TLS, greeting */
	SMTP_STEP_HELLO,     /* EHLO, STARTTLS */
	SMTP_STEP_LOGIN,
	SMTP_STEP_SENDER,    /* MAIL */
	SMTP_STEP_RECIPIENT, /* RCPT */
	SMTP_STEP_DATA,      /* the command */
	SMTP_STEP_CONTENT,
	SMTP_STEP_END,       /* the final dot is out */
};

/* What became of the mail for one recipient. */
struct smtp_rcpt {
	enum err err;     /* OK, ERR_OUTSIDE or ERR_REFUSED */
	int code;         /* of the reply that decided; 0: there was none */
	struct str reply; /* its text with the code, lines joined by blanks, UTF-8 */
};

struct smtp_result {
	enum smtp_step step;
	int code;           /* of the last reply; 0: there was none */
	struct str reply;   /* its text, as with the queue id of the server; null: there was none */
	bool is_sent_maybe; /* the connection broke behind the final dot: perhaps taken. Do not send again blindly */
	struct smtp_rcpt *recipients; /* one for each of mail->to, in the arena of c */
};

struct smtp_client;

/* Checks the configuration (ERR_BAD_INPUT with a sentence) and copies it; nothing is connected yet. */
enum err smtp_client_open(struct ctx *c, const struct smtp_config *config, struct smtp_client **out);
/* Says QUIT, for a second at most, and frees everything. NULL is allowed. */
void smtp_client_close(struct smtp_client *client);

/* Sends. OK: the server took it for at least one recipient - look at each. ERR_OUTSIDE: for nobody, and it may go better later
 * (4xx, no connection, TLS, login, time). ERR_REFUSED: every recipient was refused for good (5xx). ERR_BAD_INPUT: nothing was
 * tried, an address or the mail itself cannot be sent (control bytes, a bare CR or LF).
 * A 5xx before MAIL, or one that asks for a login (530, 534, 535, 538), says nothing about this mail and counts as ERR_OUTSIDE:
 * a wrong password must not bounce a day's answers. out is filled whenever something was tried. */
enum err smtp_call(struct ctx *c, struct smtp_client *client, const struct smtp_mail *mail, struct smtp_result *out);
