#pragma once

#include "text/mime_parse.h"

/* Between the files of mime_parse only. */

struct arena;

enum part_kind {
	PART_LEAF,
	PART_MULTI,
};

enum multi_kind {
	MULTI_MIXED,
	MULTI_ALTERNATIVE,
	MULTI_RELATED,
	MULTI_DIGEST,
	MULTI_REPORT,
};

/* One node of the mail, in the order of the mail; the root is the first. Slices of raw. */
struct part {
	int parent;               /* index; -1: the root */
	int nth;                  /* of its parent's children, from 0 */
	enum part_kind kind;
	enum multi_kind multi;
	struct mail_headers head;
	struct str type;          /* "text/plain": never null, by the defaults of RFC 2045 section 5.2 */
	struct str body;          /* still in its transfer encoding */
	/* filled while the body is chosen: which child of an alternative gave the text and which the HTML; -1: none
	 * yet */
	int text_child, html_child;
	bool is_text, is_html;    /* a leaf that was chosen */
	struct str text;          /* of a chosen leaf */
};

struct parts {
	struct part *list;
	size_t n;
	unsigned flags;
};

/* Finds all parts of raw (mime_parse_walk.c). */
void mime_walk(struct arena *a, struct str raw, struct parts *out);

/* The transfer encoding undone; borrows where there is none. */
struct str part_bytes(struct arena *a, const struct part *p);
/* Its text as UTF-8 with \n line ends, format=flowed unfolded. */
struct str part_text(struct arena *a, const struct part *p);

/* Fills text, html and attachments (mime_parse_body.c). */
void mime_choose_body(struct arena *a, struct parts *parts, struct mime *out);
/* Fills report (mime_parse_report.c); after the body. */
void mime_read_report(struct arena *a, const struct parts *parts, struct mime *out);
