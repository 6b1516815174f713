/* Answers, and what a handler reads of the request beyond its fields. */

#include "net/http_serve.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "net/http_serve_int.h"

enum { MAX_RAW_BYTES = 64 << 10, MHD_BLOCK_BYTES = 32 << 10 };

static struct call *call_of(struct http_call *call)
{
	return (struct call *)call; /* pub is its first member */
}

struct str http_header(struct http_call *call, const char *name)
{
	const char *value = NULL;
	size_t n = 0;
	struct call *k = call_of(call);
	if (MHD_lookup_connection_value_n(k->mhd, MHD_HEADER_KIND, name, strlen(name), &value, &n) != MHD_YES)
		return STR_NULL;
	return value ? str_trim((struct str){value, n}) : STR("");
}

struct str http_cookie(struct http_call *call, const char *name)
{
	struct str want = str_c(name);
	for (struct str rest = http_header(call, "Cookie"); !str_is_null(rest);) {
		struct str value = str_cut(&rest, STR(";"));
		struct str key = str_cut(&value, STR("="));
		if (!str_is_null(value) && str_eq(str_trim(key), want))
			return str_trim(value);
	}
	return STR_NULL;
}

/* libmicrohttpd refuses an empty value and CR or LF; a NUL would cut it short. */
static bool is_sendable(struct str value)
{
	return value.n > 0 && str_find_byte(value, '\0') < 0 && str_find_byte(value, '\r') < 0 &&
	       str_find_byte(value, '\n') < 0;
}

static void add_header(struct arena *a, struct MHD_Response *response, struct str name, struct str value)
{
	if (is_sendable(value))
		MHD_add_response_header(response, str_z(a, name), str_z(a, value));
}

static struct MHD_Response *response_body(const struct http_answer *answer)
{
	struct stat st;
	if (answer->body_fd == 0)
		return MHD_create_response_from_buffer(answer->body.n, (void *)(uintptr_t)answer->body.p,
						       MHD_RESPMEM_PERSISTENT);
	if (fstat(answer->body_fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(answer->body_fd);
		return NULL;
	}
	if (answer->body_n > 0 && answer->body_from + answer->body_n <= st.st_size)
		return MHD_create_response_from_fd_at_offset64((uint64_t)answer->body_n, answer->body_fd,
		                                               (uint64_t)answer->body_from);
	return MHD_create_response_from_fd64((uint64_t)st.st_size, answer->body_fd);
}

static struct MHD_Response *response_new(struct arena *a, const struct http_answer *answer)
{
	struct MHD_Response *response = response_body(answer);
	check(response != NULL);
	add_header(a, response, STR("Content-Type"), answer->content_type);
	for (size_t i = 0; i < answer->header_n; i++)
		add_header(a, response, answer->headers[i].name, answer->headers[i].value);
	return response;
}

static void unlink_waiting(struct call *k)
{
	if (k->prev != NULL)
		k->prev->next = k->next;
	else
		k->s->waiting = k->next;
	if (k->next != NULL)
		k->next->prev = k->prev;
}

/* Inside handle(), on its thread: nobody else can change the state. */
static bool is_inline(struct call *k)
{
	return atomic_load_explicit(&k->state, memory_order_relaxed) == CALL_RUNNING &&
	       pthread_equal(pthread_self(), k->thread);
}

/* The call has its answer; unlocks. k may be gone afterwards. */
static void done_locked(struct call *k)
{
	struct http_serve *s = k->s;
	switch (atomic_load(&k->state)) {
	case CALL_RUNNING:
		atomic_store(&k->state, CALL_DONE);
		break;
	case CALL_WAITING:
		unlink_waiting(k);
		atomic_store(&k->state, CALL_DONE);
		MHD_resume_connection(k->mhd);
		break;
	case CALL_ABANDONED:
		pthread_mutex_unlock(&s->lock);
		http_call_free(k);
		pthread_mutex_lock(&s->lock);
		http_serve_release(s);
		return;
	default:
		check(!"one call, one answer");
	}
	pthread_mutex_unlock(&s->lock);
}

void http_answer(struct http_call *call, const struct http_answer *answer)
{
	struct call *k = call_of(call);
	check(answer->status >= 200 && answer->status <= 599);
	check(answer->header_n <= HTTP_MAX_ANSWER_HEADERS);
	check(atomic_load(&k->state) != CALL_DONE);
	if (k->is_refused) {
		struct http_answer *copy = NEW(call->a, struct http_answer);
		*copy = *answer;
		k->refusal_answer = copy;
		return;
	}
	k->status = (unsigned)answer->status;
	k->response = response_new(call->a, answer);
	if (is_inline(k)) {
		atomic_store(&k->state, CALL_DONE);
		return;
	}
	pthread_mutex_lock(&k->s->lock);
	done_locked(k);
}

static void raw_header(struct buf *b, struct str name, struct str value)
{
	if (!is_sendable(value))
		return;
	buf_add(b, name);
	buf_lit(b, ": ");
	buf_add(b, value);
	buf_lit(b, "\r\n");
}

struct str http_raw(struct arena *a, const struct http_answer *answer, bool with_body)
{
	struct buf b;
	buf_init(&b, a, MAX_RAW_BYTES);
	buf_fmt(&b, "HTTP/1.1 %d %s\r\n", answer->status, MHD_get_reason_phrase_for((unsigned)answer->status));
	/* IMF-fixdate (RFC 9110 section 5.6.7) is the date of mail with GMT for the zone */
	struct str date = time_mail(a, clock_ms());
	raw_header(&b, STR("Date"), str_cat(a, str_head(date, date.n - STR("+0000").n), STR("GMT")));
	raw_header(&b, STR("Connection"), STR("close"));
	raw_header(&b, STR("Content-Type"), answer->content_type);
	for (size_t i = 0; i < answer->header_n; i++)
		raw_header(&b, answer->headers[i].name, answer->headers[i].value);
	if (!str_is_null(answer->body))
		buf_fmt(&b, "Content-Length: %zu\r\n", answer->body.n);
	buf_lit(&b, "\r\n");
	if (with_body)
		buf_add(&b, answer->body);
	check(!buf_is_full(&b));
	return buf_str(&b);
}

/* Under the lock: a second descriptor of the connection, or -1. */
static int take_socket(struct call *k, int *fd_out)
{
	if (atomic_load(&k->state) == CALL_ABANDONED)
		*fd_out = open("/dev/null", O_RDWR | O_CLOEXEC);
	else
		*fd_out = fcntl(k->conn->fd, F_DUPFD_CLOEXEC, 3);
	return *fd_out;
}

int http_detach(struct http_call *call, const struct http_answer *head, struct str *head_out)
{
	struct call *k = call_of(call);
	struct http_answer bare = *head;
	bare.body = STR_NULL;
	struct str raw = http_raw(call->a, &bare, false);
	char *copy = malloc(raw.n);
	check(copy != NULL);
	memcpy(copy, raw.p, raw.n);
	int fd;
	pthread_mutex_lock(&k->s->lock);
	if (take_socket(k, &fd) < 0) {
		pthread_mutex_unlock(&k->s->lock);
		free(copy);
		return -1;
	}
	done_locked(k);
	*head_out = (struct str){copy, raw.n};
	return fd;
}
