#include "job/runner.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "job/job_int.h"

enum { MAX_THREADS = 16, POLL_MS = 1000, ARENA_BYTES = 512 << 20 };

struct lane_thread {
	struct job_runner *r;
	enum job_lane lane;
	pthread_t thread;
};

struct job_runner {
	struct job_runner_config config;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	uint64_t wake_n; /* grows with every wake, so that none is slept through */
	bool is_closing;
	struct lane_thread threads[MAX_THREADS];
	int thread_n;
};

static void ctx_for_job(struct job_runner *r, struct arena *a, struct ctx *out)
{
	*out = (struct ctx){
		.a = a,
		.now = clock_ms(),
		.who = {.kind = ACTOR_SYSTEM},
		.run = r->config.run,
		.env = r->config.env,
	};
}

struct leased {
	struct lane_thread *self;
	struct job *jobs;
	size_t n;
	bool is_due;
};

static enum err look(struct ctx *c, void *arg)
{
	struct leased *l = arg;
	return job_is_due(c, l->self->lane, &l->is_due);
}

static enum err lease(struct ctx *c, void *arg)
{
	struct leased *l = arg;
	const struct job_lane_config *lane = &l->self->r->config.lanes[l->self->lane];
	return job_lease(c, l->self->lane, lane->batch_n, c->now + lane->lease_ms, &l->jobs, &l->n);
}

struct outcome {
	const struct job_kind *kind;
	struct job *job;
	enum err e;
	struct str why;
};

static enum err settle(struct ctx *c, void *arg)
{
	struct outcome *o = arg;
	if (o->e == OK)
		return job_finish(c, o->job);
	return job_failed(c, o->kind, o->job, o->why);
}

static const struct job_kind *find_kind(const struct job_runner *r, struct str name)
{
	for (size_t i = 0; i < r->config.kind_n; i++)
		if (str_eq(str_c(r->config.kinds[i]->kind), name))
			return r->config.kinds[i];
	return NULL;
}

static void run_one(struct job_runner *r, struct job *job)
{
	static const struct job_kind unknown = {.kind = "unknown", .tries = 1, .back_off_ms = MINUTES(1)};
	struct arena *a = arena_open(ARENA_BYTES);
	struct ctx c;
	ctx_for_job(r, a, &c);
	c.request_id = str_fmt(a, "job-%lld", (long long)job->id);

	struct outcome o = {.kind = find_kind(r, job->kind), .job = job};
	if (o.kind == NULL) {
		o.kind = &unknown;
		o.e = fail(&c, ERR_INTERNAL, "no such kind of job");
	} else if (job->tries > o.kind->tries) {
		o.e = fail(&c, ERR_INTERNAL, "its last try did not come to an end");
	} else {
		o.e = o.kind->run(&c, job);
	}
	if (o.e != OK) {
		log_failure(&c, o.e, str_fmt(a, "job " STR_FMT, STR_ARG(job->kind)));
		o.why = c.why.detail.n ? c.why.detail : err_sentence(o.e);
		fail_clear(&c);
		job->is_settled = false;
	}
	c.now = clock_ms();
	if (!job->is_settled) {
		enum err e = r->config.run->write(r->config.run->self, &c, settle, &o);
		if (e != OK)
			log_failure(&c, e, STR("job: settle"));
	}
	arena_close(a);
}

/* True when it found something to do. */
static bool run_batch(struct lane_thread *self)
{
	struct job_runner *r = self->r;
	const struct runner *run = r->config.run;
	struct arena *a = arena_open(ARENA_BYTES);
	struct leased l = {.self = self};
	struct ctx c;
	ctx_for_job(r, a, &c);

	enum err e = run->read(run->self, &c, look, &l);
	if (e == OK && l.is_due)
		e = run->write(run->self, &c, lease, &l);
	if (e != OK) {
		l.n = 0;
		log_failure(&c, e, STR("job: lease"));
	}
	for (size_t i = 0; i < l.n; i++)
		run_one(r, &l.jobs[i]);
	arena_close(a);
	return l.n > 0;
}

static void sleep_until_woken(struct job_runner *r, uint64_t seen)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += POLL_MS / 1000;
	pthread_mutex_lock(&r->lock);
	while (!r->is_closing && r->wake_n == seen)
		if (pthread_cond_timedwait(&r->woken, &r->lock, &until) != 0)
			break;
	pthread_mutex_unlock(&r->lock);
}

static bool is_closing(struct job_runner *r, uint64_t *wake_n_out)
{
	pthread_mutex_lock(&r->lock);
	bool closing = r->is_closing;
	*wake_n_out = r->wake_n;
	pthread_mutex_unlock(&r->lock);
	return closing;
}

static void *lane_main(void *arg)
{
	struct lane_thread *self = arg;
	uint64_t seen;
	while (!is_closing(self->r, &seen))
		if (!run_batch(self))
			sleep_until_woken(self->r, seen);
	return NULL;
}

static enum err release_leases(struct ctx *c, void *arg)
{
	(void)arg;
	return job_release_all(c);
}

enum err job_runner_open(struct ctx *c, const struct job_runner_config *config, struct job_runner **out)
{
	if (config->is_only_process)
		TRY(config->run->write(config->run->self, c, release_leases, NULL));

	struct job_runner *r = calloc(1, sizeof(*r));
	check(r != NULL);
	r->config = *config;
	pthread_mutex_init(&r->lock, NULL);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&r->woken, &attr);
	pthread_condattr_destroy(&attr);
	for (int lane = 0; lane < LANE_N; lane++)
		for (int i = 0; i < config->lanes[lane].thread_n; i++) {
			check(r->thread_n < MAX_THREADS);
			struct lane_thread *t = &r->threads[r->thread_n++];
			*t = (struct lane_thread){.r = r, .lane = (enum job_lane)lane};
			check(pthread_create(&t->thread, NULL, lane_main, t) == 0);
		}
	*out = r;
	return OK;
}

void job_runner_wake(struct job_runner *r)
{
	pthread_mutex_lock(&r->lock);
	r->wake_n++;
	pthread_cond_broadcast(&r->woken);
	pthread_mutex_unlock(&r->lock);
}

void job_runner_close(struct job_runner *r)
{
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	r->is_closing = true;
	pthread_cond_broadcast(&r->woken);
	pthread_mutex_unlock(&r->lock);
	for (int i = 0; i < r->thread_n; i++)
		pthread_join(r->threads[i].thread, NULL);
	pthread_cond_destroy(&r->woken);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
