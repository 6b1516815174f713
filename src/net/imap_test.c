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

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "net/imap.h"

/* The client against a server that says what a test wants; imap_dovecot_test.c is the same against a real one. */

/* ---- the server ---- */

enum { LOG_ROOM = 1 << 20, LINE_ROOM = 4096, MAX_RULES = 12, HANG_MS = 20000 };

/* What is answered to a command that begins so; "%t" is its tag. The rules of a test come first, each may be used once or
 * always; CUT closes the connection behind the text so far, HANG says no more. */
#define CUT  "\x01"
#define HANG "\x02"

struct rule {
	const char *when, *then;
	bool is_once;
};

static const struct rule usual[] = {
	{"CAPABILITY", "* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\r\n%t OK\r\n", false},
	{"AUTHENTICATE", "+ \r\n", false},
	{"LOGIN", "%t OK\r\n", false},
	{"EXAMINE", "* 3 EXISTS\r\n* OK [UIDVALIDITY 9] x\r\n* OK [UIDNEXT 4] x\r\n%t OK [READ-ONLY]\r\n", false},
	{"UID SEARCH", "* SEARCH 1 2 3\r\n%t OK\r\n", false},
	{"UID FETCH 1,2,3 (UID FLAGS",
	 "* 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 5)\r\n"
	 "* 2 FETCH (UID 2 FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 5)\r\n"
	 "* 3 FETCH (UID 3 FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 5)\r\n%t OK\r\n", false},
	{"UID FETCH 1 (UID BODY.PEEK[])", "* 1 FETCH (UID 1 BODY[] {5}\r\none\r\n)\r\n%t OK\r\n", false},
	{"UID FETCH 2 (UID BODY.PEEK[])", "* 2 FETCH (UID 2 BODY[] {5}\r\ntwo\r\n)\r\n%t OK\r\n", false},
	{"UID FETCH 3 (UID BODY.PEEK[])", "* 3 FETCH (BODY[] {5}\r\ntri\r\n UID 3)\r\n%t OK\r\n", false},
	{"UID FETCH", "%t OK nothing there\r\n", false},
	{"IDLE", "+ idling\r\n", false},
	{"NOOP", "%t OK\r\n", false},
	{"LOGOUT", "* BYE\r\n%t OK\r\n" CUT, false},
};

struct server {
	struct rule rules[MAX_RULES];
	bool is_used[MAX_RULES];
	const char *greeting;
	int listen_fd, port, fd;
	pthread_t thread;
	atomic_bool is_over;
	char idle_tag[64];
	char log[LOG_ROOM]; /* commands without tags */
	size_t log_n;
};

static bool write_all(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		bytes = str_skip(bytes, (size_t)n);
	}
	return true;
}

static void wait_for_end(struct server *s)
{
	char away[4096];
	for (int64_t until = clock_monotonic_ms() + HANG_MS;
	     clock_monotonic_ms() < until && !atomic_load(&s->is_over);) {
		struct pollfd fd = {.fd = s->fd, .events = POLLIN};
		if (poll(&fd, 1, 50) > 0 && recv(s->fd, away, sizeof(away), 0) <= 0)
			return;
	}
}

static bool say(struct server *s, const char *text, const char *tag)
{
	struct arena *a = arena_open(8 << 20);
	struct buf out;
	bool is_cut = false, is_hanging = false;
	buf_init(&out, a, 4 << 20);
	for (; *text != '\0'; text++) {
		if (text[0] == '%' && text[1] == 't') {
			buf_add(&out, str_c(tag));
			text++;
		} else if (*text == CUT[0]) {
			is_cut = true;
		} else if (*text == HANG[0]) {
			is_hanging = true;
		} else {
			buf_byte(&out, *text);
		}
	}
	bool is_sent = write_all(s->fd, buf_str(&out));
	arena_close(a);
	if (is_hanging)
		wait_for_end(s);
	return is_sent && !is_cut && !is_hanging;
}

