#include "desk/document.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/file.h"
#include "store/blob.h"
#include "text/document_type.h"

enum { FIRST_VERSION = 1, MAX_EXTENSION_CHARS = 5 };

/* What was uploaded ------------------------------------------------------------------------------------------------- */

static enum err check_size(struct ctx *c, struct blob_draft *draft)
{
	int64_t size = blob_size(draft);
	if (size == 0)
		return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"), "This file is empty.");
	if (size > (int64_t)MAX_DOCUMENT_MB << 20)
		return fail_field(c, STR("file"), STR("INVALID_LENGTH"), "A document has at most %d MB.", MAX_DOCUMENT_MB);
	return OK;
}

/* By all of its bytes: what a document is stands at the end of an archive. */
static enum err sniff(struct ctx *c, struct blob_draft *draft, enum document_format *out)
{
	struct str bytes;
	TRY(check_size(c, draft));
	TRY(blob_draft_bytes(c, draft, &bytes));
	return document_sniff(c, bytes, out);
}

static bool is_alnum(char byte)
{
	return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* Where ".pdf" begins: of a file that is called otherwise too, but no "Report v1.2" loses its number. */
static size_t extension_at(struct str name)
{
	size_t dot = name.n;
	bool has_letter = false;
	while (dot > 0 && name.n - dot < MAX_EXTENSION_CHARS && is_alnum(name.p[dot - 1])) {
		dot--;
		has_letter = has_letter || name.p[dot] > '9';
	}
	return has_letter && dot > 0 && name.p[dot - 1] == '.' ? dot - 1 : name.n;
}

/* What a file is called, without its extension, and no longer than a name may be. */
static struct str bare_name(struct str name)
{
	name = str_trim(str_head(name, extension_at(name)));
	name = str_trim(utf8_head_chars(name, MAX_LIBRARY_NAME_CHARS));
	return name.n > 0 ? name : STR("document");
}

static enum err upload(struct ctx *c, struct blob_draft *draft, enum document_format format, int64_t *file_id_out)
{
	struct file f;
	const struct upload_in in = {
		.name = str_fmt(c->a, "document." STR_FMT, STR_ARG(document_extension(format))),
		.content_type = document_content_type(format),
		.is_for_library = true,
	};
	TRY(desk_file_upload(c, draft, &in, &f));
	*file_id_out = f.id;
	return OK;
}

/* ------------------------------------------------------------------------------------------------------------------- */

static struct library_own own_of(const struct document *d)
{
	return (struct library_own){.text = d->format};
}

static enum err ask_for_pictures(struct ctx *c, const struct document *d)
{
	return job_add(c, &job_document_pictures, d->id, str_fmt(c->a, "%lld", (long long)d->version), 0);
}

struct document_work {
	struct library_in in;
	enum document_format format;
	int64_t file_id;
	int64_t id; /* of the document that gets a new version */
	struct document_entry *out;
};

static enum err create(struct ctx *c, void *arg)
{
	struct document_work *w = arg;
	struct document_entry e = {.document = {.version = FIRST_VERSION, .picture_state = STR("WAITING")}};
	struct file f;
	e.document.format = document_extension(w->format);
	struct library_own own = own_of(&e.document);
	TRY(desk_library_make(c, LIBRARY_DOCUMENT, &w->in, &own, &e.entry));
	TRY(file_take(c, w->file_id, STR("file"), &f));
	e.document.id = e.entry.item.id;
	e.document.file_id = f.id;
	e.document.size_bytes = f.size_bytes;
	TRY(document_insert(c, &e.document));
	TRY(ask_for_pictures(c, &e.document));
	*w->out = e;
	return OK;
}

enum err desk_document_create(struct ctx *c, struct blob_draft *draft, struct str name, const struct library_in *in,
                              struct document_entry *out)
{
	struct document_work w = {.in = *in, .out = out};
	TRY(desk_can(c, CAN_EDIT, NULL));
	if (str_trim(w.in.name).n == 0)
		w.in.name = bare_name(name);
	if (str_is_null(w.in.audience))
		w.in.audience = STR("EVERYONE");
	TRY(sniff(c, draft, &w.format));
	TRY(upload(c, draft, w.format, &w.file_id));
	return c->run->write(c->run->self, c, create, &w);
}

/* The blobs of all pictures, dropped when the rows are gone. */
static enum err clear_pictures(struct ctx *c, int64_t id)
{
	struct document_picture *pictures;
	size_t n;
	TRY(document_picture_list(c, id, &pictures, &n));
	TRY(document_picture_clear(c, id));
	for (size_t i = 0; i < n; i++)
		TRY(file_drop_later(c, pictures[i].blob));
	return OK;
}

static enum err replace(struct ctx *c, void *arg)
{
	struct document_work *w = arg;
	const struct library_in nothing = {.folder_id = -1};
	struct document_entry e = {0};
	struct file f;
	TRY(desk_library_edit(c, LIBRARY_DOCUMENT, w->id, &e.entry));
	TRY(document_load(c, w->id, &e.document));
	TRY(file_take(c, w->file_id, STR("file"), &f));
	int64_t old_id = e.document.file_id;
	e.document.file_id = f.id;
	e.document.size_bytes = f.size_bytes;
	e.document.format = document_extension(w->format);
	e.document.version++;
	e.document.page_n = 0;
	e.document.picture_state = STR("WAITING");
	TRY(document_update(c, &e.document));
	TRY(file_let_go(c, old_id));
	TRY(clear_pictures(c, w->id));
	struct library_own own = own_of(&e.document);
	TRY(desk_library_keep(c, &nothing, &own, &e.entry));
	TRY(ask_for_pictures(c, &e.document));
	return desk_document(c, w->id, w->out);
}

/* Asked before the bytes are looked at, and again with them. */
static enum err may_replace(struct ctx *c, void *arg)
{
	struct document_work *w = arg;
	struct library_entry e;
	TRY(desk_library(c, LIBRARY_DOCUMENT, w->id, &e));
	return e.may_edit ? OK : fail(c, ERR_NOT_ALLOWED, "This document is somebody else's.");
}

enum err desk_document_replace(struct ctx *c, struct blob_draft *draft, int64_t id, struct document_entry *out)
{
	struct document_work w = {.id = id, .out = out};
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(c->run->read(c->run->self, c, may_replace, &w));
	TRY(sniff(c, draft, &w.format));
	TRY(upload(c, draft, w.format, &w.file_id));
	return c->run->write(c->run->self, c, replace, &w);
}

enum err desk_document_update(struct ctx *c, int64_t id, const struct library_in *in, struct document_entry *out)
{
	struct document_entry e;
	TRY(desk_library_edit(c, LIBRARY_DOCUMENT, id, &e.entry));
	TRY(document_load(c, id, &e.document));
	struct library_own own = own_of(&e.document);
	TRY(desk_library_keep(c, in, &own, &e.entry));
	return desk_document(c, id, out);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

static void add_counts(struct document_entry *e, size_t n, const struct share_count *counts, size_t count_n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < count_n; k++)
			if (counts[k].item_id == e[i].document.id) {
				e[i].visit_n = counts[k].visit_n;
				e[i].last_visit_at = counts[k].last_visit_at;
			}
}

/* Fills in what is a document's own. */
static enum err add_documents(struct ctx *c, struct document_entry *e, size_t n)
{
	struct document *documents;
	struct share_count *counts;
	size_t document_n, count_n;
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		ids[i] = e[i].entry.item.id;
	TRY(document_list(c, ids, n, &documents, &document_n));
	TRY(share_count_list(c, ids, n, &counts, &count_n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < document_n; k++)
			if (documents[k].id == ids[i])
				e[i].document = documents[k];
	add_counts(e, n, counts, count_n);
	return OK;
}

enum err desk_document(struct ctx *c, int64_t id, struct document_entry *out)
{
	struct document_entry e = {0};
	TRY(desk_library(c, LIBRARY_DOCUMENT, id, &e.entry));
	TRY(add_documents(c, &e, 1));
	*out = e;
	return OK;
}

enum err desk_document_list(struct ctx *c, const struct library_ask *ask, struct document_entry **out, size_t *n_out)
{
	struct library_entry *entries;
	size_t n;
	TRY(desk_library_list(c, ask, &entries, &n));
	struct document_entry *e = NEW_ARRAY(c->a, n, struct document_entry);
	for (size_t i = 0; i < n; i++)
		e[i].entry = entries[i];
	TRY(add_documents(c, e, n));
	*out = e;
	*n_out = n;
	return OK;
}

struct str document_file_name(struct ctx *c, struct str name, const struct document *d)
{
	return str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(name), STR_ARG(d->format));
}

enum err document_open(struct ctx *c, const struct document *d, int *fd_out, struct str *etag_out)
{
	struct file f;
	TRY(desk_file_of_item(c, d->file_id, &f));
	*etag_out = f.blob;
	return desk_file_open(c, &f, fd_out);
}

enum err document_picture_open(struct ctx *c, const struct document *d, int64_t page, int *fd_out, struct str *etag_out)
{
	struct document_picture p;
	TRY(document_picture_load(c, d->id, page, &p));
	*etag_out = p.blob;
	return blob_open_fd(c, c->env->data_dir, p.blob, fd_out);
}

enum err desk_shared_document(struct ctx *c, struct str token, struct str visitor, struct shared_document *out)
{
	struct shared_document s = {0};
	TRY(desk_shared(c, STR("DOCUMENT"), token, visitor, &s.shared));
	if (s.shared.state == SHARE_OPEN) {
		TRY(document_load(c, s.shared.link.item_id, &s.document));
		TRY(document_picture_list(c, s.document.id, &s.pictures, &s.picture_n));
		if (s.picture_n > 0 && s.pictures[0].page == 0) {
			s.pictures++;
			s.picture_n--;
		}
	}
	*out = s;
	return OK;
}
