#pragma once

#include "base/ctx.h"

struct object;

/* Sharing one ticket with users and teams (properties hs_shared_user_ids and hs_shared_team_ids, up to MAX_SHARES of each). */

/* The ticket before the change that an event EV_TICKET_ACCESS tells of: what desk_can() looks at, nothing else. */
enum err desk_ticket_as_it_was(struct ctx *c, struct str body, const struct object *now, struct object *out);
