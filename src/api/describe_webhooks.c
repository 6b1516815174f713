/* Webhooks: where they go, what they tell, and how they fared. */

#include "api/describe_int.h"

#define WEBHOOKS "/webhooks/v3/{appId}"

/* clang-format off */
static const struct model_field settings_fields[] = {
	NEED("targetUrl", "string", "https; where events are posted to"),
	NEED("throttling", "WebhookThrottling", ""),
	MAY("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
};
static const struct model_field throttling_fields[] = {
	NEED("maxConcurrentRequests", "integer", "how many may be on their way at a time"),
};
static const struct model_field subscription_fields[] = {
	NEED("id", "id", ""),
	NEED("eventType", "string", "as ticket.propertyChange"),
	NEED("active", "boolean", ""),
	NEED("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
	MAY("propertyName", "string", "of a propertyChange"),
	MAY("objectTypeId", "string", "of object. events"),
};
static const struct model_field subscription_create_fields[] = {
	NEED("eventType", "string", "creation, deletion, merge, restore, propertyChange or associationChange of a type"),
	MAY("propertyName", "string", "propertyChange: has to be there"),
	MAY("objectTypeId", "string", "object. events: has to be there"),
	MAY("active", "boolean", "else it waits until you activate it"),
};
static const struct model_field subscription_patch_fields[] = {
	MAY("active", "boolean", ""),
};
static const struct model_field subscription_batch_fields[] = {
	NEED("id", "integer", ""),
	NEED("active", "boolean", ""),
};
static const struct model_field delivery_fields[] = {
	NEED("id", "id", ""),
	NEED("appId", "id", ""),
	NEED("subscriptionId", "id", ""),
	NEED("eventId", "id", ""),
	NEED("objectId", "id", ""),
	NEED("eventType", "string", ""),
	NEED("state", "string", "waiting, delivered, put aside …"),
	MAY("why", "string", "why it was put aside"),
	NEED("createdAt", "time", ""),
	MAY("settledAt", "time", ""),
	MAY("event", "any", "what is sent"),
	MAY("attempts", "[WebhookAttempt]", "oldest first"),
};
static const struct model_field attempt_fields[] = {
	NEED("attemptNumber", "integer", "from 0"),
	NEED("at", "time", ""),
	NEED("durationMs", "integer", ""),
	MAY("status", "integer", "of the answer"),
	MAY("answer", "string", "how the answer begins"),
	MAY("error", "string", "why there was none"),
};

static const struct model models[] = {
	MODEL("WebhookSettings", "Where webhooks of an app go.", settings_fields),
	MODEL("WebhookThrottling", "How fast they may come.", throttling_fields),
	MODEL("Subscription", "Which events an app hears of.", subscription_fields),
	MODEL("SubscriptionCreate", "A new subscription.", subscription_create_fields),
	MODEL("SubscriptionPatch", "On or off.", subscription_patch_fields),
	MODEL("SubscriptionSwitch", "One of several, on or off.", subscription_batch_fields),
	MODEL("WebhookDelivery", "One event on its way to one app.", delivery_fields),
	MODEL("WebhookAttempt", "One try to deliver it.", attempt_fields),
};

static const struct description descriptions[] = {
	{"GET " WEBHOOKS "/settings",                           "hapikey", NO_BODY,                          "WebhookSettings", AS_IT_IS},
	{"PUT " WEBHOOKS "/settings",                           "hapikey", "WebhookSettings", AS_IT_IS,      "WebhookSettings", AS_IT_IS},
	{"DELETE " WEBHOOKS "/settings",                        "hapikey", NO_BODY,                          NO_ANSWER},
	{"GET " WEBHOOKS "/subscriptions",                      "hapikey", NO_BODY,                          "Subscription", AS_LIST},
	{"POST " WEBHOOKS "/subscriptions",                     "hapikey", "SubscriptionCreate", AS_IT_IS,   "Subscription", AS_IT_IS},
	{"POST " WEBHOOKS "/subscriptions/batch/update",        "hapikey", "SubscriptionSwitch", AS_INPUTS,  "Subscription", AS_BATCH},
	{"GET " WEBHOOKS "/subscriptions/{subscriptionId}",     "hapikey", NO_BODY,                          "Subscription", AS_IT_IS},
	{"PATCH " WEBHOOKS "/subscriptions/{subscriptionId}",   "hapikey", "SubscriptionPatch", AS_IT_IS,    "Subscription", AS_IT_IS},
	{"DELETE " WEBHOOKS "/subscriptions/{subscriptionId}",  "hapikey", NO_BODY,                          NO_ANSWER},
	{"GET /desk/v1/webhook-deliveries",                     "appId subscriptionId state limit before", NO_BODY, "WebhookDelivery", AS_LIST},
	{"GET /desk/v1/webhook-deliveries/{deliveryId}",        NULL,      NO_BODY,                          "WebhookDelivery", AS_IT_IS},
	{"POST /desk/v1/webhook-deliveries/{deliveryId}/replay", NULL,     NO_BODY,                          "WebhookDelivery", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_webhooks = CHAPTER(models, descriptions);
