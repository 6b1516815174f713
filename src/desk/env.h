#pragma once

#include "base/str.h"

/* What the running program knows and every unit of work may look at: read-only, made by cmd/ before the first thread starts,
 * reached as ctx->env. */

struct definitions;
struct presence;

struct env {
	struct str version;    /* of the program */
	struct str data_dir;   /* blobs live in <data_dir>/blobs */
	struct str public_url; /* without a slash at the end: https://desk.example.org */
	struct str mail_host;  /* our name to mail servers; null: this machine's */
	struct str sign_key; /* 32 bytes; reply tokens. Kept in the database: every copy of the program has the same */
	struct str seal_key;   /* 32 bytes; stored passwords. Kept in <data_dir>/secret.key, apart from the database */
	struct str relay_url;  /* --smtp; null: the setting of the desk counts */
	struct str allow_internal; /* --allow-internal, for net/http_call; null: none */
	int64_t max_upload_bytes;
	struct definitions *definitions; /* looks after its own threads: desk/definitions.h */
	struct presence *presence; /* the same: desk/presence.h */
};
