#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* Counts the calls of tokens, and says when one made too many. All limits are off until they are set. Who signed in by a browser is
 * not counted.
 *
 * The ten seconds are the second of the call and the nine before it. The seconds of searches are counted for all tokens together. A
 * day is one of the account's time zone; its counts are kept in the database (meter_flush, every few seconds and at the end), where
 * several programs add up theirs. The limits of ten seconds and of searches are each program's own. Where more than MAX_METERED tokens
 * are in use within a day the one that was idle longest is forgotten, once what it counted is kept. */

struct arena;
struct meter;
struct res;

enum { MAX_METERED = 4096 };

struct meter_limits {
	int64_t per_ten_seconds; /* of a token; 0: no limit */
	int64_t per_day;         /* of a token */
	int64_t searches_per_second; /* of all */
};

struct meter *meter_open(struct arena *a, const struct meter_limits *limits);
void meter_close(struct meter *m);

/* What is left after a call. */
struct meter_state {
	int64_t left_of_ten_seconds;
	int64_t left_of_day;
};
/* One call. ERR_TOO_MANY with the words of the wire. */
enum err meter_count(struct ctx *c, struct meter *m, bool is_search, struct meter_state *out);
/* X-HubSpot-RateLimit-*, where limits are set. */
void meter_headers(struct ctx *c, const struct meter *m, const struct meter_state *state, struct res *r);

/* Puts what was counted since the last time into the database; runs a write transaction if there is anything. */
enum err meter_flush(struct ctx *c, struct meter *m);

/* Today, for the account's page. */
struct meter_today {
	int64_t call_n;
	int64_t limit; /* 0: none */
	int64_t resets_at;
};
enum err meter_today(struct ctx *c, struct meter *m, struct meter_today *out);
