#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* The signed token in the Reply-To of what we send: support+t<base32(ticket id, MAC)>@example.org. Whoever has it has seen a
 * mail of that ticket, so what he writes joins it; it proves nothing else about him. */

/* address with the token of the ticket in its local part; address itself where that would be too long. */
struct str reply_token_add(struct ctx *c, struct str address, int64_t ticket_id);
/* address without the last plus sign of its local part and what is behind it; address itself where there is none. */
struct str reply_token_strip(struct ctx *c, struct str address);
/* The ticket whose token the address carries; false when there is none or it was not signed by us. */
bool reply_token_read(struct ctx *c, struct str address, int64_t *ticket_id_out);
