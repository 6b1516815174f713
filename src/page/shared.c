#include "page/shared.h"

#include <fcntl.h>

#include "base/arena.h"
#include "base/num.h"
#include "desk/env.h"
#include "desk/people.h"
#include "net/http_file.h"
#include "text/html_esc.h"
#include "text/mail_addr.h"
#include "text/phrase.h"

enum { COOKIE_SECONDS = 24 * 3600, MAX_TYPED_BYTES = 254 };

struct str shared_visitor(const struct form *f)
{
	return http_cookie(f->http, "visit");
}

bool shared_is_ours(struct ctx *c, struct str session)
{
	struct actor who;
	bool is_old;
	bool is_ours = !str_is_null(session) && desk_actor_of_session(c, session, &who, &is_old) == OK;
	if (!is_ours)
		fail_clear(c);
	return is_ours;
}

void shared_greet(struct ctx *c, struct form *f, struct str path)
{
	bool is_tls = str_starts(c->env->public_url, STR("https://"));
	if (!str_is_null(shared_visitor(f)))
		return;
	f->page.cookie = str_fmt(c->a, "visit=" STR_FMT "; Path=" STR_FMT "; HttpOnly; SameSite=Lax; Max-Age=%d%s",
	                         STR_ARG(share_visitor_key(c)), STR_ARG(path), COOKIE_SECONDS, is_tls ? "; Secure" : "");
}

void shared_unknown(struct form *f)
{
	form_gone(f, 404, "shared.unknownTitle", "shared.unknown");
}

/* typed: what stands in the field already. */
static void write_gate(struct ctx *c, struct form *f, struct str path, const char *fault_key, struct str typed)
{
	f->page.title = phrase(f->language, "shared.gateTitle");
	form_text(f, phrase(f->language, "shared.gate"));
	if (fault_key != NULL)
		form_fault(f, phrase(f->language, fault_key));
	buf_lit(&f->body, "<form method=\"post\" action=\"");
	form_esc(f, path);
	buf_lit(&f->body, "\"><label for=\"email\">");
	form_say(f, "shared.email");
	buf_lit(&f->body, "</label><input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\" maxlength=\"254\" required value=\"");
	html_attr_esc(&f->body, typed);
	buf_lit(&f->body, "\"><button>");
	form_say(f, "shared.open");
	buf_lit(&f->body, "</button></form><p class=\"quiet\">");
	form_say(f, "shared.gateNote");
	buf_lit(&f->body, "</p>");
	shared_greet(c, f, path);
}

void shared_shut(struct ctx *c, struct form *f, enum share_state state, struct str path)
{
	if (state == SHARE_ASKS_EMAIL)
		write_gate(c, f, path, NULL, STR(""));
	else if (state == SHARE_EXPIRED)
		form_gone(f, 410, "shared.goneTitle", "shared.expired");
	else if (state == SHARE_REVOKED)
		form_gone(f, 410, "shared.goneTitle", "shared.revoked");
	else
		form_gone(f, 410, "shared.goneTitle", "shared.archived");
}

static void back_to(struct form *f, struct str path)
{
	f->page.status = 303;
	f->page.title = phrase(f->language, "shared.gateTitle");
	f->page.location = path;
}

enum err shared_enter(struct ctx *c, struct form *f, struct str kind, struct str token, struct str path)
{
	struct str visitor = shared_visitor(f), typed = str_head(str_trim(form_field(c, f, "email")), MAX_TYPED_BYTES);
	if (str_is_null(visitor)) {
		f->page.status = 400;
		write_gate(c, f, path, "shared.noCookies", typed);
		return OK;
	}
	enum err e = desk_shared_enter(c, kind, token, visitor, typed);
	if (e == OK || e == ERR_NOT_FOUND) {
		fail_clear(c);
		back_to(f, path); /* which shows it, or says why it does not */
		return OK;
	}
	if (e != ERR_BAD_INPUT && e != ERR_TOO_MANY)
		return e;
	fail_clear(c);
	f->page.status = err_http(e);
	const char *fault = mail_addr_is_sendable(typed) ? "shared.wrongEmail" : "shared.notEmail";
	write_gate(c, f, path, e == ERR_TOO_MANY ? "shared.tooMany" : fault, typed);
	return OK;
}

size_t shared_seen_read(struct str text, struct share_seen *out, size_t room_n)
{
	size_t n = 0;
	for (struct str rest = text; !str_is_null(rest) && n < room_n;) {
		struct str ms = str_cut(&rest, STR(",")), page = str_cut(&ms, STR(":"));
		if (num_parse_int(page, &out[n].page) && num_parse_int(ms, &out[n].visible_ms))
			n++;
	}
	return n;
}

enum err shared_file(struct ctx *c, struct form *f, const struct http_file *file)
{
	TRY(http_file_answer(c, f->http, file, &f->answer));
	/* the arena closes its own, the server another */
	if (f->answer.body_fd != 0 && (f->answer.body_fd = fcntl(file->fd, F_DUPFD_CLOEXEC, 3)) < 0)
		return fail(c, ERR_BUSY, "no file descriptor is left");
	f->is_raw = true;
	return OK;
}

void shared_nothing(struct form *f)
{
	f->is_raw = true;
	f->answer = (struct http_answer){.status = 204, .body = STR("")};
}