static const char *answer_to(struct server *s, const char *command)
{
	for (size_t i = 0; i < MAX_RULES && s->rules[i].when != NULL; i++) {
		if (strncmp(command, s->rules[i].when, strlen(s->rules[i].when)) != 0 ||
		    (s->rules[i].is_once && s->is_used[i]))
			continue;
		s->is_used[i] = true;
		return s->rules[i].then;
	}
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (strncmp(command, usual[i].when, strlen(usual[i].when)) == 0)
			return usual[i].then;
	return "%t BAD what\r\n";
}

static bool read_line(struct server *s, char *line)
{
	for (size_t n = 0; n < LINE_ROOM - 1; n++) {
		if (recv(s->fd, line + n, 1, 0) != 1)
			return false;
		if (line[n] == '\n') {
			line[n > 0 && line[n - 1] == '\r' ? n - 1 : n] = '\0';
			return true;
		}
	}
	return false;
}

static void log_command(struct server *s, const char *command)
{
	int n = snprintf(s->log + s->log_n, LOG_ROOM - s->log_n, "%s\n", command);
	s->log_n += (size_t)n < LOG_ROOM - s->log_n ? (size_t)n : 0;
}

static void converse(struct server *s)
{
	char line[LINE_ROOM], tag[64] = "";
	if (!say(s, s->greeting ? s->greeting : "* OK ready\r\n", ""))
		return;
	bool is_signing_in = false;
	while (read_line(s, line)) {
		char *blank = strchr(line, ' ');
		if (is_signing_in || strcmp(line, "DONE") == 0) {
			/* the answer to a challenge, and the end of IDLE: both end the command before */
			log_command(s, is_signing_in ? "(secret)" : line);
			if (!say(s, is_signing_in ? answer_to(s, "(secret)") : "%t OK\r\n", tag))
				return;
			is_signing_in = false;
			continue;
		}
		if (blank == NULL)
			return;
		*blank = '\0';
		snprintf(tag, sizeof(tag), "%.63s", line);
		log_command(s, blank + 1);
		const char *then = answer_to(s, blank + 1);
		is_signing_in = strncmp(blank + 1, "AUTHENTICATE", 12) == 0 && then[0] == '+';
		if (!say(s, then, tag))
			return;
	}
}

static void *server_thread(void *arg)
{
	struct server *s = arg;
	while (!atomic_load(&s->is_over)) {
		struct pollfd fd = {.fd = s->listen_fd, .events = POLLIN};
		if (poll(&fd, 1, 50) <= 0)
			continue;
		s->fd = accept4(s->listen_fd, NULL, NULL, SOCK_CLOEXEC);
		log_command(s, "(connection)");
		converse(s);
		close(s->fd);
	}
	return NULL;
}

/* ---- one test's client and what it got ---- */

struct fixture {
	struct arena *a;
	struct ctx c;
	struct server *s;
	struct imap_config config;
	int stop_fd;
	struct imap *imap;
	struct buf got; /* "1:whole:one ... " */
	struct imap_mail last;
	uint32_t fail_at;
};

static void fixture_open(struct fixture *f, const struct rule *rules, size_t rules_n, const char *greeting)
{
	*f = (struct fixture){.a = arena_open(64 << 20), .stop_fd = eventfd(0, EFD_CLOEXEC)};
	f->c.a = f->a;
	buf_init(&f->got, f->a, 4 << 20);
	f->s = calloc(1, sizeof(*f->s));
	memcpy(f->s->rules, rules, rules_n * sizeof(*rules));
	f->s->greeting = greeting;
	f->s->rules[rules_n] = (struct rule){"(secret)", "%t OK\r\n", false};
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t n = sizeof(name);
	f->s->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(f->s->listen_fd, (struct sockaddr *)&name, sizeof(name)), 0);
	assert_int_equal(listen(f->s->listen_fd, 8), 0);
	getsockname(f->s->listen_fd, (struct sockaddr *)&name, &n);
	f->s->port = ntohs(name.sin_port);
	pthread_create(&f->s->thread, NULL, server_thread, f->s);
	f->config = (struct imap_config){.host = STR("127.0.0.1"),
	                                 .port = f->s->port,
	                                 .security = IMAP_PLAIN,
	                                 .username = STR("desk@x.test"),
	                                 .password = STR("sec ret"),
	                                 .max_message_bytes = 1000,
	                                 .connect_ms = 4000,
	                                 .quiet_ms = 500,
	                                 .idle_ms = 600,
	                                 .poll_ms = 100};
}

