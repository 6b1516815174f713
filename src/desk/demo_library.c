/* What the demo's agents put into their mails: texts, articles, a booking page and a quote, of the same hotel supplier. */

#include "desk/demo_int.h"

#include "desk/access.h"
#include "desk/article.h"
#include "desk/booking.h"
#include "desk/library_text.h"
#include "desk/quote.h"

struct demo_text {
	enum library_kind kind;
	const char *name, *shortcut, *subject, *html;
};
static const struct demo_text texts[] = {
	{LIBRARY_SNIPPET, "Photos, please", "photos", NULL,
         "<p>Could you send us a photo of the damage and one of the label on the box? That is all we need to claim it from the carrier.</p>"},
	{LIBRARY_SNIPPET, "When we deliver", "delivery", NULL,
         "<p>Dear {{contact.firstname}}, we deliver from Tuesday to Friday between 7:30 and 16:00. The driver rings half an hour before.</p>"},
	{LIBRARY_SNIPPET, "Longer to pay", "terms", NULL,
         "<p>We have moved the due date of your invoice by seven days. You need not do anything.</p>"},
	{LIBRARY_TEMPLATE, "A replacement is on its way", NULL, "Your replacement for {{placeholder.Order number}}",
         "<p>Dear {{contact.firstname}},</p><p>we are sorry that order {{placeholder.Order number}} did not reach you whole. The missing pieces "
         "leave us today and will be with you on {{placeholder.Day}}.</p><p>Kind regards<br>{{sender.firstname}}</p>"},
};

struct demo_article {
	const char *category, *title, *subtitle, *body;
	bool is_published;
	const char *german_title, *german_subtitle, *german_body;
};
static const struct demo_article articles[] = {
	{"Orders and delivery", "Something arrived broken", "What to do within five days of the delivery",
         "<p>Boxes travel far, and now and then one of them falls. You do not have to pay for what broke.</p>"
         "<h2>Tell us</h2><ol><li>Keep the box and the broken pieces until we answer.</li><li>Take a photo of the damage and one of the label "
         "on the box.</li><li>Answer the mail with your delivery note, or write to us with its number.</li></ol>"
         "<h2>What happens then</h2><p>We send new pieces the same day if they are in stock. Otherwise we take them off the invoice.</p>",
         true, "Etwas kam zerbrochen an", "Was innerhalb von fünf Tagen nach der Lieferung zu tun ist",
         "<p>Kartons reisen weit, und hin und wieder fällt einer. Was zerbrochen ist, müssen Sie nicht bezahlen.</p>"
         "<h2>Sagen Sie uns Bescheid</h2><ol><li>Heben Sie Karton und Scherben auf, bis wir antworten.</li><li>Fotografieren Sie den Schaden und "
         "das Etikett des Kartons.</li><li>Antworten Sie auf die Mail mit Ihrem Lieferschein, oder nennen Sie uns seine Nummer.</li></ol>"
         "<h2>Wie es weitergeht</h2><p>Was auf Lager ist, verschicken wir am selben Tag neu. Sonst ziehen wir es von der Rechnung ab.</p>"},
	{"Orders and delivery", "Change where or when we deliver", "Until noon of the day before",
         "<p>Write to us until noon of the working day before, and the driver has the new address or the new hour. Later than that we call "
         "him for you, but cannot promise anything.</p>",
         true, NULL, NULL, NULL},
	{"Care", "Bath linen that stays white", "How hot, how long, and what never to add",
         "<p>Wash white cotton at 60 degrees with a detergent that has no softener. Softener makes loops lie down, and a towel that feels "
         "smooth dries nobody.</p>",
         false, NULL, NULL, NULL},
};

static enum err make_texts(struct ctx *c)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct demo_text *t = &texts[i];
		struct text_entry made;
		TRY(desk_text_create(c, t->kind, &(struct text_in){
			.common = {.name = str_c(t->name), .audience = STR("EVERYONE")},
			.shortcut = str_c(t->shortcut),
			.subject = str_c(t->subject),
			.html = str_c(t->html),
		}, &made));
	}
	return OK;
}

