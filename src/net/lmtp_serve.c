/* Slots, one for each possible session, are made at the start; the accepting thread is the only one that fills a slot and joins its
 * thread, so all that the threads share is the state of the slot, the memory counter and the event that says stop. */

#include "net/lmtp_serve.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "net/lmtp_listen.h"
#include "net/lmtp_session.h"

enum {
	ARENA_BYTES = 64 << 10,
	TOO_MANY_PAUSE_MS = 100, /* after accept() failed for want of descriptors or memory */
};

enum slot_state { SLOT_FREE, SLOT_BUSY, SLOT_DONE };

struct slot {
	struct lmtp_session session;
	pthread_t thread;
	_Atomic int state; /* enum slot_state; BUSY to DONE by the session, the rest by the accepting thread */
};

struct lmtp_server {
	struct arena *a;
	struct lmtp_listener listener;
	struct lmtp_shared shared;
	struct lmtp_config config;
	pthread_t thread;
	struct slot *slots;
	size_t slots_n;
};

static void *session_thread(void *arg)
{
	struct slot *slot = arg;
	lmtp_session_run(&slot->session);
	atomic_store(&slot->state, SLOT_DONE);
	return NULL;
}

/* A slot without a thread in it, or NULL. */
static struct slot *free_slot(struct lmtp_server *s)
{
	struct slot *found = NULL;
	for (size_t i = 0; i < s->slots_n; i++) {
		struct slot *slot = &s->slots[i];
		if (atomic_load(&slot->state) == SLOT_DONE) {
			pthread_join(slot->thread, NULL);
			atomic_store(&slot->state, SLOT_FREE);
		}
		if (found == NULL && atomic_load(&slot->state) == SLOT_FREE)
			found = slot;
	}
	return found;
}

static void turn_away(int fd)
{
	static const char text[] = "421 4.3.2 Too many sessions, please come again\r\n";
	if (send(fd, text, sizeof(text) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) > 0)
		shutdown(fd, SHUT_WR);
	close(fd);
}

static void start_session(struct lmtp_server *s, int fd)
{
	struct slot *slot = free_slot(s);
	if (slot == NULL) {
		turn_away(fd);
		return;
	}
	slot->session = (struct lmtp_session){.shared = &s->shared, .fd = fd};
	atomic_store(&slot->state, SLOT_BUSY);
	if (pthread_create(&slot->thread, NULL, session_thread, slot) != 0) {
		atomic_store(&slot->state, SLOT_FREE);
		turn_away(fd);
	}
}

static void accept_one(struct lmtp_server *s)
{
	int fd = accept4(s->listener.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd >= 0) {
		start_session(s, fd);
		return;
	}
	if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
		log_warn("lmtp: cannot accept: %s", strerror(errno));
		struct pollfd stop = {.fd = s->shared.stop_fd, .events = POLLIN};
		poll(&stop, 1, TOO_MANY_PAUSE_MS);
	}
}

static void *accept_thread(void *arg)
{
	struct lmtp_server *s = arg;
	for (;;) {
		struct pollfd fds[] = {
			{.fd = s->listener.fd, .events = POLLIN},
			{.fd = s->shared.stop_fd, .events = POLLIN},
		};
		if (poll(fds, 2, -1) < 0)
			continue;
		if (fds[1].revents != 0)
			break;
		accept_one(s);
	}
	/* a sender that comes now is refused at once, and does not hang until the others are done */
	lmtp_listen_close(&s->listener);
	for (size_t i = 0; i < s->slots_n; i++)
		if (atomic_load(&s->slots[i].state) != SLOT_FREE)
			pthread_join(s->slots[i].thread, NULL);
	return NULL;
}

static void fill_defaults(struct lmtp_server *s, const struct lmtp_config *config)
{
	s->config = *config;
	s->config.listen = str_dup(s->a, config->listen);
	s->config.hostname = config->hostname.n ? str_dup(s->a, config->hostname) : STR("localhost");
	if (s->config.max_sessions <= 0)
		s->config.max_sessions = LMTP_MAX_SESSIONS;
	if (s->config.max_message_bytes <= 0)
		s->config.max_message_bytes = LMTP_MAX_MESSAGE_BYTES;
	if (s->config.max_held_bytes <= 0)
		s->config.max_held_bytes = LMTP_MAX_HELD_BYTES;
	if (s->config.idle_ms <= 0)
		s->config.idle_ms = LMTP_IDLE_MS;
}

static void server_free(struct lmtp_server *s)
{
	lmtp_listen_close(&s->listener);
	if (s->shared.stop_fd >= 0)
		close(s->shared.stop_fd);
	free(s->slots);
	arena_close(s->a);
	free(s);
}

enum err lmtp_serve_open(struct ctx *c, const struct lmtp_config *config, struct lmtp_server **out)
{
	check(config->rcpt != NULL && config->deliver != NULL);
	struct lmtp_server *s = calloc(1, sizeof(*s));
	check(s != NULL);
	s->a = arena_open(ARENA_BYTES);
	fill_defaults(s, config);
	s->listener.fd = -1;
	s->shared.config = &s->config;
	s->shared.stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	s->slots_n = (size_t)s->config.max_sessions;
	s->slots = calloc(s->slots_n, sizeof(*s->slots));
	check(s->slots != NULL);
	enum err e = s->shared.stop_fd < 0 ? fail(c, ERR_BUSY, "lmtp: eventfd: %s", strerror(errno))
	                                   : lmtp_listen_open(c, s->config.listen, &s->listener);
	if (e == OK && pthread_create(&s->thread, NULL, accept_thread, s) != 0)
		e = fail(c, ERR_BUSY, "lmtp: no thread");
	if (e != OK) {
		server_free(s);
		return e;
	}
	*out = s;
	return OK;
}

int lmtp_serve_port(const struct lmtp_server *s)
{
	return s->listener.port;
}

void lmtp_serve_close(struct lmtp_server *s)
{
	if (s == NULL)
		return;
	atomic_store(&s->shared.drain_until_ms, clock_monotonic_ms() + LMTP_DRAIN_MS);
	eventfd_write(s->shared.stop_fd, 1);
	pthread_join(s->thread, NULL);
	server_free(s);
}
