/* Streams over real sockets. */

#include "net/sse.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "base/test.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

#include "net/http_serve.h"

enum { PATIENCE_MS = 5000, READ_ROOM = 64 << 10, STORM_CLIENTS = 40, STORM_ROUNDS = 200 };

struct fixture {
	struct arena *a;
	struct ctx c;
	struct http_serve *s;
	struct sse_hub *hub;
	_Atomic int closed_n;
	_Atomic bool is_over;
};

struct client {
	struct fixture *f;
	char name[16];
};

static void on_close(void *client)
{
	struct client *mine = client;
	atomic_fetch_add(&mine->f->closed_n, 1);
	free(mine);
}

/* The path is the client's name. */
static void handle(void *self, struct http_call *call)
{
	struct fixture *f = self;
	struct client *client = calloc(1, sizeof(*client));
	client->f = f;
	memcpy(client->name, call->path.p, call->path.n < 15 ? call->path.n : 15);
	if (sse_accept(f->hub, call, client, str_fmt(call->a, "data: hello " STR_FMT "\n\n", STR_ARG(call->path))))
		return;
	free(client);
	http_answer(call, &(struct http_answer){.status = 503, .body = STR("full")});
}

static void open_with(struct fixture *f, struct sse_config config)
{
	*f = (struct fixture){.a = arena_open(64 << 20)};
	f->c.a = f->a;
	config.on_close = on_close;
	assert_int_equal(sse_open(&f->c, &config, &f->hub), OK);
	struct http_config http = {.listen = STR("127.0.0.1:0"), .self = f, .handle = handle};
	assert_int_equal(http_serve_open(&f->c, &http, &f->s), OK);
}

static void done(struct fixture *f)
{
	sse_stop(f->hub);
	http_serve_close(f->s);
	sse_close(f->hub);
	arena_close(f->a);
}

static int dial_with(struct fixture *f, const char *name, int receive_bytes)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_serve_port(f->s))};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	if (receive_bytes > 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	char request[128];
	int n = snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", name);
	assert_int_equal(send(fd, request, (size_t)n, MSG_NOSIGNAL), n);
	return fd;
}

static int dial(struct fixture *f, const char *name)
{
	return dial_with(f, name, 0);
}

/* What arrives until `until` was seen or the end. */
static struct str hear(struct fixture *f, int fd, struct str until, bool *eof_out)
{
	char *room = malloc(READ_ROOM);
	size_t n = 0;
	int64_t over = clock_monotonic_ms() + PATIENCE_MS;
	*eof_out = false;
	while (clock_monotonic_ms() < over &&
	       (n == 0 || str_is_null(until) || str_find((struct str){room, n}, until) < 0)) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (poll(&p, 1, 100) == 0)
			continue;
		if (n == READ_ROOM)
			n = 0; /* only the end matters */
		ssize_t got = recv(fd, room + n, READ_ROOM - n, 0);
		*eof_out = got <= 0;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	struct str got = str_dup(f->a, (struct str){room, n});
	free(room);
	return got;
}

#define FAIL_WITH(...) (print_error(__VA_ARGS__), print_error("\n"), assert_true(false))

#define assert_has(text, part)                                                                     \
	do {                                                                                       \
		struct str text_ = (text);                                                         \
		if (str_find(text_, STR(part)) < 0)                                                \
			FAIL_WITH("no \"%s\" in: " STR_FMT, part, STR_ARG(str_head(text_, 2000))); \
	} while (0)

static void wait_for_count(struct fixture *f, size_t n)
{
	int64_t over = clock_monotonic_ms() + PATIENCE_MS;
	while (sse_count(f->hub) != n && clock_monotonic_ms() < over)
		usleep(1000);
	assert_int_equal(sse_count(f->hub), n);
}

static void wait_for_closed(struct fixture *f, int n)
{
	int64_t over = clock_monotonic_ms() + PATIENCE_MS;
	while (atomic_load(&f->closed_n) != n && clock_monotonic_ms() < over)
		usleep(1000);
	assert_int_equal(atomic_load(&f->closed_n), n);
}

struct news {
	const char *only; /* first bytes of the client's name; NULL: all */
	struct sse_chunk *chunk;
	bool is_last;
};

static void tell(void *arg, void *client, struct sse_stream *to)
{
	struct news *news = arg;
	const struct client *who = client;
	if (news->only != NULL && strncmp(who->name, news->only, strlen(news->only)) != 0)
		return;
	if (news->chunk != NULL)
		sse_send(to, news->chunk);
	if (news->is_last)
		sse_end(to);
}

static void tell_all(struct fixture *f, const char *only, struct str text)
{
	struct news news = {.only = only, .chunk = sse_chunk_new(text)};
	sse_each(f->hub, tell, &news);
	sse_chunk_release(news.chunk);
}

