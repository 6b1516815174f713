#pragma once

#include "base/ctx.h"
#include "store/draft.h"

/* Drafts of replies and comments: one of each kind for every user and ticket. They are seen by the one who writes them, signed in to
 * the workspace, and by nobody else: no administrator, no token, no search, no export. Whoever may not see the ticket any more does
 * not reach his draft.
 *
 * Two windows of a user may write at once: the newer text stands, and the other one is kept with it (kept) until the user takes it
 * up or drops it. */

enum { MAX_DRAFT_BYTES = 1 << 20, MAX_DRAFTS = 1000, MAX_DRAFT_LIST_BYTES = 64 << 10 };

/* Of this kind (reply, comment) on the ticket; version 0: there is none. */
enum err desk_ticket_draft(struct ctx *c, int64_t ticket_id, struct str kind, struct draft *out);
struct draft_in {
	struct draft draft; /* version: the one that the text was made from; 0: none */
	bool drops_kept;
};
/* ERR_BAD_INPUT names what is too long; an empty draft is none, and refused. */
enum err desk_ticket_draft_save(struct ctx *c, const struct draft_in *in, struct draft *out);
/* No error where there is none. */
enum err desk_ticket_draft_remove(struct ctx *c, int64_t ticket_id, struct str kind);
/* Newest first; only id, ticket_id, kind, version, the beginning of the text and when it was written. */
enum err desk_ticket_draft_list(struct ctx *c, struct draft **out, size_t *n_out);

/* On tickets from calls comments are offered once an answer was begun: sent by anybody, held, or a draft of whoever asks. */
enum err desk_reply_is_begun(struct ctx *c, int64_t ticket_id, bool *out);
