/* Free times as groups of choices: they work without scripts, and by keyboard as radio buttons do. */

#include "page/booking_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "text/html_esc.h"
#include "text/local.h"
#include "text/phrase.h"

void query_add(struct buf *b, const char *name, struct str value)
{
	static const char hex[] = "0123456789ABCDEF";
	if (value.n == 0)
		return;
	buf_fmt(b, "%s%s=", b->n > 0 ? "&" : "?", name);
	for (size_t i = 0; i < value.n; i++) {
		unsigned char byte = (unsigned char)value.p[i], low = byte | 0x20;
		if ((low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.') {
			buf_byte(b, (char)byte);
		} else {
			buf_byte(b, '%');
			buf_byte(b, hex[byte >> 4]);
			buf_byte(b, hex[byte & 15]);
		}
	}
}

void form_value(struct form *f, struct str value)
{
	buf_lit(&f->body, " value=\"");
	html_attr_esc(&f->body, value);
	buf_lit(&f->body, "\"");
}

void times_zone(struct ctx *c, struct str asked, struct str otherwise, struct times *t)
{
	t->zone_name = asked;
	if (asked.n > 0 && zone_load(c->a, asked, &t->zone))
		return;
	t->zone_name = otherwise;
	if (otherwise.n > 0 && zone_load(c->a, otherwise, &t->zone))
		return;
	t->zone_name = STR("UTC");
	zone_load(c->a, t->zone_name, &t->zone);
}

static int64_t day_at(const struct times *t, int64_t at)
{
	int64_t wall = zone_wall(&t->zone, at);
	return wall / DAYS(1) - (wall % DAYS(1) < 0);
}

static void set_days(struct times *t, int64_t first_day)
{
	t->first_day = first_day;
	t->from = zone_of_wall(&t->zone, DAYS(first_day));
	t->to = zone_of_wall(&t->zone, DAYS(first_day + DAYS_SHOWN));
}

/* From today on, week by week, until there is one. */
static enum err find_first(struct ctx *c, const struct booking_page *page, const struct booking *moved, struct times *t)
{
	int64_t end = c->now + DAYS(page->ahead_days);
	for (int64_t from = c->now; from < end; from += DAYS(MAX_SLOT_DAYS)) {
		TRY(desk_booking_slots(c, page, t->minutes, from, from + DAYS(MAX_SLOT_DAYS), moved, &t->slots, &t->n));
		if (t->n > 0) {
			set_days(t, day_at(t, t->slots[0].start_at));
			return OK;
		}
	}
	set_days(t, day_at(t, c->now));
	return OK;
}

enum err times_load(struct ctx *c, const struct booking_page *page, struct str day, const struct booking *moved, struct times *t)
{
	int64_t at, today = day_at(t, c->now), last = today + page->ahead_days;
	if (day.n == sizeof("2026-11-24") - 1 && time_parse(day, &at) && at >= DAYS(today) && at <= DAYS(last))
		set_days(t, at / DAYS(1));
	else
		TRY(find_first(c, page, moved, t));
	t->has_earlier = t->first_day > today;
	t->has_later = t->first_day + DAYS_SHOWN <= last;
	return desk_booking_slots(c, page, t->minutes, t->from, t->to, moved, &t->slots, &t->n);
}

struct str times_when(struct ctx *c, const struct form *f, const struct zone *zone, int64_t at)
{
	int64_t offset = zone_offset_at(zone, at);
	return str_fmt(c->a, STR_FMT ", " STR_FMT, STR_ARG(local_time(c->a, f->language, at, offset, LOCAL_DAY)),
	               STR_ARG(local_time(c->a, f->language, at, offset, LOCAL_TIME)));
}

/* Days have the same times: each is written once, for ICU takes its time. */
static struct str clock_text(struct ctx *c, const struct form *f, int64_t at, int64_t offset, struct str known[24 * 60])
{
	int64_t minute = ((at + offset) % DAYS(1) + DAYS(1)) % DAYS(1) / MINUTES(1);
	if (known[minute].n == 0)
		known[minute] = local_time(c->a, f->language, at, offset, LOCAL_TIME);
	return known[minute];
}

void times_show(struct ctx *c, struct form *f, const struct times *t, int64_t chosen)
{
	struct str *known = NEW_ARRAY(c->a, 24 * 60, struct str);
	int64_t day = INT64_MIN;
	if (t->n == 0)
		form_text(f, phrase(f->language, t->has_earlier || t->has_later ? "booking.noTimes" : "booking.noTimesAtAll"));
	for (size_t i = 0; i < t->n; i++) {
		int64_t at = t->slots[i].start_at, offset = zone_offset_at(&t->zone, at);
		if (day_at(t, at) != day) {
			buf_fmt(&f->body, "%s<fieldset class=\"day\"><legend>", day == INT64_MIN ? "" : "</fieldset>");
			form_esc(f, local_time(c->a, f->language, at, offset, LOCAL_DAY));
			buf_lit(&f->body, "</legend>");
			day = day_at(t, at);
		}
		buf_fmt(&f->body, "<label class=\"slot\"><input type=\"radio\" name=\"start\" required value=\"%lld\"%s><span>", (long long)at,
		        at == chosen ? " checked" : "");
		form_esc(f, clock_text(c, f, at, offset, known));
		buf_lit(&f->body, "</span></label>");
	}
	if (t->n > 0)
		buf_lit(&f->body, "</fieldset>");
}

static struct str day_name(struct ctx *c, int64_t day)
{
	return str_head(time_iso(c->a, DAYS(day)), sizeof("2026-11-24") - 1);
}

static void put_way(struct ctx *c, struct form *f, struct str base, struct str query, int64_t day, const char *key)
{
	buf_lit(&f->body, "<a class=\"button\" href=\"");
	html_attr_esc(&f->body, base);
	html_attr_esc(&f->body, query);
	buf_fmt(&f->body, "%sfrom=" STR_FMT "\">", query.n > 0 ? "&amp;" : "?", STR_ARG(day_name(c, day)));
	form_say(f, key);
	buf_lit(&f->body, "</a>");
}

void times_ways(struct ctx *c, struct form *f, const struct times *t, struct str base, struct str query)
{
	int64_t today = day_at(t, c->now), earlier = t->first_day - DAYS_SHOWN;
	buf_lit(&f->body, "<p class=\"ways\">");
	if (t->has_earlier)
		put_way(c, f, base, query, earlier > today ? earlier : today, "booking.earlier");
	if (t->has_later)
		put_way(c, f, base, query, t->first_day + DAYS_SHOWN, "booking.later");
	buf_lit(&f->body, "</p>");
}
