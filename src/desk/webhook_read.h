#pragma once

#include "base/ctx.h"

/* Events become deliveries: read in order after the last one that was done, matched with the subscriptions that are active, and
 * written together with the new place in one transaction. So a crash loses none and doubles none; where several processes read,
 * one works and the others wait. */

enum {
	READ_EVENTS = 200,            /* in one transaction */
	READ_DELIVERIES = 5000,       /* about; an event is read whole */
	READ_BYTES = 64 << 20,        /* of memory, likewise */
	MAX_UNNOTED_EVENTS = 1000,    /* that meant nothing, before the place is written for their sake */
	MAX_WAITING_DELIVERIES = 10000, /* of an app; the oldest are put aside beyond */
	MAX_TYPE_SUBSCRIPTIONS = 10000, /* of one event type, of all apps */
};

/* How far a reader has come, in its own memory: events up to here are deliveries, or nobody wants them. */
struct webhook_place {
	int64_t event_id; /* in */
	int64_t next_id;  /* out: the event_id of the next call, once this transaction is on disk */
	bool has_work; /* there is something to write: desk_webhook_read() */
	bool has_more; /* call again */
};

/* In a read transaction: steps over what nobody wants. */
enum err desk_webhook_look(struct ctx *c, struct webhook_place *place);
/* In a write transaction. */
enum err desk_webhook_read(struct ctx *c, struct webhook_place *place);
