#pragma once

#include "api/call.h"
#include "desk/conversation.h"

/* Parts of the workspace's answers about a ticket that more than one handler writes; a message: api/ticket_message.h. */

/* Who follows: isFollowing and followers, as members of an object. */
enum err write_followers(struct ctx *c, struct json *j, const struct object *ticket);
