#pragma once

#include "base/buf.h"
#include "base/ctx.h"
#include "page/page.h"

/* For the files of forms. */

struct http_call;

enum { MAX_FORM_BYTES = 64 << 10 };

/* A form that is asked for or sent. */
struct form {
	struct http_call *http;
	struct str fields; /* of the body that was sent */
	struct buf body;   /* of the page: HTML */
	struct page_html page; /* 200 and no title yet */
};

/* A value of the query, or of the fields sent; the null string where there is none. */
struct str form_query(struct ctx *c, const struct form *f, const char *name);
struct str form_field(struct ctx *c, const struct form *f, const char *name);
/* <input type="hidden">; a paragraph; a paragraph that says what is wrong. */
void form_hidden(struct form *f, const char *name, struct str value);
void form_text(struct form *f, struct str text);
void form_fault(struct form *f, struct str text);

/* invitation.c */
enum err form_invitation_ask(struct ctx *c, struct form *f);
enum err form_invitation_take(struct ctx *c, struct form *f);

/* authorize.c */
enum err form_authorize_ask(struct ctx *c, struct form *f);
enum err form_authorize_take(struct ctx *c, struct form *f);
