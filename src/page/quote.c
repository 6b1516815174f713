/* /q/<token>: a quote, for whom it was made for. To look at it says that it was seen; to accept or decline it is a form. /q/<token>/pdf
 * is the same as a file. A link that is none, or leads nowhere any more, is a sentence and nothing else. */

#include "base/arena.h"
#include "desk/quote.h"
#include "net/http_session.h"
#include "page/form_int.h"
#include "text/html_esc.h"
#include "text/one_line.h"
#include "text/phrase.h"
#include "text/quote_words.h"

enum { MAX_PAGE_HEADERS = 16 };

/* What somebody typed, to be shown again when it was not enough. */
struct typed {
	struct str name, reason;
	const char *fault; /* a phrase; NULL: none */
	bool is_decline;
};

struct looking {
	struct str token;
	struct quote_seen seen;
};

static enum err look(struct ctx *c, void *arg)
{
	struct looking *w = arg;
	return desk_quote_of_token(c, w->token, &w->seen);
}

static enum err note_view(struct ctx *c, void *arg)
{
	const struct looking *w = arg;
	return desk_quote_viewed(c, w->token);
}

static enum err load(struct ctx *c, struct form *f, struct looking *w)
{
	if (!form_segment(c, f, &w->token))
		return fail(c, ERR_NOT_FOUND, "no such link");
	return c->run->read(c->run->self, c, look, w);
}

/* Parts of the page ----------------------------------------------------------------------------------------------------------- */

static void tag(struct form *f, const char *open, struct str text, const char *close)
{
	buf_add(&f->body, str_c(open));
	form_esc(f, text);
	buf_add(&f->body, str_c(close));
}

/* Lines of plain text as they are. */
static void lines(struct form *f, const char *class, struct str text)
{
	if (text.n == 0)
		return;
	buf_fmt(&f->body, "<p class=\"%s\">", class);
	form_esc(f, text);
	buf_lit(&f->body, "</p>");
}

static void party(struct form *f, const char *label, const struct quote_party *p)
{
	const struct str parts[] = {p->company, p->name, p->title, p->address, p->email, p->phone};
	bool is_first = true;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].n == 0)
			continue;
		if (is_first)
			tag(f, "<div><dt>", phrase(f->language, label), "</dt><dd class=\"lines\">");
		else
			buf_lit(&f->body, "\n");
		form_esc(f, parts[i]);
		is_first = false;
	}
	if (!is_first)
		buf_lit(&f->body, "</dd></div>");
}

static void fact(struct form *f, const char *label, struct str text)
{
	if (text.n == 0)
		return;
	tag(f, "<div><dt>", phrase(f->language, label), "</dt>");
	tag(f, "<dd>", text, "</dd></div>");
}

static void facts(struct ctx *c, struct form *f, const struct quote_paper *p)
{
	buf_lit(&f->body, "<dl class=\"facts\">");
	fact(f, "quote.number", p->number);
	fact(f, "quote.date", quote_day(c->a, p, f->language, p->published_at));
	fact(f, "quote.validUntil", quote_day(c->a, p, f->language, p->expires_at));
	buf_lit(&f->body, "</dl><dl class=\"facts\">");
	party(f, "quote.from", &p->sender);
	party(f, "quote.to", &p->buyer);
	buf_lit(&f->body, "</dl>");
}

static void head_cell(struct form *f, const char *label, bool is_number)
{
	tag(f, is_number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">", phrase(f->language, label), "</th>");
}

/* On narrow screens each figure stands under the name, behind its label. */
static void number_cell(struct form *f, const char *label, struct str text)
{
	buf_lit(&f->body, "<td class=\"number\" data-label=\"");
	html_attr_esc(&f->body, phrase(f->language, label));
	buf_lit(&f->body, "\">");
	form_esc(f, text);
	buf_lit(&f->body, "</td>");
}

static void table_row(struct ctx *c, struct form *f, const struct quote_paper *p, const struct quote_paper_line *l)
{
	const struct quote_columns has = quote_columns(p);
	tag(f, "<tr><th scope=\"row\">", l->name, "");
	if (l->sku.n > 0)
		tag(f, " <small class=\"quiet\">", l->sku, "</small>");
	lines(f, "quiet lines", l->description);
	buf_lit(&f->body, "</th>");
	number_cell(f, "quote.quantity", quote_quantity(c->a, f->language, l));
	number_cell(f, "quote.price", quote_money(c->a, p, f->language, l->price.n ? l->price : STR("0")));
	if (has.has_discount)
		number_cell(f, "quote.discount", quote_discount(c->a, p, f->language, l));
	if (has.has_tax)
		number_cell(f, "quote.tax", quote_percent(c->a, f->language, l->tax_rate));
	number_cell(f, "quote.amount", quote_money(c->a, p, f->language, l->net));
	buf_lit(&f->body, "</tr>");
}

static void sum_row(struct form *f, struct str label, struct str amount, bool is_total)
{
	tag(f, is_total ? "<div class=\"total\"><dt>" : "<div><dt>", label, "</dt>");
	tag(f, "<dd>", amount, "</dd></div>");
}

