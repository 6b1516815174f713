/* Waiting: for a connection of the pool, for a task, for a task's end. The queues share one lock, so that closing can see that
 * nothing is left anywhere: what a task's done submits while the database closes is still run. */

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "db/db_int.h"

void pool_init(struct pool *p, int max_n)
{
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->some, NULL);
	p->max_n = max_n;
}

/* Last in, first out: the connection with the warmest caches. A new one is made only when none is free. */
enum err pool_take(struct ctx *c, struct db *db, struct conn **out)
{
	struct pool *p = &db->pool;
	pthread_mutex_lock(&p->lock);
	while (p->first == NULL && p->open_n == p->max_n)
		pthread_cond_wait(&p->some, &p->lock);
	struct conn *conn = p->first;
	if (conn != NULL)
		p->first = conn->next;
	else
		p->open_n++;
	pthread_mutex_unlock(&p->lock);
	if (conn != NULL) {
		*out = conn;
		return OK;
	}

	enum err e = db->engine->conn_open(c, db, out);
	if (e != OK) {
		pthread_mutex_lock(&p->lock);
		p->open_n--;
		pthread_cond_signal(&p->some);
		pthread_mutex_unlock(&p->lock);
	}
	return e;
}

void pool_give(struct db *db, struct conn *conn)
{
	struct pool *p = &db->pool;
	pthread_mutex_lock(&p->lock);
	conn->next = p->first;
	p->first = conn;
	pthread_cond_signal(&p->some);
	pthread_mutex_unlock(&p->lock);
}

/* Nobody may use the database any more. */
void pool_close(struct db *db)
{
	struct pool *p = &db->pool;
	while (p->first != NULL) {
		struct conn *conn = p->first;
		p->first = conn->next;
		db->engine->conn_close(conn);
	}
}

void queue_init(struct db *db)
{
	pthread_mutex_init(&db->lock, NULL);
	struct queue *both[] = {&db->writes, &db->tasks};
	for (size_t i = 0; i < 2; i++) {
		both[i]->end = &both[i]->first;
		pthread_cond_init(&both[i]->some, NULL);
	}
}

void queue_add(struct db *db, struct queue *q, struct db_task *task)
{
	task->next = NULL;
	pthread_mutex_lock(&db->lock);
	*q->end = task;
	q->end = &task->next;
	db->pending_n++;
	pthread_cond_signal(&q->some);
	pthread_mutex_unlock(&db->lock);
}

struct db_task *queue_take(struct db *db, struct queue *q, int max_n)
{
	pthread_mutex_lock(&db->lock);
	while (q->first == NULL && !(db->is_closing && db->pending_n == 0))
		pthread_cond_wait(&q->some, &db->lock);
	struct db_task *first = q->first;
	struct db_task **end = &q->first;
	for (int i = 0; i < max_n && *end != NULL; i++)
		end = &(*end)->next;
	q->first = *end;
	*end = NULL;
	if (q->first == NULL)
		q->end = &q->first;
	pthread_mutex_unlock(&db->lock);
	return first;
}

void queue_finished(struct db *db, int n)
{
	pthread_mutex_lock(&db->lock);
	db->pending_n -= n;
	if (db->is_closing && db->pending_n == 0) {
		pthread_cond_broadcast(&db->writes.some);
		pthread_cond_broadcast(&db->tasks.some);
	}
	pthread_mutex_unlock(&db->lock);
}

struct waiter {
	struct db_task task;
	pthread_mutex_t lock;
	pthread_cond_t is_over;
	bool is_done;
	enum err result;
};

static void wake(struct db_task *task, enum err result)
{
	struct waiter *w = (struct waiter *)task;
	pthread_mutex_lock(&w->lock);
	w->is_done = true;
	w->result = result;
	pthread_cond_signal(&w->is_over);
	pthread_mutex_unlock(&w->lock);
}

enum err queue_wait(struct db *db, struct queue *q, struct ctx *c, work_fn *fn, void *arg)
{
	struct waiter w = {.task = {.c = c, .fn = fn, .arg = arg, .is_write = true, .done = wake}};
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.is_over, NULL);
	queue_add(db, q, &w.task);
	pthread_mutex_lock(&w.lock);
	while (!w.is_done)
		pthread_cond_wait(&w.is_over, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_cond_destroy(&w.is_over);
	pthread_mutex_destroy(&w.lock);
	return w.result;
}

enum err queue_thread(struct ctx *c, pthread_t *thread, const char *name, void *(*run)(void *arg), void *arg)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	int e = pthread_create(thread, NULL, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (e != 0)
		return fail(c, ERR_BUSY, "cannot start the thread %s: %s", name, strerror(e));
	pthread_setname_np(*thread, name);
	return OK;
}

static void *work(void *arg)
{
	struct db *db = arg;
	for (struct db_task *task; (task = queue_take(db, &db->tasks, 1)) != NULL;) {
		enum err (*run)(struct db *, struct ctx *, work_fn *, void *) = task->is_write ? db_write : db_read;
		task->done(task, run(db, task->c, task->fn, task->arg));
		queue_finished(db, 1);
	}
	return NULL;
}

int queue_cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > MAX_CORES ? MAX_CORES : (int)n;
}

enum err queue_start_workers(struct ctx *c, struct db *db)
{
	db->workers = db_calloc((size_t)db->worker_max, sizeof(db->workers[0]));
	for (; db->worker_n < db->worker_max; db->worker_n++)
		TRY(queue_thread(c, &db->workers[db->worker_n], "db-worker", work, db));
	return OK;
}

void queue_stop(struct db *db)
{
	pthread_mutex_lock(&db->lock);
	db->is_closing = true;
	pthread_cond_broadcast(&db->writes.some);
	pthread_cond_broadcast(&db->tasks.some);
	pthread_mutex_unlock(&db->lock);
	for (int i = 0; i < db->worker_n; i++)
		pthread_join(db->workers[i], NULL);
}
