#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* An HTTP/1.1 server (RFC 9110, RFC 9112): libmicrohttpd with epoll and a pool of threads. TLS is the business of a
 * proxy in front. Who asks is who opened the connection; where that is a proxy that the operator trusts, it is the last address of
 * X-Forwarded-For that is none of them. No other forwarding header is looked at.
 *
 * handle() gets a request when all of it was read, on a thread of the pool. What can be answered at once is answered
 * inside (the cheap way); what has to wait keeps the call, returns, and calls http_answer() later from any thread: the
 * connection is suspended meanwhile and holds no thread. Every call gets exactly one http_answer() or http_detach(); a
 * second one is a bug. A client that went away needs no care: the answer then goes nowhere.
 *
 * Limits, each answered by refuse() and then by closing the connection in order (what the client still sends is read
 * and dropped for LINGER_MS, so that it can read the answer): target over max_target_bytes ERR_URI_TOO_LONG, body over
 * max_body_bytes ERR_TOO_BIG, more than max_bodies_bytes in all bodies together ERR_BUSY, and ERR_BAD_INPUT for framing
 * that two parties could read differently: Content-Length with Transfer-Encoding, either of them twice, a transfer
 * coding other than chunked, folded header lines, bare LF in the head, blanks before the colon, control bytes, Host
 * missing or twice. libmicrohttpd itself answers, by a short HTML page, heads over HTTP_HEAD_BYTES (431), a
 * Content-Length that is no number, and bad chunks (400). Not noticed: a bare LF between chunks, and chunk extensions
 * of any form. The method may be any token; who dispatches refuses those he does not know.
 *
 * Slow clients are cut off: a head has to be complete header_ms after the connection opened (keep-alive: idle_ms
 * later), and bodies and answers have to move by HTTP_MIN_BYTES_PER_S. */

struct arena;
struct ctx;
struct http_serve;

enum {
	/* memory of a connection: request line, headers, their index, head of the answer */
	HTTP_HEAD_BYTES = 24 << 10,
	HTTP_MIN_BYTES_PER_S = 500,
	HTTP_MAX_ANSWER_HEADERS = 24,
};

/* One request. The bytes live until it is answered. */
struct http_call {
	struct arena *a; /* of this call; whatever the answer needs is made here */
	struct str method;
	struct str path;  /* as sent: not percent-decoded, "//" not collapsed; begins with "/" (or is "*") */
	struct str query; /* as sent, without "?"; null where there is none */
	struct str body;  /* chunks decoded; empty where there is none */
	struct str peer;  /* address of who asks, without port */
	bool is_head;
	void *owner;      /* begin()'s, for handle() and refuse() */
};

/* Where a body goes in pieces, as they come, instead of into call->body: an upload that is too large for memory. take() runs on
 * the thread that reads the request, which serves others too, so it has to be quick, as a write to a file is; an error of its
 * refuses the call. What it holds is deferred in call->a: a client that goes away in the middle is told by nothing else. */
struct http_sink {
	void *self;
	enum err (*take)(void *self, struct str bytes);
	uint64_t max_bytes; /* in place of max_body_bytes, and not counted in max_bodies_bytes */
};

struct http_header {
	struct str name;
	struct str value;
};

struct http_answer {
	int status;
	struct str content_type; /* null: no Content-Type */
	const struct http_header *headers; /* besides Content-Type, Content-Length, Connection, Date */
	size_t header_n;
	struct str body; /* in call->a or constant; HEAD gets its length only */
	int body_fd;     /* instead of body: a regular file opened for reading, closed by the server; 0: none */
	int64_t body_from, body_n; /* a part of that file; body_n 0: all of it */
};

struct http_config {
	struct str listen; /* "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:8080"; port 0: any free one */
	struct str trusted_proxies; /* networks (net/network.h) whose word on who asks counts; null: none */
	unsigned thread_n;           /* 0: 2 */
	size_t max_body_bytes;       /* 0: 32 MiB */
	size_t max_bodies_bytes;     /* of all calls together; 0: 16 times max_body_bytes */
	size_t max_target_bytes;     /* 0: 8192 */
	unsigned max_connections;    /* beyond these the kernel queues; 0: 10000. Detached ones do not count */
	int64_t idle_ms;             /* keep-alive; 0: 60 s */
	int64_t header_ms;           /* 0: 10 s */
	int64_t pace_ms;             /* how often the pace of bodies and answers is looked at; 0: 10 s */
	int64_t drain_ms;            /* what calls in flight get when the server closes; 0: 10 s */
	void *self;
	void (*handle)(void *self, struct http_call *call);
	/* The head of a request with a body is here. May fill the sink; an error refuses the request before its body is read.
	 * Runs on the thread that reads. NULL: every body is kept in memory. */
	enum err (*begin)(void *self, struct http_call *call, struct http_sink *sink);
	/* Answers, by http_answer() before it returns, a request that never reaches handle(). NULL: a plain text line.
	 * Of the call only a, peer, owner and what was read so far are there. */
	void (*refuse)(void *self, struct http_call *call, enum err why);
};

/* Listens and starts the threads. ERR_BAD_INPUT: the address is none, or a trusted proxy is; ERR_CONFLICT: it cannot be bound. */
enum err http_serve_open(struct ctx *c, const struct http_config *config, struct http_serve **out);

/* The port that is listened on. */
int http_serve_port(const struct http_serve *s);

/* Stops accepting, lets calls in flight finish (up to drain_ms), then closes every connection that is left. A call that
 * is answered even later is harmless: its answer is dropped. NULL is allowed. */
void http_serve_close(struct http_serve *s);

/* The first header of that name, without blanks at its ends; null where there is none. ASCII case does not matter. */
struct str http_header(struct http_call *call, const char *name);

/* The value of the first cookie of that name (RFC 6265 section 5.4), quotes kept; null where there is none. */
struct str http_cookie(struct http_call *call, const char *name);

/* Answers. From inside handle() or later, from any thread; the call must not be touched afterwards. A header that holds
 * CR, LF or NUL is left out. */
void http_answer(struct http_call *call, const struct http_answer *answer);

/* Takes the connection out of the server: returns its socket (non-blocking, the caller's to close, HTTP_MIN_BYTES_PER_S
 * and max_connections no longer apply), or -1 where no descriptor is left; the call is then still to be answered. The
 * head of the answer, with Connection: close and without a length, is put into *head_out (in malloc'd memory, the
 * caller's). The call must not be touched afterwards. */
int http_detach(struct http_call *call, const struct http_answer *head, struct str *head_out);
