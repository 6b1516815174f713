#pragma once

#include "base/ctx.h"

/* The thread that brings what was written into the index of words (desk/search_index.h), in small batches, until nothing is due. It
 * has a low priority: who waits for an answer comes first. One per process; among several processes on one database they take
 * turns. */

struct indexer;

struct indexer_config {
	const struct runner *run;
	const struct env *env;
	bool is_only_process;
	int (*queue_depth)(void *self); /* writes that wait */
	void *self;
};

/* Starts the thread. */
void indexer_open(struct ctx *c, const struct indexer_config *config, struct indexer **out);
/* Something was committed. Any thread. */
void indexer_wake(struct indexer *x);
/* Ends the batch and stops; what is still due waits for the next start. NULL is allowed. */
void indexer_close(struct indexer *x);
