#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "api/api.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/shape.h"
#include "net/http_serve.h"
#include "text/json.h"

/* What handlers see: the request, decoded and checked, the answer to be written, and the table that describes both. */

enum method { GET, POST, PUT, PATCH, DELETE, METHOD_N };
/* "GET", … */
struct str method_name(enum method method);

/* Who may call a route at all; what he may do to which object is decided by desk/can.c. */
enum who {
	P_ANYBODY,
	P_AGENT, /* any signed-in user, or a token */
	P_ADMIN, /* who may administer */
	P_SUPER_ADMIN,
};

enum route_flags {
	R_WRITE = 1,  /* runs in a write transaction */
	R_SLOW = 2,   /* runs outside of a transaction, on a thread that may be busy */
	R_STREAM = 4,
	R_APP_KEY = 32, /* also for the app of the path, with its developer key (?hapikey=) */
	R_UPLOAD = 8, /* with R_SLOW: a body of multipart/form-data, its file on the way to disk while it comes: api/upload.h */
	R_SECRET = 64, /* the answer shows a secret: it is neither kept (api/once.h) nor compressed */
	R_FORM = 128, /* the body is a form (application/x-www-form-urlencoded), for the handler to read */
};

enum { MAX_PARAMS = 8, MAX_ANSWER_BYTES = 64 << 20, MAX_ANSWER_HEADERS = 16 };

struct req;
struct res;
struct type_def;
struct upload;

struct route {
	enum method method;
	const char *path; /* "/crm/v3/objects/{objectType}/{objectId}" */
	enum who who;
	int flags;
	enum err (*run)(struct ctx *c, const struct req *q, struct res *r);
	const struct shape *takes; /* the body, read into q->in; NULL: q->json, or none */
	const struct shape *gives; /* what the answer is, for OpenAPI */
	int status;                /* of success */
	const char *scope;         /* that a token needs; NULL: none; see api/scope.h */
	const char *help;
};
extern const struct route routes[];
extern const size_t route_n;

struct param {
	struct str name;
	struct str value; /* decoded */
};

struct req {
	const struct route *route;
	struct http_call *http;
	struct str query; /* as sent */
	struct param params[MAX_PARAMS];
	size_t param_n;
	const void *in;     /* what the route takes */
	const json_t *json; /* the body; NULL: there was none */
	struct upload *upload; /* the form of an R_UPLOAD route; NULL: there was none */
	const struct api_config *config;
};
/* q->in as the struct whose shape the route takes. */
#define IN(q, type) ((const type *)(q)->in)

struct res {
	int status;
	struct buf body;
	struct json j; /* writes into body */
	struct str content_type;
	struct http_header headers[MAX_ANSWER_HEADERS];
	size_t header_n;
	struct str raw; /* instead of body: bytes that are not JSON */
	int fd;         /* instead of both: an open file, or a part of it (fd_n 0: all); the arena's to close. 0: none */
	int64_t fd_from, fd_n;
};

/* A parameter of the path. */
struct str req_param(const struct req *q, const char *name);
/* One that is an id; ERR_NOT_FOUND in the words of the wire when it is none. */
enum err req_id(struct ctx *c, const struct req *q, const char *name, int64_t *out);
/* One that names a type of objects. ERR_BAD_INPUT as schema_type says it. */
enum err req_type(struct ctx *c, const struct req *q, const char *name, const struct type_def **out);
/* A value of the query; the null string when it is not there. */
struct str req_query(struct ctx *c, const struct req *q, const char *name);
/* An integer of the query within min..max; otherwise when it is not there. */
enum err req_int(struct ctx *c, const struct req *q, const char *name, int64_t otherwise, int64_t min, int64_t max,
                 int64_t *out);
enum err req_bool(struct ctx *c, const struct req *q, const char *name, bool *out);
/* A member of the body that is a list of ids ("7" or 7), each once. NULL: it is not there, or null. ERR_BAD_INPUT that names it. */
enum err req_ids(struct ctx *c, const struct req *q, const char *name, size_t max, const int64_t **out, size_t *n_out);
/* A list of the query, repeated or separated by commas. */
size_t req_list(struct ctx *c, const struct req *q, const char *name, struct str **out);

/* Writes a struct by its shape as the answer. */
enum err res_give(struct res *r, const struct shape *shape, const void *row);
/* No body (204). */
enum err res_nothing(struct res *r);
void res_header(struct res *r, struct str name, struct str value);
/* {"results": [ … ], "paging"?: {"next": {name: cursor}}} around what is written between. name is "after" on the wire, "before" where
 * pages go back in time. cursor null: the last page. */
void res_list_begin(struct res *r);
void res_list_end(struct res *r, const char *name, struct str cursor);

/* The error envelope of the wire, from what the context says. */
void res_error(struct ctx *c, struct res *r, enum err e);
/* One entry of the errors of a batch, from what the context says. */
void res_error_entry(struct ctx *c, struct json *j, enum err e);
