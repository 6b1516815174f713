#include "page/form.h"

#include <fcntl.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/rand.h"
#include "net/http_origin.h"
#include "net/http_query.h"
#include "net/http_serve.h"
#include "page/form_int.h"
#include "desk/env.h"
#include "text/html_esc.h"
#include "text/phrase.h"

struct form_row {
	const char *path;
	bool is_prefix; /* all that begins with it */
	enum err (*ask)(struct ctx *c, struct form *f);  /* GET */
	enum err (*take)(struct ctx *c, struct form *f); /* POST */
};
static const struct form_row rows[] = {
	{"/invitation", false, form_invitation_ask, form_invitation_take},
	{"/d/", true, form_document_ask, form_document_take},
	{"/v/", true, form_video_ask, form_video_take},
	{"/oauth/authorize", false, form_authorize_ask, form_authorize_take},
	{"/kb", false, form_article_ask, NULL},
	{"/kb/", true, form_article_ask, NULL},
	{"/q/", true, form_quote_ask, form_quote_take},
	{"/meet/", true, form_meet_ask, form_meet_take},
	{"/booking/", true, form_booking_ask, form_booking_take},
};

struct form_call {
	struct ctx c;
	struct form form;
	const struct form_row *row;
	struct page_work work;
	bool is_take;
};

static const struct form_row *find(struct str path)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].is_prefix ? str_starts(path, str_c(rows[i].path)) : str_eq(path, str_c(rows[i].path)))
			return &rows[i];
	return NULL;
}

bool form_owns(struct str path)
{
	return find(path) != NULL;
}

struct str form_query(struct ctx *c, const struct form *f, const char *name)
{
	struct str value;
	return http_query_get(c->a, f->http->query, name, &value) ? value : STR_NULL;
}

struct str form_field(struct ctx *c, const struct form *f, const char *name)
{
	struct str value;
	return http_query_get(c->a, f->fields, name, &value) ? value : STR_NULL;
}

static enum err refuse(struct ctx *c, const struct form *f, enum err why, const char *key)
{
	return fail(c, why, STR_FMT, STR_ARG(phrase(f->language, key)));
}

bool form_segment(struct ctx *c, struct form *f, struct str *out)
{
	return http_segment(c->a, str_cut(&f->rest, STR("/")), out);
}

enum err form_end(struct ctx *c, const struct form *f)
{
	return f->rest.n == 0 ? OK : refuse(c, f, ERR_NOT_FOUND, "page.nothingHere");
}

void form_esc(struct form *f, struct str text)
{
	html_text_esc(&f->body, text);
}

void form_say(struct form *f, const char *key)
{
	form_esc(f, phrase(f->language, key));
}

void form_gone(struct form *f, int status, const char *title_key, const char *sentence_key)
{
	f->page.status = status;
	f->page.title = phrase(f->language, title_key);
	form_text(f, phrase(f->language, sentence_key));
}

void form_hidden(struct form *f, const char *name, struct str value)
{
	buf_fmt(&f->body, "<input type=\"hidden\" name=\"%s\" value=\"", name);
	html_attr_esc(&f->body, value);
	buf_lit(&f->body, "\">");
}

void form_text(struct form *f, struct str text)
{
	buf_lit(&f->body, "<p>");
	html_text_esc(&f->body, text);
	buf_lit(&f->body, "</p>");
}

void form_fault(struct form *f, struct str text)
{
	buf_lit(&f->body, "<p class=\"fault\" role=\"alert\">");
	html_text_esc(&f->body, text);
	buf_lit(&f->body, "</p>");
}

void form_button(struct form *f, const char *key)
{
	buf_lit(&f->body, "<button>");
	form_say(f, key);
	buf_lit(&f->body, "</button>");
}

void form_say_with(struct ctx *c, struct form *f, const char *key, const struct phrase_value *values)
{
	form_text(f, phrase_with(c->a, f->language, key, values));
}

