/* /meet/<slug>: a customer books a meeting. Without scripts he chooses his time zone from a list; web/public/booking.ts asks his browser
 * for it. ?t= says of which ticket the link was. A field that people do not see keeps out programs that fill in every one. */

#include "page/booking_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/env.h"
#include "net/http_serve.h"
#include "text/html_esc.h"
#include "text/local.h"
#include "text/phrase.h"

enum { MAX_TICKET_WORD_BYTES = 64, MAX_QUERY_BYTES = 1024 };

/* What a visitor asks for, and what he has typed. */
struct meet {
	struct form *f;
	struct str slug;
	struct str zone, day, ticket, language, minutes_text;
	struct str name, email, note, trap;
	int64_t minutes, start;
	struct booking_offer offer;
	int64_t lengths[MAX_BOOKING_LENGTHS];
	size_t length_n;
	struct times times;
	struct booking made;
	const char *fault; /* key of a sentence; NULL: none */
};

static void gone(struct form *f, int status)
{
	if (status == 404)
		form_gone(f, 404, "page.nothingHere", "page.oldAddress");
	else
		form_gone(f, 410, "booking.closed", "booking.closedWhy");
}

static enum err load(struct ctx *c, void *arg)
{
	struct meet *m = arg;
	TRY(desk_booking_offer(c, m->slug, &m->offer));
	TRY(booking_lengths(c, &m->offer.page, m->lengths, &m->length_n));
	if (!num_parse_int(m->minutes_text, &m->minutes))
		m->minutes = m->lengths[0];
	bool is_one = false;
	for (size_t i = 0; i < m->length_n; i++)
		is_one |= m->lengths[i] == m->minutes;
	m->minutes = is_one ? m->minutes : m->lengths[0];
	times_zone(c, m->zone, m->offer.time_zone, &m->times);
	m->times.minutes = m->minutes;
	return times_load(c, &m->offer.page, m->day, NULL, &m->times);
}

/* The page ---------------------------------------------------------------------------------------------------------------- */

static void put_zones(struct ctx *c, struct meet *m)
{
	struct form *f = m->f;
	struct str *names;
	size_t n;
	bool is_listed = false;
	zone_names(c->a, &names, &n);
	for (size_t i = 0; i < n; i++)
		is_listed |= str_eq(names[i], m->times.zone_name);
	buf_lit(&f->body, "<label>");
	form_say(f, "booking.zone");
	buf_lit(&f->body, "<select name=\"zone\" autocomplete=\"off\">");
	if (!is_listed) {
		buf_lit(&f->body, "<option selected>");
		form_esc(f, m->times.zone_name);
		buf_lit(&f->body, "</option>");
	}
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&f->body, "<option%s>", str_eq(names[i], m->times.zone_name) ? " selected" : "");
		form_esc(f, names[i]);
		buf_lit(&f->body, "</option>");
	}
	buf_lit(&f->body, "</select></label>");
}

static struct str minutes_text(struct ctx *c, const struct form *f, int64_t minutes)
{
	struct str n = local_number(c->a, f->language, str_fmt(c->a, "%lld", (long long)minutes));
	return phrase_with(c->a, f->language, "booking.minutes", (const struct phrase_value[]){{"n", n}, {NULL, STR_NULL}});
}

static void put_lengths(struct ctx *c, struct meet *m)
{
	struct form *f = m->f;
	if (m->length_n == 1)
		return;
	buf_lit(&f->body, "<label>");
	form_say(f, "booking.length");
	buf_lit(&f->body, "<select name=\"minutes\" autocomplete=\"off\">");
	for (size_t i = 0; i < m->length_n; i++) {
		buf_fmt(&f->body, "<option value=\"%lld\"%s>", (long long)m->lengths[i], m->lengths[i] == m->minutes ? " selected" : "");
		form_esc(f, minutes_text(c, f, m->lengths[i]));
		buf_lit(&f->body, "</option>");
	}
	buf_lit(&f->body, "</select></label>");
}

static void put_hidden(struct form *f, const char *name, struct str value)
{
	if (value.n > 0)
		form_hidden(f, name, value);
}

/* What shows other times: sent by the browser as the address of the page. */
static void put_chooser(struct ctx *c, struct meet *m)
{
	struct form *f = m->f;
	buf_lit(&f->body, "<form method=\"get\" class=\"chooser\" data-chooser>");
	put_zones(c, m);
	put_lengths(c, m);
	put_hidden(f, "t", m->ticket);
	put_hidden(f, "lang", m->language);
	form_button(f, "booking.showTimes");
	buf_lit(&f->body, "</form>");
}

