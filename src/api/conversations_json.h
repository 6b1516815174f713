#pragma once

#include "api/call.h"
#include "desk/conversation.h"

/* Inboxes and channel accounts in the forms of the wire; between conversations.c, inboxes.c and custom_channels.c. */

void write_inbox(struct json *j, const struct inbox *i);
void write_channel_account(struct json *j, const struct channel_account *a);
