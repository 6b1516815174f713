/* What libmicrohttpd calls, in the order of a request: the target (on_target), the head and the body and the finished request
 * (on_access), the end of the answer (on_completed).
 *
 * libmicrohttpd 0.9.75 is forgiving about framing and would decode the query into its own list. Both are undone here: the target is
 * copied before it is touched and its query hidden from the library, and the head is checked again (http_serve_strict.c).
 *
 * MHD_USE_TURBO matters beyond speed: with it the library closes a socket without shutdown(), so that a duplicate of the
 * descriptor outlives the connection. http_detach() and the lingering close of refused requests stand on this. */

#include "net/http_serve.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "base/num.h"
#include "net/http_serve_int.h"

enum {
	DEFAULT_THREAD_N = 2,
	DEFAULT_BODY_BYTES = 32 << 20,
	DEFAULT_BODIES_FACTOR = 16,
	DEFAULT_TARGET_BYTES = 8192,
	DEFAULT_CONNECTIONS = 10000,
	DEFAULT_IDLE_MS = 60000,
	DEFAULT_HEADER_MS = 10000,
	FIRST_BODY_BYTES = 4096,
	BACKLOG = 1024,
	DRAIN_STEP_US = 5000,
};

/* A body of max_body_bytes decoded into values may take some times its size. */
static const size_t CALL_BUDGET_BYTES = (size_t)1 << 30;

static struct conn *conn_of(struct MHD_Connection *mhd)
{
	return MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void peer_name(struct MHD_Connection *mhd, char room[INET6_ADDRSTRLEN])
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const void *sockaddr = info ? info->client_addr : NULL;
	const struct sockaddr *any = sockaddr;
	if (any != NULL && any->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)sockaddr)->sin_addr, room, INET6_ADDRSTRLEN);
	else if (any != NULL && any->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)sockaddr)->sin6_addr, room, INET6_ADDRSTRLEN);
}

static void conn_open(struct http_serve *s, struct MHD_Connection *mhd, void **context)
{
	struct conn *conn = calloc(1, sizeof(*conn));
	check(conn != NULL);
	conn->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	peer_name(mhd, conn->peer);
	http_phase(s, conn, PHASE_HEAD, s->config.header_ms);
	pthread_mutex_lock(&s->lock);
	conn->next = s->conns;
	if (conn->next != NULL)
		conn->next->prev = conn;
	s->conns = conn;
	pthread_mutex_unlock(&s->lock);
	*context = conn;
}

/* The library calls this before it closes the socket, so that the watch thread, under the same lock, never meets the
 * descriptor of somebody else. */
static void conn_close(struct http_serve *s, struct conn *conn)
{
	pthread_mutex_lock(&s->lock);
	if (conn->prev != NULL)
		conn->prev->next = conn->next;
	else
		s->conns = conn->next;
	if (conn->next != NULL)
		conn->next->prev = conn->prev;
	pthread_mutex_unlock(&s->lock);
	free(conn);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		conn_open(cls, mhd, context);
	else
		conn_close(cls, *context);
}

static struct arena *spare_arena(struct http_serve *s)
{
	struct arena *a = NULL;
	pthread_mutex_lock(&s->lock);
	if (s->spare_n > 0)
		a = s->spare[--s->spare_n];
	pthread_mutex_unlock(&s->lock);
	return a ? a : arena_open(CALL_BUDGET_BYTES);
}

