#include "desk/people.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/people_int.h"
#include "desk/user.h"
#include "text/mail_addr.h"

struct str role_name(int64_t role)
{
	static const struct str names[] = {
		[ROLE_NONE] = STR("none"),
		[ROLE_AGENT] = STR("agent"),
		[ROLE_SUPER_ADMIN] = STR("super_admin"),
		[ROLE_VIEWER] = STR("viewer"),
		[ROLE_ADMIN] = STR("admin"),
	};
	return role < 0 || role >= (int64_t)(sizeof(names) / sizeof(names[0])) ? names[ROLE_NONE] : names[role];
}

enum err people_check_name(struct ctx *c, const char *field, struct str name)
{
	if (name.n > MAX_PERSON_NAME_BYTES || !utf8_is_valid(name) || str_find_byte(name, '\0') >= 0)
		return fail_field(c, str_c(field), STR("INVALID_LENGTH"), "A name is text of at most %d bytes.",
		                  MAX_PERSON_NAME_BYTES);
	return OK;
}

enum err people_check_email(struct ctx *c, struct str email)
{
	if (mail_addr_is_sendable(str_trim(email)))
		return OK;
	return fail_field(c, STR("email"), STR("INVALID_EMAIL"), "Email address " STR_FMT " is invalid",
	                  STR_ARG(str_head(email, 254)));
}

enum err people_check_password(struct ctx *c, struct str password)
{
	if (password.n < MIN_PASSWORD_BYTES)
		return fail_field(c, STR("password"), STR("INVALID_LENGTH"),
		                  "The password needs at least %d characters.", MIN_PASSWORD_BYTES);
	return OK;
}

enum err desk_user_check(struct ctx *c, const struct user_in *in, struct str *hash_out)
{
	TRY(people_check_email(c, in->email));
	TRY(people_check_password(c, in->password));
	TRY(people_check_name(c, "firstName", in->first_name));
	TRY(people_check_name(c, "lastName", in->last_name));
	return crypt_password_hash(c, in->password, hash_out);
}

enum err desk_user_create(struct ctx *c, const struct user_in *in, struct str hash, struct user *out)
{
	struct user u = {
		.email = str_lower(c->a, str_trim(in->email)),
		.first_name = in->first_name.n ? in->first_name : STR(""),
		.last_name = in->last_name.n ? in->last_name : STR(""),
		.password_hash = hash,
		.role = in->role,
		.seat = desk_seat_of_role(in->role),
		.is_active = true,
	};
	struct user other;
	int64_t owner_id;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	enum err e = user_by_email(c, u.email, &other);
	if (e == OK)
		return fail(c, ERR_CONFLICT, "A user with the email address " STR_FMT " exists already.",
		            STR_ARG(u.email));
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(user_insert(c, &u));
	TRY(owner_insert(c, u.id, &owner_id));
	*out = u;
	return OK;
}

struct sign_in_work {
	const struct sign_in *in;
	struct signed_in *out;
	struct str email_subject, peer_subject;
	struct user user;
	bool is_blocked;
	bool is_known;
	bool fits;
};

