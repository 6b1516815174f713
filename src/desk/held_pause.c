/* A customer wrote: what was to be sent to him later waits for somebody to look. (A file of its own, so that whoever receives messages
 * needs not all that sends them.) */

#include "desk/held_reply.h"

#include "bus/event.h"

enum err held_pause(struct ctx *c, int64_t ticket_id)
{
	int64_t n = 0;
	TRY(held_reply_pause(c, ticket_id, &n));
	return n > 0 ? bus_emit(c, EV_HELD_CHANGED, &(struct event_about){.ticket_id = ticket_id}) : OK;
}
