#pragma once

#include "base/ctx.h"
#include "store/app.h"

/* Apps: programs that are connected to the desk. One app record serves webhooks (desk/webhook.h) and OAuth alike. Making, changing
 * and removing them needs CAN_ADMINISTER. The client secret is kept sealed, since it signs what we send; of the developer key
 * (`?hapikey=`, for /webhooks/v3 only) the hash is kept. Both are told once, when they are made. */

enum {
	MAX_APPS = 100, /* of a desk */
	MAX_APP_NAME_BYTES = 200,
	MAX_APP_REDIRECTS = 10,
	MAX_REDIRECT_BYTES = 2000,
	MAX_APP_SCOPES_BYTES = 4000,
};

struct app_in {
	struct str name;
	const struct str *redirect_uris; /* https://…, or http:// to this machine */
	size_t redirect_n;
	struct str scopes; /* separated by commas */
};

/* What is told once; null: it was not made anew. */
struct app_secrets {
	struct str client_secret;
	struct str developer_key;
};

/* ERR_BAD_INPUT, ERR_CONFLICT (there are MAX_APPS). */
enum err desk_app_create(struct ctx *c, const struct app_in *in, struct connected_app *out, struct app_secrets *secrets_out);
enum err desk_app_update(struct ctx *c, int64_t id, const struct app_in *in, struct connected_app *out);
enum err desk_app_list(struct ctx *c, struct connected_app **out, size_t *n_out);
enum err desk_app_load(struct ctx *c, int64_t id, struct connected_app *out);
/* New secrets in place of the old ones, which end at once. what: "secret", "developerKey" or null for both. */
enum err desk_app_rotate(struct ctx *c, int64_t id, struct str what, struct connected_app *out,
                         struct app_secrets *secrets_out);
/* Its webhooks end with it. */
enum err desk_app_remove(struct ctx *c, int64_t id);

/* The app that calls itself this, and its secret: for OAuth. Both ask nobody's rights. ERR_NOT_FOUND. */
enum err desk_app_of_client(struct ctx *c, struct str client_id, struct connected_app *out);
enum err desk_app_secret(struct ctx *c, const struct connected_app *app, struct str *out);

/* Which app sends this developer key? Fills an actor that may care for its own webhooks and nothing else; ERR_NOT_SIGNED_IN. */
enum err desk_actor_of_developer_key(struct ctx *c, struct str key, struct actor *out);
