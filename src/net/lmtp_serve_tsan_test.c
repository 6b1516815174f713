#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* ours is a function */

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "net/lmtp_serve.h"

/* Opening, load from more senders than there are sessions, and closing in the middle of it; run under ThreadSanitizer. */

enum { SENDERS = 6, SESSIONS = 4, ROUNDS = 4, LOAD_MS = 250, SAID_BYTES = 4096 };

static enum err on_rcpt(void *self, struct ctx *c, struct str address)
{
	(void)self;
	return str_starts(address, STR("no")) ? fail(c, ERR_NOT_FOUND, "nobody") : OK;
}

struct desk {
	atomic_int mails;
	int delay_us;
};

static enum err on_deliver(void *self, struct ctx *c, const struct lmtp_mail *mail, enum err *result)
{
	struct desk *desk = self;
	usleep((useconds_t)desk->delay_us);
	str_dup(c->a, mail->data);
	for (size_t i = 0; i < mail->recipients_n; i++)
		result[i] = OK;
	atomic_fetch_add(&desk->mails, 1);
	return OK;
}

struct load {
	int port;
	atomic_bool is_over;
	atomic_int acknowledged;
};

static void count(struct load *load, struct str said)
{
	for (ptrdiff_t at; (at = str_find(said, STR(" Delivered"))) >= 0;) {
		atomic_fetch_add(&load->acknowledged, 1);
		said = str_skip(said, (size_t)at + 1);
	}
}

#define ONE_MAIL \
	"MAIL FROM:<s@x.test>\r\nRCPT TO:<no@x.test>\r\nRCPT TO:<a@x.test>\r\nDATA\r\nSubject: x\r\n\r\nhello\r\n.\r\n"

static void send_two(struct load *load)
{
	static const char input[] = "LHLO c.test\r\n" ONE_MAIL ONE_MAIL "QUIT\r\n";
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)load->port),
	                         .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 &&
	    send(fd, input, sizeof(input) - 1, MSG_NOSIGNAL) > 0) {
		char said[SAID_BYTES];
		size_t n = 0;
		ssize_t got;
		while (n < sizeof(said) && (got = recv(fd, said + n, sizeof(said) - n, 0)) > 0)
			n += (size_t)got;
		count(load, (struct str){said, n});
	} else {
		usleep(1000);
	}
	close(fd);
}

static void *sender_thread(void *arg)
{
	struct load *load = arg;
	while (!atomic_load(&load->is_over))
		send_two(load);
	return NULL;
}

static void closing_under_load_loses_no_acknowledged_mail(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct arena *a = arena_open(1 << 20);
		struct ctx c = {.a = a};
		struct desk desk = {.delay_us = round * 1000};
		struct lmtp_config config = {.listen = STR("127.0.0.1:0"),
		                             .hostname = STR("desk.test"),
		                             .max_sessions = SESSIONS,
		                             .rcpt = on_rcpt,
		                             .deliver = on_deliver,
		                             .self = &desk};
		struct lmtp_server *server = NULL;
		assert_int_equal(lmtp_serve_open(&c, &config, &server), OK);
		struct load load = {.port = lmtp_serve_port(server)};
		pthread_t threads[SENDERS];
		for (size_t i = 0; i < SENDERS; i++)
			pthread_create(&threads[i], NULL, sender_thread, &load);
		usleep(LOAD_MS * 1000);
		lmtp_serve_close(server);
		atomic_store(&load.is_over, true);
		for (size_t i = 0; i < SENDERS; i++)
			pthread_join(threads[i], NULL);
		assert_true(atomic_load(&load.acknowledged) > 0);
		assert_true(atomic_load(&load.acknowledged) <= atomic_load(&desk.mails));
		arena_close(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closing_under_load_loses_no_acknowledged_mail),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
