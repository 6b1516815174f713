/* /d/TOKEN: a document, for whom it was shared with. /d/TOKEN/page/N is a picture of a page; to send a form to /d/TOKEN is the gate, to
 * /d/TOKEN/file takes the file, to /d/TOKEN/seen says how long pages were visible (web/public/document.ts). All of it reads fine without
 * the script. The bytes themselves come as a download only, and by a form: what follows links in mails takes none. */

#include "base/arena.h"
#include "base/num.h"
#include "desk/document.h"
#include "net/http_file.h"
#include "net/http_session.h"
#include "page/shared.h"
#include "text/html_esc.h"
#include "text/local.h"
#include "text/phrase.h"

#define KIND STR("DOCUMENT")

struct document_call {
	struct str token, path, visitor, session;
	struct shared_document d;
	bool is_there;
	bool is_ours; /* who looks is signed in: that is no visit */
};

static enum err look(struct ctx *c, void *arg)
{
	struct document_call *w = arg;
	enum err e = desk_shared_document(c, w->token, w->visitor, &w->d);
	w->is_there = e == OK;
	w->is_ours = shared_is_ours(c, w->session);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* The token at the beginning of the path, and what it opens. */
static enum err begin(struct ctx *c, struct form *f, struct document_call *w)
{
	if (!form_segment(c, f, &w->token))
		w->token = STR("");
	w->path = str_fmt(c->a, "/d/" STR_FMT, STR_ARG(w->token));
	w->visitor = shared_visitor(f);
	w->session = http_session_cookie(f->http);
	return c->run->read(c->run->self, c, look, w);
}

static bool is_open(const struct document_call *w)
{
	return w->is_there && w->d.shared.state == SHARE_OPEN;
}

/* What was asked for is not shown by this link. */
static enum err shut(struct ctx *c, struct form *f, const struct document_call *w)
{
	if (w->is_there && w->d.shared.state != SHARE_OPEN)
		shared_shut(c, f, w->d.shared.state, w->path);
	else
		shared_unknown(f);
	return OK;
}

/* The page ---------------------------------------------------------------------------------------------------------- */

static struct str size_text(struct ctx *c, const struct form *f, int64_t bytes)
{
	bool is_large = bytes >= 1 << 20;
	double n = (double)bytes / (is_large ? 1 << 20 : 1 << 10);
	struct str number = local_number(c->a, f->language, str_fmt(c->a, n < 10 ? "%.1f" : "%.0f", n < 0.1 ? 0.1 : n));
	return str_fmt(c->a, STR_FMT " %s", STR_ARG(number), is_large ? "MB" : "kB");
}

static void write_facts(struct ctx *c, struct form *f, const struct document *d)
{
	buf_lit(&f->body, "<p class=\"quiet\">");
	for (size_t i = 0; i < d->format.n; i++)
		buf_byte(&f->body, (char)(d->format.p[i] - ('a' - 'A')));
	buf_lit(&f->body, " \xc2\xb7 ");
	form_esc(f, size_text(c, f, d->size_bytes));
	if (d->page_n > 0) {
		const struct phrase_value values[] = {{"n", str_fmt(c->a, "%lld", (long long)d->page_n)}, {NULL, STR_NULL}};
		buf_lit(&f->body, " \xc2\xb7 ");
		form_esc(f, phrase_with(c->a, f->language, "document.pages", values));
	}
	buf_lit(&f->body, "</p>");
}

static void write_download(struct form *f, const struct document_call *w)
{
	if (!w->d.shared.link.may_download)
		return;
	buf_lit(&f->body, "<form method=\"post\" action=\"");
	html_attr_esc(&f->body, w->path);
	buf_lit(&f->body, "/file\"><button>");
	form_say(f, "document.download");
	buf_lit(&f->body, "</button></form>");
}

static void write_picture(struct ctx *c, struct form *f, const struct document_call *w, const struct document_picture *p)
{
	const struct phrase_value values[] = {{"page", str_fmt(c->a, "%lld", (long long)p->page)}, {NULL, STR_NULL}};
	buf_fmt(&f->body, "<li data-page=\"%lld\"><img src=\"", (long long)p->page);
	html_attr_esc(&f->body, w->path);
	buf_fmt(&f->body, "/page/%lld?v=%lld\" width=\"%lld\" height=\"%lld\"%s alt=\"", (long long)p->page,
	        (long long)w->d.document.version, (long long)p->width, (long long)p->height, p->page > 2 ? " loading=\"lazy\"" : "");
	html_attr_esc(&f->body, phrase_with(c->a, f->language, "document.page", values));
	buf_lit(&f->body, "\"></li>");
}

/* Why there is less to see than the document has. */
static void write_note(struct form *f, const struct document_call *w)
{
	const struct document *d = &w->d.document;
	bool is_pdf = str_eq(d->format, STR("pdf"));
	if (is_pdf && str_eq(d->picture_state, STR("WAITING")))
		form_text(f, phrase(f->language, "document.waiting"));
	else if (w->d.picture_n == 0)
		form_text(f, phrase(f->language, w->d.shared.link.may_download ? "document.onlyFile" : "document.noPages"));
	else if ((int64_t)w->d.picture_n < d->page_n)
		form_text(f, phrase(f->language, "document.notAll"));
}

static void write_document(struct ctx *c, struct form *f, const struct document_call *w)
{
	f->page.title = w->d.shared.name;
	f->page.layout = PAGE_WIDE;
	f->page.script = "document";
	write_facts(c, f, &w->d.document);
	write_download(f, w);
	write_note(f, w);
	buf_lit(&f->body, "<ol id=\"document\" class=\"pages\" data-seen=\"");
	html_attr_esc(&f->body, w->path);
	buf_lit(&f->body, "/seen\">");
	for (size_t i = 0; i < w->d.picture_n; i++)
		write_picture(c, f, w, &w->d.pictures[i]);
	buf_lit(&f->body, "</ol><p class=\"quiet\">");
	form_say(f, "shared.watched");
	buf_lit(&f->body, "</p>");
	shared_greet(c, f, w->path);
}

/* Files ------------------------------------------------------------------------------------------------------------- */

struct opening {
	struct document_call *call;
	int64_t page; /* -1: the document itself */
	struct http_file file;
};

static enum err open_it(struct ctx *c, void *arg)
{
	struct opening *o = arg;
	const struct document *d = &o->call->d.document;
	if (o->page >= 0)
		return document_picture_open(c, d, o->page, &o->file.fd, &o->file.etag);
	return document_open(c, d, &o->file.fd, &o->file.etag);
}

static int64_t page_n(const struct document *d)
{
	return d->page_n > 0 ? d->page_n : 1;
}

/* A picture that the page asks for: who has its cookie has seen something of it. */
static enum err note_seen(struct ctx *c, void *arg)
{
	struct document_call *w = arg;
	return desk_shared_saw(c, KIND, w->token, w->visitor, NULL, 0, page_n(&w->d.document));
}

static enum err note_taken(struct ctx *c, void *arg)
{
	struct document_call *w = arg;
	return desk_shared_took(c, KIND, w->token, w->visitor);
}

static enum err give_picture(struct ctx *c, struct form *f, struct document_call *w)
{
	struct opening o = {.call = w, .file = {.name = STR("page")}};
	struct str number;
	if (!form_segment(c, f, &number) || f->rest.n > 0 || !num_parse_int(number, &o.page) || o.page < 0)
		return shut(c, f, &(struct document_call){0});
	enum err e = c->run->read(c->run->self, c, open_it, &o);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return shut(c, f, &(struct document_call){0});
	}
	TRY(e);
	if (w->d.shared.visit.id == 0 && !str_is_null(w->visitor) && !w->is_ours && !f->http->is_head)
		TRY(c->run->write(c->run->self, c, note_seen, w));
	return shared_file(c, f, &o.file);
}

