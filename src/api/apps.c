/* The administrator's side of connected apps. Secrets are in the answer that made them, and in no other. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/arena.h"
#include "desk/app.h"
#include "text/json_read.h"

static void write_words(struct json *j, const char *name, struct str words, struct str separator)
{
	json_key(j, name);
	json_array_begin(j);
	for (struct str rest = words; !str_is_null(rest);) {
		struct str word = str_trim(str_cut(&rest, separator));
		if (word.n > 0)
			json_str(j, word);
	}
	json_array_end(j);
}

static void write_app(struct json *j, const struct connected_app *app, const struct app_secrets *secrets)
{
	json_object_begin(j);
	json_add_id(j, "id", app->id);
	json_add_string(j, "name", app->name);
	json_add_string(j, "clientId", app->client_id);
	json_add_string(j, "clientSecret", secrets->client_secret);
	json_add_string(j, "developerKey", secrets->developer_key);
	write_words(j, "redirectUris", app->redirect_uris, STR(" "));
	write_words(j, "scopes", app->scopes, STR(","));
	json_add_time(j, "createdAt", app->created_at);
	json_add_time(j, "updatedAt", app->updated_at);
	json_object_end(j);
}

static const struct app_secrets untold = {STR_NULL, STR_NULL};

static enum err not_texts(struct ctx *c, const char *name)
{
	return fail_field(c, str_c(name), STR("INVALID_STRING"), "%s is a list of texts.", name);
}

/* A list of the body; absent: none. */
static enum err read_texts(struct ctx *c, struct str json, const char *name, const struct str **out, size_t *n_out)
{
	json_t *list;
	*n_out = 0;
	if (json.n == 0)
		return OK;
	TRY(json_parse(c, json, &list));
	if (!json_is_array(list))
		return not_texts(c, name);
	size_t n = json_array_size(list);
	struct str *texts = NEW_ARRAY(c->a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		texts[i] = json_text(json_array_get(list, i));
		if (texts[i].n == 0)
			return not_texts(c, name);
	}
	*out = texts;
	*n_out = n;
	return OK;
}

static enum err read_app(struct ctx *c, const struct req *q, struct app_in *out)
{
	const struct app_body *b = IN(q, struct app_body);
	const struct str *scopes;
	size_t n;
	*out = (struct app_in){.name = b->name, .scopes = STR("")};
	TRY(read_texts(c, b->redirect_uris, "redirectUris", &out->redirect_uris, &out->redirect_n));
	TRY(read_texts(c, b->scopes, "scopes", &scopes, &n));
	for (size_t i = 0; i < n && out->scopes.n <= MAX_APP_SCOPES_BYTES; i++)
		out->scopes = i == 0 ? scopes[i] : str_fmt(c->a, STR_FMT "," STR_FMT, STR_ARG(out->scopes), STR_ARG(scopes[i]));
	return OK;
}

enum err api_apps_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct connected_app *apps;
	size_t n;
	(void)q;
	TRY(desk_app_list(c, &apps, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_app(&r->j, &apps[i], &untold);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_apps_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct app_in in;
	struct connected_app app;
	struct app_secrets secrets;
	TRY(read_app(c, q, &in));
	TRY(desk_app_create(c, &in, &app, &secrets));
	write_app(&r->j, &app, &secrets);
	return OK;
}

enum err api_apps_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct connected_app app;
	int64_t id;
	TRY(req_id(c, q, "appId", &id));
	TRY(desk_app_load(c, id, &app));
	write_app(&r->j, &app, &untold);
	return OK;
}

enum err api_apps_replace(struct ctx *c, const struct req *q, struct res *r)
{
	struct app_in in;
	struct connected_app app;
	int64_t id;
	TRY(req_id(c, q, "appId", &id));
	TRY(read_app(c, q, &in));
	TRY(desk_app_update(c, id, &in, &app));
	write_app(&r->j, &app, &untold);
	return OK;
}

enum err api_apps_remove(struct ctx *c, const struct req *q, struct res *r)
{
	int64_t id;
	TRY(req_id(c, q, "appId", &id));
	TRY(desk_app_remove(c, id));
	return res_nothing(r);
}

enum err api_apps_rotate(struct ctx *c, const struct req *q, struct res *r)
{
	struct connected_app app;
	struct app_secrets secrets;
	int64_t id;
	TRY(req_id(c, q, "appId", &id));
	TRY(desk_app_rotate(c, id, IN(q, struct app_rotate_body)->what, &app, &secrets));
	write_app(&r->j, &app, &secrets);
	return OK;
}
