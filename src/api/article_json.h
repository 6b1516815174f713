#pragma once

#include "desk/article.h"

/* Between the files that handle articles: one text of an article, in requests and answers. */

struct json;
struct req;
struct res;

/* What a version says, into the object that is open. */
void article_json_said(struct json *j, const struct article_version *v);
/* The answer is a text as its writer sees it. */
enum err article_give_page(struct ctx *c, struct res *r, const struct article_page *p);
/* What the body says of a text; what it does not say stays. */
enum err article_read_in(struct ctx *c, const struct req *q, struct article_in *out);
