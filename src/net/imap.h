#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* An IMAP client for one folder of one mailbox: what is new since a UID, and being told when something is. libcurl does TLS (always
 * verified), STARTTLS and the login by password; the commands after that are ours. Nothing on the server is
 * changed: the folder is opened read-only (EXAMINE), mails are fetched with PEEK.
 *
 * Calls block; one thread per mailbox. A descriptor that becomes readable (stop_fd) ends any of them with ERR_BUSY.
 * Errors: ERR_REFUSED - the login was denied, nothing will be better without a person; ERR_NOT_FOUND - no such folder;
 * ERR_OUTSIDE - network, TLS, a server that breaks off or makes no sense: close, wait, open again. After any error but those of the
 * caller's own function, only imap_close() is allowed. */

enum {
	IMAP_CONNECT_MS = 30 * 1000,    /* address, TCP, TLS and login together */
	IMAP_QUIET_MS = 60 * 1000,      /* no byte in answer to a command */
	IMAP_COMMAND_MS = 10 * 60 * 1000,
	IMAP_IDLE_MS = 9 * 60 * 1000,   /* then IDLE is begun anew; servers drop it after 10 to 29 minutes */
	IMAP_POLL_MS = 30 * 1000,       /* between questions to a server without IDLE */
	IMAP_MAX_MESSAGE_BYTES = 50 << 20,
};

enum imap_security {
	IMAP_TLS,      /* from the first byte, port 993 */
	IMAP_STARTTLS, /* insisted on, port 143 */
	IMAP_PLAIN,    /* only to this machine */
};

struct imap_config {
	struct str host;
	int port; /* 0: 993 or 143 */
	enum imap_security security;
	struct str username;
	struct str password;
	struct str folder;  /* UTF-8; null: INBOX */
	struct str ca_file; /* PEM; null: the system's */
	int64_t max_message_bytes; /* 0 in this and the rest: as above */
	int64_t connect_ms;
	int64_t quiet_ms;
	int64_t idle_ms;
	int64_t poll_ms;
};

struct imap_state {
	uint32_t uidvalidity; /* another than the one remembered: all UIDs are void */
	uint32_t uidnext;     /* 0: the server does not say */
	uint32_t exists;      /* mails in the folder */
};

enum imap_flag { IMAP_SEEN = 1, IMAP_ANSWERED = 2, IMAP_FLAGGED = 4, IMAP_DRAFT = 8, IMAP_DELETED = 16 };

/* What stands behind a UID. */
enum imap_content {
	IMAP_WHOLE,
	IMAP_HEADER_ONLY, /* the mail is larger than max_message_bytes: raw is its header, 256 KB at most */
	IMAP_UNREADABLE,  /* the server names the mail and does not hand it over: raw is empty, why says what it said */
};

struct imap_mail {
	uint32_t uid;
	int64_t internal_date_ms; /* when the server got it; 0: not known */
	unsigned flags;           /* of enum imap_flag */
	int64_t size_bytes;       /* as the server says */
	enum imap_content content;
	struct str raw;           /* valid during the call */
	struct str why;
};

/* Takes one mail. Any error ends imap_fetch_since(), which returns it; the UID was not dealt with then. */
typedef enum err imap_fn(void *self, const struct imap_mail *mail);

struct imap;

/* Connects and signs in. config is copied. stop_fd: -1 for none. ERR_BAD_INPUT: the configuration cannot be meant. */
enum err imap_open(struct ctx *c, const struct imap_config *config, int stop_fd, struct imap **out);

/* Opens the folder. */
enum err imap_select(struct ctx *c, struct imap *imap, struct imap_state *out);

/* Hands every mail with a UID above last_uid to fn, in the order of UIDs, each once; those marked \Deleted or gone meanwhile
 * are left out. However long the outage was, all are there. */
enum err imap_fetch_since(struct ctx *c, struct imap *imap, uint32_t last_uid, imap_fn *fn, void *self);

/* Waits: OK when there may be something new, and when idle_ms have passed. */
enum err imap_idle(struct ctx *c, struct imap *imap);

/* Says LOGOUT without waiting and frees everything. NULL is allowed. */
void imap_close(struct imap *imap);