#define RULES(...) \
	((const struct rule[]){__VA_ARGS__}), sizeof((const struct rule[]){__VA_ARGS__}) / sizeof(struct rule)
#define NO_RULES   usual, 0

static void fixture_close(struct fixture *f)
{
	imap_close(f->imap);
	atomic_store(&f->s->is_over, true);
	pthread_join(f->s->thread, NULL);
	close(f->s->listen_fd);
	close(f->stop_fd);
	free(f->s);
	arena_close(f->a);
}

static enum err take(void *self, const struct imap_mail *mail)
{
	struct fixture *f = self;
	static const char *const names[] = {[IMAP_WHOLE] = "whole", [IMAP_HEADER_ONLY] = "header", [IMAP_UNREADABLE] = "unreadable"};
	if (mail->uid == f->fail_at)
		return ERR_DISK_FULL;
	f->last = *mail;
	buf_fmt(&f->got, "%u:%s:" STR_FMT STR_FMT " ", mail->uid, names[mail->content], STR_ARG(str_trim(mail->raw)),
	        STR_ARG(mail->why));
	return OK;
}

/* Opens, selects, fetches: the first error of it. */
static enum err fetch_since(struct fixture *f, uint32_t last_uid)
{
	struct imap_state state;
	if (f->imap == NULL)
		TRY(imap_open(&f->c, &f->config, f->stop_fd, &f->imap));
	TRY(imap_select(&f->c, f->imap, &state));
	return imap_fetch_since(&f->c, f->imap, last_uid, take, f);
}

static void expect_got(struct fixture *f, enum err want, const char *got)
{
	enum err e = fetch_since(f, 0);
	if (e != want)
		fail_msg("%s: " STR_FMT, err_name(e), STR_ARG(f->c.why.detail));
	assert_string_equal(str_z(f->a, buf_str(&f->got)), got);
}

static void expect_open(const struct rule *rules, size_t rules_n, const char *greeting, enum err want,
                        const char *sentence)
{
	struct fixture f;
	fixture_open(&f, rules, rules_n, greeting);
	enum err e = imap_open(&f.c, &f.config, f.stop_fd, &f.imap);
	if (e != want || (sentence && str_find(f.c.why.detail, str_c(sentence)) < 0))
		fail_msg("%s: " STR_FMT "\n%s", err_name(e), STR_ARG(f.c.why.detail), f.s->log);
	assert_int_equal(str_find(f.c.why.detail, STR("sec ret")), -1);
	fixture_close(&f);
}

/* ---- promises ---- */

static void new_mails_come_in_order_and_old_ones_do_not(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, RULES({"UID SEARCH", "* SEARCH 3 1 2 2 3\r\n%t OK\r\n", false}), NULL);
	expect_got(&f, OK, "1:whole:one 2:whole:two 3:whole:tri ");
	buf_init(&f.got, f.a, 1000);
	/* "n:*" answers with the last mail even when it is older */
	assert_int_equal(fetch_since(&f, 3), OK);
	assert_int_equal(f.got.n, 0);
	fixture_close(&f);
}

