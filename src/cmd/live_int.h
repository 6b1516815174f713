#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "cmd/live.h"
#include "store/access.h"

/* What live.c and live_presence.c share. */

struct buf;
struct sse_hub;

enum { ARENA_BYTES = 64 << 20, POLL_MS = 5000 };

struct live {
	struct live_config config;
	struct sse_hub *hub;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool is_woken;
	bool is_closing;
	pthread_t thread;
	pthread_mutex_t sending; /* held while events go out, and while a client is taken in */
	int64_t last_id;         /* under sending: the newest event that was sent */
	atomic_int limited_n;    /* clients who do not see all tickets */
};

struct client {
	struct actor who; /* its strings are not looked at */
	struct ticket_access tickets;
	struct live *live;
	int64_t room[]; /* what tickets points at */
};

/* A unit of work of the stream's own. */
struct ctx live_ctx(struct live *l, struct arena *a);

/* live_presence.c: tells everybody who came to tickets, what he does there, and who left (desk/presence.h). Transient: these events have
 * no id, so a client that comes back does not ask for them, and gets all who are there instead. Nobody hears of himself, or of tickets
 * that he does not see. Returns how long to wait until it may be called for again, at most POLL_MS. */
int64_t live_send_presence(struct live *l);
/* All who are there, for one who comes. In order with what is sent: l->sending is held. */
enum err live_add_presence(struct ctx *c, const struct actor *who, struct buf *b);
