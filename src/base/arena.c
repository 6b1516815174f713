/* A chain of blocks, each twice the last; an allocation that does not fit a block of usual size gets its own. Blocks come
 * from calloc, so memory is zeroed once; arena_clear() zeroes again only what was used of the block it keeps.
 * In test builds what was closed is poisoned, so that a pointer kept too long shows under ASan. */

#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { RED_ZONE = 16 };
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum { FIRST_BLOCK_BYTES = 16 << 10, LAST_BLOCK_BYTES = 1 << 20, ALIGN = 16 };

struct block {
	struct block *older;
	size_t size_bytes;
	size_t used_bytes;
	char *bytes;
};

struct deferred {
	struct deferred *older;
	void (*undo)(void *arg);
	void *arg;
};

struct arena {
	struct block *newest;
	struct deferred *deferred;
	size_t budget_bytes;
	size_t used_bytes;
};

static struct block *block_new(size_t size_bytes)
{
	/* calloc of the bytes apart from the header: the kernel hands zero pages for large ones */
	struct block *b = malloc(sizeof(*b));
	check(b != NULL);
	b->bytes = calloc(1, size_bytes);
	check(b->bytes != NULL);
	b->older = NULL;
	b->size_bytes = size_bytes;
	b->used_bytes = 0;
	POISON(b->bytes, size_bytes);
	return b;
}

static void block_free(struct block *b)
{
	UNPOISON(b->bytes, b->size_bytes);
	free(b->bytes);
	free(b);
}

struct arena *arena_open(size_t budget_bytes)
{
	struct arena *a = calloc(1, sizeof(*a));
	check(a != NULL);
	a->budget_bytes = budget_bytes;
	a->newest = block_new(FIRST_BLOCK_BYTES);
	return a;
}

static void run_deferred(struct arena *a)
{
	while (a->deferred != NULL) {
		struct deferred *d = a->deferred;
		a->deferred = d->older;
		d->undo(d->arg);
	}
}

void arena_clear(struct arena *a)
{
	run_deferred(a);
	while (a->newest->older != NULL) {
		struct block *b = a->newest;
		a->newest = b->older;
		block_free(b);
	}
	struct block *first = a->newest;
	UNPOISON(first->bytes, first->used_bytes);
	memset(first->bytes, 0, first->used_bytes);
	POISON(first->bytes, first->size_bytes);
	first->used_bytes = 0;
	a->used_bytes = 0;
}

void arena_close(struct arena *a)
{
	if (a == NULL)
		return;
	run_deferred(a);
	for (struct block *b = a->newest, *older; b != NULL; b = older) {
		older = b->older;
		block_free(b);
	}
	free(a);
}

static struct block *arena_grow(struct arena *a, size_t want_bytes)
{
	size_t size = a->newest->size_bytes * 2;
	if (size > LAST_BLOCK_BYTES)
		size = LAST_BLOCK_BYTES;
	if (size < want_bytes)
		size = want_bytes;
	struct block *b = block_new(size);
	b->older = a->newest;
	a->newest = b;
	return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
	check(n <= a->budget_bytes);
	size_t want = ((n ? n : 1) + RED_ZONE + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	check(a->used_bytes + want <= a->budget_bytes);
	struct block *b = a->newest;
	if (b->size_bytes - b->used_bytes < want)
		b = arena_grow(a, want);
	char *p = b->bytes + b->used_bytes;
	b->used_bytes += want;
	a->used_bytes += want;
	UNPOISON(p, n ? n : 1);
	return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;
	check(!__builtin_mul_overflow(n, size, &bytes));
	return arena_alloc(a, bytes);
}

void arena_defer(struct arena *a, void (*undo)(void *arg), void *arg)
{
	struct deferred *d = NEW(a, struct deferred);
	d->older = a->deferred;
	d->undo = undo;
	d->arg = arg;
	a->deferred = d;
}

static void undo_fd(void *arg)
{
	close((int)(intptr_t)arg);
}

void arena_defer_fd(struct arena *a, int fd)
{
	arena_defer(a, undo_fd, (void *)(intptr_t)fd);
}

size_t arena_used(const struct arena *a)
{
	return a->used_bytes;
}
