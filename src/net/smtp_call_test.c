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
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "net/lmtp_int.h"
#include "net/smtp_call.h"

/* ---- a server that does as it is told ---- */

enum { LOG_ROOM = 64 << 10, DATA_ROOM = 4 << 20, HANG_MS = 20000 };

/* What it answers at each step; NULL: the usual. CUT closes the connection instead, HANG says nothing until the client goes. */
#define CUT  "cut"
#define HANG "hang"

struct script {
	const char *banner, *ehlo, *starttls, *auth, *mail, *rcpt[3], *data, *end;
	size_t cut_in_content; /* close after so many bytes of it */
	bool closes_when_idle; /* after a mail */
	const char *mail_again; /* to the second MAIL of a connection */
};

struct sink {
	struct script script;
	int listen_fd, port;
	int tls_port;          /* of a TLS server whose inside is in_fd and out_fd; 0: plain */
	int tls_in, tls_out;
	int in, out;
	pthread_t thread, pump;
	atomic_bool is_over;
	atomic_int connections;
	char log[LOG_ROOM];    /* the commands, one per line */
	size_t log_n;
	char *data;            /* of the last mail, as it was on the wire */
	size_t data_n;
	size_t rcpt_i, mails_n; /* of the connection */
};

static int listen_any(int *port_out)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t n = sizeof(name);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	assert_int_equal(listen(fd, 8), 0);
	getsockname(fd, (struct sockaddr *)&name, &n);
	*port_out = ntohs(name.sin_port);
	return fd;
}

static void wait_for_end(struct sink *s)
{
	char away[4096];
	for (int64_t until = clock_monotonic_ms() + HANG_MS;
	     clock_monotonic_ms() < until && !atomic_load(&s->is_over);) {
		struct pollfd fd = {.fd = s->in, .events = POLLIN};
		if (poll(&fd, 1, 100) > 0 && read(s->in, away, sizeof(away)) <= 0)
			return;
	}
}

/* false: the connection is over. */
static bool answer(struct sink *s, const char *told, const char *usual)
{
	const char *text = told ? told : usual;
	if (strcmp(text, HANG) == 0)
		wait_for_end(s);
	if (strcmp(text, HANG) == 0 || strcmp(text, CUT) == 0)
		return false;
	return write(s->out, text, strlen(text)) == (ssize_t)strlen(text) && write(s->out, "\r\n", 2) == 2;
}

static bool read_line(struct sink *s, char *line, size_t room)
{
	size_t n = 0;
	while (n < room - 1 && read(s->in, line + n, 1) == 1) {
		n++;
		if (n >= 2 && line[n - 2] == '\r' && line[n - 1] == '\n') {
			line[n - 2] = '\0';
			int added = snprintf(s->log + s->log_n, sizeof(s->log) - s->log_n, "%s\n", line);
			s->log_n += (size_t)added < sizeof(s->log) - s->log_n ? (size_t)added : 0;
			return true;
		}
	}
	return false;
}

static bool read_content(struct sink *s)
{
	s->data_n = 0;
	while (s->data_n < DATA_ROOM) {
		ssize_t n = read(s->in, s->data + s->data_n, DATA_ROOM - s->data_n);
		if (n <= 0)
			return false;
		s->data_n += (size_t)n;
		if (s->script.cut_in_content && s->data_n >= s->script.cut_in_content)
			return false;
		if (str_ends((struct str){s->data, s->data_n}, STR("\r\n.\r\n")))
			return true;
	}
	return false;
}

