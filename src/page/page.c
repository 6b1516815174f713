#include "page/page.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/rand.h"
#include "net/gzip.h"
#include "net/http_serve.h"
#include "text/html_esc.h"

enum { MAX_PAGE_BYTES = 1 << 20, NONCE_BYTES = 16 };

/* Pages of forms: no script, no frame, and a form may only lead to the places named. */
/* Light and dark, as the browser likes it. */
#define PAGE_COLOURS                                                                                  \
	":root{color-scheme:light dark}body{background:light-dark(#fff,#14171a);color:light-dark(#1b1f24,#e7eaee)}" \
	"a{color:light-dark(#1a56b8,#8ab4ff)}"
#define FORM_POLICY "default-src 'none'; style-src 'nonce-" STR_FMT "'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

#define SECURITY_HEADERS                                                     \
	{STR("X-Content-Type-Options"), STR("nosniff")},                       \
	{STR("Referrer-Policy"), STR("same-origin")},                          \
	{STR("X-Frame-Options"), STR("DENY")},                                 \
	{STR("Cross-Origin-Opener-Policy"), STR("same-origin")},               \
	{STR("Permissions-Policy"), STR("camera=(), microphone=(), geolocation=()")}

static struct str workspace_policy(struct arena *a, struct str nonce)
{
	return str_fmt(
		a,
		"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" STR_FMT
		"'; style-src-attr 'unsafe-inline'; "
		"img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
		"require-trusted-types-for 'script'; trusted-types dompurify default",
		STR_ARG(nonce));
}

void page_workspace(struct http_call *call, struct str html)
{
	struct buf b;
	struct str nonce = rand_token(call->a, NONCE_BYTES);
	buf_init(&b, call->a, MAX_PAGE_BYTES);
	for (struct str rest = html; !str_is_null(rest);) {
		buf_add(&b, str_cut(&rest, STR("__NONCE__")));
		if (!str_is_null(rest))
			buf_add(&b, nonce);
	}
	const struct http_header headers[] = {
		{STR("Content-Security-Policy"), workspace_policy(call->a, nonce)},
		{STR("Cache-Control"), STR("no-store")},
		SECURITY_HEADERS,
	};
	http_answer(call, &(struct http_answer){
		.status = 200,
		.content_type = STR("text/html; charset=utf-8"),
		.headers = headers,
		.header_n = sizeof(headers) / sizeof(headers[0]),
		.body = buf_str(&b),
	});
}

void page_html(struct http_call *call, const struct page_html *page)
{
	struct buf b;
	struct arena *a = call->a;
	struct str nonce = rand_token(a, NONCE_BYTES);
	struct str policy = str_fmt(a, FORM_POLICY "%s" STR_FMT, STR_ARG(nonce), page->leads_to.n ? " " : "",
	                            STR_ARG(page->leads_to));
	buf_init(&b, a, MAX_PAGE_BYTES);
	buf_lit(&b, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
	            "<meta name=\"viewport\" content=\"width=device-width\"><title>");
	html_text_esc(&b, page->title);
	buf_fmt(&b,
	        " - Bellhop</title><style nonce=\"" STR_FMT "\">" PAGE_COLOURS "body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;"
	        "margin:12vh auto;padding:0 1rem}h1{font-size:1.5rem;line-height:1.25}label,input,button{display:block;font:inherit}"
	        "input{width:100%%;box-sizing:border-box;padding:.5rem .6rem;margin:.2rem 0 1rem;color:inherit;"
	        "background:transparent;border:1px solid light-dark(#8a929d,#6d7682);border-radius:6px}"
	        "button{padding:.5rem 1.1rem;margin:.6rem 0;border:1px solid light-dark(#8a929d,#6d7682);border-radius:6px;"
	        "background:transparent;color:inherit;cursor:pointer}"
	        "form>button:first-of-type{background:light-dark(#0d6b58,#4fc3a7);color:light-dark(#fff,#06231c);border-color:transparent}"
	        ":focus-visible{outline:2px solid light-dark(#0d6b58,#4fc3a7);outline-offset:2px}"
	        ".fault{color:light-dark(#b00020,#ff9b93)}</style><h1>",
	        STR_ARG(nonce));
	html_text_esc(&b, page->title);
	buf_lit(&b, "</h1>");
	buf_add(&b, page->body);
	buf_lit(&b, "</html>");
	const struct http_header headers[] = {
		{STR("Content-Security-Policy"), policy},
		{STR("Cache-Control"), STR("no-store")},
		SECURITY_HEADERS,
		{STR("Location"), page->location}, /* null values are left out */
		{STR("Set-Cookie"), page->cookie},
	};
	http_answer(call, &(struct http_answer){
		.status = page->status,
		.content_type = STR("text/html; charset=utf-8"),
		.headers = headers,
		.header_n = sizeof(headers) / sizeof(headers[0]),
		.body = buf_str(&b),
	});
}

void page_file(struct http_call *call, const struct page_file *file)
{
	bool is_packed = !str_is_null(file->gzip) && http_accepts_gzip(call);
	bool is_known = str_eq(http_header(call, "If-None-Match"), file->etag);
	const struct http_header headers[] = {
		{STR("Cache-Control"),
	         file->is_immutable ? STR("public, max-age=31536000, immutable") : STR("no-cache")},
		{STR("ETag"), file->etag},
		{STR("Vary"), STR("Accept-Encoding")},
		SECURITY_HEADERS,
		{STR("Content-Encoding"), STR("gzip")}, /* the last one: left out where it is plain */
	};
	size_t n = sizeof(headers) / sizeof(headers[0]);
	http_answer(call, &(struct http_answer){
		.status = is_known ? 304 : 200,
		.content_type = is_known ? STR_NULL : file->content_type,
		.headers = headers,
		.header_n = is_packed && !is_known ? n : n - 1,
		.body = is_known ? STR("") : is_packed ? file->gzip : file->body,
	});
}

void page_not_found(struct http_call *call)
{
	const struct http_header headers[] = {
		{STR("Content-Security-Policy"),
	         STR("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")},
		{STR("Cache-Control"), STR("no-store")},
		SECURITY_HEADERS,
	};
	http_answer(
		call,
		&(struct http_answer){
			.status = 404,
			.content_type = STR("text/html; charset=utf-8"),
			.headers = headers,
			.header_n = sizeof(headers) / sizeof(headers[0]),
			.body = STR(
				"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found - Bellhop</title>"
				"<style>" PAGE_COLOURS "body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem}</style>"
				"<h1>There is nothing here</h1><p>The address may be old or mistyped. "
				"<a href=\"/\">Go to the desk</a></p></html>"),
		});
}
