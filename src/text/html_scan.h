#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Cuts HTML into text, tags and nothing else, as a browser's tokenizer would (HTML standard 13.2.5): comments,
 * doctypes, processing instructions and tags that the end of the input cuts off are skipped. One pass, no copies,
 * linear whatever the input; it cannot fail. It knows no elements: a caller that meets <script> asks for its raw
 * text. */

enum html_kind { HTML_TEXT, HTML_OPEN, HTML_CLOSE };

struct html_token {
	enum html_kind kind;
	struct str text;  /* of HTML_TEXT, with its references still in it */
	struct str name;  /* of a tag, in the case it was written in */
	struct str attrs; /* of a tag, for html_attr_next */
	bool is_self_closed; /* ends with a slash; means something in SVG and MathML only */
};

struct html_scan {
	const char *p;
	const char *end;
};

struct html_scan html_scan_begin(struct str html);
/* false at the end. */
bool html_scan_next(struct html_scan *s, struct html_token *out);

/* Behind the open tag of an element that holds no tags (script, style, title): moves behind its end tag, or to the
 * end. */
struct str html_scan_raw_text(struct html_scan *s, struct str name);

/* Takes the next attribute off *attrs; name and value as they are written, value the null string where none is. */
bool html_attr_next(struct str *attrs, struct str *name_out, struct str *value_out);
