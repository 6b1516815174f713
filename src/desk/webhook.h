#pragma once

#include "base/ctx.h"
#include "store/webhook.h"

/* Webhooks: an app has one address (its target) and subscriptions to what happens. Whoever may: a super admin, or the app itself
 * by its developer key (desk/app.h). Events become deliveries in desk/webhook_read.h, deliveries become requests in
 * desk/webhook_send.h.
 *
 * Without a target an app's subscriptions rest: what happens meanwhile is not kept for them, what waited goes on waiting. */

enum {
	MAX_TARGET_URL_BYTES = 2000,
	MAX_SUBSCRIPTIONS = 1000, /* of an app */
	DEFAULT_CONCURRENT = 10,
	MAX_CONCURRENT = 100,
};

struct webhook_target_in {
	struct str target_url;
	int64_t max_concurrent;
};

/* ERR_NOT_FOUND: no such app, or no target. */
enum err desk_webhook_target(struct ctx *c, int64_t app_id, struct webhook_target *out);
enum err desk_webhook_target_set(struct ctx *c, int64_t app_id, const struct webhook_target_in *in, struct webhook_target *out);
enum err desk_webhook_target_clear(struct ctx *c, int64_t app_id);

struct webhook_subscription_in {
	struct str event_type;
	struct str object_type_id; /* of object.*, where it has to be */
	struct str property_name;  /* of *.propertyChange, where it has to be */
	bool is_active;
};

/* ERR_BAD_INPUT names the field; ERR_CONFLICT: there is one for the same. */
enum err desk_webhook_subscribe(struct ctx *c, int64_t app_id, const struct webhook_subscription_in *in,
                                struct webhook_subscription *out);
enum err desk_webhook_subscriptions(struct ctx *c, int64_t app_id, struct webhook_subscription **out, size_t *n_out);
enum err desk_webhook_subscription(struct ctx *c, int64_t app_id, int64_t id, struct webhook_subscription *out);
/* Switched on it hears of what happens from then on. */
enum err desk_webhook_switch(struct ctx *c, int64_t app_id, int64_t id, bool is_active, struct webhook_subscription *out);
/* Removing twice is no error. What waits for it and is not on its way yet is put aside. */
enum err desk_webhook_unsubscribe(struct ctx *c, int64_t app_id, int64_t id);

/* The app ends: so do its webhooks. */
enum err desk_webhook_end(struct ctx *c, int64_t app_id);
