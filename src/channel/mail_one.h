#pragma once

#include "base/ctx.h"

struct mail_out;
struct relay;
struct job;

/* Sends a mail of the desk itself to one person, outside of the outbox: an invitation, news of a ticket. Blocks; the job that calls
 * it has to be tried again on its error. mail->to has one address. Errors as smtp_call (net/smtp_call.h) has them. */
enum err mail_send_one(struct ctx *c, const struct relay *relay, const struct mail_out *mail);
/* Inside of a transaction: nobody has set a relay yet. The job runs again after RELAY_WAIT_MS, however often. */
enum { RELAY_WAIT_MS = 5 * 60 * 1000 };
enum err mail_wait_for_relay(struct ctx *c, struct job *job);
