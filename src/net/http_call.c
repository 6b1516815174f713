/* libcurl's multi interface: one thread, many calls, names resolved beside it. Whether an address may be called is asked in the
 * function that makes the socket, where libcurl has the very bytes it is going to connect to. */

#include "net/http_call.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "net/http_call_int.h"

enum { CALL_ARENA_SPARE_BYTES = 16 << 20, MAX_HEADER_BYTES = 8192 };

struct outgoing {
	struct http_caller *caller;
	struct arena *a;
	CURL *curl;
	CURLU *url;
	struct curl_slist *headers;
	struct http_request request; /* its bytes are in a */
	struct buf body;
	size_t head_bytes;
	bool is_head_long;
	bool is_cut;
	bool is_refused; /* an address was not let through */
	int64_t started_ms;
	char error[CURL_ERROR_SIZE];
	size_t at; /* in caller->flying */
};

struct http_caller {
	struct arena *a;
	CURLM *multi;
	struct http_guard guard;
	struct str ca_file;
	struct outgoing *flying[HTTP_CALL_MAX_IN_FLIGHT];
	size_t flying_n;
};

/* Opening and closing ----------------------------------------------------------------------------------------------- */

enum err http_caller_open(struct ctx *c, const struct http_caller_config *config, struct http_caller **out)
{
	struct http_guard guard;
	TRY(http_guard_read(c, config->allow, &guard));
	check(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	struct http_caller *caller = calloc(1, sizeof(*caller));
	check(caller != NULL);
	caller->a = arena_open(64 << 10);
	caller->guard = guard;
	if (config->ca_file.n > 0)
		caller->ca_file = str_dup(caller->a, config->ca_file);
	caller->multi = curl_multi_init();
	check(caller->multi != NULL);
	*out = caller;
	return OK;
}

static void end(struct outgoing *o)
{
	struct http_caller *caller = o->caller;
	curl_multi_remove_handle(caller->multi, o->curl);
	caller->flying[o->at] = caller->flying[--caller->flying_n];
	caller->flying[o->at]->at = o->at;
	curl_easy_cleanup(o->curl);
	curl_url_cleanup(o->url);
	curl_slist_free_all(o->headers);
	arena_close(o->a);
	free(o);
}

void http_caller_close(struct http_caller *caller)
{
	if (caller == NULL)
		return;
	while (caller->flying_n > 0)
		end(caller->flying[0]);
	curl_multi_cleanup(caller->multi);
	curl_global_cleanup();
	arena_close(caller->a);
	free(caller);
}

/* During a call ----------------------------------------------------------------------------------------------------- */

static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct outgoing *o = arg;
	if (purpose != CURLSOCKTYPE_IPCXN || !http_guard_lets(&o->caller->guard, &address->addr)) {
		o->is_refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Bytes of all heads together: of interim answers and redirects too. */
static size_t on_head(char *bytes, size_t size, size_t n, void *arg)
{
	struct outgoing *o = arg;
	(void)bytes;
	o->head_bytes += size * n;
	o->is_head_long = o->head_bytes > HTTP_CALL_HEAD_BYTES;
	return o->is_head_long ? 0 : size * n;
}

/* A short count ends the transfer. */
static size_t on_body(char *bytes, size_t size, size_t n, void *arg)
{
	struct outgoing *o = arg;
	size_t room = o->request.max_answer_bytes - o->body.n;
	buf_add(&o->body, str_head((struct str){bytes, size * n}, room));
	if (size * n <= room)
		return size * n;
	o->is_cut = true;
	return 0;
}

/* Starting ---------------------------------------------------------------------------------------------------------- */

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return true;
	return false;
}

/* The handle that was checked is the one that libcurl works with: no second parser sees the text. */
static bool read_url(struct outgoing *o)
{
	char *scheme = NULL;
	struct str url = o->request.url;
	if (url.n == 0 || url.n > HTTP_CALL_MAX_URL_BYTES || has_control(url) || str_find_byte(url, ' ') >= 0)
		return false;
	if (curl_url_set(o->url, CURLUPART_URL, str_z(o->a, url), CURLU_DISALLOW_USER) != CURLUE_OK ||
	    curl_url_get(o->url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
		return false;
	bool is_web = strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
	curl_free(scheme);
	return is_web;
}

static enum err add_header(struct ctx *c, struct outgoing *o, struct str name, struct str value)
{
	if (name.n == 0 || name.n + value.n > MAX_HEADER_BYTES || has_control(name) || has_control(value) ||
	    str_find_byte(name, ':') >= 0)
		return fail(c, ERR_BAD_INPUT, "a header cannot be sent");
	/* "Name;" is how libcurl is told of a header without a value */
	struct str line = str_fmt(o->a, value.n ? STR_FMT ": " STR_FMT : STR_FMT ";" STR_FMT, STR_ARG(name), STR_ARG(value));
	struct curl_slist *longer = curl_slist_append(o->headers, line.p);
	check(longer != NULL);
	o->headers = longer;
	return OK;
}

static enum err read_request(struct ctx *c, struct outgoing *o)
{
	struct http_request *r = &o->request;
	if (!read_url(o))
		return fail(c, ERR_BAD_INPUT, "the address is not one of http:// or https://, without a user name");
	if (r->header_n > HTTP_CALL_MAX_HEADERS || has_control(r->method) || r->method.n > 16)
		return fail(c, ERR_BAD_INPUT, "the request cannot be sent");
	for (size_t i = 0; i < r->header_n; i++)
		TRY(add_header(c, o, r->headers[i].name, r->headers[i].value));
	/* else libcurl waits a second for "100 Continue" before a long body */
	struct curl_slist *longer = curl_slist_append(o->headers, "Expect:");
	check(longer != NULL);
	o->headers = longer;
	return OK;
}

static void set_limits(struct outgoing *o)
{
	CURL *curl = o->curl;
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* none, whatever the environment says */
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, o->request.redirect_n > 0 ? 1L : 0L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)o->request.redirect_n);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, o);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	/* else a call that ends while its name is being resolved waits for the resolver, and with it all others */
	curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)o->request.total_ms);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)o->request.total_ms);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (o->caller->ca_file.n > 0) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, o->caller->ca_file.p);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
}

