#include "desk/token.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/oauth.h"
#include "desk/people_int.h"

/* Random tokens begin with a word that secret scanners can look for. */
#define TOKEN_PREFIX "bellhop_"

enum { SECRET_BYTES = 32 };

static enum err unknown_token(struct ctx *c)
{
	fail_clear(c);
	return fail(c, ERR_NOT_SIGNED_IN, "This access token is not valid.");
}

static enum err expired(struct ctx *c, int64_t at)
{
	fail_context(c, STR("expire time"), time_iso(c->a, at));
	return fail(c, ERR_EXPIRED, "The OAuth token used to make this call expired %lld second(s) ago.",
	            (long long)((c->now - at) / SECONDS(1)));
}

static enum err actor_of_app_token(struct ctx *c, struct str secret, struct actor *out)
{
	struct access a;
	enum err e = access_by_token(c, crypt_hash_hex(c->a, secret), &a);
	if (e == ERR_NOT_FOUND)
		return unknown_token(c);
	TRY(e);
	if (a.expires_at <= c->now)
		return expired(c, a.expires_at);
	*out = (struct actor){
		.kind = ACTOR_USER,
		.user_id = a.user_id,
		.owner_id = a.owner_id,
		.scopes = a.scopes,
		.grant_id = a.grant_id,
	};
	return access_take(c, &a.rights, out);
}

enum err desk_actor_of_token(struct ctx *c, struct str secret, struct actor *out)
{
	struct bearer b;
	if (desk_oauth_is_access(secret))
		return actor_of_app_token(c, secret, out);
	enum err e = token_bearer(c, crypt_hash_hex(c->a, secret), &b);
	if (e == ERR_NOT_FOUND)
		return unknown_token(c);
	TRY(e);
	TRY(actor_of_bearer(c, &b, out));
	out->scopes = b.scopes;
	out->token_id = b.id;
	return OK;
}

static bool is_scope(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char byte = s.p[i];
		bool is_word = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
		if (!is_word && byte != '.' && byte != '_' && byte != '-')
			return false;
	}
	return s.n > 0;
}

static bool has_scope(struct str list, struct str scope)
{
	for (struct str rest = list; !str_is_null(rest);)
		if (str_eq(str_cut(&rest, STR(",")), scope))
			return true;
	return false;
}

enum err desk_scopes_check(struct ctx *c, struct str scopes, bool all_is_ok, struct str *out)
{
	struct str list = STR("");
	if (scopes.n > MAX_SCOPES_BYTES)
		return fail_field(c, STR("scopes"), STR("INVALID_LENGTH"), "Scopes are at most %d bytes.",
		                  MAX_SCOPES_BYTES);
	for (struct str rest = scopes; !str_is_null(rest);) {
		struct str scope = str_trim(str_cut(&rest, STR(",")));
		if (scope.n == 0 || has_scope(list, scope))
			continue;
		if (!is_scope(scope) && !(all_is_ok && str_eq(scope, STR("*"))))
			return fail_field(c, STR("scopes"), STR("INVALID_SCOPE"), "\"" STR_FMT "\" is not a scope.",
			                  STR_ARG(str_head(scope, 100)));
		list = list.n == 0 ? scope : str_fmt(c->a, STR_FMT "," STR_FMT, STR_ARG(list), STR_ARG(scope));
	}
	if (list.n == 0)
		return fail_field(c, STR("scopes"), STR("REQUIRED_FIELD"), "At least one scope is needed.");
	*out = list;
	return OK;
}

static enum err find_user(struct ctx *c, const struct token_in *in, struct user *out)
{
	enum err e = in->user_id != 0 ? user_load(c, in->user_id, out) : user_by_email(c, str_lower(c->a, in->email), out);
	if (e == OK && out->is_active)
		return OK;
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	if (in->user_id != 0)
		return fail_field(c, STR("userId"), STR("INVALID_USER_ID"), "There is no user with this id.");
	return fail(c, ERR_NOT_FOUND, "There is no user with the email address " STR_FMT ".", STR_ARG(in->email));
}

enum err desk_token_create(struct ctx *c, const struct token_in *in, struct token *out, struct str *secret_out)
{
	struct user u;
	struct str scopes;
	int64_t n;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	if (in->name.n > MAX_TOKEN_NAME_BYTES || !utf8_is_valid(in->name))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A name is text of at most %d bytes.",
		                  MAX_TOKEN_NAME_BYTES);
	TRY(desk_scopes_check(c, in->scopes, true, &scopes));
	TRY(find_user(c, in, &u));
	TRY(token_count(c, &n));
	if (n >= MAX_TOKENS)
		return fail(c, ERR_CONFLICT, "A desk has at most %d tokens: revoke one that is not used any more.",
		            MAX_TOKENS);
	*secret_out = str_cat(c->a, STR(TOKEN_PREFIX), rand_token(c->a, SECRET_BYTES));
	struct str name = in->name.n ? in->name : STR("");
	TRY(token_insert(c, crypt_hash_hex(c->a, *secret_out), u.id, name, scopes, out));
	return bus_emit(c, EV_TOKEN_CHANGED, &(struct event_about){.about_id = out->id});
}

enum err desk_token_list(struct ctx *c, int64_t after, int64_t limit, struct token **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	return token_list(c, after, limit, out, n_out);
}

enum err desk_token_load(struct ctx *c, int64_t id, struct token *out)
{
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	return token_load(c, id, out);
}

enum err desk_token_revoke(struct ctx *c, int64_t id)
{
	struct token known;
	TRY(desk_can(c, CAN_MANAGE_PEOPLE, NULL));
	TRY(people_lock(c));
	TRY(token_load(c, id, &known));
	TRY(token_revoke(c, id));
	return bus_emit(c, EV_TOKEN_CHANGED, &(struct event_about){.about_id = id});
}