void form_input(struct form *f, const char *name, struct str label, const char *attributes)
{
	buf_fmt(&f->body, "<label for=\"%s\">", name);
	form_esc(f, label);
	buf_fmt(&f->body, "</label><input id=\"%s\" name=\"%s\" %s>", name, name, attributes);
}

void form_speak(struct ctx *c, struct form *f, struct str language)
{
	if (str_is_null(language) || phrase_speaks(form_query(c, f, "lang")))
		return;
	f->language = f->page.language = language;
}

static enum err run(struct ctx *c, void *arg)
{
	struct form_call *call = arg;
	struct http_call *http = call->form.http;
	struct str type = http_header(http, "Content-Type");
	if (!call->is_take)
		return call->row->ask(c, &call->form);
	if (http->body.n > MAX_FORM_BYTES)
		return refuse(c, &call->form, ERR_TOO_BIG, "page.tooBig");
	if (!str_eq_nocase(str_trim(str_cut(&type, STR(";"))), STR("application/x-www-form-urlencoded")))
		return refuse(c, &call->form, ERR_MEDIA_TYPE, "page.badForm");
	if (!http_query_is_valid(c->a, http->body))
		return refuse(c, &call->form, ERR_BAD_INPUT, "page.badForm");
	if (!http_is_same_origin(http, c->env->public_url))
		return refuse(c, &call->form, ERR_NOT_ALLOWED, "page.foreign");
	call->form.fields = http->body;
	return call->row->take(c, &call->form);
}

static void send(struct form_call *call, enum err e)
{
	struct ctx *c = &call->c;
	struct form *f = &call->form;
	if (e != OK) {
		bool is_callers = err_http(e) < 500;
		log_failure(c, e, str_c(call->row->path));
		buf_init(&f->body, c->a, MAX_PAGE_BODY_BYTES);
		f->page = (struct page_html){.status = err_http(e), .language = f->language, .title = phrase(f->language, "page.failed")};
		form_fault(f, is_callers && c->why.detail.n > 0 ? c->why.detail : err_sentence(e));
	}
	f->page.body = buf_str(&f->body);
	if (e != OK || !f->is_raw) {
		page_html(f->http, &f->page);
		return;
	}
	if (f->answer.body_fd > 0) /* the arena closes its own */
		f->answer.body_fd = fcntl(f->answer.body_fd, F_DUPFD_CLOEXEC, 3);
	http_answer(f->http, &f->answer);
}

static void on_done(struct page_work *w, enum err result)
{
	send(w->arg, result);
}

static struct str language_of(struct http_call *http)
{
	struct str asked;
	if (http_query_get(http->a, http->query, "lang", &asked) && phrase_speaks(asked))
		return asked;
	return phrase_language(http_header(http, "Accept-Language"));
}

void form_handle(const struct form_config *config, struct http_call *http)
{
	struct form_call *call = NEW(http->a, struct form_call);
	call->c = (struct ctx){
		.a = http->a,
		.now = clock_ms(),
		.run = config->run,
		.env = config->env,
		.request_id = rand_uuid(http->a),
	};
	call->row = find(http->path);
	call->is_take = str_eq(http->method, STR("POST"));
	call->form = (struct form){
		.http = http,
		.rest = str_skip(http->path, str_c(call->row->path).n),
		.language = language_of(http),
	};
	call->form.page = (struct page_html){.status = 200, .language = call->form.language};
	buf_init(&call->form.body, http->a, MAX_PAGE_BODY_BYTES);
	if (call->is_take ? call->row->take == NULL : !http->is_head && !str_eq(http->method, STR("GET"))) {
		send(call, fail(&call->c, ERR_BAD_METHOD, "This address answers GET and POST only."));
		return;
	}
	if (!http_query_is_valid(http->a, http->query)) {
		send(call, refuse(&call->c, &call->form, ERR_BAD_INPUT, "page.badAddress"));
		return;
	}
	call->work = (struct page_work){.c = &call->c, .fn = run, .arg = call, .done = on_done};
	config->later(config->self, &call->work);
}
