/* An article that is sent as a card is one that customers can read. */

#include "desk/article.h"
#include "desk/reply_check.h"

enum err article_card_check(struct ctx *c, const struct card *card)
{
	struct article_seen seen;
	struct str rest = card->path;
	if (!str_starts(rest, STR("/kb/")))
		return OK;
	rest = str_skip(rest, 4);
	struct str lang = str_cut(&rest, STR("/"));
	struct str slug = article_slug_of_url(c, rest);
	if (slug.n == 0)
		return OK; /* the index of a language is always there */
	enum err e = desk_article_see(c, lang, slug, &seen);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	if (e == ERR_NOT_FOUND || (e == OK && seen.is_gone))
		return card_refuse(c, card, "The article", "is not published: publish it or take it out.");
	return e;
}
