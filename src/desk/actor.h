#pragma once

#include "base/ctx.h"

/* Who takes part in conversations, by the ids of the wire: A-<user id> an agent, V-<contact id> a visitor, E-<address> a bare email
 * address, I-<app id> an integration, S-hubspot the desk itself. */

struct actor_card {
	struct str id;
	struct str type;  /* AGENT, VISITOR, EMAIL, INTEGRATION, SYSTEM */
	struct str name;  /* null: not known */
	struct str email; /* null: none */
};
/* ERR_NOT_FOUND: nobody has this id, or it is of no kind we know. */
enum err desk_actor_card(struct ctx *c, struct str id, struct actor_card *out);
