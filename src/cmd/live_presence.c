#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "cmd/live_int.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/object.h"
#include "desk/presence.h"
#include "net/sse.h"
#include "text/json.h"

enum { MAX_PRESENCE_BYTES = 1 << 10 };

struct news {
	struct present *rows;
	struct object *tickets; /* of each row, where is_judged */
	bool is_judged;
	size_t n;
};

/* A ticket that is gone is nobody's to hear of but theirs who see all. */
static enum err load_tickets(struct ctx *c, void *arg)
{
	struct news *news = arg;
	news->tickets = NEW_ARRAY(c->a, news->n, struct object);
	for (size_t i = 0; i < news->n; i++) {
		news->tickets[i].object_type = TYPE_TICKET;
		news->tickets[i].owner_id = -1;
		enum err e = object_load(c, TYPE_TICKET, news->rows[i].ticket_id, &news->tickets[i]);
		if (e == ERR_NOT_FOUND)
			fail_clear(c);
		else
			TRY(e);
	}
	return OK;
}

static bool may_hear(struct arena *a, const struct actor *who, const struct news *news, size_t i)
{
	const struct ctx asking = {.a = a, .who = *who};
	if (who->user_id == news->rows[i].user_id)
		return false;
	if (who->tickets == NULL)
		return desk_may(&asking, CAN_VIEW, NULL);
	return news->is_judged && desk_may(&asking, CAN_VIEW, &news->tickets[i]);
}

static struct str format(struct ctx *c, const struct present *is)
{
	struct buf data, out;
	struct json j;
	buf_init(&data, c->a, MAX_PRESENCE_BYTES);
	json_init(&j, &data);
	json_object_begin(&j);
	json_add_string(&j, "kind", STR("ticket.presence"));
	json_add_id(&j, "ticketId", is->ticket_id);
	json_add_id(&j, "userId", is->user_id);
	json_add_string(&j, "state", presence_state_name(is->state));
	json_add_bool(&j, "isTyping", is->is_typing);
	json_object_end(&j);
	buf_init(&out, c->a, 2 * MAX_PRESENCE_BYTES);
	sse_format(&out, STR_NULL, STR("ticket.presence"), buf_str(&data));
	return buf_str(&out);
}

struct telling {
	struct arena *a;
	const struct news *news;
	size_t i;
	struct sse_chunk *chunk;
};

static void send_to(void *arg, void *client, struct sse_stream *to)
{
	const struct telling *t = arg;
	if (may_hear(t->a, &((struct client *)client)->who, t->news, t->i))
		sse_send(to, t->chunk);
}

static void send_all(struct live *l, struct ctx *c, struct news *news)
{
	enum err e = news->is_judged && news->n > 0 ? c->run->read(c->run->self, c, load_tickets, news) : OK;
	if (e != OK)
		log_failure(c, e, STR("live stream: presence"));
	for (size_t i = 0; e == OK && i < news->n; i++) {
		struct telling t = {.a = c->a, .news = news, .i = i, .chunk = sse_chunk_new(format(c, &news->rows[i]))};
		sse_each(l->hub, send_to, &t);
		sse_chunk_release(t.chunk);
	}
}

int64_t live_send_presence(struct live *l)
{
	int64_t next_ms;
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = live_ctx(l, a);
	struct news news = {.rows = NEW_ARRAY(a, MAX_PRESENT, struct present)};
	pthread_mutex_lock(&l->sending);
	news.is_judged = atomic_load(&l->limited_n) > 0;
	news.n = presence_take_news(l->config.env->presence, clock_monotonic_ms(), news.rows, &next_ms);
	send_all(l, &c, &news);
	pthread_mutex_unlock(&l->sending);
	arena_close(a);
	return next_ms < 0 || next_ms > POLL_MS ? POLL_MS : next_ms;
}

enum err live_add_presence(struct ctx *c, const struct actor *who, struct buf *b)
{
	struct news news = {.rows = NEW_ARRAY(c->a, MAX_PRESENT, struct present), .is_judged = who->tickets != NULL};
	news.n = presence_list(c->env->presence, 0, news.rows);
	if (news.is_judged && news.n > 0)
		TRY(c->run->read(c->run->self, c, load_tickets, &news));
	for (size_t i = 0; i < news.n; i++)
		if (may_hear(c->a, who, &news, i))
			buf_add(b, format(c, &news.rows[i]));
	return OK;
}
