/* The lock guards the list of streams, their queues and the list of dirty ones (those with something to write). The thread
 * alone writes to sockets and frees streams, so it may use one without the lock; it takes up to BATCH chunks out of a
 * queue under the lock and writes them without. Broadcasting costs the caller a pointer per stream. */

#include "net/sse.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "net/http_serve.h"

enum {
	DEFAULT_STREAMS = 20000,
	DEFAULT_QUEUE_BYTES = 256 << 10,
	DEFAULT_KEEPALIVE_MS = 20000,
	BATCH = 8,
	EVENTS = 256,
	FIRST_QUEUE_ROOM = 4,
	DIRTY_PER_TURN = 1024,
	TICK_MS = 1000,
};

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
	size_t waiting_bytes; /* lock: of queue and flight */
	/* below: thread only */
	bool is_aged;     /* in the age list */
	bool is_blocked;  /* the socket was full; EPOLLOUT is asked for */
	struct sse_chunk *flight[BATCH];
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

static void wake(struct sse_hub *h)
{
	uint64_t one = 1;
	while (write(h->wake_fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

struct sse_chunk *sse_chunk_new(struct str bytes)
{
	struct sse_chunk *chunk = malloc(sizeof(*chunk) + bytes.n);
	check(chunk != NULL);
	atomic_init(&chunk->refs, 1);
	chunk->n = bytes.n;
	if (bytes.n > 0)
		memcpy(chunk->bytes, bytes.p, bytes.n);
	return chunk;
}

void sse_chunk_release(struct sse_chunk *chunk)
{
	if (chunk != NULL && atomic_fetch_sub(&chunk->refs, 1) == 1)
		free(chunk);
}

/* Under the lock, or before the stream is in a list. */
static void queue_add(struct sse_stream *st, struct sse_chunk *chunk)
{
	if (st->queue_n == st->queue_room) {
		st->queue_room = st->queue_room ? st->queue_room * 2 : FIRST_QUEUE_ROOM;
		st->queue = realloc(st->queue, st->queue_room * sizeof(struct sse_chunk *));
		check(st->queue != NULL);
	}
	atomic_fetch_add(&chunk->refs, 1);
	st->queue[st->queue_n++] = chunk;
	st->waiting_bytes += chunk->n;
}

static void queue_drop(struct sse_stream *st)
{
	for (size_t i = 0; i < st->queue_n; i++) {
		st->waiting_bytes -= st->queue[i]->n;
		sse_chunk_release(st->queue[i]);
	}
	st->queue_n = 0;
}

static void mark_dirty(struct sse_stream *st)
{
	if (st->is_dirty)
		return;
	st->is_dirty = true;
	TAILQ_INSERT_TAIL(&st->hub->dirty, st, dirty);
}

void sse_send(struct sse_stream *to, struct sse_chunk *chunk)
{
	struct sse_hub *h = to->hub;
	if (to->is_ending || chunk->n == 0)
		return;
	if (to->waiting_bytes + chunk->n > h->config.queue_bytes) {
		queue_drop(to);
		to->is_ending = true;
		chunk = h->reset;
	}
	queue_add(to, chunk);
	mark_dirty(to);
}

void sse_end(struct sse_stream *to)
{
	to->is_ending = true;
	mark_dirty(to);
}

void sse_each(struct sse_hub *h, void (*fn)(void *arg, void *client, struct sse_stream *to), void *arg)
{
	struct sse_stream *st;
	pthread_mutex_lock(&h->lock);
	TAILQ_FOREACH(st, &h->all, all)
		fn(arg, st->client, st);
	bool has_dirty = !TAILQ_EMPTY(&h->dirty);
	pthread_mutex_unlock(&h->lock);
	if (has_dirty)
		wake(h);
}

size_t sse_count(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	size_t n = h->stream_n;
	pthread_mutex_unlock(&h->lock);
	return n;
}

/* Frees what no list and no thread knows any more. */
static void stream_free(struct sse_stream *st)
{
	queue_drop(st);
	for (size_t i = 0; i < st->flight_n; i++)
		sse_chunk_release(st->flight[i]);
	if (st->hub->config.on_close != NULL)
		st->hub->config.on_close(st->client);
	free(st->queue);
	free(st);
}

/* Thread. The descriptor is taken out of the set by hand: where the HTTP server still holds its own for a moment, closing ours
 * would leave it in, with a pointer to a freed stream. */
static void stream_over(struct sse_stream *st)
{
	struct sse_hub *h = st->hub;
	pthread_mutex_lock(&h->lock);
	TAILQ_REMOVE(&h->all, st, all);
	if (st->is_dirty)
		TAILQ_REMOVE(&h->dirty, st, dirty);
	h->stream_n--;
	pthread_mutex_unlock(&h->lock);
	if (st->is_aged)
		TAILQ_REMOVE(&h->by_age, st, age);
	epoll_ctl(h->epoll_fd, EPOLL_CTL_DEL, st->fd, NULL);
	shutdown(st->fd, SHUT_WR);
	close(st->fd);
	stream_free(st);
}

/* Thread. Moves chunks from the queue into flight; false when there are none. */
static bool take_flight(struct sse_stream *st, bool *is_over_out)
{
	pthread_mutex_lock(&st->hub->lock);
	size_t n = st->queue_n < BATCH ? st->queue_n : BATCH;
	if (n > 0) {
		memcpy(st->flight, st->queue, n * sizeof(st->flight[0]));
		st->queue_n -= n;
		memmove(st->queue, st->queue + n, st->queue_n * sizeof(st->queue[0]));
	}
	*is_over_out = n == 0 && st->is_ending;
	pthread_mutex_unlock(&st->hub->lock);
	st->flight_n = n;
	st->flight_offset = 0;
	return n > 0;
}

/* Thread: n bytes of the flight were written. */
static void advance(struct sse_stream *st, size_t n)
{
	size_t done = 0, written = n;
	n += st->flight_offset;
	while (done < st->flight_n && n >= st->flight[done]->n) {
		n -= st->flight[done]->n;
		sse_chunk_release(st->flight[done++]);
	}
	st->flight_n -= done;
	memmove(st->flight, st->flight + done, st->flight_n * sizeof(st->flight[0]));
	st->flight_offset = n;
	pthread_mutex_lock(&st->hub->lock);
	st->waiting_bytes -= written;
	pthread_mutex_unlock(&st->hub->lock);
}

static void ask_for(struct sse_stream *st, bool is_blocked)
{
	if (st->is_blocked == is_blocked)
		return;
	struct epoll_event event = {.events = EPOLLRDHUP | (is_blocked ? EPOLLOUT : 0U), .data.ptr = st};
	st->is_blocked = is_blocked;
	epoll_ctl(st->hub->epoll_fd, EPOLL_CTL_MOD, st->fd, &event);
}

static void touch(struct sse_stream *st, int64_t now)
{
	struct sse_hub *h = st->hub;
	if (st->is_aged)
		TAILQ_REMOVE(&h->by_age, st, age);
	TAILQ_INSERT_TAIL(&h->by_age, st, age);
	st->is_aged = true;
	st->wrote_at_ms = now;
}

static ssize_t write_flight(struct sse_stream *st)
{
	struct iovec parts[BATCH];
	for (size_t i = 0; i < st->flight_n; i++)
		parts[i] = (struct iovec){st->flight[i]->bytes, st->flight[i]->n};
	parts[0].iov_base = st->flight[0]->bytes + st->flight_offset;
	parts[0].iov_len -= st->flight_offset;
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = st->flight_n};
	return sendmsg(st->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Thread. Writes what waits until there is none or the socket is full; the stream may be gone afterwards. */
static void flush(struct sse_stream *st, int64_t now)
{
	bool is_over = false;
	while (st->flight_n > 0 || take_flight(st, &is_over)) {
		ssize_t n = write_flight(st);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			if (!st->is_aged)
				touch(st, now);
			ask_for(st, true);
			return;
		}
		if (n < 0) {
			stream_over(st);
			return;
		}
		advance(st, (size_t)n);
		touch(st, now);
	}
	if (is_over)
		stream_over(st);
	else
		ask_for(st, false);
}

/* Thread: the next dirty stream, taken off the list. */
static struct sse_stream *next_dirty(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	struct sse_stream *st = TAILQ_FIRST(&h->dirty);
	if (st != NULL) {
		TAILQ_REMOVE(&h->dirty, st, dirty);
		st->is_dirty = false;
	}
	pthread_mutex_unlock(&h->lock);
	return st;
}

/* Up to DIRTY_PER_TURN of them, so that events of sockets get their turn under constant broadcasting; false when all
 * are done. */
static bool flush_dirty(struct sse_hub *h)
{
	int64_t now = clock_monotonic_ms();
	for (int i = 0; i < DIRTY_PER_TURN; i++) {
		struct sse_stream *st = next_dirty(h);
		if (st == NULL)
			return false;
		if (!st->is_blocked)
			flush(st, now);
	}
	return true;
}

/* Thread: comments to those that were silent for long; those that could not take a byte all that time are over. */
static void keep_alive(struct sse_hub *h)
{
	int64_t now = clock_monotonic_ms();
	for (struct sse_stream *st; (st = TAILQ_FIRST(&h->by_age)) != NULL;) {
		if (now - st->wrote_at_ms < h->config.keepalive_ms)
			return;
		if (st->is_blocked) {
			stream_over(st);
			continue;
		}
		pthread_mutex_lock(&h->lock);
		if (!st->is_ending)
			queue_add(st, h->keepalive);
		pthread_mutex_unlock(&h->lock);
		touch(st, now);
		flush(st, now);
	}
}

static void on_event(struct sse_hub *h, const struct epoll_event *event)
{
	struct sse_stream *st = event->data.ptr;
	uint64_t wakes;
	if (st == NULL) {
		if (read(h->wake_fd, &wakes, sizeof(wakes)) < 0)
			return;
	} else if (event->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
		stream_over(st);
	} else {
		flush(st, clock_monotonic_ms());
	}
}

static bool is_stopping(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	bool stopping = h->is_stopping;
	pthread_mutex_unlock(&h->lock);
	return stopping;
}

/* Nobody can add a stream any more. */
static void end_all(struct sse_hub *h)
{
	while (flush_dirty(h))
		;
	for (;;) {
		pthread_mutex_lock(&h->lock);
		struct sse_stream *st = TAILQ_FIRST(&h->all);
		pthread_mutex_unlock(&h->lock);
		if (st == NULL)
			return;
		stream_over(st);
	}
}

static void *run(void *arg)
{
	struct sse_hub *h = arg;
	struct epoll_event events[EVENTS];
	int tick = (int)(h->config.keepalive_ms < TICK_MS ? h->config.keepalive_ms : TICK_MS);
	bool has_more = false;
	while (!is_stopping(h)) {
		int n = epoll_wait(h->epoll_fd, events, EVENTS, has_more ? 0 : tick);
		for (int i = 0; i < n; i++)
			on_event(h, &events[i]);
		has_more = flush_dirty(h);
		keep_alive(h);
	}
	end_all(h);
	return NULL;
}

/* Under the lock: the stream is seen by broadcasts and by the thread from now on. */
static void stream_enter(struct sse_hub *h, struct sse_stream *st)
{
	struct epoll_event event = {.events = EPOLLRDHUP, .data.ptr = st};
	TAILQ_INSERT_TAIL(&h->all, st, all);
	mark_dirty(st);
	/* where this fails for want of memory the end of the client is noticed by the keep-alive */
	epoll_ctl(h->epoll_fd, EPOLL_CTL_ADD, st->fd, &event);
}

static void queue_first(struct sse_stream *st, struct str bytes)
{
	struct sse_chunk *chunk = sse_chunk_new(bytes);
	if (bytes.n > 0)
		queue_add(st, chunk);
	sse_chunk_release(chunk);
}

static bool reserve(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	bool has_room = !h->is_stopping && h->stream_n < h->config.max_streams;
	if (has_room)
		h->stream_n++;
	pthread_mutex_unlock(&h->lock);
	return has_room;
}

static void unreserve(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	h->stream_n--;
	pthread_mutex_unlock(&h->lock);
}

static int detach(struct http_call *call, struct str *head_out)
{
	const struct http_header headers[] = {
		{STR("Cache-Control"), STR("no-store")},
		{STR("X-Accel-Buffering"), STR("no")}, /* asks a proxy in front not to collect */
		{STR("X-Content-Type-Options"), STR("nosniff")},
	};
	const struct http_answer answer = {.status = 200,
	                                   .content_type = STR("text/event-stream; charset=utf-8"),
	                                   .headers = headers,
	                                   .header_n = sizeof(headers) / sizeof(headers[0])};
	return http_detach(call, &answer, head_out);
}

bool sse_accept(struct sse_hub *h, struct http_call *call, void *client, struct str first)
{
	struct str head;
	int yes = 1;
	if (!reserve(h))
		return false;
	struct sse_chunk *first_chunk = sse_chunk_new(first); /* first may live in the call */
	int fd = detach(call, &head);
	if (fd < 0) {
		sse_chunk_release(first_chunk);
		unreserve(h);
		return false;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	struct sse_stream *st = calloc(1, sizeof(*st));
	check(st != NULL);
	st->hub = h;
	st->fd = fd;
	st->client = client;
	queue_first(st, head);
	free((char *)(uintptr_t)head.p);
	if (first_chunk->n > 0)
		queue_add(st, first_chunk);
	sse_chunk_release(first_chunk);
	pthread_mutex_lock(&h->lock);
	bool is_late = h->is_stopping;
	if (!is_late)
		stream_enter(h, st);
	pthread_mutex_unlock(&h->lock);
	if (!is_late) {
		wake(h);
		return true;
	}
	unreserve(h);
	close(fd);
	stream_free(st);
	return true;
}

static enum err start(struct ctx *c, struct sse_hub *h)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
	h->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	h->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (h->epoll_fd < 0 || h->wake_fd < 0 || epoll_ctl(h->epoll_fd, EPOLL_CTL_ADD, h->wake_fd, &event) != 0)
		return fail(c, ERR_INTERNAL, "streams: %s", strerror(errno));
	if (pthread_create(&h->thread, NULL, run, h) != 0)
		return fail(c, ERR_INTERNAL, "streams: no thread left");
	return OK;
}

static void hub_free(struct sse_hub *h)
{
	if (h->epoll_fd >= 0)
		close(h->epoll_fd);
	if (h->wake_fd >= 0)
		close(h->wake_fd);
	sse_chunk_release(h->reset);
	sse_chunk_release(h->keepalive);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

enum err sse_open(struct ctx *c, const struct sse_config *config, struct sse_hub **out)
{
	struct sse_hub *h = calloc(1, sizeof(*h));
	check(h != NULL);
	h->config = *config;
	h->config.max_streams = config->max_streams ? config->max_streams : DEFAULT_STREAMS;
	h->config.queue_bytes = config->queue_bytes ? config->queue_bytes : DEFAULT_QUEUE_BYTES;
	h->config.keepalive_ms = config->keepalive_ms ? config->keepalive_ms : DEFAULT_KEEPALIVE_MS;
	h->reset = sse_chunk_new(STR("event: reset\ndata: {}\n\n"));
	h->keepalive = sse_chunk_new(STR(":\n\n"));
	TAILQ_INIT(&h->all);
	TAILQ_INIT(&h->dirty);
	TAILQ_INIT(&h->by_age);
	pthread_mutex_init(&h->lock, NULL);
	enum err e = start(c, h);
	if (e != OK) {
		hub_free(h);
		return e;
	}
	*out = h;
	return OK;
}

void sse_stop(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	bool was_stopping = h->is_stopping;
	h->is_stopping = true;
	pthread_mutex_unlock(&h->lock);
	if (was_stopping)
		return;
	wake(h);
	pthread_join(h->thread, NULL);
}

void sse_close(struct sse_hub *h)
{
	if (h == NULL)
		return;
	sse_stop(h);
	hub_free(h);
}
