#include "page/page.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "net/gzip.h"
#include "net/http_range.h"
#include "net/http_serve.h"
#include "text/html_esc.h"
#include "text/phrase.h"

enum { MAX_PAGE_BYTES = 5 << 20, NONCE_BYTES = 16 };

/* Pages for people outside: no script unless the page names one, no frame, and a form may only lead to the places named. */
#define PUBLIC_POLICY "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; frame-ancestors 'none'"

#define SECURITY_HEADERS_WITH(permissions)                                   \
	{STR("X-Content-Type-Options"), STR("nosniff")},                       \
	{STR("Referrer-Policy"), STR("same-origin")},                          \
	{STR("X-Frame-Options"), STR("DENY")},                                 \
	{STR("Cross-Origin-Opener-Policy"), STR("same-origin")},               \
	{STR("Permissions-Policy"), permissions}

#define NO_PERMISSIONS   STR("camera=(), microphone=(), display-capture=(), geolocation=()")
#define SECURITY_HEADERS SECURITY_HEADERS_WITH(NO_PERMISSIONS)

/* Where the workspace records videos, in a window of its own: nowhere else may a page ask for camera, microphone or screen. */
#define RECORDER_PATH        STR("/record")
#define RECORDER_PERMISSIONS STR("camera=(self), microphone=(self), display-capture=(self), geolocation=()")

static struct str workspace_policy(struct arena *a, struct str nonce)
{
	return str_fmt(
		a,
		"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" STR_FMT
		"'; style-src-attr 'unsafe-inline'; "
		"img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
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
	bool is_recorder = str_eq(call->path, RECORDER_PATH);
	const struct http_header headers[] = {
		{STR("Content-Security-Policy"), workspace_policy(call->a, nonce)},
		{STR("Cache-Control"), STR("no-store")},
		SECURITY_HEADERS_WITH(is_recorder ? RECORDER_PERMISSIONS : NO_PERMISSIONS),
	};
	http_answer(call, &(struct http_answer){
		.status = 200,
		.content_type = STR("text/html; charset=utf-8"),
		.headers = headers,
		.header_n = sizeof(headers) / sizeof(headers[0]),
		.body = buf_str(&b),
	});
}

static void write_head(struct buf *b, const struct page_html *page, struct str language)
{
	bool is_wide = page->layout == PAGE_WIDE;
	buf_lit(b, "<!doctype html><html lang=\"");
	html_attr_esc(b, language);
	buf_add(b, page->is_rtl ? STR("\" dir=\"rtl") : STR(""));
	buf_lit(b, "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
	if (!page->is_for_robots)
		buf_lit(b, "<meta name=\"robots\" content=\"noindex\">");
	buf_lit(b, "<title>");
	html_text_esc(b, page->title);
	if (!is_wide)
		buf_lit(b, " - Bellhop");
	buf_lit(b, "</title><link rel=\"stylesheet\" href=\"/public/page.css\">");
	if (page->script != NULL)
		buf_fmt(b, "<script type=\"module\" src=\"/public/%s.js\"></script>", page->script);
	buf_add(b, page->head);
	buf_fmt(b, "</head><body class=\"%s\">", is_wide ? "wide" : "small");
}

static void write_page(struct buf *b, const struct page_html *page)
{
	struct str language = str_is_null(page->language) ? STR("en") : page->language;
	write_head(b, page, language);
	if (page->layout == PAGE_WIDE) {
		buf_lit(b, "<a class=\"skip\" href=\"#content\">");
		html_text_esc(b, phrase(language, "page.skip"));
		buf_lit(b, "</a>");
	}
	buf_lit(b, "<main id=\"content\">");
	if (!page->has_own_heading) {
		buf_lit(b, "<h1>");
		html_text_esc(b, page->title);
		buf_lit(b, "</h1>");
	}
	buf_add(b, page->body);
	buf_lit(b, "</main></body></html>");
}

static struct str public_policy(struct arena *a, const struct page_html *page)
{
	return str_fmt(a, PUBLIC_POLICY "%s%s" STR_FMT, page->script ? "; script-src 'self'; connect-src 'self'" : "",
	               page->leads_to.n ? "; form-action 'self' " : "; form-action 'self'", STR_ARG(page->leads_to));
}

/* A page that is the same for everybody has a version; whoever has it asks whether it is still that one. */
static struct str version_of(struct arena *a, const struct page_html *page, struct str html)
{
	bool is_kept = page->is_for_robots && page->status == 200 && page->cookie.n == 0;
	return is_kept ? str_fmt(a, "\"" STR_FMT "\"", STR_ARG(crypt_hash_hex(a, html))) : STR_NULL;
}

void page_html(struct http_call *call, const struct page_html *page)
{
	struct buf b;
	buf_init(&b, call->a, MAX_PAGE_BYTES);
	write_page(&b, page);
	struct str etag = version_of(call->a, page, buf_str(&b));
	bool is_known = etag.n > 0 && http_etag_is_in(http_header(call, "If-None-Match"), etag, false);
	const struct http_header headers[] = {
		{STR("Content-Security-Policy"), public_policy(call->a, page)},
		{STR("Cache-Control"), etag.n > 0 ? STR("public, no-cache") : STR("no-store")},
		SECURITY_HEADERS,
		{STR("ETag"), etag}, /* null values are left out */
		{STR("Vary"), etag.n > 0 ? STR("Accept-Language") : STR_NULL},
		{STR("Location"), page->location},
		{STR("Set-Cookie"), page->cookie},
	};
	http_answer(call, &(struct http_answer){
		.status = is_known ? 304 : page->status,
		.content_type = is_known ? STR_NULL : STR("text/html; charset=utf-8"),
		.headers = headers,
		.header_n = sizeof(headers) / sizeof(headers[0]),
		.body = is_known ? STR("") : buf_str(&b),
	});
}

size_t page_headers(struct http_header *out, size_t n)
{
	static const struct http_header headers[] = {
		{STR("Content-Security-Policy"), STR("default-src 'none'; sandbox; frame-ancestors 'none'")},
		{STR("Cache-Control"), STR("no-store")},
		SECURITY_HEADERS,
	};
	size_t i = 0;
	for (; i < n && i < sizeof(headers) / sizeof(headers[0]); i++)
		out[i] = headers[i];
	return i;
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
	struct str language = phrase_language(http_header(call, "Accept-Language"));
	struct buf b;
	buf_init(&b, call->a, MAX_PAGE_BYTES);
	buf_lit(&b, "<p>");
	html_text_esc(&b, phrase(language, "page.oldAddress"));
	buf_lit(&b, "</p>");
	page_html(call, &(struct page_html){
		.status = 404,
		.language = language,
		.title = phrase(language, "page.nothingHere"),
		.body = buf_str(&b),
	});
}
