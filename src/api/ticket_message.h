#pragma once

#include "api/call.h"
#include "desk/conversation.h"

/* A message as the desk's own pages get it: with sender, recipients, files and how its mails fare. */

enum err write_ticket_message(struct ctx *c, struct json *j, const struct message_set *set, const struct message *m);
