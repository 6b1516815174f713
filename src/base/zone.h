#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Time zones, from the system's tzdata (RFC 8536), since the data of libraries is stale and libc's own is one for the whole process.
 * Behind the last transition that a file holds (2037 in Debian's) the offset of that one counts. */

struct arena;

/* What clocks in the zone ("Europe/Berlin", "UTC") are ahead of UTC at that time. false: there is no such zone. */
bool zone_offset(struct arena *a, struct str name, int64_t at_ms, int64_t *offset_ms_out);

/* The same from the bytes of a file. false: it is none. */
bool zone_read(struct str file, int64_t at_ms, int64_t *offset_ms_out);
