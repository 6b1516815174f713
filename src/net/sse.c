/* The hub as its callers see it: chunks, queues, broadcasting, and how a call becomes a stream. */

#include "net/sse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "base/check.h"
#include "base/ctx.h"
#include "net/http_serve.h"
#include "net/sse_int.h"

enum {
	DEFAULT_STREAMS = 20000,
	DEFAULT_QUEUE_BYTES = 256 << 10,
	DEFAULT_KEEPALIVE_MS = 20000,
	FIRST_QUEUE_ROOM = 4,
};

void sse_wake(struct sse_hub *h)
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

void sse_queue_add(struct sse_stream *st, struct sse_chunk *chunk)
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

void sse_queue_drop(struct sse_stream *st)
{
	for (size_t i = st->head_n; i < st->queue_n; i++) {
		st->waiting_bytes -= st->queue[i]->n;
		sse_chunk_release(st->queue[i]);
	}
	st->queue_n = st->head_n;
}

void sse_mark_dirty(struct sse_stream *st)
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
		sse_queue_drop(to);
		to->is_ending = true;
		chunk = h->reset;
	}
	sse_queue_add(to, chunk);
	sse_mark_dirty(to);
}

void sse_end(struct sse_stream *to)
{
	to->is_ending = true;
	sse_mark_dirty(to);
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
		sse_wake(h);
}

size_t sse_count(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	size_t n = h->stream_n;
	pthread_mutex_unlock(&h->lock);
	return n;
}

/* Under the lock: the stream is seen by broadcasts and by the thread from now on. */
static void stream_enter(struct sse_hub *h, struct sse_stream *st)
{
	struct epoll_event event = {.events = EPOLLRDHUP, .data.ptr = st};
	TAILQ_INSERT_TAIL(&h->all, st, all);
	sse_mark_dirty(st);
	/* where this fails for want of memory the end of the client is noticed by the keep-alive */
	epoll_ctl(h->epoll_fd, EPOLL_CTL_ADD, st->fd, &event);
}

static void queue_first(struct sse_stream *st, struct str bytes)
{
	struct sse_chunk *chunk = sse_chunk_new(bytes);
	if (bytes.n > 0)
		sse_queue_add(st, chunk);
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
		sse_queue_add(st, first_chunk);
	sse_chunk_release(first_chunk);
	st->head_n = st->queue_n;
	pthread_mutex_lock(&h->lock);
	bool is_late = h->is_stopping;
	if (!is_late)
		stream_enter(h, st);
	pthread_mutex_unlock(&h->lock);
	if (!is_late) {
		sse_wake(h);
		return true;
	}
	unreserve(h);
	close(fd);
	sse_stream_free(st);
	return true;
}

static enum err start(struct ctx *c, struct sse_hub *h)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
	h->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	h->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (h->epoll_fd < 0 || h->wake_fd < 0 || epoll_ctl(h->epoll_fd, EPOLL_CTL_ADD, h->wake_fd, &event) != 0)
		return fail(c, ERR_INTERNAL, "streams: %s", strerror(errno));
	if (pthread_create(&h->thread, NULL, sse_run, h) != 0)
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
	sse_wake(h);
	pthread_join(h->thread, NULL);
}

void sse_close(struct sse_hub *h)
{
	if (h == NULL)
		return;
	sse_stop(h);
	hub_free(h);
}
