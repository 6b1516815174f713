/* The commands that end by themselves: init, token create, user add, migrate, openapi, routes. */

#include "api/api.h"
#include "cmd/app.h"
#include "cmd/cmd.h"
#include "desk/people.h"
#include "desk/seed.h"
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
	return desk_token_create(c, admin.email, STR("init"), STR("*"), &w->token);
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
	return desk_token_create(c, w->o->user, w->o->name, w->o->scopes, &w->token);
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

static enum err user_add(struct ctx *c, const struct options *o)
{
	bool is_admin = str_eq(o->role, STR("super_admin"));
	struct user_work w = {
		.in = {o->email, o->password, o->first_name, o->last_name, is_admin ? ROLE_SUPER_ADMIN : ROLE_AGENT},
	};
	if (!is_admin && !str_eq(o->role, STR("agent")))
		return fail(c, ERR_BAD_INPUT, "--role takes agent or super_admin, not \"" STR_FMT "\"",
		            STR_ARG(o->role));
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
