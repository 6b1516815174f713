#pragma once

#include "base/ctx.h"

/* Mail comes in: whatever brings it (LMTP, IMAP) hands raw bytes to mail_in_take, which returns when they are on disk and known
 * to the database; what they mean is a job afterwards (job_mail_parse in desk/mail.h). */

enum { MAX_INCOMING_BYTES = 50 << 20 };

struct mail_in {
	struct str channel;        /* lmtp, imap */
	struct str return_path;    /* empty: <>; null: not known */
	struct str address;        /* that it was delivered to */
	int64_t channel_account_id;
	struct str raw;
	bool is_first_sync;        /* found in an old mailbox when it was connected */
};

/* Outside of a transaction. OK: it may be acknowledged. Called twice for the same delivery it changes nothing. */
enum err mail_in_take(struct ctx *c, const struct mail_in *mail);
/* Whose address is it? ERR_NOT_FOUND: nobody's here. Outside of a transaction. */
enum err mail_in_account(struct ctx *c, struct str address, int64_t *channel_account_id_out);
