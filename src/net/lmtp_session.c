/* Waits, reads, feeds the state machine, asks the caller, sends replies - in that order and always on one thread. Replies go out
 * before anything is waited for: before the next read, and before a delivery, so that a slow one holds back no answer that is due.
 *
 * A command has to be complete within idle_ms, however many bytes trickle in; a mail needs a byte every idle_ms and ends within
 * LMTP_MAIL_MS. */

#include "net/lmtp_session.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/rand.h"

enum {
	READ_BYTES = 32 << 10,
	ARENA_BYTES = 32 << 20, /* beside the mail */
	ID_BYTES = 12,
	LINGER_MS = 1000,       /* how long a peer that was hung up on may go on sending */
	LINGER_BYTES = 4 << 20,
};

enum waited { WAIT_READY, WAIT_STOP, WAIT_LATE };

/* Waits for events on the socket until until_ms; the order to stop ends it too, but only the first time. */
static enum waited wait_for(struct lmtp_session *s, short events, int64_t until_ms)
{
	for (;;) {
		int64_t left_ms = until_ms - clock_monotonic_ms();
		if (left_ms <= 0)
			return WAIT_LATE;
		struct pollfd fds[] = {
			{.fd = s->fd, .events = events},
			{.fd = s->is_stopping ? -1 : s->shared->stop_fd, .events = POLLIN},
		};
		int n = poll(fds, 2, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms);
		if (n > 0 && fds[1].revents != 0) {
			s->is_stopping = true;
			return WAIT_STOP;
		}
		if (n > 0)
			return WAIT_READY;
	}
}

/* until_ms, or the end of the drain where that is sooner. */
static int64_t bounded(struct lmtp_session *s, int64_t until_ms)
{
	int64_t drain_until_ms = atomic_load(&s->shared->drain_until_ms);
	return s->is_stopping && drain_until_ms < until_ms ? drain_until_ms : until_ms;
}

