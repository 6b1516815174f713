/* A fixed number of slots, one of them current. Memory of a slot is never freed, so that a reader may count himself in before he
 * knows that it is the right one: he counts, looks whether the slot is still current, and if not counts himself out and tries the
 * new one. Who replaces makes the new slot current first and then clears those that nobody is counted in. All of these are
 * sequentially consistent: either the reader's count comes before the look at the count, and the slot is left alone, or the slot
 * had stopped being current before the reader looked. */

#include "desk/definitions.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/log.h"
#include "bus/event.h"
#include "desk/env.h"

enum { SLOT_N = 32, MAX_SCHEMA_BYTES = 256 << 20 };

struct slot {
	_Atomic int64_t held;
	struct arena *a; /* NULL: the slot is empty; under lock */
	struct schema schema;
};

struct definitions {
	struct slot slots[SLOT_N];
	_Atomic int current;
	_Atomic int64_t wanted; /* the number of the newest change that this process has made, committed or not */
	pthread_mutex_t lock;   /* held by who replaces */
};

static void let_go(void *arg)
{
	struct slot *slot = arg;
	atomic_fetch_sub(&slot->held, 1);
}

static const struct schema *take_current(struct ctx *c, struct definitions *d)
{
	for (;;) {
		int i = atomic_load(&d->current);
		atomic_fetch_add(&d->slots[i].held, 1);
		if (atomic_load(&d->current) == i) {
			arena_defer(c->a, let_go, &d->slots[i]);
			return &d->slots[i].schema;
		}
		atomic_fetch_sub(&d->slots[i].held, 1);
	}
}

static void clear_old(struct definitions *d)
{
	for (int i = 0; i < SLOT_N; i++) {
		struct slot *slot = &d->slots[i];
		if (i == atomic_load(&d->current) || slot->a == NULL || atomic_load(&slot->held) > 0)
			continue;
		arena_close(slot->a);
		slot->a = NULL;
	}
}

/* A slot of its own, or -1 when readers hold all of them: then the next refresh finds one. */
static int find_empty(struct definitions *d)
{
	for (int i = 0; i < SLOT_N; i++)
		if (d->slots[i].a == NULL && i != atomic_load(&d->current))
			return i;
	return -1;
}

/* Into its own arena, but on the transaction of c. */
static enum err load_slot(struct ctx *c, struct slot *slot)
{
	struct ctx own = *c;
	own.a = arena_open(MAX_SCHEMA_BYTES);
	slot->schema = (struct schema){0};
	enum err e = schema_load(&own, &slot->schema);
	if (e == OK) {
		slot->a = own.a;
		return OK;
	}
	e = fail(c, e, STR_FMT, STR_ARG(own.why.detail));
	arena_close(own.a);
	return e;
}

static enum err replace(struct ctx *c, struct definitions *d, int64_t number)
{
	if (d->slots[atomic_load(&d->current)].schema.number >= number)
		return OK;
	clear_old(d);
	int i = find_empty(d);
	if (i < 0) {
		log_warn("definitions: all %d snapshots are in use", SLOT_N);
		return OK;
	}
	TRY(load_slot(c, &d->slots[i]));
	atomic_store(&d->current, i);
	clear_old(d);
	return OK;
}

enum err definitions_refresh(struct ctx *c, void *arg)
{
	struct definitions *d = c->env->definitions;
	int64_t number;
	(void)arg;
	check(!c->tx_may_write);
	TRY(definition_number(c, &number));
	pthread_mutex_lock(&d->lock);
	enum err e = replace(c, d, number);
	pthread_mutex_unlock(&d->lock);
	return e;
}

const struct schema *definitions_take(struct ctx *c)
{
	struct definitions *d = c->env->definitions;
	const struct schema *s = take_current(c, d);
	if (c->tx == NULL || c->tx_may_write || s->number >= atomic_load(&d->wanted))
		return s;
	/* where this fails, the next statement of the transaction fails too */
	return definitions_refresh(c, NULL) == OK ? take_current(c, d) : s;
}

enum err definitions_lock(struct ctx *c)
{
	int64_t number;
	return definition_next(c, &number);
}

enum err definitions_changed(struct ctx *c)
{
	struct definitions *d = c->env ? c->env->definitions : NULL;
	int64_t number;
	TRY(definition_next(c, &number));
	TRY(bus_emit(c, EV_SCHEMA_CHANGED, &(struct event_about){0}));
	if (d == NULL)
		return OK;
	int64_t wanted = atomic_load(&d->wanted);
	while (wanted < number && !atomic_compare_exchange_weak(&d->wanted, &wanted, number))
		;
	return OK;
}

static void close_all(void *arg)
{
	struct definitions *d = arg;
	for (int i = 0; i < SLOT_N; i++)
		arena_close(d->slots[i].a);
	pthread_mutex_destroy(&d->lock);
}

enum err definitions_open(struct ctx *c, struct definitions **out)
{
	struct definitions *d = NEW(c->a, struct definitions);
	pthread_mutex_init(&d->lock, NULL);
	arena_defer(c->a, close_all, d);
	TRY(load_slot(c, &d->slots[0]));
	*out = d;
	return OK;
}
