#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/library.h"
#include "desk/share_link.h"
#include "job/job.h"
#include "store/document.h"
#include "store/file.h"

/* Documents: items of the library (desk/library.h) whose bytes are a file: a PDF, DOCX, PPTX or XLSX, as the bytes say
 * (text/document_type.h). A new version replaces the bytes, in whichever of these formats, and keeps the item and all its links.
 *
 * Pictures are made later, by a job: of a PDF one of each of its first MAX_PICTURED_PAGES pages and a small one of the first, by poppler's
 * programs within base/sandbox; of the others the small one that they bring along. Where that fails the document is there without. They
 * are JPEG or PNG by their own bytes, and bounded in number, bytes and pixels.
 *
 * The bytes of a document leave the desk as a download only (reliability.md V2). */

enum {
	MAX_DOCUMENT_MB = 50,
	MAX_PICTURED_PAGES = 200,
	MAX_PICTURE_BYTES = 3 << 20,
	PICTURE_PIXELS = 1400, /* of the longer side */
	SMALL_PICTURE_PIXELS = 320,
	MAX_PICTURES_MS = 4 * 60000, /* all pages together; what is not made by then is not made */
};

struct document_entry {
	struct library_entry entry;
	struct document document;
	int64_t visit_n;
	int64_t last_visit_at;
};

/* Outside of a transaction. name: of the file that was uploaded; in->name null: that, without its extension. ERR_BAD_INPUT says in one
 * sentence what is wrong with the file. */
struct blob_draft;
enum err desk_document_create(struct ctx *c, struct blob_draft *draft, struct str name, const struct library_in *in,
                              struct document_entry *out);
enum err desk_document_replace(struct ctx *c, struct blob_draft *draft, int64_t id, struct document_entry *out);
/* Name, folder, audience. */
enum err desk_document_update(struct ctx *c, int64_t id, const struct library_in *in, struct document_entry *out);
enum err desk_document(struct ctx *c, int64_t id, struct document_entry *out);
enum err desk_document_list(struct ctx *c, const struct library_ask *ask, struct document_entry **out, size_t *n_out);

/* "Price list.pdf" */
struct str document_file_name(struct ctx *c, struct str name, const struct document *d);
/* Its bytes, or a picture of a page (0: the small one), as an open file, closed with the arena. They ask nobody: call desk_document or
 * desk_shared_document before. etag: of these bytes. ERR_NOT_FOUND. */
enum err document_open(struct ctx *c, const struct document *d, int *fd_out, struct str *etag_out);
enum err document_picture_open(struct ctx *c, const struct document *d, int64_t page, int *fd_out, struct str *etag_out);

/* For people outside: what a link shows. pictures: of its pages, by page, without the small one; only where the link is open. */
struct shared_document {
	struct shared shared;
	struct document document;
	struct document_picture *pictures;
	size_t picture_n;
};
enum err desk_shared_document(struct ctx *c, struct str token, struct str visitor, struct shared_document *out);

extern const struct job_kind job_document_pictures; /* about a document; its body is the version */
