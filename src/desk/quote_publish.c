/* Publishing, recalling, and the end of a quote's time. */

#include "base/arena.h"
#include "base/clock.h"
#include "base/rand.h"
#include "desk/can.h"
#include "desk/quote_int.h"

static struct str body_of(struct ctx *c, const struct quote_paper *p)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_QUOTE_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	quote_paper_write(&j, p);
	json_object_end(&j);
	return buf_is_full(&b) ? STR_NULL : buf_str(&b);
}

/* A quote keeps the number that it got first. */
static enum err number_of(struct ctx *c, const struct quote_version *versions, size_t n, struct str *out)
{
	int64_t number;
	if (n > 0) {
		*out = versions[0].number;
		return OK;
	}
	TRY(quote_number_next(c, &number));
	*out = str_fmt(c->a, "Q-%05lld", (long long)number);
	return OK;
}

static enum err add_version(struct ctx *c, const struct object *quote, struct quote_paper *paper, struct quote_version *out)
{
	struct quote_version *versions;
	const struct str none = STR("");
	size_t n;
	TRY(quote_version_list(c, quote->id, &versions, &n));
	if (n >= MAX_QUOTE_VERSIONS)
		return fail(c, ERR_BAD_INPUT, "A quote is published at most %d times.", MAX_QUOTE_VERSIONS);
	TRY(number_of(c, versions, n, &paper->number));
	paper->version = n > 0 ? versions[0].version + 1 : 1;
	paper->published_at = c->now;
	*out = (struct quote_version){
		.quote_id = quote->id,
		.version = paper->version,
		.token = rand_token(c->a, QUOTE_TOKEN_BYTES),
		.number = paper->number,
		.state = QUOTE_PUBLISHED,
		.body = body_of(c, paper),
		.published_at = c->now,
		.published_by = c->who.user_id,
		.expires_at = paper->expires_at,
		.pdf_blob = none,
		.answer_name = none,
		.answer_reason = none,
		.address_hash = none,
	};
	if (str_is_null(out->body))
		return fail(c, ERR_TOO_BIG, "The quote is larger than %d bytes.", MAX_QUOTE_BODY_BYTES);
	return quote_version_insert(c, out);
}

enum err desk_quote_publish(struct ctx *c, int64_t id, struct quote *out)
{
	struct object quote;
	struct quote_paper paper;
	struct quote_version v;
	struct str fault;
	TRY(quote_hold(c, id, &quote));
	TRY(desk_can(c, CAN_EDIT, &quote));
	if (!str_eq(quote_state_of(c, &quote), QUOTE_DRAFT))
		return fail(c, ERR_CONFLICT, "The quote is published already.");
	TRY(quote_paper_of_draft(c, &quote, &paper, &fault));
	if (fault.n > 0)
		return fail(c, ERR_BAD_INPUT, STR_FMT, STR_ARG(fault));
	TRY(add_version(c, &quote, &paper, &v));
	const struct prop props[] = {
		{STR("hs_status"), STR("APPROVAL_NOT_NEEDED")},
		{STR("quote_state"), QUOTE_PUBLISHED},
		{STR("quote_version"), str_fmt(c->a, "%lld", (long long)v.version)},
		{STR("hs_quote_number"), v.number},
		{STR("hs_public_url_key"), v.token},
		{STR("hs_quote_link"), quote_url(c, v.token)},
	};
	TRY(quote_set(c, &quote, props, sizeof(props) / sizeof(props[0])));
	TRY(job_add(c, &job_quote_pdf, v.id, STR_NULL, 0));
	if (v.expires_at > 0)
		TRY(job_add(c, &job_quote_expire, v.id, STR_NULL, v.expires_at));
	return desk_quote(c, id, out);
}

enum err desk_quote_recall(struct ctx *c, int64_t id, struct quote *out)
{
	struct object quote;
	struct quote_version *versions;
	size_t n;
	TRY(quote_hold(c, id, &quote));
	TRY(desk_can(c, CAN_EDIT, &quote));
	struct str state = quote_state_of(c, &quote);
	if (str_eq(state, QUOTE_DRAFT))
		return fail(c, ERR_CONFLICT, "The quote is not published.");
	if (str_eq(state, QUOTE_ACCEPTED))
		return fail(c, ERR_CONFLICT, "The quote is accepted and cannot be recalled any more.");
	TRY(quote_version_list(c, id, &versions, &n));
	if (n > 0) {
		versions[0].state = QUOTE_RECALLED;
		versions[0].recalled_at = c->now;
		versions[0].recalled_by = c->who.user_id;
		TRY(quote_version_update(c, &versions[0]));
	}
	const struct prop props[] = {
		{STR("hs_status"), STR("DRAFT")},
		{STR("quote_state"), QUOTE_DRAFT},
		{STR("hs_public_url_key"), STR("")},
		{STR("hs_quote_link"), STR("")},
		{STR("quote_viewed_at"), STR("")},
		{STR("quote_answered_at"), STR("")},
		{STR("quote_answered_by"), STR("")},
		{STR("quote_decline_reason"), STR("")},
	};
	TRY(quote_set(c, &quote, props, sizeof(props) / sizeof(props[0])));
	return desk_quote(c, id, out);
}

/* Expiry --------------------------------------------------------------------------------------------------------------------- */

static enum err expire(struct ctx *c, struct quote_version *v)
{
	struct object quote;
	const struct prop props[] = {{STR("quote_state"), QUOTE_EXPIRED}};
	v->state = QUOTE_EXPIRED;
	TRY(quote_version_update(c, v));
	enum err e = desk_object_load(c, schema_type_by_id(c, TYPE_QUOTE), v->quote_id, false, &quote);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c); /* it is in the recycle bin */
		return OK;
	}
	TRY(e);
	return quote_set(c, &quote, props, 1);
}

static enum err expire_in_transaction(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct quote_version v;
	enum err e = quote_version_load(c, job->about_id, &v);
	if (e == OK) {
		TRY(object_lock(c, v.quote_id));
		e = quote_version_load(c, job->about_id, &v);
	}
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return job_finish(c, job);
	}
	TRY(e);
	if (str_eq(v.state, QUOTE_PUBLISHED))
		TRY(expire(c, &v));
	return job_finish(c, job);
}

static enum err run_expire(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, expire_in_transaction, job);
}

const struct job_kind job_quote_expire = {
	.kind = "quote.expire",
	.run = run_expire,
	.lane = LANE_UPKEEP,
	.tries = 20,
	.back_off_ms = SECONDS(5),
};