static void flags_date_and_size_are_told(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, RULES({"UID SEARCH", "* SEARCH 7\r\n%t OK\r\n", false},
	             {"UID FETCH 7 (UID FLAGS", "* 1 FETCH (FLAGS (\\SEEN \\Flagged $x) UID 7 INTERNALDATE "
	              "\"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 300)\r\n%t OK\r\n", false},
	             {"UID FETCH 7 (UID BODY", "* 1 FETCH (UID 7 BODY[] \"x\")\r\n%t OK\r\n", false}), NULL);
	expect_got(&f, OK, "7:whole:x ");
	assert_int_equal(f.last.flags, IMAP_SEEN | IMAP_FLAGGED);
	assert_int_equal(f.last.internal_date_ms, 837596665000);
	assert_int_equal(f.last.size_bytes, 300);
	fixture_close(&f);
}

static void a_refused_search_falls_back_to_fetch(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f,
	             RULES({"UID SEARCH", "%t BAD no search\r\n", false},
	                   {"UID FETCH 1:* (UID)",
	                    "* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 2)\r\n* 3 FETCH (UID 3)\r\n%t OK\r\n", false}),
	             NULL);
	expect_got(&f, OK, "1:whole:one 2:whole:two 3:whole:tri ");
	fixture_close(&f);
}

static void deleted_and_vanished_mails_are_left_out(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, RULES({"UID FETCH 1,2,3 (UID FLAGS", "* 2 FETCH (UID 2 FLAGS (\\Deleted) RFC822.SIZE 5)\r\n"
	              "* 3 FETCH (UID 3 FLAGS () RFC822.SIZE 5)\r\n%t OK\r\n", false}), NULL);
	expect_got(&f, OK, "3:whole:tri ");
	fixture_close(&f);
	/* gone between being named and being fetched */
	fixture_open(&f, RULES({"UID FETCH 2 (UID BODY", "* 2 EXPUNGE\r\n%t OK\r\n", false}), NULL);
	expect_got(&f, OK, "1:whole:one 3:whole:tri ");
	fixture_close(&f);
}

static void a_mail_the_server_will_not_hand_over_does_not_stop_the_others(void **state)
{
	(void)state;
	static const char there[] = "* 2 FETCH (UID 2 FLAGS ())\r\n%t OK\r\n";
	struct fixture f;
	fixture_open(&f,
	             RULES({"UID FETCH 2 (UID BODY", "%t NO [SERVERBUG] broken\r\n", false},
	                   {"UID FETCH 2 (UID FLAGS", there, false}),
	             NULL);
	expect_got(&f, OK, "1:whole:one 2:unreadable:broken 3:whole:tri ");
	fixture_close(&f);
	fixture_open(&f, RULES({"UID FETCH 2 (UID BODY", "* 2 FETCH (UID 2 BODY[] NIL)\r\n%t OK\r\n", false},
	             {"UID FETCH 2 (UID FLAGS", there, false}), NULL);
	expect_got(&f, OK, "1:whole:one 2:unreadable:The server hands over no content 3:whole:tri ");
	fixture_close(&f);
	/* the server chokes on the question for all of them */
	fixture_open(&f,
	             RULES({"UID FETCH 1,2,3 (UID FLAGS", "%t NO broken\r\n", false},
	                   {"UID FETCH 1 (UID FLAGS", "* 1 FETCH (UID 1 FLAGS ())\r\n%t OK\r\n", false},
	                   {"UID FETCH 2 (UID FLAGS", "%t NO broken\r\n", false},
	                   {"UID FETCH 2 (UID BODY", "%t NO broken\r\n", false},
	                   {"UID FETCH 3 (UID FLAGS", "%t OK\r\n", false}),
	             NULL);
	expect_got(&f, OK, "1:whole:one 2:unreadable:broken ");
	fixture_close(&f);
}