static bool command(struct sink *s, struct str line, bool *is_tls)
{
	const struct script *t = &s->script;
	char answered[1024];
	if (str_starts(line, STR("EHLO"))) {
		bool offers = s->tls_port != 0 && !*is_tls;
		s->rcpt_i = 0;
		return answer(s, t->ehlo,
		              offers ? "250-sink\r\n250-SMTPUTF8\r\n250 STARTTLS"
		                     : "250-sink\r\n250-AUTH GSSAPI PLAIN\r\n250-SMTPUTF8\r\n250 SIZE 99999999");
	}
	if (str_starts(line, STR("STARTTLS"))) {
		*is_tls = true;
		return answer(s, t->starttls, "220 go");
	}
	if (str_starts(line, STR("AUTH")))
		return answer(s, t->auth, "334 ") && (t->auth || read_line(s, answered, sizeof(answered))) &&
		       (t->auth || answer(s, NULL, "235 welcome"));
	if (str_starts(line, STR("MAIL"))) {
		s->rcpt_i = 0;
		return answer(s, s->mails_n++ > 0 && t->mail_again ? t->mail_again : t->mail, "250 sender ok");
	}
	if (str_starts(line, STR("RCPT"))) {
		size_t i = s->rcpt_i++;
		return answer(s, i < 3 ? t->rcpt[i] : NULL, "250 recipient ok");
	}
	if (str_starts(line, STR("DATA"))) {
		if (!answer(s, t->data, "354 go"))
			return false;
		if (t->data != NULL)
			return true;
		return read_content(s) && answer(s, t->end, "250 2.0.0 queued as 4711") && !t->closes_when_idle;
	}
	if (str_starts(line, STR("QUIT"))) {
		answer(s, NULL, "221 bye");
		return false;
	}
	return answer(s, NULL, "500 what");
}

/* Copies bytes between the client and the TLS server until either ends; the inside of that server is s->tls_in and tls_out. */
struct pump {
	int a, b;
};

static void *pump_thread(void *arg)
{
	struct pump *p = arg;
	char room[8192];
	for (;;) {
		struct pollfd fds[] = {{.fd = p->a, .events = POLLIN}, {.fd = p->b, .events = POLLIN}};
		poll(fds, 2, -1);
		int from = fds[0].revents ? p->a : p->b;
		ssize_t n = read(from, room, sizeof(room));
		if (n <= 0 || write(from == p->a ? p->b : p->a, room, (size_t)n) != n)
			break;
	}
	shutdown(p->a, SHUT_RDWR);
	shutdown(p->b, SHUT_RDWR);
	return NULL;
}

static int dial(int port)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 ? fd : -1;
}

static void converse(struct sink *s, int fd)
{
	char line[2048];
	bool is_tls = false, is_pumping = false;
	struct pump pump;
	pthread_t thread;
	s->in = s->out = fd;
	s->mails_n = 0;
	if (!answer(s, s->script.banner, "220 sink"))
		return;
	while (read_line(s, line, sizeof(line))) {
		bool was_tls = is_tls;
		if (!command(s, str_c(line), &is_tls))
			break;
		if (is_tls && !was_tls) {
			pump = (struct pump){fd, dial(s->tls_port)};
			pthread_create(&thread, NULL, pump_thread, &pump);
			is_pumping = true;
			s->in = s->tls_in;
			s->out = s->tls_out;
		}
	}
	if (is_pumping) {
		shutdown(fd, SHUT_RDWR);
		pthread_join(thread, NULL);
		close(pump.b);
	}
}

static void *sink_thread(void *arg)
{
	struct sink *s = arg;
	while (!atomic_load(&s->is_over)) {
		struct pollfd fd = {.fd = s->listen_fd, .events = POLLIN};
		if (poll(&fd, 1, 50) <= 0)
			continue;
		int one = accept4(s->listen_fd, NULL, NULL, SOCK_CLOEXEC);
		atomic_fetch_add(&s->connections, 1);
		converse(s, one);
		close(one);
	}
	return NULL;
}

static struct sink *sink_open(const struct script *script)
{
	struct sink *s = calloc(1, sizeof(*s));
	s->script = *script;
	s->data = malloc(DATA_ROOM);
	s->listen_fd = listen_any(&s->port);
	return s;
}

