#pragma once

#include "base/ctx.h"

/* What a document is: decided by its bytes, whatever it is called. A PDF by its magic; the three of ECMA-376 (docx, pptx, xlsx) by the
 * type that [Content_Types].xml gives the part which _rels/.rels names as the document. */

enum document_format { DOCUMENT_PDF, DOCUMENT_DOCX, DOCUMENT_PPTX, DOCUMENT_XLSX, DOCUMENT_FORMAT_N };

enum {
	MAX_DOCUMENT_XML_BYTES = 1 << 20, /* of [Content_Types].xml and of _rels/.rels */
	MAX_DOCUMENT_PICTURE_BYTES = 1 << 20, /* of the picture that an office document brings along */
};

/* "pdf", "application/pdf" */
struct str document_extension(enum document_format f);
struct str document_content_type(enum document_format f);

/* ERR_BAD_INPUT says in one sentence why it is none that we take: of another kind, with macros, encrypted, broken. */
enum err document_sniff(struct ctx *c, struct str bytes, enum document_format *out);
/* The JPEG or PNG that an office document brings along as its first page. ERR_NOT_FOUND: none, or none that we can use. */
enum err document_picture(struct ctx *c, struct str bytes, struct str *out);
