#include "desk/invite.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "bus/event.h"
#include "desk/account.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "desk/env.h"
#include "desk/people_int.h"
#include "desk/user.h"
#include "store/invitation.h"

enum { SECRET_BYTES = 32, MAIL_ID_CHARS = 24 };

static struct str link_of(struct ctx *c, struct str secret)
{
	return str_fmt(c->a, STR_FMT "/invitation?token=" STR_FMT, STR_ARG(c->env->public_url), STR_ARG(secret));
}

static enum err can_send(struct ctx *c, struct relay *relay, struct channel_account *from, bool *out)
{
	*out = false;
	TRY(desk_relay(c, relay));
	if (!relay->is_configured)
		return OK;
	enum err e = email_account_in_use(c, from);
	*out = e == OK;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

enum err desk_invite(struct ctx *c, int64_t user_id, struct invited *out)
{
	struct user u;
	struct relay relay;
	struct channel_account from;
	bool is_sent;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(desk_user_load(c, user_id, &u));
	struct str secret = rand_token(c->a, SECRET_BYTES);
	struct invitation i = {user_id, crypt_hash_hex(c->a, secret), c->now, c->now + HOURS(INVITATION_HOURS)};
	TRY(invitation_put(c, &i));
	TRY(can_send(c, &relay, &from, &is_sent));
	*out = (struct invited){.url = is_sent ? STR_NULL : link_of(c, secret), .expires_at = i.expires_at};
	if (is_sent)
		TRY(job_add(c, &job_invite, user_id, crypt_seal(c->a, c->env->seal_key, secret), 0));
	return bus_emit(c, EV_USER_CHANGED, &(struct event_about){.about_id = user_id});
}

static enum err gone(struct ctx *c)
{
	return fail(c, ERR_NOT_FOUND, "This invitation was used, or is too old.");
}

static enum err check_invitation(struct ctx *c, enum err e, const struct invitation *i, struct user *out)
{
	struct user u;
	if (e == ERR_NOT_FOUND || (e == OK && i->expires_at < c->now)) {
		fail_clear(c);
		return gone(c);
	}
	TRY(e);
	TRY(user_load(c, i->user_id, &u));
	if (!u.is_active)
		return gone(c);
	*out = u;
	return OK;
}

enum err desk_invitation_load(struct ctx *c, struct str secret, struct user *out)
{
	struct invitation i;
	return check_invitation(c, invitation_by_token(c, crypt_hash_hex(c->a, secret), &i), &i, out);
}

struct acceptance {
	struct str secret;
	struct str hash;
	struct user user;
};

static enum err look(struct ctx *c, void *arg)
{
	struct acceptance *w = arg;
	return desk_invitation_load(c, w->secret, &w->user);
}

static enum err accept(struct ctx *c, void *arg)
{
	struct acceptance *w = arg;
	struct invitation i;
	TRY(people_lock(c));
	TRY(check_invitation(c, invitation_take(c, crypt_hash_hex(c->a, w->secret), &i), &i, &w->user));
	w->user.password_hash = w->hash;
	TRY(user_update(c, &w->user));
	TRY(people_end_sessions(c, w->user.id));
	return bus_emit(c, EV_USER_CHANGED, &(struct event_about){.about_id = w->user.id});
}

enum err desk_invitation_accept(struct ctx *c, struct str secret, struct str password)
{
	struct acceptance w = {.secret = secret};
	TRY(c->run->read(c->run->self, c, look, &w));
	TRY(people_check_password(c, password));
	TRY(crypt_password_hash(c, password, &w.hash));
	return c->run->write(c->run->self, c, accept, &w);
}

enum err desk_invite_mail(struct ctx *c, const struct job *job, struct invite_mail *out)
{
	struct invite_mail m = {.is_settled = true};
	struct channel_account from;
	struct str secret;
	bool is_sent;
	TRY(can_send(c, &m.relay, &from, &is_sent));
	bool is_ours = is_sent && crypt_unseal(c->a, c->env->seal_key, job->body, &secret);
	enum err e = is_ours ? desk_invitation_load(c, secret, &m.user) : OK;
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else
		TRY(e);
	m.is_settled = !is_ours || e != OK;
	if (!m.is_settled) {
		TRY(desk_language_of(c, m.user.id, &m.language));
		m.url = link_of(c, secret);
		m.created_at = job->created_at;
		m.expires_at = job->created_at + HOURS(INVITATION_HOURS);
		m.from = from.address;
		m.from_name = from.name;
		/* every try of this mail is the same mail */
		struct str name = str_head(crypt_hash_hex(c->a, crypt_hash_hex(c->a, secret)), MAIL_ID_CHARS);
		m.mail_id = str_fmt(c->a, "invitation." STR_FMT STR_FMT, STR_ARG(name),
		                    STR_ARG(str_skip(from.address, (size_t)str_find_byte(from.address, '@'))));
	}
	*out = m;
	return OK;
}