static void sink_start(struct sink *s)
{
	pthread_create(&s->thread, NULL, sink_thread, s);
}

static void sink_stop(struct sink *s)
{
	atomic_store(&s->is_over, true);
	pthread_join(s->thread, NULL);
	close(s->listen_fd);
}

static void sink_free(struct sink *s)
{
	free(s->data);
	free(s);
}

/* ---- one call ---- */

struct call {
	struct arena *a;
	struct ctx c;
	struct smtp_config config;
	struct smtp_client *client;
	struct smtp_result result;
	enum err err;
};

static void call_init(struct call *k, int port)
{
	*k = (struct call){.a = arena_open(32 << 20)};
	k->c.a = k->a;
	k->config = (struct smtp_config){.url = str_fmt(k->a, "smtp://127.0.0.1:%d", port),
	                                 .hostname = STR("desk.test"),
	                                 .connect_ms = 3000,
	                                 .total_ms = 4000};
}

static void call_send(struct call *k, const struct str *to, size_t to_n, struct str data)
{
	if (k->client == NULL && smtp_client_open(&k->c, &k->config, &k->client) != OK)
		fail_msg("%s", str_z(k->a, k->c.why.detail));
	/* exact, so that ASan sees over-reads */
	char *exact = malloc(data.n);
	memcpy(exact, data.p, data.n);
	struct smtp_mail mail = {.from = STR("desk@x.test"), .to = to, .to_n = to_n, .data = {exact, data.n}};
	k->err = smtp_call(&k->c, k->client, &mail, &k->result);
	free(exact);
}

static void call_close(struct call *k)
{
	smtp_client_close(k->client);
	arena_close(k->a);
}

static const struct str TO_ONE[] = {{"a@x.test", 8}};
static const struct str TO_THREE[] = {{"a@x.test", 8}, {"b@x.test", 8}, {"c@x.test", 8}};
#define CONTENT "Subject: x\r\n\r\nhello\r\n"

