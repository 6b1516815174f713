/* The way out over HTTP against a server that does as it is told, and against everything that tries to lead it inside. A canary
 * that counts connections listens wherever it must not go. */

#include "base/test.h"
#undef fail_msg /* cmocka's calls fail() */
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "net/http_call_int.h"

enum { ROOM = 1 << 20, CALL_MS = 3000 };

/* Answers every connection with the same bytes, whole or dribbled. */
struct peer {
	int fd, port;
	const char *answer; /* NULL: nothing */
	size_t answer_n;    /* more of it than there is: the last byte again and again */
	int dribble_ms;     /* between bytes; 0: all at once */
	bool keeps_open;
	atomic_int connections;
	atomic_bool is_over;
	pthread_t thread;
	char got[ROOM]; /* of the last request */
	size_t got_n;
};

static void read_request(struct peer *p, int fd)
{
	p->got_n = 0;
	for (;;) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		if (poll(&wait, 1, 200) <= 0 || p->got_n == ROOM)
			return;
		ssize_t n = read(fd, p->got + p->got_n, ROOM - p->got_n);
		if (n <= 0)
			return;
		p->got_n += (size_t)n;
		struct str got = {p->got, p->got_n};
		ptrdiff_t head = str_find(got, STR("\r\n\r\n")), length = str_find(got, STR("Content-Length: "));
		size_t body = length < 0 ? 0 : (size_t)atoi(p->got + length + 16);
		if (head >= 0 && p->got_n >= (size_t)head + 4 + body)
			return;
	}
}

static void write_answer(struct peer *p, int fd)
{
	size_t n = strlen(p->answer), total = p->answer_n ? p->answer_n : n;
	if (p->dribble_ms == 0 && total == n) {
		(void)!write(fd, p->answer, n);
		return;
	}
	char block[4096];
	for (size_t i = 0; i < total && !atomic_load(&p->is_over);) {
		size_t part = p->dribble_ms ? 1 : sizeof(block);
		for (size_t k = 0; k < part; k++)
			block[k] = p->answer[i + k < n ? i + k : n - 1];
		if (send(fd, block, part, MSG_NOSIGNAL) <= 0)
			return;
		i += part;
		if (p->dribble_ms)
			usleep((useconds_t)p->dribble_ms * 1000);
	}
}

static void *peer_main(void *arg)
{
	struct peer *p = arg;
	while (!atomic_load(&p->is_over)) {
		struct pollfd wait = {.fd = p->fd, .events = POLLIN};
		if (poll(&wait, 1, 20) <= 0)
			continue;
		int fd = accept(p->fd, NULL, NULL);
		atomic_fetch_add(&p->connections, 1);
		read_request(p, fd);
		if (p->answer != NULL)
			write_answer(p, fd);
		while (p->keeps_open && !atomic_load(&p->is_over))
			usleep(5000);
		close(fd);
	}
	return NULL;
}

static void peer_open(struct peer *p, const char *address, int port)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	socklen_t n = sizeof(name);
	int one = 1;
	inet_pton(AF_INET, address, &name.sin_addr);
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(p->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	assert_int_equal(bind(p->fd, (struct sockaddr *)&name, sizeof(name)), 0);
	assert_int_equal(listen(p->fd, 64), 0);
	getsockname(p->fd, (struct sockaddr *)&name, &n);
	p->port = ntohs(name.sin_port);
	pthread_create(&p->thread, NULL, peer_main, p);
}

static void peer_close(struct peer *p)
{
	atomic_store(&p->is_over, true);
	pthread_join(p->thread, NULL);
	close(p->fd);
}

struct bench {
	struct ctx c;
	struct http_caller *caller;
	struct peer *peer, *canary; /* the canary is on 127.0.0.2, which is not allowed */
};

static int setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));
	b->c.a = arena_open(64 << 20);
	b->peer = calloc(1, sizeof(*b->peer));
	b->canary = calloc(1, sizeof(*b->canary));
	peer_open(b->peer, "127.0.0.1", 0);
	peer_open(b->canary, "127.0.0.2", b->peer->port);
	const struct http_caller_config config = {.allow = STR("127.0.0.1")};
	assert_int_equal(http_caller_open(&b->c, &config, &b->caller), OK);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;
	http_caller_close(b->caller);
	peer_close(b->peer);
	peer_close(b->canary);
	free(b->peer);
	free(b->canary);
	arena_close(b->c.a);
	free(b);
	return 0;
}

