/* Life of the server: the socket it listens on, the library's threads, the drain.
 *
 * MHD_USE_TURBO matters beyond speed: with it the library closes a socket without shutdown(), so that a duplicate of
 * the descriptor outlives the connection. http_detach() and the lingering close of refused requests stand on this. */

#include "net/http_serve.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
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
	DEFAULT_PACE_MS = 10000,
	DEFAULT_DRAIN_MS = 10000,
	BACKLOG = 1024,
	DRAIN_STEP_US = 5000,
};

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
		return fail(c, ERR_BAD_INPUT, "\"" STR_FMT "\" is no address as 127.0.0.1:8080 or [::1]:8080",
		            STR_ARG(s->config.listen));
	s->listen_fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->listen_fd < 0)
		return fail(c, ERR_INTERNAL, "socket: %s", strerror(errno));
	setsockopt(s->listen_fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(s->listen_fd, (struct sockaddr *)&address, n) != 0 || listen(s->listen_fd, BACKLOG) != 0)
		return fail(c, ERR_CONFLICT, "cannot listen on " STR_FMT ": %s", STR_ARG(s->config.listen),
		            strerror(errno));
	s->port = bound_port(s->listen_fd);
	return OK;
}

static enum err start_daemon(struct ctx *c, struct http_serve *s)
{
	const struct http_config *config = &s->config;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME;
	s->daemon = MHD_start_daemon(
		flags, 0, NULL, NULL, http_on_access, s,
		MHD_OPTION_LISTEN_SOCKET, (MHD_socket)s->listen_fd,
		MHD_OPTION_THREAD_POOL_SIZE, config->thread_n,
		MHD_OPTION_CONNECTION_LIMIT, config->max_connections,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)((config->idle_ms + 999) / 1000),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEAD_BYTES,
		MHD_OPTION_NOTIFY_COMPLETED, http_on_completed, s,
		MHD_OPTION_NOTIFY_CONNECTION, http_on_connection, s,
		MHD_OPTION_URI_LOG_CALLBACK, http_on_target, s,
		MHD_OPTION_UNESCAPE_CALLBACK, http_keep_escapes, NULL,
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
	config->pace_ms = config->pace_ms ? config->pace_ms : DEFAULT_PACE_MS;
	config->drain_ms = config->drain_ms ? config->drain_ms : DEFAULT_DRAIN_MS;
	/* each thread of the pool gets its share, and a share of none means no limit */
	if (config->max_connections < config->thread_n)
		config->max_connections = config->thread_n;
}

static enum err start(struct ctx *c, struct http_serve *s)
{
	TRY(network_list_read(c, s->config.trusted_proxies, &s->trusted));
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

/* No call is in flight and none can begin; or drain_ms are over. */
static void drain(struct http_serve *s)
{
	int64_t until = clock_monotonic_ms() + s->config.drain_ms;
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