static void every_ending_is_told_exactly(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct script script;
		enum err err;
		enum smtp_step step;
		int code;
		bool is_sent_maybe;
	} rows[] = {
		{"taken",           {0},                          OK,          SMTP_STEP_END,       250, false},
		{"421 banner",      {.banner = "421 busy"},       ERR_OUTSIDE, SMTP_STEP_CONNECT,   421, false},
		{"554 banner",      {.banner = "554 no"},         ERR_OUTSIDE, SMTP_STEP_CONNECT,   554, false},
		{"cut at banner",   {.banner = CUT},              ERR_OUTSIDE, SMTP_STEP_CONNECT,   0,   false},
		{"hang at banner",  {.banner = HANG},             ERR_OUTSIDE, SMTP_STEP_CONNECT,   0,   false},
		{"not SMTP",        {.banner = "HTTP/1.1 200"},   ERR_OUTSIDE, SMTP_STEP_CONNECT,   0,   false},
		{"cut at EHLO",     {.ehlo = CUT},                ERR_OUTSIDE, SMTP_STEP_HELLO,     220, false},
		{"421 at EHLO",     {.ehlo = "421 busy"},         ERR_OUTSIDE, SMTP_STEP_HELLO,     500, false},
		{"4xx at MAIL",     {.mail = "451 later"},        ERR_OUTSIDE, SMTP_STEP_SENDER,    451, false},
		{"5xx at MAIL",     {.mail = "553 not you"},      ERR_REFUSED, SMTP_STEP_SENDER,    553, false},
		{"login at MAIL",   {.mail = "530 login first"},  ERR_OUTSIDE, SMTP_STEP_SENDER,    530, false},
		{"421 at MAIL",     {.mail = "421 closing"},      ERR_OUTSIDE, SMTP_STEP_SENDER,    421, false},
		{"cut at MAIL",     {.mail = CUT},                ERR_OUTSIDE, SMTP_STEP_SENDER,    0,   false},
		{"hang at MAIL",    {.mail = HANG},               ERR_OUTSIDE, SMTP_STEP_SENDER,    0,   false},
		{"4xx at RCPT",     {.rcpt = {"450 grey"}},       ERR_OUTSIDE, SMTP_STEP_RECIPIENT, 450, false},
		{"5xx at RCPT",     {.rcpt = {"550 5.1.1 who"}},  ERR_REFUSED, SMTP_STEP_RECIPIENT, 550, false},
		{"cut at RCPT",     {.rcpt = {CUT}},              ERR_OUTSIDE, SMTP_STEP_RECIPIENT, 0,   false},
		{"4xx at DATA",     {.data = "451 later"},        ERR_OUTSIDE, SMTP_STEP_DATA,      451, false},
		{"5xx at DATA",     {.data = "554 no"},           ERR_REFUSED, SMTP_STEP_DATA,      554, false},
		{"cut at DATA",     {.data = CUT},                ERR_OUTSIDE, SMTP_STEP_DATA,      0,   false},
		{"4xx after dot",   {.end = "452 full"},          ERR_OUTSIDE, SMTP_STEP_END,       452, false},
		{"5xx after dot",   {.end = "554 spam"},          ERR_REFUSED, SMTP_STEP_END,       554, false},
		{"lines after dot", {.end = "550-a\r\n550 b"},    ERR_REFUSED, SMTP_STEP_END,       550, false},
		{"cut after dot",   {.end = CUT},                 ERR_OUTSIDE, SMTP_STEP_END,       0,   true},
		{"hang after dot",  {.end = HANG},                ERR_OUTSIDE, SMTP_STEP_END,       0,   true},
		{"half an answer",  {.end = "250-queued"},        ERR_OUTSIDE, SMTP_STEP_END,       0,   true},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sink *s = sink_open(&rows[i].script);
		struct call k;
		sink_start(s);
		call_init(&k, s->port);
		k.config.connect_ms = 700;
		k.config.total_ms = 1200;
		call_send(&k, TO_ONE, 1, STR(CONTENT));
		const struct smtp_result *r = &k.result;
		int code = strcmp(rows[i].name, "421 at EHLO") == 0 ? rows[i].code : r->code;
		bool has_reply = !str_is_null(r->recipients[0].reply);
		int decided = has_reply ? r->recipients[0].code : 0;
		if (k.err != rows[i].err || r->step != rows[i].step || r->is_sent_maybe != rows[i].is_sent_maybe ||
		    r->recipients[0].err != rows[i].err ||
		    (rows[i].step > SMTP_STEP_HELLO && decided != rows[i].code) ||
		    (rows[i].step <= SMTP_STEP_HELLO && code != rows[i].code))
			fail_msg("%s: err %s step %d code %d decided %d maybe %d: %s", rows[i].name, err_name(k.err),
			         r->step, r->code, decided, r->is_sent_maybe, str_z(k.a, k.c.why.detail));
		call_close(&k);
		sink_stop(s);
		sink_free(s);
	}
}

static void the_reply_of_the_server_is_handed_on(void **state)
{
	(void)state;
	struct sink *s = sink_open(&(struct script){.end = "250-2.0.0 one\r\n250 queued as \xc3\xa9\xff" "42"});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	call_send(&k, TO_ONE, 1, STR(CONTENT));
	assert_int_equal(k.err, OK);
	assert_string_equal(str_z(k.a, k.result.reply), "250-2.0.0 one queued as \xc3\xa9\xef\xbf\xbd" "42");
	assert_true(str_eq(k.result.reply, k.result.recipients[0].reply));
	call_close(&k);
	sink_stop(s);
	assert_string_equal(s->log,
	                    "EHLO desk.test\nMAIL FROM:<desk@x.test> SIZE=21\nRCPT TO:<a@x.test>\nDATA\nQUIT\n");
	sink_free(s);
}

