/* HTTP as a part of `bellhop serve`: an address is the API's, a form's, a file's, or a page of the workspace. */

#include "api/api.h"
#include "cmd/asset.h"
#include "cmd/serve_int.h"
#include "net/http_serve.h"
#include "page/page.h"

enum { HTTP_THREADS = 2 };

/* Files by their name; every other address is a page of the workspace, which finds its own way. */
static void serve_page(struct http_call *call)
{
	bool is_read = str_eq(call->method, STR("GET")) || call->is_head;
	const struct asset *file = asset_find(call->path);
	const struct asset *index = asset_find(STR("index.html"));
	if (file != NULL && file != index && is_read) {
		page_file(call, &(struct page_file){file->content_type, file->etag, file->body, file->gzip,
		                                    file->is_immutable});
		return;
	}
	bool is_file = str_starts(call->path, STR("/assets/")) || str_find_byte(call->path, '.') >= 0;
	if (!is_read || is_file || index == NULL)
		page_not_found(call);
	else
		page_workspace(call, index->body);
}

/* A form runs where slow calls of the API run. */
struct handed_form {
	struct api_work work;
	struct page_work *page;
};
_Static_assert(sizeof(struct handed_form) <= sizeof(((struct page_work *)NULL)->room), "room in struct page_work");

static void on_form_done(struct api_work *w, enum err result)
{
	struct page_work *page = ((struct handed_form *)(void *)w)->page;
	page->done(page, result);
}

static void form_later(void *self, struct page_work *w)
{
	struct handed_form *h = (struct handed_form *)(void *)w->room;
	*h = (struct handed_form){.work = {.c = w->c, .fn = w->fn, .arg = w->arg, .done = on_form_done}, .page = w};
	serve_slow_later(self, &h->work);
}

static void handle(void *self, struct http_call *call)
{
	struct server *s = self;
	if (api_owns(call->path))
		api_handle(s->api, call);
	else if (form_owns(call->path))
		form_handle(&s->forms, call);
	else
		serve_page(call);
}

static enum err begin(void *self, struct http_call *call, struct http_sink *sink)
{
	return api_owns(call->path) ? api_begin(((struct server *)self)->api, call, sink) : OK;
}

static void refuse(void *self, struct http_call *call, enum err why)
{
	api_refuse(((struct server *)self)->api, call, why);
}

enum err serve_open_http(struct ctx *c, struct server *s)
{
	const struct http_config config = {
		.listen = s->app.o.http,
		.trusted_proxies = s->app.o.trusted_proxies,
		.thread_n = HTTP_THREADS,
		.self = s,
		.handle = handle,
		.begin = begin,
		.refuse = refuse,
	};
	s->forms = (struct form_config){.run = &s->app.run, .env = &s->app.env, .self = s, .later = form_later};
	return http_serve_open(c, &config, &s->http);
}
