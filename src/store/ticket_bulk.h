#pragma once

#include "base/ctx.h"

/* Things that are done to all tickets of a list by a job: how far each has come, the parts that are still to do, and the tickets that
 * refused. What body, acts and the ids of a part hold is the business of desk/bulk.c. */

struct ticket_bulk {
	int64_t id;
	int64_t user_id;
	struct str kind; /* as of an act */
	struct str body; /* JSON */
	struct str state; /* RUNNING, DONE, STOPPED, FAILED */
	struct str problem; /* null: none */
	int64_t total_n;
	int64_t done_n;
	int64_t failed_n;
	struct str acts; /* JSON: ids */
	int64_t created_at;
	int64_t ended_at; /* 0: running */
};
enum err ticket_bulk_insert(struct ctx *c, struct ticket_bulk *b);
enum err ticket_bulk_update(struct ctx *c, struct ticket_bulk *b);
/* ERR_NOT_FOUND. */
enum err ticket_bulk_load(struct ctx *c, int64_t id, struct ticket_bulk *out);
/* Until the transaction ends nobody else changes it. ERR_NOT_FOUND. */
enum err ticket_bulk_lock(struct ctx *c, int64_t id, struct ticket_bulk *out);
/* Of a user, newest first. */
enum err ticket_bulk_list(struct ctx *c, int64_t user_id, int64_t limit, struct ticket_bulk **out, size_t *n_out);

struct ticket_bulk_part {
	int64_t bulk_id;
	int64_t part;
	struct str ids; /* JSON */
};
enum err ticket_bulk_part_insert(struct ctx *c, const struct ticket_bulk_part *p);
/* The first one that is left. ERR_NOT_FOUND: none. */
enum err ticket_bulk_part_next(struct ctx *c, int64_t bulk_id, struct ticket_bulk_part *out);
enum err ticket_bulk_part_remove(struct ctx *c, int64_t bulk_id, int64_t part);
/* All that are left. */
enum err ticket_bulk_part_clear(struct ctx *c, int64_t bulk_id);

struct ticket_bulk_failure {
	int64_t bulk_id;
	int64_t ticket_id;
	int64_t status;
	struct str message;
};
enum err ticket_bulk_failure_insert(struct ctx *c, const struct ticket_bulk_failure *f);
/* By ticket, those behind after. */
enum err ticket_bulk_failure_list(struct ctx *c, int64_t bulk_id, int64_t after, int64_t limit, struct ticket_bulk_failure **out,
                                  size_t *n_out);

/* The oldest one that was asked for before that time, with all that belongs to it. *removed_out: 0 or 1. */
enum err ticket_bulk_sweep(struct ctx *c, int64_t before, int64_t *removed_out);
