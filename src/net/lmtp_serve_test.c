#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail     /* ours is a function */
#undef fail_msg /* and cmocka's calls it */
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "net/lmtp_serve.h"

enum { WAIT_MS = 20000, ROOM = 256 << 10 };

/* What the listener handed over. "no..." is unknown, "later..." comes back later; of a mail "full..." has no disk, "bad..." is
 * forbidden with a sentence, "lost..." is forgotten, "secret..." fails on our side with a sentence for the log. */
struct desk {
	atomic_int mails;
	atomic_int recipients;
	atomic_llong bytes;
	atomic_int delay_ms;
	bool is_broken;
	struct runner runner;
};

static enum err on_rcpt(void *self, struct ctx *c, struct str address)
{
	(void)self;
	if (str_starts(address, STR("no")))
		return fail(c, ERR_NOT_FOUND, "There is no inbox " STR_FMT, STR_ARG(address));
	if (str_starts(address, STR("later")))
		return fail(c, ERR_BUSY, "secret: database is down");
	return OK;
}

static enum err on_deliver(void *self, struct ctx *c, const struct lmtp_mail *mail, enum err *result)
{
	struct desk *desk = self;
	if (desk->is_broken)
		return fail(c, ERR_DISK_FULL, "secret: /var is full");
	if (c->run != &desk->runner || c->who.kind != ACTOR_SYSTEM || !str_eq(mail->id, c->request_id))
		return fail(c, ERR_INTERNAL, "context");
	usleep((useconds_t)atomic_load(&desk->delay_ms) * 1000);
	for (size_t i = 0; i < mail->recipients_n; i++) {
		struct str who = mail->recipients[i];
		result[i] = OK;
		if (str_starts(who, STR("full")))
			result[i] = ERR_DISK_FULL;
		if (str_starts(who, STR("bad")))
			result[i] = fail(c, ERR_NOT_ALLOWED, "We do not want this");
		if (str_starts(who, STR("lost")))
			result[i] = ERR_INTERNAL;
		atomic_fetch_add(&desk->recipients, result[i] == OK);
	}
	/* the arena has room for the mail */
	str_dup(c->a, mail->data);
	atomic_fetch_add(&desk->bytes, (long long)mail->data.n);
	atomic_fetch_add(&desk->mails, 1);
	return OK;
}

struct fixture {
	struct arena *a;
	struct ctx c;
	struct desk desk;
	struct lmtp_config config;
	struct lmtp_server *server;
};

static void fixture_open(struct fixture *f)
{
	*f = (struct fixture){.a = arena_open(16 << 20)};
	f->c.a = f->a;
	f->config = (struct lmtp_config){
		.listen = STR("127.0.0.1:0"), .hostname = STR("desk.test"), .run = &f->desk.runner,
		.rcpt = on_rcpt, .deliver = on_deliver, .self = &f->desk,
	};
}

static void serve(struct fixture *f)
{
	enum err e = lmtp_serve_open(&f->c, &f->config, &f->server);
	if (e != OK)
		fail_msg("%s", str_z(f->a, f->c.why.detail));
}

static void fixture_close(struct fixture *f)
{
	lmtp_serve_close(f->server);
	arena_close(f->a);
}

/* ---- a client that looks at bytes ---- */

struct client {
	int fd;
	char room[ROOM];
	size_t n;
};

static struct client *dial(struct fixture *f)
{
	struct client *k = calloc(1, sizeof(*k));
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)lmtp_serve_port(f->server)),
	                         .sin_addr = {htonl(INADDR_LOOPBACK)}};
	k->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(k->fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return k;
}

static void hang_up(struct client *k)
{
	close(k->fd);
	free(k);
}

static void say(struct client *k, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(k->fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n < 0)
			return;
		bytes = str_skip(bytes, (size_t)n);
	}
}

/* Reads more; false: the server closed, or said nothing for WAIT_MS. */
static bool hear(struct client *k)
{
	struct pollfd fd = {.fd = k->fd, .events = POLLIN};
	if (k->n == sizeof(k->room) - 1 || poll(&fd, 1, WAIT_MS) <= 0)
		return false;
	ssize_t n = recv(k->fd, k->room + k->n, sizeof(k->room) - 1 - k->n, 0);
	if (n <= 0)
		return false;
	k->n += (size_t)n;
	return true;
}

/* Waits for text among what was said, and forgets everything up to its end. */
static void expect(struct client *k, const char *text)
{
	for (;;) {
		char *hit = memmem(k->room, k->n, text, strlen(text));
		if (hit != NULL) {
			size_t used = (size_t)(hit - k->room) + strlen(text);
			k->n -= used;
			memmove(k->room, k->room + used, k->n);
			return;
		}
		if (!hear(k)) {
			k->room[k->n] = '\0';
			fail_msg("no \"%s\" in \"%s\"", text, k->room);
		}
	}
}

