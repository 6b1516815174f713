/* Managing tickets. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field act_in_fields[] = {
	NEED("action", "string", "set, close, snooze, wake, spam, notSpam, delete, restore, move, merge, block, follow or unfollow"),
	NEED("ticketIds", "[id]", "1 to 500"),
	MAY("properties", "{string}", "set, close: names and values"),
	MAY("until", "time", "snooze"),
	MAY("inboxId", "id", "move"),
	MAY("intoId", "id", "merge: the ticket that stays"),
};
static const struct model_field act_fields[] = {
	MAY("actId", "id", "to undo it; left out: nothing was changed"),
	NEED("done", "[id]", "the tickets it was done to"),
	NEED("failed", "[ActFailure]", "those that refused"),
};
static const struct model_field act_failure_fields[] = {
	NEED("ticketId", "id", ""),
	NEED("status", "integer", "as the answer would have, were it alone"),
	MAY("message", "string", "why"),
	NEED("missingProperties", "[string]", "what its new status demands"),
};
static const struct model_field bulk_in_fields[] = {
	NEED("action", "string", "set, close, snooze, wake, spam, notSpam, delete, move, block, follow or unfollow"),
	NEED("viewId", "string", "all tickets of this view"),
	MAY("filters", "[Filter]", "on top of the view"),
	MAY("properties", "{string}", "set, close: names and values"),
	MAY("lackingProperties", "{string}", "what a status demands: given to the tickets that lack it"),
	MAY("until", "time", "snooze"),
	MAY("inboxId", "id", "move"),
};
static const struct model_field bulk_fields[] = {
	NEED("id", "id", ""),
	NEED("action", "string", ""),
	NEED("state", "string", "RUNNING, DONE, STOPPED, or FAILED: it could not go on"),
	MAY("problem", "string", "why it could not"),
	NEED("total", "integer", "how many tickets it is about"),
	NEED("done", "integer", ""),
	NEED("failed", "integer", "those that refused"),
	NEED("actIds", "[id]", "to undo it; empty above 500 tickets"),
	NEED("createdAt", "time", ""),
	MAY("endedAt", "time", "left out: it runs"),
};
static const struct model_field bulk_failure_fields[] = {
	NEED("ticketId", "id", ""),
	MAY("subject", "string", "left out: you may not see it"),
	NEED("status", "integer", "as the answer would have, were it alone"),
	NEED("message", "string", "why"),
};
static const struct model_field split_in_fields[] = {
	NEED("messageIds", "[id]", "the messages that move"),
	MAY("subject", "string", "of the new ticket; left out: the same"),
};
static const struct model_field split_fields[] = {
	NEED("actId", "id", "to undo it"),
	NEED("ticketId", "id", "the new ticket"),
};
static const struct model_field history_fields[] = {
	NEED("kind", "string", "created, changed, sent, received, comment, or an action: snooze, merge, split, …"),
	NEED("at", "time", ""),
	MAY("userId", "id", "who; left out: the desk itself, or somebody outside"),
	MAY("source", "string", "of a change: CRM_UI, EMAIL, INTEGRATION, …"),
	MAY("otherTicketId", "id", "of a merge or split"),
	MAY("otherSubject", "string", ""),
	MAY("isOther", "boolean", "the other was merged into this, or split off from this"),
	MAY("isUndone", "boolean", ""),
	MAY("until", "time", "of a snooze"),
	MAY("messageId", "id", ""),
	MAY("text", "string", "of a message: from whom"),
	NEED("changes", "[HistoryValue]", ""),
};
static const struct model_field history_value_fields[] = {
	NEED("property", "string", ""),
	NEED("label", "string", ""),
	NEED("before", "string", "empty: none"),
	NEED("after", "string", ""),
};
static const struct model_field recycled_fields[] = {
	NEED("id", "id", ""),
	NEED("subject", "string", ""),
	MAY("contactName", "string", ""),
	MAY("contactEmail", "string", ""),
	NEED("archivedAt", "time", "when it was thrown away"),
	MAY("ownerId", "id", ""),
};
static const struct model_field blocked_fields[] = {
	NEED("id", "id", ""),
	NEED("address", "string", ""),
	MAY("userId", "id", "who blocked it"),
	NEED("blockedAt", "time", ""),
};
static const struct model_field block_in_fields[] = {
	NEED("address", "string", ""),
};

static const struct model models[] = {
	MODEL("ActIn", "One thing to be done to tickets.", act_in_fields),
	MODEL("Act", "What was done.", act_fields),
	MODEL("ActFailure", "A ticket that refused.", act_failure_fields),
	MODEL("BulkIn", "One thing to be done to all tickets of a view.", bulk_in_fields),
	MODEL("Bulk", "How far it is.", bulk_fields),
	MODEL("BulkFailure", "A ticket that refused.", bulk_failure_fields),
	MODEL("SplitIn", "What moves into a new ticket.", split_in_fields),
	MODEL("Split", "The new ticket.", split_fields),
	MODEL("HistoryItem", "Something that happened to a ticket.", history_fields),
	MODEL("HistoryValue", "A property that was changed.", history_value_fields),
	MODEL("RecycledTicket", "A ticket in the recycle bin.", recycled_fields),
	MODEL("BlockedSender", "An address whose mail becomes spam.", blocked_fields),
	MODEL("BlockIn", "An address to block.", block_in_fields),
};

static const struct description descriptions[] = {
	{"POST /desk/v1/tickets/bulk",                        NULL,             "ActIn", AS_IT_IS, "Act", AS_IT_IS},
	{"POST /desk/v1/ticket-bulks",                        NULL,             "BulkIn", AS_IT_IS, "Bulk", AS_IT_IS},
	{"GET /desk/v1/ticket-bulks",                         NULL,             NO_BODY, "Bulk", AS_LIST},
	{"GET /desk/v1/ticket-bulks/{bulkId}",                NULL,             NO_BODY, "Bulk", AS_IT_IS},
	{"POST /desk/v1/ticket-bulks/{bulkId}/stop",          NULL,             NO_BODY, "Bulk", AS_IT_IS},
	{"GET /desk/v1/ticket-bulks/{bulkId}/failures",       "limit after",    NO_BODY, "BulkFailure", AS_LIST},
	{"POST /desk/v1/ticket-acts/{actId}/undo",            NULL,             NO_BODY, "Act", AS_IT_IS},
	{"POST /desk/v1/tickets/{ticketId}/split",            NULL,             "SplitIn", AS_IT_IS, "Split", AS_IT_IS},
	{"GET /desk/v1/tickets/{ticketId}/history",           "limit before",   NO_BODY, "HistoryItem", AS_LIST},
	{"GET /desk/v1/recycle-bin",                          "q limit after",  NO_BODY, "RecycledTicket", AS_LIST},
	{"GET /desk/v1/blocked-senders",                      "limit after",    NO_BODY, "BlockedSender", AS_LIST},
	{"POST /desk/v1/blocked-senders",                     NULL,             "BlockIn", AS_IT_IS, NULL, AS_IT_IS},
	{"DELETE /desk/v1/blocked-senders/{blockedSenderId}", NULL,             NO_BODY, NULL, AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_manage = CHAPTER(models, descriptions);
