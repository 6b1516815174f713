#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* The flags of the command line. Every flag may come from the environment instead: --public-url is BELLHOP_PUBLIC_URL. What is on
 * the command line counts more. */

struct options {
	struct str data;
	struct str db;
	struct str http;
	struct str lmtp;
	struct str smtp;
	struct str public_url;
	struct str allow_internal;
	struct str trusted_proxies;
	struct str max_upload_mb;
	struct str admin_email;
	struct str admin_password;
	struct str inbox;
	struct str user;
	struct str scopes;
	struct str name;
	struct str email;
	struct str password;
	struct str first_name;
	struct str last_name;
	struct str role;
	struct str rate_10s;
	struct str rate_day;
	struct str rate_search;
	bool demo;
};

/* A flag of a command, and the struct member it fills. */
struct flag {
	const char *name;    /* without the dashes */
	const char *value;   /* what usage calls its value; NULL: it takes none (bool) */
	const char *otherwise; /* default; NULL: none */
	const char *help;
	size_t offset;
	bool is_required;
};

/* Reads the flags of a command from argv, the environment and the defaults. ERR_BAD_INPUT with one clear line: an unknown flag, a
 * missing value, a missing required flag, a word that is no flag. */
enum err options_read(struct ctx *c, const struct flag *flags, size_t flag_n, int argc, char **argv,
                      struct options *out);
