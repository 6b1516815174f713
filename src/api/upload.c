#include "api/upload.h"

#include "api/call.h"
#include "base/arena.h"
#include "desk/env.h"
#include "desk/file.h"
#include "text/multipart.h"

enum { FORM_OVERHEAD_BYTES = 2 << 20, NOT_KEPT = -1, THE_FILE = -2 };

struct form_field {
	struct str name;
	struct buf value;
};

struct upload {
	struct ctx *c;
	struct multipart *form;
	struct blob_draft *draft; /* NULL: no file yet */
	struct str file_name, content_type;
	int64_t file_bytes;
	struct form_field fields[MAX_UPLOAD_FIELDS];
	int field_n;
	int open; /* the field that is being read, NOT_KEPT or THE_FILE */
};

static enum err begin_file(struct upload *u, const struct multipart_part *part)
{
	struct ctx *c = u->c;
	if (u->draft != NULL)
		return fail_field(c, STR("file"), STR("TOO_MANY"), "One file at a time.");
	u->open = THE_FILE;
	u->file_name = str_dup(c->a, part->file_name);
	u->content_type = str_dup(c->a, part->content_type);
	return desk_draft_begin(c, &u->draft);
}

static enum err on_begin(void *self, const struct multipart_part *part)
{
	struct upload *u = self;
	bool is_file = str_eq(part->name, STR("file"));
	if (is_file && !str_is_null(part->file_name))
		return begin_file(u, part);
	u->open = NOT_KEPT;
	if (is_file || u->field_n == MAX_UPLOAD_FIELDS)
		return fail_field(u->c, str_head(part->name, 100), STR("INVALID_FORM"),
		                  is_file ? "file has to be a file, with a file name." : "The form has too many fields.");
	u->open = u->field_n++;
	u->fields[u->open].name = str_dup(u->c->a, part->name);
	buf_init(&u->fields[u->open].value, u->c->a, MAX_UPLOAD_FIELD_BYTES);
	return OK;
}

static enum err on_bytes(void *self, struct str bytes)
{
	struct upload *u = self;
	if (u->open == THE_FILE) {
		u->file_bytes += (int64_t)bytes.n;
		if (u->file_bytes > u->c->env->max_upload_bytes)
			return fail(u->c, ERR_TOO_BIG, "A file has at most %lld bytes.", (long long)u->c->env->max_upload_bytes);
		return desk_draft_add(u->c, u->draft, bytes);
	}
	if (u->open == NOT_KEPT)
		return OK;
	struct form_field *f = &u->fields[u->open];
	buf_add(&f->value, bytes);
	if (buf_is_full(&f->value))
		return fail_field(u->c, str_head(f->name, 100), STR("INVALID_LENGTH"), "A field has at most %d bytes.",
		                  MAX_UPLOAD_FIELD_BYTES);
	return OK;
}

static enum err on_end(void *self)
{
	((struct upload *)self)->open = NOT_KEPT;
	return OK;
}

static enum err take(void *self, struct str bytes)
{
	return multipart_add(((struct upload *)self)->form, bytes);
}

enum err upload_begin(struct ctx *c, struct req *q, struct http_sink *sink)
{
	struct str boundary;
	if (!multipart_boundary(c->a, http_header(q->http, "Content-Type"), &boundary))
		return fail(c, ERR_MEDIA_TYPE, "The body has to be a form with a file (Content-Type: multipart/form-data).");
	struct upload *u = NEW(c->a, struct upload);
	const struct multipart_reader reader = {u, on_begin, on_bytes, on_end};
	u->c = c;
	u->open = NOT_KEPT;
	u->form = multipart_new(c, boundary, &reader);
	*sink = (struct http_sink){u, take, (uint64_t)c->env->max_upload_bytes + FORM_OVERHEAD_BYTES};
	q->upload = u;
	return OK;
}

enum err upload_check(struct ctx *c, const struct req *q)
{
	if (q->upload == NULL)
		return fail(c, ERR_MEDIA_TYPE, "The body has to be a form with a file (Content-Type: multipart/form-data).");
	TRY(multipart_end(q->upload->form));
	if (q->upload->draft == NULL)
		return fail_field(c, STR("file"), STR("REQUIRED_FIELD"), "The form has no file.");
	return OK;
}

struct blob_draft *upload_draft(const struct upload *u)
{
	return u->draft;
}

struct str upload_file_name(const struct upload *u)
{
	return u->file_name;
}

struct str upload_content_type(const struct upload *u)
{
	return u->content_type;
}

struct str upload_field(const struct upload *u, const char *name)
{
	for (int i = 0; i < u->field_n; i++)
		if (str_eq(u->fields[i].name, str_c(name)))
			return u->fields[i].value.n ? buf_str(&u->fields[i].value) : STR("");
	return STR_NULL;
}
