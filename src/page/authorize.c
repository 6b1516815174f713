/* /oauth/authorize: a user lets an app act for him (RFC 6749 section 4.1).
 *
 * Nobody is sent to an address that the app has not registered: what is wrong with app or address is told on a page; all else is
 * told to the app. Whoever is not signed in signs in here first. A consent is a form of ours (Origin, and a word that only this
 * session's page for exactly this request has), in no frame, so that no other site can press the button. */

#include "base/arena.h"
#include "base/crypt.h"
#include "desk/env.h"
#include "desk/oauth.h"
#include "desk/people.h"
#include "net/http_query.h"
#include "net/http_serve.h"
#include "net/http_session.h"
#include "page/form_int.h"
#include "text/html_esc.h"
#include "text/url.h"

enum { MAX_SCOPES_SHOWN = 100 };

struct asking {
	struct form *f;
	struct oauth_ask ask;
	struct oauth_asked asked;
	struct user user;
	bool is_signed_in;
	struct str code;
};

static enum err look(struct ctx *c, void *arg)
{
	struct asking *w = arg;
	struct str cookie = http_session_cookie(w->f->http);
	int64_t owner_id;
	bool extend;
	TRY(desk_oauth_check(c, &w->ask, &w->asked));
	if (str_is_null(cookie))
		return OK;
	enum err e = desk_actor_of_session(c, cookie, &c->who, &extend);
	w->is_signed_in = e == OK;
	if (e == ERR_NOT_SIGNED_IN || e == ERR_EXPIRED) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	return desk_me(c, &w->user, &owner_id);
}

static enum err consent(struct ctx *c, void *arg)
{
	struct asking *w = arg;
	return desk_oauth_consent(c, &w->asked, &w->code);
}

static void read_ask(struct ctx *c, struct form *f, struct asking *w)
{
	*w = (struct asking){
		.f = f,
		.ask = {
			.client_id = form_query(c, f, "client_id"),
			.redirect_url = form_query(c, f, "redirect_uri"),
			.response_type = form_query(c, f, "response_type"),
			.scope = form_query(c, f, "scope"),
			.optional_scope = form_query(c, f, "optional_scope"),
			.state = form_query(c, f, "state"),
		},
	};
}

/* What only the page for this session and this request knows. */
static struct str word_of(struct ctx *c, const struct asking *w)
{
	struct str all = str_fmt(c->a, "consent:%lld:" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, (long long)c->who.session_id,
	                         STR_ARG(w->asked.app.client_id), STR_ARG(w->asked.redirect_url),
	                         STR_ARG(w->asked.scopes), STR_ARG(w->ask.state));
	return crypt_base64url(c->a, crypt_mac(c->a, c->env->sign_key, all));
}

static enum err send_to(struct form *f, struct str url)
{
	f->page.status = 303; /* a form that was sent is not sent on (RFC 9110 section 15.4.4) */
	f->page.title = STR("Going on");
	f->page.location = url;
	return OK;
}

static void form_begin(struct form *f)
{
	buf_lit(&f->body, "<form method=\"post\" action=\"/oauth/authorize?");
	html_attr_esc(&f->body, f->http->query);
	buf_lit(&f->body, "\">");
}

static enum err show_sign_in(struct form *f, const struct asking *w, struct str fault)
{
	f->page.title = STR("Sign in");
	form_text(f, str_fmt(f->http->a, "\"" STR_FMT "\" asks for access to this help desk.", STR_ARG(w->asked.app.name)));
	if (fault.n > 0)
		form_fault(f, fault);
	form_begin(f);
	form_hidden(f, "do", STR("sign-in"));
	buf_lit(&f->body, "<label for=\"email\">Email address</label>"
	                  "<input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"username\" required>"
	                  "<label for=\"password\">Password</label><input id=\"password\" name=\"password\""
	                  " type=\"password\" autocomplete=\"current-password\" required><button>Sign in</button></form>");
	return OK;
}

