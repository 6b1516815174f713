#pragma once

#include "base/ctx.h"
#include "store/access.h"

/* What users consented to: a grant lets an app act for a user within scopes. It begins with a code, which is used once; then it has a
 * refresh token, and access tokens that are made from it. All are kept as hashes. */

struct app_grant {
	int64_t id;
	int64_t app_id;
	int64_t user_id;
	struct str scopes; /* comma separated */
	struct str redirect_url;
	struct str code_hash;
	int64_t code_expires_at;
	int64_t code_used_at;    /* 0: not yet */
	struct str refresh_hash; /* null: not yet */
	int64_t created_at;
	int64_t revoked_at; /* 0: it holds */
};

enum err grant_insert(struct ctx *c, struct app_grant *g);
enum err grant_update(struct ctx *c, struct app_grant *g);
/* Also ones that were used or revoked. The first is locked until the transaction ends. */
enum err grant_by_code(struct ctx *c, struct str code_hash, struct app_grant *out);
enum err grant_by_refresh(struct ctx *c, struct str refresh_hash, struct app_grant *out);
/* Revokes those of a user for an app, but the newest keep_n; or all of a user. */
enum err grant_revoke_old(struct ctx *c, int64_t app_id, int64_t user_id, int64_t keep_n);
enum err grant_revoke_user(struct ctx *c, int64_t user_id);
/* Removes codes that expired before that time and were not used, and what was revoked before it. */
enum err grant_sweep(struct ctx *c, int64_t before);

/* An access token, with all that a request needs. */
struct access {
	int64_t grant_id;
	int64_t app_id;
	int64_t user_id;
	int64_t owner_id;
	struct rights rights;
	struct str scopes;
	struct str email;
	struct str client_id;
	int64_t expires_at;
};
enum err access_insert(struct ctx *c, int64_t grant_id, struct str token_hash, int64_t expires_at);
/* Of a grant only the newest keep_n stay. */
enum err access_trim(struct ctx *c, int64_t grant_id, int64_t keep_n);
/* ERR_NOT_FOUND: no such token, or its grant was revoked, its app is gone, its user is not active. Expiry is the caller's check. */
enum err access_by_token(struct ctx *c, struct str token_hash, struct access *out);
/* The same of the refresh token's grant; expires_at is 0. */
enum err access_by_refresh(struct ctx *c, struct str refresh_hash, struct access *out);
enum err access_sweep(struct ctx *c, int64_t before);
