#pragma once

#include "base/zone.h"
#include "desk/availability.h"
#include "desk/booking.h"

/* Shared by booking_page.c (pages), booking_slots.c (free times), booking.c (bookings), booking_object.c (what they leave among the
 * objects) and booking_mail.c. */

/* An agent who may be met on a page, with what he has to do around a time. */
struct booking_host {
	struct user user;
	struct availability availability;
	struct zone zone;
	struct business_hours hours;
	struct booking *bookings;
	size_t booking_n;
};
/* Those of a page. from, to: their bookings of that time are read, with room for buffers. */
enum err booking_hosts(struct ctx *c, const struct booking_page *page, int64_t from, int64_t to, struct booking_host **out, size_t *n_out);
/* May the agent be met on the page from start to end? moved: a booking that does not count; 0: all do. */
bool booking_is_free(const struct booking_page *page, const struct booking_host *host, int64_t start, int64_t end, int64_t moved);
/* Does a slot of his begin then? */
enum err booking_is_offered(struct ctx *c, const struct booking_page *page, const struct booking_host *host, int64_t start,
                            int64_t minutes, int64_t moved, bool *out);

struct str booking_user_name(struct ctx *c, const struct user *u);
/* Of the agent or team whose page it is. */
enum err booking_host_name(struct ctx *c, const struct booking_page *p, struct str *out);
/* Sees the page, and may he change it? */
enum err booking_page_rights(struct ctx *c, const struct booking_page *p, bool *may_see, bool *may_edit);

/* The signed word for a ticket in an address, and back; 0: it says nothing that we signed. */
struct str booking_ticket_token(struct ctx *c, int64_t ticket_id);
int64_t booking_ticket_of_token(struct ctx *c, struct str token);

/* Is there a relay, and an address of ours? */
enum err booking_can_mail(struct ctx *c, bool *out);

enum booking_news { BOOKING_MADE, BOOKING_MOVED, BOOKING_CANCELED };
/* The meeting among the objects, its mails and its event: after the booking is written, with its contact and meeting found or made. */
enum err booking_object_make(struct ctx *c, const struct booking_page *p, struct booking *b);
enum err booking_tell(struct ctx *c, const struct booking_page *p, const struct booking *b, enum booking_news news);