void http_call_free(struct call *k)
{
	struct http_serve *s = k->s;
	struct arena *a = k->pub.a;
	if (k->response != NULL)
		MHD_destroy_response(k->response);
	free(k->body);
	atomic_fetch_sub(&s->bodies_bytes, k->body_room_bytes);
	arena_clear(a); /* and with it k */
	pthread_mutex_lock(&s->lock);
	if (s->spare_n < SPARE_ARENAS_MAX) {
		s->spare[s->spare_n++] = a;
		a = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	arena_close(a);
}

/* The request line was read; nothing in it was decoded yet. What this returns becomes *context of on_access. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
	struct http_serve *s = cls;
	struct arena *a = spare_arena(s);
	struct call *k = NEW(a, struct call);
	k->pub.a = a;
	k->s = s;
	k->mhd = mhd;
	k->conn = conn_of(mhd);
	k->pub.peer = str_c(k->conn->peer);
	k->raw_target = target;
	k->target = str_dup(a, str_c(target ? target : ""));
	/* the bytes are the library's own writable buffer: an empty query keeps it from splitting and decoding ours, which
	 * would cost it 60 bytes of the connection's memory per parameter */
	char *query = target ? (char *)(uintptr_t)strchr(target, '?') : NULL;
	if (query != NULL && query[1] != '\0')
		query[1] = '\0';
	return k;
}

static size_t keep_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
	(void)cls;
	(void)mhd;
	return strlen(text);
}

static void refuse_plainly(struct http_call *call, enum err why)
{
	struct str body = str_cat(call->a, err_sentence(why), STR("\n"));
	http_answer(call, &(struct http_answer){
	                      .status = err_http(why), .content_type = STR("text/plain; charset=utf-8"), .body = body});
}

/* Answers by hand on a duplicate of the socket and lets the library drop the connection: it would otherwise either read a
 * body of any length first or close with bytes unread, which makes TCP throw the answer away on its way. */
static enum MHD_Result refuse(struct call *k, enum err why)
{
	struct http_serve *s = k->s;
	k->is_refused = true;
	if (s->config.refuse != NULL)
		s->config.refuse(s->config.self, &k->pub, why);
	else
		refuse_plainly(&k->pub, why);
	check(k->refusal_answer != NULL);
	struct str raw = http_raw(k->pub.a, k->refusal_answer, !k->pub.is_head);
	int fd = fcntl(k->conn->fd, F_DUPFD_CLOEXEC, 3);
	if (fd < 0)
		return MHD_NO;
	if (send(fd, raw.p, raw.n, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)raw.n)
		shutdown(fd, SHUT_WR);
	http_linger(s, fd);
	return MHD_NO;
}

/* Absolute form (RFC 9112 section 3.2.2): what follows the authority counts. */
static struct str origin_form(struct str target)
{
	struct str rest = target;
	if (str_starts_nocase(rest, STR("http://")))
		rest = str_skip(rest, 7);
	else if (str_starts_nocase(rest, STR("https://")))
		rest = str_skip(rest, 8);
	else
		return target;
	size_t n = 0;
	while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?')
		n++;
	rest = str_skip(rest, n);
	return rest.n > 0 && rest.p[0] == '/' ? rest : STR("/");
}

static bool split_target(struct call *k)
{
	struct str all = origin_form(k->target);
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i] <= ' ' || all.p[i] == 0x7f || all.p[i] == '#')
			return false;
	ptrdiff_t at = str_find_byte(all, '?');
	k->pub.path = at < 0 ? all : str_head(all, (size_t)at);
	k->pub.query = at < 0 ? STR_NULL : str_skip(all, (size_t)at + 1);
	return str_starts(k->pub.path, STR("/")) || str_eq(k->pub.path, STR("*"));
}

static bool has_body(struct call *k, int64_t *length_out)
{
	struct str length = http_header(&k->pub, "Content-Length");
	*length_out = 0;
	if (!str_is_null(length))
		return num_parse_int(length, length_out) && *length_out > 0;
	return !str_is_null(http_header(&k->pub, "Transfer-Encoding"));
}

