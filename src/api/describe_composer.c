/* What the composer of an answer asks for. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field target_fields[] = {
	NEED("channelId", "id", "of the channel it goes by"),
	NEED("channelAccountId", "id", "the address it leaves from"),
	NEED("to", "[Address]", ""),
	NEED("cc", "[Address]", "for an answer to all"),
	NEED("subject", "string", "of an answer"),
	NEED("forwardSubject", "string", "of the message handed on"),
	MAY("message", "TicketMessage", "the one that is answered; left out: the ticket has none"),
};
static const struct model_field token_fields[] = {
	NEED("name", "string", "as asked"),
	NEED("label", "string", "of the property"),
	NEED("value", "string", "empty: nobody knows it"),
};
static const struct model_field sender_fields[] = {
	NEED("channelAccountId", "id", ""),
	NEED("inboxId", "id", ""),
	NEED("name", "string", ""),
	NEED("address", "string", ""),
	NEED("signature", "string", "HTML; may be empty"),
	NEED("signatureOf", "string", "TEAM: this signature; USER: the writer's own; NONE"),
};
static const struct model_field message_file_fields[] = {
	NEED("id", "id", "for attachments of a message"),
	NEED("name", "string", ""),
	NEED("contentType", "string", "as its bytes and name say"),
	NEED("sizeBytes", "integer", ""),
	MAY("width", "integer", "of a picture"),
	MAY("height", "integer", "of a picture"),
	NEED("url", "string", "where its bytes are"),
};

static const struct model models[] = {
	MODEL("ReplyTarget", "What an answer to one message begins with.", target_fields),
	MODEL("FilledToken", "What a token stands for.", token_fields),
	MODEL("Sender", "An address that answers may leave from.", sender_fields),
	MODEL("MessageFile", "A file that waits for its message.", message_file_fields),
};

static const struct description descriptions[] = {
	{"GET /desk/v1/tickets/{ticketId}/reply-target",  "messageId",     NO_BODY, "ReplyTarget", AS_IT_IS},
	{"GET /desk/v1/tickets/{ticketId}/tokens",        "names",         NO_BODY, "FilledToken", AS_LIST},
	{"GET /desk/v1/senders",                          NULL,            NO_BODY, "Sender", AS_LIST},
	{"POST /desk/v1/files",                           NULL,            "Upload", AS_FILE, "MessageFile", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_composer = CHAPTER(models, descriptions);