static void sums(struct ctx *c, struct form *f, const struct quote_paper *p)
{
	struct arena *a = c->a;
	buf_lit(&f->body, "<dl class=\"sums\">");
	if (p->tax_n > 0)
		sum_row(f, phrase(f->language, "quote.subtotal"), quote_money(a, p, f->language, p->net), false);
	for (size_t i = 0; i < p->tax_n; i++)
		sum_row(f, quote_tax_label(a, p, f->language, &p->taxes[i]), quote_money(a, p, f->language, p->taxes[i].amount), false);
	sum_row(f, phrase(f->language, "quote.total"), quote_money(a, p, f->language, p->total), true);
	buf_lit(&f->body, "</dl>");
}

static void paper(struct ctx *c, struct form *f, const struct quote_paper *p)
{
	const struct quote_columns has = quote_columns(p);
	facts(c, f, p);
	lines(f, "lines", p->comments);
	buf_lit(&f->body, "<table class=\"quote\"><thead><tr>");
	head_cell(f, "quote.item", false);
	head_cell(f, "quote.quantity", true);
	head_cell(f, "quote.price", true);
	if (has.has_discount)
		head_cell(f, "quote.discount", true);
	if (has.has_tax)
		head_cell(f, "quote.tax", true);
	head_cell(f, "quote.amount", true);
	buf_lit(&f->body, "</tr></thead><tbody>");
	for (size_t i = 0; i < p->line_n; i++)
		table_row(c, f, p, &p->lines[i]);
	buf_lit(&f->body, "</tbody></table>");
	sums(c, f, p);
	if (p->terms.n == 0)
		return;
	tag(f, "<h2>", phrase(f->language, "quote.terms"), "</h2>");
	lines(f, "lines", p->terms);
}

/* What became of it, in a sentence above. */
static void verdict(struct ctx *c, struct form *f, const struct quote_seen *s)
{
	const struct quote_paper *p = &s->paper;
	bool is_accepted = str_eq(s->state, QUOTE_ACCEPTED), is_declined = str_eq(s->state, QUOTE_DECLINED);
	int64_t at = is_accepted || is_declined ? s->version.answered_at : p->expires_at;
	const struct phrase_value values[] = {{"name", s->version.answer_name}, {"date", quote_day(c->a, p, f->language, at)}, {0}};
	const char *key = is_accepted ? "quote.wasAccepted" : is_declined ? "quote.wasDeclined" : "quote.wasExpired";
	if (str_eq(s->state, QUOTE_PUBLISHED))
		return;
	tag(f, "<p class=\"note\" role=\"status\">", phrase_with(c->a, f->language, key, values), "</p>");
}

static void field(struct form *f, const char *name, const char *label, struct str value)
{
	buf_fmt(&f->body, "<label for=\"%s\">", name);
	form_say(f, label);
	buf_fmt(&f->body, "</label><input id=\"%s\" name=\"%s\" maxlength=\"%d\" autocomplete=\"name\" value=\"", name, name,
	        MAX_ANSWER_NAME_CHARS);
	html_attr_esc(&f->body, value);
	buf_lit(&f->body, "\">");
}

static void begin_form(struct form *f, struct str token)
{
	buf_fmt(&f->body, "<form method=\"post\" action=\"/q/" STR_FMT "?lang=" STR_FMT "\">", STR_ARG(token), STR_ARG(f->language));
}

static void accept_form(struct form *f, struct str token, const struct typed *t)
{
	tag(f, "<section class=\"answer\" aria-labelledby=\"accept\"><h2 id=\"accept\">", phrase(f->language, "quote.acceptTitle"), "</h2>");
	begin_form(f, token);
	form_hidden(f, "answer", STR("accept"));
	if (t->fault != NULL && !t->is_decline)
		form_fault(f, phrase(f->language, t->fault));
	field(f, "name", "quote.name", t->is_decline ? STR("") : t->name);
	buf_lit(&f->body, "<label class=\"check\"><input type=\"checkbox\" name=\"agree\" value=\"yes\"> ");
	form_say(f, "quote.agree");
	tag(f, "</label><button>", phrase(f->language, "quote.accept"), "</button></form></section>");
}

static void decline_form(struct form *f, struct str token, const struct typed *t)
{
	bool is_open = t->fault != NULL && t->is_decline;
	buf_fmt(&f->body, "<details class=\"answer\"%s><summary>", is_open ? " open" : "");
	form_say(f, "quote.declineTitle");
	buf_lit(&f->body, "</summary>");
	begin_form(f, token);
	form_hidden(f, "answer", STR("decline"));
	if (is_open)
		form_fault(f, phrase(f->language, t->fault));
	buf_lit(&f->body, "<label for=\"reason\">");
	form_say(f, "quote.reason");
	buf_fmt(&f->body, "</label><textarea id=\"reason\" name=\"reason\" rows=\"4\" maxlength=\"%d\">", MAX_ANSWER_REASON_CHARS);
	form_esc(f, t->reason);
	tag(f, "</textarea><button>", phrase(f->language, "quote.decline"), "</button></form></details>");
}

