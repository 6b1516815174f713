#pragma once

#include <stdint.h>

#include "base/str.h"

/* One meeting as an invitation or its end (RFC 5545, RFC 5546): all times in UTC, lines folded at 75 bytes and never within a character,
 * text escaped. Whatever the fields hold, the calendar has exactly these properties. Pure: the same fields give the same bytes. */

struct arena;

enum { MAX_ICAL_BYTES = 256 << 10, MAX_ICAL_ATTENDEES = 10 };

enum ical_method { ICAL_REQUEST, ICAL_CANCEL };

struct ical_person {
	struct str name;
	struct str address; /* one that mail_addr_is_sendable() */
};

struct ical_meeting {
	enum ical_method method;
	struct str uid;    /* the same in all messages about this meeting */
	int64_t sequence;  /* grows with every change */
	int64_t stamp_ms;  /* when this was written */
	int64_t start_ms, end_ms;
	struct str summary, description, location, url; /* empty: none */
	struct ical_person organizer;
	const struct ical_person *attendees; /* have accepted */
	size_t attendee_n;
};

/* "REQUEST", as the MIME type says it too. */
struct str ical_method_name(enum ical_method method);
struct str ical_write(struct arena *a, const struct ical_meeting *m);
