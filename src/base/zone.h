#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Time zones, from the system's tzdata (RFC 8536, version 2 and later), since the data of libraries is stale and libc's own is one for
 * the whole process. What is behind the last transition of a file follows from its footer, a POSIX TZ rule. Nothing is kept between two
 * calls of zone_load(): each reads the file, so that an update of tzdata counts at once, and threads share nothing.
 *
 * A wall time is what clocks in the zone show, as milliseconds as if that were UTC. */

struct arena;

/* A day of a POSIX TZ rule, and the second of it: "M3.2.0/2" is the second Sunday of March at 2:00. */
struct zone_day {
	char kind;        /* 'M', 'J' (1 to 365, never 29 February) or 'n' (0 to 365) */
	int month, week, day;
	int64_t second;   /* -167 to 167 hours: may be on another day */
};
struct zone_rule {
	bool is_there;
	bool has_summer;
	int64_t standard, summer; /* seconds ahead of UTC */
	struct zone_day begins, ends; /* of summer time */
};
/* Points into the bytes of the file. */
struct zone {
	const char *times, *kinds, *types;
	int64_t time_n, type_n;
	struct zone_rule rule;
};

/* false: there is no such zone ("Europe/Berlin", "UTC"). */
bool zone_load(struct arena *a, struct str name, struct zone *out);
/* The same from the bytes of a file, which have to last. false: it is none, or counts leap seconds. */
bool zone_parse(struct str file, struct zone *out);
/* "CET-1CEST,M3.5.0,M10.5.0/3" with extended hours and names in <>. */
bool zone_rule_parse(struct str text, struct zone_rule *out);

/* What clocks in the zone are ahead of UTC at that time. */
int64_t zone_offset_at(const struct zone *z, int64_t at_ms);
/* The first time behind at_ms at which clocks are changed; INT64_MAX: none any more. */
int64_t zone_next_change(const struct zone *z, int64_t at_ms);
/* When clocks show that wall time: the earlier one where they show it twice; where they skip it, the first time behind the gap. */
int64_t zone_of_wall(const struct zone *z, int64_t wall_ms);
/* What they show then. */
int64_t zone_wall(const struct zone *z, int64_t at_ms);

/* Both in one, for who asks once. false: there is no such zone. */
bool zone_offset(struct arena *a, struct str name, int64_t at_ms, int64_t *offset_ms_out);

/* The names that tzdata lists for people to choose from (zone.tab), and UTC; in the order of the alphabet. At most MAX_ZONE_NAMES. */
enum { MAX_ZONE_NAMES = 1000, MAX_ZONE_NAME_BYTES = 64 };
void zone_names(struct arena *a, struct str **out, size_t *n_out);