static void a_mail_that_is_too_big_comes_as_its_header(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f,
	             RULES({"UID SEARCH", "* SEARCH 2\r\n%t OK\r\n", false},
	                   {"UID FETCH 2 (UID FLAGS", "* 2 FETCH (UID 2 RFC822.SIZE 1001)\r\n%t OK\r\n", false},
	                   {"UID FETCH 2 (UID BODY.PEEK[HEADER])",
	                    "* 2 FETCH (UID 2 BODY[HEADER] {8}\r\na: b\r\n\r\n)\r\n%t OK\r\n", false}),
	             NULL);
	expect_got(&f, OK, "2:header:a: b ");
	assert_null(strstr(f.s->log, "BODY.PEEK[]"));
	fixture_close(&f);
	/* the server said it was small */
	struct arena *a = arena_open(4 << 20);
	struct buf big;
	buf_init(&big, a, 1 << 20);
	buf_lit(&big, "* 2 FETCH (UID 2 BODY[] {200006}\r\na: b\r\n\r\n");
	for (int i = 0; i < 200006 - 8; i++)
		buf_byte(&big, 'x');
	buf_lit(&big, ")\r\n%t OK\r\n");
	fixture_open(&f, RULES({"UID FETCH 2 (UID BODY", str_z(a, buf_str(&big)), false}), NULL);
	expect_got(&f, OK, "1:whole:one 2:header:a: b 3:whole:tri ");
	fixture_close(&f);
	arena_close(a);
}

static void the_callers_error_stops_the_fetch_and_the_connection_lives(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, NO_RULES, NULL);
	f.fail_at = 2;
	expect_got(&f, ERR_DISK_FULL, "1:whole:one ");
	f.fail_at = 0;
	expect_got(&f, OK, "1:whole:one 1:whole:one 2:whole:two 3:whole:tri ");
	fixture_close(&f);
}

static void a_server_that_breaks_off_is_told_apart_from_no_news(void **state)
{
	(void)state;
	static const struct rule rules[] = {
		{"UID SEARCH", "* SEARCH 1" CUT, false},
		{"UID SEARCH", "* BYE shutting down\r\n" CUT, false},
		{"UID SEARCH", "* SEARCH 1 2 3\r\n" HANG, false},
		{"UID FETCH 2 (UID BODY", "* 2 FETCH (UID 2 BODY[] {50}\r\nhalf" CUT, false},
		{"UID FETCH 2 (UID BODY", "* 2 FETCH (UID 2 BODY[] {50}\r\nhalf" HANG, false},
		{"EXAMINE", CUT, false},
		{"EXAMINE", "* 3 EXISTS\r\n%t OK no validity\r\n", false},
		{"EXAMINE", "%t NO [UNAVAILABLE] later\r\n", false},
		{"CAPABILITY", HANG, false},
	};
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		struct fixture f;
		fixture_open(&f, &rules[i], 1, NULL);
		f.config.connect_ms = 1000;
		int64_t begin_ms = clock_monotonic_ms();
		enum err e = fetch_since(&f, 0);
		if (e != ERR_OUTSIDE || clock_monotonic_ms() - begin_ms > 8000)
			fail_msg("%zu: %s " STR_FMT, i, err_name(e), STR_ARG(f.c.why.detail));
		assert_int_equal(str_find(buf_str(&f.got), STR("half")), -1);
		fixture_close(&f);
	}
}

static void a_missing_folder_is_not_found(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, RULES({"EXAMINE \"Entw&APw-rfe\"", "%t NO [NONEXISTENT] no such\r\n", false}), NULL);
	f.config.folder = STR("Entw\xc3\xbcrfe");
	assert_int_equal(fetch_since(&f, 0), ERR_NOT_FOUND);
	fixture_close(&f);
}

static void a_denied_login_is_told_apart_from_a_server_that_is_ill(void **state)
{
	(void)state;
	expect_open(RULES({"(secret)", "%t NO [AUTHENTICATIONFAILED] wrong\r\n", false}), NULL, ERR_REFUSED,
	            "denies the login of desk@x.test: A002 NO [AUTHENTICATIONFAILED] wrong");
	expect_open(RULES({"(secret)", "%t NO [UNAVAILABLE] down\r\n", false}), NULL, ERR_OUTSIDE, "[UNAVAILABLE]");
	expect_open(RULES({"(secret)", "* BYE\r\n" CUT, false}), NULL, ERR_OUTSIDE, NULL);
	expect_open(NO_RULES, "* BYE go away\r\n" CUT, ERR_OUTSIDE, NULL);
	expect_open(NO_RULES, CUT, ERR_OUTSIDE, NULL);
	expect_open(NO_RULES, "HTTP/1.1 400 no\r\n" CUT, ERR_OUTSIDE, NULL);
}

