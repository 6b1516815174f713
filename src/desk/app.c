#include "desk/app.h"

#include "base/arena.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/webhook.h"
#include "text/url.h"

#define KEY_PREFIX "bellhop_dev_"

static enum err announce(struct ctx *c, int64_t id)
{
	return bus_emit(c, EV_APP_CHANGED, &(struct event_about){.about_id = id});
}

/* RFC 6749 section 3.1.2: absolute, no fragment. Blanks separate them in the table. */
static bool is_redirect(struct arena *a, struct str uri)
{
	struct url parts;
	if (uri.n > MAX_REDIRECT_BYTES || !url_parse(a, uri, &parts) || !str_is_null(parts.user))
		return false;
	bool is_local = str_eq(parts.host, STR("localhost")) || str_eq(parts.host, STR("127.0.0.1")) ||
	                str_eq(parts.host, STR("[::1]"));
	if (!is_local && !str_eq(parts.scheme, STR("https")))
		return false;
	for (size_t i = 0; i < uri.n; i++)
		if ((unsigned char)uri.p[i] <= ' ' || (unsigned char)uri.p[i] >= 0x7f || uri.p[i] == '#')
			return false;
	return true;
}

static enum err check_redirects(struct ctx *c, const struct app_in *in)
{
	if (in->redirect_n > MAX_APP_REDIRECTS)
		return fail_field(c, STR("redirectUris"), STR("INVALID_LENGTH"), "An app has at most %d addresses.",
		                  MAX_APP_REDIRECTS);
	for (size_t i = 0; i < in->redirect_n; i++)
		if (!is_redirect(c->a, in->redirect_uris[i]))
			return fail_field(c, STR("redirectUris"), STR("INVALID_URL"),
			                  "An address is https://… (http:// on this machine only), without a fragment.");
	return OK;
}

static bool are_scopes(struct str scopes)
{
	for (size_t i = 0; i < scopes.n; i++) {
		char byte = scopes.p[i];
		bool is_fine = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
		               byte == '.' || byte == '_' || byte == '-' || byte == ',';
		if (!is_fine)
			return false;
	}
	return scopes.n <= MAX_APP_SCOPES_BYTES;
}

static enum err take(struct ctx *c, const struct app_in *in, struct connected_app *app)
{
	struct str name = str_trim(in->name);
	struct str uris = STR("");
	if (name.n == 0 || name.n > MAX_APP_NAME_BYTES || !utf8_is_valid(name))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "The name is text of 1 to %d bytes.",
		                  MAX_APP_NAME_BYTES);
	if (!are_scopes(in->scopes))
		return fail_field(c, STR("scopes"), STR("INVALID_OPTION"), "Scopes are names like crm.objects.contacts.read.");
	TRY(check_redirects(c, in));
	for (size_t i = 0; i < in->redirect_n; i++)
		uris = i == 0 ? in->redirect_uris[i]
		              : str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(uris), STR_ARG(in->redirect_uris[i]));
	app->name = name;
	app->redirect_uris = uris;
	app->scopes = in->scopes.n ? in->scopes : STR("");
	return OK;
}

static void make_secret(struct ctx *c, struct connected_app *app, struct app_secrets *out)
{
	out->client_secret = rand_token(c->a, 32);
	app->secret_sealed = crypt_seal(c->a, c->env->seal_key, out->client_secret);
}

static void make_key(struct ctx *c, struct connected_app *app, struct app_secrets *out)
{
	out->developer_key = str_cat(c->a, STR(KEY_PREFIX), rand_token(c->a, 32));
	app->developer_key_hash = crypt_hash_hex(c->a, out->developer_key);
}

enum err desk_app_create(struct ctx *c, const struct app_in *in, struct connected_app *out, struct app_secrets *secrets_out)
{
	struct connected_app app = {.client_id = rand_uuid(c->a)}, *others;
	struct app_secrets secrets = {0};
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(take(c, in, &app));
	TRY(connected_app_list(c, MAX_APPS, &others, &n));
	if (n >= MAX_APPS)
		return fail(c, ERR_CONFLICT, "A desk has at most %d apps.", MAX_APPS);
	make_secret(c, &app, &secrets);
	make_key(c, &app, &secrets);
	TRY(connected_app_insert(c, &app));
	TRY(announce(c, app.id));
	*out = app;
	*secrets_out = secrets;
	return OK;
}

enum err desk_app_load(struct ctx *c, int64_t id, struct connected_app *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return connected_app_load(c, id, out);
}

enum err desk_app_update(struct ctx *c, int64_t id, const struct app_in *in, struct connected_app *out)
{
	struct connected_app app;
	TRY(desk_app_load(c, id, &app));
	TRY(take(c, in, &app));
	TRY(connected_app_update(c, &app));
	*out = app;
	return announce(c, id);
}

enum err desk_app_list(struct ctx *c, struct connected_app **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return connected_app_list(c, MAX_APPS, out, n_out);
}

enum err desk_app_rotate(struct ctx *c, int64_t id, struct str what, struct connected_app *out,
                         struct app_secrets *secrets_out)
{
	struct connected_app app;
	struct app_secrets secrets = {0};
	bool is_secret = what.n == 0 || str_eq(what, STR("secret"));
	bool is_key = what.n == 0 || str_eq(what, STR("developerKey"));
	TRY(desk_app_load(c, id, &app));
	if (!is_secret && !is_key)
		return fail_field(c, STR("what"), STR("INVALID_OPTION"), "It is one of: secret, developerKey.");
	if (is_secret)
		make_secret(c, &app, &secrets);
	if (is_key)
		make_key(c, &app, &secrets);
	TRY(connected_app_update(c, &app));
	*out = app;
	*secrets_out = secrets;
	return announce(c, id);
}

enum err desk_app_remove(struct ctx *c, int64_t id)
{
	struct connected_app app;
	TRY(desk_app_load(c, id, &app));
	app.archived_at = c->now;
	TRY(connected_app_update(c, &app));
	TRY(desk_webhook_end(c, id));
	return announce(c, id);
}

enum err desk_app_of_client(struct ctx *c, struct str client_id, struct connected_app *out)
{
	return connected_app_by_client(c, client_id, out);
}

enum err desk_app_secret(struct ctx *c, const struct connected_app *app, struct str *out)
{
	if (!crypt_unseal(c->a, c->env->seal_key, app->secret_sealed, out))
		return fail(c, ERR_INTERNAL, "the secret of app %lld was not sealed by the key of this data directory",
		            (long long)app->id);
	return OK;
}

enum err desk_actor_of_developer_key(struct ctx *c, struct str key, struct actor *out)
{
	struct connected_app app;
	enum err e = connected_app_by_key(c, crypt_hash_hex(c->a, key), &app);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return fail(c, ERR_NOT_SIGNED_IN, "The API key provided is invalid.");
	}
	TRY(e);
	*out = (struct actor){.kind = ACTOR_APP, .app_id = app.id};
	return OK;
}