static enum MHD_Result head_arrived(struct call *k, const char *method, const char *version)
{
	struct http_serve *s = k->s;
	int64_t body_bytes;
	if (atomic_fetch_add(&s->in_flight, 1) & CLOSED) {
		atomic_fetch_sub(&s->in_flight, 1);
		return MHD_NO;
	}
	k->is_seen = true;
	k->pub.method = str_c(method);
	k->pub.is_head = str_eq(k->pub.method, STR("HEAD"));
	k->pub.body = STR("");
	if (k->target.n > s->config.max_target_bytes)
		return refuse(k, ERR_URI_TOO_LONG);
	if (!split_target(k) || !http_head_is_strict(k, method, version))
		return refuse(k, ERR_BAD_INPUT);
	if (!has_body(k, &body_bytes))
		return MHD_YES;
	if ((uint64_t)body_bytes > s->config.max_body_bytes)
		return refuse(k, ERR_TOO_BIG);
	http_phase(s, k->conn, PHASE_BODY, PACE_MS);
	return MHD_YES;
}

/* Room for n more bytes of body. */
static enum err body_room(struct call *k, size_t n)
{
	struct http_serve *s = k->s;
	size_t room = k->body_room_bytes ? k->body_room_bytes : FIRST_BODY_BYTES;
	size_t want = k->pub.body.n + n;
	if (want > s->config.max_body_bytes)
		return ERR_TOO_BIG;
	if (want <= k->body_room_bytes)
		return OK;
	while (room < want)
		room *= 2;
	size_t more = room - k->body_room_bytes;
	if (atomic_fetch_add(&s->bodies_bytes, more) + more > s->config.max_bodies_bytes) {
		atomic_fetch_sub(&s->bodies_bytes, more);
		return ERR_BUSY;
	}
	k->body = realloc(k->body, room);
	check(k->body != NULL);
	k->body_room_bytes = room;
	return OK;
}

static enum MHD_Result body_arrived(struct call *k, const char *bytes, size_t *n)
{
	enum err e = body_room(k, *n);
	if (e != OK)
		return refuse(k, e);
	memcpy(k->body + k->pub.body.n, bytes, *n);
	k->pub.body = (struct str){k->body, k->pub.body.n + *n};
	atomic_store_explicit(&k->conn->moved_bytes, k->pub.body.n, memory_order_relaxed);
	*n = 0;
	return MHD_YES;
}

/* The call is answered: hand the answer to the library. */
static enum MHD_Result settle(struct call *k)
{
	struct MHD_Response *response = k->response;
	if (response == NULL || atomic_load(&k->state) == CALL_ABANDONED)
		return MHD_NO;
	k->response = NULL;
	if (atomic_load_explicit(&k->s->is_draining, memory_order_relaxed))
		MHD_add_response_header(response, "Connection", "close");
	http_phase(k->s, k->conn, PHASE_ANSWER, PACE_MS);
	enum MHD_Result queued = MHD_queue_response(k->mhd, k->status, response);
	MHD_destroy_response(response);
	return queued;
}

/* handle() returned without an answer. Suspends first: once the call is WAITING, an answer may resume it at any moment. */
static void wait_for_answer(struct call *k)
{
	struct http_serve *s = k->s;
	MHD_suspend_connection(k->mhd);
	pthread_mutex_lock(&s->lock);
	if (atomic_load(&k->state) == CALL_RUNNING && !(atomic_load(&s->in_flight) & CLOSED)) {
		atomic_store(&k->state, CALL_WAITING);
		k->next = s->waiting;
		if (k->next != NULL)
			k->next->prev = k;
		s->waiting = k;
	} else {
		if (atomic_load(&k->state) == CALL_RUNNING) {
			atomic_store(&k->state, CALL_ABANDONED);
			s->holders_n++;
		}
		MHD_resume_connection(k->mhd);
	}
	pthread_mutex_unlock(&s->lock);
}

static enum MHD_Result request_arrived(struct call *k)
{
	struct http_serve *s = k->s;
	http_phase(s, k->conn, PHASE_RUN, 0);
	k->thread = pthread_self();
	s->config.handle(s->config.self, &k->pub);
	if (atomic_load(&k->state) == CALL_DONE)
		return settle(k);
	wait_for_answer(k);
	return MHD_YES;
}

