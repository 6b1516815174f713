#include "text/ical.h"

#include "base/buf.h"
#include "base/clock.h"

enum { MAX_LINE_BYTES = 75 };

struct str ical_method_name(enum ical_method method)
{
	return method == ICAL_REQUEST ? STR("REQUEST") : STR("CANCEL");
}

/* One content line. Continuations begin with a blank, which counts (RFC 5545 section 3.1). */
static void put_line(struct buf *b, struct str line)
{
	size_t room = MAX_LINE_BYTES;
	while (line.n > room) {
		size_t n = room;
		while (n > 0 && ((unsigned char)line.p[n] & 0xc0) == 0x80) /* not within a character of UTF-8 */
			n--;
		buf_add(b, str_head(line, n));
		buf_lit(b, "\r\n ");
		line = str_skip(line, n);
		room = MAX_LINE_BYTES - 1;
	}
	buf_add(b, line);
	buf_lit(b, "\r\n");
}

/* TEXT (section 3.3.11): other control characters are no part of it. */
static struct str escape(struct arena *a, struct str text)
{
	struct buf b;
	buf_init(&b, a, MAX_ICAL_BYTES);
	for (size_t i = 0; i < text.n; i++) {
		char byte = text.p[i];
		if (byte == '\\' || byte == ';' || byte == ',')
			buf_byte(&b, '\\');
		if (byte == '\n')
			buf_lit(&b, "\\n");
		else if ((unsigned char)byte >= ' ' || byte == '\t')
			buf_byte(&b, byte);
	}
	return buf_str(&b);
}

/* A quoted parameter (section 3.2): it cannot hold a quote, and nothing escapes one. */
static struct str quote(struct arena *a, struct str text)
{
	struct buf b;
	buf_init(&b, a, MAX_ICAL_BYTES);
	buf_byte(&b, '"');
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= ' ' && text.p[i] != 0x7f)
			buf_byte(&b, text.p[i] == '"' ? '\'' : text.p[i]);
	buf_byte(&b, '"');
	return buf_str(&b);
}

/* A local part may be quoted and hold what a URI does not (RFC 6068): all but the unreserved ones are written as bytes. */
static struct str mailto(struct arena *a, struct str address)
{
	static const char hex[] = "0123456789ABCDEF";
	struct buf b;
	buf_init(&b, a, MAX_ICAL_BYTES);
	buf_lit(&b, "mailto:");
	for (size_t i = 0; i < address.n; i++) {
		unsigned char byte = (unsigned char)address.p[i], low = byte | 0x20;
		if ((low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') || str_find_byte(STR("@.-_~+!$'*"), (char)byte) >= 0) {
			buf_byte(&b, (char)byte);
		} else {
			buf_byte(&b, '%');
			buf_byte(&b, hex[byte >> 4]);
			buf_byte(&b, hex[byte & 15]);
		}
	}
	return buf_str(&b);
}

/* 2026-11-21T09:30:00.000Z as 20261121T093000Z */
static struct str when(struct arena *a, int64_t at_ms)
{
	struct str iso = time_iso(a, at_ms);
	return str_fmt(a, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", iso.p, iso.p + 5, iso.p + 8, iso.p + 11, iso.p + 14, iso.p + 17);
}

static void put_text(struct arena *a, struct buf *b, const char *name, struct str text)
{
	if (text.n > 0)
		put_line(b, str_fmt(a, "%s:" STR_FMT, name, STR_ARG(escape(a, text))));
}

/* A URI is no TEXT: nothing in it is escaped, and no line begins in it. */
static void put_url(struct arena *a, struct buf *b, struct str url)
{
	bool is_plain = url.n > 0;
	for (size_t i = 0; i < url.n; i++)
		is_plain &= (unsigned char)url.p[i] > ' ' && (unsigned char)url.p[i] < 0x7f;
	if (is_plain)
		put_line(b, str_fmt(a, "URL:" STR_FMT, STR_ARG(url)));
}

static void put_people(struct arena *a, struct buf *b, const struct ical_meeting *m)
{
	put_line(b, str_fmt(a, "ORGANIZER;CN=" STR_FMT ":" STR_FMT, STR_ARG(quote(a, m->organizer.name)),
	                    STR_ARG(mailto(a, m->organizer.address))));
	for (size_t i = 0; i < m->attendee_n && i < MAX_ICAL_ATTENDEES; i++)
		put_line(b, str_fmt(a, "ATTENDEE;CN=" STR_FMT ";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:" STR_FMT,
		                    STR_ARG(quote(a, m->attendees[i].name)), STR_ARG(mailto(a, m->attendees[i].address))));
}

struct str ical_write(struct arena *a, const struct ical_meeting *m)
{
	struct buf b;
	buf_init(&b, a, MAX_ICAL_BYTES);
	buf_lit(&b, "BEGIN:VCALENDAR\r\nPRODID:-//Bellhop//Bellhop//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n");
	put_line(&b, str_fmt(a, "METHOD:" STR_FMT, STR_ARG(ical_method_name(m->method))));
	buf_lit(&b, "BEGIN:VEVENT\r\n");
	put_text(a, &b, "UID", m->uid);
	put_line(&b, str_fmt(a, "DTSTAMP:" STR_FMT, STR_ARG(when(a, m->stamp_ms))));
	put_line(&b, str_fmt(a, "DTSTART:" STR_FMT, STR_ARG(when(a, m->start_ms))));
	put_line(&b, str_fmt(a, "DTEND:" STR_FMT, STR_ARG(when(a, m->end_ms))));
	put_line(&b, str_fmt(a, "SEQUENCE:%lld", (long long)m->sequence));
	put_line(&b, m->method == ICAL_REQUEST ? STR("STATUS:CONFIRMED") : STR("STATUS:CANCELLED"));
	put_text(a, &b, "SUMMARY", m->summary);
	put_text(a, &b, "DESCRIPTION", m->description);
	put_text(a, &b, "LOCATION", m->location);
	put_url(a, &b, m->url);
	put_people(a, &b, m);
	buf_lit(&b, "END:VEVENT\r\nEND:VCALENDAR\r\n");
	return buf_str(&b);
}
