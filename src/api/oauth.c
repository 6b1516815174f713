/* The token endpoint of OAuth (RFC 6749 section 3.2) and what the wire tells about tokens. Errors of the first are told in both forms: the
 * envelope of the wire, and error and error_description of the RFC. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/scope.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "desk/account.h"
#include "desk/oauth.h"
#include "net/http_query.h"

enum { MAX_BASIC_BYTES = 4096 };

/* One field; a second one of the same name is an error (section 3.2). */
static bool field(struct ctx *c, const struct req *q, const char *name, struct str *out)
{
	struct str *values;
	size_t n = http_query_all(c->a, q->http->body, name, &values);
	*out = n > 0 ? values[0] : STR_NULL;
	return n <= 1;
}

static bool read_form(struct ctx *c, const struct req *q, struct oauth_token_in *in)
{
	return field(c, q, "grant_type", &in->grant_type) && field(c, q, "client_id", &in->client_id) &&
	       field(c, q, "client_secret", &in->client_secret) && field(c, q, "code", &in->code) &&
	       field(c, q, "redirect_uri", &in->redirect_url) && field(c, q, "refresh_token", &in->refresh_token);
}

/* Base64 with + and / and padding, as the one that we read. */
static struct str plain_base64url(struct arena *a, struct str text)
{
	while (text.n > 0 && text.p[text.n - 1] == '=')
		text.n--;
	char *copy = arena_alloc(a, text.n + 1);
	for (size_t i = 0; i < text.n; i++)
		copy[i] = text.p[i] == '+' ? '-' : text.p[i] == '/' ? '_' : text.p[i];
	return (struct str){copy, text.n};
}

/* Authorization: Basic, with both parts form-encoded (section 2.3.1). false: there is one, and it is not well-formed. */
static bool read_basic(struct ctx *c, const struct req *q, struct oauth_token_in *in, bool *is_there)
{
	struct str text, value = http_header(q->http, "Authorization");
	*is_there = str_starts_nocase(value, STR("Basic "));
	if (!*is_there)
		return true;
	value = plain_base64url(c->a, str_trim(str_skip(value, 6)));
	if (value.n > MAX_BASIC_BYTES || !crypt_from_base64url(c->a, value, &text))
		return false;
	struct str secret = text;
	struct str id = str_cut(&secret, STR(":"));
	/* who sends both has to mean the same */
	bool is_one = str_is_null(in->client_id) || str_eq(in->client_id, id);
	return !str_is_null(secret) && is_one && str_is_null(in->client_secret) &&
	       http_segment(c->a, id, &in->client_id) && http_segment(c->a, secret, &in->client_secret);
}

static enum err give_fault(struct ctx *c, struct res *r, struct str fault, struct str sentence, bool is_basic)
{
	struct json *j = &r->j;
	bool is_client = str_eq(fault, STR("invalid_client"));
	r->status = is_client && is_basic ? 401 : 400;
	if (r->status == 401)
		res_header(r, STR("WWW-Authenticate"), STR("Basic realm=\"oauth\""));
	json_object_begin(j);
	json_add_string(j, "status", STR("error"));
	json_add_string(j, "message", sentence);
	json_add_string(j, "correlationId", c->request_id);
	json_add_string(j, "category", is_client ? STR("INVALID_AUTHENTICATION") : STR("VALIDATION_ERROR"));
	json_add_string(j, "error", fault);
	json_add_string(j, "error_description", sentence);
	json_object_end(j);
	return OK;
}

enum err api_oauth_token(struct ctx *c, const struct req *q, struct res *r)
{
	struct oauth_token_in in = {0};
	struct oauth_tokens t;
	bool is_basic = false;
	if (!read_form(c, q, &in) || !read_basic(c, q, &in, &is_basic))
		return give_fault(c, r, STR("invalid_request"), STR("A parameter comes twice, or is not well-formed."), false);
	TRY(desk_oauth_token(c, &in, &t));
	res_header(r, STR("Pragma"), STR("no-cache"));
	if (!str_is_null(t.fault))
		return give_fault(c, r, t.fault, t.sentence, is_basic);
	json_object_begin(&r->j);
	json_add_string(&r->j, "access_token", t.access_token);
	json_add_string(&r->j, "refresh_token", t.refresh_token);
	json_add_int(&r->j, "expires_in", ACCESS_SECONDS);
	json_add_string(&r->j, "token_type", STR("bearer"));
	json_object_end(&r->j);
	return OK;
}

static void write_token(struct ctx *c, struct json *j, const struct access *a, struct str token)
{
	json_object_begin(j);
	json_add_string(j, "token", token);
	json_add_string(j, "user", a->email);
	json_add_string(j, "hub_domain", desk_domain(c));
	res_add_scopes(j, a->scopes);
	json_add_int(j, "hub_id", ACCOUNT_ID);
	json_add_int(j, "user_id", a->user_id);
}

enum err api_oauth_access(struct ctx *c, const struct req *q, struct res *r)
{
	struct access a;
	TRY(desk_oauth_access(c, req_param(q, "token"), &a));
	write_token(c, &r->j, &a, req_param(q, "token"));
	json_add_int(&r->j, "app_id", a.app_id);
	json_add_int(&r->j, "expires_in", (a.expires_at - c->now) / SECONDS(1));
	json_add_string(&r->j, "token_type", STR("access"));
	json_object_end(&r->j);
	return OK;
}

enum err api_oauth_refresh(struct ctx *c, const struct req *q, struct res *r)
{
	struct access a;
	TRY(desk_oauth_refresh(c, req_param(q, "token"), &a));
	write_token(c, &r->j, &a, req_param(q, "token"));
	json_add_string(&r->j, "client_id", a.client_id);
	json_add_string(&r->j, "token_type", STR("refresh"));
	json_object_end(&r->j);
	return OK;
}

enum err api_oauth_revoke(struct ctx *c, const struct req *q, struct res *r)
{
	TRY(desk_oauth_revoke(c, req_param(q, "token")));
	return res_nothing(r);
}
