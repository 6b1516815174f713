#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/app.h"
#include "store/grant.h"

/* OAuth 2.0 (RFC 6749) for connected apps (desk/app.h): the authorization code grant and its refresh tokens.
 *
 * A user consents at a page of ours; the app gets a code, good once and for CODE_MINUTES, at an address that it registered, byte for
 * byte. A code that comes a second time was stolen by somebody: what was made from it is revoked (section 10.5). Access tokens end
 * after ACCESS_SECONDS; the refresh token stays the same until it is revoked, since it needs the app's secret too. All are kept as
 * hashes. A token never may more than its user, nor than the scopes consented to. */

enum {
	CODE_MINUTES = 10,
	ACCESS_SECONDS = 1800,
	MAX_GRANTS = 20,   /* of one app for one user; older ones are revoked */
	MAX_ACCESSES = 20, /* of one grant at a time; older ones end */
	MAX_STATE_BYTES = 2000,
};

/* What an app asks for, as it came. */
struct oauth_ask {
	struct str client_id;
	struct str redirect_url;
	struct str response_type;  /* code; null counts as that */
	struct str scope;          /* separated by blanks */
	struct str optional_scope; /* left out where the app may not have it */
	struct str state;
};
struct oauth_asked {
	struct connected_app app;
	struct str redirect_url; /* a registered one */
	struct str scopes;       /* comma separated */
	struct str fault;        /* error code that the app is to be told; null: none */
};
/* ERR_BAD_INPUT: the app or the address is not registered, so that nobody is sent anywhere. */
enum err desk_oauth_check(struct ctx *c, const struct oauth_ask *ask, struct oauth_asked *out);
/* The user of the context says yes. */
enum err desk_oauth_consent(struct ctx *c, const struct oauth_asked *asked, struct str *code_out);
/* Where the browser goes with the outcome: code, or the fault. */
struct str desk_oauth_redirect(struct ctx *c, const struct oauth_asked *asked, const char *name, struct str value,
                               struct str state);

struct oauth_token_in {
	struct str grant_type;
	struct str client_id, client_secret;
	struct str code, redirect_url;
	struct str refresh_token;
};
struct oauth_tokens {
	struct str access_token;
	struct str refresh_token;
	struct str fault;    /* of RFC 6749 section 5.2; null: none, and the tokens are there */
	struct str sentence;
};
/* Runs a transaction of its own: what a stolen code makes us revoke stays revoked. */
enum err desk_oauth_token(struct ctx *c, const struct oauth_token_in *in, struct oauth_tokens *out);

/* What a token is, for who has it. ERR_NOT_FOUND. */
enum err desk_oauth_access(struct ctx *c, struct str token, struct access *out);
enum err desk_oauth_refresh(struct ctx *c, struct str token, struct access *out);
/* The refresh token and all that was made from it. */
enum err desk_oauth_revoke(struct ctx *c, struct str refresh_token);
/* Is it in the form of our access tokens? */
bool desk_oauth_is_access(struct str token);
enum err desk_oauth_sweep(struct ctx *c);