static void expect_end(struct client *k)
{
	while (hear(k))
		;
	assert_true(k->n < sizeof(k->room) - 1);
	char byte;
	assert_int_equal(recv(k->fd, &byte, 1, MSG_DONTWAIT), 0);
}

#define HELLO "LHLO c.test\r\n"
#define TO_A  "MAIL FROM:<s@x.test>\r\nRCPT TO:<a@x.test>\r\n"
#define MAIL  TO_A "DATA\r\nSubject: x\r\n\r\nhello\r\n.\r\n"

/* ---- promises ---- */

static void a_mail_gets_250_with_its_id_after_delivery(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	serve(&f);
	struct client *k = dial(&f);
	say(k, STR(HELLO MAIL "QUIT\r\n"));
	expect(k, "220 desk.test LMTP ready\r\n");
	expect(k, "250 SIZE 52428800\r\n");
	expect(k, "354 ");
	expect(k, "\r\n250 2.0.0 ");
	expect(k, " Delivered\r\n221 2.0.0 ");
	expect_end(k);
	assert_int_equal(atomic_load(&f.desk.mails), 1);
	assert_int_equal(atomic_load(&f.desk.bytes), 21);
	hang_up(k);
	fixture_close(&f);
}

static void each_recipient_has_his_own_answer_and_our_secrets_stay_here(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	serve(&f);
	struct client *k = dial(&f);
	say(k, STR(HELLO "MAIL FROM:<>\r\nRCPT TO:<no@x.test>\r\nRCPT TO:<later@x.test>\r\nRCPT TO:<a@x.test>\r\n"
	           "RCPT TO:<full@x.test>\r\nRCPT TO:<bad@x.test>\r\nRCPT TO:<lost@x.test>\r\nDATA\r\nx\r\n.\r\n"));
	expect(k, "250 2.1.0 Sender ok\r\n550 5.1.1 There is no inbox no@x.test\r\n"
	       "451 4.3.0 The service is not available at the moment. Please try again.\r\n250 2.1.5 Recipient ok\r\n");
	expect(k, "354 ");
	expect(k, "250 2.0.0 ");
	expect(k, " Delivered\r\n452 4.3.1 There is no room left on the disk.\r\n550 5.7.1 We do not want this\r\n"
	       "451 4.3.0 Something went wrong on our side. The log has the details.\r\n");
	f.desk.is_broken = true;
	say(k, STR("MAIL FROM:<>\r\nRCPT TO:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nDATA\r\nx\r\n.\r\n"));
	expect(k, "452 4.3.1 There is no room left on the disk.\r\n452 4.3.1 There is no room left on the disk.\r\n");
	hang_up(k);
	fixture_close(&f);
}

static void replies_are_not_held_back_by_a_slow_delivery(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	serve(&f);
	atomic_store(&f.desk.delay_ms, 1500);
	struct client *k = dial(&f);
	int64_t begin_ms = clock_monotonic_ms();
	say(k, STR(HELLO MAIL "NOOP\r\n"));
	expect(k, "354 ");
	int64_t first_ms = clock_monotonic_ms() - begin_ms;
	expect(k, "Delivered\r\n250 2.0.0 OK\r\n");
	int64_t second_ms = clock_monotonic_ms() - begin_ms;
	assert_true(first_ms < second_ms && second_ms >= 1500 && first_ms < 1500);
	hang_up(k);
	fixture_close(&f);
}

static void an_oversized_mail_gets_552_even_to_a_peer_that_does_not_listen(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	f.config.max_message_bytes = 1 << 20;
	serve(&f);
	struct client *k = dial(&f);
	say(k, STR(HELLO TO_A "DATA\r\n"));
	struct str line = str_fmt(f.a, "%0998d\r\n", 0);
	for (int i = 0; i < 1100; i++)
		say(k, line);
	say(k, STR(".\r\n" MAIL));
	expect(k, "552 5.3.4 The mail is larger than 1048576 bytes\r\n");
	expect(k, "Delivered\r\n");
	say(k, STR(TO_A "DATA\r\n"));
	for (int i = 0; i < 5000; i++)
		say(k, line);
	expect(k, "552 5.3.4 The mail is larger than 1048576 bytes\r\n421 4.7.0 The mail did not end\r\n");
	hang_up(k);
	fixture_close(&f);
}