static void put_field(struct meet *m, const char *key, const char *html, struct str value)
{
	struct form *f = m->f;
	buf_lit(&f->body, "<label>");
	form_say(f, key);
	buf_fmt(&f->body, "<input %s", html);
	form_value(f, value);
	buf_lit(&f->body, "></label>");
}

static void put_person(struct meet *m)
{
	struct form *f = m->f;
	put_field(m, "booking.yourName", "name=\"name\" autocomplete=\"name\" required maxlength=\"200\"", m->name);
	put_field(m, "booking.yourEmail", "name=\"email\" type=\"email\" autocomplete=\"email\" required maxlength=\"254\"", m->email);
	buf_lit(&f->body, "<label>");
	form_say(f, "booking.note");
	buf_lit(&f->body, "<textarea name=\"note\" rows=\"4\">");
	form_esc(f, m->note);
	buf_lit(&f->body, "</textarea></label><div class=\"trap\" aria-hidden=\"true\"><label>");
	form_say(f, "booking.trap");
	buf_lit(&f->body, "<input name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></label></div>");
}

/* What the address of the page says, for links and forms that lead to it again. */
static struct str query_of(struct ctx *c, const struct meet *m)
{
	struct buf b;
	buf_init(&b, c->a, MAX_QUERY_BYTES);
	query_add(&b, "zone", m->zone.n ? m->times.zone_name : STR_NULL);
	query_add(&b, "minutes", m->length_n > 1 ? str_fmt(c->a, "%lld", (long long)m->minutes) : STR_NULL);
	query_add(&b, "t", m->ticket);
	query_add(&b, "lang", m->language);
	return buf_str(&b);
}

static void put_book(struct ctx *c, struct meet *m)
{
	struct form *f = m->f;
	struct str base = str_fmt(c->a, "/meet/" STR_FMT, STR_ARG(m->slug)), query = query_of(c, m);
	buf_lit(&f->body, "<form method=\"post\" class=\"book\" action=\"");
	html_attr_esc(&f->body, base);
	html_attr_esc(&f->body, query);
	buf_lit(&f->body, "\"><h2>");
	form_say(f, "booking.chooseTime");
	buf_lit(&f->body, "</h2>");
	times_show(c, f, &m->times, m->start);
	times_ways(c, f, &m->times, base, query);
	form_hidden(f, "from", str_head(time_iso(c->a, DAYS(m->times.first_day)), sizeof("2026-11-24") - 1));
	form_hidden(f, "zone", m->times.zone_name);
	form_hidden(f, "minutes", str_fmt(c->a, "%lld", (long long)m->minutes));
	put_hidden(f, "t", m->ticket);
	put_person(m);
	form_button(f, "booking.book");
	buf_lit(&f->body, "</form>");
}

static enum err show(struct ctx *c, struct meet *m)
{
	struct form *f = m->f;
	const struct phrase_value names[] = {{"title", m->offer.page.title}, {"agent", m->offer.host_name}, {NULL, STR_NULL}};
	f->page.title = phrase_with(c->a, f->language, "booking.title", names);
	f->page.layout = PAGE_WIDE;
	f->page.script = "booking";
	if (m->fault)
		form_fault(f, phrase(f->language, m->fault));
	if (m->length_n == 1) {
		buf_lit(&f->body, "<p class=\"quiet\">");
		form_esc(f, minutes_text(c, f, m->minutes));
		buf_lit(&f->body, "</p>");
	}
	if (m->offer.page.description.n > 0) {
		buf_lit(&f->body, "<p class=\"lines\">");
		form_esc(f, m->offer.page.description);
		buf_lit(&f->body, "</p>");
	}
	put_chooser(c, m);
	put_book(c, m);
	return OK;
}

/* Requests ---------------------------------------------------------------------------------------------------------------- */

static bool is_ticket_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char byte = s.p[i], low = byte | 0x20;
		if (!(low >= 'a' && low <= 'z') && !(byte >= '0' && byte <= '9') && byte != '.' && byte != '-' && byte != '_')
			return false;
	}
	return s.n <= MAX_TICKET_WORD_BYTES;
}

static enum err read_page(struct ctx *c, struct form *f, struct meet *m)
{
	struct str query_zone = form_query(c, f, "zone"), sent_zone = form_field(c, f, "zone");
	struct str ticket = form_query(c, f, "t"), lang = form_query(c, f, "lang");
	*m = (struct meet){.f = f, .zone = sent_zone.n ? sent_zone : query_zone, .start = -1};
	if (!form_segment(c, f, &m->slug) || f->rest.n > 0)
		m->slug = STR("");
	struct str sent_minutes = form_field(c, f, "minutes"), sent_day = form_field(c, f, "from");
	m->minutes_text = sent_minutes.n ? sent_minutes : form_query(c, f, "minutes");
	m->day = sent_day.n ? sent_day : form_query(c, f, "from");
	m->ticket = is_ticket_word(ticket) ? ticket : STR_NULL;
	m->language = phrase_speaks(lang) ? lang : STR_NULL;
	return OK;
}

