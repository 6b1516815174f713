#pragma once

#include "base/ctx.h"

/* Quiet hours: every day, on his own clock, a user may want to be left alone. What he is told then waits in the bell; mails go when it is
 * over. His preference "quietHours" says {"isOn", "from": "22:00", "to": "07:00", "timeZone"}; what is not well-formed counts as off. */

/* When it is over; 0: it is not quiet now. */
enum err desk_quiet_until(struct ctx *c, int64_t user_id, int64_t *until_out);
