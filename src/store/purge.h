#pragma once

#include "base/ctx.h"

/* Rows that go for good: what is in the recycle bin longer than it may be, and what a person wrote. Callers have locked the objects,
 * and remove the blobs that they are told of afterwards, unless others have the same bytes. */

/* Ids of objects that were archived before that time, longest first. */
enum err purge_list(struct ctx *c, int64_t before, int64_t limit, int64_t **ids_out, size_t *n_out);
/* Of one type that are archived, whenever that was. */
enum err purge_list_of_type(struct ctx *c, int64_t object_type, int64_t limit, int64_t **ids_out, size_t *n_out);

/* The blobs of a ticket's attachments and raw mails, or of a quote's versions, each once. */
enum err purge_blobs(struct ctx *c, int64_t object_id, struct str **out, size_t *n_out);
/* The threads of a ticket with all that hangs on them: messages, attachments, raw mails, outgoing mails, participants. */
enum err purge_threads(struct ctx *c, int64_t ticket_id);
/* An object without threads: its history, links, unique values and the ids that were merged into it. */
enum err purge_object(struct ctx *c, int64_t id);