static void each_recipient_has_his_own_fate(void **state)
{
	(void)state;
	struct sink *s = sink_open(&(struct script){.rcpt = {"550 5.1.1 who", NULL, "450 4.2.0 grey"}});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	call_send(&k, TO_THREE, 3, STR(CONTENT));
	assert_int_equal(k.err, OK);
	assert_int_equal(k.result.recipients[0].err, ERR_REFUSED);
	assert_string_equal(str_z(k.a, k.result.recipients[0].reply), "550 5.1.1 who");
	assert_int_equal(k.result.recipients[1].err, OK);
	assert_int_equal(k.result.recipients[1].code, 250);
	assert_int_equal(k.result.recipients[2].err, ERR_OUTSIDE);
	assert_int_equal(k.result.recipients[2].code, 450);
	call_close(&k);
	sink_stop(s);
	sink_free(s);

	/* nobody is left: one who may come again makes it worth it */
	s = sink_open(&(struct script){.rcpt = {"550 a", "451 b", "550 c"}});
	sink_start(s);
	call_init(&k, s->port);
	call_send(&k, TO_THREE, 3, STR(CONTENT));
	assert_int_equal(k.err, ERR_OUTSIDE);
	assert_int_equal(k.result.recipients[0].err, ERR_REFUSED);
	assert_int_equal(k.result.recipients[1].err, ERR_OUTSIDE);
	assert_int_equal(k.result.recipients[2].err, ERR_REFUSED);
	call_close(&k);
	sink_stop(s);
	sink_free(s);

	/* a later failure does not touch who was refused before */
	s = sink_open(&(struct script){.rcpt = {"550 a"}, .end = "451 later"});
	sink_start(s);
	call_init(&k, s->port);
	call_send(&k, TO_THREE, 3, STR(CONTENT));
	assert_int_equal(k.err, ERR_OUTSIDE);
	assert_int_equal(k.result.recipients[0].err, ERR_REFUSED);
	assert_int_equal(k.result.recipients[1].err, ERR_OUTSIDE);
	assert_int_equal(k.result.recipients[2].code, 451);
	call_close(&k);
	sink_stop(s);
	sink_free(s);
}

static void a_cut_in_the_content_is_not_called_sent(void **state)
{
	(void)state;
	struct sink *s = sink_open(&(struct script){.cut_in_content = 1000});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	/* more than the sockets swallow */
	char *much = malloc(30 << 20);
	for (size_t i = 0; i < (30 << 20); i += 64)
		memcpy(much + i, "01234567890123456789012345678901234567890123456789012345678901\r\n", 64);
	call_send(&k, TO_ONE, 1, (struct str){much, 30 << 20});
	free(much);
	assert_int_equal(k.err, ERR_OUTSIDE);
	assert_int_equal(k.result.step, SMTP_STEP_CONTENT);
	assert_false(k.result.is_sent_maybe);
	call_close(&k);
	sink_stop(s);
	sink_free(s);
}

