#pragma once

#include "base/ctx.h"
#include "desk/schema.h"

/* The definitions that all threads of a process share, and their replacement while the program runs. Whoever works with them holds
 * a reference to one snapshot, which stays as it is for as long as it is held; taking one costs an atomic load and two counts, and
 * no query.
 *
 * A change counts up the number of the definitions in its transaction and calls definitions_changed(). From then on the readers of
 * this process look at the number in their own transaction until they find the change committed; other processes hear of the
 * commit and call definitions_refresh(). What a write sees does not depend on either (desk/schema.c compares the number). */

struct definitions;

/* Reads them, in a transaction. They are closed with the context's arena, which is the program's: nobody else holds a snapshot then. */
enum err definitions_open(struct ctx *c, struct definitions **out);

/* The snapshot that is current; held until the context's arena is closed. */
const struct schema *definitions_take(struct ctx *c);
/* A piece of work for read transactions (arg is not used): makes what is committed the current snapshot. */
enum err definitions_refresh(struct ctx *c, void *arg);
/* First in a transaction that changes definitions: those who do come one after the other. */
enum err definitions_lock(struct ctx *c);
/* Last in every transaction that changes definitions: counts up, and announces it. After it no row is waited for: who has
 * announced something has others wait for him. */
enum err definitions_changed(struct ctx *c);
