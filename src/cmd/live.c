/* live->lock orders two things: sending the next events to everybody, and taking in a client that first gets what it missed. So
 * a client sees every event once: those up to last_id from the database, those behind it from the broadcast. */

#include "cmd/live.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "bus/event.h"
#include "cmd/live_int.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/env.h"
#include "desk/presence.h"
#include "desk/share.h"
#include "net/http_serve.h"
#include "net/sse.h"
#include "text/json.h"

enum { MAX_MISSED = 1000, BATCH = 200, MAX_EVENT_BYTES = 64 << 10 };

static void client_close(void *arg)
{
	struct client *client = arg;
	if (client->who.tickets != NULL)
		atomic_fetch_sub(&client->live->limited_n, 1);
	free(client);
}

static size_t bytes_of(const struct ticket_access *a)
{
	size_t n = (a->mate_n + a->team_n) * sizeof(int64_t) + a->closed_n * sizeof(struct str);
	for (size_t i = 0; i < a->closed_n; i++)
		n += a->closed[i].n;
	return n;
}

static void *copy(char **at, const void *from, size_t bytes)
{
	void *to = *at;
	if (bytes > 0)
		memcpy(to, from, bytes);
	*at += bytes;
	return to;
}

/* What the actor has lives as long as his request. */
static struct client *client_new(struct live *l, const struct actor *who)
{
	const struct ticket_access *a = who->tickets;
	struct client *client = calloc(1, sizeof(*client) + (a ? bytes_of(a) : 0));
	check(client != NULL);
	client->who = *who;
	client->who.scopes = STR_NULL;
	client->live = l;
	if (a == NULL)
		return client;
	char *at = (char *)client->room;
	client->tickets = *a;
	client->tickets.mates = copy(&at, a->mates, a->mate_n * sizeof(*a->mates));
	client->tickets.teams = copy(&at, a->teams, a->team_n * sizeof(*a->teams));
	struct str *closed = copy(&at, a->closed, a->closed_n * sizeof(*closed));
	for (size_t i = 0; i < a->closed_n; i++)
		closed[i].p = copy(&at, a->closed[i].p, a->closed[i].n);
	client->tickets.closed = closed;
	client->who.tickets = &client->tickets;
	atomic_fetch_add(&l->limited_n, 1);
	return client;
}

/* What he may see may be another from now on: what he shows has to be loaded anew. */
static bool changes_rights(const struct event *e, const struct actor *who)
{
	if (str_eq(e->kind, event_kind_name(EV_PIPELINE_ACCESS)))
		return who->role != ROLE_SUPER_ADMIN;
	if (str_eq(e->kind, event_kind_name(EV_TEAM_CHANGED)))
		return who->tickets != NULL;
	return str_eq(e->kind, event_kind_name(EV_USER_CHANGED)) && (who->user_id == e->about_id || who->tickets != NULL);
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
	return changes_rights(e, who);
}

/* May this actor hear of it? What only administrators see, only they hear of; of a draft only who writes it, of a bell only its user; of a
 * ticket who sees it. */
static bool may_hear(struct arena *a, const struct actor *who, const struct event *e, const struct object *ticket)
{
	const struct ctx asking = {.a = a, .who = *who};
	struct str kind = e->kind;
	bool is_admins = str_starts(kind, STR("outbox.")) || str_starts(kind, STR("mailbox.")) ||
	                 str_starts(kind, STR("quarantine.")) || str_starts(kind, STR("app.")) ||
	                 str_starts(kind, STR("webhook."));
	if (str_starts(kind, STR("notification.")))
		return who->user_id != 0 && who->user_id == e->about_id;
	if (str_starts(kind, STR("session.")) || str_starts(kind, STR("token.")) || str_starts(kind, STR("grant.")) ||
	    str_eq(kind, event_kind_name(EV_TICKET_ACCESS)))
		return false;
	if (str_starts(kind, STR("draft.")) && (who->user_id != e->user_id || who->session_id == 0))
		return false;
	return desk_may(&asking, is_admins ? CAN_ADMINISTER : CAN_VIEW, ticket);
}