static enum err get(struct bench *b, const char *host, const char *path, struct http_result *out)
{
	const struct http_request request = {
		.url = str_fmt(b->c.a, "http://%s:%d%s", host, b->peer->port, path),
		.total_ms = CALL_MS,
		.max_answer_bytes = 1000,
	};
	*out = (struct http_result){0};
	enum err e = http_call(&b->c, b->caller, &request, out);
	fail_clear(&b->c);
	return e;
}

static void is_text(struct str s, const char *want)
{
	if (!str_eq(s, str_c(want)))
		print_error("\"" STR_FMT "\", not \"%s\"\n", STR_ARG(s), want);
	assert_true(str_eq(s, str_c(want)));
}

/* Addresses --------------------------------------------------------------------------------------------------------- */

static bool lets(const char *allow, const char *address, int port)
{
	struct arena *a = arena_open(1 << 20);
	struct ctx c = {.a = a};
	struct http_guard guard;
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	assert_int_equal(http_guard_read(&c, str_c(allow), &guard), OK);
	arena_close(a);
	if (inet_pton(AF_INET, address, &v4.sin_addr) == 1)
		return http_guard_lets(&guard, (struct sockaddr *)&v4);
	assert_int_equal(inet_pton(AF_INET6, address, &v6.sin6_addr), 1);
	return http_guard_lets(&guard, (struct sockaddr *)&v6);
}

static void what_is_not_public_is_not_called(void **state)
{
	(void)state;
	static const char *const internal[] = {
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1",
		"127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
		"192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7",
		"203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1",
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
		"64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254",
		"fd12:3456::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "5f00::1",
	};
	static const char *const public[] = {
		"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
		"168.63.129.17", "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1",
		"198.17.255.255", "198.20.0.1", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::808:808", "2001:4860:4860::8888",
		"2003::1", "2606:4700::1111", "2a00:1450::1", "3ffe::1",
	};
	for (size_t i = 0; i < sizeof(internal) / sizeof(*internal); i++)
		if (lets("", internal[i], 443))
			fail_msg("%s is called", internal[i]);
	for (size_t i = 0; i < sizeof(public) / sizeof(*public); i++)
		if (!lets("", public[i], 443))
			fail_msg("%s is not called", public[i]);
}

static void the_operator_allows_networks(void **state)
{
	(void)state;
	assert_true(lets("10.1.0.0/16, ::1", "10.1.2.3", 443));
	assert_false(lets("10.1.0.0/16, ::1", "10.2.0.1", 443));
	assert_true(lets("10.1.0.0/16, ::1", "::1", 443));
	assert_true(lets("10.0.0.7", "10.0.0.7", 443));
	assert_false(lets("10.0.0.7", "10.0.0.8", 443));
	assert_true(lets("10.0.0.7", "::ffff:10.0.0.7", 443)); /* the same machine */
	assert_true(lets("fd00:1::/32", "fd00:1:2::3", 443));
	assert_false(lets("fd00:1::/32", "fd00:2::3", 443));
	assert_true(lets("10.0.0.0/9", "10.127.0.1", 443));
	assert_false(lets("10.0.0.0/9", "10.128.0.1", 443));
}

static void ports_of_other_services_are_not_called(void **state)
{
	(void)state;
	static const int closed[] = {0, 21, 22, 25, 53, 81, 110, 143, 389, 444, 465, 587, 993, 1023};
	static const int open[] = {80, 443, 1024, 3000, 8080, 8443, 65535};
	for (size_t i = 0; i < sizeof(closed) / sizeof(*closed); i++)
		assert_false(lets("", "1.1.1.1", closed[i]));
	for (size_t i = 0; i < sizeof(open) / sizeof(*open); i++)
		assert_true(lets("", "1.1.1.1", open[i]));
	assert_true(lets("10.0.0.7", "10.0.0.7", 81)); /* whoever allows an address knows what is there */
}

static void a_list_that_cannot_be_read_is_refused(void **state)
{
	struct bench *b = *state;
	static const char *const bad[] = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::1/129", "10.0.0.1/", "a/8"};
	struct http_guard guard;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (http_guard_read(&b->c, str_c(bad[i]), &guard) != ERR_BAD_INPUT)
			fail_msg("\"%s\" is taken", bad[i]);
		fail_clear(&b->c);
	}
}

