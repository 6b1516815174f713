#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* Makes HTML from strangers harmless: the first of the two walls of a mail's body (the browser's is the second). Safe by what it can
 * write, not by how it reads: lower-case tags and attributes from a fixed table, values checked by kind, quoted and escaped, every
 * element closed in order, at most MAX_HTML_DEPTH deep; no comments, no raw text, no SVG or MathML. Everything else is left out, its
 * text kept, except for elements whose content is not text (script, style, title, svg, ...).
 *
 * Links: http, https, mailto and tel only, opened apart and without referrer. Images never carry a src: cid: becomes data-cid, remote
 * ones data-remote-src, so that nothing is fetched before the reader asks; data: images are offered to the caller or dropped. A span
 * keeps the number of a user it names (text/html_mention.h) and a div the kind of card it is, but not in what is sent; an aside what
 * it calls attention to. Ids, names, classes, forms and style sheets are dropped. Inline styles go through text/html_css.h.
 *
 * One pass, linear time, output at most 8 times the input. Cleaning the result again gives the same bytes. */

struct ctx;

enum {
	MAX_HTML_BYTES = 2 << 20,
	MAX_HTML_DEPTH = 100,    /* deeper elements lose their tags, not their text */
	MAX_CONTENT_ID_BYTES = 200,
	HTML_CLEAN_ARENA_BYTES = 64 << 20, /* what the worst input of full size takes of the arena */
};

enum html_images {
	HTML_IMAGES_HELD, /* for showing: data-cid, data-remote-src */
	HTML_IMAGES_LIVE, /* for sending: src, with cid:, http: and https: */
	HTML_IMAGES_SERVED, /* for a page of ours: src is image_path and the content id; no other images, no styles; h1 is h2 */
};

struct html_clean_options {
	enum html_images images;
	/* Takes the base64 text of a data: image (image/png, gif, jpeg or webp) and returns the content id under
	 * which it is kept, of letters, digits and ._-@+$ only; the null string drops the image. NULL drops all. */
	struct str (*data_image)(void *self, struct str media_type, struct str base64);
	void *self;
	struct str image_path; /* "/kb/image/" */
};

/* What may stand behind cid: and in data-cid. */
bool html_is_content_id(struct str s);
/* o may be NULL: all zeroes. ERR_TOO_BIG above MAX_HTML_BYTES; the caller shows the text part instead. */
enum err html_clean(struct ctx *c, struct str html, const struct html_clean_options *o, struct str *out);
