/* Records with what stands around them. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field record_fields[] = {
	NEED("id", "id", ""),
	NEED("objectType", "string", "contacts, companies, notes, …"),
	NEED("label", "string", "what names it in lists"),
	MAY("email", "string", "of a contact"),
	MAY("pipelineId", "string", ""),
	MAY("stageId", "string", ""),
	NEED("isClosed", "boolean", ""),
	MAY("ownerId", "id", ""),
	MAY("preview", "string", "of a ticket: how its newest message begins"),
	NEED("activityAt", "time", ""),
	NEED("createdAt", "time", ""),
	NEED("version", "integer", "for If-Match"),
	MAY("createdByUserId", "id", "none: the desk itself"),
	NEED("properties", "{string}", "the few that cards show"),
	MAY("labels", "[LinkLabel]", "of the link to it; where links are listed"),
};
static const struct model_field label_fields[] = {
	NEED("typeId", "id", "of the link from the record that was asked about"),
	NEED("label", "string", ""),
	NEED("category", "string", "HUBSPOT_DEFINED or USER_DEFINED"),
	NEED("isPrimary", "boolean", ""),
};
static const struct model_field linked_fields[] = {
	NEED("objectType", "string", ""),
	NEED("hasMore", "boolean", "there are more than the newest 100"),
	NEED("results", "[LinkedRecord]", "newest activity first"),
};
static const struct model_field entry_fields[] = {
	NEED("id", "id", ""),
	NEED("objectType", "string", "of an activity or ticket as in LinkedRecord, with its members; else messages"),
	NEED("label", "string", ""),
	NEED("at", "time", "when it was"),
	MAY("ticketId", "id", "of a message"),
	MAY("direction", "string", "of a message: INCOMING or OUTGOING"),
	MAY("senderName", "string", "of a message"),
	MAY("senderAddress", "string", "of a message"),
	MAY("preview", "string", ""),
	MAY("createdByUserId", "id", ""),
};
static const struct model_field change_fields[] = {
	NEED("id", "id", ""),
	NEED("at", "time", ""),
	MAY("userId", "id", "who did it; none: the desk itself"),
	NEED("isRemoved", "boolean", "false: the link was made"),
	MAY("typeLabel", "string", "what the link is called"),
	MAY("record", "LinkedRecord", "the other end; left out when it is gone for good"),
};
static const struct model_field email_in_fields[] = {
	NEED("to", "[any]", "addresses, or {address, name}"),
	MAY("cc", "[any]", ""),
	MAY("bcc", "[any]", ""),
	NEED("subject", "string", "also the name of the ticket"),
	MAY("html", "string", ""),
	MAY("text", "string", "made from html where it is left out"),
	MAY("channelAccountId", "id", "the address of the desk that it leaves from"),
	MAY("stageId", "string", "the status of the new ticket"),
	MAY("attachments", "[any]", "[{fileId, type: FILE}]"),
};
static const struct model_field email_out_fields[] = {
	NEED("ticketId", "id", "the ticket that was opened"),
	NEED("messageId", "id", ""),
	NEED("threadId", "id", ""),
	NEED("state", "string", "as of every outgoing message"),
};
static const struct model_field file_fields[] = {
	NEED("id", "id", ""),
	NEED("messageId", "id", ""),
	NEED("name", "string", ""),
	NEED("contentType", "string", ""),
	NEED("sizeBytes", "integer", ""),
	NEED("url", "string", ""),
};
static const struct model_field identify_fields[] = {
	NEED("messageId", "id", "whose sender is meant"),
	MAY("contactId", "id", "who it is"),
	MAY("properties", "{string}", "of a new contact, where there is no contactId"),
	MAY("ticketIds", "[id]", "his former tickets that are the contact's; left out: all of them"),
};

static const struct model_field match_fields[] = {
	NEED("isOn", "boolean", "are contacts linked to the company that has the domain of their address?"),
	NEED("excludedDomains", "[string]", "domains that say nothing, beside those of freemail providers; up to 1,000"),
};

static const struct model models[] = {
	MODEL("CompanyAssociation", "How contacts find their company.", match_fields),
	MODEL("LinkedRecord", "A record in a card, a timeline or a history.", record_fields),
	MODEL("LinkLabel", "A label of a link.", label_fields),
	MODEL("LinkedRecords", "Linked records of one type.", linked_fields),
	MODEL("TimelineEntry", "Something that happened with a record.", entry_fields),
	MODEL("LinkChange", "A link that was made or removed.", change_fields),
	MODEL("RecordEmailIn", "An email from a record.", email_in_fields),
	MODEL("RecordEmail", "What became of it.", email_out_fields),
	MODEL("TicketFile", "A file of a ticket.", file_fields),
	MODEL("IdentifyIn", "Who an unidentified sender is.", identify_fields),
};

static const struct description descriptions[] = {
	{"GET /desk/v1/objects/{objectType}/{objectId}/links",        "types",             NO_BODY, "LinkedRecords", AS_LIST},
	{"GET /desk/v1/objects/{objectType}/{objectId}/tokens",       "names",             NO_BODY, "FilledToken", AS_LIST},
	{"GET /desk/v1/objects/{objectType}/{objectId}/timeline",     "types query limit after", NO_BODY, "TimelineEntry", AS_LIST},
	{"GET /desk/v1/objects/{objectType}/{objectId}/link-history", "limit before",      NO_BODY, "LinkChange", AS_LIST},
	{"POST /desk/v1/objects/{objectType}/{objectId}/emails",      NULL, "RecordEmailIn", AS_IT_IS, "RecordEmail", AS_IT_IS},
	{"GET /desk/v1/tickets/{ticketId}/attachments",               NULL,                NO_BODY, "TicketFile", AS_LIST},
	{"GET /desk/v1/tickets/{ticketId}/messages/{messageId}/former-tickets", NULL,      NO_BODY, "TicketRow", AS_LIST},
	{"GET /desk/v1/company-association",                          NULL,                NO_BODY, "CompanyAssociation", AS_IT_IS},
	{"PUT /desk/v1/company-association", NULL, "CompanyAssociation", AS_IT_IS, "CompanyAssociation", AS_IT_IS},
	{"POST /desk/v1/tickets/{ticketId}/identify",                 NULL, "IdentifyIn", AS_IT_IS, "LinkedRecord", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_records = CHAPTER(models, descriptions);
