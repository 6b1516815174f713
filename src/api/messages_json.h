#pragma once

#include "api/call.h"
#include "desk/conversation.h"

/* One message of a set in the form of the wire; between messages.c and custom_channels.c. */
enum err write_message(struct ctx *c, struct json *j, const struct message_set *set, const struct message *m);
