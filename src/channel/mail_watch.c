#include "channel/mail_watch.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "channel/mail_in.h"
#include "desk/conversation.h"
#include "desk/mail.h"
#include "net/imap.h"

enum {
	MAX_MAILBOXES = 200,
	LOOK_MS = 10 * 1000,   /* how often the list of mailboxes is read, besides when woken */
	LEASE_MS = 30 * 1000, /* what a process that died holds up its mailboxes for */
	RETRY_FIRST_MS = 2 * 1000,
	RETRY_LAST_MS = 60 * 1000,
	ARENA_BYTES = 256 << 20,
};

/* One mailbox being watched. */
struct watcher {
	struct mail_watch *w;
	int64_t mailbox_id;
	int64_t seen_at; /* updated_at of the row it works with: another one starts it anew */
	int64_t lease_until;
	int stop_fd;
	pthread_t thread;
	bool is_wanted;
};

struct mail_watch {
	struct mail_watch_config config;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool is_closing;
	bool is_woken;
	struct watcher *watchers[MAX_MAILBOXES]; /* of the manager's thread alone */
	size_t n;
};

static struct ctx watch_ctx(struct mail_watch *w, struct arena *a)
{
	return (struct ctx){
		.a = a,
		.now = clock_ms(),
		.who = {.kind = ACTOR_SYSTEM},
		.run = w->config.run,
		.env = w->config.env,
		.request_id = STR("imap"),
	};
}

static enum err run_read(struct ctx *c, work_fn *fn, void *arg)
{
	return c->run->read(c->run->self, c, fn, arg);
}

static enum err run_write(struct ctx *c, work_fn *fn, void *arg)
{
	return c->run->write(c->run->self, c, fn, arg);
}

/* The thread of a mailbox ------------------------------------------------------------------------------------------- */

struct session {
	struct watcher *self;
	struct mailbox row;
	struct str address;
	struct str password;
	bool is_first_sync;
	struct str state, why; /* for note_state */
	int64_t uid, uid_validity; /* for note_uid */
};

static enum err load(struct ctx *c, void *arg)
{
	struct session *s = arg;
	struct channel_account account;
	TRY(desk_mailbox_load(c, s->self->mailbox_id, &s->row));
	TRY(desk_mailbox_password(c, &s->row, &s->password));
	TRY(desk_channel_account(c, s->row.channel_account_id, &account));
	s->address = account.address;
	return OK;
}

static enum err note_state(struct ctx *c, void *arg)
{
	struct session *s = arg;
	return desk_mailbox_note(c, s->self->mailbox_id, s->state, s->why);
}

static enum err note_uid(struct ctx *c, void *arg)
{
	struct session *s = arg;
	return desk_mailbox_note_uid(c, s->self->mailbox_id, s->uid_validity, s->uid);
}

static void tell(struct ctx *c, struct session *s, struct str state, struct str why)
{
	c->now = clock_ms();
	s->state = state;
	s->why = why;
	enum err e = run_write(c, note_state, s);
	if (e != OK)
		log_failure(c, e, STR("imap: note state"));
}

/* One mail of the folder, in an arena of its own: taken, then its UID noted. */
static enum err take(void *self, const struct imap_mail *mail)
{
	struct session *s = self;
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = watch_ctx(s->self->w, a);
	const struct mail_in in = {
		.channel = STR("imap"),
		.address = s->address,
		.channel_account_id = s->row.channel_account_id,
		.raw = mail->raw,
		.is_first_sync = s->is_first_sync,
	};
	enum err e = OK;
	if (mail->content != IMAP_UNREADABLE)
		e = mail_in_take(&c, &in);
	else
		log_warn("imap: mail %u of " STR_FMT " is not handed over: " STR_FMT, (unsigned)mail->uid,
		         STR_ARG(s->address), STR_ARG(mail->why));
	s->uid = mail->uid;
	if (e == OK)
		e = run_write(&c, note_uid, s);
	if (e != OK)
		log_failure(&c, e, STR("imap: take mail"));
	arena_close(a);
	return e;
}

static enum err catch_up(struct ctx *c, struct session *s, struct imap *imap)
{
	struct imap_state folder;
	TRY(imap_select(c, imap, &folder));
	bool is_same = s->row.uid_validity == (int64_t)folder.uidvalidity;
	s->uid_validity = folder.uidvalidity;
	s->uid = is_same ? s->row.last_uid : 0;
	s->is_first_sync = !is_same;
	if (!is_same)
		TRY(run_write(c, note_uid, s));
	return imap_fetch_since(c, imap, (uint32_t)s->uid, take, s);
}

