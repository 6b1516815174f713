/* /booking/<token>: a meeting that was booked, for who booked it. /move shows other times, /calendar is the invitation as a file. To look
 * at it changes nothing: programs that follow the links of mails do that. */

#include "page/booking_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "text/html_esc.h"
#include "text/phrase.h"

enum { MAX_LANG_QUERY_BYTES = 64, MAX_ANSWER_HEADERS = 12 };

struct made {
	struct form *f;
	struct str token, action;
	struct str language; /* asked for in the address; null: not */
	struct str day;
	int64_t start;
	struct booking_ticket ticket;
	struct times times;
	struct str calendar;
	bool is_canceled;
	const char *fault;
};

static enum err load(struct ctx *c, void *arg)
{
	struct made *m = arg;
	TRY(desk_booking_of_token(c, m->token, &m->ticket));
	m->is_canceled = str_eq(m->ticket.booking.state, STR("CANCELED"));
	times_zone(c, m->ticket.booking.time_zone, STR_NULL, &m->times);
	if (str_eq(m->action, STR("calendar")))
		return desk_booking_calendar(c, &m->ticket, &m->calendar);
	if (!str_eq(m->action, STR("move")) || m->is_canceled || m->ticket.is_over)
		return OK;
	m->times.minutes = (m->ticket.booking.end_at - m->ticket.booking.start_at) / MINUTES(1);
	return times_load(c, &m->ticket.page, m->day, &m->ticket.booking, &m->times);
}

static struct str address(struct ctx *c, const struct made *m, const char *behind)
{
	struct buf b;
	buf_init(&b, c->a, MAX_LANG_QUERY_BYTES);
	query_add(&b, "lang", m->language);
	return str_fmt(c->a, "/booking/" STR_FMT "%s" STR_FMT, STR_ARG(m->token), behind, STR_ARG(buf_str(&b)));
}

static void put_link(struct ctx *c, struct made *m, const char *behind, const char *key)
{
	struct form *f = m->f;
	buf_lit(&f->body, "<a class=\"button\" href=\"");
	html_attr_esc(&f->body, address(c, m, behind));
	buf_lit(&f->body, "\">");
	form_say(f, key);
	buf_lit(&f->body, "</a>");
}

static void begin_form(struct ctx *c, struct made *m, const char *behind)
{
	buf_lit(&m->f->body, "<form method=\"post\" class=\"book\" action=\"");
	html_attr_esc(&m->f->body, address(c, m, behind));
	buf_lit(&m->f->body, "\">");
}

static void put_fact(struct form *f, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	buf_lit(&f->body, "<dt>");
	form_say(f, key);
	buf_lit(&f->body, "</dt><dd class=\"lines\">");
	form_esc(f, value);
	buf_lit(&f->body, "</dd>");
}

static struct str when(struct ctx *c, const struct made *m)
{
	struct str text = times_when(c, m->f, &m->times.zone, m->ticket.booking.start_at);
	return str_fmt(c->a, STR_FMT " (" STR_FMT ")", STR_ARG(text), STR_ARG(m->times.zone_name));
}

static void put_facts(struct ctx *c, struct made *m)
{
	struct form *f = m->f;
	buf_lit(&f->body, "<dl class=\"meeting\">");
	put_fact(f, "booking.when", when(c, m));
	put_fact(f, "booking.with", m->ticket.host_name);
	put_fact(f, "booking.where", m->ticket.page.location);
	buf_lit(&f->body, "</dl>");
}

static void put_cancel(struct ctx *c, struct made *m)
{
	struct form *f = m->f;
	buf_lit(&f->body, "<details><summary>");
	form_say(f, "booking.cancel");
	buf_lit(&f->body, "</summary>");
	form_text(f, phrase(f->language, "booking.cancelSure"));
	begin_form(c, m, "/cancel");
	form_button(f, "booking.cancelYes");
	buf_lit(&f->body, "</form></details>");
}

static void show(struct ctx *c, struct made *m)
{
	struct form *f = m->f;
	bool is_new = form_query(c, f, "done").n > 0, is_moved = form_query(c, f, "moved").n > 0;
	f->page.title = phrase(f->language, is_new && !m->is_canceled ? "booking.booked" : "booking.yours");
	f->page.layout = PAGE_WIDE;
	if (m->is_canceled)
		form_text(f, phrase(f->language, "booking.isCanceled"));
	else if (m->ticket.is_over)
		form_text(f, phrase(f->language, "booking.isOver"));
	else if (is_new || is_moved)
		form_text(f, phrase(f->language, is_moved                 ? "booking.moved"
		                             : m->ticket.is_mailed ? "booking.bookedMail"
		                                                   : "booking.bookedKeep"));
	buf_lit(&f->body, "<h2>");
	form_esc(f, m->ticket.page.title);
	buf_lit(&f->body, "</h2>");
	put_facts(c, m);
	if (m->is_canceled || m->ticket.is_over)
		return;
	if (m->ticket.page.confirmation.n > 0) {
		buf_lit(&f->body, "<p class=\"note lines\">");
		form_esc(f, m->ticket.page.confirmation);
		buf_lit(&f->body, "</p>");
	}
	buf_lit(&f->body, "<p>");
	put_link(c, m, "/calendar", "booking.calendar");
	put_link(c, m, "/move", "booking.move");
	buf_lit(&f->body, "</p>");
	put_cancel(c, m);
}

