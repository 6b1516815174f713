#pragma once

#include "base/ctx.h"

/* Objects that were merged into another one of their type: where their ids and unique values lead, and the move of what hung on
 * them. An id leads to an object in one step, however often that was merged on. */

/* From id, with its unique key (null: none), to into_id. */
enum err object_merge_put(struct ctx *c, int64_t object_type, int64_t id, struct str unique_key, int64_t into_id);
/* 0: it was not merged. */
enum err object_merge_of_id(struct ctx *c, int64_t object_type, int64_t id, int64_t *into_id_out);
enum err object_merge_of_key(struct ctx *c, int64_t object_type, struct str unique_key, int64_t *into_id_out);

/* Links in both directions; those that both had stay once, the link between the two goes. */
enum err object_merge_links(struct ctx *c, int64_t from_id, int64_t into_id);
/* The messages of a ticket with their attachments and outgoing mails; its threads are the caller's to move. */
enum err object_merge_messages(struct ctx *c, int64_t from_ticket_id, int64_t into_ticket_id);
/* The newest limit tickets that show this contact, archived or not, newest first. */
enum err object_merge_tickets(struct ctx *c, int64_t contact_id, int64_t limit, int64_t **ids_out, size_t *n_out);
/* Threads and messages of a contact; its tickets are the caller's to move. */
enum err object_merge_contact(struct ctx *c, int64_t from_contact_id, int64_t into_contact_id);
