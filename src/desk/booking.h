#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/mail.h"
#include "store/booking.h"
#include "store/booking_page.h"
#include "store/user.h"

/* Meetings that customers book: pages with a public address (/meet/<slug>), of an agent or of a team, whose free times follow from the
 * agents' working hours (desk/availability.h) and from what is booked already; and the bookings, each with a public address of its own
 * (/booking/<token>) where whoever booked moves or cancels it. A booking is also a meeting among the objects, linked to its contact and
 * to the ticket that the link was in.
 *
 * Nobody meets two people at once: bookings are made one after the other (booking_lock), over all processes, and each looks at what is
 * there; an index of the database stands behind it.
 *
 * Agents see and change their own pages and see those of their teams; administrators have all. */

enum {
	MAX_BOOKING_PAGES = 1000,       /* archived ones too */
	MAX_BOOKING_TITLE_CHARS = 100,
	MAX_BOOKING_SLUG_BYTES = 60,
	MAX_BOOKING_TEXT_BYTES = 4000,  /* description, confirmation */
	MAX_BOOKING_LOCATION_BYTES = 500,
	MAX_BOOKING_LENGTHS = 6,
	MIN_BOOKING_MINUTES = 5,        /* lengths are multiples of it */
	MAX_BOOKING_MINUTES = 480,
	MAX_BOOKING_BUFFER_MINUTES = 240,
	MAX_BOOKING_NOTICE_MINUTES = 60 * 24 * 60,
	MAX_BOOKING_AHEAD_DAYS = 365,
	MAX_BOOKINGS_PER_DAY = 100,
	MAX_BOOKING_HOSTS = 50,         /* of a team who take part */
	MAX_SLOT_DAYS = 14,             /* that are asked for at once */
	MAX_BOOKING_NAME_CHARS = 200,
	MAX_BOOKING_NOTE_BYTES = 4000,
	MAX_UPCOMING_PER_EMAIL = 5,     /* bookings that somebody may have before him */
	MAX_BOOKINGS_PER_PEER = 200,    /* from one network address, which may be a whole office or a proxy, within BOOKING_PEER_MINUTES */
	BOOKING_PEER_MINUTES = 60,
	MAX_BOOKINGS_SHOWN = 100,
};

/* Pages for agents -------------------------------------------------------------------------------------------------------- */

struct booking_page_view {
	struct booking_page page;
	struct str host_name; /* of the agent or team */
	struct str url;
	bool may_edit;
};
/* What is to change; null strings and NULL stay. */
struct booking_page_in {
	struct str title, slug, description, location, confirmation;
	struct str lengths; /* JSON: [15, 30] */
	const int64_t *buffer_before, *buffer_after, *notice_minutes, *ahead_days, *max_per_day;
	const bool *is_active;
	int64_t team_id; /* of one that is made; 0: one's own */
};
/* Those that the caller sees, by title. ticket_id not 0: the addresses are for a mail of that ticket, and say so in a signed way. */
enum err desk_booking_page_list(struct ctx *c, int64_t ticket_id, struct booking_page_view **out, size_t *n_out);
enum err desk_booking_page_load(struct ctx *c, int64_t id, int64_t ticket_id, struct booking_page_view *out);
/* ERR_BAD_INPUT names the field, also of a slug that is taken. */
enum err desk_booking_page_create(struct ctx *c, const struct booking_page_in *in, struct booking_page_view *out);
enum err desk_booking_page_update(struct ctx *c, int64_t id, const struct booking_page_in *in, struct booking_page_view *out);
enum err desk_booking_page_archive(struct ctx *c, int64_t id);
enum err desk_booking_page_restore(struct ctx *c, int64_t id, struct booking_page_view *out);

/* Free times -------------------------------------------------------------------------------------------------------------- */

struct booking_slot {
	int64_t start_at, end_at;
};
/* Those that begin in [from, to), which is at most MAX_SLOT_DAYS long, in order. moved: that one is going to be moved, so that its agent
 * alone counts, and its own time is free; else NULL. */