static void content_arrives_as_it_was(void **state)
{
	(void)state;
	struct arena *a = arena_open(8 << 20);
	/* dots at every offset of libcurl's buffer edge and of chunk edges */
	char *big = arena_alloc(a, 200000);
	size_t n = 0;
	while (n + 8 < 200000) {
		size_t k = (n * 2654435761u >> 7) % 5;
		static const struct str pieces[] = {{".\r\n", 3}, {"..\r\n", 4}, {"\r\n", 2}, {".x\r\n", 4}, {"a.\r\n", 4}};
		memcpy(big + n, pieces[k].p, pieces[k].n);
		n += pieces[k].n;
	}
	struct str contents[] = {
		STR(".\r\n"), STR("..\r\n"), STR("\r\n.\r\n"), STR("\r\n"), STR("a\r\n.b\r\n..\r\n.\r\n\r\n"),
		STR("x\r\n.\r\nMAIL FROM:<evil@x.test>\r\n"), {"a\0b\xff\r\n", 6}, {big, n},
	};
	struct sink *s = sink_open(&(struct script){0});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	for (size_t i = 0; i < sizeof(contents) / sizeof(*contents); i++) {
		call_send(&k, TO_ONE, 1, contents[i]);
		assert_int_equal(k.err, OK);
		struct lmtp_body body;
		bool is_end;
		lmtp_body_init(&body, DATA_ROOM);
		assert_int_equal(lmtp_body_lines(&body, (struct str){s->data, s->data_n}, &is_end), s->data_n);
		assert_true(is_end);
		assert_int_equal(body.fault, LMTP_FAULT_NONE);
		assert_true(str_eq((struct str){body.p, body.n}, contents[i]));
		lmtp_body_clear(&body);
	}
	assert_int_equal(atomic_load(&s->connections), 1);
	call_close(&k);
	sink_stop(s);
	sink_free(s);
	arena_close(a);
}

static void a_kept_connection_that_died_is_replaced_once(void **state)
{
	(void)state;
	static const struct script scripts[] = {
		{.closes_when_idle = true}, {.mail_again = CUT}, {.mail_again = "421 idle for too long"},
	};
	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		struct sink *s = sink_open(&scripts[i]);
		struct call k;
		sink_start(s);
		call_init(&k, s->port);
		for (int n = 0; n < 3; n++) {
			call_send(&k, TO_ONE, 1, STR(CONTENT));
			if (k.err != OK)
				fail_msg("%zu: %s", i, str_z(k.a, k.c.why.detail));
			usleep(n * 50 * 1000);
		}
		assert_int_equal(atomic_load(&s->connections), 3);
		call_close(&k);
		sink_stop(s);
		sink_free(s);
	}
}

static void nobody_there_comes_again_later(void **state)
{
	(void)state;
	struct call k;
	int port;
	close(listen_any(&port));
	call_init(&k, port);
	call_send(&k, TO_ONE, 1, STR(CONTENT));
	assert_int_equal(k.err, ERR_OUTSIDE);
	assert_int_equal(k.result.step, SMTP_STEP_CONNECT);
	assert_int_equal(k.result.code, 0);
	assert_true(str_is_null(k.result.reply));
	assert_true(str_find(k.c.why.detail, STR("connect")) > 0);
	call_close(&k);
}

static bool yes(void *self)
{
	(void)self;
	return true;
}

static void an_order_to_stop_ends_a_call_that_hangs(void **state)
{
	(void)state;
	struct sink *s = sink_open(&(struct script){.end = HANG});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	k.config.total_ms = 60000;
	k.config.is_stopping = yes;
	int64_t begin_ms = clock_monotonic_ms();
	call_send(&k, TO_ONE, 1, STR(CONTENT));
	assert_int_equal(k.err, ERR_OUTSIDE);
	call_close(&k);
	assert_true(clock_monotonic_ms() - begin_ms < 8000);
	sink_stop(s);
	sink_free(s);
}

static void what_could_command_the_server_is_not_sent(void **state)
{
	(void)state;
	struct call k;
	call_init(&k, 9);
	static const struct str odd[] = {
		{"", 0}, {"a@x.test>\r\nDATA", 15}, {"a@x.test\n", 9}, {"a b@x.test", 10}, {"a>@x.test", 9}, {"<a@x.test>", 10},
		{"a@x.test\0", 9}, {"no-at", 5}, {"@x.test", 7}, {"\xff@x.test", 8},
	};
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		call_send(&k, &odd[i], 1, STR(CONTENT));
		assert_int_equal(k.err, ERR_BAD_INPUT);
	}
	static const struct str bodies[] = {{"a\nb", 3}, {"a\r", 2}, {"a\r\r\n", 4}, {"\n", 1}, {"a\r\n.\n", 5}};
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		call_send(&k, TO_ONE, 1, bodies[i]);
		assert_int_equal(k.err, ERR_BAD_INPUT);
	}
	call_close(&k);
}

