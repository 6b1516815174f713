/* bellhop serve: opens the parts, waits for SIGTERM, and closes in the order that loses nothing: first whoever brings work, then whoever
 * does it, the database last. */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>

#include "api/api.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "channel/mail_watch.h"
#include "channel/webhook.h"
#include "cmd/beat.h"
#include "cmd/cmd.h"
#include "cmd/indexer.h"
#include "cmd/live.h"
#include "cmd/pulse.h"
#include "cmd/serve_int.h"
#include "cmd/slow.h"
#include "desk/association_report.h"
#include "desk/booking.h"
#include "desk/bulk.h"
#include "desk/calculate.h"
#include "desk/channel.h"
#include "desk/company_match.h"
#include "desk/definitions.h"
#include "desk/document.h"
#include "desk/file.h"
#include "desk/held_reply.h"
#include "desk/invite.h"
#include "desk/mail.h"
#include "desk/notification.h"
#include "desk/presence.h"
#include "desk/quote.h"
#include "desk/remind.h"
#include "desk/search_index.h"
#include "desk/snooze.h"
#include "desk/sweep.h"
#include "job/runner.h"
#include "net/http_serve.h"
#include "net/lmtp_serve.h"

enum { SLOW_THREADS = 2, MAIL_IN_THREADS = 2, MAIL_OUT_THREADS = 3, REFRESH_BYTES = 16 << 20 };
enum { FLUSH_MS = 5000 };

void serve_fill_ctx(struct server *s, struct ctx *c)
{
	c->now = clock_ms();
	c->who = (struct actor){.kind = ACTOR_SYSTEM};
	c->run = &s->app.run;
	c->env = &s->app.env;
	c->schema = NULL; /* of the mail before it */
}

static void on_commit(void *arg)
{
	struct server *s = arg;
	if (s->is_up)
		pulse_beat(s->pulse);
}

/* Another process tells who is on a ticket there. */
static void on_said(void *arg, struct str words)
{
	struct server *s = arg;
	if (s->is_up)
		presence_hear(s->app.env.presence, words, clock_monotonic_ms());
}

/* Another process on the same database may have changed them. */
static void refresh_definitions(struct server *s)
{
	struct arena *a = arena_open(REFRESH_BYTES);
	struct ctx c = {.a = a, .request_id = STR("definitions")};
	serve_fill_ctx(s, &c);
	enum err e = app_read(&c, definitions_refresh, NULL);
	if (e != OK)
		log_failure(&c, e, STR("definitions"));
	arena_close(a);
}

static void flush_counts(void *arg)
{
	struct server *s = arg;
	struct arena *a = arena_open(REFRESH_BYTES);
	struct ctx c = {.a = a, .request_id = STR("counts")};
	serve_fill_ctx(s, &c);
	enum err e = api_flush(&c, s->api);
	if (e != OK)
		log_failure(&c, e, STR("counts of calls"));
	arena_close(a);
}

static void tell_of_commits(void *arg)
{
	struct server *s = arg;
	live_wake(s->live);
	indexer_wake(s->indexer);
	job_runner_wake(s->jobs);
	mail_watch_wake(s->mailboxes);
	webhook_wake(s->webhooks);
	refresh_definitions(s);
}

static enum err open_jobs(struct ctx *c, struct server *s)
{
	static const struct job_kind *const kinds[] = {
		&job_mail_parse,
		&job_mail_send,
		&job_sweep,
		&job_invite,
		&job_notify_mail,
		&job_booking_mail,
		&job_reindex,
		&job_forget_words,
		&job_calculate,
		&job_wake,
		&job_remind,
		&job_company_match,
		&job_blob_drop,
		&job_folder_update,
		&job_link_report,
		&job_bulk,
		&job_channel_send,
		&job_file_import,
		&job_held_reply,
		&job_quote_pdf,
		&job_quote_expire,
		&job_quote_mail,
		&job_document_pictures,
	};
	const struct job_runner_config config = {
		.kinds = kinds,
		.kind_n = sizeof(kinds) / sizeof(kinds[0]),
		.lanes =
			{
				/* what a process that died holds up its mails for; where one takes longer, only one of two wins */
				[LANE_MAIL_IN] = {.thread_n = MAIL_IN_THREADS, .batch_n = 16, .lease_ms = SECONDS(30)},
				/* longer than SMTP may take for one mail */
				[LANE_MAIL_OUT] = {.thread_n = MAIL_OUT_THREADS, .batch_n = 1, .lease_ms = MINUTES(10)},
				[LANE_UPKEEP] = {.thread_n = 1, .batch_n = 1, .lease_ms = MINUTES(10)},
				/* longer than all pages of one document may take */
				[LANE_PICTURES] = {.thread_n = 1, .batch_n = 1, .lease_ms = MINUTES(10)},
				[LANE_BULK] = {.thread_n = 1, .batch_n = 1, .lease_ms = SECONDS(30)},
				[LANE_REPLY] = {.thread_n = 1, .batch_n = 1, .lease_ms = SECONDS(30)},
			},
		.run = &s->app.run,
		.env = &s->app.env,
		.is_only_process = db_engine_of(s->app.db) == DB_SQLITE,
	};
	return job_runner_open(c, &config, &s->jobs);
}

