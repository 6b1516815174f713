#include "cmd/app.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "base/log.h"
#include "base/num.h"
#include "base/rand.h"
#include "db/migrate.h"
#include "db/schema.h"
#include "desk/definitions.h"
#include "desk/presence.h"
#include "desk/seed.h"
#include "desk/setting.h"
#include "store/blob.h"
#include "store/setting.h"

enum { DEFAULT_UPLOAD_MB = 512, MAX_UPLOAD_MB = 65536 };

static enum err io_failed(struct ctx *c, const char *doing, struct str path)
{
	return fail(c, ERR_BAD_INPUT, "cannot %s " STR_FMT ": %s", doing, STR_ARG(path), strerror(errno));
}

/* Data directory and key -------------------------------------------------------------------------------------------- */

static struct str key_path(struct ctx *c, struct str data)
{
	return str_fmt(c->a, STR_FMT "/secret.key", STR_ARG(data));
}

static enum err make_key(struct ctx *c, struct str data)
{
	struct str path = key_path(c, data);
	int fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return OK;
	if (fd < 0)
		return io_failed(c, "create", path);
	arena_defer_fd(c->a, fd);
	struct str key = rand_token(c->a, CRYPT_KEY_BYTES);
	if (write(fd, key.p, key.n) != (ssize_t)key.n || fsync(fd) != 0)
		return io_failed(c, "write", path);
	return OK;
}