static enum err show(struct ctx *c, struct form *f, const struct looking *w, const struct typed *t)
{
	const struct quote_seen *s = &w->seen;
	if (str_eq(s->state, QUOTE_RECALLED)) {
		form_gone(f, 410, "quote.goneTitle", "quote.wasRecalled");
		return OK;
	}
	f->page.layout = PAGE_WIDE;
	f->page.title = s->paper.title;
	verdict(c, f, s);
	paper(c, f, &s->paper);
	buf_fmt(&f->body, "<p><a class=\"button\" href=\"/q/" STR_FMT "/pdf\">", STR_ARG(w->token));
	form_say(f, "quote.download");
	buf_lit(&f->body, "</a></p>");
	if (!str_eq(s->state, QUOTE_PUBLISHED))
		return OK;
	accept_form(f, w->token, t);
	decline_form(f, w->token, t);
	return OK;
}

/* Asking ------------------------------------------------------------------------------------------------------------------------ */

static enum err not_there(struct ctx *c, struct form *f)
{
	fail_clear(c);
	form_gone(f, 404, "quote.goneTitle", "quote.noSuchLink");
	return OK;
}

static enum err give_pdf(struct ctx *c, struct form *f, const struct looking *w)
{
	struct http_header *headers = NEW_ARRAY(c->a, MAX_PAGE_HEADERS, struct http_header);
	size_t n = page_headers(headers, MAX_PAGE_HEADERS - 1);
	struct str pdf;
	if (str_eq(w->seen.state, QUOTE_RECALLED)) {
		form_gone(f, 410, "quote.goneTitle", "quote.wasRecalled");
		return OK;
	}
	TRY(desk_quote_version_pdf(c, &w->seen.version, &pdf));
	headers[n++] = (struct http_header){STR("Content-Disposition"), str_fmt(c->a, "attachment; filename=\"" STR_FMT ".pdf\"",
	                                                                        STR_ARG(w->seen.version.number))};
	f->is_raw = true;
	f->answer = (struct http_answer){
		.status = 200, .content_type = STR("application/pdf"), .headers = headers, .header_n = n, .body = pdf};
	return OK;
}

/* People of the desk who look whether it is right are not the customer. */
static bool is_ours(struct form *f)
{
	return !str_is_null(http_session_cookie(f->http));
}

enum err form_quote_ask(struct ctx *c, struct form *f)
{
	struct looking w = {.token = STR_NULL};
	struct str part = STR_NULL;
	enum err e = load(c, f, &w);
	if (e == OK && f->rest.n > 0 && (!form_segment(c, f, &part) || f->rest.n > 0 || !str_eq(part, STR("pdf"))))
		e = ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND)
		return not_there(c, f);
	TRY(e);
	if (part.n > 0)
		return give_pdf(c, f, &w);
	if (str_eq(w.seen.state, QUOTE_PUBLISHED) && w.seen.version.viewed_at == 0 && !is_ours(f) && !f->http->is_head)
		TRY(c->run->write(c->run->self, c, note_view, &w));
	return show(c, f, &w, &(struct typed){.name = STR("")});
}

/* Answering --------------------------------------------------------------------------------------------------------------------- */

struct answering {
	struct quote_answer in;
	struct quote_seen *out;
};

static enum err write_answer(struct ctx *c, void *arg)
{
	struct answering *a = arg;
	return desk_quote_answer(c, &a->in, a->out);
}

static const char *fault_of(struct ctx *c, const struct form *f, const struct quote_answer *in)
{
	if (in->is_accepted && one_line(c->a, in->name).n == 0)
		return "quote.nameMissing";
	if (in->is_accepted && !str_eq(form_field(c, f, "agree"), STR("yes")))
		return "quote.agreeMissing";
	return NULL;
}

enum err form_quote_take(struct ctx *c, struct form *f)
{
	struct looking w = {.token = STR_NULL};
	enum err e = load(c, f, &w);
	if (e == ERR_NOT_FOUND || (e == OK && f->rest.n > 0))
		return not_there(c, f);
	TRY(e);
	struct answering a = {
		.in = {
			.token = w.token,
			.is_accepted = str_eq(form_field(c, f, "answer"), STR("accept")),
			.name = form_field(c, f, "name"),
			.reason = form_field(c, f, "reason"),
			.address = f->http->peer,
		},
		.out = &w.seen,
	};
	if (!a.in.is_accepted && !str_eq(form_field(c, f, "answer"), STR("decline")))
		return not_there(c, f);
	struct typed t = {.name = a.in.name, .reason = a.in.reason, .is_decline = !a.in.is_accepted};
	t.fault = str_eq(w.seen.state, QUOTE_PUBLISHED) ? fault_of(c, f, &a.in) : NULL;
	if (t.fault == NULL && str_eq(w.seen.state, QUOTE_PUBLISHED)) {
		e = c->run->write(c->run->self, c, write_answer, &a);
		if (e == ERR_BAD_INPUT) {
			fail_clear(c);
			t.fault = "quote.tooLong";
			e = OK;
		}
		TRY(e);
	}
	f->page.status = t.fault ? 400 : 200;
	return show(c, f, &w, &t);
}
