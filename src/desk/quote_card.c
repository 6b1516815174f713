/* A quote in a reply has to be one that its reader can see and answer; one that was accepted can still be read. */

#include "desk/quote_int.h"
#include "desk/reply_check.h"

enum err quote_card_check(struct ctx *c, const struct card *card)
{
	struct quote_seen seen;
	struct str token = card->path;
	if (!str_starts(token, STR("/q/")))
		return OK;
	token = str_skip(token, sizeof("/q/") - 1);
	enum err e = desk_quote_of_token(c, str_cut(&token, STR("/")), &seen);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return card_refuse(c, card, "The quote", "is not published: publish it or take it out.");
	}
	TRY(e);
	if (str_eq(seen.state, QUOTE_RECALLED))
		return card_refuse(c, card, "The quote", "is not published any more: publish it anew or take it out.");
	if (str_eq(seen.state, QUOTE_EXPIRED))
		return card_refuse(c, card, "The quote", "has expired: give it another date or take it out.");
	if (str_eq(seen.state, QUOTE_DECLINED))
		return card_refuse(c, card, "The quote", "was declined: publish it anew or take it out.");
	return OK;
}