static void the_way_to_sign_in_is_the_one_the_server_has(void **state)
{
	(void)state;
	struct fixture f;
	/* GSSAPI is what libcurl would like better */
	fixture_open(&f, RULES({"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=GSSAPI AUTH=PLAIN\r\n%t OK\r\n", false}),
	             NULL);
	if (imap_open(&f.c, &f.config, f.stop_fd, &f.imap) != OK)
		fail_msg("%s\n%s", str_z(f.a, f.c.why.detail), f.s->log);
	assert_non_null(strstr(f.s->log, "AUTHENTICATE PLAIN\n(secret)\n"));
	fixture_close(&f);
	fixture_open(&f, RULES({"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n%t OK\r\n", false}), NULL);
	assert_int_equal(imap_open(&f.c, &f.config, f.stop_fd, &f.imap), OK);
	assert_non_null(strstr(f.s->log, "LOGIN desk@x.test \"sec ret\"\n"));
	fixture_close(&f);
	expect_open(RULES({"CAPABILITY", "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n%t OK\r\n", false}), NULL,
	            ERR_REFUSED, "allows no login by password");
}

static void what_cannot_be_meant_is_refused(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, NO_RULES, NULL);
	static const struct str hosts[] = {{"", 0}, {"a/b", 3}, {"a@b", 3}, {"a b", 3}, {"a\r\nb", 4}, {"a?b", 3}, {"a#b", 3}};
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		struct imap_config config = f.config;
		config.host = hosts[i];
		config.security = IMAP_TLS;
		assert_int_equal(imap_open(&f.c, &config, -1, &f.imap), ERR_BAD_INPUT);
	}
	static const struct str remote[] = {{"mail.example.com", 16}, {"127.example.com", 15}, {"127.0.0.1.example.com", 21}, {"10.0.0.1", 8}};
	struct imap_config config = f.config;
	for (size_t i = 0; i < sizeof(remote) / sizeof(*remote); i++) {
		config.host = remote[i];
		assert_int_equal(imap_open(&f.c, &config, -1, &f.imap), ERR_BAD_INPUT);
	}
	config = f.config;
	config.folder = STR("a\r\nb2 LOGOUT");
	assert_int_equal(imap_open(&f.c, &config, -1, &f.imap), ERR_BAD_INPUT);
	config = f.config;
	config.username = STR("a\r\nb");
	assert_int_equal(imap_open(&f.c, &config, -1, &f.imap), ERR_BAD_INPUT);
	f.imap = NULL;
	fixture_close(&f);
}

static void starttls_is_insisted_on(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, NO_RULES, NULL);
	f.config.security = IMAP_STARTTLS;
	assert_int_equal(imap_open(&f.c, &f.config, -1, &f.imap), ERR_OUTSIDE);
	assert_null(strstr(f.s->log, "AUTHENTICATE"));
	fixture_close(&f);
	/* a server that claims to have signed us in already would have us talk in the clear */
	fixture_open(&f, NO_RULES, "* PREAUTH welcome\r\n");
	f.config.security = IMAP_STARTTLS;
	assert_int_equal(imap_open(&f.c, &f.config, -1, &f.imap), ERR_OUTSIDE);
	fixture_close(&f);
}

