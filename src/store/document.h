#pragma once

#include "base/ctx.h"
#include "base/shape.h"

/* Documents and the pictures of their pages, under the ids of their items in the library. */

struct document {
	int64_t id; /* of the item */
	int64_t file_id;
	struct str format; /* pdf, docx, pptx, xlsx */
	int64_t size_bytes;
	int64_t version;   /* from 1 */
	int64_t page_n;    /* of a PDF; 0: not known, or more of another format */
	struct str picture_state; /* WAITING, READY, NONE */
	int64_t created_at;
	int64_t updated_at;
};

struct document_picture {
	int64_t document_id;
	int64_t page; /* 0: the small one of the first page */
	struct str blob;
	int64_t size_bytes;
	int64_t width, height;
};

enum err document_insert(struct ctx *c, struct document *d);
enum err document_update(struct ctx *c, struct document *d);
enum err document_load(struct ctx *c, int64_t id, struct document *out);
/* Of these items, by id. */
enum err document_list(struct ctx *c, const int64_t *ids, size_t n, struct document **out, size_t *n_out);

enum err document_picture_insert(struct ctx *c, struct document_picture *p);
enum err document_picture_load(struct ctx *c, int64_t document_id, int64_t page, struct document_picture *out);
/* By page. */
enum err document_picture_list(struct ctx *c, int64_t document_id, struct document_picture **out, size_t *n_out);
enum err document_picture_clear(struct ctx *c, int64_t document_id);
