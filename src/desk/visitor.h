#pragma once

#include "base/ctx.h"

/* Visitor identification: a site that knows who its visitor is asks for a token, and its page gives it to the help widget. The token says
 * who it is for VISITOR_HOURS, and is signed: nothing is kept. It opens nothing by itself; it is made by the site's server only. */

enum { VISITOR_HOURS = 12 };

struct visitor {
	struct str email; /* lower case */
	struct str first_name;
	struct str last_name;
};

/* ERR_BAD_INPUT names the field. */
enum err desk_visitor_token(struct ctx *c, const struct visitor *v, struct str *token_out);
/* Who is it? ERR_NOT_SIGNED_IN: altered, or not ours; ERR_EXPIRED. */
enum err desk_visitor_of_token(struct ctx *c, struct str token, struct visitor *out);
