/* The hub's thread: writes what waits, notices who is gone, keeps silent streams alive. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "base/clock.h"
#include "net/sse_int.h"

enum { EVENTS = 256, DIRTY_PER_TURN = 1024, TICK_MS = 1000 };

/* Frees what no list and no thread knows any more. */
void sse_stream_free(struct sse_stream *st)
{
	st->head_n = 0;
	sse_queue_drop(st);
	for (size_t i = 0; i < st->flight_n; i++)
		sse_chunk_release(st->flight[i]);
	if (st->hub->config.on_close != NULL)
		st->hub->config.on_close(st->client);
	free(st->queue);
	free(st);
}

/* Thread. The descriptor is taken out of the set by hand: where the HTTP server still holds its own for a moment,
 * closing ours would leave it in, with a pointer to a freed stream. */
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
	sse_stream_free(st);
}

/* Thread. Moves chunks from the queue into flight; false when there are none. */
static bool take_flight(struct sse_stream *st, bool *is_over_out)
{
	pthread_mutex_lock(&st->hub->lock);
	size_t n = st->queue_n < SSE_BATCH ? st->queue_n : SSE_BATCH;
	if (n > 0) {
		memcpy(st->flight, st->queue, n * sizeof(st->flight[0]));
		st->queue_n -= n;
		st->head_n -= n < st->head_n ? n : st->head_n;
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
	struct iovec parts[SSE_BATCH];
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
			sse_queue_add(st, h->keepalive);
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

void *sse_run(void *hub)
{
	struct sse_hub *h = hub;
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