static void however_an_address_is_written(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	static const char *const hosts[] = {
		"127.0.0.2", "2130706434", "0177.0.0.2", "0x7f.0.0.2", "0x7f000002", "127.2", "017700000002", "[::ffff:127.0.0.2]",
		"[::ffff:7f00:2]", "[::127.0.0.2]", "[64:ff9b::7f00:2]", "127.0.0.2.", "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.2",
	};
	b->peer->answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (get(b, hosts[i], "/", &r) == OK)
			fail_msg("%s is called", hosts[i]);
	/* forms of the web platform's own tests */
	static const char *const inside[] = {"192.0x00A80001", "%30%78%63%30%2e%30%32%35%30.01", "192.168.257", "256", "0xffffffff",
	                                     "[::7f00:1]", "[2001::1]", "[1::]", "[0:0:0:0:0:0:127.0.0.2]"};
	for (size_t i = 0; i < sizeof(inside) / sizeof(*inside); i++)
		if (get(b, inside[i], "/", &r) == OK || r.err == ERR_OUTSIDE)
			fail_msg("%s is called", inside[i]);
	assert_int_equal(get(b, "127.0.0.2", "/", &r), ERR_REFUSED);
	assert_int_equal(get(b, "0x7f.2", "/", &r), ERR_REFUSED);
	assert_int_equal(get(b, "169.254.169.254", "/latest/meta-data/", &r), ERR_REFUSED);
	assert_int_equal(get(b, "[::1]", "/", &r), ERR_REFUSED);
	assert_int_equal(get(b, "0", "/", &r), ERR_REFUSED);
	assert_int_equal(atomic_load(&b->canary->connections), 0);
	assert_int_equal(get(b, "127.1", "/", &r), OK); /* this one is allowed */
}

static void a_name_is_judged_by_what_it_leads_to(void **state)
{
	struct bench *b = *state;
	struct http_caller *strict;
	struct http_result r;
	const struct http_caller_config config = {.allow = STR("")};
	const struct http_request request = {
		.url = str_fmt(b->c.a, "http://localhost:%d/", b->peer->port), .total_ms = CALL_MS, .max_answer_bytes = 10};
	assert_int_equal(http_caller_open(&b->c, &config, &strict), OK);
	assert_int_equal(http_call(&b->c, strict, &request, &r), ERR_REFUSED);
	http_caller_close(strict);
	assert_int_equal(atomic_load(&b->peer->connections), 0);
}

static void only_addresses_of_the_web(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	char *longer = arena_alloc(b->c.a, 3000);
	memset(longer, 'a', 2999);
	memcpy(longer, "http://", 7);
	const char *const bad[] = {
		"", "x", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "dict://127.0.0.1/", "http://u:p@127.0.0.1/",
		"http://u@127.0.0.1/", "http:///", "http://127.0.0.1 /", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1:99999/",
		"https://", "//127.0.0.1/", longer,
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const struct http_request request = {.url = str_c(bad[i]), .total_ms = CALL_MS};
		if (http_call(&b->c, b->caller, &request, &r) != ERR_BAD_INPUT)
			fail_msg("\"%s\" is taken", bad[i]);
		fail_clear(&b->c);
	}
	assert_int_equal(http_call_in_flight(b->caller), 0);
}

/* Calls ------------------------------------------------------------------------------------------------------------- */

static void a_request_goes_out_and_the_answer_comes_back(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	const struct http_header headers[] = {{STR("Content-Type"), STR("application/json")}, {STR("X-Empty"), STR("")}};
	const struct http_request request = {
		.method = STR("POST"),
		.url = str_fmt(b->c.a, "http://127.0.0.1:%d/in?x=1", b->peer->port),
		.headers = headers,
		.header_n = 2,
		.body = STR("[{\"objectId\":1}]"),
		.total_ms = CALL_MS,
		.max_answer_bytes = 1000,
		.self = b,
	};
	b->peer->answer = "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
	assert_int_equal(http_call(&b->c, b->caller, &request, &r), OK);
	assert_int_equal(r.status, 201);
	assert_ptr_equal(r.self, b);
	is_text(r.body, "hello");
	is_text(r.content_type, "text/plain");
	assert_false(r.is_cut);
	struct str got = {b->peer->got, b->peer->got_n};
	assert_true(str_starts(got, STR("POST /in?x=1 HTTP/1.1\r\n")));
	assert_true(str_find(got, STR("Content-Type: application/json\r\n")) > 0);
	assert_true(str_find(got, STR("Content-Length: 16\r\n")) > 0);
	assert_true(str_find(got, STR("X-Empty:\r\n")) > 0);
	assert_true(str_find(got, STR("Expect")) < 0);
	assert_true(str_ends(got, STR("\r\n\r\n[{\"objectId\":1}]")));
}

