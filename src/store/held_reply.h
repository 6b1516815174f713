#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Replies that wait for their time to be sent. A row is a reply that nobody has got yet; when it is sent, or taken back, it goes. */

struct held_reply {
	int64_t id;
	int64_t ticket_id;
	int64_t user_id;
	struct str state; /* HELD (for seconds, to be undone), SCHEDULED, PAUSED (the customer wrote meanwhile), FAILED */
	int64_t send_at;
	struct str text;
	struct str html;
	struct str subject;
	struct str recipients; /* JSON as of a message; null: those of an answer */
	int64_t channel_account_id;
	int64_t thread_id;
	int64_t in_reply_to_id;
	bool is_forward;
	struct str stage_id;    /* null: none was chosen */
	struct str properties;  /* JSON: {"name": "value"}; null: none */
	struct str attachments; /* JSON: as in the request; null: none */
	struct str draft;       /* JSON: what its writer had before him, for taking it back; null: it is made of the reply */
	struct str problem;     /* why it FAILED */
	int64_t created_at;
	int64_t updated_at;
};

enum err held_reply_save(struct ctx *c, struct held_reply *h);
/* ERR_NOT_FOUND. */
enum err held_reply_load(struct ctx *c, int64_t id, struct held_reply *out);
enum err held_reply_list(struct ctx *c, int64_t ticket_id, struct held_reply **out, size_t *n_out);
enum err held_reply_remove(struct ctx *c, int64_t id);
/* The SCHEDULED ones of a ticket are PAUSED; how many there were. */
enum err held_reply_pause(struct ctx *c, int64_t ticket_id, int64_t *n_out);
