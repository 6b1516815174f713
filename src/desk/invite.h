#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/mail.h"
#include "store/user.h"

/* Invitations: a link by which a user sets his password, once, within INVITATION_HOURS. A newer one ends the older. Its secret is
 * stored as a hash; while the mail is on its way it is in the job, sealed. Where no mail can be sent, who invites gets the link. */

enum { INVITATION_HOURS = 72 };

extern const struct job_kind job_invite; /* about a user; what it does is in channel/ */

struct invited {
	struct str url; /* null: it goes by mail */
	int64_t expires_at;
};
enum err desk_invite(struct ctx *c, int64_t user_id, struct invited *out);

/* For who opens the link. ERR_NOT_FOUND: there is no such invitation, or none any more. */
enum err desk_invitation_load(struct ctx *c, struct str secret, struct user *out);
/* Sets the password and uses the invitation up; what else was signed in for this user is signed out. Runs transactions of its own
 * (it hashes). ERR_BAD_INPUT: the password is too short. */
enum err desk_invitation_accept(struct ctx *c, struct str secret, struct str password);

/* What the job needs. is_settled: the invitation was used, renewed or has expired, or there is no relay any more. */
struct invite_mail {
	bool is_settled;
	struct user user;
	struct str url;
	struct str language; /* of who is invited; while he has none, of the account */
	int64_t created_at;
	int64_t expires_at;
	struct str from; /* address of ours */
	struct str from_name;
	struct str mail_id;
	struct relay relay;
};
enum err desk_invite_mail(struct ctx *c, const struct job *job, struct invite_mail *out);