/* He saw the ticket before this event, and does not any more. */
static bool has_lost(struct arena *a, const struct actor *who, const struct object *was, const struct object *now)
{
	const struct ctx asking = {.a = a, .who = *who};
	return desk_may(&asking, CAN_VIEW, was) && !desk_may(&asking, CAN_VIEW, now);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

struct page {
	int64_t after;
	int64_t limit;
	struct event *events;
	struct ticket_row *rows; /* of each event's ticket; id 0: none */
	struct object *tickets;  /* the same as a whole, where it is to be judged; id 0: none */
	bool is_judged;          /* in: somebody listens who does not see all */
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

static enum err load_tickets(struct ctx *c, struct page *p)
{
	p->tickets = NEW_ARRAY(c->a, p->n, struct object);
	for (size_t i = 0; i < p->n && p->is_judged; i++) {
		if (p->events[i].ticket_id == 0)
			continue;
		p->tickets[i].object_type = TYPE_TICKET; /* one that is gone is nobody's to hear of but theirs who see all */
		p->tickets[i].owner_id = -1;
		enum err e = object_load(c, TYPE_TICKET, p->events[i].ticket_id, &p->tickets[i]);
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
	TRY(load_tickets(c, p));
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

/* All that somebody hears of a ticket that he does not see any more. */
static struct str format_hidden(struct ctx *c, const struct event *e)
{
	struct buf data, out;
	struct json j;
	buf_init(&data, c->a, MAX_EVENT_BYTES);
	json_init(&j, &data);
	json_object_begin(&j);
	json_add_id(&j, "id", e->id);
	json_add_string(&j, "kind", STR("ticket.hidden"));
	json_add_time(&j, "at", e->at);
	json_add_id(&j, "aboutId", e->ticket_id);
	json_add_id(&j, "ticketId", e->ticket_id);
	json_object_end(&j);
	buf_init(&out, c->a, 2 * MAX_EVENT_BYTES);
	sse_format(&out, str_fmt(c->a, "%lld", (long long)e->id), STR("ticket.hidden"), buf_str(&data));
	return buf_str(&out);
}

struct ctx live_ctx(struct live *l, struct arena *a)
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
	struct arena *a;
	const struct event *event;
	const struct object *ticket; /* NULL: it is about none */
	const struct object *was;    /* the ticket before; NULL: who sees it is who saw it */
	struct sse_chunk *chunk, *hidden, *reset;
};

static void send_to(void *arg, void *client, struct sse_stream *to)
{
	const struct broadcast *b = arg;
	const struct actor *who = &((struct client *)client)->who;
	if (changes_rights(b->event, who))
		sse_send(to, b->reset);
	if (ends_stream(b->event, who))
		sse_end(to);
	else if (b->was != NULL && has_lost(b->a, who, b->was, b->ticket))
		sse_send(to, b->hidden);
	else if (may_hear(b->a, who, b->event, who->tickets ? b->ticket : NULL))
		sse_send(to, b->chunk);
}

static struct str format_reset(struct ctx *c)
{
	struct buf b;
	buf_init(&b, c->a, MAX_EVENT_BYTES);
	sse_format(&b, STR_NULL, STR("reset"), STR("{}"));
	return buf_str(&b);
}

/* The ticket as it was before the i-th event, where that tells it. */
static const struct object *ticket_before(struct ctx *c, const struct page *p, size_t i)
{
	struct object *was = NEW(c->a, struct object);
	if (!p->is_judged || !str_eq(p->events[i].kind, event_kind_name(EV_TICKET_ACCESS)))
		return NULL;
	if (p->tickets[i].id != 0 && desk_ticket_as_it_was(c, p->events[i].body, &p->tickets[i], was) == OK)
		return was;
	fail_clear(c);
	return NULL;
}

static void send_event(struct live *l, struct ctx *c, const struct page *p, size_t i)
{
	const struct event *e = &p->events[i];
	struct broadcast b = {.a = c->a, .event = e, .ticket = e->ticket_id ? &p->tickets[i] : NULL, .was = ticket_before(c, p, i)};
	b.chunk = sse_chunk_new(format_event(c, e, &p->rows[i]));
	b.hidden = sse_chunk_new(format_hidden(c, e));
	b.reset = sse_chunk_new(format_reset(c));
	sse_each(l->hub, send_to, &b);
	sse_chunk_release(b.chunk);
	sse_chunk_release(b.hidden);
	sse_chunk_release(b.reset);
}

/* True when there may be more. */
static bool send_next(struct live *l)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = live_ctx(l, a);
	pthread_mutex_lock(&l->sending);
	struct page p = {.after = l->last_id, .limit = BATCH, .is_judged = atomic_load(&l->limited_n) > 0};
	bool has_streams = sse_count(l->hub) > 0;
	enum err e = c.run->read(c.run->self, &c, has_streams ? read_page : read_newest, &p);
	if (e != OK)
		log_failure(&c, e, STR("live stream"));
	else if (!has_streams)
		l->last_id = p.newest; /* nobody listens, and nobody is taken in before we unlock */
	for (size_t i = 0; e == OK && i < p.n; i++) {
		send_event(l, &c, &p, i);
		l->last_id = p.events[i].id;
	}
	pthread_mutex_unlock(&l->sending);
	arena_close(a);
	return e == OK && p.n == BATCH;
}

static bool wait_woken(struct live *l, int64_t ms)
{
	int64_t end = clock_monotonic_ms() + ms;
	const struct timespec until = {.tv_sec = end / 1000, .tv_nsec = end % 1000 * 1000000};
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
	int64_t wait_ms = POLL_MS;
	while (wait_woken(l, wait_ms)) {
		while (send_next(l))
			;
		wait_ms = live_send_presence(l);
	}
	return NULL;
}

void live_wake(struct live *l)
{
	pthread_mutex_lock(&l->lock);
	l->is_woken = true;
	pthread_cond_signal(&l->woken);
	pthread_mutex_unlock(&l->lock);
}

static void wake(void *arg)
{
	live_wake(arg);
}

/* Clients ----------------------------------------------------------------------------------------------------------- */

static void add_hello(struct ctx *c, struct buf *b, int64_t last_id)
{
	sse_format(b, str_fmt(c->a, "%lld", (long long)last_id), STR("hello"), STR("{}"));
}

static void add_missed(struct ctx *c, const struct actor *who, const struct page *p, size_t i, struct buf *b)
{
	const struct event *e = &p->events[i];
	const struct object *now = who->tickets != NULL && e->ticket_id ? &p->tickets[i] : NULL, *was = ticket_before(c, p, i);
	if (was != NULL && has_lost(c->a, who, was, now))
		buf_add(b, format_hidden(c, e));
	else if (may_hear(c->a, who, e, now))
		buf_add(b, format_event(c, e, &p->rows[i]));
}

/* What a client first gets: hello, and what it missed; or reset, where that is too much or not there any more. */
static enum err first_bytes(struct live *l, struct ctx *c, const struct actor *who, int64_t after_id, struct str *out)
{
	struct buf b;
	buf_init(&b, c->a, ARENA_BYTES / 2);
	if (after_id > l->last_id)
		after_id = l->last_id;
	struct page p = {.after = after_id, .limit = MAX_MISSED + 1, .is_judged = who->tickets != NULL};
	bool is_behind = after_id >= 0 && after_id < l->last_id;
	if (is_behind)
		TRY(c->run->read(c->run->self, c, read_page, &p));
	/* more than is sent at once, or swept away meanwhile */
	bool is_lost = is_behind && (p.n == 0 || p.n > MAX_MISSED || p.oldest > after_id + 1);
	add_hello(c, &b, is_behind && !is_lost ? after_id : l->last_id);
	if (is_lost)
		sse_format(&b, STR_NULL, STR("reset"), STR("{}"));
	for (size_t i = 0; i < p.n && !is_lost && p.events[i].id <= l->last_id; i++)
		add_missed(c, who, &p, i, &b);
	TRY(live_add_presence(c, who, &b));
	*out = buf_str(&b);
	return buf_is_full(&b) ? fail(c, ERR_TOO_BIG, "missed events") : OK;
}

/* His rights as of the newest event: they may have changed since he asked. */
static enum err read_rights(struct ctx *c, void *arg)
{
	struct actor now, *who = arg;
	TRY(desk_actor_of_user(c, who->user_id, &now));
	who->role = now.role;
	who->seat = now.seat;
	who->tickets = now.tickets;
	return OK;
}

bool live_accept(struct live *l, struct http_call *call, const struct actor *who, int64_t after_id)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = live_ctx(l, a);
	struct str first;
	bool is_taken = false;
	struct client *client = NULL;
	struct actor now = *who;

	pthread_mutex_lock(&l->sending);
	enum err e = who->kind == ACTOR_USER ? c.run->read(c.run->self, &c, read_rights, &now) : OK;
	if (e == OK)
		e = first_bytes(l, &c, &now, after_id, &first);
	if (e == OK) {
		client = client_new(l, &now);
		is_taken = sse_accept(l->hub, call, client, first);
	}
	pthread_mutex_unlock(&l->sending);
	if (!is_taken && client != NULL)
		client_close(client);
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
	presence_on_news(config->env->presence, wake, l);
	*out = l;
	return OK;
}

void live_stop(struct live *l)
{
	if (l == NULL)
		return;
	presence_on_news(l->config.env->presence, NULL, NULL);
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
