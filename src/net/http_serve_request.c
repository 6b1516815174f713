/* What libmicrohttpd calls, in the order of a request: the target (on_target), the head, the body and the finished
 * request (on_access), the end of the answer (on_completed).
 *
 * libmicrohttpd 0.9.75 is forgiving about framing and would decode the query into its own list. Both are undone here:
 * the target is copied before it is touched and its query hidden from the library, and the head is checked again
 * (http_serve_strict.c). */

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fcntl.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "net/http_serve_int.h"

enum { FIRST_BODY_BYTES = 4096 };

/* A body of max_body_bytes decoded into values may take some times its size. */
static const size_t CALL_BUDGET_BYTES = (size_t)1 << 30;

static struct conn *conn_of(struct MHD_Connection *mhd)
{
	return MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void conn_open(struct http_serve *s, struct MHD_Connection *mhd, void **context)
{
	struct conn *conn = calloc(1, sizeof(*conn));
	check(conn != NULL);
	conn->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	http_peer_of_connection(s, conn, mhd);
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

void http_on_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code)
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

/* The request line was read; nothing in it was decoded yet. What this returns becomes *context of http_on_access. */
void *http_on_target(void *cls, const char *target, struct MHD_Connection *mhd)
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
	/* the bytes are the library's own writable buffer: an empty query keeps it from splitting and decoding ours,
	 * which would cost it 60 bytes of the connection's memory per parameter */
	char *query = target ? (char *)(uintptr_t)strchr(target, '?') : NULL;
	if (query != NULL && query[1] != '\0')
		query[1] = '\0';
	return k;
}

size_t http_keep_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
	(void)cls;
	(void)mhd;
	return strlen(text);
}

static void refuse_plainly(struct http_call *call, enum err why)
{
	struct str body = str_cat(call->a, err_sentence(why), STR("\n"));
	http_answer(call, &(struct http_answer){.status = err_http(why),
						.content_type = STR("text/plain; charset=utf-8"),
						.body = body});
}

/* Answers by hand on a duplicate of the socket and lets the library drop the connection: it would otherwise either read
 * a body of any length first or close with bytes unread, which makes TCP throw the answer away on its way. */
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
	k->pub.peer = http_peer_of_call(k);
	if (!has_body(k, &body_bytes))
		return MHD_YES;
	if (s->config.begin != NULL) {
		enum err e = s->config.begin(s->config.self, &k->pub, &k->sink);
		if (e != OK)
			return refuse(k, e);
	}
	if ((uint64_t)body_bytes > (k->sink.take ? k->sink.max_bytes : s->config.max_body_bytes))
		return refuse(k, ERR_TOO_BIG);
	http_phase(s, k->conn, PHASE_BODY, s->config.pace_ms);
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

static enum MHD_Result sink_piece(struct call *k, const char *bytes, size_t *n)
{
	if (k->sunk_bytes + *n > k->sink.max_bytes)
		return refuse(k, ERR_TOO_BIG);
	enum err e = k->sink.take(k->sink.self, (struct str){bytes, *n});
	if (e != OK)
		return refuse(k, e);
	k->sunk_bytes += *n;
	atomic_store_explicit(&k->conn->moved_bytes, k->sunk_bytes, memory_order_relaxed);
	*n = 0;
	return MHD_YES;
}

static enum MHD_Result body_arrived(struct call *k, const char *bytes, size_t *n)
{
	if (k->sink.take != NULL)
		return sink_piece(k, bytes, n);
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
	http_phase(k->s, k->conn, PHASE_ANSWER, k->s->config.pace_ms);
	enum MHD_Result queued = MHD_queue_response(k->mhd, k->status, response);
	MHD_destroy_response(response);
	return queued;
}

/* handle() returned without an answer. Suspends first: once the call is WAITING, an answer may resume it at any
 * moment. */
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

enum MHD_Result http_on_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
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

void http_on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode code)
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