static void mails_beyond_the_memory_of_all_sessions_come_again(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	f.config.max_held_bytes = 3 << 20;
	serve(&f);
	struct str half = str_fmt(f.a, "%0998d\r\n", 0);
	struct client *k[2] = {dial(&f), dial(&f)};
	for (int i = 0; i < 2; i++) {
		say(k[i], STR(HELLO TO_A "DATA\r\n"));
		expect(k[i], "354 ");
		for (int n = 0; n < 1900; n++) /* takes a buffer of 2 MB */
			say(k[i], half);
		if (i == 0) {
			/* until it is all there */
			say(k[i], STR("x\r\n"));
			usleep(200 * 1000);
		}
	}
	say(k[1], STR(".\r\n"));
	expect(k[1], "452 4.3.1 No memory for this mail at the moment\r\n");
	say(k[0], STR(".\r\n"));
	expect(k[0], "Delivered\r\n");
	say(k[1], STR(TO_A "DATA\r\n"));
	for (int n = 0; n < 1900; n++)
		say(k[1], half);
	say(k[1], STR(".\r\n"));
	expect(k[1], "Delivered\r\n");
	hang_up(k[0]);
	hang_up(k[1]);
	fixture_close(&f);
}

static void a_silent_peer_and_a_trickling_one_get_421(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	f.config.idle_ms = 400;
	serve(&f);
	struct client *silent = dial(&f), *slow = dial(&f);
	int64_t begin_ms = clock_monotonic_ms();
	for (int i = 0; i < 200 && send(slow->fd, "x", 1, MSG_NOSIGNAL) == 1; i++) {
		struct pollfd fd = {.fd = slow->fd, .events = POLLIN};
		expect(slow, i == 0 ? "ready\r\n" : "");
		if (poll(&fd, 1, 50) > 0)
			break;
	}
	expect(slow, "421 4.4.2 Nothing heard for too long\r\n");
	assert_true(clock_monotonic_ms() - begin_ms < 9000);
	expect(silent, "421 4.4.2 Nothing heard for too long\r\n");
	expect_end(silent);
	hang_up(silent);
	hang_up(slow);
	fixture_close(&f);
}

static void a_slow_mail_is_taken_as_long_as_bytes_come(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	f.config.idle_ms = 1500;
	serve(&f);
	struct client *k = dial(&f);
	say(k, STR(HELLO TO_A "DATA\r\n"));
	for (int i = 0; i < 8; i++) {
		usleep(300 * 1000);
		say(k, STR("x\r\n"));
	}
	say(k, STR(".\r\n"));
	expect(k, "Delivered\r\n");
	hang_up(k);
	fixture_close(&f);
}

static void one_session_too_many_is_turned_away_and_slots_come_back(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	f.config.max_sessions = 2;
	serve(&f);
	for (int round = 0; round < 3; round++) {
		struct client *k[2];
		for (int i = 0; i < 2; i++) {
			k[i] = dial(&f);
			expect(k[i], "220 ");
		}
		struct client *third = dial(&f);
		expect(third, "421 4.3.2 Too many sessions, please come again\r\n");
		expect_end(third);
		hang_up(third);
		for (int i = 0; i < 2; i++) {
			say(k[i], STR(HELLO MAIL "QUIT\r\n"));
			expect(k[i], "221 ");
			expect_end(k[i]);
			hang_up(k[i]);
		}
		usleep(100 * 1000); /* the thread's last steps */
	}
	assert_int_equal(atomic_load(&f.desk.mails), 6);
	fixture_close(&f);
}

static void a_peer_that_vanishes_in_its_mail_leaves_nothing_behind(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	serve(&f);
	for (int i = 0; i < 5; i++) {
		struct client *k = dial(&f);
		say(k, STR(HELLO TO_A "DATA\r\nSubject: x\r\n\r\nhal"));
		expect(k, "354 ");
		hang_up(k);
	}
	fixture_close(&f);
	assert_int_equal(atomic_load(&f.desk.mails), 0);
}

struct closing {
	struct fixture *f;
	atomic_bool is_done;
};

static void *close_it(void *arg)
{
	struct closing *closing = arg;
	lmtp_serve_close(closing->f->server);
	atomic_store(&closing->is_done, true);
	return NULL;
}

