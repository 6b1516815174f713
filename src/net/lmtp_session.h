#pragma once

#include <stdatomic.h>
#include <stdint.h>

#include "net/lmtp_serve.h"

/* One session of lmtp_serve.c, from greeting to goodbye, on its own thread. */

/* What all sessions of a server look at. */
struct lmtp_shared {
	const struct lmtp_config *config; /* with the defaults filled in */
	int stop_fd;                      /* readable: the server stops */
	_Atomic int64_t drain_until_ms;   /* monotonic; set before stop_fd */
	_Atomic int64_t held_bytes;       /* memory of the mails on their way */
};

struct lmtp_session {
	struct lmtp_shared *shared;
	int fd; /* closed by lmtp_session_run() */
	struct lmtp_proto *proto;
	int64_t held_bytes;       /* this session's part */
	uint64_t commands_n;      /* when the deadlines were set */
	int64_t idle_until_ms;
	int64_t mail_until_ms;    /* 0: no mail on its way */
	bool is_stopping;
};

void lmtp_session_run(struct lmtp_session *s);
