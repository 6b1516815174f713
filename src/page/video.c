/* /v/TOKEN: a video, for whom it was shared with. /v/TOKEN/video has its bytes (in parts, where a player asks for them), /v/TOKEN/poster
 * the picture before it, /v/TOKEN/captions its captions. To send a form to /v/TOKEN is the gate, to /v/TOKEN/file takes the file, to
 * /v/TOKEN/seen says how long its pieces were watched (web/public/video.ts). All of it plays without the script.
 *
 * The page loads nothing of the video before somebody presses play: the first bytes, asked for with the page's cookie, are a view. */

#include "base/arena.h"
#include "desk/file.h"
#include "desk/video.h"
#include "net/http_file.h"
#include "net/http_session.h"
#include "page/shared.h"
#include "text/html_esc.h"
#include "text/phrase.h"

#define KIND STR("VIDEO")

struct video_call {
	struct str token, path, visitor, session;
	struct shared_video v;
	bool is_there;
	bool is_ours; /* who looks is signed in: that is no view */
};

static enum err look(struct ctx *c, void *arg)
{
	struct video_call *w = arg;
	enum err e = desk_shared_video(c, w->token, w->visitor, &w->v);
	w->is_there = e == OK;
	w->is_ours = shared_is_ours(c, w->session);
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* The token at the beginning of the path, what it opens, and what of it is meant. */
static enum err begin(struct ctx *c, struct form *f, struct video_call *w, struct str *what)
{
	*what = STR("");
	if (!form_segment(c, f, &w->token) || (f->rest.n > 0 && (!form_segment(c, f, what) || f->rest.n > 0)))
		w->token = STR("");
	w->path = str_fmt(c->a, "/v/" STR_FMT, STR_ARG(w->token));
	w->visitor = shared_visitor(f);
	w->session = http_session_cookie(f->http);
	return c->run->read(c->run->self, c, look, w);
}

static bool is_open(const struct video_call *w)
{
	return w->is_there && w->v.shared.state == SHARE_OPEN;
}

/* What was asked for is not shown by this link. */
static enum err shut(struct ctx *c, struct form *f, const struct video_call *w)
{
	if (w->is_there && w->v.shared.state != SHARE_OPEN)
		shared_shut(c, f, w->v.shared.state, w->path);
	else
		shared_unknown(f);
	return OK;
}

static enum err nothing_here(struct form *f)
{
	shared_unknown(f);
	return OK;
}

/* The page ---------------------------------------------------------------------------------------------------------- */

static void write_address(struct form *f, const struct video_call *w, const char *name, const char *part)
{
	buf_fmt(&f->body, " %s=\"", name);
	html_attr_esc(&f->body, w->path);
	buf_fmt(&f->body, "/%s\"", part);
}

static void write_captions(struct form *f, const struct video_call *w)
{
	struct str language = w->v.video.captions_language;
	if (w->v.video.captions_id == 0)
		return;
	buf_lit(&f->body, "<track kind=\"captions\" default");
	write_address(f, w, "src", "captions");
	if (language.n > 0) {
		buf_lit(&f->body, " srclang=\"");
		html_attr_esc(&f->body, language);
		buf_byte(&f->body, '"');
	}
	buf_lit(&f->body, " label=\"");
	html_attr_esc(&f->body, phrase(f->language, "video.captions"));
	buf_lit(&f->body, "\">");
}

static void write_player(struct form *f, const struct video_call *w)
{
	const struct video *v = &w->v.video;
	buf_lit(&f->body, "<video id=\"video\" class=\"player\" controls playsinline preload=\"none\"");
	write_address(f, w, "src", "video");
	write_address(f, w, "poster", "poster");
	write_address(f, w, "data-seen", "seen");
	buf_fmt(&f->body, " data-length=\"%lld\"", (long long)v->duration_ms);
	if (v->width > 0 && v->height > 0)
		buf_fmt(&f->body, " width=\"%lld\" height=\"%lld\"", (long long)v->width, (long long)v->height);
	if (!w->v.shared.link.may_download)
		buf_lit(&f->body, " controlslist=\"nodownload\"");
	buf_lit(&f->body, " aria-label=\"");
	html_attr_esc(&f->body, w->v.shared.name);
	buf_lit(&f->body, "\">");
	write_captions(f, w);
	buf_lit(&f->body, "<p>");
	form_say(f, "video.noPlayer");
	buf_lit(&f->body, "</p></video>");
}

/* "1:05", "1:02:03". */
static struct str length_text(struct ctx *c, int64_t ms)
{
	int64_t s = (ms + 500) / 1000;
	if (s < 3600)
		return str_fmt(c->a, "%lld:%02lld", (long long)(s / 60), (long long)(s % 60));
	return str_fmt(c->a, "%lld:%02lld:%02lld", (long long)(s / 3600), (long long)(s / 60 % 60), (long long)(s % 60));
}

static void write_download(struct form *f, const struct video_call *w)
{
	if (!w->v.shared.link.may_download)
		return;
	buf_lit(&f->body, "<form method=\"post\"");
	write_address(f, w, "action", "file");
	buf_lit(&f->body, "><button>");
	form_say(f, "video.download");
	buf_lit(&f->body, "</button></form>");
}

static void write_video(struct ctx *c, struct form *f, const struct video_call *w)
{
	f->page.title = w->v.shared.name;
	f->page.layout = PAGE_WIDE;
	f->page.script = "video";
	write_player(f, w);
	if (w->v.video.duration_ms > 0) {
		const struct phrase_value values[] = {{"length", length_text(c, w->v.video.duration_ms)}, {NULL, STR_NULL}};
		buf_lit(&f->body, "<p class=\"quiet\">");
		form_esc(f, phrase_with(c->a, f->language, "video.length", values));
		buf_lit(&f->body, "</p>");
	}
	write_download(f, w);
	shared_greet(c, f, w->path);
}

/* Files ------------------------------------------------------------------------------------------------------------- */

struct opening {
	const struct video *video;
	enum video_part part;
	struct http_file file;
};

static enum err open_it(struct ctx *c, void *arg)
{
	struct opening *o = arg;
	struct file f;
	TRY(video_file(c, o->video, o->part, &f));
	o->file.etag = f.blob;
	if (str_is_null(o->file.name))
		o->file.name = file_full_name(c, &f);
	return desk_file_open(c, &f, &o->file.fd);
}

/* Whoever has no cookie of the page was not on it; HEAD plays nothing. */
static bool is_view(const struct form *f, const struct video_call *w)
{
	bool begins = f->answer.body_fd != 0 && f->answer.body_from == 0 && !f->http->is_head;
	return begins && w->v.shared.visit.id == 0 && !str_is_null(w->visitor) && !w->is_ours;
}

static enum err note_view(struct ctx *c, void *arg)
{
	struct video_call *w = arg;
	return desk_shared_saw(c, KIND, w->token, w->visitor, NULL, 0, VIDEO_PIECE_N);
}

static enum err give(struct ctx *c, struct form *f, struct video_call *w, enum video_part part)
{
	struct opening o = {.video = &w->v.video, .part = part, .file = {.shows = HTTP_SHOWS_VIDEOS}};
	enum err e = c->run->read(c->run->self, c, open_it, &o);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return nothing_here(f);
	}
	TRY(e);
	TRY(shared_file(c, f, &o.file));
	return part == VIDEO_FILE && is_view(f, w) ? c->run->write(c->run->self, c, note_view, w) : OK;
}

