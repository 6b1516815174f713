#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/inbox.h"

/* Inboxes and the team addresses (channel accounts) that bring mail into them. An administrator's business. */

enum { MAX_INBOXES = 100, MAX_CHANNEL_ACCOUNTS = 500, MAX_INBOX_NAME_BYTES = 200, MAX_SIGNATURE_BYTES = 20000 };

/* type null: HELP_DESK. ERR_CONFLICT: one has this name. */
enum err desk_inbox_add(struct ctx *c, struct str name, struct str type, struct inbox *out);
enum err desk_inbox_rename(struct ctx *c, int64_t id, struct str name, struct inbox *out);
/* ERR_CONFLICT while it has channel accounts, or is the last one. Its threads stay. */
enum err desk_inbox_archive(struct ctx *c, int64_t id);

struct account_in {
	int64_t inbox_id;       /* 0: stays */
	struct str name;        /* null: stays */
	struct str address;     /* null: stays */
	struct str pipeline_id; /* null: stays; of a new one the default, and its first stage */
	struct str stage_id;
	int is_active; /* -1: stays */
	struct str signature;    /* HTML; null: stays */
	struct str signature_of; /* TEAM, USER or NONE; null: stays */
};
/* Email only. ERR_CONFLICT: another account has the address. */
enum err desk_account_create(struct ctx *c, const struct account_in *in, struct channel_account *out);
/* A signature as it is kept; ERR_BAD_INPUT names field. */
enum err desk_signature_clean(struct ctx *c, struct str field, struct str html, struct str *out);
enum err desk_account_update(struct ctx *c, int64_t id, const struct account_in *in, struct channel_account *out);
/* ERR_CONFLICT while a mailbox feeds it. Replies on its threads leave from another address then. */
enum err desk_account_archive(struct ctx *c, int64_t id);