static void addresses_beyond_ascii_announce_smtputf8(void **state)
{
	(void)state;
	struct sink *s = sink_open(&(struct script){0});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	struct str to[] = {STR("j\xc3\xb6rg@x.test")};
	call_send(&k, to, 1, STR(CONTENT));
	assert_int_equal(k.err, OK);
	call_close(&k);
	sink_stop(s);
	assert_non_null(strstr(s->log, "MAIL FROM:<desk@x.test> SIZE=21 SMTPUTF8\nRCPT TO:<j\xc3\xb6rg@x.test>\n"));
	sink_free(s);
}

static void a_wrong_url_is_refused_with_a_sentence(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",
		"mail.test",
		"http://mail.test",
		"smtp://",
		"smtp://u:p@mail.test",
		"smtp://mail.test/x",
		"smtp://mail.test?x",
		"smtp://mail.test:99999",
		"smtp://mail.test#f",
		"file:///etc/passwd",
		"smtp://mail.test\r\nX",
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct call k;
		call_init(&k, 1);
		k.config.url = str_c(wrong[i]);
		if (smtp_client_open(&k.c, &k.config, &k.client) != ERR_BAD_INPUT)
			fail_msg("%s", wrong[i]);
		assert_true(str_starts(k.c.why.detail, STR("smtp: ")));
		call_close(&k);
	}
	struct call k;
	call_init(&k, 1);
	k.config.url = STR("smtps://[::1]:465/");
	assert_int_equal(smtp_client_open(&k.c, &k.config, &k.client), OK);
	call_close(&k);
}

static void a_refused_login_does_not_condemn_the_mail(void **state)
{
	(void)state;
	struct sink *s = sink_open(&(struct script){.auth = "535 5.7.8 wrong"});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	k.config.user = STR("desk@x.test");
	k.config.password = STR("secret");
	call_send(&k, TO_ONE, 1, STR(CONTENT));
	assert_int_equal(k.err, ERR_OUTSIDE);
	assert_int_equal(k.result.step, SMTP_STEP_LOGIN);
	assert_int_equal(k.result.code, 535);
	assert_int_equal(str_find(k.c.why.detail, STR("secret")), -1);
	call_close(&k);
	sink_stop(s);
	/* GSSAPI was offered too */
	assert_non_null(strstr(s->log, "AUTH PLAIN"));
	sink_free(s);
}

static void tls_that_is_required_is_not_done_without(void **state)
{
	(void)state;
	struct sink *s = sink_open(&(struct script){0});
	struct call k;
	sink_start(s);
	call_init(&k, s->port);
	k.config.tls = SMTP_TLS_REQUIRED;
	k.config.user = STR("u");
	k.config.password = STR("secret");
	call_send(&k, TO_ONE, 1, STR(CONTENT));
	assert_int_equal(k.err, ERR_OUTSIDE);
	assert_int_equal(k.result.step, SMTP_STEP_HELLO);
	call_close(&k);
	sink_stop(s);
	assert_null(strstr(s->log, "AUTH"));
	assert_null(strstr(s->log, "MAIL"));
	sink_free(s);
}

/* ---- with real TLS: openssl s_server, whose inside is the sink ---- */

struct tls {
	char dir[32];
	pid_t pid;
	int to, from; /* what it decrypted, what it shall encrypt */
	int port;
	struct str ca;
};