static void a_status_is_an_answer(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	b->peer->answer = "HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\noops";
	assert_int_equal(get(b, "127.0.0.1", "/", &r), OK);
	assert_int_equal(r.status, 500);
	is_text(r.body, "oops");
}

static void redirects_are_not_followed(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	b->peer->answer = "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/\r\nContent-Length: 0\r\n\r\n";
	assert_int_equal(get(b, "127.0.0.1", "/", &r), OK);
	assert_int_equal(r.status, 302);
}

static void followed_redirects_pass_the_guard(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	const struct http_request request = {.url = str_fmt(b->c.a, "http://127.0.0.1:%d/", b->peer->port),
	                                     .total_ms = CALL_MS,
	                                     .max_answer_bytes = 1000,
	                                     .redirect_n = 3};
	static const char *const inside[] = {"http://169.254.169.254/latest/", "http://127.0.0.2:%d/", "http://0x7f.2:%d/"};
	for (size_t i = 0; i < sizeof(inside) / sizeof(*inside); i++) {
		char to[200], answer[400];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(to, sizeof(to), inside[i], b->peer->port);
#pragma GCC diagnostic pop
		snprintf(answer, sizeof(answer), "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", to);
		b->peer->answer = answer;
		assert_int_equal(http_call(&b->c, b->caller, &request, &r), ERR_REFUSED);
		fail_clear(&b->c);
	}
	assert_int_equal(atomic_load(&b->canary->connections), 0);
	b->peer->answer = "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n";
	assert_int_not_equal(http_call(&b->c, b->caller, &request, &r), OK);
	fail_clear(&b->c);
	b->peer->answer = "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
	int before = atomic_load(&b->peer->connections);
	assert_int_not_equal(http_call(&b->c, b->caller, &request, &r), OK);
	assert_int_equal(atomic_load(&b->peer->connections) - before, 4);
}

static void who_dribbles_is_left(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	const struct http_request request = {
		.url = str_fmt(b->c.a, "http://127.0.0.1:%d/", b->peer->port), .total_ms = 300, .max_answer_bytes = 1000};
	b->peer->answer = "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\na";
	b->peer->answer_n = 10000;
	b->peer->dribble_ms = 10;
	int64_t began = clock_monotonic_ms();
	assert_int_equal(http_call(&b->c, b->caller, &request, &r), ERR_OUTSIDE);
	assert_true(clock_monotonic_ms() - began < 2000);
	fail_clear(&b->c);
}

static void who_says_nothing_is_left(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	const struct http_request request = {.url = str_fmt(b->c.a, "http://127.0.0.1:%d/", b->peer->port), .total_ms = 200};
	b->peer->keeps_open = true;
	assert_int_equal(http_call(&b->c, b->caller, &request, &r), ERR_OUTSIDE);
	is_text(r.why, "No answer in time.");
	assert_true(r.duration_ms >= 200);
}

static void a_body_has_an_end(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	b->peer->answer = "HTTP/1.1 200 OK\r\n\r\na";
	b->peer->answer_n = 50 << 20;
	assert_int_equal(get(b, "127.0.0.1", "/", &r), OK);
	assert_true(r.is_cut);
	assert_int_equal(r.body.n, 1000);
	b->peer->answer = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na";
	b->peer->answer_n = strlen(b->peer->answer) - 1 + 1000;
	b->peer->dribble_ms = 0;
	assert_int_equal(get(b, "127.0.0.1", "/", &r), OK);
	assert_false(r.is_cut);
	assert_int_equal(r.body.n, 1000);
}

static void a_head_has_an_end(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	b->peer->answer = "HTTP/1.1 200 OK\r\nX: a";
	b->peer->answer_n = 50 << 20;
	assert_int_equal(get(b, "127.0.0.1", "/", &r), ERR_OUTSIDE);
	b->peer->answer = "HTTP/1.1 200 OK\r\nX-A: b\r\nX-A: b\r\n\n";
	b->peer->answer_n = 0;
	assert_int_not_equal(get(b, "127.0.0.1", "/", &r), ERR_REFUSED);
}

