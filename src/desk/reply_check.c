#include "desk/reply_check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "desk/env.h"
#include "text/html_esc.h"
#include "text/html_scan.h"

enum { MAX_CARD_TITLE_BYTES = 400 };

static const struct {
	struct str kind;
	enum err (*check)(struct ctx *c, const struct card *card);
} checks[] = {
	{STR("quote"), quote_card_check},
	{STR("article"), article_card_check},
	{STR("document"), share_card_check},
	{STR("video"), share_card_check},
	{STR("meeting"), booking_card_check},
};

enum err card_refuse(struct ctx *c, const struct card *card, const char *what, const char *why)
{
	return fail_field(c, STR("html"), STR("CARD_NOT_AVAILABLE"), "%s “" STR_FMT "” %s", what, STR_ARG(card->title), why);
}

/* The path where it is an address of ours; the null string where it is not. */
static struct str own_path(struct ctx *c, struct str url)
{
	struct str own = c->env->public_url, rest = str_skip(url, own.n);
	if (!str_starts(url, own) || (rest.n > 0 && rest.p[0] != '/'))
		return STR_NULL;
	struct str path = str_cut(&rest, STR("#"));
	return str_cut(&path, STR("?"));
}

static enum err check_card(struct ctx *c, struct card *card)
{
	card->title = utf8_head(str_trim(card->title), MAX_CARD_TITLE_BYTES);
	card->path = own_path(c, card->url);
	if (str_is_null(card->path))
		return OK;
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (str_eq(checks[i].kind, card->kind))
			return checks[i].check(c, card);
	return OK;
}

static struct str attr_of(struct ctx *c, struct str attrs, const char *wanted)
{
	struct str name, value;
	while (html_attr_next(&attrs, &name, &value))
		if (str_eq(name, str_c(wanted)))
			return html_decode(c->a, value, HTML_IN_ATTR);
	return STR_NULL;
}

/* Behind the open tag of a card: where it leads and its title, up to the end of the div. */
static void read_card(struct ctx *c, struct html_scan *scan, struct card *card)
{
	struct html_token t;
	struct buf title;
	bool is_in_link = false;
	int depth = 1;
	buf_init(&title, c->a, MAX_CARD_TITLE_BYTES * 2);
	while (depth > 0 && html_scan_next(scan, &t)) {
		if (t.kind == HTML_TEXT) {
			if (is_in_link)
				buf_add(&title, html_decode(c->a, t.text, HTML_IN_TEXT));
			continue;
		}
		if (str_eq(t.name, STR("div")))
			depth += t.kind == HTML_OPEN ? 1 : -1;
		if (!str_eq(t.name, STR("a")))
			continue;
		/* the first may be around a picture: the title is the first text that leads somewhere */
		is_in_link = t.kind == HTML_OPEN && title.n == 0;
		if (is_in_link && str_is_null(card->url))
			card->url = attr_of(c, t.attrs, "href");
	}
	card->title = buf_str(&title);
}

enum err reply_check_cards(struct ctx *c, struct str html)
{
	struct html_scan scan = html_scan_begin(html);
	struct html_token t;
	size_t n = 0;
	int quotes = 0; /* what was quoted was sent before */
	while (n < MAX_CARDS_CHECKED && html_scan_next(&scan, &t)) {
		struct card card = {.kind = STR_NULL};
		if (t.kind != HTML_TEXT && str_eq(t.name, STR("blockquote")))
			quotes += t.kind == HTML_OPEN ? 1 : -1;
		if (quotes > 0 || t.kind != HTML_OPEN || !str_eq(t.name, STR("div")))
			continue;
		card.kind = attr_of(c, t.attrs, "data-card");
		if (str_is_null(card.kind))
			continue;
		read_card(c, &scan, &card);
		TRY(check_card(c, &card));
		n++;
	}
	return OK;
}
