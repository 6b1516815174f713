#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Tickets as lists show them: one query for a page, with the contact's name, no counting, no offset. */

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
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};
extern const struct shape ticket_row_shape;

/* A page, newest activity first: what stands behind (before_at, before_id), which are those of the last row of the page before;
 * INT64_MAX for the first one. */
struct ticket_page {
	bool is_closed;
	int64_t owner_id; /* -1: anybody; 0: unassigned */
	int64_t before_at;
	int64_t before_id;
	int64_t limit;
};
enum err ticket_row_list(struct ctx *c, const struct ticket_page *page, struct ticket_row **out, size_t *n_out);
enum err ticket_row_load(struct ctx *c, int64_t id, struct ticket_row *out);
/* The newest tickets of a contact, without the one called except_id. */
enum err ticket_row_of_contact(struct ctx *c, int64_t contact_id, int64_t except_id, int64_t limit, struct ticket_row **out,
                               size_t *n_out);
