#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/access.h"

/* What a user's seat and rights come to: they are read with his session or token, so a change of them counts from the next request on.
 * Whoever sees and does everything carries nothing, and pays nothing. The rules themselves are in desk/can.c. */

struct object;
enum action;

/* Fills role, seat and tickets of an actor whose user_id and owner_id are there. */
enum err access_take(struct ctx *c, const struct rights *rights, struct actor *who);

/* An actor of the user as he would be if he signed in now. ERR_NOT_FOUND: he is not active. */
enum err desk_actor_of_user(struct ctx *c, int64_t user_id, struct actor *out);
/* May this user see the ticket, …, whoever asks? For notifications and mentions. false also for users and tickets that are not there. */
enum err desk_user_may(struct ctx *c, int64_t user_id, enum action action, int64_t ticket_id, bool *out);

/* What lists of tickets leave out for the actor of the context: store/access.h. NULL: nothing. */
const struct ticket_access *desk_sight(const struct ctx *c);
/* The same for lists of objects of one type. */
const struct ticket_access *desk_sight_of(const struct ctx *c, int64_t object_type);
/* The ticket that something hangs on may be seen; ERR_NOT_FOUND. Costs nothing for those who see all. */
enum err desk_see_ticket(struct ctx *c, int64_t ticket_id);
/* The same for another action, which is asked for in any case. */
enum err desk_can_ticket(struct ctx *c, enum action action, int64_t ticket_id);
