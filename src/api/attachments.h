#pragma once

#include "api/call.h"
#include "desk/conversation.h"

/* Files of messages, on the wire: [{"fileId": "12", "type": "FILE"}] in, with name, address and kind of use out. */

/* ERR_BAD_INPUT names attachments. list may be NULL. */
enum err read_attachments(struct ctx *c, const json_t *list, struct reply_in *in);
/* The member attachments of a message. The addresses are signed links that live for a while. */
enum err write_attachments(struct ctx *c, struct json *j, const struct message_set *set, int64_t message_id);
