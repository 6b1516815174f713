#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "job/job.h"
#include "store/inbox.h"
#include "store/mail.h"
#include "store/thread.h"

/* The administrator's side of mail: where it comes from (mailboxes), where it goes (relay, outbox), what could not be read
 * (quarantine). And the ends that channel/ works with: the stored source of what came in, the outbox row that is sent. */

/* Kinds of jobs; what they do is in channel/. Their run is filled in by cmd/, which may see both. */
extern const struct job_kind job_mail_parse; /* about a mail_source */
extern const struct job_kind job_mail_send;  /* about an outbox row */

/* Relay ------------------------------------------------------------------------------------------------------------ */

struct relay {
	struct str url; /* null: not configured */
	struct str username;
	struct str password; /* never shown */
	bool is_configured;
	bool from_command_line;
};
enum err desk_relay(struct ctx *c, struct relay *out);
/* The same, and nobody changes it until the transaction ends: a mail that is put to wait is not missed by who sets the relay. */
enum err desk_relay_hold(struct ctx *c, struct relay *out);
struct relay_in {
	struct str url; /* empty: none any more */
	struct str username;
	struct str password; /* null: stays */
};
/* Waiting mails are queued at once. ERR_BAD_INPUT for a URL that is not smtp:// or smtps://. */
enum err desk_relay_set(struct ctx *c, const struct relay_in *in);
/* QUEUED, or WAITING while there is no relay: the state of a mail that is sent now. */
enum err desk_outgoing_state(struct ctx *c, struct str *out);
/* Queues what waits, if there is a relay; at the start of the program. */
enum err desk_outbox_release(struct ctx *c);

/* Outbox ------------------------------------------------------------------------------------------------------------ */

enum err desk_outbox_list(struct ctx *c, struct str state, int64_t before, int64_t limit, struct outbox **out,
                          size_t *n_out);
/* Tries a mail again now, also one that was given up. ERR_CONFLICT when it was sent. */
enum err desk_outbox_retry(struct ctx *c, int64_t id, struct outbox *out);

/* What is needed to build and send one mail. */
struct outgoing {
	struct outbox row;
	struct message message;
	struct channel_account from;
	struct attachment *attachments;
	size_t attachment_n;
};
enum err desk_outgoing_load(struct ctx *c, int64_t outbox_id, struct outgoing *out);
/* The bytes of one of its attachments. */
enum err desk_outgoing_bytes(struct ctx *c, const struct attachment *a, struct str *out);
/* The outcome of a try, on the outbox row and the message. result OK: sent, reply is the server's line. ERR_REFUSED: for good.
 * Else it is tried again until MAX_SEND_TRIES, at next_try_out (0: it is not). */
enum { MAX_SEND_TRIES = 20 };
enum err desk_outgoing_note(struct ctx *c, int64_t outbox_id, enum err result, struct str reply, int64_t *next_try_out);
enum err desk_outgoing_wait(struct ctx *c, int64_t outbox_id);

/* Incoming sources -------------------------------------------------------------------------------------------------- */

struct source_in {
	struct str channel; /* lmtp, imap */
	int64_t channel_account_id;
	struct str return_path;
	struct str address;
	struct str raw;
	bool is_first_sync;
	struct str blob; /* filled by desk_source_store */
	struct str dedupe_key;
};
/* Outside of a transaction: puts the bytes on disk. */
enum err desk_source_store(struct ctx *c, struct source_in *in);
/* Inside of one: notes the source and the job that reads it. A delivery that is known already is no error and no second row. */
enum err desk_source_note(struct ctx *c, const struct source_in *in, int64_t *id_out);
enum err desk_source_load(struct ctx *c, int64_t id, struct mail_source *out);
/* The raw bytes. For administrators and the mail channel. */
enum err desk_source_bytes(struct ctx *c, const struct mail_source *s, struct str *out);
/* What became of it. */
enum err desk_source_done(struct ctx *c, struct mail_source *s, struct str state, struct str decision);

/* Sources that are in quarantine (could not be read) or set aside (need nobody, but are kept). */
enum err desk_quarantine_list(struct ctx *c, int64_t before, int64_t limit, struct mail_source **out, size_t *n_out);
/* Reads it again, as if it had just come. */
enum err desk_quarantine_retry(struct ctx *c, int64_t id, struct mail_source *out);

/* The account that an envelope address belongs to; ERR_NOT_FOUND: nobody here has it. */
enum err desk_account_of_address(struct ctx *c, struct str address, struct channel_account *out);

/* Mailboxes --------------------------------------------------------------------------------------------------------- */

struct mailbox_in {
	int64_t inbox_id;
	struct str host;
	int64_t port;
	struct str security;
	struct str username;
	struct str password; /* null on update: stays */
	struct str folder;
	struct str ca_file;
	bool is_active;
};
enum err desk_mailbox_create(struct ctx *c, const struct mailbox_in *in, struct mailbox *out);
/* Writes the members of in; the mailbox has to be the one that was loaded. */
enum err desk_mailbox_update(struct ctx *c, int64_t id, const struct mailbox_in *in, struct mailbox *out);
enum err desk_mailbox_load(struct ctx *c, int64_t id, struct mailbox *out);
enum err desk_mailbox_remove(struct ctx *c, int64_t id);
enum err desk_mailbox_list(struct ctx *c, struct mailbox **out, size_t *n_out);
/* The password in clear; for the watcher. */
enum err desk_mailbox_password(struct ctx *c, const struct mailbox *m, struct str *out);
/* What the watcher sees: its state with the reason, and how far it has read. */
enum err desk_mailbox_note(struct ctx *c, int64_t id, struct str state, struct str why);
enum err desk_mailbox_note_uid(struct ctx *c, int64_t id, int64_t uid_validity, int64_t last_uid);
/* One process watches a mailbox: takes it for lease_ms, or prolongs what it holds until held_until. */
enum err desk_mailbox_lease(struct ctx *c, int64_t id, int64_t held_until, int64_t until, bool *is_mine_out);

/* Health ------------------------------------------------------------------------------------------------------------ */

struct mail_health {
	int64_t jobs_waiting, jobs_put_aside;
	int64_t quarantined;
	int64_t outbox_waiting, outbox_queued, outbox_failed;
	struct mailbox *mailboxes;
	struct channel_account *accounts; /* of the mailboxes, in the same order */
	size_t mailbox_n;
};
/* For anybody: it names no customer. */
enum err desk_mail_health(struct ctx *c, struct mail_health *out);
