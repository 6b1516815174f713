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

enum { ARENA_BYTES = 256 << 20, POLL_SECONDS = 5, NICENESS = 5 };

struct indexer {
	struct indexer_config config;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool is_woken;
	bool is_closing;
	pthread_t thread;
};

static bool index_batch(struct indexer *x)
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
	size_t n;
	enum err e = desk_index_some(&c, x->config.is_only_process, &n);
	if (e != OK)
		log_failure(&c, e, STR("indexer"));
	arena_close(a);
	return e == OK && n > 0;
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

static void *indexer_main(void *arg)
{
	struct indexer *x = arg;
	/* on Linux the niceness is the thread's own */
	setpriority(PRIO_PROCESS, (id_t)gettid(), NICENESS);
	while (!is_closing(x))
		if (!index_batch(x))
			wait_woken(x);
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
