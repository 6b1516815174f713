/* The watch thread. Once a second (oftener for short limits) it looks at every connection whose time is over: one that
 * shows no progress is shut down, and libmicrohttpd then sees its end and cleans up. In between it reads and drops what
 * refused clients still send. */

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/tcp.h>

#include "base/clock.h"
#include "base/ctx.h"
#include "net/http_serve_int.h"

enum { TICK_MAX_MS = 1000, TICK_MIN_MS = 20, DROP_BYTES = 64 << 10, DROPS_PER_TURN = 16 };

void http_phase(struct http_serve *s, struct conn *conn, enum phase phase, int64_t within_ms)
{
	int64_t now = atomic_load_explicit(&s->now_ms, memory_order_relaxed);
	/* first no deadline, so that the watch thread never pairs the new phase with the old one */
	atomic_store_explicit(&conn->deadline_ms, 0, memory_order_relaxed);
	atomic_store_explicit(&conn->phase, phase, memory_order_relaxed);
	atomic_store_explicit(&conn->moved_bytes, 0, memory_order_relaxed);
	atomic_store_explicit(&conn->marked_bytes, 0, memory_order_relaxed);
	if (within_ms > 0)
		atomic_store_explicit(&conn->deadline_ms, now + within_ms, memory_order_release);
}

static uint64_t acked_bytes(int fd)
{
	struct tcp_info info = {0};
	socklen_t n = sizeof(info);
	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0)
		return 0;
	return n >= offsetof(struct tcp_info, tcpi_bytes_acked) + sizeof(info.tcpi_bytes_acked) ? info.tcpi_bytes_acked
												: 0;
}

/* Did a body or an answer move fast enough since it was last looked at? Then it gets another pace_ms. */
static bool keeps_pace(struct conn *conn, int64_t now, int64_t pace_ms)
{
	int phase = atomic_load_explicit(&conn->phase, memory_order_relaxed);
	if (phase == PHASE_HEAD)
		return false;
	uint64_t moved = phase == PHASE_ANSWER ? acked_bytes(conn->fd)
					       : atomic_load_explicit(&conn->moved_bytes, memory_order_relaxed);
	uint64_t marked = atomic_exchange_explicit(&conn->marked_bytes, moved, memory_order_relaxed);
	if (moved < marked + (uint64_t)HTTP_MIN_BYTES_PER_S * (uint64_t)pace_ms / 1000)
		return false;
	int64_t old = atomic_load_explicit(&conn->deadline_ms, memory_order_relaxed);
	if (old != 0)
		atomic_compare_exchange_strong(&conn->deadline_ms, &old, now + pace_ms);
	return true;
}

