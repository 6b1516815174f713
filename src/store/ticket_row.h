#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Tickets as lists show them, with the contact's name. Views of many: store/view.h. */

struct ticket_row {
	int64_t id;
	struct str subject;
	struct str pipeline_id;
	struct str stage_id;
	bool is_closed;
	int64_t owner_id;
	struct str priority;
	int64_t contact_id;
	struct str contact_name;
	struct str contact_email;
	struct str preview;
	int64_t activity_at;
	bool last_message_from_visitor;
	int64_t snoozed_until; /* 0: it is not snoozed */
	int64_t snoozed_by;
	int64_t spam_at; /* 0: it is no spam */
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
	struct str seen_by; /* desk/seen.h */
	int64_t participant_n; /* addresses that take part in its threads */
	int64_t channel_id;    /* of its newest thread; 0: none yet */
	struct str last_act;   /* what we did last: REPLIED, FORWARDED, COMMENTED; null: nothing since the customer wrote */
	struct str comment_preview; /* how its newest entry begins, where that is a comment */
};
extern const struct shape ticket_row_shape;

enum { MAX_TICKET_ROWS = 101 };

enum err ticket_row_load(struct ctx *c, int64_t id, struct ticket_row *out);
/* The newest tickets of a contact, without the one called except_id. */
struct ticket_access; /* store/access.h */
enum err ticket_row_of_contact(struct ctx *c, const struct ticket_access *access, int64_t contact_id, int64_t except_id, int64_t limit,
                               struct ticket_row **out, size_t *n_out);
/* Those of the ids, at most MAX_TICKET_ROWS, in their order; what is archived is left out. */
enum err ticket_row_of_ids(struct ctx *c, const int64_t *ids, size_t n, struct ticket_row **out, size_t *n_out);