/* A sign of play on a dark ground: what stands before a video that has no picture. */
static enum err give_poster(struct ctx *c, struct form *f, struct video_call *w)
{
	static const struct http_header headers[] = {{STR("X-Content-Type-Options"), STR("nosniff")},
	                                             {STR("Content-Security-Policy"), STR("default-src 'none'; sandbox")}};
	if (w->v.video.poster_id > 0)
		return give(c, f, w, VIDEO_POSTER);
	f->is_raw = true;
	f->answer = (struct http_answer){
		.status = 200,
		.content_type = STR("image/svg+xml"),
		.headers = headers,
		.header_n = sizeof(headers) / sizeof(headers[0]),
		.body = STR("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 270\"><path fill=\"#20262d\" d=\"M0 0h480v270H0z\"/>"
		            "<circle cx=\"240\" cy=\"135\" r=\"34\" fill=\"none\" stroke=\"#fff\" stroke-width=\"3\"/>"
		            "<path fill=\"#fff\" d=\"M230 120l27 15-27 15z\"/></svg>"),
	};
	return OK;
}

static enum err note_taken(struct ctx *c, void *arg)
{
	struct video_call *w = arg;
	return desk_shared_took(c, KIND, w->token, w->visitor);
}

static enum err give_download(struct ctx *c, struct form *f, struct video_call *w)
{
	struct opening o = {.video = &w->v.video, .part = VIDEO_FILE, .file = {.shows = HTTP_SHOWS_NOTHING}};
	if (!w->v.shared.link.may_download)
		return nothing_here(f);
	TRY(c->run->read(c->run->self, c, open_it, &o));
	if (!w->is_ours)
		TRY(c->run->write(c->run->self, c, note_taken, w));
	return shared_file(c, f, &o.file);
}

/* ------------------------------------------------------------------------------------------------------------------- */

enum err form_video_ask(struct ctx *c, struct form *f)
{
	struct video_call w = {0};
	struct str what;
	TRY(begin(c, f, &w, &what));
	if (!is_open(&w))
		return shut(c, f, &w);
	if (str_eq(what, STR("video")))
		return give(c, f, &w, VIDEO_FILE);
	if (str_eq(what, STR("poster")))
		return give_poster(c, f, &w);
	if (str_eq(what, STR("captions")))
		return give(c, f, &w, VIDEO_CAPTIONS);
	if (what.n > 0)
		return nothing_here(f);
	write_video(c, f, &w);
	return OK;
}

struct seeing {
	struct video_call *call;
	struct share_seen seen[VIDEO_PIECE_N];
	size_t n;
};

static enum err note_pieces(struct ctx *c, void *arg)
{
	struct seeing *s = arg;
	return desk_shared_saw(c, KIND, s->call->token, s->call->visitor, s->seen, s->n, VIDEO_PIECE_N);
}

static enum err take_seen(struct ctx *c, struct form *f, struct video_call *w)
{
	struct seeing s = {.call = w};
	s.n = shared_seen_read(form_field(c, f, "pieces"), s.seen, VIDEO_PIECE_N);
	if (!str_is_null(w->visitor) && !w->is_ours && s.n > 0)
		TRY(c->run->write(c->run->self, c, note_pieces, &s));
	shared_nothing(f);
	return OK;
}

enum err form_video_take(struct ctx *c, struct form *f)
{
	struct video_call w = {0};
	struct str what;
	TRY(begin(c, f, &w, &what));
	if (what.n == 0 && w.is_there && w.v.shared.state == SHARE_ASKS_EMAIL)
		return shared_enter(c, f, KIND, w.token, w.path);
	if (!is_open(&w))
		return shut(c, f, &w);
	if (str_eq(what, STR("file")))
		return give_download(c, f, &w);
	if (str_eq(what, STR("seen")))
		return take_seen(c, f, &w);
	return nothing_here(f);
}
