#pragma once

#include "base/ctx.h"
#include "store/thread.h"

/* What a person wrote, and what leads to him, in rows that stay: they are emptied here. Rows that go are those of store/purge.h.
 * Addresses are in lower case. */

/* Contacts that were merged into this one, with their addresses (which may be null). */
struct erase_alias {
	int64_t id;
	struct str address;
};
enum err erase_aliases(struct ctx *c, int64_t contact_id, int64_t limit, struct erase_alias **out, size_t *n_out);

/* Threads of a contact, and those that an address takes part in, archived or not. */
enum err erase_threads_of_contact(struct ctx *c, int64_t contact_id, int64_t limit, int64_t **ids_out, size_t *n_out);
enum err erase_threads_of_address(struct ctx *c, struct str address, int64_t limit, int64_t **ids_out, size_t *n_out);
/* What an object is linked with, in whatever way. */
enum err erase_linked(struct ctx *c, int64_t object_id, int64_t limit, int64_t **ids_out, size_t *n_out);

/* The blobs of a message's attachments and of its raw mail. */
enum err erase_blobs(struct ctx *c, int64_t message_id, struct str **out, size_t *n_out);
/* Leaves of a message when and in which thread it was; of its outgoing mails how they ended. What waits to go out does not. */
enum err erase_message(struct ctx *c, int64_t message_id);
/* Writes the texts of a message of somebody else anew, and drops its raw mail. */
enum err erase_from_message(struct ctx *c, const struct message *m);
/* The thread is nobody's, and no mail joins it. */
enum err erase_thread(struct ctx *c, int64_t thread_id);
/* Message-IDs that the thread has met and that have the address in them. */
enum err erase_refs(struct ctx *c, int64_t thread_id, struct str address);
enum err erase_participant(struct ctx *c, int64_t thread_id, struct str address);

/* Raw mails from or about an address that became no message; with their blobs. */
struct erase_source {
	int64_t id;
	struct str blob;
};
enum err erase_sources(struct ctx *c, struct str address, int64_t limit, struct erase_source **out, size_t *n_out);
enum err erase_source(struct ctx *c, int64_t id);

/* What is kept of an object's past: its history; what others were told of it by webhooks. */
enum err erase_history(struct ctx *c, int64_t object_id);
enum err erase_change(struct ctx *c, int64_t change_id, struct str changes);
enum err erase_deliveries(struct ctx *c, int64_t object_id);
/* What this transaction and those before it removed is not to be found on disk any more. */
enum err erase_for_good(struct ctx *c);
/* Links between two objects, both directions. */
enum err erase_links(struct ctx *c, int64_t object_id, int64_t other_id);
/* Answers that are kept for callers who repeat a request, as far as this text is in them. */
enum err erase_kept_answers(struct ctx *c, struct str text);