static void an_event_is_written_line_by_line(void **state)
{
	(void)state;
	static const struct {
		struct str id, event, data, text;
	} table[] = {
		{STR("7"), STR("ticket"), STR("{}"), STR("id: 7\nevent: ticket\ndata: {}\n\n")},
		{STR_NULL, STR_NULL, STR("a\nb\r\nc\rd"), STR("data: a\ndata: b\ndata: c\ndata: d\n\n")},
		{STR_NULL, STR_NULL, STR("a\n"), STR("data: a\ndata: \n\n")},
		{STR_NULL, STR("e"), STR(""), STR("event: e\ndata: \n\n")},
		{STR_NULL, STR("e"), STR_NULL, STR("event: e\ndata: \n\n")},
		{STR_NULL, STR_NULL, STR("\r\n\nid: 9"), STR("data: \ndata: \ndata: id: 9\n\n")},
	};
	struct arena *a = arena_open(1 << 20);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct buf b;
		buf_init(&b, a, 1000);
		sse_format(&b, table[i].id, table[i].event, table[i].data);
		assert_true(str_eq(buf_str(&b), table[i].text));
	}
	arena_close(a);
}

static void a_stream_begins_with_its_first_bytes_and_gets_what_is_sent_to_all(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){0});
	int one = dial(&f, "/a1"), two = dial(&f, "/b2");
	struct str got = hear(&f, one, STR("hello /a1\n\n"), &eof);
	assert_has(got, "HTTP/1.1 200 OK\r\n");
	assert_has(got, "Content-Type: text/event-stream; charset=utf-8\r\n");
	assert_has(got, "Cache-Control: no-store\r\n");
	assert_has(got, "X-Accel-Buffering: no\r\n");
	assert_has(got, "Connection: close\r\n");
	assert_has(got, "\r\n\r\ndata: hello /a1\n\n");
	hear(&f, two, STR("hello /b2\n\n"), &eof);
	assert_int_equal(sse_count(f.hub), 2);
	tell_all(&f, NULL, STR("data: to all\n\n"));
	tell_all(&f, "/b", STR("data: to b\n\n"));
	tell_all(&f, NULL, STR("data: last\n\n"));
	assert_true(str_eq(hear(&f, one, STR("last\n\n"), &eof), STR("data: to all\n\ndata: last\n\n")));
	assert_true(str_eq(hear(&f, two, STR("last\n\n"), &eof), STR("data: to all\n\ndata: to b\n\ndata: last\n\n")));
	close(one);
	close(two);
	done(&f);
	assert_int_equal(f.closed_n, 2);
}

static void a_client_that_leaves_is_noticed_at_once(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){0});
	int one = dial(&f, "/a"), two = dial(&f, "/b");
	hear(&f, one, STR("hello"), &eof);
	hear(&f, two, STR("hello"), &eof);
	close(one);
	wait_for_count(&f, 1);
	wait_for_closed(&f, 1);
	tell_all(&f, NULL, STR("data: still\n\n"));
	assert_has(hear(&f, two, STR("still"), &eof), "data: still");
	close(two);
	done(&f);
}

static void a_client_that_does_not_read_is_reset_and_the_others_go_on(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){.queue_bytes = 20000});
	int slow = dial_with(&f, "/slow", 4096), fast = dial(&f, "/fast");
	hear(&f, slow, STR("hello"), &eof);
	hear(&f, fast, STR("hello"), &eof);
	char text[10000];
	memset(text, 'x', sizeof(text));
	memcpy(text, "data: ", 6);
	memcpy(text + sizeof(text) - 2, "\n\n", 2);
	for (int i = 0; i < 1000; i++) {
		tell_all(&f, "/slow", (struct str){text, sizeof(text)});
		if (i % 100 == 0)
			usleep(2000);
	}
	tell_all(&f, NULL, STR("data: go on\n\n"));
	assert_has(hear(&f, fast, STR("go on"), &eof), "data: go on");
	struct str got = hear(&f, slow, STR_NULL, &eof);
	assert_true(eof);
	assert_true(str_ends(got, STR("x\n\nevent: reset\ndata: {}\n\n")));
	wait_for_count(&f, 1);
	close(slow);
	close(fast);
	done(&f);
}

static void silent_streams_get_comments(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){.keepalive_ms = 50});
	int fd = dial(&f, "/a");
	hear(&f, fd, STR("hello /a\n\n"), &eof);
	assert_true(str_starts(hear(&f, fd, STR(":\n\n:\n\n:\n\n"), &eof), STR(":\n\n:\n\n")));
	close(fd);
	done(&f);
}

static void a_client_that_takes_nothing_for_long_is_dropped(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){.keepalive_ms = 200, .queue_bytes = 64 << 20});
	int fd = dial_with(&f, "/slow", 4096);
	hear(&f, fd, STR("hello"), &eof);
	char *text = calloc(1, 8 << 20);
	tell_all(&f, NULL, (struct str){text, 8 << 20});
	free(text);
	wait_for_closed(&f, 1);
	close(fd);
	done(&f);
}