enum err desk_booking_slots(struct ctx *c, const struct booking_page *page, int64_t minutes, int64_t from, int64_t to,
                            const struct booking *moved, struct booking_slot **out, size_t *n_out);
/* The lengths of a page, the shortest first. */
enum err booking_lengths(struct ctx *c, const struct booking_page *page, int64_t out[MAX_BOOKING_LENGTHS], size_t *n_out);

/* Bookings for agents ------------------------------------------------------------------------------------------------------ */

struct booking_view {
	struct booking booking;
	struct str page_title, host_name;
	bool may_change;
};
/* What is before the caller (page_id 0: on any page), by time; administrators see everybody's, others their own and those of their teams'
 * pages. */
enum err desk_booking_list(struct ctx *c, int64_t page_id, struct booking_page_of_list at, struct booking_view **out, size_t *n_out);
enum err desk_booking_cancel(struct ctx *c, int64_t id, struct booking_view *out);
/* ERR_CONFLICT: that time is not free. */
enum err desk_booking_move(struct ctx *c, int64_t id, int64_t start_at, struct booking_view *out);
/* Times that it may be moved to; for its agent and administrators. */
enum err desk_booking_move_slots(struct ctx *c, int64_t id, int64_t from, int64_t to, struct booking_slot **out, size_t *n_out);

/* For customers: nobody is signed in -------------------------------------------------------------------------------------- */

struct booking_offer {
	struct booking_page page;
	struct str host_name;
	struct str time_zone; /* of the agent, or of one of the team */
};
/* ERR_NOT_FOUND: there is none with this slug; ERR_EXPIRED: it is archived, inactive, or nobody is there to be met. */
enum err desk_booking_offer(struct ctx *c, struct str slug, struct booking_offer *out);

struct book_in {
	struct str slug;
	int64_t start_at;
	int64_t minutes;
	struct str name, email, note;
	struct str language, time_zone;
	struct str ticket; /* what the address says of a ticket; anything that is not signed counts as nothing */
	struct str peer;   /* address of the other end */
};
/* ERR_CONFLICT: the time is not free (any more); ERR_TOO_MANY; ERR_BAD_INPUT names the field: name, email, note, minutes. */
enum err desk_book(struct ctx *c, const struct book_in *in, struct booking *out);

struct booking_ticket {
	struct booking booking;
	struct booking_page page;
	struct str host_name;
	bool is_over;   /* it has begun */
	bool is_mailed; /* the desk has a way to send invitations */
};
/* By the token of its address. ERR_NOT_FOUND. */
enum err desk_booking_of_token(struct ctx *c, struct str token, struct booking_ticket *out);
/* ERR_NOT_FOUND, ERR_EXPIRED when it is over; canceling twice is no error. ERR_CONFLICT: canceled, or not free. */
enum err desk_booking_cancel_by_token(struct ctx *c, struct str token);
enum err desk_booking_move_by_token(struct ctx *c, struct str token, int64_t start_at);
/* The invitation as a calendar file. */
enum err desk_booking_calendar(struct ctx *c, const struct booking_ticket *t, struct str *out);

/* Mail: channel/mail_booking.c --------------------------------------------------------------------------------------------- */

/* About a booking; its body is who, what and the sequence of the invitation. */
extern const struct job_kind job_booking_mail;

struct booking_mail {
	bool is_hopeless; /* nobody to write to, the booking is gone or was changed since, or it is over and there is no relay yet */
	bool is_canceled, is_moved, is_to_agent;
	struct booking_ticket ticket;
	struct user agent;
	struct str calendar; /* text/calendar */
	struct str method;   /* REQUEST, CANCEL */
	struct str language; /* of who reads it */
	struct str to_name, to;
	struct str time_zone;
	struct str url;      /* of the booking */
	struct str contact_url; /* for the agent */
	struct str from, from_name;
	struct str mail_id;
	int64_t created_at;
	struct relay relay;
};
enum err desk_booking_mail(struct ctx *c, const struct job *job, struct booking_mail *out);

/* A person is erased: what he booked goes. Inside of that transaction. */
enum err desk_booking_erase(struct ctx *c, int64_t contact_id);
