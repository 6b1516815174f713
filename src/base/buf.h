#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* A text that grows, in an arena, up to a named maximum. Writing past the maximum does not fail at once: the rest is dropped
 * and buf_is_full() says so at the end, so that writers stay straight. buf_str() is followed by a NUL byte. */

struct arena;

struct buf {
	struct arena *a;
	char *p;
	size_t n;
	size_t room_bytes;
	size_t max_bytes;
	bool is_full;
};

void buf_init(struct buf *b, struct arena *a, size_t max_bytes);
void buf_add(struct buf *b, struct str s);
void buf_byte(struct buf *b, char byte);
void buf_int(struct buf *b, int64_t value);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A literal, with its length known at compile time. */
#define buf_lit(b, literal) buf_add((b), STR(literal))

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}

static inline bool buf_is_full(const struct buf *b)
{
	return b->is_full;
}