static enum MHD_Result on_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                 const char *version, const char *bytes, size_t *bytes_n, void **context)
{
	struct call *k = *context;
	(void)cls;
	(void)mhd;
	(void)url;
	if (!k->is_seen)
		return head_arrived(k, method, version);
	if (*bytes_n > 0)
		return body_arrived(k, bytes, bytes_n);
	if (atomic_load(&k->state) == CALL_RUNNING)
		return request_arrived(k);
	return settle(k);
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode code)
{
	struct http_serve *s = cls;
	struct call *k = *context;
	(void)mhd;
	(void)code;
	if (k == NULL)
		return;
	*context = NULL;
	http_phase(s, k->conn, PHASE_HEAD, s->config.idle_ms + s->config.header_ms);
	bool was_counted = k->is_seen;
	if (atomic_load(&k->state) != CALL_ABANDONED)
		http_call_free(k);
	if (was_counted)
		atomic_fetch_sub(&s->in_flight, 1);
}

static bool parse_listen(struct str listen, struct sockaddr_storage *address_out, socklen_t *n_out)
{
	char host[INET6_ADDRSTRLEN] = "";
	int64_t port;
	size_t at = listen.n;
	while (at > 0 && listen.p[at - 1] != ':')
		at--;
	if (at == 0 || !num_parse_int(str_skip(listen, at), &port) || port < 0 || port > 65535)
		return false;
	struct str name = str_head(listen, at - 1);
	bool is_six = name.n > 2 && name.p[0] == '[' && name.p[name.n - 1] == ']';
	if (is_six)
		name = str_head(str_skip(name, 1), name.n - 2);
	if (name.n >= sizeof(host))
		return false;
	memcpy(host, name.p, name.n);
	*address_out = (struct sockaddr_storage){0};
	void *room = address_out;
	if (is_six) {
		struct sockaddr_in6 *six = room;
		*six = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
		*n_out = sizeof(*six);
		return inet_pton(AF_INET6, host, &six->sin6_addr) == 1;
	}
	struct sockaddr_in *four = room;
	*four = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	*n_out = sizeof(*four);
	return inet_pton(AF_INET, host, &four->sin_addr) == 1;
}

static int bound_port(int fd)
{
	struct sockaddr_storage address = {0};
	socklen_t n = sizeof(address);
	const void *room = &address;
	if (getsockname(fd, (struct sockaddr *)&address, &n) != 0)
		return 0;
	if (address.ss_family == AF_INET6)
		return ntohs(((const struct sockaddr_in6 *)room)->sin6_port);
	return ntohs(((const struct sockaddr_in *)room)->sin_port);
}

static enum err open_socket(struct ctx *c, struct http_serve *s)
{
	struct sockaddr_storage address;
	socklen_t n;
	int yes = 1;
	if (!parse_listen(s->config.listen, &address, &n))
		return fail(c, ERR_BAD_INPUT, "\"" STR_FMT "\" is no address to listen on, as 127.0.0.1:8080 or [::1]:8080",
		            STR_ARG(s->config.listen));
	s->listen_fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->listen_fd < 0)
		return fail(c, ERR_INTERNAL, "socket: %s", strerror(errno));
	setsockopt(s->listen_fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(s->listen_fd, (struct sockaddr *)&address, n) != 0 || listen(s->listen_fd, BACKLOG) != 0)
		return fail(c, ERR_CONFLICT, "cannot listen on " STR_FMT ": %s", STR_ARG(s->config.listen), strerror(errno));
	s->port = bound_port(s->listen_fd);
	return OK;
}

static enum err start_daemon(struct ctx *c, struct http_serve *s)
{
	const struct http_config *config = &s->config;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME;
	s->daemon = MHD_start_daemon(
		flags, 0, NULL, NULL, on_access, s,
		MHD_OPTION_LISTEN_SOCKET, (MHD_socket)s->listen_fd,
		MHD_OPTION_THREAD_POOL_SIZE, config->thread_n,
		MHD_OPTION_CONNECTION_LIMIT, config->max_connections,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)((config->idle_ms + 999) / 1000),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEAD_BYTES,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
		MHD_OPTION_END);
	if (s->daemon == NULL)
		return fail(c, ERR_INTERNAL, "libmicrohttpd does not start");
	return OK;
}

