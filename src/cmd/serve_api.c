/* The API as a part of `bellhop serve`: what hands its work to the database, to slow threads and to live streams. */

#include "api/api.h"
#include "base/num.h"
#include "cmd/live.h"
#include "cmd/serve_int.h"
#include "cmd/slow.h"

struct handed {
	struct db_task task;
	struct api_work *work;
};
_Static_assert(sizeof(struct handed) <= sizeof(((struct api_work *)NULL)->room), "room in struct api_work");

static void on_task_done(struct db_task *task, enum err result)
{
	struct handed *h = (struct handed *)(void *)task;
	h->work->done(h->work, result);
}

static void hand_over(struct server *s, struct api_work *w, bool is_write)
{
	struct handed *h = (struct handed *)(void *)w->room;
	*h = (struct handed){
		.task = {.c = w->c, .fn = w->fn, .arg = w->arg, .is_write = is_write, .done = on_task_done}, .work = w};
	db_submit(s->app.db, &h->task);
}

static void read_later(void *self, struct api_work *w)
{
	hand_over(self, w, false);
}

static void write_later(void *self, struct api_work *w)
{
	hand_over(self, w, true);
}

void serve_slow_later(void *self, struct api_work *w)
{
	slow_run(((struct server *)self)->slow, w);
}

static bool stream(void *self, struct http_call *call, const struct actor *who, int64_t after_event_id)
{
	return live_accept(((struct server *)self)->live, call, who, after_event_id);
}

int serve_queue_depth(void *self)
{
	return db_queue_depth(((struct server *)self)->app.db);
}

/* A flag that is a number; nothing is 0. */
static enum err read_limit(struct ctx *c, const char *flag, struct str value, int64_t *out)
{
	*out = 0;
	if (value.n > 0 && (!num_parse_int(value, out) || *out < 0))
		return fail(c, ERR_BAD_INPUT, "--%s takes a number, not \"" STR_FMT "\"", flag, STR_ARG(value));
	return OK;
}

enum err serve_open_api(struct ctx *c, struct server *s)
{
	struct meter_limits limits;
	TRY(read_limit(c, "rate-10s", s->app.o.rate_10s, &limits.per_ten_seconds));
	TRY(read_limit(c, "rate-day", s->app.o.rate_day, &limits.per_day));
	TRY(read_limit(c, "rate-search", s->app.o.rate_search, &limits.searches_per_second));
	const struct api_config config = {
		.run = s->app.run,
		.env = &s->app.env,
		.reads_are_local = db_reads_are_local(s->app.db),
		.self = s,
		.read_later = read_later,
		.write_later = write_later,
		.slow_later = serve_slow_later,
		.stream = stream,
		.limits = limits,
		.database = db_version(s->app.db),
		.queue_depth = serve_queue_depth,
	};
	return api_open(c, &config, &s->api);
}