/* Its id; made when there is none of that name yet. */
static enum err category_of(struct ctx *c, struct str name, int64_t *id_out)
{
	struct article_category *all, made;
	size_t n;
	TRY(desk_article_categories(c, &all, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(article_category_name(c, &all[i], STR("en")), name))
			continue;
		*id_out = all[i].id;
		return OK;
	}
	TRY(desk_article_category_create(c, str_fmt(c->a, "{\"en\":\"" STR_FMT "\"}", STR_ARG(name)), &made));
	*id_out = made.id;
	return OK;
}

static enum err make_german(struct ctx *c, const struct demo_article *a, int64_t id)
{
	const bool is_machine = true;
	struct article_page page;
	TRY(desk_article_translate(c, id, STR("de"), &is_machine, &page));
	TRY(desk_article_write(c, id, STR("de"), &(struct article_in){
		.title = str_c(a->german_title),
		.subtitle = str_c(a->german_subtitle),
		.body = str_c(a->german_body),
	}, &page));
	return desk_article_act(c, id, STR("de"), ARTICLE_PUBLISH, 0, &page);
}

static enum err make_articles(struct ctx *c)
{
	for (size_t i = 0; i < sizeof(articles) / sizeof(articles[0]); i++) {
		const struct demo_article *a = &articles[i];
		struct article_page page;
		int64_t category_id;
		TRY(category_of(c, str_c(a->category), &category_id));
		const struct article_in in = {.title = str_c(a->title), .subtitle = str_c(a->subtitle), .body = str_c(a->body)};
		TRY(desk_article_create(c, STR("en"), category_id, &in, &page));
		if (a->is_published)
			TRY(desk_article_act(c, page.article.id, STR("en"), ARTICLE_PUBLISH, 0, &page));
		if (a->german_title != NULL)
			TRY(make_german(c, a, page.article.id));
	}
	return OK;
}

static enum err make_booking_page(struct ctx *c)
{
	struct booking_page_view made;
	return desk_booking_page_create(c, &(struct booking_page_in){
		.title = STR("A short call"),
		.slug = STR("noor"),
		.description = STR("About an order, a delivery or what your house needs next."),
		.location = STR("By phone: we call you."),
		.lengths = STR("[15, 30]"),
	}, &made);
}

static enum err make_quote(struct ctx *c, const struct demo_buyer *buyer)
{
	static const struct quote_paper_line lines[] = {
		{.name = STR("Soap dispenser for the wall"), .quantity = STR("22"), .price = STR("18.90"), .tax_rate = STR("20")},
		{.name = STR("Spare pump"), .quantity = STR("5"), .price = STR("3.25"), .discount_percentage = STR("100"), .tax_rate = STR("20")},
	};
	struct quote made;
	return desk_quote_create(c, &(struct quote_in){
		.title = STR("Soap dispensers for twenty-two rooms"),
		.currency = STR("EUR"),
		.language = STR("fr"),
		.terms = STR("Delivery within ten days. Payment within thirty days of the delivery."),
		.links = {
			[QUOTE_CONTACT] = buyer->contact_id,
			[QUOTE_COMPANY] = buyer->company_id,
			[QUOTE_DEAL] = buyer->deal_id,
			[QUOTE_TICKET] = -1,
		},
		.lines = lines,
		.line_n = sizeof(lines) / sizeof(lines[0]),
	}, &made);
}

/* The administrator is the first user. */
enum err demo_library(struct ctx *c, int64_t agent_id, const struct demo_buyer *buyer)
{
	struct actor admin, agent;
	const struct actor before = c->who;
	TRY(desk_actor_of_user(c, 1, &admin));
	TRY(desk_actor_of_user(c, agent_id, &agent));
	c->who = admin;
	enum err e = make_texts(c);
	if (e == OK)
		e = make_articles(c);
	if (e == OK)
		e = make_quote(c, buyer);
	c->who = agent;
	if (e == OK)
		e = make_booking_page(c);
	c->who = before;
	return e;
}
