#include "page/form.h"

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

struct form_row {
	const char *path;
	enum err (*ask)(struct ctx *c, struct form *f);  /* GET */
	enum err (*take)(struct ctx *c, struct form *f); /* POST */
};
static const struct form_row rows[] = {
	{"/invitation", form_invitation_ask, form_invitation_take},
	{"/oauth/authorize", form_authorize_ask, form_authorize_take},
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
		if (str_eq(path, str_c(rows[i].path)))
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

static enum err run(struct ctx *c, void *arg)
{
	struct form_call *call = arg;
	struct http_call *http = call->form.http;
	struct str type = http_header(http, "Content-Type");
	if (!call->is_take)
		return call->row->ask(c, &call->form);
	if (http->body.n > MAX_FORM_BYTES)
		return fail(c, ERR_TOO_BIG, "A form has at most %d bytes.", MAX_FORM_BYTES);
	if (!str_eq_nocase(str_trim(str_cut(&type, STR(";"))), STR("application/x-www-form-urlencoded")))
		return fail(c, ERR_MEDIA_TYPE, "This is not how a form is sent.");
	if (!http_query_is_valid(c->a, http->body))
		return fail(c, ERR_BAD_INPUT, "The form is not well-formed.");
	if (!http_is_same_origin(http, c->env->public_url))
		return fail(c, ERR_NOT_ALLOWED, "This form came from another site.");
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
		buf_init(&f->body, c->a, MAX_FORM_BYTES);
		f->page = (struct page_html){.status = err_http(e), .title = STR("This did not work")};
		form_fault(f, is_callers && c->why.detail.n > 0 ? c->why.detail : err_sentence(e));
	}
	f->page.body = buf_str(&f->body);
	page_html(f->http, &f->page);
}

static void on_done(struct page_work *w, enum err result)
{
	send(w->arg, result);
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
	call->form = (struct form){.http = http, .page = {.status = 200}};
	buf_init(&call->form.body, http->a, MAX_FORM_BYTES);
	if (!call->is_take && !http->is_head && !str_eq(http->method, STR("GET"))) {
		send(call, fail(&call->c, ERR_BAD_METHOD, "This address answers GET and POST only."));
		return;
	}
	if (!http_query_is_valid(http->a, http->query)) {
		send(call, fail(&call->c, ERR_BAD_INPUT, "The address is not well-formed."));
		return;
	}
	call->work = (struct page_work){.c = &call->c, .fn = run, .arg = call, .done = on_done};
	config->later(config->self, &call->work);
}
