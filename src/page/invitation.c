/* /invitation?token=…: somebody who was invited sets his password. To look at the page uses nothing up: programs that look at the
 * links of mails do that. */

#include "base/arena.h"
#include "desk/invite.h"
#include "desk/people.h"
#include "desk/preference.h"
#include "page/form_int.h"
#include "text/phrase.h"

_Static_assert(MIN_PASSWORD_BYTES == 8, "minlength below");

struct looking {
	struct str secret;
	struct user user;
	struct str language; /* that he chose; null: he has not */
};

static enum err look(struct ctx *c, void *arg)
{
	struct looking *w = arg;
	TRY(desk_invitation_load(c, w->secret, &w->user));
	return desk_preference_language(c, w->user.id, &w->language);
}

static struct phrase_value *number(struct ctx *c, int64_t n)
{
	struct phrase_value *values = NEW_ARRAY(c->a, 2, struct phrase_value);
	values[0] = (struct phrase_value){"n", str_fmt(c->a, "%lld", (long long)n)};
	return values;
}

static enum err gone(struct ctx *c, struct form *f)
{
	fail_clear(c);
	form_gone(f, 404, "invitation.goneTitle", "invitation.gone");
	return OK;
}

static enum err show(struct ctx *c, struct form *f, struct str secret, struct str fault)
{
	struct looking w = {.secret = secret};
	enum err e = c->run->read(c->run->self, c, look, &w);
	if (e == ERR_NOT_FOUND)
		return gone(c, f);
	TRY(e);
	form_speak(c, f, w.language);
	f->page.title = phrase(f->language, "invitation.title");
	form_say_with(c, f, "invitation.as", (const struct phrase_value[]){{"email", w.user.email}, {NULL, STR_NULL}});
	if (fault.n > 0)
		form_fault(f, fault);
	buf_lit(&f->body, "<form method=\"post\" action=\"/invitation\">");
	form_hidden(f, "token", secret);
	form_hidden(f, "username", w.user.email); /* for password managers */
	form_input(f, "password", phrase_with(c->a, f->language, "invitation.password", number(c, MIN_PASSWORD_BYTES)),
	           "type=\"password\" autocomplete=\"new-password\" required minlength=\"8\"");
	form_input(f, "again", phrase(f->language, "invitation.again"), "type=\"password\" autocomplete=\"new-password\" required");
	form_button(f, "invitation.save");
	buf_lit(&f->body, "</form>");
	return OK;
}

enum err form_invitation_ask(struct ctx *c, struct form *f)
{
	return show(c, f, form_query(c, f, "token"), STR_NULL);
}

enum err form_invitation_take(struct ctx *c, struct form *f)
{
	struct str secret = form_field(c, f, "token"), password = form_field(c, f, "password");
	if (!str_eq(password, form_field(c, f, "again"))) {
		f->page.status = 400;
		return show(c, f, secret, phrase(f->language, "invitation.differ"));
	}
	enum err e = desk_invitation_accept(c, secret, password);
	if (e == ERR_BAD_INPUT) {
		fail_clear(c);
		f->page.status = 400;
		return show(c, f, secret, phrase_with(c->a, f->language, "invitation.tooShort", number(c, MIN_PASSWORD_BYTES)));
	}
	if (e == ERR_NOT_FOUND)
		return gone(c, f);
	TRY(e);
	f->page.title = phrase(f->language, "invitation.done");
	buf_lit(&f->body, "<p><a href=\"/\">");
	form_say(f, "page.signIn");
	buf_lit(&f->body, "</a></p>");
	return OK;
}
