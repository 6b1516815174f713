#include "desk/kept_answer.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "store/kept_answer.h"

struct str desk_caller(struct ctx *c)
{
	const struct actor *who = &c->who;
	if (who->token_id != 0)
		return str_fmt(c->a, "t%lld", (long long)who->token_id);
	if (who->grant_id != 0)
		return str_fmt(c->a, "g%lld", (long long)who->grant_id);
	if (who->app_id != 0)
		return str_fmt(c->a, "a%lld", (long long)who->app_id);
	return str_fmt(c->a, "u%lld", (long long)who->user_id);
}

enum err desk_kept_answer_find(struct ctx *c, const struct kept_answer_in *in, struct kept_answer_out *out)
{
	struct kept_answer k;
	struct str caller = desk_caller(c), hash = crypt_hash_hex(c->a, in->key);
	TRY(kept_answer_lock(c, caller, hash));
	TRY(kept_answer_find(c, caller, hash, &k));
	if (k.created_at < c->now - HOURS(KEPT_HOURS)) {
		TRY(kept_answer_remove(c, k.id));
		return fail(c, ERR_NOT_FOUND, "it was kept long enough");
	}
	if (!str_eq(k.request_hash, in->request))
		return fail(c, ERR_CONFLICT, "The Idempotency-Key \"" STR_FMT "\" was used for another request.",
		            STR_ARG(in->key));
	*out = (struct kept_answer_out){k.status, k.headers, k.body};
	return OK;
}

enum err desk_kept_answer_put(struct ctx *c, const struct kept_answer_in *in, const struct kept_answer_out *answer)
{
	struct kept_answer k = {
		.caller = desk_caller(c),
		.key_hash = crypt_hash_hex(c->a, in->key),
		.request_hash = in->request,
		.status = answer->status,
		.headers = answer->headers,
		.body = answer->body.n > MAX_KEPT_BODY_BYTES ? STR_NULL : answer->body,
	};
	TRY(kept_answer_insert(c, &k));
	return kept_answer_trim(c, k.id - MAX_KEPT_ANSWERS);
}

enum err desk_kept_answer_sweep(struct ctx *c, int64_t *removed_out)
{
	return kept_answer_sweep(c, c->now - HOURS(KEPT_HOURS), KEPT_AT_ONCE, removed_out);
}
