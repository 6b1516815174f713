#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* Server-sent events (WHATWG HTML section 9.2) for many idle streams. A stream is a socket taken out of the HTTP server
 * (http_detach), so it costs a few hundred bytes; one thread writes to all of them. Bytes to many streams are shared: a
 * chunk is counted, never copied per client.
 *
 * A client that does not read: when more than queue_bytes wait for it, the queue is dropped, one `event: reset` takes
 * its place and the stream ends after it; the client then loads anew and connects again. A client that is gone is
 * noticed at once where its end was announced, and otherwise by the keep-alive comments.
 *
 * Who stops: sse_stop(), http_serve_close(), sse_close(), in this order. */

struct buf;
struct ctx;
struct http_call;
struct sse_chunk;
struct sse_hub;
struct sse_stream;

struct sse_config {
	size_t max_streams;   /* 0: 20000 */
	size_t queue_bytes;   /* 0: 256 KiB */
	int64_t keepalive_ms; /* 0: 20 s; also how long a blocked client may make no progress at all */
	/* The stream is over; client may be freed. Called once per accepted stream, without the lock, by the hub's
	 * thread (or, while the hub stops, by sse_accept()). May be NULL. */
	void (*on_close)(void *client);
};

enum err sse_open(struct ctx *c, const struct sse_config *config, struct sse_hub **out);
/* Ends all streams after one last attempt to write what waits; later sse_accept() return false. Joins the thread. */
void sse_stop(struct sse_hub *h);
/* NULL is allowed. */
void sse_close(struct sse_hub *h);

/* Turns the call into a stream that begins with first (copied; may be empty). On true the call is answered, and client
 * belongs to the hub until on_close. On false (too many streams, no descriptor, stopped) nothing happened and the call
 * is still to be answered. Chunks sent by sse_each() after this call follow first; none before does. */
bool sse_accept(struct sse_hub *h, struct http_call *call, void *client, struct str first);

/* Calls fn for every stream, under the hub's lock: short, and never back into the hub but for sse_send() and
 * sse_end(). */
void sse_each(struct sse_hub *h, void (*fn)(void *arg, void *client, struct sse_stream *to), void *arg);

/* Queues a chunk; only inside sse_each(). Nothing is written before it returns. */
void sse_send(struct sse_stream *to, struct sse_chunk *chunk);
/* Ends the stream when what waits was written (signed out, rights withdrawn); only inside sse_each(). */
void sse_end(struct sse_stream *to);

/* Streams that are open now. */
size_t sse_count(struct sse_hub *h);

/* Bytes to be sent, copied once; the caller holds one reference and releases it when all is sent. */
struct sse_chunk *sse_chunk_new(struct str bytes);
void sse_chunk_release(struct sse_chunk *chunk);

/* Writes one event; null id and null event are left out. Line breaks in data (CR, LF, CRLF) become lines of the event.
 * id and event are our own words: a line break in them is a bug. */
void sse_format(struct buf *b, struct str id, struct str event, struct str data);
