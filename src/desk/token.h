#pragma once

#include "base/ctx.h"
#include "store/session.h"

/* API tokens: what programs sign in with. A token acts for a user, within scopes, until it is revoked or its user is deactivated.
 * Its secret is shown once and stored as a hash. */

enum {
	MAX_TOKENS = 1000,
	MAX_TOKEN_NAME_BYTES = 200,
	MAX_SCOPES_BYTES = 4000, /* of one token or app */
};

/* ERR_NOT_SIGNED_IN; ERR_EXPIRED for the token of an app (desk/oauth.h). */
enum err desk_actor_of_token(struct ctx *c, struct str secret, struct actor *out);

struct token_in {
	int64_t user_id; /* 0: the one with this email */
	struct str email;
	struct str name;
	struct str scopes; /* comma separated names, or "*" */
};
/* secret_out is shown once. */
enum err desk_token_create(struct ctx *c, const struct token_in *in, struct token *out, struct str *secret_out);
/* With id > after, by id. */
enum err desk_token_list(struct ctx *c, int64_t after, int64_t limit, struct token **out, size_t *n_out);
enum err desk_token_load(struct ctx *c, int64_t id, struct token *out);
/* Its streams end, too. */
enum err desk_token_revoke(struct ctx *c, int64_t id);

/* Are they scopes? "tickets,crm.objects.contacts.read"; all_is_ok: or "*". ERR_BAD_INPUT that names the field. out: each once,
 * without blanks. */
enum err desk_scopes_check(struct ctx *c, struct str scopes, bool all_is_ok, struct str *out);
