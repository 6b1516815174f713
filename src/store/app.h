#pragma once

#include "base/ctx.h"
#include "base/shape.h"

/* Programs that are connected to the desk: for webhooks and for OAuth. The table is called app. */

struct connected_app {
	int64_t id; /* the appId of the wire */
	struct str name;
	struct str client_id;
	struct str secret_sealed; /* crypt_seal */
	struct str developer_key_hash; /* crypt_hash_hex */
	struct str redirect_uris; /* separated by blanks; where OAuth may send people back to */
	struct str scopes;        /* separated by commas; what OAuth may ask for at most */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at; /* 0: it is there */
};

enum err connected_app_insert(struct ctx *c, struct connected_app *app);
enum err connected_app_update(struct ctx *c, struct connected_app *app);
/* These three find no archived ones. ERR_NOT_FOUND. */
enum err connected_app_load(struct ctx *c, int64_t id, struct connected_app *out);
enum err connected_app_by_client(struct ctx *c, struct str client_id, struct connected_app *out);
enum err connected_app_by_key(struct ctx *c, struct str developer_key_hash, struct connected_app *out);
/* By id, without archived ones. */
enum err connected_app_list(struct ctx *c, int64_t limit, struct connected_app **out, size_t *n_out);
