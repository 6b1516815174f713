/* The API page: what the tables say, as one page of HTML for people. It works without scripts. */

#include "api/call.h"
#include "api/describe.h"
#include "api/handlers.h"
#include "text/html_esc.h"
#include "text/json_read.h"

enum { MAX_PAGE_BYTES = 4 << 20 };

static const char head[] =
	"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>API - Bellhop</title>"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>"
	":root{color-scheme:light dark;--line:light-dark(#d9dde3,#3a3f47);--soft:light-dark(#f4f6f8,#1d2126);"
	"--quiet:light-dark(#545c68,#a4acb8);--link:light-dark(#1a56b8,#8ab4ff)}"
	"body{font:16px/1.55 system-ui,sans-serif;margin:0;background:light-dark(#fff,#14171a);color:light-dark(#1b1f24,#e7eaee)}"
	"main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 6rem}h1{font-size:1.8rem}h2{margin:3rem 0 .5rem;font-size:1.3rem}"
	"h3{margin:1.8rem 0 .3rem;font-size:1rem}a{color:var(--link)}nav ul{columns:14rem;padding-left:1.2rem}"
	"code,pre{font:13.5px/1.5 ui-monospace,monospace}pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;"
	"padding:.7rem .9rem;overflow-x:auto}details{border-top:1px solid var(--line);padding:.45rem 0}"
	"summary{cursor:pointer;overflow-wrap:anywhere}summary b{display:inline-block;min-width:4.2rem;font:600 13px ui-monospace,monospace}"
	".quiet{color:var(--quiet)}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.6rem 0}dd{margin:0}"
	"dt,dd{min-width:0;overflow-wrap:anywhere}@media(max-width:40rem){dl{grid-template-columns:1fr}dd{padding-left:1rem}}"
	"</style></head><body><main>";

static const char manners[] =
	"<h1>API</h1><p>Everything the desk does, it does through this API; its own pages use nothing else. A client library that is "
	"written for a public CRM API of the same paths works when it is given the address of the desk. For machines: "
	"<a href=\"/openapi.json\">openapi.json</a>.</p>"
	"<h2 id=\"manners\">How to talk to it</h2><dl>"
	"<dt>Sign-in</dt><dd><code>Authorization: Bearer &lt;token&gt;</code>. <code>bellhop token create --user &lt;email&gt;</code> makes one.</dd>"
	"<dt>Bodies</dt><dd>JSON in UTF-8, both ways. Ids are strings of digits. Times are ISO 8601 in UTC, or milliseconds since 1970 where you send them.</dd>"
	"<dt>Properties</dt><dd>Values are strings in answers, and <code>null</code> where one is not set. An empty string clears one.</dd>"
	"<dt>Pages</dt><dd>Lists give <code>paging.next.after</code> while there is more; send it as <code>after</code>.</dd>"
	"<dt>Errors</dt><dd>Status 400 and above, with <code>message</code>, <code>category</code> and <code>correlationId</code>; the same id is in the log.</dd>"
	"<dt>Versions</dt><dd>A dated version does in place of v3 and v4, before or behind the resource: <code>/crm/objects/2026-03/tickets</code>.</dd>"
	"<dt>Safe retries</dt><dd>Send <code>Idempotency-Key</code> with a write: a second request with the same key gets the first one's answer.</dd>"
	"</dl>";

static void add_id(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		bool is_plain = (text.p[i] | 0x20) >= 'a' && (text.p[i] | 0x20) <= 'z';
		buf_byte(b, is_plain ? text.p[i] | 0x20 : '-');
	}
}

static void add_contents(struct buf *b)
{
	buf_lit(b, "<nav aria-label=\"Contents\"><ul><li><a href=\"#manners\">How to talk to it</a><li><a href=\"#examples\">Examples</a>");
	for (size_t i = 0; i < route_n; i++) {
		struct str area = route_area(&routes[i]);
		bool is_first = true;
		for (size_t k = 0; k < i; k++)
			is_first = is_first && !str_eq(route_area(&routes[k]), area);
		if (!is_first)
			continue;
		buf_lit(b, "<li><a href=\"#");
		add_id(b, area);
		buf_lit(b, "\">");
		html_text_esc(b, area);
		buf_lit(b, "</a>");
	}
	buf_lit(b, "<li><a href=\"#models\">Models</a></ul></nav>");
}