static enum imap_security security_of(struct str word)
{
	return str_eq(word, STR("tls")) ? IMAP_TLS : str_eq(word, STR("starttls")) ? IMAP_STARTTLS : IMAP_PLAIN;
}

static enum err watch(struct ctx *c, struct session *s, struct imap **imap)
{
	const struct imap_config config = {
		.host = s->row.host,
		.port = (int)s->row.port,
		.security = security_of(s->row.security),
		.username = s->row.username,
		.password = s->password,
		.folder = s->row.folder,
		.ca_file = s->row.ca_file,
	};
	TRY(imap_open(c, &config, s->self->stop_fd, imap));
	TRY(catch_up(c, s, *imap));
	tell(c, s, STR("watching"), STR_NULL);
	s->is_first_sync = false;
	for (;;) {
		TRY(imap_idle(c, *imap));
		TRY(imap_fetch_since(c, *imap, (uint32_t)s->uid, take, s));
		c->now = clock_ms();
		TRY(run_write(c, note_uid, s));
	}
}

/* One connection, from opening it to its end. True: it was up. */
static bool watch_once(struct watcher *self, bool *is_refused)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = watch_ctx(self->w, a);
	struct session s = {.self = self};
	struct imap *imap = NULL;
	enum err e = run_read(&c, load, &s);
	if (e == OK) {
		/* what an earlier process saw says nothing of this connection */
		tell(&c, &s, STR("connecting"), s.row.last_error);
		e = watch(&c, &s, &imap);
	}
	imap_close(imap);
	*is_refused = e == ERR_REFUSED || e == ERR_NOT_FOUND || e == ERR_BAD_INPUT;
	bool was_up = str_eq(s.state, STR("watching"));
	uint64_t stopped;
	bool is_stopping = read(self->stop_fd, &stopped, sizeof(stopped)) == (ssize_t)sizeof(stopped);
	if (is_stopping) {
		stopped = 1; /* it stays readable for the loop */
		if (write(self->stop_fd, &stopped, sizeof(stopped)) < 0)
			log_warn("imap: eventfd");
	} else {
		struct str why = c.why.detail.n ? c.why.detail : err_sentence(e);
		if (str_starts(why, STR("imap: "))) /* for the log; the page says it beside a mailbox */
			why = str_skip(why, 6);
		log_failure(&c, e, str_fmt(a, "imap " STR_FMT, STR_ARG(s.address)));
		fail_clear(&c);
		tell(&c, &s, STR("failed"), why);
	}
	arena_close(a);
	return was_up;
}

/* Sleeps, unless it is told to stop. */
static bool sleep_or_stop(struct watcher *self, int64_t ms)
{
	struct timespec until;
	int64_t end = clock_monotonic_ms() + ms;
	while (clock_monotonic_ms() < end) {
		uint64_t stopped;
		if (read(self->stop_fd, &stopped, sizeof(stopped)) == (ssize_t)sizeof(stopped))
			return false;
		until = (struct timespec){.tv_nsec = 100 * 1000 * 1000};
		nanosleep(&until, NULL);
	}
	return true;
}

static void *watcher_main(void *arg)
{
	struct watcher *self = arg;
	int64_t wait_ms = RETRY_FIRST_MS;
	for (;;) {
		bool is_refused;
		if (watch_once(self, &is_refused))
			wait_ms = RETRY_FIRST_MS;
		/* a denied login is not tried again and again: it would lock the account */
		if (!sleep_or_stop(self, is_refused ? 10 * RETRY_LAST_MS : wait_ms))
			return NULL;
		wait_ms = wait_ms * 2 < RETRY_LAST_MS ? wait_ms * 2 : RETRY_LAST_MS;
	}
}

/* The manager: as many threads as there are active mailboxes that this process has the lease of ---------------------- */

struct look_work {
	struct mailbox *rows;
	size_t n;
	struct watcher *watcher;
	bool is_mine;
	int64_t until;
};

static enum err list(struct ctx *c, void *arg)
{
	struct look_work *l = arg;
	return desk_mailbox_list(c, &l->rows, &l->n);
}

static enum err lease(struct ctx *c, void *arg)
{
	struct look_work *l = arg;
	return desk_mailbox_lease(c, l->watcher->mailbox_id, l->watcher->lease_until, l->until, &l->is_mine);
}

