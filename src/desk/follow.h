#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/notification.h"
#include "store/object.h"

/* Who wants to hear of what happens on a ticket. Who owns it does, unless he says no; everybody else who may see it may. */

struct followers {
	bool is_following; /* the asking user, as the next three (desk/remind.h) */
	bool is_muted;
	int64_t remind_at; /* 0: he does not wait for anything */
	struct str note;   /* of that reminder */
	struct concerned *users; /* by id; each once */
	size_t n;
};
enum err desk_followers(struct ctx *c, const struct object *ticket, struct followers *out);
/* Says for the asking user whether he follows. */
enum err desk_follow(struct ctx *c, int64_t ticket_id, bool is_following, struct followers *out);
