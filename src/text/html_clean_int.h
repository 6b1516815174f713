#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* The allow-list, as two tables. For html_clean.c, its test and html_text.c, which leaves out the same contents. */

/* What happens to an element. An element that is not in the table loses its tags and keeps its content. */
enum tag_fate {
	TAG_KEEP,
	TAG_VOID, /* kept, has no content and no end tag */
	TAG_RAW,  /* dropped with its content, which holds no tags */
	TAG_SKIP, /* dropped with its content, up to its own end tag */
	TAG_BODY, /* written as a div where it carries a colour or a style */
};

/* Which attributes an element may have, and which open elements it ends. */
enum tag_group {
	G_A = 1 << 0,
	G_IMG = 1 << 1,
	G_TABLE = 1 << 2,
	G_ROWS = 1 << 3, /* tr, tbody, thead, tfoot */
	G_CELL = 1 << 4,
	G_COL = 1 << 5,
	G_FONT = 1 << 6,
	G_OL = 1 << 7,
	G_LI = 1 << 8,
	G_HR = 1 << 9,
	G_BLOCK = 1 << 10,  /* an inline end tag does not reach across it */
	G_INLINE = 1 << 11,
	G_SPAN = 1 << 12,
	G_DIV = 1 << 13,
	G_ASIDE = 1 << 14,
	G_ALL = (1 << 15) - 1,
};

struct tag {
	const char *name;
	enum tag_fate fate;
	unsigned groups;
	const char *ends;  /* open elements that its start tag ends, " p " */
	const char *within; /* as long as none of these stands between, " td th table " */
};

enum attr_kind {
	A_TEXT,
	A_NUMBER, /* 0 to 1000 */
	A_LENGTH, /* up to four digits, or with % */
	A_COLOR,
	A_WORD,   /* letters and dashes: left, ltr, en-GB */
	A_FONT,   /* a list of names of fonts */
	A_SIZE,   /* 1 to 7, +1, -2 */
	A_FLAG,   /* written with an empty value */
	A_STYLE,
	A_LINK,
	A_USER,   /* the id of one of our users, in what stays with us: a mention */
	A_CARD,   /* what a card stands for, in what stays with us */
	A_CALL_OUT, /* note or warning */
	A_IMAGE,  /* src, data-cid, data-remote-src: one of them becomes what the options say */
};

struct attr {
	const char *name;
	enum attr_kind kind;
	unsigned groups;
};

/* Elements that end tags and siblings do not reach across. */
#define CELL_WALLS " td th table caption "

enum { MAX_TAG_NAME_BYTES = 16 };

/* The row of a name in any case, or NULL. */
const struct tag *tag_find(struct str name);
/* The row of an attribute that this element may have, or NULL; its place in the table in *index_out, below 32. */
const struct attr *attr_find(const struct tag *tag, struct str name, unsigned *index_out);

struct html_scan;
struct html_token;

/* Behind an open tag whose element is dropped with its content: moves behind its end tag, or to the end. false: it is
 * not one. */
bool html_skip_content(struct html_scan *scan, const struct html_token *open, const struct tag *tag);
