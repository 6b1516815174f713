/* A card that leads to something shared, at an address that opens nothing any more. */

#include "desk/reply_check.h"

#include "desk/share_int.h"
#include "store/library.h"

static enum err refuse(struct ctx *c, const struct card *card, const char *why)
{
	return card_refuse(c, card, "The link to", why);
}

enum err share_card_check(struct ctx *c, const struct card *card)
{
	struct library_item item;
	struct share_link l;
	struct str token = share_token_in(card->path);
	if (str_is_null(token))
		return OK;
	enum err e = share_link_by_token(c, share_token_hash(c, token), &l);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return refuse(c, card, "opens nothing: insert it again or take it out.");
	}
	TRY(e);
	TRY(library_item_load(c, l.item_id, &item));
	if (l.revoked_at != 0)
		return refuse(c, card, "was revoked: insert it again or take it out.");
	if (!share_is_open(c, &l))
		return refuse(c, card, "has expired: insert it again or take it out.");
	if (item.archived_at != 0)
		return refuse(c, card, "leads to the archive: bring it back or take it out.");
	return OK;
}
