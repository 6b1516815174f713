#pragma once

#include "base/ctx.h"
#include "base/str.h"

/* A form with one file (multipart/form-data, RFC 7578), read while it comes: fields into memory, the file to disk. */

struct blob_draft;
struct http_sink;
struct req;
struct upload;

enum {
	MAX_UPLOAD_FIELDS = 20,
	MAX_UPLOAD_FIELD_BYTES = 64 << 10,
};

/* At the head of the request: fills the sink and q->upload. ERR_MEDIA_TYPE: it is no form; nothing is read then. The file may have
 * as many bytes as c->env says. */
enum err upload_begin(struct ctx *c, struct req *q, struct http_sink *sink);

/* When all of it was read: the form was whole and had a file. ERR_BAD_INPUT. */
enum err upload_check(struct ctx *c, const struct req *q);
struct blob_draft *upload_draft(const struct upload *u);
struct str upload_file_name(const struct upload *u);
struct str upload_content_type(const struct upload *u);
/* The value of a field; the null string when it was not sent. */
struct str upload_field(const struct upload *u, const char *name);
