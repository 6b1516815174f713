#pragma once

#include "base/buf.h"
#include "base/ctx.h"
#include "net/http_serve.h"
#include "page/page.h"

/* For the files of forms. */

struct http_call;

enum { MAX_FORM_BYTES = 64 << 10, MAX_PAGE_BODY_BYTES = 4 << 20 };

/* A form that is asked for or sent. */
struct form {
	struct http_call *http;
	struct str rest;     /* of the path, behind what the row of the page says: not decoded */
	struct str language; /* of who reads it: ?lang= where we speak it, else what his browser asks for */
	struct str fields; /* of the body that was sent */
	struct buf body;   /* of the page: HTML */
	struct page_html page; /* 200 and no title yet */
	bool is_raw;           /* answer is not the page: */
	struct http_answer answer;
};

/* A value of the query, or of the fields sent; the null string where there is none. */
struct str form_query(struct ctx *c, const struct form *f, const char *name);
struct str form_field(struct ctx *c, const struct form *f, const char *name);
/* The next part of rest, decoded ("" at its end); false: malformed. Loop by rest. */
bool form_segment(struct ctx *c, struct form *f, struct str *out);
/* What is behind the last part that was asked for is nothing, or the page is not there: ERR_NOT_FOUND. */
enum err form_end(struct ctx *c, const struct form *f);
/* A phrase (text/phrase.h) into the page, in the language of who reads it: escaped. */
void form_say(struct form *f, const char *key);
/* The same as a paragraph; the values stand where their names do. */
struct phrase_value;
void form_say_with(struct ctx *c, struct form *f, const char *key, const struct phrase_value *values);
/* Who reads it has chosen a language (null: he has not). ?lang= counts more. */
void form_speak(struct ctx *c, struct form *f, struct str language);
/* <label> and <input> with what the attributes say besides id and name. */
void form_input(struct form *f, const char *name, struct str label, const char *attributes);
/* Text into the page: escaped. */
void form_esc(struct form *f, struct str text);
/* The page is not there (404), or no more (410): a title and one sentence; neither says what is behind the address. */
void form_gone(struct form *f, int status, const char *title_key, const char *sentence_key);
/* <input type="hidden">; a paragraph; a paragraph that says what is wrong. */
void form_hidden(struct form *f, const char *name, struct str value);
void form_text(struct form *f, struct str text);
void form_fault(struct form *f, struct str text);
/* <button> */
void form_button(struct form *f, const char *key);

/* invitation.c */
enum err form_invitation_ask(struct ctx *c, struct form *f);
enum err form_invitation_take(struct ctx *c, struct form *f);

/* document.c */
enum err form_document_ask(struct ctx *c, struct form *f);
enum err form_document_take(struct ctx *c, struct form *f);

/* video.c */
enum err form_video_ask(struct ctx *c, struct form *f);
enum err form_video_take(struct ctx *c, struct form *f);

/* authorize.c */
enum err form_authorize_ask(struct ctx *c, struct form *f);
enum err form_authorize_take(struct ctx *c, struct form *f);

/* article.c */
enum err form_article_ask(struct ctx *c, struct form *f);
/* quote.c */
enum err form_quote_ask(struct ctx *c, struct form *f);
enum err form_quote_take(struct ctx *c, struct form *f);
/* booking.c: where a meeting is booked */
enum err form_meet_ask(struct ctx *c, struct form *f);
enum err form_meet_take(struct ctx *c, struct form *f);

/* booking_made.c: a meeting that was booked */
enum err form_booking_ask(struct ctx *c, struct form *f);
enum err form_booking_take(struct ctx *c, struct form *f);
