#pragma once

#include "desk/ticket_draft.h"
#include "text/json.h"

/* A draft for the one who writes it: TicketDraft. What is not there is left out. */
void json_ticket_draft(struct json *j, const struct draft *d);
