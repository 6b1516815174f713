#pragma once

#include "base/ctx.h"
#include "store/access.h"

/* What proves who is asking: browser sessions and API tokens, stored as hashes only, and the count of failed sign-ins. */

/* Who a session or token speaks for, in one row, so that a request needs one query. */
struct bearer {
	int64_t id; /* of the session or token */
	int64_t user_id;
	int64_t owner_id;
	struct rights rights;
	struct str scopes; /* of a token; empty for sessions */
	int64_t ends_at;   /* of a session; 0 for tokens */
};

/* ERR_NOT_FOUND: no such session, signed out, or its user is not active. Expiry is the caller's check. */
enum err session_bearer(struct ctx *c, struct str token_hash, struct bearer *out);
enum err session_insert(struct ctx *c, struct str token_hash, int64_t user_id, int64_t expires_at);
enum err session_extend(struct ctx *c, int64_t id, int64_t expires_at);
enum err session_remove(struct ctx *c, int64_t id);
/* The ids of a user's sessions. */
enum err session_list_of_user(struct ctx *c, int64_t user_id, int64_t **out, size_t *n_out);
enum err session_remove_user(struct ctx *c, int64_t user_id);
/* Removes what has expired. */
enum err session_sweep(struct ctx *c);

/* ERR_NOT_FOUND: no such token, revoked, or its user is not active. */
enum err token_bearer(struct ctx *c, struct str token_hash, struct bearer *out);

/* A token without its secret. */
struct token {
	int64_t id;
	int64_t user_id; /* whom it acts for */
	struct str name;
	struct str scopes; /* comma separated */
	int64_t created_at;
	int64_t revoked_at;
};
enum err token_insert(struct ctx *c, struct str token_hash, int64_t user_id, struct str name, struct str scopes,
                      struct token *out);
/* Tokens that work; by id. ERR_NOT_FOUND also for one that was revoked. */
enum err token_load(struct ctx *c, int64_t id, struct token *out);
enum err token_list(struct ctx *c, int64_t after, int64_t limit, struct token **out, size_t *n_out);
enum err token_count(struct ctx *c, int64_t *out);
enum err token_revoke(struct ctx *c, int64_t id);
enum err token_revoke_user(struct ctx *c, int64_t user_id);

/* Failed sign-ins of a subject ("email:…", "peer:…") within its window. */
struct throttle {
	int64_t failure_n;
	int64_t window_ends_at;
};
/* All zero when there is none. */
enum err throttle_load(struct ctx *c, struct str subject, struct throttle *out);
/* One more failure; a window that has ended starts anew with window_ms. */
enum err throttle_add(struct ctx *c, struct str subject, int64_t window_ms);
/* Removes what has ended. */
enum err throttle_sweep(struct ctx *c);
enum err throttle_clear(struct ctx *c, struct str subject);
