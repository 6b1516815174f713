/* /invitation?token=…: somebody who was invited sets his password. To look at the page uses nothing up: programs that look at the
 * links of mails do that. */

#include "base/arena.h"
#include "desk/invite.h"
#include "desk/people.h"
#include "page/form_int.h"

struct looking {
	struct str secret;
	struct user user;
};

static enum err look(struct ctx *c, void *arg)
{
	struct looking *w = arg;
	return desk_invitation_load(c, w->secret, &w->user);
}

static enum err show(struct ctx *c, struct form *f, struct str secret, struct str fault)
{
	struct looking w = {.secret = secret};
	TRY(c->run->read(c->run->self, c, look, &w));
	f->page.title = STR("Choose your password");
	form_text(f, str_fmt(c->a, "You will sign in as " STR_FMT ".", STR_ARG(w.user.email)));
	if (fault.n > 0)
		form_fault(f, fault);
	buf_lit(&f->body, "<form method=\"post\" action=\"/invitation\">");
	form_hidden(f, "token", secret);
	form_hidden(f, "username", w.user.email); /* for password managers */
	buf_fmt(&f->body,
	        "<label for=\"password\">Password, at least %d characters</label>"
	        "<input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" required"
	        " minlength=\"%d\"><label for=\"again\">The same again</label>"
	        "<input id=\"again\" name=\"again\" type=\"password\" autocomplete=\"new-password\" required>"
	        "<button>Save</button></form>",
	        MIN_PASSWORD_BYTES, MIN_PASSWORD_BYTES);
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
		return show(c, f, secret, STR("The two passwords are not the same."));
	}
	enum err e = desk_invitation_accept(c, secret, password);
	if (e == ERR_BAD_INPUT) {
		struct str fault = c->why.fields ? c->why.fields->message : c->why.detail;
		fail_clear(c);
		f->page.status = 400;
		return show(c, f, secret, fault);
	}
	TRY(e);
	f->page.title = STR("Your password is set");
	buf_lit(&f->body, "<p><a href=\"/\">Sign in</a></p>");
	return OK;
}
