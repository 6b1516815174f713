#pragma once

#include <stddef.h>

/* Memory with one lifetime: a request, a job, one incoming mail. Everything allocated from an arena is zeroed, is never NULL
 * and goes away together in arena_close(). What is not memory (a file, a lock, a row of results) is registered with
 * arena_defer() on the line after it is opened. An arena belongs to one thread at a time.
 *
 * The budget is not a limit for users (the borders limit input, each by a named maximum); reaching it is a bug. */

struct arena;

/* A fresh arena that may grow to budget_bytes. */
struct arena *arena_open(size_t budget_bytes);

/* Runs what was deferred, newest first, and frees everything. NULL is allowed. */
void arena_close(struct arena *a);

/* As arena_close(), but keeps the first block, so that a thread can reuse the arena for its next unit of work. */
void arena_clear(struct arena *a);

/* n zeroed bytes, aligned for any type. n may be 0. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull, malloc, alloc_size(2)));

/* n * size zeroed bytes; an overflow is a bug. */
void *arena_array(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull));

/* Calls undo(arg) when the arena is closed or cleared. */
void arena_defer(struct arena *a, void (*undo)(void *arg), void *arg);

/* Closes fd when the arena is closed or cleared. */
void arena_defer_fd(struct arena *a, int fd);

/* Bytes handed out since the arena was opened or cleared. */
size_t arena_used(const struct arena *a);

#define NEW(a, type)           ((type *)arena_alloc((a), sizeof(type)))
#define NEW_ARRAY(a, n, type)  ((type *)arena_array((a), (n), sizeof(type)))
