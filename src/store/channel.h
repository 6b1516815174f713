#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Custom channels and what ties their conversations to ours. Ids of the other side are texts that mean nothing to us. */

enum { FIRST_CUSTOM_CHANNEL = 100000 };

struct custom_channel {
	int64_t id;
	struct str name;
	struct str capabilities; /* a JSON object, as it was given */
	struct str webhook_url;  /* where answers go; null: they wait to be fetched */
	struct str redirect_url;
	struct str description;
	struct str logo_url;
	int64_t app_id; /* whose secret signs what we send; 0: nobody's */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};

enum err channel_lock(struct ctx *c);
/* Gives it the next id; under channel_lock. */
enum err custom_channel_insert(struct ctx *c, struct custom_channel *ch);
enum err custom_channel_load(struct ctx *c, int64_t id, struct custom_channel *out);
enum err custom_channel_update(struct ctx *c, const struct custom_channel *ch);
enum err custom_channel_list(struct ctx *c, struct custom_channel **out, size_t *n_out);

struct channel_staging {
	struct str token;
	int64_t channel_id;
	int64_t inbox_id;
	int64_t user_id;
	int64_t created_at;
};
enum err channel_staging_insert(struct ctx *c, const struct channel_staging *s);
enum err channel_staging_load(struct ctx *c, struct str token, struct channel_staging *out);
enum err channel_staging_remove(struct ctx *c, struct str token);
/* Those that were begun before that time. */
enum err channel_staging_sweep(struct ctx *c, int64_t before);

/* 0: none. */
enum err channel_thread_find(struct ctx *c, int64_t account_id, struct str integration_id, int64_t *thread_id_out);
enum err channel_thread_put(struct ctx *c, int64_t account_id, struct str integration_id, int64_t thread_id);
/* Its ticket is gone: the next message begins a new one. */
enum err channel_thread_remove(struct ctx *c, int64_t account_id, struct str integration_id);
/* What the other side calls a thread; null: nothing. */
enum err channel_thread_name(struct ctx *c, int64_t thread_id, struct str *out);
enum err channel_message_find(struct ctx *c, int64_t channel_id, struct str integration_id, int64_t *message_id_out);
enum err channel_message_put(struct ctx *c, int64_t channel_id, struct str integration_id, int64_t message_id);
enum err channel_visitor_find(struct ctx *c, int64_t channel_id, struct str identifier, int64_t *contact_id_out);
enum err channel_visitor_put(struct ctx *c, int64_t channel_id, struct str identifier, int64_t contact_id);

struct channel_outbox {
	int64_t id;
	int64_t channel_id;
	int64_t message_id;
	int64_t ticket_id;
	struct str state; /* WAITING, QUEUED, SENT, FAILED */
	int64_t tries;
	struct str last_error;
	int64_t queued_at;
	int64_t next_try_at;
	int64_t sent_at;
};
extern const struct shape channel_outbox_shape;
enum err channel_outbox_insert(struct ctx *c, struct channel_outbox *row);
enum err channel_outbox_load(struct ctx *c, int64_t id, struct channel_outbox *out);
enum err channel_outbox_of_message(struct ctx *c, int64_t message_id, struct channel_outbox *out);
enum err channel_outbox_update(struct ctx *c, struct channel_outbox *row);
/* With id > after, by id. */
enum err channel_outbox_list(struct ctx *c, int64_t channel_id, struct str state, int64_t after, int64_t limit,
                             struct channel_outbox **out, size_t *n_out);
