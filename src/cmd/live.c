/* live->lock orders two things: sending the next events to everybody, and taking in a client that first gets what it missed. So
 * a client sees every event once: those up to last_id from the database, those behind it from the broadcast. */

#include "cmd/live.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "net/http_serve.h"
#include "net/sse.h"
#include "text/json.h"

enum { MAX_MISSED = 1000, BATCH = 200, ARENA_BYTES = 64 << 20, MAX_EVENT_BYTES = 64 << 10, POLL_MS = 5000 };

struct live {
	struct live_config config;
	struct sse_hub *hub;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool is_woken;
	bool is_closing;
	pthread_t thread;
	pthread_mutex_t sending; /* held while events go out, and while a client is taken in */
	int64_t last_id;         /* under sending: the newest event that was sent */
};

struct client {
	struct actor who; /* its strings are not looked at */
};

static void client_close(void *client)
{
	free(client);
}

/* The streams of a session or a token end with it. Those of a user end when he changes: what he may hear of may be another; who is
 * still let in comes back. */
static bool ends_stream(const struct event *e, const struct actor *who)
{
	if (str_eq(e->kind, event_kind_name(EV_SESSION_ENDED)))
		return who->session_id == e->about_id;
	if (str_eq(e->kind, event_kind_name(EV_GRANT_CHANGED)))
		return who->grant_id == e->about_id;
	if (str_eq(e->kind, event_kind_name(EV_TOKEN_CHANGED)))
		return who->token_id == e->about_id;
	return str_eq(e->kind, event_kind_name(EV_USER_CHANGED)) && who->user_id == e->about_id;
}

/* May this actor hear of it? What only administrators see, only they hear of; of a draft only who writes it, of a bell only its user. */
static bool may_hear(const struct actor *who, const struct event *e)
{
	const struct ctx asking = {.who = *who};
	struct str kind = e->kind;
	bool is_admins = str_starts(kind, STR("outbox.")) || str_starts(kind, STR("mailbox.")) ||
	                 str_starts(kind, STR("quarantine.")) || str_starts(kind, STR("app.")) ||
	                 str_starts(kind, STR("webhook."));
	if (str_starts(kind, STR("notification.")))
		return who->user_id != 0 && who->user_id == e->about_id;
	if (str_starts(kind, STR("session.")) || str_starts(kind, STR("token.")) || str_starts(kind, STR("grant.")))
		return false;
	if (str_starts(kind, STR("draft.")) && (who->user_id != e->user_id || who->session_id == 0))
		return false;
	return desk_may(&asking, is_admins ? CAN_ADMINISTER : CAN_VIEW, NULL);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

struct page {
	int64_t after;
	int64_t limit;
	struct event *events;
	struct ticket_row *rows; /* of each event's ticket; id 0: none */
	size_t n;
	int64_t newest;
	int64_t oldest;
};

static enum err load_rows(struct ctx *c, struct page *p)
{
	p->rows = NEW_ARRAY(c->a, p->n, struct ticket_row);
	for (size_t i = 0; i < p->n; i++) {
		if (p->events[i].ticket_id == 0)
			continue;
		enum err e = desk_ticket_row(c, p->events[i].ticket_id, &p->rows[i]);
		if (e == ERR_NOT_FOUND)
			fail_clear(c);
		else
			TRY(e);
	}
	return OK;
}

static enum err read_page(struct ctx *c, void *arg)
{
	struct page *p = arg;
	TRY(bus_newest(c, &p->newest));
	TRY(bus_oldest(c, &p->oldest));
	TRY(bus_list(c, p->after, p->limit, &p->events, &p->n));
	return load_rows(c, p);
}

static enum err read_newest(struct ctx *c, void *arg)
{
	struct page *p = arg;
	return bus_newest(c, &p->newest);
}

static struct str format_event(struct ctx *c, const struct event *e, const struct ticket_row *row)
{
	struct buf data, out;
	struct json j;
	buf_init(&data, c->a, MAX_EVENT_BYTES);
	json_init(&j, &data);
	json_object_begin(&j);
	json_add_id(&j, "id", e->id);
	json_add_string(&j, "kind", e->kind);
	json_add_time(&j, "at", e->at);
	json_add_id(&j, "actorUserId", e->user_id);
	json_add_id(&j, "aboutId", e->about_id);
	json_add_id(&j, "ticketId", e->ticket_id);
	json_add_id(&j, "messageId", e->message_id);
	if (row->id != 0) {
		json_key(&j, "ticket");
		json_row(&j, &ticket_row_shape, row);
	}
	json_object_end(&j);
	buf_init(&out, c->a, 2 * MAX_EVENT_BYTES);
	sse_format(&out, str_fmt(c->a, "%lld", (long long)e->id), e->kind, buf_str(&data));
	return buf_str(&out);
}

static struct ctx live_ctx(struct live *l, struct arena *a)
{
	return (struct ctx){
		.a = a,
		.now = clock_ms(),
		.who = {.kind = ACTOR_SYSTEM},
		.run = l->config.run,
		.env = l->config.env,
		.request_id = STR("live"),
	};
}

/* Sending ----------------------------------------------------------------------------------------------------------- */

struct broadcast {
	const struct event *event;
	struct sse_chunk *chunk;
};

static void send_to(void *arg, void *client, struct sse_stream *to)
{
	const struct broadcast *b = arg;
	const struct actor *who = &((struct client *)client)->who;
	if (ends_stream(b->event, who))
		sse_end(to);
	else if (may_hear(who, b->event))
		sse_send(to, b->chunk);
}

/* True when there may be more. */
static bool send_next(struct live *l)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = live_ctx(l, a);
	pthread_mutex_lock(&l->sending);
	struct page p = {.after = l->last_id, .limit = BATCH};
	bool has_streams = sse_count(l->hub) > 0;
	enum err e = c.run->read(c.run->self, &c, has_streams ? read_page : read_newest, &p);
	if (e != OK)
		log_failure(&c, e, STR("live stream"));
	else if (!has_streams)
		l->last_id = p.newest; /* nobody listens, and nobody is taken in before we unlock */
	for (size_t i = 0; e == OK && i < p.n; i++) {
		struct broadcast b = {.event = &p.events[i]};
		b.chunk = sse_chunk_new(format_event(&c, &p.events[i], &p.rows[i]));
		sse_each(l->hub, send_to, &b);
		sse_chunk_release(b.chunk);
		l->last_id = p.events[i].id;
	}
	pthread_mutex_unlock(&l->sending);
	arena_close(a);
	return e == OK && p.n == BATCH;
}

