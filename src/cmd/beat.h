#pragma once

#include <stdint.h>

#include "base/ctx.h"

/* Calls a function on a thread of its own every so often, and once more when it closes. */

struct beat;

void beat_open(struct ctx *c, int64_t every_ms, void (*fn)(void *arg), void *arg, struct beat **out);
/* NULL is allowed. */
void beat_close(struct beat *b);