static enum err look_up(struct ctx *c, void *arg)
{
	struct sign_in_work *w = arg;
	struct throttle by_email, by_peer;
	TRY(throttle_load(c, w->email_subject, &by_email));
	TRY(throttle_load(c, w->peer_subject, &by_peer));
	w->is_blocked = (by_email.failure_n >= MAX_FAILURES && by_email.window_ends_at > c->now) ||
	                (by_peer.failure_n >= MAX_FAILURES * 10 && by_peer.window_ends_at > c->now);
	enum err e = user_by_email(c, str_lower(c->a, str_trim(w->in->email)), &w->user);
	w->is_known = e == OK && w->user.is_active;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err note_outcome(struct ctx *c, void *arg)
{
	struct sign_in_work *w = arg;
	struct owner owner;
	if (!w->fits) {
		TRY(throttle_add(c, w->email_subject, MINUTES(FAILURE_WINDOW_MINUTES)));
		return throttle_add(c, w->peer_subject, MINUTES(FAILURE_WINDOW_MINUTES));
	}
	TRY(throttle_clear(c, w->email_subject));
	TRY(owner_by_user(c, w->user.id, &owner));
	TRY(session_insert(c, crypt_hash_hex(c->a, w->out->token), w->user.id, c->now + DAYS(SESSION_DAYS)));
	w->out->user = w->user;
	w->out->owner_id = owner.id;
	return desk_actor_of_user(c, w->user.id, &w->out->who);
}

enum err desk_sign_in(struct ctx *c, const struct sign_in *in, struct signed_in *out)
{
	/* as the user is looked up, so that blanks around it do not make a fresh count */
	struct str email = str_lower(c->a, str_trim(in->email));
	struct sign_in_work w = {
		.in = in,
		.out = out,
		.email_subject = str_fmt(c->a, "email:" STR_FMT, STR_ARG(str_head(email, 254))),
		.peer_subject = str_fmt(c->a, "peer:" STR_FMT, STR_ARG(in->peer)),
	};
	if (!utf8_is_valid(in->email) || str_find_byte(in->email, '\0') >= 0)
		return fail(c, ERR_NOT_SIGNED_IN, "The email address or the password is wrong.");
	TRY(c->run->read(c->run->self, c, look_up, &w));
	if (w.is_blocked)
		return fail(c, ERR_TOO_MANY, "Too many failed sign-ins. Please wait %d minutes.",
		            FAILURE_WINDOW_MINUTES);
	w.fits = crypt_password_fits(c->a, w.is_known ? w.user.password_hash : STR_NULL, in->password);
	out->token = rand_token(c->a, 32);
	TRY(c->run->write(c->run->self, c, note_outcome, &w));
	if (!w.fits)
		return fail(c, ERR_NOT_SIGNED_IN, "The email address or the password is wrong.");
	return OK;
}

enum err desk_sign_out(struct ctx *c)
{
	if (c->who.session_id == 0)
		return OK;
	TRY(session_remove(c, c->who.session_id));
	return bus_emit(c, EV_SESSION_ENDED, &(struct event_about){.about_id = c->who.session_id});
}

enum err actor_of_bearer(struct ctx *c, const struct bearer *b, struct actor *out)
{
	*out = (struct actor){.kind = ACTOR_USER, .user_id = b->user_id, .owner_id = b->owner_id};
	return access_take(c, &b->rights, out);
}

enum err desk_actor_of_session(struct ctx *c, struct str token, struct actor *out, bool *extend_out)
{
	struct bearer b;
	enum err e = session_bearer(c, crypt_hash_hex(c->a, token), &b);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_NOT_SIGNED_IN, "Please sign in.");
	}
	TRY(e);
	if (b.ends_at < c->now)
		return fail(c, ERR_EXPIRED, "Your sign-in has expired. Please sign in again.");
	TRY(actor_of_bearer(c, &b, out));
	out->session_id = b.id;
	*extend_out = b.ends_at < c->now + DAYS(SESSION_DAYS - 1);
	return OK;
}

enum err desk_session_extend(struct ctx *c, int64_t session_id)
{
	return session_extend(c, session_id, c->now + DAYS(SESSION_DAYS));
}

enum err desk_me(struct ctx *c, struct user *out, int64_t *owner_id_out)
{
	if (c->who.kind != ACTOR_USER)
		return fail(c, ERR_NOT_SIGNED_IN, "Please sign in.");
	*owner_id_out = c->who.owner_id;
	return user_load(c, c->who.user_id, out);
}

enum err desk_owner_list(struct ctx *c, struct str email, bool is_archived, int64_t after, int64_t limit,
                         struct owner **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return owner_list(c, email, is_archived, after, limit, out, n_out);
}

enum err desk_owner_load(struct ctx *c, int64_t id, bool by_user, struct owner *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return by_user ? owner_by_user(c, id, out) : owner_load(c, id, out);
}
