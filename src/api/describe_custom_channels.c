/* Custom channels: what an integration publishes, and what it is given to deliver. */

#include "api/describe_int.h"

#define CUSTOM   "/conversations/v3/custom-channels"
#define CHANNEL  CUSTOM "/{channelId}"
#define ACCOUNTS CHANNEL "/channel-accounts"

/* clang-format off */
static const struct model_field channel_fields[] = {
	NEED("id", "id", ""),
	NEED("name", "string", ""),
	NEED("capabilities", "any", "which identifiers, attachments and directions it knows"),
	MAY("webhookUrl", "string", "where answers of agents go; without one they wait in the outbox"),
	MAY("channelDescription", "string", ""),
	MAY("channelLogoUrl", "string", ""),
	MAY("channelAccountConnectionRedirectUrl", "string", ""),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
};
static const struct model_field channel_in_fields[] = {
	NEED("name", "string", ""),
	MAY("capabilities", "any", ""),
	MAY("webhookUrl", "string", ""),
	MAY("channelDescription", "string", ""),
	MAY("channelLogoUrl", "string", ""),
	MAY("channelAccountConnectionRedirectUrl", "string", ""),
};
static const struct model_field account_in_fields[] = {
	NEED("inboxId", "id", "where its conversations arrive"),
	NEED("name", "string", ""),
	NEED("deliveryIdentifier", "DeliveryIdentifier", "its address on the channel"),
	MAY("authorized", "boolean", ""),
};
static const struct model_field staging_fields[] = {
	NEED("accountToken", "string", "for the integration, which makes the account with it"),
	NEED("genericChannelId", "integer", ""),
	NEED("inboxId", "integer", ""),
	NEED("userId", "integer", "who connects it"),
	NEED("createdAt", "time", ""),
	MAY("accountName", "string", ""),
	MAY("deliveryIdentifier", "DeliveryIdentifier", ""),
};
static const struct model_field staging_create_fields[] = {
	NEED("channelId", "id", ""),
	NEED("inboxId", "id", ""),
};
static const struct model_field staging_in_fields[] = {
	NEED("accountName", "string", ""),
	NEED("deliveryIdentifier", "DeliveryIdentifier", ""),
};
static const struct model_field published_fields[] = {
	NEED("channelAccountId", "id", ""),
	NEED("messageDirection", "string", "INCOMING or OUTGOING"),
	NEED("integrationThreadId", "string", "the conversation, as the integration names it"),
	MAY("integrationIdempotencyId", "string", "the same once more is the same message"),
	MAY("text", "string", "one of text and richText has to be there"),
	MAY("richText", "string", "HTML"),
	NEED("senders", "[any]", "name, deliveryIdentifier, senderActorId"),
	MAY("recipients", "[any]", "the same of who gets it"),
	MAY("attachments", "[any]", "fileId and type FILE"),
	MAY("inReplyToId", "string", ""),
	MAY("associateWithContactId", "id", "whose it is, where the identifier does not say it"),
	MAY("timestamp", "time", "when it was written"),
};
static const struct model_field status_fields[] = {
	NEED("statusType", "string", "SENT, READ or FAILED"),
	MAY("errorMessage", "string", "why it failed"),
};
static const struct model_field outgoing_fields[] = {
	NEED("id", "id", ""),
	NEED("messageId", "id", ""),
	NEED("state", "string", ""),
	NEED("tries", "integer", ""),
	MAY("lastError", "string", ""),
};

static const struct model models[] = {
	MODEL("CustomChannel", "A channel that an integration speaks for.", channel_fields),
	MODEL("CustomChannelIn", "A channel, or changes of it.", channel_in_fields),
	MODEL("CustomAccountIn", "An address of a channel.", account_in_fields),
	MODEL("StagingToken", "An account that is about to be connected.", staging_fields),
	MODEL("StagingTokenCreate", "Which channel and inbox to connect.", staging_create_fields),
	MODEL("StagingTokenIn", "The account, as the integration knows it.", staging_in_fields),
	MODEL("PublishedMessage", "A message that came or went on the channel.", published_fields),
	MODEL("MessageStatus", "How a message fared.", status_fields),
	MODEL("ChannelOutgoing", "An answer on its way to an integration.", outgoing_fields),
};

static const struct description descriptions[] = {
	{"GET " CUSTOM,                                "appId",             NO_BODY,                          "CustomChannel", AS_FOUND},
	{"POST " CUSTOM,                               "appId",             "CustomChannelIn", AS_IT_IS,      "CustomChannel", AS_IT_IS},
	{"GET " CHANNEL,                               NULL,                NO_BODY,                          "CustomChannel", AS_IT_IS},
	{"PATCH " CHANNEL,                             NULL,                "CustomChannelIn", AS_IT_IS,      "CustomChannel", AS_IT_IS},
	{"GET " ACCOUNTS,                              PAGE,                NO_BODY,                          "ChannelAccount", AS_FOUND},
	{"POST " ACCOUNTS,                             NULL,                "CustomAccountIn", AS_IT_IS,      "ChannelAccount", AS_IT_IS},
	{"GET " ACCOUNTS "/{channelAccountId}",        NULL,                NO_BODY,                          "ChannelAccount", AS_IT_IS},
	{"PATCH " ACCOUNTS "/{channelAccountId}",      NULL,                "CustomAccountIn", AS_IT_IS,      "ChannelAccount", AS_IT_IS},
	{"PATCH " CHANNEL "/channel-account-staging-tokens/{accountToken}", NULL, "StagingTokenIn", AS_IT_IS, "StagingToken", AS_IT_IS},
	{"POST " CHANNEL "/messages",                  NULL,                "PublishedMessage", AS_IT_IS,     "Message", AS_IT_IS},
	{"GET " CHANNEL "/messages/{messageId}",       NULL,                NO_BODY,                          "Message", AS_IT_IS},
	{"PATCH " CHANNEL "/messages/{messageId}",     NULL,                "MessageStatus", AS_IT_IS,        "Message", AS_IT_IS},
	{"POST /desk/v1/channel-account-staging-tokens", NULL,              "StagingTokenCreate", AS_IT_IS,   "StagingToken", AS_IT_IS},
	{"GET /desk/v1/custom-channels/{channelId}/outbox", "state limit after", NO_BODY,                     "ChannelOutgoing", AS_LIST},
};
/* clang-format on */

const struct chapter describe_custom_channels = CHAPTER(models, descriptions);
