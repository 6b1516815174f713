/* Drafts, replies that wait, and what pipelines do by themselves. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field ticket_draft_fields[] = {
	NEED("ticketId", "id", ""),
	NEED("kind", "string", "reply or comment"),
	NEED("version", "integer", "grows with every write; 0: there is none"),
	MAY("html", "string", "as it was written: not cleaned"),
	MAY("text", "string", "in the list of drafts only how it begins"),
	MAY("subject", "string", ""),
	MAY("recipients", "DraftRecipients", "as typed; left out: those of an answer"),
	MAY("channelAccountId", "id", "where it is to be sent from"),
	MAY("inReplyToId", "id", "the message it answers"),
	MAY("isForward", "boolean", "it hands that message on"),
	MAY("lastSeenMessageId", "id", "the newest message when the writing began"),
	MAY("attachments", "[any]", "files, with their fileId"),
	MAY("device", "string", "the window that wrote it last"),
	MAY("kept", "KeptDraft", "what another window of yours wrote, which this one overwrote"),
	MAY("updatedAt", "time", ""),
};
static const struct model_field draft_recipients_fields[] = {
	MAY("to", "[string]", ""),
	MAY("cc", "[string]", ""),
	MAY("bcc", "[string]", ""),
	MAY("mode", "string", "reply, replyAll or forward"),
	MAY("hasNoSignature", "boolean", "no signature below it"),
	MAY("hasNoQuote", "boolean", "nor what it answers"),
};
static const struct model_field kept_draft_fields[] = {
	NEED("html", "string", ""),
	NEED("text", "string", ""),
	NEED("at", "time", "when it was written"),
};
static const struct model_field held_reply_fields[] = {
	NEED("id", "id", ""),
	NEED("ticketId", "id", ""),
	NEED("userId", "id", "who wrote it"),
	NEED("state", "string", "HELD for seconds, SCHEDULED, PAUSED because the customer wrote, or FAILED"),
	NEED("sendAt", "time", ""),
	NEED("createdAt", "time", ""),
	MAY("subject", "string", ""),
	NEED("to", "[Address]", ""),
	NEED("cc", "[Address]", ""),
	NEED("bcc", "[Address]", ""),
	NEED("text", "string", ""),
	MAY("html", "string", "cleaned"),
	MAY("stageId", "string", "the status that is set with it"),
	MAY("inReplyToId", "id", ""),
	NEED("isForward", "boolean", ""),
	NEED("properties", "map", "that are set with it"),
	NEED("attachments", "[any]", "files, with their fileId"),
	MAY("problem", "string", "why it was not sent"),
	NEED("mayChange", "boolean", "may you send it now, take it back, or give it another time?"),
};
static const struct model_field automation_fields[] = {
	NEED("pipelineId", "string", ""),
	MAY("sentStageId", "string", "the status when an answer is sent; left out: it stays"),
	MAY("receivedStageId", "string", "the status when the customer answers; left out: a closed ticket is opened again"),
	NEED("keepsCloseDate", "boolean", "does a ticket that is opened again keep the date of its close?"),
};

static const struct model_field present_fields[] = {
	NEED("userId", "id", ""),
	NEED("state", "string", "viewing, reply or comment"),
	NEED("isTyping", "boolean", "within the last six seconds"),
};
static const struct model models[] = {
	MODEL("TicketDraft", "What you write and have not sent.", ticket_draft_fields),
	MODEL("DraftRecipients", "Whom a draft is to go to.", draft_recipients_fields),
	MODEL("KeptDraft", "The text of another window.", kept_draft_fields),
	MODEL("Present", "Who else is on a ticket right now.", present_fields),
	MODEL("HeldReply", "An answer that waits to be sent.", held_reply_fields),
	MODEL("PipelineAutomation", "What a pipeline of tickets does by itself.", automation_fields),
};

static const struct description descriptions[] = {
	{"GET /desk/v1/tickets/{ticketId}/held-replies",              NULL, NO_BODY, "HeldReply", AS_LIST},
	{"POST /desk/v1/tickets/{ticketId}/held-replies",             NULL, NO_BODY, "HeldReply", AS_IT_IS},
	{"PATCH /desk/v1/held-replies/{heldReplyId}",                 NULL, NO_BODY, "HeldReply", AS_IT_IS},
	{"DELETE /desk/v1/held-replies/{heldReplyId}",                NULL, NO_BODY, "TicketDraft", AS_IT_IS},
	{"POST /desk/v1/held-replies/{heldReplyId}/send",             NULL, NO_BODY, "TicketMessage", AS_IT_IS},
	{"POST /desk/v1/tickets/{ticketId}/presence",                 NULL, NO_BODY, "Present", AS_LIST},
	{"GET /desk/v1/drafts",                                       NULL, NO_BODY, "TicketDraft", AS_LIST},
	{"GET /desk/v1/tickets/{ticketId}/drafts/{kind}",             NULL, NO_BODY, "TicketDraft", AS_IT_IS},
	{"PUT /desk/v1/tickets/{ticketId}/drafts/{kind}",             NULL, NO_BODY, "TicketDraft", AS_IT_IS},
	{"GET /desk/v1/pipelines/{objectType}/{pipelineId}/automation", NULL, NO_BODY, "PipelineAutomation", AS_IT_IS},
	{"PUT /desk/v1/pipelines/{objectType}/{pipelineId}/automation", NULL, NO_BODY, "PipelineAutomation", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_sending = CHAPTER(models, descriptions);
