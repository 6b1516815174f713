#pragma once

#include "base/ctx.h"

/* Cards in what is about to leave (a reply, a comment, a reply that was held): each leads to something of the desk's own that the
 * reader has to find there. What is wrong is said in one sentence that names the card: ERR_BAD_INPUT, field "html", code
 * CARD_NOT_AVAILABLE. Cards that lead
 * elsewhere are nobody's business, and those in a quoted text were sent before.
 *
 * A kind of card is a row of the table in reply_check.c. */

enum { MAX_CARDS_CHECKED = 100 };

struct card {
	struct str kind;  /* "article", as data-card says */
	struct str title; /* as the card says */
	struct str url;
	struct str path;  /* of url behind our own address, without query and fragment, not decoded: "/kb/en/reset-your-password" */
};

/* html: cleaned, as it is kept (text/html_clean.h). */
enum err reply_check_cards(struct ctx *c, struct str html);

/* For the rows: says that this card cannot go; why is the rest of the sentence: "is not published: publish it or take it out." */
enum err card_refuse(struct ctx *c, const struct card *card, const char *what, const char *why);

/* share_card.c: documents, videos */
enum err share_card_check(struct ctx *c, const struct card *card);

/* booking_card.c */
enum err booking_card_check(struct ctx *c, const struct card *card);
/* article_card.c */
enum err article_card_check(struct ctx *c, const struct card *card);
/* quote_card.c */
enum err quote_card_check(struct ctx *c, const struct card *card);
