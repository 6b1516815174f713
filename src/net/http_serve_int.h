#pragma once

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <netinet/in.h>

#include "net/http_serve.h"
#include "net/network.h"

/* The inside of http_serve*.c; nobody else includes it.
 *
 * A conn lives as long as its libmicrohttpd connection; the watch thread sees it through the list, under the lock. A
 * call lives in its own arena, from the request line to the end of the answer; arenas are kept for the next call. When
 * a call outlives its connection (a drain that ran out of time), whoever answers it frees it. */

enum {
	LINGER_MAX = 256,
	LINGER_MS = 5000,
	SPARE_ARENAS_MAX = 64,
};

enum phase { PHASE_HEAD, PHASE_BODY, PHASE_RUN, PHASE_ANSWER };

struct conn {
	struct conn *prev, *next;
	int fd;
	_Atomic int phase;
	_Atomic int64_t deadline_ms; /* by the server's clock; 0: none */
	_Atomic uint64_t moved_bytes; /* of the body */
	_Atomic uint64_t marked_bytes; /* when it was last looked at */
	unsigned char address[ADDRESS_BYTES]; /* of the other end */
	char peer[INET6_ADDRSTRLEN];
	bool is_proxy; /* a trusted one */
};

enum call_state {
	CALL_RUNNING,   /* not yet answered; the pool's thread has it */
	CALL_WAITING,   /* not yet answered; the connection is suspended */
	CALL_DONE,      /* answered or detached */
	CALL_ABANDONED, /* the connection is gone; the answerer frees it */
};

struct call {
	struct http_call pub;
	struct http_serve *s;
	struct conn *conn;
	struct MHD_Connection *mhd;
	struct call *prev, *next; /* waiting calls */
	_Atomic int state;
	pthread_t thread;
	const char *raw_target; /* where libmicrohttpd has it */
	struct str target;
	bool is_seen;    /* the head was checked */
	bool is_refused;
	enum err refusal;
	char *body;      /* malloc */
	size_t body_room_bytes;
	struct http_sink sink; /* take NULL: the body is kept */
	uint64_t sunk_bytes;
	struct MHD_Response *response; /* NULL when done: detached */
	unsigned status;
	const struct http_answer *refusal_answer;
};

struct lingerer {
	int fd;
	int64_t until_ms;
};

struct http_serve {
	struct http_config config;
	struct network_list trusted; /* proxies */
	struct MHD_Daemon *daemon;
	int listen_fd;
	int port;
	_Atomic int64_t now_ms; /* monotonic, a second fine: what the deadlines are counted in */
	_Atomic uint64_t in_flight; /* calls between request line and answer; CLOSED is or'ed in */
	_Atomic size_t bodies_bytes;
	_Atomic bool is_draining;
	pthread_mutex_t lock; /* of all below, and of every change of a call's state by another than its own thread */
	unsigned holders_n; /* http_serve_close() and abandoned calls; the last one frees it */
	struct conn *conns;
	struct call *waiting;
	struct arena *spare[SPARE_ARENAS_MAX];
	size_t spare_n;
	struct lingerer linger[LINGER_MAX];
	size_t linger_n;
	bool is_watch_over;
	pthread_t watch;
	int wake_fd;
};

#define CLOSED (UINT64_C(1) << 63)

/* http_serve_request.c: what the library calls; cls is the struct http_serve. */
void http_on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                        enum MHD_ConnectionNotificationCode code);
void *http_on_target(void *cls, const char *target, struct MHD_Connection *mhd);
size_t http_keep_escapes(void *cls, struct MHD_Connection *mhd, char *text);
enum MHD_Result http_on_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                               const char *version, const char *bytes, size_t *bytes_n, void **context);
void http_on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode code);

/* http_serve_strict.c: is the head one that nobody can read in two ways? */
bool http_head_is_strict(struct call *k, const char *method, const char *version);

/* http_serve_peer.c: who is at the other end; and who asks, which is somebody else where that is a proxy. */
void http_peer_of_connection(const struct http_serve *s, struct conn *conn, struct MHD_Connection *mhd);
struct str http_peer_of_call(struct call *k);

/* http_serve_watch.c */
enum err http_watch_start(struct ctx *c, struct http_serve *s);
void http_watch_stop(struct http_serve *s);
/* Takes over fd: reads and drops what comes, closes it at its end or after LINGER_MS. */
void http_linger(struct http_serve *s, int fd);
/* The connection enters the phase and has within_ms for it; 0: no limit. */
void http_phase(struct http_serve *s, struct conn *conn, enum phase phase, int64_t within_ms);

/* http_serve_answer.c: an answer as bytes, with Connection: close, for sockets that are no longer the library's. */
struct str http_raw(struct arena *a, const struct http_answer *answer, bool with_body);

/* Ends a call: its body is freed and its arena goes back to the spare ones. */
void http_call_free(struct call *k);
/* Under the lock, which it releases: one holder less. */
void http_serve_release(struct http_serve *s);
