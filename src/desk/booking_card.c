/* A booking page that is sent as a card is one that takes bookings. */

#include "desk/booking.h"
#include "desk/reply_check.h"

enum err booking_card_check(struct ctx *c, const struct card *card)
{
	struct booking_offer offer;
	struct str slug = card->path;
	if (!str_starts(slug, STR("/meet/")))
		return OK;
	enum err e = desk_booking_offer(c, str_skip(slug, sizeof("/meet/") - 1), &offer);
	if (e != ERR_NOT_FOUND && e != ERR_EXPIRED)
		return e;
	fail_clear(c);
	return card_refuse(c, card, "The booking page", "takes no bookings: open it again or take it out.");
}
