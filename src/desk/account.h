#pragma once

#include "base/ctx.h"

/* The account: what the whole desk is called, where its clock is, what its money is; and how often its tokens call. */

enum {
	MAX_ACCOUNT_NAME_BYTES = 200,
	ACCOUNT_ID = 1, /* portalId, hub_id: a desk has one */
	USAGE_DAYS = 90,
};

struct account {
	struct str name;
	struct str time_zone; /* an IANA name: Europe/Berlin */
	struct str currency;  /* ISO 4217: EUR */
	struct str language;  /* BCP 47: pt-BR */
};
enum err desk_account(struct ctx *c, struct account *out);
/* null strings stay. ERR_BAD_INPUT names the field. */
enum err desk_account_set(struct ctx *c, const struct account *in, struct account *out);
/* What its clock is ahead of UTC by now. */
enum err desk_account_offset(struct ctx *c, int64_t *ms_out);

/* The language of mails to a user, one that we speak (text/phrase.h): his own choice, else the account's. */
enum err desk_language_of(struct ctx *c, int64_t user_id, struct str *out);

/* The host of our public address, without port: uiDomain, hub_domain. */
struct str desk_domain(struct ctx *c);

struct desk_call_count {
	int64_t day; /* since 1970 */
	struct str caller;
	int64_t n;
};
/* totals_out: what each is then; as many as there are counts. */
enum err desk_calls_add(struct ctx *c, const struct desk_call_count *counts, size_t n, int64_t *totals_out);
enum err desk_calls_of(struct ctx *c, int64_t day, struct str caller, int64_t *out);
enum err desk_calls_total(struct ctx *c, int64_t day, int64_t *out);
/* Forgets days that are more than USAGE_DAYS ago. */
enum err desk_calls_sweep(struct ctx *c);