static bool wait_woken(struct live *l)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += POLL_MS / 1000;
	pthread_mutex_lock(&l->lock);
	while (!l->is_woken && !l->is_closing)
		if (pthread_cond_timedwait(&l->woken, &l->lock, &until) != 0)
			break;
	l->is_woken = false;
	bool go_on = !l->is_closing;
	pthread_mutex_unlock(&l->lock);
	return go_on;
}

static void *live_main(void *arg)
{
	struct live *l = arg;
	while (wait_woken(l))
		while (send_next(l))
			;
	return NULL;
}

void live_wake(struct live *l)
{
	pthread_mutex_lock(&l->lock);
	l->is_woken = true;
	pthread_cond_signal(&l->woken);
	pthread_mutex_unlock(&l->lock);
}

/* Clients ----------------------------------------------------------------------------------------------------------- */

static void add_hello(struct ctx *c, struct buf *b, int64_t last_id)
{
	sse_format(b, str_fmt(c->a, "%lld", (long long)last_id), STR("hello"), STR("{}"));
}

/* What a client first gets: hello, and what it missed; or reset, where that is too much or not there any more. */
static enum err first_bytes(struct live *l, struct ctx *c, const struct actor *who, int64_t after_id, struct str *out)
{
	struct buf b;
	buf_init(&b, c->a, ARENA_BYTES / 2);
	if (after_id > l->last_id)
		after_id = l->last_id;
	struct page p = {.after = after_id, .limit = MAX_MISSED + 1};
	bool is_behind = after_id >= 0 && after_id < l->last_id;
	if (is_behind)
		TRY(c->run->read(c->run->self, c, read_page, &p));
	/* more than is sent at once, or swept away meanwhile */
	bool is_lost = is_behind && (p.n == 0 || p.n > MAX_MISSED || p.oldest > after_id + 1);
	add_hello(c, &b, is_behind && !is_lost ? after_id : l->last_id);
	if (is_lost)
		sse_format(&b, STR_NULL, STR("reset"), STR("{}"));
	for (size_t i = 0; i < p.n && !is_lost && p.events[i].id <= l->last_id; i++)
		if (may_hear(who, &p.events[i]))
			buf_add(&b, format_event(c, &p.events[i], &p.rows[i]));
	*out = buf_str(&b);
	return buf_is_full(&b) ? fail(c, ERR_TOO_BIG, "missed events") : OK;
}

bool live_accept(struct live *l, struct http_call *call, const struct actor *who, int64_t after_id)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = live_ctx(l, a);
	struct str first;
	bool is_taken = false;
	struct client *client = calloc(1, sizeof(*client));
	check(client != NULL);
	client->who = *who;
	client->who.scopes = STR_NULL;

	pthread_mutex_lock(&l->sending);
	enum err e = first_bytes(l, &c, who, after_id, &first);
	if (e == OK)
		is_taken = sse_accept(l->hub, call, client, first);
	pthread_mutex_unlock(&l->sending);
	if (!is_taken)
		free(client);
	arena_close(a);
	return is_taken;
}

/* Life -------------------------------------------------------------------------------------------------------------- */

enum err live_open(struct ctx *c, const struct live_config *config, struct live **out)
{
	struct page p = {0};
	const struct sse_config hub = {.on_close = client_close};
	struct live *l = NEW(c->a, struct live);
	l->config = *config;
	TRY(config->run->read(config->run->self, c, read_newest, &p));
	l->last_id = p.newest;
	TRY(sse_open(c, &hub, &l->hub));
	pthread_mutex_init(&l->lock, NULL);
	pthread_mutex_init(&l->sending, NULL);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&l->woken, &attr);
	pthread_condattr_destroy(&attr);
	check(pthread_create(&l->thread, NULL, live_main, l) == 0);
	*out = l;
	return OK;
}

void live_stop(struct live *l)
{
	if (l == NULL)
		return;
	pthread_mutex_lock(&l->lock);
	l->is_closing = true;
	pthread_cond_signal(&l->woken);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	sse_stop(l->hub);
}

void live_close(struct live *l)
{
	if (l == NULL)
		return;
	sse_close(l->hub);
	pthread_cond_destroy(&l->woken);
	pthread_mutex_destroy(&l->lock);
	pthread_mutex_destroy(&l->sending);
}
