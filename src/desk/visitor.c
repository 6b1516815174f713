#include "desk/visitor.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/people_int.h"
#include "text/json.h"
#include "text/json_read.h"

enum { MAX_TOKEN_BYTES = 4096 };

/* For this purpose alone: the same key signs other things. */
static struct str signature(struct ctx *c, struct str body)
{
	return crypt_mac(c->a, c->env->sign_key, str_cat(c->a, STR("visitor-token:"), body));
}

enum err desk_visitor_token(struct ctx *c, const struct visitor *v, struct str *token_out)
{
	struct buf b;
	struct json j;
	TRY(desk_can(c, CAN_REPLY, NULL));
	TRY(people_check_email(c, v->email));
	TRY(people_check_name(c, "firstName", v->first_name));
	TRY(people_check_name(c, "lastName", v->last_name));
	buf_init(&b, c->a, MAX_TOKEN_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "email", str_lower(c->a, str_trim(v->email)));
	json_add_string(&j, "firstName", v->first_name);
	json_add_string(&j, "lastName", v->last_name);
	json_add_time(&j, "expiresAt", c->now + HOURS(VISITOR_HOURS));
	json_object_end(&j);
	struct str body = crypt_base64url(c->a, buf_str(&b));
	*token_out = str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(body),
	                     STR_ARG(crypt_base64url(c->a, signature(c, body))));
	return OK;
}

enum err desk_visitor_of_token(struct ctx *c, struct str token, struct visitor *out)
{
	struct str given, text, rest = token;
	json_t *who;
	struct str body = str_cut(&rest, STR("."));
	if (token.n > MAX_TOKEN_BYTES || rest.n == 0 || !crypt_from_base64url(c->a, rest, &given) ||
	    !crypt_equal(given, signature(c, body)) || !crypt_from_base64url(c->a, body, &text))
		return fail(c, ERR_NOT_SIGNED_IN, "This visitor token is not valid.");
	TRY(json_parse(c, text, &who));
	if (json_get_time(who, "expiresAt") <= c->now)
		return fail(c, ERR_EXPIRED, "This visitor token has expired.");
	*out = (struct visitor){json_get_str(who, "email"), json_get_str(who, "firstName"), json_get_str(who, "lastName")};
	return OK;
}
