/* API tokens. The secret is in the answer to who made it, and nowhere else. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/scope.h"
#include "api/shapes.h"
#include "desk/token.h"

enum { DEFAULT_TOKENS = 100, MAX_TOKENS_OUT = 100 };

static void write_token(struct json *j, const struct token *t, struct str secret)
{
	json_object_begin(j);
	json_add_id(j, "id", t->id);
	json_add_string(j, "name", t->name);
	json_add_id(j, "userId", t->user_id);
	res_add_scopes(j, t->scopes);
	json_add_time(j, "createdAt", t->created_at);
	json_add_string(j, "token", secret);
	json_object_end(j);
}

enum err api_tokens_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct token *tokens;
	int64_t limit, after;
	size_t n;
	TRY(req_int(c, q, "limit", DEFAULT_TOKENS, 1, MAX_TOKENS_OUT, &limit));
	TRY(req_int(c, q, "after", 0, 0, INT64_MAX, &after));
	TRY(desk_token_list(c, after, limit + 1, &tokens, &n));
	bool has_more = n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < n - has_more; i++)
		write_token(&r->j, &tokens[i], STR_NULL);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)tokens[n - 2].id) : STR_NULL);
	return OK;
}

enum err api_tokens_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct token t;
	int64_t id;
	TRY(req_id(c, q, "tokenId", &id));
	TRY(desk_token_load(c, id, &t));
	write_token(&r->j, &t, STR_NULL);
	return OK;
}

enum err api_tokens_create(struct ctx *c, const struct req *q, struct res *r)
{
	const struct token_body *body = IN(q, struct token_body);
	struct token_in in = {.name = body->name, .user_id = body->user_id ? body->user_id : c->who.user_id};
	struct token t;
	struct str secret;
	TRY(req_scopes(c, q, &in.scopes));
	TRY(desk_token_create(c, &in, &t, &secret));
	write_token(&r->j, &t, secret);
	return OK;
}

enum err api_tokens_revoke(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "tokenId", &id));
	TRY(desk_token_revoke(c, id));
	return res_nothing(r);
}