static void add_examples(struct buf *b)
{
	buf_lit(b, "<h2 id=\"examples\">Examples</h2>"
	           "<p>With the address of your desk in <code>DESK</code> and a token in <code>TOKEN</code>:</p>");
	for (size_t i = 0; i < example_n; i++) {
		buf_lit(b, "<h3>");
		html_text_esc(b, str_c(examples[i].title));
		buf_fmt(b, " <span class=\"quiet\">(%d)</span></h3><pre class=\"example\" data-status=\"%d\">", examples[i].status,
		        examples[i].status);
		html_text_esc(b, str_c(examples[i].command));
		buf_lit(b, "</pre>");
	}
}

/* The name of a model as a link to it; other types as they are. */
static void add_type(struct buf *b, struct str type)
{
	if (str_starts(type, STR("[")) || str_starts(type, STR("{"))) {
		buf_add(b, type.p[0] == '[' ? STR("array of ") : STR("map of "));
		add_type(b, str_head(str_skip(type, 1), type.n - 2));
		return;
	}
	if (model_named(type) == NULL && wire_shape_named(type) == NULL) {
		html_text_esc(b, type);
		return;
	}
	buf_lit(b, "<a href=\"#model-");
	html_attr_esc(b, type);
	buf_lit(b, "\">");
	html_text_esc(b, type);
	buf_lit(b, "</a>");
}

static void add_term(struct buf *b, struct str term, struct str text)
{
	buf_lit(b, "<dt>");
	html_text_esc(b, term);
	buf_lit(b, "</dt><dd>");
	html_text_esc(b, text);
	buf_lit(b, "</dd>");
}

static void add_body(struct buf *b, struct str term, const char *model, enum wrap wrap)
{
	static const char *const around[] = {
		[AS_IT_IS] = "",          [AS_LIST] = "results: array of ", [AS_FOUND] = "total, and results: array of ",
		[AS_BATCH] = "results: array of ", [AS_INPUTS] = "inputs: array of ", [AS_ARRAY] = "array of ",
		[AS_FORM] = "form: ",     [AS_FILE] = "multipart: ",        [AS_BYTES] = "",
		[AS_EVENTS] = "server-sent ",[AS_PAGE] = "a ",
	};
	buf_lit(b, "<dt>");
	html_text_esc(b, term);
	buf_fmt(b, "</dt><dd>%s", around[wrap]);
	add_type(b, str_c(model));
	buf_lit(b, "</dd>");
}

static void add_details(struct buf *b, const struct route *route)
{
	static const struct str who[] = {
		[P_ANYBODY] = STR("anybody"), [P_AGENT] = STR("who is signed in, or a token"), [P_ADMIN] = STR("super admins"),
	};
	const struct description *d = description_of(route);
	buf_lit(b, "<dl>");
	add_term(b, STR("Who"), who[route->who]);
	if (route->scope != NULL)
		add_term(b, STR("Scope of a token"), route->scope[0] == '{' ? STR("that of the object type") : str_c(route->scope));
	if (d != NULL && d->query != NULL)
		add_term(b, STR("Query"), str_c(d->query));
	if (route->takes != NULL)
		add_body(b, STR("Body"), route->takes->name, AS_IT_IS);
	else if (d != NULL && d->takes != NULL)
		add_body(b, STR("Body"), d->takes, d->takes_as);
	if (d != NULL && d->gives != NULL)
		add_body(b, STR("Answer"), d->gives, d->gives_as);
	else if (route->gives != NULL)
		add_body(b, STR("Answer"), route->gives->name, AS_IT_IS);
	buf_fmt(b, "<dt>Success</dt><dd>%d%s</dd></dl>", route->status,
	        d != NULL && d->gives_as == AS_BATCH ? ", or 207 where a part of it failed" : "");
}

