#pragma once

#include "base/ctx.h"

/* The listening socket of lmtp_serve.c, from "HOST:PORT" or "unix:/path". */

struct lmtp_listener {
	int fd;         /* non-blocking; -1: none */
	int port;       /* 0: unix */
	char path[108]; /* of the unix socket, removed by lmtp_listen_close() */
};

enum err lmtp_listen_open(struct ctx *c, struct str address, struct lmtp_listener *out);
void lmtp_listen_close(struct lmtp_listener *l);
