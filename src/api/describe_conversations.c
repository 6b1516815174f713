/* Inboxes, channels, threads and messages. */

#include "api/describe_int.h"

#define CONVERSATIONS "/conversations/v3/conversations"

/* clang-format off */
static const struct model_field inbox_fields[] = {
	NEED("id", "id", ""),
	NEED("name", "string", ""),
	NEED("type", "string", "INBOX or HELP_DESK"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	NEED("archived", "boolean", ""),
};
static const struct model_field channel_fields[] = {
	NEED("id", "id", "1002 is email"),
	NEED("name", "string", ""),
};
static const struct model_field channel_account_fields[] = {
	NEED("id", "id", ""),
	NEED("channelId", "id", ""),
	NEED("name", "string", ""),
	NEED("inboxId", "id", ""),
	NEED("active", "boolean", ""),
	NEED("authorized", "boolean", ""),
	MAY("deliveryIdentifier", "DeliveryIdentifier", "its address"),
	NEED("createdAt", "time", ""),
	NEED("archived", "boolean", ""),
};
static const struct model_field delivery_identifier_fields[] = {
	NEED("type", "string", "HS_EMAIL_ADDRESS, HS_PHONE_NUMBER, CHANNEL_SPECIFIC_OPAQUE_ID"),
	NEED("value", "string", ""),
};
static const struct model_field thread_fields[] = {
	NEED("id", "id", ""),
	NEED("createdAt", "time", ""),
	MAY("closedAt", "time", ""),
	NEED("status", "string", "OPEN or CLOSED"),
	NEED("originalChannelId", "id", ""),
	NEED("originalChannelAccountId", "id", ""),
	MAY("latestMessageTimestamp", "time", ""),
	MAY("latestMessageSentTimestamp", "time", ""),
	MAY("latestMessageReceivedTimestamp", "time", ""),
	MAY("assignedTo", "string", "an actor, as A-2"),
	NEED("spam", "boolean", ""),
	NEED("inboxId", "id", ""),
	MAY("associatedContactId", "id", ""),
	NEED("archived", "boolean", ""),
	MAY("threadAssociations", "any", "associatedTicketId"),
};
static const struct model_field thread_patch_fields[] = {
	MAY("status", "string", "OPEN or CLOSED"),
	MAY("archived", "boolean", "false with ?archived=true: back from the recycle bin"),
};
static const struct model_field assignee_fields[] = {
	NEED("actorId", "string", "A- and a user's id"),
};
static const struct model_field message_fields[] = {
	NEED("id", "string", ""),
	NEED("type", "string", "MESSAGE, COMMENT, …"),
	NEED("conversationsThreadId", "id", ""),
	NEED("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
	NEED("createdBy", "string", "an actor"),
	NEED("client", "any", "clientType"),
	NEED("senders", "[any]", "actorId, name, deliveryIdentifier"),
	NEED("recipients", "[any]", "actorId, name, recipientField (TO, CC, BCC), deliveryIdentifier"),
	NEED("archived", "boolean", ""),
	MAY("text", "string", ""),
	MAY("richText", "string", "HTML, cleaned"),
	MAY("subject", "string", ""),
	MAY("attachments", "[any]", "fileId, name, url, fileUsageType"),
	MAY("direction", "string", "INCOMING or OUTGOING"),
	MAY("channelId", "id", ""),
	MAY("channelAccountId", "id", ""),
	MAY("truncationStatus", "string", ""),
	MAY("status", "any", "statusType: SENT, RECEIVED, READ or FAILED"),
	MAY("inReplyToId", "string", ""),
};
static const struct model_field message_in_fields[] = {
	NEED("type", "string", "MESSAGE or COMMENT"),
	MAY("text", "string", "one of text and richText has to be there"),
	MAY("richText", "string", "HTML"),
	MAY("subject", "string", ""),
	MAY("senderActorId", "string", "A- and a user's id"),
	MAY("channelId", "id", "MESSAGE: has to be there"),
	MAY("channelAccountId", "id", "MESSAGE: has to be there"),
	MAY("recipients", "[any]", "recipientField and deliveryIdentifiers"),
	MAY("attachments", "[any]", "fileId and type FILE"),
};
static const struct model_field original_content_fields[] = {
	NEED("text", "string", ""),
	MAY("richText", "string", ""),
};
static const struct model_field actor_fields[] = {
	NEED("id", "string", "A-<user>, V-<contact>, E-<address>, I-<app> or S-hubspot"),
	NEED("type", "string", "AGENT, VISITOR, EMAIL, INTEGRATION or SYSTEM"),
	MAY("name", "string", ""),
	MAY("email", "string", ""),
};
static const struct model_field actor_ids_fields[] = {
	NEED("inputs", "[string]", "ids of actors"),
};

static const struct model models[] = {
	MODEL("Inbox", "Where conversations arrive.", inbox_fields),
	MODEL("Channel", "A way to write to the desk.", channel_fields),
	MODEL("ChannelAccount", "One address of a channel.", channel_account_fields),
	MODEL("DeliveryIdentifier", "An address.", delivery_identifier_fields),
	MODEL("Thread", "A conversation.", thread_fields),
	MODEL("ThreadPatch", "Changes of a conversation.", thread_patch_fields),
	MODEL("Assignee", "Whose it is.", assignee_fields),
	MODEL("Message", "A message or comment.", message_fields),
	MODEL("MessageIn", "A message to be sent, or a comment.", message_in_fields),
	MODEL("OriginalContent", "A message's text, whole.", original_content_fields),
	MODEL("Actor", "Who writes in conversations.", actor_fields),
	MODEL("ActorIds", "Names actors.", actor_ids_fields),
};

static const struct description descriptions[] = {
	{"GET " CONVERSATIONS "/inboxes",             NULL,                    NO_BODY,                          "Inbox", AS_FOUND},
	{"GET " CONVERSATIONS "/inboxes/{inboxId}",   NULL,                    NO_BODY,                          "Inbox", AS_IT_IS},
	{"GET " CONVERSATIONS "/channels",            NULL,                    NO_BODY,                          "Channel", AS_FOUND},
	{"GET " CONVERSATIONS "/channels/{channelId}", NULL,                   NO_BODY,                          "Channel", AS_IT_IS},
	{"GET " CONVERSATIONS "/channel-accounts",    "channelId inboxId",     NO_BODY,                          "ChannelAccount", AS_FOUND},
	{"GET " CONVERSATIONS "/channel-accounts/{channelAccountId}", NULL,    NO_BODY,                          "ChannelAccount", AS_IT_IS},
	{"GET " CONVERSATIONS "/threads",             "inboxId associatedContactId associatedTicketId threadStatus association sort latestMessageTimestampAfter limit after archived", NO_BODY, "Thread", AS_LIST},
	{"GET " CONVERSATIONS "/threads/{threadId}",  "association archived",  NO_BODY,                          "Thread", AS_IT_IS},
	{"PATCH " CONVERSATIONS "/threads/{threadId}", "archived",             "ThreadPatch", AS_IT_IS,          "Thread", AS_IT_IS},
	{"PUT " CONVERSATIONS "/threads/{threadId}/assignee", NULL,            "Assignee", AS_IT_IS,             "Thread", AS_IT_IS},
	{"POST " CONVERSATIONS "/threads/{threadId}/assignee", NULL,           "Assignee", AS_IT_IS,             "Thread", AS_IT_IS},
	{"GET " CONVERSATIONS "/threads/{threadId}/messages", PAGE " sort",    NO_BODY,                          "Message", AS_LIST},
	{"POST " CONVERSATIONS "/threads/{threadId}/messages", NULL,           "MessageIn", AS_IT_IS,            "Message", AS_IT_IS},
	{"GET " CONVERSATIONS "/threads/{threadId}/messages/{messageId}", NULL, NO_BODY,                         "Message", AS_IT_IS},
	{"GET " CONVERSATIONS "/threads/{threadId}/messages/{messageId}/original-content", NULL, NO_BODY,        "OriginalContent", AS_IT_IS},
	{"GET " CONVERSATIONS "/actors/{actorId}",    NULL,                    NO_BODY,                          "Actor", AS_IT_IS},
	{"POST " CONVERSATIONS "/actors/batch/read",  NULL,                    "ActorIds", AS_IT_IS,             "Actor", AS_BATCH},
	{"POST /desk/v1/inboxes",                     NULL,                    NO_BODY,                          "Inbox", AS_IT_IS},
	{"PATCH /desk/v1/inboxes/{inboxId}",          NULL,                    NO_BODY,                          "Inbox", AS_IT_IS},
	{"POST /desk/v1/channel-accounts",            NULL,                    NO_BODY,                          "ChannelAccount", AS_IT_IS},
	{"PATCH /desk/v1/channel-accounts/{channelAccountId}", NULL,           NO_BODY,                          "ChannelAccount", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_conversations = CHAPTER(models, descriptions);
