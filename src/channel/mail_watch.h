#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Watches the connected IMAP mailboxes: a thread for each, which reads what is new since the last UID and then waits in IDLE. The
 * UID is noted per mail, in our database, after the mail is on disk; a crash in between fetches one mail again, which the
 * dedupe key recognises. One process watches a mailbox: it holds a lease on the row. */

struct mail_watch;

struct mail_watch_config {
	const struct runner *run;
	const struct env *env;
	bool is_only_process; /* nobody else can watch these mailboxes: no leases */
};

enum err mail_watch_open(struct ctx *c, const struct mail_watch_config *config, struct mail_watch **out);
/* Something was committed, perhaps a mailbox. Any thread. */
void mail_watch_wake(struct mail_watch *w);
void mail_watch_close(struct mail_watch *w);