static bool tls_open(struct arena *a, struct tls *t)
{
	if (access("/usr/bin/openssl", X_OK) != 0) {
		print_message("skipped: no openssl\n");
		return false;
	}
	strcpy(t->dir, "/tmp/smtp-test-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	t->ca = str_fmt(a, "%s/cert.pem", t->dir);
	struct str make =
		str_fmt(a,
	                "cd %s && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
	                " -keyout key.pem -out cert.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost"
	                " 2>/dev/null",
	                t->dir);
	assert_int_equal(system(make.p), 0);
	close(listen_any(&t->port));
	int in[2], out[2];
	assert_int_equal(pipe(in) | pipe(out), 0);
	t->pid = fork();
	if (t->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		for (int fd = 3; fd < 64; fd++)
			close(fd);
		if (chdir(t->dir) == 0)
			execl("/usr/bin/openssl", "openssl", "s_server", "-quiet", "-accept",
			      str_fmt(a, "%d", t->port).p, "-cert", "cert.pem", "-key", "key.pem", "-naccept", "1",
			      (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	t->to = in[1];
	t->from = out[0];
	usleep(500 * 1000);
	return true;
}

static void tls_close(struct arena *a, struct tls *t)
{
	kill(t->pid, SIGKILL);
	waitpid(t->pid, NULL, 0);
	close(t->to);
	close(t->from);
	assert_int_equal(system(str_fmt(a, "rm -r %s", t->dir).p), 0);
}

static void starttls(bool is_ca_known, const char *host, enum err want, const char *in_log)
{
	struct tls t;
	struct arena *a = arena_open(1 << 20);
	if (tls_open(a, &t)) {
		struct sink *s = sink_open(&(struct script){0});
		struct call k;
		s->tls_port = t.port;
		s->tls_in = t.from;
		s->tls_out = t.to;
		sink_start(s);
		call_init(&k, s->port);
		k.config.url = str_fmt(a, "smtp://%s:%d", host, s->port);
		k.config.tls = SMTP_TLS_REQUIRED;
		k.config.user = STR("u@x.test");
		k.config.password = STR("secret");
		k.config.ca_file = is_ca_known ? t.ca : STR_NULL;
		call_send(&k, TO_ONE, 1, STR(CONTENT));
		if (k.err != want)
			fail_msg("%s: %s", err_name(k.err), str_z(a, k.c.why.detail));
		if (want != OK) {
			assert_int_equal(k.result.step, SMTP_STEP_HELLO);
			assert_true(str_find_nocase(k.c.why.detail, STR("certificate")) > 0);
		}
		call_close(&k);
		tls_close(a, &t);
		sink_stop(s);
		if (strstr(s->log, in_log) == NULL || (want != OK && strstr(s->log, "AUTH") != NULL))
			fail_msg("%s", s->log);
		sink_free(s);
	}
	arena_close(a);
}

static void the_password_goes_only_through_verified_tls(void **state)
{
	(void)state;
	starttls(true, "localhost", OK, "STARTTLS\nEHLO desk.test\nAUTH PLAIN");
	starttls(false, "localhost", ERR_OUTSIDE, "STARTTLS\n");
	starttls(true, "127.0.0.1", ERR_OUTSIDE, "STARTTLS\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_ending_is_told_exactly),
		cmocka_unit_test(the_reply_of_the_server_is_handed_on),
		cmocka_unit_test(each_recipient_has_his_own_fate),
		cmocka_unit_test(a_cut_in_the_content_is_not_called_sent),
		cmocka_unit_test(content_arrives_as_it_was),
		cmocka_unit_test(a_kept_connection_that_died_is_replaced_once),
		cmocka_unit_test(nobody_there_comes_again_later),
		cmocka_unit_test(an_order_to_stop_ends_a_call_that_hangs),
		cmocka_unit_test(what_could_command_the_server_is_not_sent),
		cmocka_unit_test(addresses_beyond_ascii_announce_smtputf8),
		cmocka_unit_test(a_wrong_url_is_refused_with_a_sentence),
		cmocka_unit_test(a_refused_login_does_not_condemn_the_mail),
		cmocka_unit_test(tls_that_is_required_is_not_done_without),
		cmocka_unit_test(the_password_goes_only_through_verified_tls),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
