#pragma once

#include "base/ctx.h"
#include "base/shape.h"

/* Webhooks on their way: a delivery is one event for one subscription; a batch is the deliveries that go out in one request, the
 * same ones at every attempt; an attempt is one request. */

struct webhook_delivery {
	int64_t id;
	int64_t app_id;
	int64_t subscription_id;
	int64_t event_id;
	struct str event_type;
	int64_t object_id;
	struct str body;  /* JSON, without attemptNumber */
	struct str state; /* WAITING, SENT, PUT_ASIDE */
	int64_t batch_id; /* 0: not part of a request yet */
	struct str why;   /* of PUT_ASIDE */
	int64_t created_at;
	int64_t settled_at;
};
extern const struct shape webhook_delivery_shape;

/* Nothing happens when there is one for the same event and subscription. */
enum err webhook_delivery_put(struct ctx *c, const struct webhook_delivery *d);
enum err webhook_delivery_load(struct ctx *c, int64_t id, struct webhook_delivery *out);

struct webhook_find {
	int64_t app_id;          /* 0: any */
	int64_t subscription_id; /* 0: any */
	struct str state;        /* null: any */
	int64_t before;          /* only id < before */
	int64_t limit;
};
/* Newest first. */
enum err webhook_delivery_list(struct ctx *c, const struct webhook_find *find, struct webhook_delivery **out, size_t *n_out);
/* Those that are not part of a request yet, oldest first. */
enum err webhook_delivery_unsent(struct ctx *c, int64_t app_id, int64_t limit, struct webhook_delivery **out, size_t *n_out);
enum err webhook_delivery_of_batch(struct ctx *c, int64_t batch_id, struct webhook_delivery **out, size_t *n_out);
/* Those up to up_to_id that are not part of a request yet. */
enum err webhook_delivery_join(struct ctx *c, int64_t app_id, int64_t up_to_id, int64_t batch_id);
enum err webhook_delivery_settle(struct ctx *c, int64_t batch_id, struct str state, struct str why);
/* Back into the queue, out of its batch. */
enum err webhook_delivery_replay(struct ctx *c, int64_t id);
/* How many wait, counted up to most. */
enum err webhook_delivery_count(struct ctx *c, int64_t app_id, int64_t most, int64_t *n_out);
/* Puts aside: those of a subscription that are not part of a request yet; the n oldest of these; or all that wait for an app. */
enum err webhook_delivery_give_up(struct ctx *c, int64_t app_id, int64_t subscription_id, struct str why);
enum err webhook_delivery_give_up_oldest(struct ctx *c, int64_t app_id, int64_t n, struct str why);
enum err webhook_delivery_give_up_all(struct ctx *c, int64_t app_id, struct str why);

struct webhook_batch {
	int64_t id;
	int64_t app_id;
	struct str state;    /* WAITING, SENT, PUT_ASIDE */
	int64_t tries;       /* the one that is on its way included */
	int64_t next_try_at;
	int64_t lease_until; /* 0: nobody is sending it */
	int64_t created_at;
};
enum err webhook_batch_insert(struct ctx *c, struct webhook_batch *b);
enum err webhook_batch_update(struct ctx *c, struct webhook_batch *b);
enum err webhook_batch_load(struct ctx *c, int64_t id, struct webhook_batch *out);
/* The one that is to be sent (again) next; ERR_NOT_FOUND: none is due. */
enum err webhook_batch_due(struct ctx *c, int64_t app_id, struct webhook_batch *out);
/* The oldest that waits and that nobody is sending. ERR_NOT_FOUND. */
enum err webhook_batch_oldest(struct ctx *c, int64_t app_id, struct webhook_batch *out);
/* Nobody is sending any: for the only process, at its start. */
enum err webhook_batch_release_all(struct ctx *c);

/* The apps for which something is to be sent, and how many of their requests are on their way. */
struct webhook_queue {
	int64_t app_id;
	struct str target_url;
	int64_t max_concurrent;
	int64_t failing_since;
	int64_t last_try_at;
	int64_t in_flight_n;
	bool has_due; /* something is to be tried again now */
};
enum err webhook_queue_list(struct ctx *c, int64_t limit, struct webhook_queue **out, size_t *n_out);

struct webhook_attempt {
	int64_t id;
	int64_t batch_id;
	int64_t at;
	int64_t number; /* 0: the first */
	int64_t status; /* 0: there was no answer */
	int64_t duration_ms;
	struct str error;  /* why there was none */
	struct str answer; /* how its body begins */
};
enum err webhook_attempt_insert(struct ctx *c, const struct webhook_attempt *attempt);
/* Those of up to MAX_ATTEMPT_BATCHES batches, by batch and time. */
enum { MAX_ATTEMPT_BATCHES = 200 };
enum err webhook_attempt_list(struct ctx *c, const int64_t *batch_ids, size_t n, struct webhook_attempt **out, size_t *n_out);

/* Removes up to limit of each of the three that are from before that time, or of which there are newer ones than most. */
enum err webhook_sweep(struct ctx *c, int64_t before, int64_t most, int64_t limit, int64_t *removed_out);
