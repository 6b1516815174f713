/* The commands that end by themselves: init, token create, user add, migrate, reindex, openapi, routes. */

#include "api/api.h"
#include "cmd/app.h"
#include "cmd/cmd.h"
#include "desk/inbox.h"
#include "desk/invite.h"
#include "desk/people.h"
#include "desk/search_index.h"
#include "desk/seed.h"
#include "desk/token.h"
#include "desk/user.h"
#include "text/mail_addr.h"

/* init -------------------------------------------------------------------------------------------------------------- */

struct init_work {
	const struct options *o;
	struct user_in admin;
	struct str hash;
	struct str inbox;
	struct str token;
};

static enum err refuse_second(struct ctx *c, void *arg)
{
	struct user u;
	(void)arg;
	enum err e = user_first_admin(c, &u);
	if (e == OK)
		return fail(c, ERR_CONFLICT, "this desk is initialised already; its first admin is " STR_FMT,
		            STR_ARG(u.email));
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return OK;
}

static enum err init(struct ctx *c, void *arg)
{
	struct init_work *w = arg;
	struct user admin;
	struct channel_account account;
	TRY(refuse_second(c, NULL));
	TRY(desk_user_create(c, &w->admin, w->hash, &admin));
	TRY(desk_inbox_create(c, STR("Support"), w->inbox, &account));
	const struct token_in token = {.user_id = admin.id, .name = STR("init"), .scopes = STR("*")};
	struct token made;
	return desk_token_create(c, &token, &made, &w->token);
}

static struct str default_inbox(struct ctx *c, struct str email)
{
	ptrdiff_t at = str_find_byte(email, '@');
	return str_cat(c->a, STR("support"), str_skip(email, at < 0 ? email.n : (size_t)at));
}

/* What can be refused is refused before anything is made. */
static enum err check_init(struct ctx *c, const struct options *o, struct init_work *w)
{
	*w = (struct init_work){
		.o = o,
		.admin = {.email = o->admin_email,
	                  .password = o->admin_password,
	                  .first_name = STR("Admin"),
	                  .role = ROLE_SUPER_ADMIN},
		.inbox = o->inbox.n ? o->inbox : default_inbox(c, o->admin_email),
	};
	if (!mail_addr_is_sendable(w->inbox))
		return fail(c, ERR_BAD_INPUT, "--inbox takes an email address, not \"" STR_FMT "\"", STR_ARG(w->inbox));
	return desk_user_check(c, &w->admin, &w->hash);
}

static enum err make_desk(struct ctx *c, struct init_work *w)
{
	TRY(app_read(c, refuse_second, NULL));
	TRY(app_write(c, init, w));
	if (w->o->demo)
		TRY(desk_demo(c, w->o->admin_password));
	printf("admin  " STR_FMT "\ninbox  " STR_FMT "\n", STR_ARG(w->admin.email), STR_ARG(w->inbox));
	printf(STR_FMT "\n", STR_ARG(w->token));
	return OK;
}

enum err cmd_init(struct ctx *c, const struct options *o)
{
	struct app app = {0};
	struct init_work w;
	TRY(check_init(c, o, &w));
	enum err e = app_create(c, o, &app);
	if (e == OK)
		e = make_desk(c, &w);
	app_close(&app);
	return e;
}

/* token, user ------------------------------------------------------------------------------------------------------- */

struct token_work {
	const struct options *o;
	struct str token;
};

static enum err token_create(struct ctx *c, void *arg)
{
	struct token_work *w = arg;
	const struct token_in in = {.email = w->o->user, .name = w->o->name, .scopes = w->o->scopes};
	struct token made;
	return desk_token_create(c, &in, &made, &w->token);
}

enum err cmd_token_create(struct ctx *c, const struct options *o)
{
	struct app app;
	struct token_work w = {.o = o};
	enum err e = app_open(c, o, NULL, &app);
	if (e == OK)
		e = app_write(c, token_create, &w);
	if (e == OK)
		printf(STR_FMT "\n", STR_ARG(w.token));
	app_close(&app);
	return e;
}

struct user_work {
	struct user_in in;
	struct str hash;
	struct user user;
};

static enum err user_create(struct ctx *c, void *arg)
{
	struct user_work *w = arg;
	return desk_user_create(c, &w->in, w->hash, &w->user);
}