static void fill_defaults(struct http_config *config)
{
	config->thread_n = config->thread_n ? config->thread_n : DEFAULT_THREAD_N;
	config->max_body_bytes = config->max_body_bytes ? config->max_body_bytes : DEFAULT_BODY_BYTES;
	if (config->max_bodies_bytes == 0)
		config->max_bodies_bytes = config->max_body_bytes * DEFAULT_BODIES_FACTOR;
	config->max_target_bytes = config->max_target_bytes ? config->max_target_bytes : DEFAULT_TARGET_BYTES;
	config->max_connections = config->max_connections ? config->max_connections : DEFAULT_CONNECTIONS;
	config->idle_ms = config->idle_ms ? config->idle_ms : DEFAULT_IDLE_MS;
	config->header_ms = config->header_ms ? config->header_ms : DEFAULT_HEADER_MS;
	/* each thread of the pool gets its share, and a share of none means no limit */
	if (config->max_connections < config->thread_n)
		config->max_connections = config->thread_n;
}

static enum err start(struct ctx *c, struct http_serve *s)
{
	TRY(open_socket(c, s));
	TRY(http_watch_start(c, s));
	return start_daemon(c, s);
}

enum err http_serve_open(struct ctx *c, const struct http_config *config, struct http_serve **out)
{
	check(config->handle != NULL);
	struct http_serve *s = calloc(1, sizeof(*s));
	check(s != NULL);
	s->config = *config;
	fill_defaults(&s->config);
	s->listen_fd = -1;
	s->wake_fd = -1;
	s->holders_n = 1;
	s->now_ms = clock_monotonic_ms();
	pthread_mutex_init(&s->lock, NULL);
	enum err e = start(c, s);
	if (e != OK) {
		http_serve_close(s);
		return e;
	}
	*out = s;
	return OK;
}

int http_serve_port(const struct http_serve *s)
{
	return s->port;
}

void http_serve_release(struct http_serve *s)
{
	bool is_last = --s->holders_n == 0;
	pthread_mutex_unlock(&s->lock);
	if (!is_last)
		return;
	for (size_t i = 0; i < s->spare_n; i++)
		arena_close(s->spare[i]);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* No call is in flight and none can begin; or DRAIN_MS are over. */
static void drain(struct http_serve *s)
{
	int64_t until = clock_monotonic_ms() + DRAIN_MS;
	for (;;) {
		uint64_t none = 0;
		if (atomic_compare_exchange_strong(&s->in_flight, &none, CLOSED))
			return;
		if (clock_monotonic_ms() >= until)
			break;
		usleep(DRAIN_STEP_US);
	}
	atomic_fetch_or(&s->in_flight, CLOSED);
}

static void abandon_waiting(struct http_serve *s)
{
	pthread_mutex_lock(&s->lock);
	for (struct call *k = s->waiting; k != NULL; k = k->next) {
		atomic_store(&k->state, CALL_ABANDONED);
		s->holders_n++;
		MHD_resume_connection(k->mhd);
	}
	s->waiting = NULL;
	pthread_mutex_unlock(&s->lock);
}

void http_serve_close(struct http_serve *s)
{
	if (s == NULL)
		return;
	if (s->daemon != NULL) {
		atomic_store(&s->is_draining, true);
		MHD_quiesce_daemon(s->daemon);
		drain(s);
		abandon_waiting(s);
		MHD_stop_daemon(s->daemon);
	}
	http_watch_stop(s);
	if (s->listen_fd >= 0)
		close(s->listen_fd);
	pthread_mutex_lock(&s->lock);
	http_serve_release(s);
}