static bool hold_lease(struct ctx *c, struct watcher *watcher)
{
	struct look_work l = {.watcher = watcher, .until = c->now + LEASE_MS};
	if (watcher->w->config.is_only_process || watcher->lease_until > c->now + LEASE_MS / 2)
		return true;
	enum err e = run_write(c, lease, &l);
	if (e != OK)
		log_failure(c, e, STR("imap: lease"));
	if (e == OK && l.is_mine)
		watcher->lease_until = l.until;
	return e == OK && l.is_mine;
}

/* Whoever watches it next need not wait until the lease runs out. */
static void give_lease_back(struct watcher *watcher)
{
	struct look_work l = {.watcher = watcher, .until = 0};
	if (watcher->lease_until == 0)
		return;
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = watch_ctx(watcher->w, a);
	enum err e = run_write(&c, lease, &l);
	if (e != OK)
		log_failure(&c, e, STR("imap: give lease back"));
	arena_close(a);
}

static void watcher_stop(struct watcher *watcher)
{
	uint64_t one = 1;
	if (write(watcher->stop_fd, &one, sizeof(one)) < 0)
		log_warn("imap: eventfd");
	pthread_join(watcher->thread, NULL);
	give_lease_back(watcher);
	close(watcher->stop_fd);
	free(watcher);
}

static struct watcher *find(struct mail_watch *w, int64_t mailbox_id)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->watchers[i]->mailbox_id == mailbox_id)
			return w->watchers[i];
	return NULL;
}

static void watcher_start(struct ctx *c, struct mail_watch *w, const struct mailbox *row)
{
	if (w->n == MAX_MAILBOXES)
		return;
	struct watcher *watcher = calloc(1, sizeof(*watcher));
	check(watcher != NULL);
	*watcher = (struct watcher){.w = w, .mailbox_id = row->id, .seen_at = row->updated_at, .is_wanted = true};
	if (!hold_lease(c, watcher)) {
		free(watcher);
		return;
	}
	watcher->stop_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	check(watcher->stop_fd >= 0);
	check(pthread_create(&watcher->thread, NULL, watcher_main, watcher) == 0);
	w->watchers[w->n++] = watcher;
}

static void look(struct mail_watch *w)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = watch_ctx(w, a);
	struct look_work l = {0};
	enum err e = run_read(&c, list, &l);
	if (e != OK)
		log_failure(&c, e, STR("imap: list mailboxes"));
	for (size_t i = 0; i < w->n; i++)
		w->watchers[i]->is_wanted = e != OK; /* while the database is away everything stays as it is */
	for (size_t i = 0; e == OK && i < l.n; i++) {
		struct watcher *watcher = find(w, l.rows[i].id);
		if (watcher != NULL)
			watcher->is_wanted = l.rows[i].is_active && watcher->seen_at == l.rows[i].updated_at &&
			                     hold_lease(&c, watcher);
	}
	for (size_t i = 0; i < w->n;) {
		if (w->watchers[i]->is_wanted) {
			i++;
			continue;
		}
		watcher_stop(w->watchers[i]);
		w->watchers[i] = w->watchers[--w->n];
	}
	for (size_t i = 0; e == OK && i < l.n; i++)
		if (l.rows[i].is_active && find(w, l.rows[i].id) == NULL)
			watcher_start(&c, w, &l.rows[i]);
	arena_close(a);
}

static bool wait_woken(struct mail_watch *w)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += LOOK_MS / 1000;
	pthread_mutex_lock(&w->lock);
	while (!w->is_woken && !w->is_closing)
		if (pthread_cond_timedwait(&w->woken, &w->lock, &until) != 0)
			break;
	w->is_woken = false;
	bool go_on = !w->is_closing;
	pthread_mutex_unlock(&w->lock);
	return go_on;
}

static void *manager_main(void *arg)
{
	struct mail_watch *w = arg;
	do
		look(w);
	while (wait_woken(w));
	for (size_t i = 0; i < w->n; i++)
		watcher_stop(w->watchers[i]);
	return NULL;
}

enum err mail_watch_open(struct ctx *c, const struct mail_watch_config *config, struct mail_watch **out)
{
	struct mail_watch *w = NEW(c->a, struct mail_watch);
	w->config = *config;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->woken, &attr);
	pthread_condattr_destroy(&attr);
	check(pthread_create(&w->thread, NULL, manager_main, w) == 0);
	*out = w;
	return OK;
}

void mail_watch_wake(struct mail_watch *w)
{
	pthread_mutex_lock(&w->lock);
	w->is_woken = true;
	pthread_cond_signal(&w->woken);
	pthread_mutex_unlock(&w->lock);
}

void mail_watch_close(struct mail_watch *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->is_closing = true;
	pthread_cond_signal(&w->woken);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->woken);
	pthread_mutex_destroy(&w->lock);
}
