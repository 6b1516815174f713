#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Inboxes, their channel accounts (one team address each), and the IMAP mailboxes that feed them. */

struct inbox {
	int64_t id;
	struct str name;
	struct str type; /* HELP_DESK or INBOX */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};
extern const struct shape inbox_shape;

/* Whoever changes inboxes and channel accounts waits for the others. */
enum err inbox_lock(struct ctx *c);
enum err inbox_update(struct ctx *c, struct inbox *i);
enum err inbox_insert(struct ctx *c, struct inbox *i);
enum err inbox_load(struct ctx *c, int64_t id, struct inbox *out);
enum err inbox_list(struct ctx *c, struct inbox **out, size_t *n_out);

struct channel_account {
	int64_t id;
	int64_t inbox_id;
	int64_t channel_id; /* 1000 live chat, 1001 messenger, 1002 email */
	struct str name;
	struct str address; /* lower case; of a custom channel an identifier of its own, or empty */
	struct str pipeline_id; /* where its tickets begin */
	struct str stage_id;
	bool is_active;
	int64_t created_at;
	int64_t archived_at;
	struct str identifier_type; /* of what kind the address is: HS_EMAIL_ADDRESS … */
	bool is_authorized;         /* the other side still has it connected */
	struct str signature;       /* HTML below its mails; empty: none */
	struct str signature_of;    /* TEAM: that one; USER: the writer's own; NONE */
};
extern const struct shape channel_account_shape;

/* ERR_CONFLICT when the channel has that address. */
enum err channel_account_insert(struct ctx *c, struct channel_account *a);
enum err channel_account_update(struct ctx *c, struct channel_account *a);
enum err channel_account_load(struct ctx *c, int64_t id, struct channel_account *out);
enum err channel_account_by_address(struct ctx *c, int64_t channel_id, struct str address, struct channel_account *out);
enum err channel_account_list(struct ctx *c, struct channel_account **out, size_t *n_out);

struct mailbox {
	int64_t id;
	int64_t channel_account_id;
	struct str host;
	int64_t port;
	struct str security; /* tls, starttls, none */
	struct str username;
	struct str password_sealed;
	struct str folder;
	struct str ca_file; /* of a private certificate authority; null: the system's */
	bool is_active;
	struct str state; /* new, connecting, watching, failed */
	struct str last_error;
	int64_t uid_validity;
	int64_t last_uid;
	int64_t last_sync_at;
	int64_t lease_until; /* one process watches a mailbox */
	int64_t created_at;
	int64_t updated_at;
};

enum err mailbox_insert(struct ctx *c, struct mailbox *m);
enum err mailbox_load(struct ctx *c, int64_t id, struct mailbox *out);
enum err mailbox_update(struct ctx *c, struct mailbox *m);
enum err mailbox_remove(struct ctx *c, int64_t id);
enum err mailbox_list(struct ctx *c, struct mailbox **out, size_t *n_out);
/* What the watcher saw; leaves the settings alone. */
enum err mailbox_note_state(struct ctx *c, int64_t id, struct str state, struct str last_error);
enum err mailbox_note_uid(struct ctx *c, int64_t id, int64_t uid_validity, int64_t last_uid);
/* Takes or prolongs the lease; false when another process holds it. */
enum err mailbox_lease(struct ctx *c, int64_t id, int64_t held_until, int64_t until, bool *is_mine_out);