static enum err give_file(struct ctx *c, struct form *f, struct document_call *w)
{
	struct opening o = {.call = w, .page = -1, .file = {.shows = HTTP_SHOWS_NOTHING}};
	if (!w->d.shared.link.may_download)
		return shut(c, f, &(struct document_call){0});
	o.file.name = document_file_name(c, w->d.shared.name, &w->d.document);
	TRY(c->run->read(c->run->self, c, open_it, &o));
	if (!w->is_ours)
		TRY(c->run->write(c->run->self, c, note_taken, w));
	return shared_file(c, f, &o.file);
}

/* ------------------------------------------------------------------------------------------------------------------- */

enum err form_document_ask(struct ctx *c, struct form *f)
{
	struct document_call w = {0};
	struct str what = STR("");
	TRY(begin(c, f, &w));
	if (f->rest.n > 0 && !form_segment(c, f, &what))
		return shut(c, f, &(struct document_call){0});
	if (!is_open(&w))
		return shut(c, f, &w);
	if (str_eq(what, STR("page")))
		return give_picture(c, f, &w);
	if (what.n > 0)
		return shut(c, f, &(struct document_call){0});
	write_document(c, f, &w);
	return OK;
}

struct seeing {
	struct document_call *call;
	struct share_seen seen[MAX_SHARE_PAGES];
	size_t n;
};

static enum err note_pages(struct ctx *c, void *arg)
{
	struct seeing *s = arg;
	return desk_shared_saw(c, KIND, s->call->token, s->call->visitor, s->seen, s->n, page_n(&s->call->d.document));
}

static enum err take_seen(struct ctx *c, struct form *f, struct document_call *w)
{
	struct seeing *s = NEW(c->a, struct seeing);
	s->call = w;
	s->n = shared_seen_read(form_field(c, f, "pages"), s->seen, MAX_SHARE_PAGES);
	if (!str_is_null(w->visitor) && !w->is_ours)
		TRY(c->run->write(c->run->self, c, note_pages, s));
	shared_nothing(f);
	return OK;
}

enum err form_document_take(struct ctx *c, struct form *f)
{
	struct document_call w = {0};
	struct str what = STR("");
	TRY(begin(c, f, &w));
	if (f->rest.n > 0 && (!form_segment(c, f, &what) || f->rest.n > 0))
		return shut(c, f, &(struct document_call){0});
	if (what.n == 0 && w.is_there && w.d.shared.state == SHARE_ASKS_EMAIL)
		return shared_enter(c, f, KIND, w.token, w.path);
	if (!is_open(&w))
		return shut(c, f, &w);
	if (str_eq(what, STR("file")))
		return give_file(c, f, &w);
	if (str_eq(what, STR("seen")))
		return take_seen(c, f, &w);
	return shut(c, f, &(struct document_call){0});
}