static void set_request(struct outgoing *o)
{
	CURL *curl = o->curl;
	const struct http_request *r = &o->request;
	curl_easy_setopt(curl, CURLOPT_CURLU, o->url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, o->headers);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Bellhop/" BELLHOP_VERSION);
	if (!str_is_null(r->body)) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, r->body.p);
	}
	if (r->method.n > 0 && !str_eq(r->method, STR("GET")))
		curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, str_z(o->a, r->method));
	if (str_eq(r->method, STR("HEAD")))
		curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, o);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, o);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, o->error);
	curl_easy_setopt(curl, CURLOPT_PRIVATE, o);
}

static void copy_request(struct outgoing *o, const struct http_request *request)
{
	struct http_request *r = &o->request;
	struct http_header *headers = NEW_ARRAY(o->a, request->header_n, struct http_header);
	*r = *request;
	for (size_t i = 0; i < request->header_n; i++)
		headers[i] = (struct http_header){str_dup(o->a, request->headers[i].name),
		                                  str_dup(o->a, request->headers[i].value)};
	r->headers = headers;
	r->url = str_dup(o->a, request->url);
	r->method = str_dup(o->a, request->method);
	if (!str_is_null(request->body))
		r->body = str_dup(o->a, request->body);
	if (r->max_answer_bytes > HTTP_CALL_MAX_BODY_BYTES)
		r->max_answer_bytes = HTTP_CALL_MAX_BODY_BYTES;
	/* one byte more, so that a body of just that size is not a full buf */
	buf_init(&o->body, o->a, r->max_answer_bytes + 1);
}

