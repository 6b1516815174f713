/* Documents of the library (desk/document.h). Their links are in share_links.c. */

#include "api/call.h"
#include "api/file_answer.h"
#include "api/handlers.h"
#include "api/library_json.h"
#include "api/shapes.h"
#include "api/upload.h"
#include "base/num.h"
#include "desk/document.h"

static void write_document(struct ctx *c, struct json *j, const struct document_entry *e)
{
	const struct document *d = &e->document;
	json_object_begin(j);
	library_json_members(c, j, &e->entry);
	json_add_string(j, "format", d->format);
	json_add_string(j, "fileName", document_file_name(c, e->entry.item.name, d));
	json_add_int(j, "sizeBytes", d->size_bytes);
	json_add_int(j, "version", d->version);
	json_add_int(j, "pageCount", d->page_n);
	json_add_string(j, "pictureState", d->picture_state);
	json_add_int(j, "visitCount", e->visit_n);
	json_add_time(j, "lastVisitAt", e->last_visit_at);
	json_object_end(j);
}

enum err api_documents_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct library_ask ask;
	struct document_entry *documents;
	size_t n;
	TRY(library_read_ask(c, q, LIBRARY_DOCUMENT, &ask));
	TRY(desk_document_list(c, &ask, &documents, &n));
	size_t shown = library_page_n(&ask, n);
	res_list_begin(r);
	for (size_t i = 0; i < shown; i++)
		write_document(c, &r->j, &documents[i]);
	library_list_end(c, r, &ask, n, shown ? documents[shown - 1].entry.item.id : 0);
	return OK;
}

/* The common members, from the fields of a form. */
static enum err read_form(struct ctx *c, const struct req *q, struct library_in *out)
{
	const struct upload *u = q->upload;
	struct str folder = upload_field(u, "folderId"), audience = upload_field(u, "audience");
	TRY(upload_check(c, q));
	*out = (struct library_in){.name = upload_field(u, "name"), .audience = audience.n ? audience : STR_NULL};
	if (folder.n > 0 && !num_parse_id(folder, &out->folder_id))
		return fail_field(c, STR("folderId"), STR("INVALID_LONG"), "folderId is the id of a folder.");
	return OK;
}

enum err api_documents_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct library_in in;
	struct document_entry e;
	TRY(read_form(c, q, &in));
	TRY(desk_document_create(c, upload_draft(q->upload), upload_file_name(q->upload), &in, &e));
	write_document(c, &r->j, &e);
	return OK;
}

enum err api_documents_replace(struct ctx *c, const struct req *q, struct res *r)
{
	struct document_entry e;
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(upload_check(c, q));
	TRY(desk_document_replace(c, upload_draft(q->upload), id, &e));
	write_document(c, &r->j, &e);
	return OK;
}

enum err api_documents_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct document_entry e;
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(desk_document(c, id, &e));
	write_document(c, &r->j, &e);
	return OK;
}

enum err api_documents_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct library_in in;
	struct document_entry e;
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(library_read_in(c, q, &in));
	TRY(desk_document_update(c, id, &in, &e));
	write_document(c, &r->j, &e);
	return OK;
}

enum err api_documents_content(struct ctx *c, const struct req *q, struct res *r)
{
	struct document_entry e;
	struct http_file f = {.shows = HTTP_SHOWS_NOTHING};
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(desk_document(c, id, &e));
	f.name = document_file_name(c, e.entry.item.name, &e.document);
	TRY(document_open(c, &e.document, &f.fd, &f.etag));
	return res_file(c, q, r, &f);
}

enum err api_documents_picture(struct ctx *c, const struct req *q, struct res *r)
{
	struct document_entry e;
	struct http_file f = {.name = STR("page")};
	int64_t id, page;
	TRY(library_param(c, q, &id));
	TRY(desk_document(c, id, &e));
	if (!num_parse_int(req_param(q, "page"), &page))
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(document_picture_open(c, &e.document, page, &f.fd, &f.etag));
	return res_file(c, q, r, &f);
}
