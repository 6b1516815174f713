/* The desk's own pages, the program, and what every answer has in common. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field error_fields[] = {
	NEED("status", "string", "always \"error\""),
	NEED("message", "string", "what is wrong, in a sentence"),
	NEED("correlationId", "string", "the same id stands in the log"),
	MAY("category", "string", "VALIDATION_ERROR, OBJECT_NOT_FOUND, CONFLICT, MISSING_SCOPES, …"),
	MAY("subCategory", "string", "a finer category, as PipelineError.STAGE_ID_IN_USE"),
	MAY("context", "{[string]}", "the names or ids that it is about"),
	MAY("errors", "[ErrorDetail]", "one entry for each field that is wrong"),
};
static const struct model_field error_detail_fields[] = {
	NEED("message", "string", "what is wrong with it"),
	MAY("code", "string", "PROPERTY_DOESNT_EXIST, INVALID_OPTION, READ_ONLY_VALUE, …"),
	MAY("in", "string", "the field of the body"),
	MAY("context", "{[string]}", "propertyName: the property"),
};
static const struct model_field paging_fields[] = {
	NEED("next", "PagingNext", "left out on the last page"),
};
static const struct model_field paging_next_fields[] = {
	NEED("after", "string", "for the parameter of the same name"),
	MAY("link", "string", "address of the next page"),
};
static const struct model_field session_fields[] = {
	NEED("user", "SignedIn", "who is signed in"),
};
static const struct model_field signed_in_fields[] = {
	NEED("id", "id", ""),
	MAY("ownerId", "id", "what hubspot_owner_id holds where he owns an object"),
	NEED("email", "string", ""),
	NEED("firstName", "string", ""),
	NEED("lastName", "string", ""),
	NEED("role", "string", "super_admin, admin, agent or viewer"),
};
static const struct model_field view_fields[] = {
	NEED("id", "string", "for the path of its tickets"),
	NEED("count", "integer", "how many tickets it has, up to 1,000"),
	MAY("isCapped", "boolean", "there are more"),
	MAY("isBroken", "boolean", "its filters name what is not there any more"),
	MAY("name", "string", "of one that people made, as what follows"),
	MAY("audience", "string", "PRIVATE, TEAMS, EVERYONE: who sees it"),
	MAY("teamIds", "[string]", ""),
	MAY("userId", "string", "who made it"),
	MAY("isMine", "boolean", ""),
	MAY("mayEdit", "boolean", ""),
	MAY("filterGroups", "[FilterGroup]", "as a search has them"),
	MAY("sort", "string", "in what order"),
	MAY("columns", "[string]", "properties that its table shows"),
	MAY("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
};
static const struct model_field view_preview_fields[] = {
	NEED("count", "integer", "up to 1,000"),
	MAY("isCapped", "boolean", "there are more"),
};
static const struct model_field find_fields[] = {
	NEED("results", "[Found]", ""),
	NEED("isCurrent", "boolean", "false while the index is behind, or being made anew: something may be missing"),
	MAY("paging", "Paging", ""),
};
static const struct model_field found_fields[] = {
	NEED("kind", "string", "ticket, message, comment, contact or company"),
	NEED("id", "id", "of what it is"),
	NEED("subject", "string", "of the ticket; what names the contact or company"),
	NEED("createdAt", "time", "of the message, else of the object"),
	MAY("activityAt", "time", "of the object"),
	MAY("ownerId", "id", "whose it is"),
	MAY("ticketId", "id", "itself, or that of the message"),
	MAY("isClosed", "boolean", "the ticket"),
	MAY("pipelineId", "string", "of the ticket"),
	MAY("stageId", "string", "of the ticket"),
	MAY("contactId", "id", "whose ticket it is"),
	MAY("email", "string", "of a contact"),
	MAY("messageId", "id", ""),
	MAY("threadId", "id", "of the message"),
	MAY("direction", "string", "INCOMING or OUTGOING"),
	MAY("senderName", "string", ""),
	MAY("senderAddress", "string", ""),
	MAY("senderUserId", "id", "the agent who wrote it"),
	MAY("isExact", "boolean", "the ticket whose number was asked for"),
	MAY("field", "string", "where the excerpt is from: text, subject, sender, attachments, contact, or a property"),
	NEED("excerpt", "[ExcerptPart]", "what is around the first match, in parts"),
};
static const struct model_field excerpt_part_fields[] = {
	NEED("text", "string", "plain, no HTML"),
	NEED("isMatch", "boolean", "is it a word that was looked for?"),
};
static const struct model_field ticket_detail_fields[] = {
	NEED("ticket", "TicketRow", "as in lists"),
	NEED("properties", "map", "every one that is set"),
	MAY("contact", "TicketContact", "whose ticket it is"),
	NEED("otherTickets", "[TicketRow]", "of the same contact"),
	MAY("replyTo", "ReplyDraft", "what an answer would begin with"),
	NEED("abilities", "[string]", "what you may do: view, edit, delete, reply, administer"),
	NEED("stages", "[StageChoice]", "of its pipeline"),
	NEED("isFollowing", "boolean", "are you told of what happens on it?"),
	NEED("isMuted", "boolean", "do you hear nothing of it?"),
	MAY("remindAt", "time", "when you asked to be told of it"),
	MAY("reminderNote", "string", "what you wrote to yourself for then"),
	NEED("followers", "[Follower]", "who is"),
	NEED("isCommentOffered", "boolean", "false for a call's ticket before an email went out"),
	NEED("ties", "[Tie]", "merges and splits that stand"),
};
static const struct model_field stage_choice_fields[] = {
	NEED("id", "string", ""),
	NEED("label", "string", ""),
	NEED("isClosed", "boolean", ""),
	NEED("mayMove", "boolean", "do the pipeline's rules let you bring the ticket there?"),
	NEED("requiredProperties", "[string]", "what has to be set there"),
	NEED("missingProperties", "[string]", "those of them that are not"),
};
static const struct model_field ticket_contact_fields[] = {
	NEED("id", "id", ""),
	NEED("name", "string", ""),
	MAY("email", "string", ""),
	MAY("phone", "string", ""),
	MAY("company", "string", ""),
	NEED("createdAt", "time", ""),
};
static const struct model_field reply_draft_fields[] = {
	NEED("from", "Address", ""),
	NEED("to", "[string]", ""),
	NEED("cc", "[string]", ""),
	NEED("subject", "string", ""),
};
static const struct model_field address_fields[] = {
	NEED("address", "string", ""),
	MAY("name", "string", ""),
};
static const struct model_field ticket_message_fields[] = {
	NEED("id", "id", ""),
	NEED("threadId", "id", ""),
	MAY("channelId", "id", "the way it came or went"),
	MAY("forwardOfId", "id", "the message that it hands on"),
	NEED("ticketId", "id", ""),
	NEED("type", "string", "MESSAGE, COMMENT or an entry of the desk"),
	NEED("direction", "string", "INCOMING or OUTGOING"),
	NEED("createdAt", "time", ""),
	MAY("subject", "string", ""),
	MAY("senderName", "string", ""),
	MAY("senderAddress", "string", ""),
	MAY("senderUserId", "id", "an agent"),
	MAY("isUnidentified", "boolean", "nobody knows yet which contact the sender is"),
	NEED("to", "[Address]", ""),
	NEED("cc", "[Address]", ""),
	NEED("bcc", "[Address]", ""),
	NEED("text", "string", ""),
	MAY("html", "string", "cleaned"),
	NEED("isAutomatic", "boolean", "did a machine write it?"),
	MAY("notes", "string", "what was odd about the mail"),
	NEED("attachments", "[Attachment]", ""),
	MAY("state", "string", "of an outgoing one: queued, sent, failed …"),
	MAY("deliveries", "[Delivery]", "one for each recipient"),
	MAY("editedAt", "time", "when the author of a comment changed it"),
	MAY("mentionUserIds", "[id]", "of a comment"),
};
static const struct model_field attachment_fields[] = {
	NEED("id", "id", ""),
	NEED("name", "string", ""),
	NEED("contentType", "string", ""),
	NEED("sizeBytes", "integer", ""),
	MAY("contentId", "string", "where the HTML refers to it"),
	NEED("isInline", "boolean", ""),
	NEED("url", "string", ""),
};
static const struct model_field delivery_fields[] = {
	NEED("address", "string", ""),
	NEED("state", "string", "queued, sent, retry, failed"),
	NEED("tries", "integer", ""),
	MAY("lastError", "string", "what the other server said"),
	MAY("nextTryAt", "time", ""),
	MAY("sentAt", "time", ""),
};
static const struct model_field outbox_fields[] = {
	NEED("id", "id", ""),
	NEED("ticketId", "id", ""),
	NEED("messageId", "id", ""),
	NEED("address", "string", ""),
	NEED("state", "string", ""),
	NEED("tries", "integer", ""),
	MAY("subject", "string", ""),
	MAY("lastError", "string", ""),
};
static const struct model_field health_fields[] = {
	NEED("status", "string", "ok"),
	NEED("version", "string", ""),
	NEED("database", "string", "engine and version"),
	NEED("queueDepth", "integer", "jobs that wait"),
	NEED("jobsPutAside", "integer", "jobs that failed too often"),
	NEED("writesWaiting", "integer", ""),
	NEED("quarantined", "integer", "mails that could not be read"),
	NEED("webhooksFailing", "integer", "targets of webhooks whose latest call failed"),
	NEED("outbox", "any", "waiting, queued, failed"),
	NEED("mailboxes", "[any]", "address, state, lastSyncAt"),
};
static const struct model_field app_fields[] = {
	NEED("id", "id", "the appId of webhooks"),
	NEED("name", "string", ""),
	NEED("clientId", "string", ""),
	MAY("clientSecret", "string", "said once, when it is made: it signs webhooks"),
	MAY("developerKey", "string", "said once: the hapikey of webhooks"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
};

static const struct model_field tie_fields[] = {
	NEED("actId", "id", "to undo it"),
	NEED("kind", "string", "merge or split"),
	NEED("isOther", "boolean", "merge: the other was merged into this; split: the other was split off from this"),
	NEED("ticketId", "id", "the other ticket"),
	MAY("subject", "string", "what it is called"),
	MAY("userId", "id", "who did it"),
	NEED("at", "time", ""),
	NEED("isUndoable", "boolean", "not too long ago"),
};

static const struct model models[] = {
	MODEL("Error", "Every answer of 400 and above.", error_fields),
	MODEL("ErrorDetail", "One thing that is wrong.", error_detail_fields),
	MODEL("Paging", "Is there another page?", paging_fields),
	MODEL("PagingNext", "Where it begins.", paging_next_fields),
	MODEL("Session", "Who is signed in.", session_fields),
	MODEL("SignedIn", "A user of the desk.", signed_in_fields),
	MODEL("View", "A list of tickets.", view_fields),
	MODEL("ViewPreview", "What filters would leave.", view_preview_fields),
	MODEL("Find", "What a search found.", find_fields),
	MODEL("Found", "One hit.", found_fields),
	MODEL("ExcerptPart", "A part of a text.", excerpt_part_fields),
	MODEL("TicketDetail", "A ticket and what stands beside it.", ticket_detail_fields),
	MODEL("Tie", "A ticket that was merged into this one, or that one of the two was split off from.", tie_fields),
	MODEL("StageChoice", "A stage that a ticket may be brought to.", stage_choice_fields),
	MODEL("TicketContact", "The contact of a ticket.", ticket_contact_fields),
	MODEL("ReplyDraft", "Where an answer goes to.", reply_draft_fields),
	MODEL("Address", "Somebody's address.", address_fields),
	MODEL("TicketMessage", "A message, comment or entry of a ticket.", ticket_message_fields),
	MODEL("Attachment", "A file of a message.", attachment_fields),
	MODEL("Delivery", "How a mail fared on its way to one recipient.", delivery_fields),
	MODEL("OutgoingMail", "A mail that is on its way.", outbox_fields),
	MODEL("App", "A connected app.", app_fields),
	MODEL("Health", "Is the desk well?", health_fields),
};

static const struct description descriptions[] = {
	{"POST /desk/v1/session",                         NULL,            NO_BODY, "Session", AS_IT_IS},
	{"GET /desk/v1/session",                          NULL,            NO_BODY, "Session", AS_IT_IS},
	{"GET /desk/v1/views",                            NULL,            NO_BODY, "View", AS_LIST},
	{"POST /desk/v1/views",                           NULL,            NO_BODY, "View", AS_IT_IS},
	{"POST /desk/v1/views/preview",                   NULL,            NO_BODY, "ViewPreview", AS_IT_IS},
	{"PATCH /desk/v1/views/{viewId}",                 NULL,            NO_BODY, "View", AS_IT_IS},
	{"POST /desk/v1/views/{viewId}/restore",          NULL,            NO_BODY, "View", AS_IT_IS},
	{"GET /desk/v1/views/{viewId}/tickets",           "limit after offset sort ids filters properties", NO_BODY, "TicketRow", AS_LIST},
	{"GET /desk/v1/tickets/{ticketId}",               NULL,            NO_BODY, "TicketDetail", AS_IT_IS},
	{"GET /desk/v1/tickets/{ticketId}/messages",      "limit before",  NO_BODY, "TicketMessage", AS_LIST},
	{"POST /desk/v1/tickets/{ticketId}/replies",      NULL,            NO_BODY, "TicketMessage", AS_IT_IS},
	{"GET /desk/v1/search",                           "q kind status ownerId pipelineId stageId contactId channelId from before spam sort limit after", NO_BODY, "Find", AS_IT_IS},
	{"GET /desk/v1/attachments/{attachmentId}",       NULL,            NO_BODY, "bytes", AS_BYTES},
	{"GET /desk/v1/stream",                           "after",         NO_BODY, "events", AS_EVENTS},
	{"GET /desk/v1/outbox",                           NULL,            NO_BODY, "OutgoingMail", AS_LIST},
	{"POST /desk/v1/outbox/{outboxId}/retry",         NULL,            NO_BODY, "OutgoingMail", AS_IT_IS},
	{"GET /desk/v1/mailboxes",                        NULL,            NO_BODY, "Mailbox", AS_LIST},
	{"GET /desk/v1/quarantine",                       NULL,            NO_BODY, "QuarantinedMail", AS_LIST},
	{"GET /desk/v1/quarantine/{sourceId}/source",     NULL,            NO_BODY, "mail", AS_BYTES},
	{"GET /desk/v1/apps",                             NULL,            NO_BODY, "App", AS_LIST},
	{"POST /desk/v1/apps",                            NULL,            NO_BODY, "App", AS_IT_IS},
	{"GET /desk/v1/apps/{appId}",                     NULL,            NO_BODY, "App", AS_IT_IS},
	{"PUT /desk/v1/apps/{appId}",                     NULL,            NO_BODY, "App", AS_IT_IS},
	{"POST /desk/v1/apps/{appId}/rotate",             NULL,            NO_BODY, "App", AS_IT_IS},
	{"GET /healthz",                                  NULL,            NO_BODY, "Health", AS_IT_IS},
	{"GET /openapi.json",                             NULL,            NO_BODY, "object", AS_IT_IS},
	{"GET /docs/api",                                 NULL,            NO_BODY, "page", AS_PAGE},
};
/* clang-format on */

const struct chapter describe_desk = CHAPTER(models, descriptions);
