#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/session.h"
#include "store/user.h"

/* Users and how they sign in. Secrets are stored as hashes only: argon2id for passwords, BLAKE2b for random tokens. How users come
 * and go is in desk/user.h. */

enum {
	MIN_PASSWORD_BYTES = 8,
	MAX_PERSON_NAME_BYTES = 200,
	SESSION_DAYS = 14,        /* from the last use */
	MAX_FAILURES = 10,        /* failed sign-ins of one account or one peer … */
	FAILURE_WINDOW_MINUTES = 15, /* … within this time */
};

struct user_in {
	struct str email;
	struct str password;
	struct str first_name;
	struct str last_name;
	enum role role;
};

/* Checks the values and hashes the password: slow, outside of a transaction. hash_out is for desk_user_create. */
enum err desk_user_check(struct ctx *c, const struct user_in *in, struct str *hash_out);
/* ERR_CONFLICT when there is a user with this email address; ERR_NOT_ALLOWED. */
enum err desk_user_create(struct ctx *c, const struct user_in *in, struct str hash, struct user *out);

struct sign_in {
	struct str email;
	struct str password;
	struct str peer; /* address of the other end, for the throttle */
};
struct signed_in {
	struct user user;
	int64_t owner_id;
	struct str token; /* for the cookie; shown once */
	struct actor who; /* as of his next request */
};
/* Outside of a transaction (it hashes, and runs two of its own). ERR_NOT_SIGNED_IN with the same sentence for an unknown
 * address and a wrong password; ERR_TOO_MANY after too many failures. */
enum err desk_sign_in(struct ctx *c, const struct sign_in *in, struct signed_in *out);
enum err desk_sign_out(struct ctx *c);

/* Who sends this cookie value? Fills an actor; ERR_NOT_SIGNED_IN or ERR_EXPIRED. extend_out: the session has lived so long that
 * desk_session_extend should be called. Bearer tokens: desk/token.h. */
enum err desk_actor_of_session(struct ctx *c, struct str token, struct actor *out, bool *extend_out);
enum err desk_session_extend(struct ctx *c, int64_t session_id);

/* The user of the context and his owner id. */
enum err desk_me(struct ctx *c, struct user *out, int64_t *owner_id_out);

enum err desk_owner_list(struct ctx *c, struct str email, bool is_archived, int64_t after, int64_t limit,
                         struct owner **out, size_t *n_out);
enum err desk_owner_load(struct ctx *c, int64_t id, bool by_user, struct owner *out);
/* For answers: super_admin, admin, agent, viewer. */
struct str role_name(int64_t role);
