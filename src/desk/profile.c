#include "desk/profile.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "bus/event.h"
#include "desk/people_int.h"
#include "store/session.h"
#include "store/user.h"

enum err desk_profile_update(struct ctx *c, struct str first_name, struct str last_name)
{
	struct user u;
	int64_t owner_id;
	TRY(desk_me(c, &u, &owner_id));
	TRY(people_lock(c));
	TRY(desk_me(c, &u, &owner_id));
	TRY(people_check_name(c, "firstName", first_name));
	TRY(people_check_name(c, "lastName", last_name));
	if (str_is_null(first_name) && str_is_null(last_name))
		return OK;
	u.first_name = str_is_null(first_name) ? u.first_name : first_name;
	u.last_name = str_is_null(last_name) ? u.last_name : last_name;
	TRY(user_update(c, &u));
	return bus_emit(c, EV_OWNER_CHANGED, &(struct event_about){.about_id = u.id});
}

struct change {
	struct user user;
	struct str subject;
	struct str hash;
	bool is_blocked;
	bool fits;
};

static enum err look(struct ctx *c, void *arg)
{
	struct change *w = arg;
	struct throttle throttle;
	TRY(user_load(c, c->who.user_id, &w->user));
	w->subject = str_fmt(c->a, "email:" STR_FMT, STR_ARG(w->user.email));
	TRY(throttle_load(c, w->subject, &throttle));
	w->is_blocked = throttle.failure_n >= MAX_FAILURES && throttle.window_ends_at > c->now;
	return OK;
}

static enum err note_failure(struct ctx *c, void *arg)
{
	const struct change *w = arg;
	return throttle_add(c, w->subject, MINUTES(FAILURE_WINDOW_MINUTES));
}

/* But for the one that asks. */
static enum err end_others(struct ctx *c)
{
	int64_t *sessions;
	size_t n;
	TRY(session_list_of_user(c, c->who.user_id, &sessions, &n));
	for (size_t i = 0; i < n; i++) {
		if (sessions[i] == c->who.session_id)
			continue;
		TRY(bus_emit(c, EV_SESSION_ENDED, &(struct event_about){.about_id = sessions[i]}));
		TRY(session_remove(c, sessions[i]));
	}
	return OK;
}

static enum err put(struct ctx *c, void *arg)
{
	struct change *w = arg;
	TRY(people_lock(c));
	TRY(user_load(c, c->who.user_id, &w->user));
	w->user.password_hash = w->hash;
	TRY(user_update(c, &w->user));
	return end_others(c);
}

enum err desk_password_change(struct ctx *c, struct str current, struct str password)
{
	struct change w = {.fits = false};
	if (c->who.session_id == 0)
		return fail(c, ERR_NOT_ALLOWED, "A password is changed by who is signed in with it.");
	TRY(people_check_password(c, password));
	TRY(c->run->read(c->run->self, c, look, &w));
	if (w.is_blocked)
		return fail(c, ERR_TOO_MANY, "Too many failed sign-ins. Please wait %d minutes.", FAILURE_WINDOW_MINUTES);
	w.fits = crypt_password_fits(c->a, w.user.password_hash, current);
	if (!w.fits) {
		TRY(c->run->write(c->run->self, c, note_failure, &w));
		return fail_field(c, STR("currentPassword"), STR("WRONG_PASSWORD"), "This is not your password.");
	}
	TRY(crypt_password_hash(c, password, &w.hash));
	return c->run->write(c->run->self, c, put, &w);
}
