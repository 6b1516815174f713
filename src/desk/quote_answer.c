/* What happens at the link. Whoever has it is nobody to the desk: what he does is written by the desk itself. */

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/utf8.h"
#include "desk/env.h"
#include "desk/notify.h"
#include "desk/quote_int.h"
#include "text/one_line.h"

static struct str state_now(struct ctx *c, const struct quote_version *v)
{
	bool is_over = v->expires_at > 0 && v->expires_at <= c->now;
	return is_over && str_eq(v->state, QUOTE_PUBLISHED) ? QUOTE_EXPIRED : v->state;
}

/* One that was deleted is as one that was recalled; one that is purged never was. */
static enum err look(struct ctx *c, struct str token, struct quote_seen *out, struct object *quote)
{
	struct quote_seen s = {0};
	if (token.n == 0 || token.n > 2 * QUOTE_TOKEN_BYTES)
		return fail(c, ERR_NOT_FOUND, "no such link");
	TRY(quote_version_by_token(c, token, &s.version));
	TRY(object_load(c, TYPE_QUOTE, s.version.quote_id, quote));
	TRY(quote_paper_read(c, s.version.body, &s.paper));
	s.state = quote->archived_at > 0 ? QUOTE_RECALLED : state_now(c, &s.version);
	*out = s;
	return OK;
}

enum err desk_quote_of_token(struct ctx *c, struct str token, struct quote_seen *out)
{
	struct object quote;
	return look(c, token, out, &quote);
}

/* The same, under the lock of the quote: what it says holds until the transaction has ended. */
static enum err hold(struct ctx *c, struct str token, struct quote_seen *out, struct object *quote)
{
	TRY(look(c, token, out, quote));
	TRY(object_lock(c, out->version.quote_id));
	return look(c, token, out, quote);
}

static struct ctx as_desk(const struct ctx *c)
{
	struct ctx own = *c;
	own.who = (struct actor){.kind = ACTOR_SYSTEM};
	return own;
}

/* fn as the desk itself; what it leaves in the context comes along. */
static enum err by_desk(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg)
{
	const struct actor who = c->who;
	c->who = as_desk(c).who;
	enum err e = fn(c, arg);
	c->who = who;
	return e;
}

static enum err viewed(struct ctx *c, void *arg)
{
	const struct str *token = arg;
	struct quote_seen s;
	struct object quote;
	TRY(hold(c, *token, &s, &quote));
	if (s.version.viewed_at > 0 || !str_eq(s.state, QUOTE_PUBLISHED))
		return OK;
	s.version.viewed_at = c->now;
	TRY(quote_version_update(c, &s.version));
	const struct prop props[] = {{STR("quote_viewed_at"), time_iso(c->a, c->now)}};
	TRY(quote_set(c, &quote, props, 1));
	return notify_quote(c, &quote, QUOTE_WAS_VIEWED, STR_NULL);
}

enum err desk_quote_viewed(struct ctx *c, struct str token)
{
	return by_desk(c, viewed, &token);
}

/* Answers -------------------------------------------------------------------------------------------------------------------- */

struct answering {
	const struct quote_answer *in;
	struct quote_seen *out;
};

static enum err check_answer(struct ctx *c, const struct quote_answer *in)
{
	struct str name = one_line(c->a, in->name);
	if (in->is_accepted && name.n == 0)
		return fail_field(c, STR("name"), STR("REQUIRED_FIELD"), "no name");
	if (utf8_count(name) > MAX_ANSWER_NAME_CHARS || !utf8_is_valid(name))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "the name is too long");
	if (utf8_count(in->reason) > MAX_ANSWER_REASON_CHARS || !utf8_is_valid(in->reason))
		return fail_field(c, STR("reason"), STR("INVALID_LENGTH"), "the reason is too long");
	return OK;
}

/* Tells whether two answers came from the same place, and nothing else. */
static struct str address_hash(struct ctx *c, struct str address)
{
	if (address.n == 0)
		return STR("");
	return crypt_base64url(c->a, crypt_mac(c->a, c->env->sign_key, str_cat(c->a, STR("quote-answer:"), address)));
}

static enum err write_answer(struct ctx *c, const struct quote_answer *in, struct quote_version *v, struct object *quote)
{
	v->state = in->is_accepted ? QUOTE_ACCEPTED : QUOTE_DECLINED;
	v->answered_at = c->now;
	v->viewed_at = v->viewed_at ? v->viewed_at : c->now;
	v->answer_name = one_line(c->a, in->name);
	v->answer_reason = in->is_accepted || in->reason.n == 0 ? STR("") : str_trim(in->reason);
	v->address_hash = address_hash(c, in->address);
	TRY(quote_version_update(c, v));
	const struct prop props[] = {
		{STR("quote_state"), v->state},
		{STR("quote_viewed_at"), time_iso(c->a, v->viewed_at)},
		{STR("quote_answered_at"), time_iso(c->a, c->now)},
		{STR("quote_answered_by"), v->answer_name.n > 0 ? v->answer_name : STR("")},
		{STR("quote_decline_reason"), v->answer_reason},
	};
	return quote_set(c, quote, props, sizeof(props) / sizeof(props[0]));
}

static enum err answer(struct ctx *c, void *arg)
{
	const struct answering *a = arg;
	struct quote_seen s;
	struct object quote;
	TRY(hold(c, a->in->token, &s, &quote));
	if (str_eq(s.state, QUOTE_PUBLISHED)) {
		TRY(write_answer(c, a->in, &s.version, &quote));
		s.state = s.version.state;
		TRY(notify_quote(c, &quote, a->in->is_accepted ? QUOTE_WAS_ACCEPTED : QUOTE_WAS_DECLINED, s.version.answer_name));
		TRY(job_add(c, &job_quote_mail, s.version.id, STR("owner"), 0));
		if (a->in->is_accepted)
			TRY(job_add(c, &job_quote_mail, s.version.id, STR("buyer"), 0));
	}
	*a->out = s;
	return OK;
}

enum err desk_quote_answer(struct ctx *c, const struct quote_answer *in, struct quote_seen *out)
{
	struct answering a = {in, out};
	TRY(check_answer(c, in));
	return by_desk(c, answer, &a);
}