static void what_is_no_http_is_no_answer(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	static const char *const answers[] = {"", "SSH-2.0-OpenSSH_9\r\n", "220 mail ESMTP\r\n", "\r\n\r\n", "HTTP/1.1 2OO OK\r\n\r\n"};
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		b->peer->answer = answers[i];
		if (get(b, "127.0.0.1", "/", &r) != ERR_OUTSIDE)
			fail_msg("\"%s\" is an answer", answers[i]);
	}
}

static void headers_cannot_be_smuggled(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	const struct http_header bad[] = {
		{STR("X"), STR("a\r\nY: b")}, {STR("X\n"), STR("a")}, {STR("X:"), STR("a")}, {STR(""), STR("a")}};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const struct http_request request = {.url = str_fmt(b->c.a, "http://127.0.0.1:%d/", b->peer->port),
		                                     .headers = &bad[i],
		                                     .header_n = 1,
		                                     .total_ms = CALL_MS};
		assert_int_equal(http_call(&b->c, b->caller, &request, &r), ERR_BAD_INPUT);
		fail_clear(&b->c);
	}
	assert_int_equal(atomic_load(&b->peer->connections), 0);
}

static void the_environment_decides_nothing(void **state)
{
	struct bench *b = *state;
	struct http_result r;
	char proxy[100];
	snprintf(proxy, sizeof(proxy), "http://127.0.0.2:%d", b->peer->port);
	setenv("http_proxy", proxy, 1);
	setenv("ALL_PROXY", proxy, 1);
	b->peer->answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
	assert_int_equal(get(b, "127.0.0.1", "/", &r), OK);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
	assert_int_equal(atomic_load(&b->canary->connections), 0);
}

static void *wake_soon(void *arg)
{
	usleep(50000);
	http_call_wake(arg);
	return NULL;
}

static void many_at_once_and_the_slow_ones_hold_up_nobody(void **state)
{
	struct bench *b = *state;
	struct peer *quick = calloc(1, sizeof(*quick));
	struct http_result *done;
	size_t n;
	pthread_t waker;
	peer_open(quick, "127.0.0.1", 0);
	quick->answer = "HTTP/1.1 204 No Content\r\n\r\n";
	b->peer->keeps_open = true;
	for (int i = 0; i < HTTP_CALL_MAX_IN_FLIGHT; i++) {
		const struct http_request request = {
			.url = str_fmt(b->c.a, "http://127.0.0.1:%d/", i == 200 ? quick->port : b->peer->port), .total_ms = 20000};
		assert_int_equal(http_call_start(&b->c, b->caller, &request), OK);
	}
	const struct http_request one_more = {.url = STR("http://127.0.0.1/"), .total_ms = 20000};
	assert_int_equal(http_call_start(&b->c, b->caller, &one_more), ERR_BUSY);
	fail_clear(&b->c);
	for (n = 0; n == 0;)
		http_call_wait(&b->c, b->caller, 5000, &done, &n);
	assert_int_equal(n, 1);
	assert_int_equal(done[0].status, 204);
	assert_int_equal(http_call_in_flight(b->caller), HTTP_CALL_MAX_IN_FLIGHT - 1);
	pthread_create(&waker, NULL, wake_soon, b->caller);
	int64_t began = clock_monotonic_ms();
	for (int i = 0; i < 100 && clock_monotonic_ms() - began < 40; i++)
		http_call_wait(&b->c, b->caller, 10000, &done, &n);
	assert_true(clock_monotonic_ms() - began < 5000);
	pthread_join(waker, NULL);
	peer_close(quick);
	free(quick);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_public_is_not_called),
		cmocka_unit_test(the_operator_allows_networks),
		cmocka_unit_test(ports_of_other_services_are_not_called),
		CASE(a_list_that_cannot_be_read_is_refused),
		CASE(however_an_address_is_written),
		CASE(a_name_is_judged_by_what_it_leads_to),
		CASE(only_addresses_of_the_web),
		CASE(a_request_goes_out_and_the_answer_comes_back),
		CASE(a_status_is_an_answer),
		CASE(redirects_are_not_followed),
		CASE(followed_redirects_pass_the_guard),
		CASE(who_dribbles_is_left),
		CASE(who_says_nothing_is_left),
		CASE(a_body_has_an_end),
		CASE(a_head_has_an_end),
		CASE(what_is_no_http_is_no_answer),
		CASE(headers_cannot_be_smuggled),
		CASE(the_environment_decides_nothing),
		CASE(many_at_once_and_the_slow_ones_hold_up_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
