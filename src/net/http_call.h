#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "net/http_serve.h"

/* The one way out over HTTP (libcurl): everything that calls an address which somebody could have typed in goes through here, so
 * that nobody makes the desk call what only the desk can reach (server-side request forgery).
 *
 *  - http and https only, HTTP/1.1, no user name in the address; ports 80, 443 and those above 1023.
 *  - The address is looked at when the socket is made, after the name was resolved, each address of a name and each redirect anew:
 *    what a name pointed to a moment ago, and how an address is written (octal, decimal, IPv4 inside IPv6), does not matter. Refused
 *    are loopback, private, link-local (metadata services), shared, multicast, documentation and reserved addresses, but for those
 *    that the operator allows (http_caller_config.allow).
 *  - No redirects unless asked for. No proxy, cookies, .netrc or other settings of the environment.
 *  - TLS 1.2 or newer, the certificate is verified.
 *  - The whole call has an end (total_ms), the answer a size: head HTTP_CALL_HEAD_BYTES, body what the request says.
 *
 * Many calls may be in flight; one thread starts and waits. Everything of a request is copied. */

enum {
	HTTP_CALL_MAX_URL_BYTES = 2048,
	HTTP_CALL_HEAD_BYTES = 64 << 10,
	HTTP_CALL_MAX_HEADERS = 16,
	HTTP_CALL_MAX_IN_FLIGHT = 256,
	HTTP_CALL_MAX_BODY_BYTES = 256 << 20, /* no answer is kept that is longer, whatever a request says */
};

struct http_caller;

struct http_caller_config {
	struct str allow;   /* internal networks that may be called: "127.0.0.0/8, fd00:1::/32, 10.0.0.7" */
	struct str ca_file; /* PEM; null: the system's */
};

/* ERR_BAD_INPUT with a sentence when the list cannot be read. */
enum err http_caller_open(struct ctx *c, const struct http_caller_config *config, struct http_caller **out);
/* Cuts off what is in flight. NULL is allowed. */
void http_caller_close(struct http_caller *caller);

struct http_request {
	struct str method; /* null: GET */
	struct str url;
	const struct http_header *headers;
	size_t header_n;
	struct str body;         /* null: none */
	int64_t total_ms;        /* name, connection, TLS, request and answer together */
	size_t max_answer_bytes; /* the rest is cut off, and the connection with it */
	int redirect_n;          /* how many are followed */
	void *self;              /* comes back with the result */
};

struct http_result {
	void *self;
	/* OK: there is an answer, whatever its status. ERR_OUTSIDE: no connection, no time, no HTTP. ERR_REFUSED: the address is
	 * one that may not be called. */
	enum err err;
	struct str why; /* for people; null when err is OK */
	int status;     /* of the answer; also where it broke off behind its head */
	struct str content_type; /* null: none */
	struct str body;         /* as much as max_answer_bytes */
	bool is_cut;             /* there was more */
	int64_t duration_ms;
};

/* Begins a call. ERR_BAD_INPUT: the address or a header cannot be sent, nothing was tried. ERR_BUSY: HTTP_CALL_MAX_IN_FLIGHT are
 * in flight. */
enum err http_call_start(struct ctx *c, struct http_caller *caller, const struct http_request *request);
/* Waits until calls have ended, somebody wakes it or the time is over, and gives those that have ended, in the arena of c. */
void http_call_wait(struct ctx *c, struct http_caller *caller, int64_t wait_ms, struct http_result **out, size_t *n_out);
/* Any thread: the next or present http_call_wait() returns at once. */
void http_call_wake(struct http_caller *caller);
size_t http_call_in_flight(const struct http_caller *caller);

/* One call from start to end, by a caller that nothing else is in flight in. Returns result->err, and why in the context. */
enum err http_call(struct ctx *c, struct http_caller *caller, const struct http_request *request, struct http_result *out);
