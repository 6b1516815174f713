#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/webhook_delivery.h"

/* Deliveries on their way. Those of an app that wait go out together, fewer than MAX_BATCH_EVENTS in a request; what went out
 * together is sent again together, so that the body is the same but for attemptNumber. An app has as many requests on their way as
 * its settings say; one whose latest call failed has one, until a call is good; and where it has failed for PATIENCE_MS, new events
 * gather, and go out one request in PROBE_MS. What fails is tried again MAX_RETRIES times within a day, and put aside then: it is
 * in the log and can be replayed.
 *
 * A request that is taken is leased: where its process dies, it is due again after the lease. At least once. */

enum {
	MAX_BATCH_EVENTS = 99,
	MAX_BATCH_BYTES = 256 << 10,
	MAX_RETRIES = 10,
	CALL_MS = 5000,
	PATIENCE_MS = 60 * 1000,
	PROBE_MS = 30 * 1000,
	LEASE_MS = 30 * 1000,      /* longer than a call and its note may take */
	MAX_CALLS_AT_ONCE = 32,    /* taken in one transaction */
	TAKE_BYTES = 64 << 20,     /* of memory; then no more are taken in this one */
	MAX_ANSWER_SHOWN_BYTES = 500,
	DELIVERY_DAYS = 30,
	MAX_DELIVERIES_KEPT = 1000000,
	DELIVERIES_AT_ONCE = 2000, /* swept in one transaction */
};

/* One request. */
struct webhook_call {
	int64_t batch_id;
	int64_t app_id;
	struct str url;
	struct str secret; /* null: it was sealed by another key, and nothing can be signed */
	struct str body;
};

/* In a read transaction: is there something to take? */
enum err desk_webhook_is_due(struct ctx *c, bool *is_due_out);
/* In a write transaction: leases up to room requests, MAX_CALLS_AT_ONCE at most. spare: rooms that are kept for apps that have none
 * on their way. */
enum err desk_webhook_take(struct ctx *c, size_t room, size_t spare, struct webhook_call **out, size_t *n_out);

/* What a request came to. */
struct webhook_outcome {
	int64_t batch_id;
	int64_t began_at;
	int64_t duration_ms;
	int status;        /* 0: no answer */
	struct str why;    /* there is no answer: why not */
	struct str answer; /* how its body begins */
	bool is_cut_off;   /* by us, who stop: due again at once, and the try does not count */
};
enum err desk_webhook_note(struct ctx *c, const struct webhook_outcome *outcomes, size_t n);

/* For the only process, at its start: nothing is on its way. */
enum err desk_webhook_release(struct ctx *c);

/* The administrator's side ------------------------------------------------------------------------------------------ */

/* Newest first. ERR_BAD_INPUT: there is no such state. */
enum err desk_webhook_deliveries(struct ctx *c, const struct webhook_find *find, struct webhook_delivery **out, size_t *n_out);
enum err desk_webhook_delivery(struct ctx *c, int64_t id, struct webhook_delivery *out);
/* The attempts of these deliveries' requests, by batch. */
enum err desk_webhook_attempts(struct ctx *c, const struct webhook_delivery *deliveries, size_t n, struct webhook_attempt **out,
                               size_t *n_out);
/* Sends it again, by itself, its tries begun anew. ERR_CONFLICT while it waits. */
enum err desk_webhook_replay(struct ctx *c, int64_t id, struct webhook_delivery *out);

/* How a target is. */
struct webhook_health {
	int64_t app_id;
	struct str app_name;
	struct str target_url;
	bool is_failing;
	int64_t failing_since;
	struct str last_error;
	int64_t last_good_at;
	int64_t waiting_n; /* deliveries, counted up to MAX_WAITING_DELIVERIES */
};
extern const struct shape webhook_health_shape;
enum err desk_webhook_health(struct ctx *c, struct webhook_health **out, size_t *n_out);

/* How many targets fail, for /healthz; asks nobody's rights. */
enum err desk_webhook_failing(struct ctx *c, int64_t *n_out);

/* Removes what is older than DELIVERY_DAYS, and what is beyond MAX_DELIVERIES_KEPT, DELIVERIES_AT_ONCE at a time. */
enum err desk_webhook_sweep(struct ctx *c, int64_t *removed_out);
