#include "cmd/indexer.h"

#include <pthread.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "desk/search_index.h"

enum { ARENA_BYTES = 256 << 20, POLL_SECONDS = 5, NICENESS = 10, MAX_REST_MS = 200, REST_TIMES = 3 };

struct indexer {
	struct indexer_config config;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool is_woken;
	bool is_closing;
	pthread_t thread;
};

/* INDEXED_ALL after a failure too: then it waits before it tries again. */
static enum indexed_some index_batch(struct indexer *x)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c = {
		.a = a,
		.now = clock_ms(),
		.who = {.kind = ACTOR_SYSTEM},
		.run = x->config.run,
		.env = x->config.env,
		.request_id = STR("indexer"),
	};
	enum indexed_some some;
	enum err e = desk_index_some(&c, x->config.is_only_process, &some);
	if (e != OK)
		log_failure(&c, e, STR("indexer"));
	arena_close(a);
	return e == OK ? some : INDEXED_ALL;
}

static bool is_closing(struct indexer *x)
{
	pthread_mutex_lock(&x->lock);
	bool closing = x->is_closing;
	pthread_mutex_unlock(&x->lock);
	return closing;
}

/* Also without being woken: another process may have died over its batch. */
static void wait_woken(struct indexer *x)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += POLL_SECONDS;
	pthread_mutex_lock(&x->lock);
	while (!x->is_woken && !x->is_closing)
		if (pthread_cond_timedwait(&x->woken, &x->lock, &until) != 0)
			break;
	x->is_woken = false;
	pthread_mutex_unlock(&x->lock);
}

/* In a burst of writes the writers have most of the machine; what they leave behind is indexed after it. */
static void rest(int64_t worked_ms)
{
	int64_t ms = REST_TIMES * worked_ms;
	usleep((useconds_t)(ms < MAX_REST_MS ? ms : MAX_REST_MS) * 1000);
}

static void *indexer_main(void *arg)
{
	struct indexer *x = arg;
	/* on Linux the niceness is the thread's own */
	setpriority(PRIO_PROCESS, (id_t)gettid(), NICENESS);
	while (!is_closing(x)) {
		int64_t start = clock_monotonic_ms();
		enum indexed_some some = index_batch(x);
		if (some == INDEXED_FAR_BEHIND && x->config.queue_depth(x->config.self) > 0)
			rest(clock_monotonic_ms() - start);
		else if (some == INDEXED_ALL)
			wait_woken(x);
	}
	return NULL;
}

void indexer_open(struct ctx *c, const struct indexer_config *config, struct indexer **out)
{
	struct indexer *x = NEW(c->a, struct indexer);
	pthread_condattr_t attr;
	x->config = *config;
	pthread_mutex_init(&x->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&x->woken, &attr);
	pthread_condattr_destroy(&attr);
	check(pthread_create(&x->thread, NULL, indexer_main, x) == 0);
	pthread_setname_np(x->thread, "indexer");
	*out = x;
}

void indexer_wake(struct indexer *x)
{
	pthread_mutex_lock(&x->lock);
	x->is_woken = true;
	pthread_cond_signal(&x->woken);
	pthread_mutex_unlock(&x->lock);
}

void indexer_close(struct indexer *x)
{
	if (x == NULL)
		return;
	pthread_mutex_lock(&x->lock);
	x->is_closing = true;
	pthread_cond_signal(&x->woken);
	pthread_mutex_unlock(&x->lock);
	pthread_join(x->thread, NULL);
}