static enum err read_key(struct ctx *c, struct str data, struct str *out)
{
	struct str path = key_path(c, data);
	char text[128];
	int fd = open(path.p, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return fail(c, ERR_BAD_INPUT,
		            STR_FMT " is not a Bellhop data directory: secret.key is missing; `bellhop init` makes one",
		            STR_ARG(data));
	if (fd < 0)
		return io_failed(c, "open", path);
	arena_defer_fd(c->a, fd);
	ssize_t n = read(fd, text, sizeof(text));
	if (n < 0)
		return io_failed(c, "read", path);
	struct str bytes = str_trim((struct str){text, (size_t)n});
	if (!crypt_from_base64url(c->a, bytes, out) || out->n != CRYPT_KEY_BYTES)
		return fail(c, ERR_BAD_INPUT, STR_FMT " does not hold a key", STR_ARG(path));
	return OK;
}

static enum err make_directory(struct ctx *c, struct str data)
{
	if (mkdir(str_z(c->a, data), 0700) != 0 && errno != EEXIST)
		return io_failed(c, "create", data);
	return make_key(c, data);
}

/* Database ---------------------------------------------------------------------------------------------------------- */

static void tell_migration(const struct migrate_report *report)
{
	if (report->from == report->to)
		return;
	log_info("database: schema %d -> %d%s" STR_FMT, report->from, report->to,
	         report->copy.n ? ", a copy was taken: " : "", STR_ARG(report->copy));
}

static enum err seed(struct ctx *c, void *arg)
{
	(void)arg;
	return desk_seed(c);
}

static enum err load(struct ctx *c, void *arg)
{
	struct app *app = arg;
	struct str key;
	TRY(setting_load(c, SETTING_SIGN_KEY, &key));
	if (!crypt_from_base64url(c->a, key, &app->env.sign_key) || app->env.sign_key.n != CRYPT_KEY_BYTES)
		return fail(c, ERR_INTERNAL, "the setting sign_key does not hold a key");
	return definitions_open(c, &app->env.definitions);
}

static struct str host_of_url(struct str url)
{
	str_cut(&url, STR("://"));
	struct str host = str_is_null(url) ? STR("") : str_cut(&url, STR("/"));
	if (host.n > 0 && host.p[0] == '[')
		return STR("localhost");
	return str_cut(&host, STR(":"));
}

static void fill_env(struct ctx *c, struct app *app)
{
	struct str url = app->o.public_url;
	if (url.n == 0)
		url = str_fmt(c->a, "http://" STR_FMT, STR_ARG(app->o.http.n ? app->o.http : STR("127.0.0.1:8080")));
	while (url.n > 0 && url.p[url.n - 1] == '/')
		url.n--;
	presence_open(c, &app->env.presence);
	app->env.version = STR(BELLHOP_VERSION);
	app->env.data_dir = app->o.data;
	int64_t mb = DEFAULT_UPLOAD_MB;
	num_parse_int(app->o.max_upload_mb, &mb);
	app->env.max_upload_bytes = mb << 20;
	app->env.public_url = url;
	struct str host = host_of_url(url);
	bool is_name = str_find_byte(host, '.') > 0 && !(host.p[host.n - 1] >= '0' && host.p[host.n - 1] <= '9');
	app->env.mail_host = is_name ? host : STR_NULL;
	app->env.relay_url = app->o.smtp;
	app->env.allow_internal = app->o.allow_internal;
}

static enum err check_options(struct ctx *c, const struct options *o)
{
	if (o->db.n > 0 && !str_starts(o->db, STR("postgres://")) && !str_starts(o->db, STR("postgresql://")))
		return fail(c, ERR_BAD_INPUT, "--db takes postgres://…; without it SQLite lives in the data directory");
	if (o->smtp.n > 0 && !str_starts(o->smtp, STR("smtp://")) && !str_starts(o->smtp, STR("smtps://")))
		return fail(c, ERR_BAD_INPUT, "--smtp takes smtp://HOST:PORT or smtps://HOST:PORT, not \"" STR_FMT "\"",
		            STR_ARG(o->smtp));
	if (o->public_url.n > 0 && !str_starts(o->public_url, STR("http://")) &&
	    !str_starts(o->public_url, STR("https://")))
		return fail(c, ERR_BAD_INPUT, "--public-url takes http://… or https://…, not \"" STR_FMT "\"",
		            STR_ARG(o->public_url));
	int64_t mb;
	if (o->max_upload_mb.n > 0 && (!num_parse_int(o->max_upload_mb, &mb) || mb < 1 || mb > MAX_UPLOAD_MB))
		return fail(c, ERR_BAD_INPUT, "--max-upload-mb takes 1 to %d, not \"" STR_FMT "\"", MAX_UPLOAD_MB,
		            STR_ARG(o->max_upload_mb));
	return OK;
}

static enum err open_all(struct ctx *c, const struct app_hooks *hooks, bool is_new, struct app *app)
{
	struct migrate_report report;
	const struct db_config config = {
		.data_dir = app->o.data,
		.url = app->o.db,
		.on_commit = hooks ? hooks->on_commit : NULL,
		.on_said = hooks ? hooks->on_said : NULL,
		.hook_arg = hooks ? hooks->arg : NULL,
	};
	TRY(check_options(c, &app->o));
	TRY(read_key(c, app->o.data, &app->env.seal_key));
	TRY(blob_open(c, app->o.data));
	TRY(migrate(c, &config, migrations, migration_n, &report));
	tell_migration(&report);
	TRY(db_open(c, &config, &app->db));
	app->run = db_runner(app->db);
	c->run = &app->run;
	c->who = (struct actor){.kind = ACTOR_SYSTEM};
	c->env = &app->env;
	if (is_new || report.from != report.to)
		TRY(app_write(c, seed, NULL));
	TRY(app_read(c, load, app));
	fill_env(c, app);
	return OK;
}

enum err app_open(struct ctx *c, const struct options *o, const struct app_hooks *hooks, struct app *out)
{
	*out = (struct app){.o = *o};
	struct stat st;
	if (stat(str_z(c->a, o->data), &st) != 0)
		return fail(c, ERR_BAD_INPUT, "there is no data directory " STR_FMT "; `bellhop init` makes one",
		            STR_ARG(o->data));
	return open_all(c, hooks, false, out);
}

enum err app_create(struct ctx *c, const struct options *o, struct app *out)
{
	*out = (struct app){.o = *o};
	TRY(check_options(c, o));
	TRY(make_directory(c, o->data));
	return open_all(c, NULL, true, out);
}

void app_close(struct app *app)
{
	db_close(app->db);
	app->db = NULL;
}

enum err app_read(struct ctx *c, work_fn *fn, void *arg)
{
	return c->run->read(c->run->self, c, fn, arg);
}

enum err app_write(struct ctx *c, work_fn *fn, void *arg)
{
	return c->run->write(c->run->self, c, fn, arg);
}
