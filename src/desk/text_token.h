#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Tokens in texts to customers: {{contact.firstname}} stands for a property of what the text is about, a ticket or the record that a
 * mail is sent from. object is contact (the ticket's, the record's first), company (the first, else the contact's), deal (the first),
 * ticket, or sender, who is the asking user with firstname, lastname and email. A value that nobody has written is left for the writer
 * as [[MISSING CONTACT FIRST NAME]], and no reply is sent while that stands in it. */

struct object;

enum { MAX_TEXT_TOKENS = 50 };

struct filled_token {
	struct str name;  /* as asked: contact.firstname */
	struct str label; /* of the property: First Name */
	struct str value; /* as people read it; empty: missing */
};

/* Those of names that are tokens, in their order; others are left out. Of things that the asker may not see the value is missing. */
enum err desk_text_tokens(struct ctx *c, const struct object *about, const struct str *names, size_t n,
                          struct filled_token **out, size_t *n_out);

/* ERR_BAD_INPUT, which names the missing ones, while a mark stands in the text; lines that quote ("> …") do not count. */
enum err text_token_check(struct ctx *c, struct str text);
