#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* HTML's special characters, both ways. Out: one function per target, so that the name at the call says where the
 * text goes. In: character references as browsers read them (HTML standard 13.2.5.72), with a table of about 360
 * names - HTML 4 and what else mails use; a name that is not in it stays as it is written. */

struct arena;

/* Text between tags: & < > are escaped. */
void html_text_esc(struct buf *b, struct str text);
/* Text inside a double-quoted attribute: also the quotes. The caller writes the quotes. */
void html_attr_esc(struct buf *b, struct str text);

/* Where a reference stands decides how one without a semicolon is read: "?a=1&copy=2" in an attribute holds none. */
enum html_place { HTML_IN_TEXT, HTML_IN_ATTR };

/* raw, with references decoded and control characters dropped (except tab and line feed; carriage returns become line
 * feeds); raw itself where nothing is to do. raw is valid UTF-8. */
struct str html_decode(struct arena *a, struct str raw, enum html_place place);

/* The code point of the reference at the start of s, which begins with '&', and how many bytes it takes; false: it is
 * none. A control character is 0. */
bool html_char_ref(struct str s, enum html_place place, uint32_t *code_out, size_t *n_out);

/* The code point of a name without & and semicolon, 0 for none. is_old: it may stand without a semicolon. */
uint32_t html_named_char(struct str name, bool *is_old_out);

enum { MAX_HTML_NAME_BYTES = 16 }; /* of a named character in the table */