static void show_move(struct ctx *c, struct made *m)
{
	struct form *f = m->f;
	f->page.title = phrase(f->language, "booking.move");
	f->page.layout = PAGE_WIDE;
	if (m->fault)
		form_fault(f, phrase(f->language, m->fault));
	put_facts(c, m);
	begin_form(c, m, "/move");
	buf_lit(&f->body, "<h2>");
	form_say(f, "booking.chooseTime");
	buf_lit(&f->body, "</h2>");
	times_show(c, f, &m->times, m->start);
	struct buf b;
	buf_init(&b, c->a, MAX_LANG_QUERY_BYTES);
	query_add(&b, "lang", m->language);
	times_ways(c, f, &m->times, str_fmt(c->a, "/booking/" STR_FMT "/move", STR_ARG(m->token)), buf_str(&b));
	form_hidden(f, "from", str_head(time_iso(c->a, DAYS(m->times.first_day)), sizeof("2026-11-24") - 1));
	form_button(f, "booking.moveTo");
	buf_lit(&f->body, "</form><p>");
	put_link(c, m, "", "booking.back");
	buf_lit(&f->body, "</p>");
}

static void give_calendar(struct ctx *c, struct made *m)
{
	struct http_header *headers = NEW_ARRAY(c->a, MAX_ANSWER_HEADERS, struct http_header);
	size_t n = page_headers(headers, MAX_ANSWER_HEADERS - 1);
	headers[n++] = (struct http_header){STR("Content-Disposition"), STR("attachment; filename=\"meeting.ics\"")};
	m->f->is_raw = true;
	m->f->answer = (struct http_answer){
		.status = 200,
		.content_type = STR("text/calendar; charset=utf-8"),
		.headers = headers,
		.header_n = n,
		.body = m->calendar,
	};
}

/* Requests ---------------------------------------------------------------------------------------------------------------- */

static bool read_address(struct ctx *c, struct form *f, struct made *m)
{
	struct str lang = form_query(c, f, "lang"), sent_day = form_field(c, f, "from");
	*m = (struct made){.f = f, .language = phrase_speaks(lang) ? lang : STR_NULL, .start = -1, .action = STR("")};
	m->day = sent_day.n ? sent_day : form_query(c, f, "from");
	return form_segment(c, f, &m->token) && (f->rest.n == 0 || form_segment(c, f, &m->action)) && f->rest.n == 0;
}

/* Guessed, mistyped or gone: it is not there. */
static enum err load_page(struct ctx *c, struct made *m, bool *is_there)
{
	enum err e = c->run->read(c->run->self, c, load, m);
	*is_there = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	form_gone(m->f, 404, "page.nothingHere", "page.oldAddress");
	return OK;
}

static enum err give(struct ctx *c, struct made *m)
{
	bool is_open = !m->is_canceled && !m->ticket.is_over;
	if (str_eq(m->action, STR("calendar")))
		give_calendar(c, m);
	else if (str_eq(m->action, STR("move")) && is_open)
		show_move(c, m);
	else
		show(c, m);
	return OK;
}

enum err form_booking_ask(struct ctx *c, struct form *f)
{
	struct made m;
	bool is_there, is_address = read_address(c, f, &m);
	bool is_action = m.action.n == 0 || str_eq(m.action, STR("move")) || str_eq(m.action, STR("calendar"));
	if (!is_address || !is_action) {
		form_gone(f, 404, "page.nothingHere", "page.oldAddress");
		return OK;
	}
	TRY(load_page(c, &m, &is_there));
	return is_there ? give(c, &m) : OK;
}

static enum err cancel(struct ctx *c, void *arg)
{
	struct made *m = arg;
	return desk_booking_cancel_by_token(c, m->token);
}

static enum err move(struct ctx *c, void *arg)
{
	struct made *m = arg;
	return desk_booking_move_by_token(c, m->token, m->start);
}

static void lead_back(struct ctx *c, struct made *m, const char *what)
{
	struct buf b;
	buf_init(&b, c->a, MAX_LANG_QUERY_BYTES);
	if (what)
		query_add(&b, what, STR("1"));
	query_add(&b, "lang", m->language);
	m->f->page.status = 303;
	m->f->page.title = phrase(m->f->language, "booking.yours");
	m->f->page.location = str_fmt(c->a, "/booking/" STR_FMT STR_FMT, STR_ARG(m->token), STR_ARG(buf_str(&b)));
}

enum err form_booking_take(struct ctx *c, struct form *f)
{
	struct made m;
	bool is_there, is_address = read_address(c, f, &m), is_move = str_eq(m.action, STR("move"));
	if (!is_address || (!is_move && !str_eq(m.action, STR("cancel")))) {
		form_gone(f, 404, "page.nothingHere", "page.oldAddress");
		return OK;
	}
	bool is_chosen = !is_move || num_parse_int(form_field(c, f, "start"), &m.start);
	enum err e = is_chosen ? c->run->write(c->run->self, c, is_move ? move : cancel, &m) : ERR_CONFLICT;
	if (e == OK) {
		lead_back(c, &m, is_move ? "moved" : NULL);
		return OK;
	}
	if (e != ERR_CONFLICT && e != ERR_EXPIRED && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(load_page(c, &m, &is_there));
	if (!is_there)
		return OK;
	f->page.status = e == ERR_CONFLICT ? 409 : 410;
	m.fault = is_chosen ? "booking.taken" : "booking.chooseOne";
	return give(c, &m);
}