enum err http_call_start(struct ctx *c, struct http_caller *caller, const struct http_request *request)
{
	check(request->total_ms > 0);
	if (caller->flying_n == HTTP_CALL_MAX_IN_FLIGHT)
		return fail(c, ERR_BUSY, "%d calls are in flight", HTTP_CALL_MAX_IN_FLIGHT);
	struct outgoing *o = calloc(1, sizeof(*o));
	check(o != NULL);
	o->caller = caller;
	/* a buf that grows leaves its smaller rooms behind */
	o->a = arena_open(CALL_ARENA_SPARE_BYTES + request->body.n + 4 * request->max_answer_bytes);
	copy_request(o, request);
	o->curl = curl_easy_init();
	o->url = curl_url();
	check(o->curl != NULL && o->url != NULL);
	o->at = caller->flying_n++;
	caller->flying[o->at] = o;
	enum err e = read_request(c, o);
	if (e != OK) {
		end(o);
		return e;
	}
	set_limits(o);
	set_request(o);
	o->started_ms = clock_monotonic_ms();
	check(curl_multi_add_handle(caller->multi, o->curl) == CURLM_OK);
	return OK;
}

/* Ending ------------------------------------------------------------------------------------------------------------ */

static enum err judge(struct outgoing *o, CURLcode rc, struct http_result *r)
{
	if (rc == CURLE_OK || (o->is_cut && r->status != 0))
		return OK;
	if (o->is_refused && r->status == 0) {
		r->why = STR("The address is internal or reserved, and may not be called.");
		return ERR_REFUSED;
	}
	if (o->is_refused)
		r->why = STR("It redirects to an address that is internal or reserved, and may not be called.");
	else if (o->is_head_long)
		r->why = STR("The head of the answer is too long.");
	else if (rc == CURLE_OPERATION_TIMEDOUT)
		r->why = r->status ? STR("The answer did not end in time.") : STR("No answer in time.");
	else
		r->why = str_c(o->error[0] ? o->error : curl_easy_strerror(rc));
	return o->is_refused ? ERR_REFUSED : ERR_OUTSIDE;
}

static void finish(struct ctx *c, struct outgoing *o, CURLcode rc, struct http_result *out)
{
	long status = 0;
	char *content_type = NULL;
	curl_easy_getinfo(o->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(o->curl, CURLINFO_CONTENT_TYPE, &content_type);
	*out = (struct http_result){
		.self = o->request.self,
		.status = (int)status,
		.is_cut = o->is_cut,
		.body = str_dup(c->a, buf_str(&o->body)),
		.duration_ms = clock_monotonic_ms() - o->started_ms,
	};
	if (content_type != NULL)
		out->content_type = utf8_clean(c->a, str_dup(c->a, str_c(content_type)));
	out->err = judge(o, rc, out);
	out->why = str_is_null(out->why) ? STR_NULL : utf8_clean(c->a, str_dup(c->a, out->why));
	end(o);
}

static size_t collect(struct ctx *c, struct http_caller *caller, struct http_result *out)
{
	CURLMsg *message;
	int more;
	size_t n = 0;
	while ((message = curl_multi_info_read(caller->multi, &more)) != NULL) {
		char *o = NULL;
		if (message->msg != CURLMSG_DONE)
			continue;
		CURLcode rc = message->data.result;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &o);
		finish(c, (struct outgoing *)(void *)o, rc, &out[n++]);
	}
	return n;
}

void http_call_wait(struct ctx *c, struct http_caller *caller, int64_t wait_ms, struct http_result **out, size_t *n_out)
{
	int running;
	struct http_result *results = NEW_ARRAY(c->a, caller->flying_n, struct http_result);
	curl_multi_perform(caller->multi, &running);
	size_t n = collect(c, caller, results);
	if (n == 0 && wait_ms > 0) {
		curl_multi_poll(caller->multi, NULL, 0, (int)wait_ms, NULL);
		curl_multi_perform(caller->multi, &running);
		n = collect(c, caller, results);
	}
	*out = results;
	*n_out = n;
}

void http_call_wake(struct http_caller *caller)
{
	curl_multi_wakeup(caller->multi);
}

size_t http_call_in_flight(const struct http_caller *caller)
{
	return caller->flying_n;
}

enum err http_call(struct ctx *c, struct http_caller *caller, const struct http_request *request, struct http_result *out)
{
	struct http_result *results;
	size_t n = 0;
	check(caller->flying_n == 0);
	TRY(http_call_start(c, caller, request));
	/* ends: the call has total_ms */
	while (n == 0)
		http_call_wait(c, caller, request->total_ms, &results, &n);
	*out = results[0];
	return out->err == OK ? OK : fail(c, out->err, STR_FMT, STR_ARG(out->why));
}
