#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Mail at rest: the raw source of everything that came in, and the outbox of what is to go out, one row per recipient. */

struct mail_source {
	int64_t id;
	int64_t received_at;
	struct str channel; /* lmtp, imap */
	int64_t channel_account_id;
	struct str return_path;
	struct str address; /* the envelope recipient */
	int64_t size_bytes;
	struct str blob;
	struct str dedupe_key; /* the same delivery twice is one row */
	struct str state;      /* NEW, DONE, QUARANTINED, IGNORED */
	struct str decision;   /* why it was threaded, set aside or ignored, in one sentence */
	struct str subject;
	struct str sender;
	int64_t message_id; /* what it became */
	bool is_first_sync; /* found when an old mailbox was connected: nothing is sent on its behalf */
};

/* is_new_out is false, and the row that is there is read, when the dedupe key is known. */
enum err mail_source_insert(struct ctx *c, struct mail_source *s, bool *is_new_out);
enum err mail_source_load(struct ctx *c, int64_t id, struct mail_source *out);
enum err mail_source_update(struct ctx *c, struct mail_source *s);
/* Those of a state with id < before, newest first. */
enum err mail_source_list(struct ctx *c, struct str state, int64_t before, int64_t limit, struct mail_source **out,
                          size_t *n_out);
enum err mail_source_count(struct ctx *c, struct str state, int64_t *n_out);

struct outbox {
	int64_t id;
	int64_t message_id;
	int64_t ticket_id;
	struct str address;
	struct str subject;
	struct str state; /* WAITING (no relay), QUEUED, SENDING, SENT, FAILED */
	int64_t tries;
	struct str last_error;
	struct str reply; /* of the mail server that took it */
	int64_t queued_at;
	int64_t next_try_at;
	int64_t sent_at;
};
extern const struct shape outbox_shape;

enum err outbox_insert(struct ctx *c, struct outbox *o);
enum err outbox_load(struct ctx *c, int64_t id, struct outbox *out);
enum err outbox_update(struct ctx *c, struct outbox *o);
/* state null: all. Newest first, id < before. */
enum err outbox_list(struct ctx *c, struct str state, int64_t before, int64_t limit, struct outbox **out, size_t *n_out);
/* Of the messages first_id..last_id, by message and id. */
enum err outbox_list_of_messages(struct ctx *c, int64_t first_id, int64_t last_id, int64_t ticket_id, struct outbox **out,
                                 size_t *n_out);
enum err outbox_count(struct ctx *c, struct str state, int64_t *n_out);
