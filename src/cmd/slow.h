#pragma once

#include "api/api.h"

/* A few threads for work that is slow by nature and runs outside of a transaction (hashing a password): neither the threads that
 * serve sockets nor those of the database wait for it. At most MAX_SLOW_WAITING wait; more are refused with ERR_BUSY. */

struct slow;

enum { MAX_SLOW_WAITING = 200 };

void slow_open(struct ctx *c, int thread_n, struct slow **out);
void slow_run(struct slow *s, struct api_work *w);
/* Does what waits, then stops. NULL is allowed. */
void slow_close(struct slow *s);
