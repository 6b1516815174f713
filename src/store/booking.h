#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Meetings that were booked on a page (store/booking_page.h). */

struct booking {
	int64_t id;
	int64_t page_id;
	int64_t user_id;    /* the agent */
	int64_t contact_id;
	int64_t meeting_id; /* the object */
	int64_t ticket_id;  /* 0: none */
	struct str token;   /* of its public address */
	struct str name, email, note, language, time_zone; /* of who booked */
	int64_t start_at, end_at;
	int64_t busy_from, busy_to; /* with buffers */
	int64_t sequence; /* of its invitation (RFC 5545 section 3.8.7.4) */
	struct str state; /* SCHEDULED, CANCELED */
	int64_t created_at;
	int64_t updated_at;
};

/* ERR_CONFLICT: the agent has another one at that very time. */
enum err booking_insert(struct ctx *c, struct booking *b);
enum err booking_update(struct ctx *c, struct booking *b);
/* ERR_NOT_FOUND. */
enum err booking_load(struct ctx *c, int64_t id, struct booking *out);
enum err booking_by_token(struct ctx *c, struct str token, struct booking *out);
/* Of an agent, not canceled, that begin in [from, to); by start. */
enum err booking_list_of_user(struct ctx *c, int64_t user_id, int64_t from, int64_t to, struct booking **out, size_t *n_out);
/* Those that begin at or after a time, by (start, id), behind (after_start, after_id); user_id 0: anybody's, page_id 0: of any page. */
struct booking_page_of_list {
	int64_t user_id, page_id;
	int64_t from, after_start, after_id, limit;
};
enum err booking_list_upcoming(struct ctx *c, const struct booking_page_of_list *p, struct booking **out, size_t *n_out);
/* How many somebody has before him, and how many an agent has; when the agent's newest was made (0: never). */
enum err booking_count_of_email(struct ctx *c, struct str email, int64_t from, int64_t *out);
struct booking_load_of_user {
	int64_t upcoming_n;
	int64_t newest_at;
};
enum err booking_load_of(struct ctx *c, int64_t user_id, int64_t from, struct booking_load_of_user *out);
/* What is known of who booked goes, with the bookings of this contact. */
enum err booking_erase_contact(struct ctx *c, int64_t contact_id);
