#pragma once

#include "base/ctx.h"
#include "store/association.h"

/* Conversations that change their ticket, and the rows of a merge that is taken back: for desk/merge_undo.c and desk/split.c. */

/* All of a thread: messages, their attachments and outgoing mails. The thread's own row is the caller's. */
enum err thread_messages_to_ticket(struct ctx *c, int64_t thread_id, int64_t ticket_id);
/* One message with all that hangs on it, into another thread. */
enum err message_to_thread(struct ctx *c, int64_t message_id, int64_t thread_id, int64_t ticket_id);
/* Everything that a thread has, into another thread of another ticket; what the other knows already stays once. */
enum err thread_into_thread(struct ctx *c, int64_t from_id, int64_t into_id, int64_t ticket_id);
/* Who takes part in one takes part in the other too. */
enum err participants_copy(struct ctx *c, int64_t from_thread_id, int64_t to_thread_id);
/* Works out its times from its messages. */
enum err thread_times_anew(struct ctx *c, int64_t thread_id);
enum err message_count_of_thread(struct ctx *c, int64_t thread_id, int64_t *n_out);

/* All links of an object, one direction, up to limit. */
enum err association_all(struct ctx *c, int64_t from_id, int64_t limit, struct association **out, size_t *n_out);

/* The ids that were merged into an object before and lead on with it. */
enum err object_merge_ids(struct ctx *c, int64_t into_id, int64_t limit, int64_t **ids_out, size_t *n_out);
/* They, or it, lead there from now on. */
enum err object_merge_lead(struct ctx *c, int64_t id, int64_t into_id);
/* It leads nowhere any more: it is itself again. */
enum err object_merge_forget(struct ctx *c, int64_t id);