static void idle_ends_with_news_and_with_time(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(
		&f,
		RULES({"IDLE", "+ idling\r\n", true}, {"IDLE", "+ idling\r\n* OK still here\r\n* 4 EXISTS\r\n", false}),
		NULL);
	assert_int_equal(fetch_since(&f, 0), OK);
	int64_t begin_ms = clock_monotonic_ms();
	assert_int_equal(imap_idle(&f.c, f.imap), OK);
	assert_true(clock_monotonic_ms() - begin_ms >= 600);
	begin_ms = clock_monotonic_ms();
	assert_int_equal(imap_idle(&f.c, f.imap), OK);
	assert_true(clock_monotonic_ms() - begin_ms < 600);
	assert_int_equal(imap_fetch_since(&f.c, f.imap, 3, take, &f), OK);
	assert_non_null(strstr(f.s->log, "IDLE\nDONE\nIDLE\nDONE\nUID SEARCH"));
	fixture_close(&f);
}

static void news_before_idle_are_not_missed(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f,
	             RULES({"UID FETCH 3 (UID BODY",
	                    "* 3 FETCH (UID 3 BODY[] {5}\r\ntri\r\n)\r\n* 4 EXISTS\r\n%t OK\r\n", false}),
	             NULL);
	assert_int_equal(fetch_since(&f, 0), OK);
	int64_t begin_ms = clock_monotonic_ms();
	assert_int_equal(imap_idle(&f.c, f.imap), OK);
	assert_true(clock_monotonic_ms() - begin_ms < 600);
	assert_null(strstr(f.s->log, "IDLE"));
	fixture_close(&f);
}

static void a_server_without_idle_is_asked_now_and_then(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, RULES({"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%t OK\r\n", false},
	             {"NOOP", "%t OK\r\n", true}, {"NOOP", "* 4 EXISTS\r\n%t OK\r\n", false}), NULL);
	assert_int_equal(fetch_since(&f, 0), OK);
	assert_int_equal(imap_idle(&f.c, f.imap), OK);
	assert_non_null(strstr(f.s->log, "NOOP\nNOOP\n"));
	assert_null(strstr(f.s->log, "IDLE"));
	fixture_close(&f);
	/* offered, but refused */
	fixture_open(&f, RULES({"IDLE", "%t NO not today\r\n", false}), NULL);
	assert_int_equal(fetch_since(&f, 0), OK);
	assert_int_equal(imap_idle(&f.c, f.imap), OK);
	assert_non_null(strstr(f.s->log, "IDLE\nNOOP\nNOOP\n"));
	fixture_close(&f);
}

static void *stop_soon(void *arg)
{
	usleep(200 * 1000);
	eventfd_write(*(int *)arg, 1);
	return NULL;
}

static void an_order_to_stop_ends_every_wait(void **state)
{
	(void)state;
	for (int where = 0; where < 4; where++) {
		struct fixture f;
		static const struct rule hang = {"UID SEARCH", HANG, false};
		fixture_open(&f, &hang, where == 1, where == 0 ? HANG : NULL);
		f.config.quiet_ms = f.config.idle_ms = f.config.connect_ms = 20000;
		f.config.poll_ms = 20000;
		pthread_t thread;
		struct imap_state s;
		enum err e = OK;
		if (where > 1)
			assert_int_equal(fetch_since(&f, 0), OK);
		pthread_create(&thread, NULL, stop_soon, &f.stop_fd);
		int64_t begin_ms = clock_monotonic_ms();
		if (where < 2)
			e = imap_open(&f.c, &f.config, f.stop_fd, &f.imap);
		if (where == 1 && e == OK && (e = imap_select(&f.c, f.imap, &s)) == OK)
			e = imap_fetch_since(&f.c, f.imap, 0, take, &f);
		if (where > 1)
			e = imap_idle(&f.c, f.imap);
		if (e != ERR_BUSY || clock_monotonic_ms() - begin_ms > 5000)
			fail_msg("%d: %s", where, err_name(e));
		pthread_join(thread, NULL);
		fixture_close(&f);
	}
}

