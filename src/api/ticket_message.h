#pragma once

#include "api/call.h"
#include "desk/conversation.h"

/* A message as the desk's own pages get it: with sender, recipients, files and how its mails fare. */

enum err write_ticket_message(struct ctx *c, struct json *j, const struct message_set *set, const struct message *m);
/* Those of a message's recipients in a field (TO, CC, BCC), as a member of that name. */
void write_message_recipients(struct json *j, const char *name, const json_t *list, struct str field);