static void show_scopes(struct form *f, struct str scopes)
{
	buf_lit(&f->body, "<ul>");
	size_t n = 0;
	for (struct str rest = scopes; !str_is_null(rest) && n < MAX_SCOPES_SHOWN; n++) {
		buf_lit(&f->body, "<li>");
		html_text_esc(&f->body, str_cut(&rest, STR(",")));
	}
	buf_lit(&f->body, "</ul>");
}

static enum err show_consent(struct ctx *c, struct form *f, const struct asking *w)
{
	struct url to = {0};
	f->page.title = STR("Allow access?");
	/* browsers hold a redirect after a form to the policy of the form */
	if (url_parse(c->a, w->asked.redirect_url, &to))
		f->page.leads_to = str_fmt(c->a, STR_FMT "://" STR_FMT ":%d", STR_ARG(to.scheme), STR_ARG(to.host), to.port);
	form_text(f, str_fmt(c->a, "\"" STR_FMT "\" asks to act for you (" STR_FMT ") in this help desk:", STR_ARG(w->asked.app.name),
	                     STR_ARG(w->user.email)));
	show_scopes(f, w->asked.scopes);
	form_text(f, str_fmt(c->a, "You will be sent to " STR_FMT ".", STR_ARG(to.host)));
	form_begin(f);
	form_hidden(f, "word", word_of(c, w));
	buf_lit(&f->body, "<button name=\"do\" value=\"allow\">Allow</button>"
	                  "<button name=\"do\" value=\"deny\">Do not allow</button></form>");
	return OK;
}

static enum err show(struct ctx *c, struct form *f, const struct asking *w, struct str fault)
{
	if (!str_is_null(w->asked.fault))
		return send_to(f, desk_oauth_redirect(c, &w->asked, "error", w->asked.fault, w->ask.state));
	return w->is_signed_in ? show_consent(c, f, w) : show_sign_in(f, w, fault);
}

enum err form_authorize_ask(struct ctx *c, struct form *f)
{
	struct asking w;
	read_ask(c, f, &w);
	TRY(c->run->read(c->run->self, c, look, &w));
	return show(c, f, &w, STR_NULL);
}

static enum err sign_in(struct ctx *c, struct form *f, struct asking *w)
{
	const struct sign_in in = {form_field(c, f, "email"), form_field(c, f, "password"), f->http->peer};
	struct signed_in out;
	enum err e = desk_sign_in(c, &in, &out);
	if (e == ERR_NOT_SIGNED_IN || e == ERR_TOO_MANY) {
		struct str why = c->why.detail;
		fail_clear(c);
		f->page.status = err_http(e);
		return show(c, f, w, why);
	}
	TRY(e);
	f->page.cookie = http_session_set(c->a, c->env->public_url, out.token, SESSION_DAYS * 24 * 3600);
	return send_to(f, str_cat(c->a, STR("/oauth/authorize?"), f->http->query));
}

enum err form_authorize_take(struct ctx *c, struct form *f)
{
	struct asking w;
	struct str what = form_field(c, f, "do");
	read_ask(c, f, &w);
	TRY(c->run->read(c->run->self, c, look, &w));
	if (!str_is_null(w.asked.fault))
		return show(c, f, &w, STR_NULL);
	if (str_eq(what, STR("sign-in")))
		return sign_in(c, f, &w);
	if (!w.is_signed_in)
		return show(c, f, &w, STR("Please sign in again."));
	if (!crypt_equal(form_field(c, f, "word"), word_of(c, &w)))
		return fail(c, ERR_NOT_ALLOWED, "This form is not from this page. Please go back and try again.");
	if (!str_eq(what, STR("allow")))
		return send_to(f, desk_oauth_redirect(c, &w.asked, "error", STR("access_denied"), w.ask.state));
	TRY(c->run->write(c->run->self, c, consent, &w));
	return send_to(f, desk_oauth_redirect(c, &w.asked, "code", w.code, w.ask.state));
}
