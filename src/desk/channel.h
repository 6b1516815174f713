#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/conversation.h"
#include "job/job.h"
#include "store/channel.h"

/* Custom channels (behaviour C-53): the program of a message service registers a channel, publishes what comes in, and is given
 * what agents answer. Making channels and accounts is an administrator's business, publishing that of whoever may reply. */

enum {
	MAX_CUSTOM_CHANNELS = 100,
	MAX_CAPABILITIES_BYTES = 16 << 10,
	MAX_CHANNEL_URL_BYTES = 2000,
	MAX_INTEGRATION_ID_BYTES = 500,
	MAX_IDENTIFIER_BYTES = 500,
	MAX_CHANNEL_TRIES = 12, /* over about a day */
	STAGING_DAYS = 1,
};

/* null: stays; of a new channel: none. */
struct channel_in {
	struct str name;
	struct str capabilities; /* JSON */
	struct str webhook_url;
	struct str redirect_url;
	struct str description;
	struct str logo_url;
	int64_t app_id; /* of a new channel: whose secret signs; 0: nobody's */
};
enum err desk_channel_create(struct ctx *c, const struct channel_in *in, struct custom_channel *out);
enum err desk_channel_update(struct ctx *c, int64_t id, const struct channel_in *in, struct custom_channel *out);
enum err desk_channel_load(struct ctx *c, int64_t id, struct custom_channel *out);
enum err desk_channel_list(struct ctx *c, struct custom_channel **out, size_t *n_out);
/* Its accounts end; its threads stay. */
enum err desk_channel_archive(struct ctx *c, int64_t id);

struct identifier {
	struct str type; /* HS_EMAIL_ADDRESS, HS_PHONE_NUMBER, HS_SHORT_CODE, CHANNEL_SPECIFIC_OPAQUE_ID */
	struct str value;
};
struct channel_account_in {
	int64_t inbox_id;
	struct str name;              /* null: stays */
	struct identifier identifier; /* type null: none, or stays */
	int is_authorized;            /* -1: stays; a new one is */
};
enum err desk_channel_account_add(struct ctx *c, int64_t channel_id, const struct channel_account_in *in, struct channel_account *out);
enum err desk_channel_account_change(struct ctx *c, int64_t channel_id, int64_t id, const struct channel_account_in *in,
                                     struct channel_account *out);
enum err desk_channel_account_of(struct ctx *c, int64_t channel_id, int64_t id, struct channel_account *out);
/* Begins a connection; the other program completes it by the token within STAGING_DAYS, and the account is there. */
enum err desk_channel_stage(struct ctx *c, int64_t channel_id, int64_t inbox_id, struct channel_staging *out);
enum err desk_channel_connect(struct ctx *c, int64_t channel_id, struct str token, const struct channel_account_in *in,
                              struct channel_staging *out);

/* Messages ---------------------------------------------------------------------------------------------------------- */

struct channel_party {
	struct str name; /* null: not known */
	struct identifier identifier;
};
struct publish_in {
	int64_t account_id;
	bool is_outgoing; /* said by the team, on the other side */
	int64_t user_id;  /* of an outgoing one: the agent; 0: not known */
	struct channel_party sender;
	const struct channel_party *recipients;
	size_t recipient_n;
	struct str text, html;
	struct str integration_thread_id;      /* null: the visitor's identifier tells the conversation */
	struct str integration_idempotency_id; /* null: none */
	int64_t contact_id;     /* 0: found or made by the identifier */
	int64_t in_reply_to_id; /* 0: none */
	int64_t at;             /* when it was said; 0: now */
	const int64_t *file_ids;
	size_t file_n;
};
/* Joins the conversation or opens one. One that was published before is not published again: out is that one. */
enum err desk_channel_publish(struct ctx *c, int64_t channel_id, const struct publish_in *in, struct message *out);
/* ERR_NOT_FOUND: this channel has no such message. */
enum err desk_channel_message(struct ctx *c, int64_t channel_id, int64_t id, struct message *out);
/* What became of an answer: SENT, READ or FAILED (why). */
enum err desk_channel_message_status(struct ctx *c, int64_t channel_id, int64_t id, struct str status, struct str why);
/* Answers in a state (WAITING: there is no webhook to send them to), oldest first. */
enum err desk_channel_outbox(struct ctx *c, int64_t channel_id, struct str state, int64_t after, int64_t limit,
                             struct channel_outbox **out, size_t *n_out);

bool is_custom_channel(int64_t channel_id);

/* Delivery; for channel/channel_out.c ----------------------------------------------------------------------------------- */

extern const struct job_kind job_channel_send; /* about a channel_outbox row */

struct channel_delivery {
	struct channel_outbox row;
	struct custom_channel channel;
	struct channel_account account;
	struct message message;
	struct attachment *attachments;
	struct str *attachment_urls;
	size_t attachment_n;
	struct str integration_thread_id; /* null: none */
	struct str secret;                /* null: nothing is signed */
};
enum err desk_channel_delivery(struct ctx *c, int64_t outbox_id, struct channel_delivery *out);
/* Its recipients as [{name?, deliveryIdentifier: {type, value}}]. */
struct str desk_channel_recipients(struct ctx *c, const struct message *m);
/* The outcome of a try. next_try_out 0: it is over. */
enum err desk_channel_note(struct ctx *c, int64_t outbox_id, enum err result, struct str why, int64_t *next_try_out);
/* base64 HMAC-SHA256, as X-HubSpot-Signature-v3. */
struct str desk_channel_sign(struct ctx *c, struct str secret, struct str text);
