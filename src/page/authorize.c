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
#include "desk/preference.h"
#include "net/http_query.h"
#include "net/http_serve.h"
#include "net/http_session.h"
#include "page/form_int.h"
#include "text/html_esc.h"
#include "text/phrase.h"
#include "text/url.h"

enum { MAX_SCOPES_SHOWN = 100 };

struct asking {
	struct form *f;
	struct oauth_ask ask;
	struct oauth_asked asked;
	struct user user;
	bool is_signed_in;
	struct str language; /* that the user chose; null: he has not */
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
	TRY(desk_me(c, &w->user, &owner_id));
	return desk_preference_language(c, w->user.id, &w->language);
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

/* Reads what is asked for. *is_known false: the page says that nobody knows the app, and nobody is sent anywhere. */
static enum err load(struct ctx *c, struct form *f, struct asking *w, bool *is_known)
{
	read_ask(c, f, w);
	enum err e = c->run->read(c->run->self, c, look, w);
	*is_known = e == OK;
	if (e != ERR_BAD_INPUT) {
		form_speak(c, f, w->language);
		return e;
	}
	f->page.status = 400;
	f->page.title = phrase(f->language, "page.failed");
	form_fault(f, phrase(f->language, "consent.badApp"));
	buf_lit(&f->body, "<p class=\"quiet\" lang=\"en\">"); /* for who made the app */
	form_esc(f, c->why.detail);
	buf_lit(&f->body, "</p>");
	fail_clear(c);
	return OK;
}

static enum err send_to(struct form *f, struct str url)
{
	f->page.status = 303; /* a form that was sent is not sent on (RFC 9110 section 15.4.4) */
	f->page.title = phrase(f->language, "consent.goingOn");
	f->page.location = url;
	return OK;
}

static void form_begin(struct form *f)
{
	buf_lit(&f->body, "<form method=\"post\" action=\"/oauth/authorize?");
	html_attr_esc(&f->body, f->http->query);
	buf_lit(&f->body, "\">");
}

static enum err show_sign_in(struct ctx *c, struct form *f, const struct asking *w, struct str fault)
{
	f->page.title = phrase(f->language, "page.signIn");
	form_say_with(c, f, "consent.asks", (const struct phrase_value[]){{"app", w->asked.app.name}, {NULL, STR_NULL}});
	if (fault.n > 0)
		form_fault(f, fault);
	form_begin(f);
	form_hidden(f, "do", STR("sign-in"));
	form_input(f, "email", phrase(f->language, "consent.email"), "type=\"email\" autocomplete=\"username\" required");
	form_input(f, "password", phrase(f->language, "consent.password"), "type=\"password\" autocomplete=\"current-password\" required");
	form_button(f, "page.signIn");
	buf_lit(&f->body, "</form>");
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

static void put_choice(struct form *f, const char *what, const char *key)
{
	buf_fmt(&f->body, "<button name=\"do\" value=\"%s\">", what);
	form_say(f, key);
	buf_lit(&f->body, "</button>");
}

static enum err show_consent(struct ctx *c, struct form *f, const struct asking *w)
{
	struct url to = {0};
	const struct phrase_value names[] = {{"app", w->asked.app.name}, {"email", w->user.email}, {NULL, STR_NULL}};
	f->page.title = phrase(f->language, "consent.title");
	/* browsers hold a redirect after a form to the policy of the form */
	if (url_parse(c->a, w->asked.redirect_url, &to))
		f->page.leads_to = str_fmt(c->a, STR_FMT "://" STR_FMT ":%d", STR_ARG(to.scheme), STR_ARG(to.host), to.port);
	form_say_with(c, f, "consent.acts", names);
	show_scopes(f, w->asked.scopes);
	form_say_with(c, f, "consent.sentTo", (const struct phrase_value[]){{"host", to.host}, {NULL, STR_NULL}});
	form_begin(f);
	form_hidden(f, "word", word_of(c, w));
	put_choice(f, "allow", "consent.allow");
	put_choice(f, "deny", "consent.deny");
	buf_lit(&f->body, "</form>");
	return OK;
}

static enum err show(struct ctx *c, struct form *f, const struct asking *w, struct str fault)
{
	if (!str_is_null(w->asked.fault))
		return send_to(f, desk_oauth_redirect(c, &w->asked, "error", w->asked.fault, w->ask.state));
	return w->is_signed_in ? show_consent(c, f, w) : show_sign_in(c, f, w, fault);
}

enum err form_authorize_ask(struct ctx *c, struct form *f)
{
	struct asking w;
	bool is_known;
	TRY(load(c, f, &w, &is_known));
	return is_known ? show(c, f, &w, STR_NULL) : OK;
}

static enum err sign_in(struct ctx *c, struct form *f, struct asking *w)
{
	const struct sign_in in = {form_field(c, f, "email"), form_field(c, f, "password"), f->http->peer};
	struct signed_in out;
	enum err e = desk_sign_in(c, &in, &out);
	if (e == ERR_NOT_SIGNED_IN || e == ERR_TOO_MANY) {
		struct str minutes = str_fmt(c->a, "%d", FAILURE_WINDOW_MINUTES);
		fail_clear(c);
		f->page.status = err_http(e);
		return show(c, f, w, phrase_with(c->a, f->language, e == ERR_TOO_MANY ? "consent.tooMany" : "consent.wrong",
		                                 (const struct phrase_value[]){{"n", minutes}, {NULL, STR_NULL}}));
	}
	TRY(e);
	f->page.cookie = http_session_set(c->a, c->env->public_url, out.token, SESSION_DAYS * 24 * 3600);
	return send_to(f, str_cat(c->a, STR("/oauth/authorize?"), f->http->query));
}

enum err form_authorize_take(struct ctx *c, struct form *f)
{
	struct asking w;
	struct str what = form_field(c, f, "do");
	bool is_known;
	TRY(load(c, f, &w, &is_known));
	if (!is_known)
		return OK;
	if (!str_is_null(w.asked.fault))
		return show(c, f, &w, STR_NULL);
	if (str_eq(what, STR("sign-in")))
		return sign_in(c, f, &w);
	if (!w.is_signed_in)
		return show(c, f, &w, phrase(f->language, "consent.signInAgain"));
	if (!crypt_equal(form_field(c, f, "word"), word_of(c, &w)))
		return fail(c, ERR_NOT_ALLOWED, STR_FMT, STR_ARG(phrase(f->language, "consent.foreign")));
	if (!str_eq(what, STR("allow")))
		return send_to(f, desk_oauth_redirect(c, &w.asked, "error", STR("access_denied"), w.ask.state));
	TRY(c->run->write(c->run->self, c, consent, &w));
	return send_to(f, desk_oauth_redirect(c, &w.asked, "code", w.code, w.ask.state));
}