static void a_long_way_is_gone_in_windows(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f,
	             RULES({"EXAMINE", "* OK [UIDVALIDITY 9]\r\n* OK [UIDNEXT 12001]\r\n%t OK\r\n", false},
	                   {"UID SEARCH UID 1:5000", "* SEARCH 1 9999\r\n%t OK\r\n", false},
	                   {"UID SEARCH UID 5001:10000", "* SEARCH\r\n%t OK\r\n", false},
	                   {"UID SEARCH UID 10001:*", "* SEARCH 12000 12005\r\n%t OK\r\n", false}),
	             NULL);
	expect_got(&f, OK, "");
	assert_non_null(strstr(f.s->log, "UID SEARCH UID 1:5000\nUID FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)\n"
	                       "UID SEARCH UID 5001:10000\nUID SEARCH UID 10001:*\nUID FETCH 12000,12005 (UID FLAGS"));
	fixture_close(&f);
}

/* 45,000 UIDs in one answer, backwards: all are asked for, each once. */
static void more_uids_than_there_is_room_for_are_all_dealt_with(void **state)
{
	(void)state;
	enum { MANY = 45000 };
	struct arena *a = arena_open(16 << 20);
	struct buf all;
	buf_init(&all, a, 4 << 20);
	for (int uid = MANY; uid > 0; uid--)
		buf_fmt(&all, "* %d FETCH (UID %d)\r\n", uid, uid);
	buf_lit(&all, "%t OK\r\n");
	const char *list = str_z(a, buf_str(&all));
	struct fixture f;
	fixture_open(&f,
	             RULES({"EXAMINE", "* OK [UIDVALIDITY 9]\r\n%t OK\r\n", false}, {"UID SEARCH", "%t NO\r\n", false},
	                   {"UID FETCH 1:*", list, false}, {"UID FETCH 15001:*", list, false},
	                   {"UID FETCH 35001:*", list, false}),
	             NULL);
	f.config.quiet_ms = 10000;
	expect_got(&f, OK, "");
	char *seen = calloc(1, MANY + 1);
	int n = 0;
	struct str rest = {f.s->log, f.s->log_n};
	while (!str_is_null(rest)) {
		struct str line = str_cut(&rest, STR("\n"));
		if (!str_starts(line, STR("UID FETCH ")) || str_find(line, STR(" (UID FLAGS")) < 0)
			continue;
		struct str set = str_head(str_skip(line, 10), (size_t)str_find(line, STR(" (UID FLAGS")) - 10);
		while (!str_is_null(set)) {
			int64_t uid;
			assert_true(num_parse_int(str_cut(&set, STR(",")), &uid) && uid > 0 && uid <= MANY);
			assert_int_equal(seen[uid]++, 0);
			n++;
		}
	}
	assert_int_equal(n, MANY);
	free(seen);
	fixture_close(&f);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_mails_come_in_order_and_old_ones_do_not),
		cmocka_unit_test(flags_date_and_size_are_told),
		cmocka_unit_test(a_refused_search_falls_back_to_fetch),
		cmocka_unit_test(deleted_and_vanished_mails_are_left_out),
		cmocka_unit_test(a_mail_the_server_will_not_hand_over_does_not_stop_the_others),
		cmocka_unit_test(a_mail_that_is_too_big_comes_as_its_header),
		cmocka_unit_test(the_callers_error_stops_the_fetch_and_the_connection_lives),
		cmocka_unit_test(a_server_that_breaks_off_is_told_apart_from_no_news),
		cmocka_unit_test(a_missing_folder_is_not_found),
		cmocka_unit_test(a_denied_login_is_told_apart_from_a_server_that_is_ill),
		cmocka_unit_test(the_way_to_sign_in_is_the_one_the_server_has),
		cmocka_unit_test(what_cannot_be_meant_is_refused),
		cmocka_unit_test(starttls_is_insisted_on),
		cmocka_unit_test(idle_ends_with_news_and_with_time),
		cmocka_unit_test(news_before_idle_are_not_missed),
		cmocka_unit_test(a_server_without_idle_is_asked_now_and_then),
		cmocka_unit_test(an_order_to_stop_ends_every_wait),
		cmocka_unit_test(a_long_way_is_gone_in_windows),
		cmocka_unit_test(more_uids_than_there_is_room_for_are_all_dealt_with),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
