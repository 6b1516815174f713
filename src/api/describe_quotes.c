/* Quotes. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field quote_in_fields[] = {
	MAY("title", "string", "of a new one it is needed"),
	MAY("currency", "string", "ISO 4217; of a new one that of the account"),
	MAY("language", "string", "of the PDF and of mails"),
	MAY("expiresAt", "string", "a time, or a day, to its end on the desk's clocks; empty: never"),
	MAY("terms", "string", ""),
	MAY("comments", "string", "to the customer"),
	MAY("contactId", "id", "empty or null: nobody; so the next three"),
	MAY("companyId", "id", ""),
	MAY("dealId", "id", ""),
	MAY("ticketId", "id", ""),
	MAY("lines", "[QuoteLineIn]", "all of them, in their order; at most 200"),
	MAY("objectVersion", "integer", "what the caller has seen; 412 where it is another by now"),
};
static const struct model_field line_in_fields[] = {
	MAY("id", "id", "of a line that is there"),
	MAY("productId", "id", ""),
	MAY("name", "string", ""),
	MAY("description", "string", ""),
	MAY("sku", "string", ""),
	MAY("quantity", "string", "a decimal number, as all that follow; left out: 1"),
	MAY("price", "string", "of each"),
	MAY("discount", "string", "of each, as an amount"),
	MAY("discountPercentage", "string", ""),
	MAY("taxRate", "string", "percent"),
};
static const struct model_field quote_fields[] = {
	NEED("id", "id", "of the object of type quotes"),
	NEED("objectVersion", "integer", ""),
	NEED("state", "string", "DRAFT, PUBLISHED, ACCEPTED, DECLINED, EXPIRED"),
	MAY("ownerId", "id", ""),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	MAY("url", "string", "for the customer; drafts have none"),
	MAY("fault", "string", "why a draft cannot be published"),
	NEED("links", "QuoteLinks", ""),
	NEED("paper", "QuotePaperOut", "what the customer sees: of a draft as it is now"),
	NEED("versions", "[QuoteVersion]", "the newest first"),
};
static const struct model_field links_fields[] = {
	MAY("contactId", "QuoteLinked", ""),
	MAY("companyId", "QuoteLinked", ""),
	MAY("dealId", "QuoteLinked", ""),
	MAY("ticketId", "QuoteLinked", ""),
};
static const struct model_field linked_fields[] = {
	NEED("id", "id", ""),
	NEED("label", "string", ""),
};
static const struct model_field paper_fields[] = {
	NEED("number", "string", "empty: it has none yet"),
	NEED("version", "integer", ""),
	NEED("title", "string", ""),
	NEED("lang", "string", ""),
	NEED("currency", "string", ""),
	NEED("places", "integer", "of the currency, behind the point"),
	MAY("publishedAt", "time", ""),
	MAY("expiresAt", "time", ""),
	NEED("zoneMs", "integer", "what the clocks of the desk are ahead of UTC"),
	NEED("terms", "string", ""),
	NEED("comments", "string", ""),
	NEED("net", "string", ""),
	NEED("discount", "string", "what it would cost more without"),
	NEED("tax", "string", ""),
	NEED("total", "string", ""),
	NEED("sender", "any", ""),
	NEED("buyer", "any", ""),
	NEED("lines", "[QuoteLineOut]", ""),
	NEED("taxes", "[QuoteTaxOut]", "by rate"),
};
static const struct model_field line_fields[] = {
	NEED("id", "id", "of the line item"),
	MAY("productId", "id", ""),
	NEED("name", "string", ""),
	NEED("description", "string", ""),
	NEED("sku", "string", ""),
	NEED("quantity", "string", ""),
	NEED("price", "string", ""),
	NEED("discount", "string", ""),
	NEED("discountPercentage", "string", ""),
	NEED("taxRate", "string", ""),
	NEED("net", "string", "empty: it cannot be worked out"),
};
static const struct model_field tax_fields[] = {
	NEED("rate", "string", ""),
	NEED("base", "string", ""),
	NEED("amount", "string", ""),
};
static const struct model_field version_fields[] = {
	NEED("version", "integer", ""),
	NEED("number", "string", ""),
	NEED("state", "string", "PUBLISHED, ACCEPTED, DECLINED, EXPIRED, RECALLED"),
	NEED("publishedAt", "time", ""),
	MAY("publishedBy", "id", "user"),
	MAY("expiresAt", "time", ""),
	MAY("viewedAt", "time", "by the customer, first"),
	MAY("answeredAt", "time", ""),
	NEED("answerName", "string", ""),
	NEED("answerReason", "string", ""),
	MAY("recalledAt", "time", ""),
	MAY("recalledBy", "id", "user"),
};

static const struct model models[] = {
	MODEL("QuoteIn", "What is said of a draft; what is left out stays.", quote_in_fields),
	MODEL("QuoteLineIn", "A line of a draft.", line_in_fields),
	MODEL("Quote", "A quote with its lines and versions.", quote_fields),
	MODEL("QuoteLinks", "With whom it is linked.", links_fields),
	MODEL("QuoteLinked", "One of them.", linked_fields),
	MODEL("QuotePaperOut", "What stands on a quote.", paper_fields),
	MODEL("QuoteLineOut", "A line, with what it costs.", line_fields),
	MODEL("QuoteTaxOut", "The tax of a rate.", tax_fields),
	MODEL("QuoteVersion", "A publishing, and what became of it.", version_fields),
};

static const struct description descriptions[] = {
	{"POST /desk/v1/quotes",                   NULL, "QuoteIn", AS_IT_IS, "Quote", AS_IT_IS},
	{"GET /desk/v1/quotes/{quoteId}",          NULL, NO_BODY,              "Quote", AS_IT_IS},
	{"PATCH /desk/v1/quotes/{quoteId}",        NULL, "QuoteIn", AS_IT_IS, "Quote", AS_IT_IS},
	{"POST /desk/v1/quotes/{quoteId}/publish", NULL, NO_BODY,              "Quote", AS_IT_IS},
	{"POST /desk/v1/quotes/{quoteId}/recall",  NULL, NO_BODY,              "Quote", AS_IT_IS},
	{"GET /desk/v1/quotes/{quoteId}/pdf",      NULL, NO_BODY,              "bytes", AS_BYTES},
};
/* clang-format on */

const struct chapter describe_quotes = CHAPTER(models, descriptions);
