#pragma once

#include "base/ctx.h"
#include "base/shape.h"

/* Where apps want to be told of what, and how far the events have become deliveries (store/webhook_delivery.h). */

struct webhook_target {
	int64_t app_id;
	struct str target_url;
	int64_t max_concurrent; /* requests */
	int64_t failing_since; /* 0: the latest call was answered well, or there was none */
	struct str last_error;
	int64_t last_try_at;
	int64_t last_good_at;
	int64_t created_at;
	int64_t updated_at;
};

/* Makes or changes it; the members of state are kept. */
enum err webhook_target_put(struct ctx *c, const struct webhook_target *t);
/* ERR_NOT_FOUND. */
enum err webhook_target_load(struct ctx *c, int64_t app_id, struct webhook_target *out);
enum err webhook_target_list(struct ctx *c, int64_t limit, struct webhook_target **out, size_t *n_out);
/* What a call came to: the members of state. */
enum err webhook_target_note(struct ctx *c, const struct webhook_target *t);
enum err webhook_target_remove(struct ctx *c, int64_t app_id);

struct webhook_subscription {
	int64_t id;
	int64_t app_id;
	struct str event_type; /* "ticket.propertyChange" */
	struct str object_type_id; /* of object.*: "0-5" */
	struct str property_name;  /* of *.propertyChange */
	bool is_active;
	int64_t after_event_id; /* events up to this one happened before it was switched on */
	int64_t created_at;
	int64_t updated_at;
};

enum err webhook_subscription_insert(struct ctx *c, struct webhook_subscription *s);
enum err webhook_subscription_update(struct ctx *c, struct webhook_subscription *s);
/* ERR_NOT_FOUND also where it is another app's. */
enum err webhook_subscription_load(struct ctx *c, int64_t app_id, int64_t id, struct webhook_subscription *out);
enum err webhook_subscription_list(struct ctx *c, int64_t app_id, int64_t limit, struct webhook_subscription **out, size_t *n_out);
/* Those that are active and whose app has a target. */
enum err webhook_subscription_of_type(struct ctx *c, struct str event_type, int64_t limit, struct webhook_subscription **out,
                                      size_t *n_out);
enum err webhook_subscription_remove(struct ctx *c, int64_t app_id, int64_t id);
enum err webhook_subscription_remove_all(struct ctx *c, int64_t app_id);
/* after_event_id of the oldest that is active and whose app has a target; -1: there is none. */
enum err webhook_subscription_begin(struct ctx *c, int64_t *event_id_out);

/* Until the transaction ends nobody else turns events into deliveries, or takes batches. */
enum err webhook_reader_lock(struct ctx *c);
enum err webhook_queue_lock(struct ctx *c);
enum err webhook_reader_load(struct ctx *c, int64_t *last_event_id_out);
enum err webhook_reader_save(struct ctx *c, int64_t last_event_id);
