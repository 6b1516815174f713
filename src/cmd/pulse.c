#include "cmd/pulse.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"

struct pulse {
	void (*fn)(void *arg);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t beaten;
	bool is_beaten;
	bool is_closing;
	pthread_t thread;
};

static bool wait_beat(struct pulse *p)
{
	pthread_mutex_lock(&p->lock);
	while (!p->is_beaten && !p->is_closing)
		pthread_cond_wait(&p->beaten, &p->lock);
	p->is_beaten = false;
	bool go_on = !p->is_closing;
	pthread_mutex_unlock(&p->lock);
	return go_on;
}

static void *pulse_main(void *arg)
{
	struct pulse *p = arg;
	while (wait_beat(p)) {
		p->fn(p->arg);
		usleep(PULSE_MS * 1000);
	}
	return NULL;
}

void pulse_open(struct ctx *c, void (*fn)(void *arg), void *arg, struct pulse **out)
{
	struct pulse *p = NEW(c->a, struct pulse);
	p->fn = fn;
	p->arg = arg;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->beaten, NULL);
	check(pthread_create(&p->thread, NULL, pulse_main, p) == 0);
	pthread_setname_np(p->thread, "pulse");
	*out = p;
}

void pulse_beat(struct pulse *p)
{
	pthread_mutex_lock(&p->lock);
	if (!p->is_beaten)
		pthread_cond_signal(&p->beaten);
	p->is_beaten = true;
	pthread_mutex_unlock(&p->lock);
}

void pulse_close(struct pulse *p)
{
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->is_closing = true;
	pthread_cond_signal(&p->beaten);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
}
