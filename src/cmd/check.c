/* bellhop check looks at the desk's own data; bellhop doctor looks at what is around it. Both print what they find, a line each, and
 * end with a non-zero status when something is wrong. */

#include <sys/statvfs.h>

#include "base/arena.h"
#include "bus/event.h"
#include "cmd/app.h"
#include "cmd/cmd.h"
#include "desk/mail.h"
#include "desk/webhook_send.h"
#include "job/job.h"
#include "net/smtp_call.h"
#include "store/all_sql.h"
#include "store/blob.h"
#include "store/file.h"

enum { MIN_FREE_BYTES = 256 << 20, PAGE = 500 };

static void say(bool is_fine, const char *what, struct str detail)
{
	printf("%-4s %s%s" STR_FMT "\n", is_fine ? "ok" : "BAD", what, detail.n ? ": " : "", STR_ARG(detail));
}

/* check ------------------------------------------------------------------------------------------------------------- */

static enum err check_statements(struct ctx *c, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < store_sql_n; i++)
		TRY(db_check_sql(c, store_sql[i]));
	TRY(db_check_sql(c, &event_sql));
	return db_check_sql(c, &job_sql);
}

struct blob_check {
	struct str data_dir;
	int64_t checked;
	int64_t missing;
};

/* No row without its blob: every stored source is read back. */
static enum err check_sources(struct ctx *c, void *arg)
{
	static const struct str states[] = {STR("NEW"), STR("DONE"), STR("QUARANTINED"), STR("SET_ASIDE")};
	struct blob_check *b = arg;
	for (size_t s = 0; s < sizeof(states) / sizeof(states[0]); s++) {
		struct mail_source *rows;
		size_t n;
		for (int64_t before = INT64_MAX;; before = rows[n - 1].id) {
			TRY(mail_source_list(c, states[s], before, PAGE, &rows, &n));
			for (size_t i = 0; i < n; i++) {
				b->checked++;
				b->missing += !blob_is_there(c, b->data_dir, rows[i].blob, rows[i].size_bytes);
			}
			if (n < PAGE)
				break;
		}
	}
	return OK;
}

