#pragma once

#include "base/ctx.h"

/* Passes the news of commits on to those who wait for them (the live stream, the job runner, the mailboxes). A busy writer commits
 * hundreds of times a second, and each wake of all those threads costs it more than a commit: so the first commit after a pause
 * is passed on at once, and those of the next PULSE_MS together. */

struct pulse;

enum { PULSE_MS = 10 };

/* fn runs on a thread of its own, after every pulse_beat() at least once. */
void pulse_open(struct ctx *c, void (*fn)(void *arg), void *arg, struct pulse **out);
/* Any thread; does not wait. Also after pulse_close, when nobody is told any more. */
void pulse_beat(struct pulse *p);
/* After it fn does not run. NULL is allowed. */
void pulse_close(struct pulse *p);