static void there_are_no_more_streams_than_allowed(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){.max_streams = 1});
	int one = dial(&f, "/a");
	hear(&f, one, STR("hello"), &eof);
	int two = dial(&f, "/b");
	assert_has(hear(&f, two, STR("full"), &eof), "HTTP/1.1 503 ");
	close(one);
	wait_for_count(&f, 0);
	int three = dial(&f, "/c");
	assert_has(hear(&f, three, STR("hello"), &eof), "HTTP/1.1 200 ");
	close(two);
	close(three);
	done(&f);
}

static void a_stream_can_be_ended_after_its_last_words(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){0});
	int fd = dial(&f, "/a"), other = dial(&f, "/b");
	hear(&f, fd, STR("hello"), &eof);
	hear(&f, other, STR("hello"), &eof);
	struct news news = {.only = "/a", .chunk = sse_chunk_new(STR("data: bye\n\n")), .is_last = true};
	sse_each(f.hub, tell, &news);
	sse_chunk_release(news.chunk);
	struct str got = hear(&f, fd, STR_NULL, &eof);
	assert_true(eof);
	assert_true(str_ends(got, STR("data: bye\n\n")));
	wait_for_count(&f, 1);
	close(fd);
	close(other);
	done(&f);
}

static void stopping_ends_all_streams_and_refuses_new_ones(void **state)
{
	(void)state;
	struct fixture f;
	bool eof;
	open_with(&f, (struct sse_config){0});
	int one = dial(&f, "/a");
	hear(&f, one, STR("hello"), &eof);
	tell_all(&f, NULL, STR("data: closing\n\n"));
	sse_stop(f.hub);
	struct str got = hear(&f, one, STR_NULL, &eof);
	assert_true(eof);
	assert_has(got, "data: closing\n\n");
	int two = dial(&f, "/b");
	assert_has(hear(&f, two, STR("full"), &eof), "HTTP/1.1 503 ");
	assert_int_equal(atomic_load(&f.closed_n), 1);
	close(one);
	close(two);
	done(&f);
}

static void *come_and_go(void *arg)
{
	struct fixture *f = arg;
	for (int i = 0; i < STORM_CLIENTS; i++) {
		int fds[4];
		for (int j = 0; j < 4; j++)
			fds[j] = dial(f, j % 2 ? "/odd" : "/even");
		char room[512];
		for (int j = 0; j < 4; j++)
			if (j != 1) /* one leaves before it heard a word */
				assert_true(recv(fds[j], room, sizeof(room), 0) > 0);
		for (int j = 0; j < 4; j++)
			close(fds[j]);
	}
	return NULL;
}

static void *tell_for_long(void *arg)
{
	struct fixture *f = arg;
	for (int i = 0; i < STORM_ROUNDS || !atomic_load(&f->is_over); i++) {
		struct news news = {.only = i % 3 ? NULL : "/odd", .is_last = i % 20 == 0};
		news.chunk = sse_chunk_new(STR("data: storm\n\n"));
		sse_each(f->hub, tell, &news);
		sse_chunk_release(news.chunk);
		usleep(500);
	}
	return NULL;
}

/* For ThreadSanitizer above all. */
static void streams_open_speak_and_close_all_at_once(void **state)
{
	(void)state;
	struct fixture f;
	pthread_t clients[3], speakers[2];
	open_with(&f, (struct sse_config){.keepalive_ms = 20});
	for (size_t i = 0; i < 3; i++)
		pthread_create(&clients[i], NULL, come_and_go, &f);
	for (size_t i = 0; i < 2; i++)
		pthread_create(&speakers[i], NULL, tell_for_long, &f);
	for (size_t i = 0; i < 3; i++)
		pthread_join(clients[i], NULL);
	wait_for_count(&f, 0);
	int last = dial(&f, "/last");
	atomic_store(&f.is_over, true);
	for (size_t i = 0; i < 2; i++)
		pthread_join(speakers[i], NULL);
	done(&f);
	close(last);
	assert_in_range(f.closed_n, 3 * 4 * STORM_CLIENTS, 3 * 4 * STORM_CLIENTS + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_written_line_by_line),
		cmocka_unit_test(a_stream_begins_with_its_first_bytes_and_gets_what_is_sent_to_all),
		cmocka_unit_test(a_client_that_leaves_is_noticed_at_once),
		cmocka_unit_test(a_client_that_does_not_read_is_reset_and_the_others_go_on),
		cmocka_unit_test(silent_streams_get_comments),
		cmocka_unit_test(a_client_that_takes_nothing_for_long_is_dropped),
		cmocka_unit_test(there_are_no_more_streams_than_allowed),
		cmocka_unit_test(a_stream_can_be_ended_after_its_last_words),
		cmocka_unit_test(stopping_ends_all_streams_and_refuses_new_ones),
		cmocka_unit_test(streams_open_speak_and_close_all_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