static void closing_waits_for_a_mail_on_its_way_and_not_for_the_idle(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	serve(&f);
	struct client *busy = dial(&f), *idle = dial(&f);
	say(busy, STR(HELLO TO_A "DATA\r\nSubject: x\r\n"));
	expect(busy, "354 ");
	expect(idle, "220 ");
	struct closing closing = {.f = &f};
	pthread_t thread;
	pthread_create(&thread, NULL, close_it, &closing);
	expect(idle, "421 4.3.2 Shutting down, please come again\r\n");
	expect_end(idle);
	usleep(300 * 1000);
	assert_false(atomic_load(&closing.is_done));
	say(busy, STR("\r\nhello\r\n.\r\n"));
	expect(busy, "Delivered\r\n421 4.3.2 Shutting down, please come again\r\n");
	int64_t begin_ms = clock_monotonic_ms();
	hang_up(busy);
	hang_up(idle);
	pthread_join(thread, NULL);
	assert_true(clock_monotonic_ms() - begin_ms < LMTP_DRAIN_MS / 2);
	assert_int_equal(atomic_load(&f.desk.mails), 1);
	f.server = NULL;
	fixture_close(&f);
}

static void a_unix_socket_is_served_and_a_stale_one_replaced(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f);
	char dir[] = "/tmp/lmtp-test-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct str path = str_fmt(f.a, "%s/sock", dir);
	f.config.listen = str_fmt(f.a, "unix:%s", path.p);
	/* one that a dead process left */
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	memcpy(name.sun_path, path.p, path.n);
	int dead = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(dead, (struct sockaddr *)&name, sizeof(name)), 0);
	close(dead);
	serve(&f);
	struct lmtp_server *second = NULL;
	assert_int_equal(lmtp_serve_open(&f.c, &f.config, &second), ERR_BUSY);
	struct client *k = calloc(1, sizeof(*k));
	k->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(connect(k->fd, (struct sockaddr *)&name, sizeof(name)), 0);
	say(k, STR(HELLO MAIL));
	expect(k, "Delivered\r\n");
	hang_up(k);
	lmtp_serve_close(f.server);
	f.server = NULL;
	struct stat gone;
	assert_int_equal(stat(path.p, &gone), -1);
	rmdir(dir);
	fixture_close(&f);
}

static void a_wrong_address_is_refused_with_a_sentence(void **state)
{
	(void)state;
	static const struct str wrong[] = {
		{"", 0}, {"8024", 4}, {":8024", 5}, {"127.0.0.1:", 10}, {"127.0.0.1:99999", 15}, {"127.0.0.1:x", 11},
		{"::1:8024", 8}, {"unix:", 5},
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct fixture f;
		fixture_open(&f);
		f.config.listen = wrong[i];
		assert_int_equal(lmtp_serve_open(&f.c, &f.config, &f.server), ERR_BAD_INPUT);
		assert_true(f.c.why.detail.n > 0);
		fixture_close(&f);
	}
}

static void the_usual_load_generator_is_content(void **state)
{
	(void)state;
	if (access("/usr/sbin/smtp-source", X_OK) != 0) {
		print_message("skipped: no smtp-source\n");
		return;
	}
	struct fixture f;
	fixture_open(&f);
	serve(&f);
	struct str to = str_fmt(f.a, "inet:127.0.0.1:%d", lmtp_serve_port(f.server));
	pid_t pid = fork();
	if (pid == 0) {
		execl("/usr/sbin/smtp-source", "smtp-source", "-L", "-s", "4", "-m", "100", "-r", "2", "-l", "10240",
		      "-f", "s@x.test", "-t", "a@x.test", to.p, (char *)NULL);
		_exit(127);
	}
	int status = -1;
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	assert_int_equal(atomic_load(&f.desk.mails), 100);
	assert_int_equal(atomic_load(&f.desk.recipients), 200);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_gets_250_with_its_id_after_delivery),
		cmocka_unit_test(each_recipient_has_his_own_answer_and_our_secrets_stay_here),
		cmocka_unit_test(replies_are_not_held_back_by_a_slow_delivery),
		cmocka_unit_test(an_oversized_mail_gets_552_even_to_a_peer_that_does_not_listen),
		cmocka_unit_test(mails_beyond_the_memory_of_all_sessions_come_again),
		cmocka_unit_test(a_silent_peer_and_a_trickling_one_get_421),
		cmocka_unit_test(a_slow_mail_is_taken_as_long_as_bytes_come),
		cmocka_unit_test(one_session_too_many_is_turned_away_and_slots_come_back),
		cmocka_unit_test(a_peer_that_vanishes_in_its_mail_leaves_nothing_behind),
		cmocka_unit_test(closing_waits_for_a_mail_on_its_way_and_not_for_the_idle),
		cmocka_unit_test(a_unix_socket_is_served_and_a_stale_one_replaced),
		cmocka_unit_test(a_wrong_address_is_refused_with_a_sentence),
		cmocka_unit_test(the_usual_load_generator_is_content),
	};
	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
