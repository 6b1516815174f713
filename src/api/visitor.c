/* Tokens for visitors that a site knows: for the help widget. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "desk/visitor.h"

enum err api_visitor_token(struct ctx *c, const struct req *q, struct res *r)
{
	const struct visitor_body *in = IN(q, struct visitor_body);
	const struct visitor v = {in->email, in->first_name, in->last_name};
	struct str token;
	TRY(desk_visitor_token(c, &v, &token));
	json_object_begin(&r->j);
	json_add_string(&r->j, "token", token);
	json_object_end(&r->j);
	return OK;
}
