#include "desk/oauth.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "bus/event.h"
#include "desk/app.h"

#define ACCESS_PREFIX  "bellhop_oauth_"
#define REFRESH_PREFIX "bellhop_refresh_"

enum { SECRET_BYTES = 32, SECRET_CHARS = 43, MAX_LOCATION_BYTES = 8 << 10 };

/* Asking ------------------------------------------------------------------------------------------------------------ */

static bool is_in(struct str list, char separator, struct str word)
{
	const struct str sep = {&separator, 1};
	for (struct str rest = list; !str_is_null(rest);)
		if (str_eq(str_cut(&rest, sep), word))
			return true;
	return false;
}

/* Adds the scopes asked for to the comma separated list; false: the app may not have one of them. */
static bool take_scopes(struct ctx *c, struct str asked, struct str allowed, bool is_optional, struct str *list)
{
	for (struct str rest = asked; !str_is_null(rest);) {
		struct str scope = str_cut(&rest, STR(" "));
		if (scope.n == 0 || is_in(*list, ',', scope))
			continue;
		if (!is_in(allowed, ',', scope)) {
			if (is_optional)
				continue;
			return false;
		}
		*list = list->n ? str_fmt(c->a, STR_FMT "," STR_FMT, STR_ARG(*list), STR_ARG(scope)) : scope;
	}
	return true;
}

enum err desk_oauth_check(struct ctx *c, const struct oauth_ask *ask, struct oauth_asked *out)
{
	struct oauth_asked a = {.redirect_url = ask->redirect_url, .scopes = STR("")};
	enum err e = desk_app_of_client(c, ask->client_id, &a.app);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_BAD_INPUT, "No app of this desk has this client_id.");
	}
	TRY(e);
	if (ask->redirect_url.n == 0 || !is_in(a.app.redirect_uris, ' ', ask->redirect_url))
		return fail(c, ERR_BAD_INPUT, "The app has not registered this redirect_uri.");
	if (ask->state.n > MAX_STATE_BYTES)
		return fail(c, ERR_BAD_INPUT, "The state is at most %d bytes.", MAX_STATE_BYTES);
	if (ask->response_type.n > 0 && !str_eq(ask->response_type, STR("code")))
		a.fault = STR("unsupported_response_type");
	else if (!take_scopes(c, ask->scope, a.app.scopes, false, &a.scopes) ||
	         !take_scopes(c, ask->optional_scope, a.app.scopes, true, &a.scopes) || a.scopes.n == 0)
		a.fault = STR("invalid_scope");
	*out = a;
	return OK;
}

/* RFC 3986: all but the unreserved. */
static void add_encoded(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte = (unsigned char)s.p[i], low = byte | 0x20;
		bool is_plain = (low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
		                byte == '.' || byte == '~';
		if (is_plain)
			buf_byte(b, (char)byte);
		else
			buf_fmt(b, "%%%02X", byte);
	}
}

struct str desk_oauth_redirect(struct ctx *c, const struct oauth_asked *asked, const char *name, struct str value,
                               struct str state)
{
	struct buf b;
	buf_init(&b, c->a, MAX_LOCATION_BYTES * 2);
	buf_add(&b, asked->redirect_url);
	buf_byte(&b, str_find_byte(asked->redirect_url, '?') < 0 ? '?' : '&');
	buf_add(&b, str_c(name));
	buf_byte(&b, '=');
	add_encoded(&b, value);
	if (!str_is_null(state)) {
		buf_lit(&b, "&state=");
		add_encoded(&b, state);
	}
	return buf_str(&b);
}

enum err desk_oauth_consent(struct ctx *c, const struct oauth_asked *asked, struct str *code_out)
{
	struct str code = rand_token(c->a, SECRET_BYTES);
	struct app_grant g = {
		.app_id = asked->app.id,
		.user_id = c->who.user_id,
		.scopes = asked->scopes,
		.redirect_url = asked->redirect_url,
		.code_hash = crypt_hash_hex(c->a, code),
		.code_expires_at = c->now + MINUTES(CODE_MINUTES),
	};
	if (c->who.kind != ACTOR_USER || c->who.session_id == 0)
		return fail(c, ERR_NOT_SIGNED_IN, "Please sign in.");
	TRY(grant_insert(c, &g));
	TRY(grant_revoke_old(c, g.app_id, g.user_id, MAX_GRANTS));
	*code_out = code;
	return bus_emit(c, EV_GRANT_CHANGED, &(struct event_about){.about_id = g.id});
}

/* Tokens ------------------------------------------------------------------------------------------------------------ */

struct token_work {
	const struct oauth_token_in *in;
	struct oauth_tokens out;
};

static enum err refuse(struct token_work *w, struct str fault, struct str sentence)
{
	w->out = (struct oauth_tokens){.fault = fault, .sentence = sentence};
	return OK;
}

static enum err revoke(struct ctx *c, struct app_grant *g)
{
	if (g->revoked_at != 0)
		return OK;
	g->revoked_at = c->now;
	TRY(grant_update(c, g));
	return bus_emit(c, EV_GRANT_CHANGED, &(struct event_about){.about_id = g->id});
}

