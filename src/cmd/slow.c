#include "cmd/slow.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/check.h"

enum { MAX_THREADS = 8 };

struct slow {
	pthread_mutex_t lock;
	pthread_cond_t woken;
	struct api_work *waiting[MAX_SLOW_WAITING]; /* a ring */
	size_t first, n;
	bool is_closing;
	pthread_t threads[MAX_THREADS];
	int thread_n;
};

static struct api_work *take(struct slow *s)
{
	struct api_work *w = NULL;
	pthread_mutex_lock(&s->lock);
	while (s->n == 0 && !s->is_closing)
		pthread_cond_wait(&s->woken, &s->lock);
	if (s->n > 0) {
		w = s->waiting[s->first];
		s->first = (s->first + 1) % MAX_SLOW_WAITING;
		s->n--;
	}
	pthread_mutex_unlock(&s->lock);
	return w;
}

static void *slow_main(void *arg)
{
	struct api_work *w;
	while ((w = take(arg)) != NULL)
		w->done(w, w->fn(w->c, w->arg));
	return NULL;
}

void slow_open(struct ctx *c, int thread_n, struct slow **out)
{
	struct slow *s = NEW(c->a, struct slow);
	check(thread_n <= MAX_THREADS);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->woken, NULL);
	for (; s->thread_n < thread_n; s->thread_n++)
		check(pthread_create(&s->threads[s->thread_n], NULL, slow_main, s) == 0);
	*out = s;
}

void slow_run(struct slow *s, struct api_work *w)
{
	pthread_mutex_lock(&s->lock);
	bool is_full = s->n == MAX_SLOW_WAITING || s->is_closing;
	if (!is_full) {
		s->waiting[(s->first + s->n) % MAX_SLOW_WAITING] = w;
		s->n++;
		pthread_cond_signal(&s->woken);
	}
	pthread_mutex_unlock(&s->lock);
	if (is_full)
		w->done(w, fail(w->c, ERR_BUSY, "too much slow work waits"));
}

void slow_close(struct slow *s)
{
	if (s == NULL)
		return;
	pthread_mutex_lock(&s->lock);
	s->is_closing = true;
	pthread_cond_broadcast(&s->woken);
	pthread_mutex_unlock(&s->lock);
	for (int i = 0; i < s->thread_n; i++)
		pthread_join(s->threads[i], NULL);
	pthread_cond_destroy(&s->woken);
	pthread_mutex_destroy(&s->lock);
}
