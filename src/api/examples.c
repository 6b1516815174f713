/* The commands of the API page. A test runs every one of them. */

#include "api/describe.h"

#define BEARER "-H \"Authorization: Bearer $TOKEN\""
#define JSON   BEARER " -H 'Content-Type: application/json'"

/* clang-format off */
const struct example examples[] = {
	{"Is the desk well?", "curl $DESK/healthz", 200},
	{"Make a contact",
	 "curl $DESK/crm/v3/objects/contacts " JSON " \\\n  -d '{\"properties\": {\"email\": \"ada@customer.example\", \"firstname\": \"Ada\"}}'", 201},
	{"Read it by its address", "curl " BEARER " \\\n  \"$DESK/crm/v3/objects/contacts/ada%40customer.example?idProperty=email&properties=firstname,email\"", 200},
	{"Open a ticket", "curl $DESK/crm/v3/objects/tickets " JSON " \\\n  -d '{\"properties\": {\"subject\": \"The lift is stuck\", \"hs_pipeline_stage\": \"1\"}}'", 201},
	{"Open tickets, the last active first",
	 "curl $DESK/crm/v3/objects/tickets/search " JSON " \\\n  -d '{\"filterGroups\": [{\"filters\": [{\"propertyName\": \"hs_pipeline_stage\", \"operator\": \"NEQ\", \"value\": \"4\"}]}],\n"
	 "       \"sorts\": [\"-hs_lastactivitydate\"], \"properties\": [\"subject\"], \"limit\": 20}'", 200},
	{"Look for words", "curl $DESK/crm/v3/objects/tickets/search " JSON " -d '{\"query\": \"lift stuck\"}'", 200},
	{"Make a property", "curl $DESK/crm/v3/properties/tickets " JSON " \\\n  -d '{\"name\": \"building\", \"label\": \"Building\", \"type\": \"string\", \"fieldType\": \"text\", \"groupName\": \"ticketinformation\"}'", 201},
	{"Change many at once", "curl $DESK/crm/v3/objects/contacts/batch/upsert " JSON " \\\n  -d '{\"inputs\": [{\"id\": \"ada@customer.example\", \"idProperty\": \"email\", \"properties\": {\"lastname\": \"Byron\"}},\n"
	 "                   {\"id\": \"alan@customer.example\", \"idProperty\": \"email\", \"properties\": {\"firstname\": \"Alan\"}}]}'", 200},
	{"The statuses of tickets", "curl " BEARER " $DESK/crm/v3/pipelines/tickets/0/stages", 200},
	{"Conversations, page by page", "curl " BEARER " \"$DESK/conversations/v3/conversations/threads?limit=50\"", 200},
	{"Who owns tickets", "curl " BEARER " \"$DESK/crm/v3/owners?limit=100\"", 200},
	{"What is wrong is said, field by field", "curl $DESK/crm/v3/objects/tickets " JSON " \\\n  -d '{\"properties\": {\"subject\": \"x\", \"hs_pipeline_stage\": \"1\", \"hs_ticket_priority\": \"SOON\"}}'", 400},
};
const size_t example_n = sizeof(examples) / sizeof(examples[0]);
/* clang-format on */
