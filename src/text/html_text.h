#pragma once

#include "base/str.h"

/* HTML as text that a person can read, and text as HTML. Both are total: linear, no errors, no input that they
 * refuse; of HTML only the first MAX_HTML_BYTES are read. The text of a mail that has no text part, its preview and
 * its words for the search are made here. */

struct arena;

enum html_links {
	HTML_LINKS_SHOWN, /* [the text](https://its.address), unless both say the same */
	HTML_LINKS_PLAIN, /* the text alone: for previews */
};

/* Paragraphs are set apart by an empty line, items begin with "- " or their number, cells are set apart by tabs,
 * quoted lines begin with "> ", pictures are their [description]. White space is that of a browser; blanks at ends of
 * lines are dropped. */
struct str html_to_text(struct arena *a, struct str html, enum html_links links);

/* Escaped, with <br> for line ends, runs of blanks kept, and http:, https: and mailto: addresses as links. The result
 * is what html_clean() would make of it. */
struct str html_from_text(struct arena *a, struct str text);
