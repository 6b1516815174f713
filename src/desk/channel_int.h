#pragma once

#include "desk/channel.h"

/* Between channel.c, channel_publish.c, channel_send.c, receive.c and reply.c. */

/* In front of what the other side calls a thread, so that it is never taken for a visitor. */
#define THREAD_PREFIX "thread "

enum err channel_check_identifier(struct ctx *c, struct str field, const struct identifier *id);
/* Connected, on this channel, and not archived. */
enum err channel_account_ready(struct ctx *c, int64_t channel_id, int64_t id, struct channel_account *out);
/* Who gets an answer, as recipients of a message; those of in, else whoever wrote what is answered. */
enum err channel_recipients(struct ctx *c, const struct reply_in *in, const struct message *answered, struct str *json_out);
/* State of an answer that is sent now; ERR_BAD_INPUT: the channel takes none. */
enum err channel_outgoing_state(struct ctx *c, const struct channel_account *from, struct str *out);
/* Puts it on its way. */
enum err channel_queue(struct ctx *c, const struct message *m, int64_t channel_id);
struct str channel_party_json(struct ctx *c, const struct channel_party *list, size_t n);
