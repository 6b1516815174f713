#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* Who looks at a ticket right now, who writes there, and who is just typing. It is told, never stored: it lives in the memory of this
 * process and is empty after a restart. The processes on one database repeat to each other what they are told (bus/say.h): one that was
 * just started knows all of it after a beat.
 *
 * A window says every PRESENCE_BEAT_MS that it is there; who was not heard of for PRESENT_MS is gone, who has not said for TYPING_MS
 * that he types has stopped. A user is on a ticket once, however many windows he has there: the last word of any of them counts.
 *
 * All functions may be called by any thread. Times are of clock_monotonic_ms(). */

struct presence;

enum {
	PRESENCE_BEAT_MS = 20000, /* what browsers keep to */
	PRESENT_MS = 50000,
	TYPING_MS = 6000,
	MAX_PRESENT = 1000, /* users times tickets; who comes then is not shown until somebody leaves */
	MAX_PRESENT_OF_USER = 20, /* tickets */
};

enum presence_state {
	PRESENCE_AWAY,
	PRESENCE_VIEWING,
	PRESENCE_REPLY,
	PRESENCE_COMMENT,
	PRESENCE_STATE_N
};
/* "away", "viewing", "reply", "comment". */
struct str presence_state_name(enum presence_state state);
bool presence_state_of(struct str name, enum presence_state *out);

struct present {
	int64_t ticket_id;
	int64_t user_id;
	enum presence_state state;
	bool is_typing;
};

/* Closed with the context's arena, which is the program's. */
void presence_open(struct ctx *c, struct presence **out);
/* Who is told, at once and under the lock, that there is news to take; NULL: nobody. */
void presence_on_news(struct presence *p, void (*fn)(void *arg), void *arg);

/* Writes down what one user does on one ticket. */
void presence_set(struct presence *p, const struct present *what, int64_t now);
/* What the processes on one database repeat to each other: "presence 12 7 reply 1", ticket, user, state, whether he types. What is no
 * such text is dropped. */
struct str presence_words(struct arena *a, const struct present *is);
void presence_hear(struct presence *p, struct str words, int64_t now);

/* What has changed since the last call, also because somebody was not heard of any more: who is gone is AWAY. out has room for
 * MAX_PRESENT. next_ms: how long until somebody may have gone silently; -1: nobody is there. */
size_t presence_take_news(struct presence *p, int64_t now, struct present *out, int64_t *next_ms_out);
/* All who are there, of one ticket; 0: of every ticket. out has room for MAX_PRESENT. */
size_t presence_list(struct presence *p, int64_t ticket_id, struct present *out);

/* The one who asks does this on a ticket (state is a name). out: who else is there. Seeing the ticket takes CAN_VIEW, writing there
 * CAN_REPLY or CAN_COMMENT: ERR_NOT_FOUND, ERR_NOT_ALLOWED; ERR_BAD_INPUT for another state. Its effect is no row, but the same when it
 * runs twice. */
enum err desk_present(struct ctx *c, int64_t ticket_id, struct str state, bool is_typing, struct present **out, size_t *n_out);
