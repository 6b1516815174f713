#pragma once

#include "base/ctx.h"

struct mail_out;
struct relay;

/* Sends a mail of the desk itself to one person, outside of the outbox: an invitation, news of a ticket. Blocks; the job that calls
 * it has to be tried again on its error. mail->to has one address. Errors as smtp_call (net/smtp_call.h) has them. */
enum err mail_send_one(struct ctx *c, const struct relay *relay, const struct mail_out *mail);
