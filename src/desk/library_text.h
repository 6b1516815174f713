#pragma once

#include "base/ctx.h"
#include "desk/library.h"
#include "store/library_text.h"

/* Snippets and templates: rich texts of the library with tokens (desk/text_token.h). A snippet is called by its shortcut. A template has a
 * subject too, and may have placeholders, {{placeholder.Order number}}: values that nobody has stored, typed by whoever puts it into a
 * mail.
 *
 * The HTML is made harmless when it is written. */

enum {
	MAX_TEXT_HTML_BYTES = 64 << 10,
	MAX_TEXT_SUBJECT_CHARS = 300,
	MAX_TEXT_PLACEHOLDERS = 20, /* different ones */
	MAX_EXCERPT_BYTES = 300,
};

struct text_entry {
	struct library_entry entry;
	struct library_text text;
	struct str excerpt; /* how the text begins, on one line */
};

/* Members that are null stay as they were. */
struct text_in {
	struct library_in common;
	struct str shortcut; /* of a snippet, with or without its #; empty: none any more */
	struct str subject;  /* of a template */
	struct str html;
};
/* kind: LIBRARY_SNIPPET or LIBRARY_TEMPLATE. ERR_BAD_INPUT names the field. */
enum err desk_text_create(struct ctx *c, enum library_kind kind, const struct text_in *in, struct text_entry *out);
enum err desk_text_update(struct ctx *c, enum library_kind kind, int64_t id, const struct text_in *in, struct text_entry *out);
enum err desk_text(struct ctx *c, enum library_kind kind, int64_t id, struct text_entry *out);
/* Without the HTML. */
enum err desk_text_list(struct ctx *c, const struct library_ask *ask, struct text_entry **out, size_t *n_out);