static void add_route(struct buf *b, const struct route *route)
{
	buf_lit(b, "<details><summary><b>");
	buf_add(b, method_name(route->method));
	buf_lit(b, "</b> <code>");
	html_text_esc(b, str_c(route->path));
	buf_lit(b, "</code><br><span class=\"quiet\">");
	html_text_esc(b, str_c(route->help));
	buf_lit(b, "</span></summary>");
	add_details(b, route);
	buf_lit(b, "</details>");
}

/* Every route of the area that the i-th begins. */
static void add_area(struct buf *b, size_t first)
{
	struct str area = route_area(&routes[first]);
	for (size_t k = 0; k < first; k++)
		if (str_eq(route_area(&routes[k]), area))
			return;
	buf_lit(b, "<h2 id=\"");
	add_id(b, area);
	buf_lit(b, "\">");
	html_text_esc(b, area);
	buf_lit(b, "</h2>");
	for (size_t i = first; i < route_n; i++)
		if (str_eq(route_area(&routes[i]), area))
			add_route(b, &routes[i]);
}

static void begin_model(struct buf *b, const char *name, const char *help)
{
	buf_fmt(b, "<h3 id=\"model-%s\">%s</h3>", name, name);
	if (help != NULL) {
		buf_lit(b, "<p class=\"quiet\">");
		html_text_esc(b, str_c(help));
		buf_lit(b, "</p>");
	}
	buf_lit(b, "<dl>");
}

static void add_member(struct buf *b, struct str name, struct str type, bool is_required, struct str help)
{
	buf_lit(b, "<dt><code>");
	html_text_esc(b, name);
	buf_add(b, is_required ? STR("</code></dt><dd><span class=\"quiet\">") : STR("</code> ?</dt><dd><span class=\"quiet\">"));
	add_type(b, type);
	buf_lit(b, "</span> ");
	html_text_esc(b, help);
	buf_lit(b, "</dd>");
}

static void add_model(struct buf *b, const struct model *m)
{
	begin_model(b, m->name, m->help);
	for (size_t i = 0; i < m->field_n; i++) {
		const struct model_field *f = &m->fields[i];
		add_member(b, str_c(f->name), str_c(f->type), f->is_required, str_c(f->help));
	}
	buf_lit(b, "</dl>");
}

static void add_shape(struct ctx *c, struct buf *b, const struct shape *s, bool is_input)
{
	begin_model(b, s->name, NULL);
	for (size_t i = 0; i < s->field_n; i++) {
		const struct field *f = &s->fields[i];
		bool is_required = is_input ? (f->flags & F_REQUIRED) != 0 : !(f->flags & F_NULL);
		if (is_input || !(f->flags & F_SECRET))
			add_member(b, field_wire_name(c, f), wire_type(f), is_required, str_c(f->help ? f->help : ""));
	}
	buf_lit(b, "</dl>");
}

static void add_models(struct ctx *c, struct buf *b)
{
	const struct model *m;
	const struct shape *s;
	bool is_input;
	buf_lit(b, "<h2 id=\"models\">Models</h2><p>A question mark: may be left out.</p>");
	for (size_t i = 0; (m = model_at(i)) != NULL; i++)
		add_model(b, m);
	for (size_t i = 0; (s = wire_shape_at(i, &is_input)) != NULL; i++)
		add_shape(c, b, s, is_input);
}

enum err api_reference(struct ctx *c, const struct req *q, struct res *r)
{
	struct buf b;
	(void)q;
	buf_init(&b, c->a, MAX_PAGE_BYTES);
	buf_add(&b, str_c(head));
	buf_add(&b, str_c(manners));
	add_contents(&b);
	add_examples(&b);
	for (size_t i = 0; i < route_n; i++)
		add_area(&b, i);
	add_models(c, &b);
	buf_lit(&b, "</main></body></html>");
	r->raw = buf_str(&b);
	r->content_type = STR("text/html; charset=utf-8");
	res_header(r, STR("Content-Security-Policy"), STR("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
	return OK;
}