/* Sends what waits; false: the peer is gone or takes nothing. */
static bool flush(struct lmtp_session *s)
{
	int64_t until_ms = clock_monotonic_ms() + s->shared->config->idle_ms;
	for (;;) {
		struct str waiting = lmtp_proto_replies(s->proto);
		if (waiting.n == 0)
			return true;
		ssize_t n = send(s->fd, waiting.p, waiting.n, MSG_NOSIGNAL);
		if (n > 0)
			lmtp_proto_sent(s->proto, (size_t)n);
		else if (n < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		else if (wait_for(s, POLLOUT, bounded(s, until_ms)) == WAIT_LATE)
			return false;
	}
}

/* Has the session to end now? Looked at before every read, because a peer that never pauses would never meet a poll. */
static bool is_over(struct lmtp_session *s)
{
	int64_t now_ms = clock_monotonic_ms();
	bool is_in_mail = lmtp_proto_is_in_mail(s->proto);
	int64_t drain_until_ms = atomic_load(&s->shared->drain_until_ms);
	if (drain_until_ms != 0)
		s->is_stopping = true;
	if (s->is_stopping && (!is_in_mail || now_ms >= drain_until_ms)) {
		lmtp_proto_hang_up(s->proto, "4.3.2", STR("Shutting down, please come again"));
		return true;
	}
	if (now_ms >= s->idle_until_ms || (s->mail_until_ms != 0 && now_ms >= s->mail_until_ms)) {
		lmtp_proto_hang_up(s->proto, "4.4.2", STR("Nothing heard for too long"));
		return true;
	}
	return false;
}

/* Reads; 0: the connection is over, and the reason is among the replies where the peer may still read it. */
static size_t receive(struct lmtp_session *s, char *room, size_t room_n)
{
	while (!is_over(s)) {
		ssize_t n = recv(s->fd, room, room_n, 0);
		if (n > 0)
			return (size_t)n;
		if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return 0;
		int64_t until_ms = s->idle_until_ms;
		if (s->mail_until_ms != 0 && s->mail_until_ms < until_ms)
			until_ms = s->mail_until_ms;
		wait_for(s, POLLIN, bounded(s, until_ms));
	}
	return 0;
}

static void set_deadlines(struct lmtp_session *s)
{
	int64_t now_ms = clock_monotonic_ms();
	bool is_in_mail = lmtp_proto_is_in_mail(s->proto);
	uint64_t commands_n = lmtp_proto_commands(s->proto);
	if (is_in_mail || commands_n != s->commands_n || s->idle_until_ms == 0)
		s->idle_until_ms = now_ms + s->shared->config->idle_ms;
	s->commands_n = commands_n;
	if (!is_in_mail)
		s->mail_until_ms = 0;
	else if (s->mail_until_ms == 0)
		s->mail_until_ms = now_ms + LMTP_MAIL_MS;
}

/* A peer that is still sending would meet a reset and lose the last replies; so the rest is read away, within bounds. */
static void linger(struct lmtp_session *s)
{
	char away[READ_BYTES];
	int64_t until_ms = clock_monotonic_ms() + LINGER_MS;
	shutdown(s->fd, SHUT_WR);
	s->is_stopping = true; /* nothing more to hear from stop_fd */
	for (size_t total = 0; total < LINGER_BYTES;) {
		if (wait_for(s, POLLIN, until_ms) == WAIT_LATE)
			return;
		ssize_t n = recv(s->fd, away, sizeof(away), 0);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return;
		total += n > 0 ? (size_t)n : 0;
	}
}

static void ctx_init(struct lmtp_session *s, struct ctx *c, struct arena *a)
{
	*c = (struct ctx){.a = a, .now = clock_ms(), .who = {.kind = ACTOR_SYSTEM}, .run = s->shared->config->run};
}

/* RFC 3463. */
static const char *status_of(enum err e)
{
	switch (e) {
	case ERR_NOT_FOUND:
		return "5.1.1";
	case ERR_NOT_ALLOWED:
		return "5.7.1";
	case ERR_TOO_BIG:
		return "5.3.4";
	case ERR_BAD_INPUT:
		return "5.6.0";
	case ERR_DISK_FULL:
		return "4.3.1";
	case ERR_TOO_MANY:
		return "4.7.0";
	default:
		return err_lmtp(e) / 100 == 4 ? "4.3.0" : "5.0.0";
	}
}

/* The sentence of a failure that is the sender's reaches the sender; one that is ours only reaches the log. */
static struct lmtp_reply reply_of(const struct ctx *c, enum err e)
{
	bool is_told = err_http(e) < 500 && c->why.code == e && c->why.detail.n > 0;
	return (struct lmtp_reply){err_lmtp(e), status_of(e), is_told ? c->why.detail : err_sentence(e)};
}

static void ask_rcpt(struct lmtp_session *s)
{
	const struct lmtp_config *config = s->shared->config;
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c;
	ctx_init(s, &c, a);
	enum err e = config->rcpt(config->self, &c, lmtp_proto_asked(s->proto));
	struct lmtp_reply reply = {250, "2.1.5", STR("Recipient ok")};
	if (e != OK)
		reply = reply_of(&c, e);
	if (e != OK && err_http(e) >= 500)
		log_failure(&c, e, STR("lmtp RCPT"));
	lmtp_proto_answer_rcpt(s->proto, &reply);
	arena_close(a);
}

static void deliver_in(struct lmtp_session *s, struct ctx *c)
{
	const struct lmtp_config *config = s->shared->config;
	struct lmtp_mail mail = *lmtp_proto_mail(s->proto);
	enum err results[LMTP_MAX_RECIPIENTS];
	struct lmtp_reply replies[LMTP_MAX_RECIPIENTS];
	mail.id = c->request_id = rand_token(c->a, ID_BYTES);
	for (size_t i = 0; i < mail.recipients_n; i++)
		results[i] = ERR_INTERNAL;
	enum err e = config->deliver(config->self, c, &mail, results);
	enum err worst = e;
	for (size_t i = 0; i < mail.recipients_n; i++) {
		enum err result = e == OK ? results[i] : e;
		replies[i] = result == OK ? (struct lmtp_reply){250, "2.0.0", str_cat(c->a, mail.id, STR(" Delivered"))}
		                          : reply_of(c, result);
		worst = result != OK ? result : worst;
	}
	if (worst != OK)
		log_failure(c, worst, STR("lmtp delivery"));
	lmtp_proto_answer_mail(s->proto, replies);
}

static void deliver(struct lmtp_session *s)
{
	struct arena *a = arena_open(ARENA_BYTES + 2 * lmtp_proto_mail(s->proto)->data.n);
	struct ctx c;
	ctx_init(s, &c, a);
	deliver_in(s, &c);
	arena_close(a);
}

/* All sessions together keep below max_held_bytes: the mail that passes it has to come again. */
static void account(struct lmtp_session *s)
{
	int64_t held = (int64_t)lmtp_proto_held_bytes(s->proto);
	int64_t all = atomic_fetch_add(&s->shared->held_bytes, held - s->held_bytes) + held - s->held_bytes;
	bool has_grown = held > s->held_bytes;
	s->held_bytes = held;
	if (has_grown && all > s->shared->config->max_held_bytes) {
		lmtp_proto_drop_mail(s->proto);
		held = (int64_t)lmtp_proto_held_bytes(s->proto);
		atomic_fetch_add(&s->shared->held_bytes, held - s->held_bytes);
		s->held_bytes = held;
	}
}

/* Works through what was read; false: the session is over. */
static bool work(struct lmtp_session *s, struct str bytes)
{
	enum lmtp_event event;
	do {
		bytes = str_skip(bytes, lmtp_proto_feed(s->proto, bytes, &event));
		account(s);
		if (event == LMTP_RCPT) {
			ask_rcpt(s);
			continue;
		}
		if (!flush(s) || event == LMTP_CLOSE)
			return false;
		if (event == LMTP_MAIL)
			deliver(s);
	} while (bytes.n > 0 || event != LMTP_MORE);
	return flush(s);
}

void lmtp_session_run(struct lmtp_session *s)
{
	int on = 1;
	setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(s->fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	s->proto = lmtp_proto_open(s->shared->config->hostname, (size_t)s->shared->config->max_message_bytes);
	char *room = malloc(READ_BYTES);
	check(room != NULL);
	size_t n = 0;
	do {
		set_deadlines(s);
		if (!flush(s))
			break;
		n = receive(s, room, READ_BYTES);
	} while (n > 0 && work(s, (struct str){room, n}));
	flush(s);
	linger(s);
	close(s->fd);
	free(room);
	atomic_fetch_sub(&s->shared->held_bytes, s->held_bytes);
	lmtp_proto_close(s->proto);
	s->proto = NULL;
}
