#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "net/sse.h"

/* The inside of sse*.c; nobody else includes it.
 *
 * The lock guards the list of streams, their queues and the list of dirty ones (those with something to write). The
 * thread alone writes to sockets and frees streams, so it may use one without the lock; it takes up to SSE_BATCH chunks
 * out of a queue under the lock and writes them without. Broadcasting costs the caller a pointer per stream. */

enum { SSE_BATCH = 8 };

struct sse_chunk {
	_Atomic unsigned refs;
	size_t n;
	char bytes[];
};

struct sse_stream {
	TAILQ_ENTRY(sse_stream) all; /* lock */
	TAILQ_ENTRY(sse_stream) dirty; /* lock */
	TAILQ_ENTRY(sse_stream) age; /* thread; the longest silent first */
	struct sse_hub *hub;
	void *client;
	int fd;
	bool is_dirty;    /* lock: in the list of dirty ones */
	bool is_ending;   /* lock: takes no more chunks, ends when all is written */
	struct sse_chunk **queue; /* lock */
	size_t queue_n, queue_room;
	size_t head_n; /* lock: how many at the front of the queue are the beginning of the answer, which is never dropped */
	size_t waiting_bytes; /* lock: of queue and flight */
	/* below: thread only */
	bool is_aged;     /* in the age list */
	bool is_blocked;  /* the socket was full; EPOLLOUT is asked for */
	struct sse_chunk *flight[SSE_BATCH];
	size_t flight_n;
	size_t flight_offset; /* of the first one, already written */
	int64_t wrote_at_ms;
};

TAILQ_HEAD(stream_list, sse_stream);

struct sse_hub {
	struct sse_config config;
	int epoll_fd, wake_fd;
	pthread_t thread;
	struct sse_chunk *reset, *keepalive;
	pthread_mutex_t lock; /* of the following */
	struct stream_list all, dirty;
	size_t stream_n; /* with those that are being accepted */
	bool is_stopping;
	/* thread only */
	struct stream_list by_age;
};

/* sse.c */
void sse_wake(struct sse_hub *h);
/* Under the lock, or before the stream is in a list. */
void sse_queue_add(struct sse_stream *st, struct sse_chunk *chunk);
void sse_queue_drop(struct sse_stream *st);
void sse_mark_dirty(struct sse_stream *st);

/* sse_write.c: the hub's thread, and the end of a stream that no list and no thread knows any more. */
void *sse_run(void *hub);
void sse_stream_free(struct sse_stream *st);