static enum err give_access(struct ctx *c, struct token_work *w, int64_t grant_id)
{
	struct str token = str_cat(c->a, STR(ACCESS_PREFIX), rand_token(c->a, SECRET_BYTES));
	TRY(access_insert(c, grant_id, crypt_hash_hex(c->a, token), c->now + SECONDS(ACCESS_SECONDS)));
	w->out.access_token = token;
	return access_trim(c, grant_id, MAX_ACCESSES);
}

static enum err by_code(struct ctx *c, struct token_work *w, const struct connected_app *app)
{
	const struct str bad_code = STR("The code is unknown, was used, or has expired.");
	struct app_grant g;
	struct access who;
	enum err e = grant_by_code(c, crypt_hash_hex(c->a, w->in->code), &g);
	if (e == ERR_NOT_FOUND || (e == OK && g.app_id != app->id)) {
		fail_clear(c);
		return refuse(w, STR("invalid_grant"), bad_code);
	}
	TRY(e);
	if (g.code_used_at != 0) {
		TRY(revoke(c, &g));
		return refuse(w, STR("invalid_grant"), bad_code);
	}
	if (g.code_expires_at < c->now || g.revoked_at != 0)
		return refuse(w, STR("invalid_grant"), bad_code);
	if (!str_eq(g.redirect_url, w->in->redirect_url))
		return refuse(w, STR("invalid_grant"), STR("The redirect_uri is not the one that the code was given for."));
	struct str refresh = str_cat(c->a, STR(REFRESH_PREFIX), rand_token(c->a, SECRET_BYTES));
	g.code_used_at = c->now;
	g.refresh_hash = crypt_hash_hex(c->a, refresh);
	TRY(grant_update(c, &g));
	e = access_by_refresh(c, g.refresh_hash, &who); /* the user may have been deactivated meanwhile */
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return refuse(w, STR("invalid_grant"), bad_code);
	}
	TRY(e);
	w->out = (struct oauth_tokens){.refresh_token = refresh};
	return give_access(c, w, g.id);
}

static enum err by_refresh(struct ctx *c, struct token_work *w, const struct connected_app *app)
{
	struct access who;
	enum err e = access_by_refresh(c, crypt_hash_hex(c->a, w->in->refresh_token), &who);
	if (e == ERR_NOT_FOUND || (e == OK && who.app_id != app->id)) {
		fail_clear(c);
		return refuse(w, STR("invalid_grant"), STR("The refresh token is unknown or was revoked."));
	}
	TRY(e);
	w->out = (struct oauth_tokens){.refresh_token = w->in->refresh_token};
	return give_access(c, w, who.grant_id);
}

static enum err find_client(struct ctx *c, const struct oauth_token_in *in, struct connected_app *out, bool *is_known_out)
{
	struct str secret;
	enum err e = desk_app_of_client(c, in->client_id, out);
	*is_known_out = false;
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	TRY(desk_app_secret(c, out, &secret));
	*is_known_out = secret.n > 0 && crypt_equal(secret, in->client_secret);
	return OK;
}

static enum err give_tokens(struct ctx *c, void *arg)
{
	struct token_work *w = arg;
	const struct oauth_token_in *in = w->in;
	struct connected_app app;
	bool is_known;
	bool is_code = str_eq(in->grant_type, STR("authorization_code"));
	if (in->grant_type.n == 0 || (is_code ? in->code.n == 0 || in->redirect_url.n == 0 : false))
		return refuse(w, STR("invalid_request"), STR("grant_type, code or redirect_uri is missing."));
	if (!is_code && !str_eq(in->grant_type, STR("refresh_token")))
		return refuse(w, STR("unsupported_grant_type"), STR("grant_type is authorization_code or refresh_token."));
	if (!is_code && in->refresh_token.n == 0)
		return refuse(w, STR("invalid_request"), STR("refresh_token is missing."));
	TRY(find_client(c, in, &app, &is_known));
	if (!is_known)
		return refuse(w, STR("invalid_client"), STR("client_id or client_secret is wrong."));
	return is_code ? by_code(c, w, &app) : by_refresh(c, w, &app);
}

enum err desk_oauth_token(struct ctx *c, const struct oauth_token_in *in, struct oauth_tokens *out)
{
	struct token_work w = {.in = in};
	TRY(c->run->write(c->run->self, c, give_tokens, &w));
	*out = w.out;
	return OK;
}

bool desk_oauth_is_access(struct str token)
{
	return token.n == STR(ACCESS_PREFIX).n + SECRET_CHARS && str_starts(token, STR(ACCESS_PREFIX));
}

enum err desk_oauth_access(struct ctx *c, struct str token, struct access *out)
{
	struct access a;
	TRY(access_by_token(c, crypt_hash_hex(c->a, token), &a));
	if (a.expires_at <= c->now)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	*out = a;
	return OK;
}

enum err desk_oauth_refresh(struct ctx *c, struct str token, struct access *out)
{
	return access_by_refresh(c, crypt_hash_hex(c->a, token), out);
}

enum err desk_oauth_revoke(struct ctx *c, struct str refresh_token)
{
	struct app_grant g;
	TRY(grant_by_refresh(c, crypt_hash_hex(c->a, refresh_token), &g));
	if (g.revoked_at != 0)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	return revoke(c, &g);
}

enum err desk_oauth_sweep(struct ctx *c)
{
	TRY(access_sweep(c, c->now - DAYS(1)));
	return grant_sweep(c, c->now - DAYS(1));
}
