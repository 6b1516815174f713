#pragma once

#include "base/ctx.h"

/* Versions of quotes, as they were published; and their numbers. The quote itself is an object (store/object.h). */

struct quote_version {
	int64_t id;
	int64_t quote_id;
	int64_t version;   /* 1, 2 … */
	struct str token;  /* of its link */
	struct str number; /* the same of all versions of a quote */
	struct str state;  /* PUBLISHED, ACCEPTED, DECLINED, EXPIRED, RECALLED */
	struct str body;   /* JSON: what the customer sees */
	struct str pdf_blob; /* empty: not made yet */
	int64_t pdf_size_bytes;
	int64_t published_at;
	int64_t published_by; /* user */
	int64_t expires_at;   /* 0: never */
	int64_t viewed_at;    /* for the first time; 0: never, and so on */
	int64_t answered_at;
	struct str answer_name;
	struct str answer_reason;
	struct str address_hash;
	int64_t recalled_at;
	int64_t recalled_by;
};

enum { MAX_QUOTE_VERSIONS = 100 };

enum err quote_version_insert(struct ctx *c, struct quote_version *v);
enum err quote_version_update(struct ctx *c, struct quote_version *v);
enum err quote_version_load(struct ctx *c, int64_t id, struct quote_version *out);
enum err quote_version_by_token(struct ctx *c, struct str token, struct quote_version *out);
/* Of a quote, the newest first. */
enum err quote_version_list(struct ctx *c, int64_t quote_id, struct quote_version **out, size_t *n_out);
/* The next number; nobody else gets one before the transaction has ended. */
enum err quote_number_next(struct ctx *c, int64_t *out);