/* With a reset, so that the kernel does not keep what the client never fetched. */
static void cut_off(struct conn *conn)
{
	struct linger none = {1, 0};
	setsockopt(conn->fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	shutdown(conn->fd, SHUT_RDWR);
}

static void look_at_conns(struct http_serve *s, int64_t now)
{
	pthread_mutex_lock(&s->lock);
	for (struct conn *conn = s->conns; conn != NULL; conn = conn->next) {
		int64_t deadline = atomic_load_explicit(&conn->deadline_ms, memory_order_acquire);
		if (deadline != 0 && now > deadline && !keeps_pace(conn, now, s->config.pace_ms) &&
		    atomic_load_explicit(&conn->deadline_ms, memory_order_relaxed) == deadline)
			cut_off(conn);
	}
	pthread_mutex_unlock(&s->lock);
}

static void wake(struct http_serve *s)
{
	uint64_t one = 1;
	while (write(s->wake_fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

void http_linger(struct http_serve *s, int fd)
{
	pthread_mutex_lock(&s->lock);
	bool has_room = s->linger_n < LINGER_MAX;
	if (has_room)
		s->linger[s->linger_n++] = (struct lingerer){fd, clock_monotonic_ms() + LINGER_MS};
	pthread_mutex_unlock(&s->lock);
	if (has_room)
		wake(s);
	else
		close(fd);
}

/* Reads and drops; false at the end of what the client sends. */
static bool drop_input(int fd, char room[static DROP_BYTES])
{
	for (int i = 0; i < DROPS_PER_TURN; i++) {
		ssize_t n = recv(fd, room, DROP_BYTES, MSG_DONTWAIT);
		if (n == 0)
			return false;
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
	}
	return true;
}

static size_t poll_set(struct http_serve *s, struct pollfd *set)
{
	pthread_mutex_lock(&s->lock);
	size_t n = s->linger_n;
	set[0] = (struct pollfd){.fd = s->wake_fd, .events = POLLIN};
	for (size_t i = 0; i < n; i++)
		set[1 + i] = (struct pollfd){.fd = s->linger[i].fd, .events = POLLIN};
	pthread_mutex_unlock(&s->lock);
	return n;
}

static void serve_lingerers(struct http_serve *s, const struct pollfd *set, size_t n, char room[static DROP_BYTES])
{
	int64_t now = clock_monotonic_ms();
	pthread_mutex_lock(&s->lock);
	size_t kept = 0;
	for (size_t i = 0; i < s->linger_n; i++) {
		struct lingerer l = s->linger[i];
		bool is_over = now >= l.until_ms || (i < n && set[1 + i].revents != 0 && !drop_input(l.fd, room));
		if (is_over)
			close(l.fd);
		else
			s->linger[kept++] = l;
	}
	s->linger_n = kept;
	pthread_mutex_unlock(&s->lock);
}

static bool is_over(struct http_serve *s)
{
	pthread_mutex_lock(&s->lock);
	bool over = s->is_watch_over;
	pthread_mutex_unlock(&s->lock);
	return over;
}

/* Fine enough for the shortest limit. */
static int tick_ms(const struct http_config *config)
{
	int64_t shortest = config->header_ms < config->pace_ms ? config->header_ms : config->pace_ms;
	int64_t tick = shortest / 4;
	return tick > TICK_MAX_MS ? TICK_MAX_MS : tick < TICK_MIN_MS ? TICK_MIN_MS : (int)tick;
}

static void *watch(void *arg)
{
	struct http_serve *s = arg;
	int tick = tick_ms(&s->config);
	struct pollfd set[1 + LINGER_MAX];
	char room[DROP_BYTES];
	uint64_t wakes;
	while (!is_over(s)) {
		size_t n = poll_set(s, set);
		if (poll(set, n + 1, tick) > 0 && set[0].revents != 0 && read(s->wake_fd, &wakes, sizeof(wakes)) < 0)
			wakes = 0;
		serve_lingerers(s, set, n, room);
		int64_t now = clock_monotonic_ms();
		if (now - atomic_load_explicit(&s->now_ms, memory_order_relaxed) < tick / 2)
			continue;
		atomic_store_explicit(&s->now_ms, now, memory_order_relaxed);
		look_at_conns(s, now);
	}
	return NULL;
}

enum err http_watch_start(struct ctx *c, struct http_serve *s)
{
	s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (s->wake_fd < 0)
		return fail(c, ERR_INTERNAL, "eventfd: no descriptor left");
	if (pthread_create(&s->watch, NULL, watch, s) == 0)
		return OK;
	close(s->wake_fd);
	s->wake_fd = -1;
	return fail(c, ERR_INTERNAL, "no thread left");
}

void http_watch_stop(struct http_serve *s)
{
	if (s->wake_fd < 0)
		return;
	pthread_mutex_lock(&s->lock);
	s->is_watch_over = true;
	pthread_mutex_unlock(&s->lock);
	wake(s);
	pthread_join(s->watch, NULL);
	for (size_t i = 0; i < s->linger_n; i++)
		close(s->linger[i].fd);
	close(s->wake_fd);
}
