#include "cmd/beat.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"

struct beat {
	void (*fn)(void *arg);
	void *arg;
	int64_t every_ms;
	pthread_mutex_t lock;
	pthread_cond_t closing;
	bool is_closing;
	pthread_t thread;
};

/* false: it is over. */
static bool wait_beat(struct beat *b)
{
	int64_t until = clock_monotonic_ms() + b->every_ms;
	const struct timespec at = {.tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000};
	pthread_mutex_lock(&b->lock);
	int rc = 0;
	while (!b->is_closing && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&b->closing, &b->lock, &at);
	bool go_on = !b->is_closing;
	pthread_mutex_unlock(&b->lock);
	return go_on;
}

static void *beat_main(void *arg)
{
	struct beat *b = arg;
	bool go_on;
	do {
		go_on = wait_beat(b);
		b->fn(b->arg);
	} while (go_on);
	return NULL;
}

void beat_open(struct ctx *c, int64_t every_ms, void (*fn)(void *arg), void *arg, struct beat **out)
{
	struct beat *b = NEW(c->a, struct beat);
	pthread_condattr_t attributes;
	b->fn = fn;
	b->arg = arg;
	b->every_ms = every_ms;
	pthread_mutex_init(&b->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&b->closing, &attributes);
	pthread_condattr_destroy(&attributes);
	check(pthread_create(&b->thread, NULL, beat_main, b) == 0);
	pthread_setname_np(b->thread, "beat");
	*out = b;
}

void beat_close(struct beat *b)
{
	if (b == NULL)
		return;
	pthread_mutex_lock(&b->lock);
	b->is_closing = true;
	pthread_cond_signal(&b->closing);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->thread, NULL);
	pthread_cond_destroy(&b->closing);
	pthread_mutex_destroy(&b->lock);
}