/* The page, unless there is none. */
static enum err load_page(struct ctx *c, struct meet *m, bool *is_there)
{
	enum err e = c->run->read(c->run->self, c, load, m);
	*is_there = e == OK;
	if (e != ERR_NOT_FOUND && e != ERR_EXPIRED)
		return e;
	fail_clear(c);
	gone(m->f, e == ERR_NOT_FOUND ? 404 : 410);
	return OK;
}

enum err form_meet_ask(struct ctx *c, struct form *f)
{
	struct meet m;
	bool is_there;
	TRY(read_page(c, f, &m));
	TRY(load_page(c, &m, &is_there));
	return is_there ? show(c, &m) : OK;
}

static enum err book(struct ctx *c, void *arg)
{
	struct meet *m = arg;
	const struct book_in in = {
		.slug = m->slug,
		.start_at = m->start,
		.minutes = m->minutes,
		.name = m->name,
		.email = m->email,
		.note = m->note,
		.language = m->f->language,
		.time_zone = m->times.zone_name,
		.ticket = m->ticket,
		.peer = m->f->http->peer,
	};
	return desk_book(c, &in, &m->made);
}

/* The sentence for what went wrong; NULL: it is not his to mend. */
static const char *fault_of(const struct ctx *c, enum err e)
{
	static const struct {
		struct str field;
		const char *key;
	} fields[] = {
		{STR("name"), "booking.badName"}, {STR("email"), "booking.badEmail"}, {STR("note"), "booking.badNote"},
		{STR("minutes"), "booking.taken"},
	};
	if (e == ERR_CONFLICT)
		return "booking.taken";
	if (e == ERR_TOO_MANY)
		return "booking.tooMany";
	for (size_t i = 0; e == ERR_BAD_INPUT && i < sizeof(fields) / sizeof(fields[0]); i++)
		if (c->why.fields && str_eq(c->why.fields->field, fields[i].field))
			return fields[i].key;
	return NULL;
}

/* The page again with what was typed, and times as they are now. */
static enum err show_fault(struct ctx *c, struct meet *m, int status, const char *fault)
{
	bool is_there;
	m->fault = fault;
	m->f->page.status = status;
	bool is_near = m->start > c->now && m->start < c->now + DAYS(MAX_BOOKING_AHEAD_DAYS);
	if (m->day.n == 0 && is_near) /* about when he wants it */
		m->day = str_head(time_iso(c->a, zone_wall(&m->times.zone, m->start)), sizeof("2026-11-24") - 1);
	TRY(load_page(c, m, &is_there));
	return is_there ? show(c, m) : OK;
}

static void read_person(struct ctx *c, struct form *f, struct meet *m)
{
	m->name = form_field(c, f, "name");
	m->email = form_field(c, f, "email");
	m->note = form_field(c, f, "note");
	m->trap = form_field(c, f, "website");
	if (!num_parse_int(form_field(c, f, "start"), &m->start))
		m->start = -1;
}

enum err form_meet_take(struct ctx *c, struct form *f)
{
	struct meet m;
	bool is_there;
	TRY(read_page(c, f, &m));
	read_person(c, f, &m);
	TRY(load_page(c, &m, &is_there));
	if (!is_there)
		return OK;
	if (m.start < 0 || m.trap.n > 0)
		return show_fault(c, &m, 400, m.trap.n > 0 ? "booking.robot" : "booking.chooseOne");
	enum err e = c->run->write(c->run->self, c, book, &m);
	const char *fault = fault_of(c, e);
	if (fault) {
		fail_clear(c);
		return show_fault(c, &m, err_http(e), fault);
	}
	if (e == ERR_NOT_FOUND || e == ERR_EXPIRED) {
		fail_clear(c);
		gone(f, 410);
		return OK;
	}
	TRY(e);
	struct buf b;
	buf_init(&b, c->a, MAX_QUERY_BYTES);
	query_add(&b, "done", STR("1"));
	query_add(&b, "lang", m.language);
	f->page.status = 303;
	f->page.title = phrase(f->language, "booking.booked");
	f->page.location = str_fmt(c->a, "/booking/" STR_FMT STR_FMT, STR_ARG(m.made.token), STR_ARG(buf_str(&b)));
	return OK;
}
