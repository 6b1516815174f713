#pragma once

#include <stddef.h>

#include "base/ctx.h"

/* The messages of a ticket without what they say, newest first. */
struct message_head {
	int64_t id;
	int64_t created_at;
	int64_t user_id;
	struct str type;
	struct str direction;
	struct str sender_name;
	struct str sender_address;
};
enum err message_head_list(struct ctx *c, int64_t ticket_id, int64_t limit, struct message_head **out, size_t *n_out);