/* The same for files; those of messages are files too. */
static enum err check_files(struct ctx *c, void *arg)
{
	struct blob_check *b = arg;
	struct file *rows;
	size_t n;
	for (int64_t after = 0;; after = rows[n - 1].id) {
		TRY(file_list_any(c, after, PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			b->checked++;
			b->missing += !blob_is_there(c, b->data_dir, rows[i].blob, rows[i].size_bytes);
		}
		if (n < PAGE)
			return OK;
	}
}

static enum err say_blobs(struct ctx *c, const char *what, const struct blob_check *b)
{
	say(b->missing == 0, what,
	    str_fmt(c->a, "%lld there, %lld missing", (long long)(b->checked - b->missing), (long long)b->missing));
	return b->missing == 0 ? OK : fail(c, ERR_INTERNAL, "%lld %s are missing", (long long)b->missing, what);
}

static enum err check_all(struct ctx *c, struct app *app)
{
	struct blob_check blobs = {.data_dir = app->o.data}, files = blobs;
	enum err e = app_read(c, check_statements, NULL);
	say(e == OK, "statements", e == OK ? db_version(app->db) : c->why.detail);
	TRY(e);
	e = app_read(c, db_check_integrity, NULL);
	say(e == OK, "database", e == OK ? STR("whole") : c->why.detail);
	TRY(e);
	TRY(app_read(c, check_sources, &blobs));
	TRY(app_read(c, check_files, &files));
	TRY(say_blobs(c, "stored mails", &blobs));
	return say_blobs(c, "files", &files);
}

enum err cmd_check(struct ctx *c, const struct options *o)
{
	struct app app;
	enum err e = app_open(c, o, NULL, &app);
	if (e == OK)
		e = check_all(c, &app);
	app_close(&app);
	return e;
}

/* doctor ------------------------------------------------------------------------------------------------------------ */

struct doctor_work {
	struct relay relay;
	struct mail_health health;
	struct webhook_health *hooks;
	size_t hook_n;
};

static enum err look(struct ctx *c, void *arg)
{
	struct doctor_work *w = arg;
	TRY(desk_relay(c, &w->relay));
	TRY(desk_webhook_health(c, &w->hooks, &w->hook_n));
	return desk_mail_health(c, &w->health);
}

static bool check_disk(struct ctx *c, struct str data)
{
	struct statvfs fs;
	if (statvfs(str_z(c->a, data), &fs) != 0) {
		say(false, "disk", STR("cannot be looked at"));
		return false;
	}
	int64_t free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
	say(free_bytes >= MIN_FREE_BYTES, "disk", str_fmt(c->a, "%lld MB free", (long long)(free_bytes >> 20)));
	return free_bytes >= MIN_FREE_BYTES;
}

static bool check_relay(const struct relay *relay)
{
	if (!relay->is_configured) {
		say(false, "outgoing mail", STR("no relay is set up: replies wait in the outbox"));
		return false;
	}
	say(true, "outgoing mail", relay->url);
	return true;
}

static bool check_webhooks(struct ctx *c, const struct doctor_work *w)
{
	bool is_fine = true;
	for (size_t i = 0; i < w->hook_n; i++) {
		const struct webhook_health *h = &w->hooks[i];
		struct str why = str_fmt(c->a, STR_FMT ": %lld wait; " STR_FMT, STR_ARG(h->app_name), (long long)h->waiting_n,
		                         STR_ARG(h->is_failing ? h->last_error : STR("they arrive")));
		say(!h->is_failing, "webhooks", why);
		is_fine = is_fine && !h->is_failing;
	}
	return is_fine;
}

static bool check_mailboxes(struct ctx *c, const struct mail_health *h)
{
	bool is_fine = true;
	for (size_t i = 0; i < h->mailbox_n; i++) {
		bool is_failed = str_eq(h->mailboxes[i].state, STR("failed"));
		say(!is_failed, "mailbox",
		    str_fmt(c->a, STR_FMT " at " STR_FMT ": " STR_FMT " " STR_FMT, STR_ARG(h->accounts[i].address),
		            STR_ARG(h->mailboxes[i].host), STR_ARG(h->mailboxes[i].state),
		            STR_ARG(h->mailboxes[i].last_error)));
		is_fine = is_fine && !is_failed;
	}
	return is_fine;
}

static bool check_public_url(struct ctx *c, const struct app *app)
{
	bool is_tls = str_starts(app->env.public_url, STR("https://"));
	bool is_set = app->o.public_url.n > 0;
	say(is_set && is_tls, "public address",
	    is_set ? is_tls ? app->env.public_url
	                    : str_cat(c->a, app->env.public_url, STR(" is not https: passwords travel in clear"))
	           : STR("--public-url is not set: links in mails and sign-in cookies fit this machine only"));
	return is_set && is_tls;
}

static enum err examine(struct ctx *c, struct app *app)
{
	struct doctor_work w;
	TRY(app_read(c, look, &w));
	say(true, "database", db_version(app->db));
	bool is_fine = check_disk(c, app->o.data);
	is_fine = check_public_url(c, app) && is_fine;
	is_fine = check_relay(&w.relay) && is_fine;
	is_fine = check_mailboxes(c, &w.health) && is_fine;
	is_fine = check_webhooks(c, &w) && is_fine;
	say(w.health.quarantined == 0, "quarantine", str_fmt(c->a, "%lld mails", (long long)w.health.quarantined));
	say(w.health.jobs_put_aside == 0, "jobs",
	    str_fmt(c->a, "%lld wait, %lld were given up", (long long)w.health.jobs_waiting,
	            (long long)w.health.jobs_put_aside));
	if (!is_fine || w.health.quarantined > 0 || w.health.jobs_put_aside > 0)
		return fail(c, ERR_BAD_INPUT, "something needs your attention, see above");
	return OK;
}

enum err cmd_doctor(struct ctx *c, const struct options *o)
{
	struct app app;
	enum err e = app_open(c, o, NULL, &app);
	if (e == OK)
		e = examine(c, &app);
	app_close(&app);
	return e;
}