static const struct {
	const char *name;
	enum role role;
} role_words[] = {
	{"agent", ROLE_AGENT}, {"super_admin", ROLE_SUPER_ADMIN}, {"admin", ROLE_ADMIN}, {"viewer", ROLE_VIEWER},
};

static enum err read_role(struct ctx *c, struct str word, enum role *out)
{
	for (size_t i = 0; i < sizeof(role_words) / sizeof(role_words[0]); i++) {
		*out = role_words[i].role;
		if (str_eq(word, str_c(role_words[i].name)))
			return OK;
	}
	return fail(c, ERR_BAD_INPUT, "--role takes viewer, agent, admin or super_admin, not \"" STR_FMT "\"",
	            STR_ARG(word));
}

static enum err user_add(struct ctx *c, const struct options *o)
{
	struct user_work w = {.in = {o->email, o->password, o->first_name, o->last_name, ROLE_NONE}};
	TRY(read_role(c, o->role, &w.in.role));
	TRY(desk_user_check(c, &w.in, &w.hash));
	TRY(app_write(c, user_create, &w));
	printf("user %lld  " STR_FMT "\n", (long long)w.user.id, STR_ARG(w.user.email));
	return OK;
}

enum err cmd_user_add(struct ctx *c, const struct options *o)
{
	struct app app;
	enum err e = app_open(c, o, NULL, &app);
	if (e == OK)
		e = user_add(c, o);
	app_close(&app);
	return e;
}

static enum err inbox_add(struct ctx *c, void *arg)
{
	const struct options *o = arg;
	struct inbox inbox;
	struct channel_account account;
	TRY(desk_inbox_add(c, o->name, STR_NULL, &inbox));
	const struct account_in in = {.inbox_id = inbox.id, .name = o->name, .address = o->inbox, .is_active = -1};
	TRY(desk_account_create(c, &in, &account));
	printf("inbox %lld  " STR_FMT "\n", (long long)inbox.id, STR_ARG(account.address));
	return OK;
}

enum err cmd_inbox_add(struct ctx *c, const struct options *o)
{
	struct app app;
	enum err e = app_open(c, o, NULL, &app);
	if (e == OK)
		e = app_write(c, inbox_add, (void *)(uintptr_t)o);
	app_close(&app);
	return e;
}

struct invite_work {
	struct str email;
	struct invited invited;
};

static enum err user_invite(struct ctx *c, void *arg)
{
	struct invite_work *w = arg;
	struct user u;
	TRY(desk_user_by_email(c, w->email, &u));
	return desk_invite(c, u.id, &w->invited);
}

enum err cmd_user_invite(struct ctx *c, const struct options *o)
{
	struct app app;
	struct invite_work w = {.email = o->email};
	enum err e = app_open(c, o, NULL, &app);
	if (e == OK)
		e = app_write(c, user_invite, &w);
	if (e == OK && w.invited.url.n > 0)
		printf(STR_FMT "\n", STR_ARG(w.invited.url));
	else if (e == OK)
		printf("the link goes by mail to " STR_FMT "\n", STR_ARG(o->email));
	app_close(&app);
	return e;
}

/* The rest ---------------------------------------------------------------------------------------------------------- */

enum err cmd_migrate(struct ctx *c, const struct options *o)
{
	struct app app;
	enum err e = app_open(c, o, NULL, &app);
	app_close(&app);
	if (e == OK)
		printf("the database is of this version\n");
	return e;
}

static enum err reindex(struct ctx *c, void *arg)
{
	(void)arg;
	return desk_reindex(c);
}

enum err cmd_reindex(struct ctx *c, const struct options *o)
{
	struct app app;
	enum err e = app_open(c, o, NULL, &app);
	if (e == OK)
		e = app_write(c, reindex, NULL);
	app_close(&app);
	if (e == OK)
		printf("the index of words is made anew by `bellhop serve`, which may run; searches go on meanwhile\n");
	return e;
}

static enum err print(enum err e, struct str text)
{
	if (e == OK)
		fwrite(text.p, 1, text.n, stdout);
	return e;
}

enum err cmd_openapi(struct ctx *c, const struct options *o)
{
	struct str text;
	(void)o;
	enum err e = api_print_openapi(c, &text);
	return print(e, text);
}

enum err cmd_routes(struct ctx *c, const struct options *o)
{
	struct str text;
	(void)o;
	enum err e = api_print_routes(c, &text);
	return print(e, text);
}