/* What waited for the program to run. */
static enum err resume_work(struct ctx *c, void *arg)
{
	(void)arg;
	TRY(desk_outbox_release(c));
	TRY(desk_reindex_if_old(c));
	return desk_sweep_schedule(c);
}

static enum err open_parts(struct ctx *c, struct server *s)
{
	const struct live_config live = {.run = &s->app.run, .env = &s->app.env};
	const struct mail_watch_config watch = {
		.run = &s->app.run,
		.env = &s->app.env,
		.is_only_process = db_engine_of(s->app.db) == DB_SQLITE,
	};
	const struct indexer_config indexer = {
		.run = &s->app.run,
		.env = &s->app.env,
		.is_only_process = db_engine_of(s->app.db) == DB_SQLITE,
		.queue_depth = serve_queue_depth,
		.self = s,
	};
	const struct webhook_config hooks = {
		.run = &s->app.run,
		.env = &s->app.env,
		.is_only_process = db_engine_of(s->app.db) == DB_SQLITE,
	};
	TRY(serve_open_api(c, s));
	slow_open(c, SLOW_THREADS, &s->slow);
	TRY(live_open(c, &live, &s->live));
	TRY(app_write(c, resume_work, NULL));
	TRY(open_jobs(c, s));
	TRY(mail_watch_open(c, &watch, &s->mailboxes));
	TRY(webhook_open(c, &hooks, &s->webhooks));
	indexer_open(c, &indexer, &s->indexer);
	pulse_open(c, tell_of_commits, s, &s->pulse);
	beat_open(c, FLUSH_MS, flush_counts, s, &s->flushing);
	s->is_up = true;
	TRY(serve_open_lmtp(c, s));
	return serve_open_http(c, s);
}

static void close_parts(struct server *s)
{
	lmtp_serve_close(s->lmtp);
	live_stop(s->live);
	http_serve_close(s->http);
	slow_close(s->slow);
	beat_close(s->flushing);
	s->is_up = false;
	pulse_close(s->pulse);
	indexer_close(s->indexer);
	webhook_close(s->webhooks);
	mail_watch_close(s->mailboxes);
	job_runner_close(s->jobs);
	live_close(s->live);
	api_close(s->api);
}

/* Idle streams are sockets: as many as the system lets us have. */
static void raise_descriptor_limit(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static void wait_for_signal(const sigset_t *set)
{
	int got = 0;
	while (sigwait(set, &got) != 0)
		;
	log_info("%s: finishing what is in flight", got == SIGINT ? "SIGINT" : "SIGTERM");
}

/* On SQLite one process serves a data directory: a second one would take the jobs that the first is running. Held until the
 * process ends, however it ends. */
static enum err take_data_directory(struct ctx *c, const struct options *o)
{
	struct str path = str_fmt(c->a, STR_FMT "/serve.lock", STR_ARG(o->data));
	int fd = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(c, ERR_BAD_INPUT, "cannot open " STR_FMT ": %s", STR_ARG(path), strerror(errno));
	arena_defer_fd(c->a, fd);
	if (o->db.n == 0 && flock(fd, LOCK_EX | LOCK_NB) != 0)
		return fail(c, ERR_CONFLICT, "another `bellhop serve` is running on " STR_FMT, STR_ARG(o->data));
	return OK;
}

enum err cmd_serve(struct ctx *c, const struct options *o)
{
	struct server *s = NEW(c->a, struct server);
	const struct app_hooks hooks = {.on_commit = on_commit, .on_said = on_said, .arg = s};
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	raise_descriptor_limit();

	enum err e = app_open(c, o, &hooks, &s->app);
	if (e == OK)
		e = take_data_directory(c, o);
	if (e == OK)
		e = open_parts(c, s);
	if (e == OK) {
		log_info("bellhop %s on " STR_FMT ": http port %d, lmtp " STR_FMT, BELLHOP_VERSION,
		         STR_ARG(db_version(s->app.db)), http_serve_port(s->http), STR_ARG(o->lmtp));
		wait_for_signal(&set);
	}
	if (s->live != NULL)
		close_parts(s);
	app_close(&s->app);
	return e;
}
