#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* Work that is done later: added in the transaction of the change that wants it, leased by one runner at a time, tried again
 * with back-off, and put aside after its last try, where an administrator sees it. At least once: a job's effects have to be
 * one transaction that also calls job_finish(), or harmless twice. */

struct sql_table;

enum job_lane {
	LANE_MAIL_IN,
	LANE_MAIL_OUT,
	LANE_UPKEEP,
	LANE_REPLY, /* replies whose time has come: nothing slow stands before them */
	LANE_PICTURES, /* of documents: takes long, and nothing waits for it */
	LANE_BULK,     /* long work in short parts, which somebody watches */
	LANE_N
};

struct job {
	int64_t id;
	struct str kind;
	int64_t lane;
	int64_t about_id;
	struct str body; /* JSON; may be null */
	int64_t run_at;
	int64_t tries; /* this one included: counted when it is leased, so that a crash counts */
	int64_t lease_until;
	struct str last_error;
	int64_t put_aside_at; /* 0: not put aside */
	int64_t created_at;
	bool is_settled; /* finished or rescheduled by the job itself */
};

/* One kind of job: a row of the table that cmd/ gives the runner. run is called outside of a transaction, as the system. */
struct job_kind {
	const char *kind;
	enum err (*run)(struct ctx *c, struct job *job);
	enum job_lane lane;
	int tries;           /* the last try that fails puts it aside */
	int64_t back_off_ms; /* after the first failure; doubles, up to a day */
};

/* Adds a job to be run at run_at (0: now). */
enum err job_add(struct ctx *c, const struct job_kind *kind, int64_t about_id, struct str body, int64_t run_at);
/* Inside the transaction of the job's effects: it is done. ERR_STALE, so that the effects are undone, when another runner did it
 * after the lease had run out. */
enum err job_finish(struct ctx *c, struct job *job);
/* Inside a transaction: run it again at that time, with its count of tries begun anew. */
enum err job_again_at(struct ctx *c, struct job *job, int64_t run_at, struct str why);
/* The jobs about something, of a kind, are to run now; false when there is none. One that is running counts as there. */
enum err job_hurry(struct ctx *c, const struct job_kind *kind, int64_t about_id, bool *is_there_out);
/* All that wait in a lane run now. */
enum err job_hurry_lane(struct ctx *c, enum job_lane lane);
/* How many wait, due or not, but not put aside (upkeep, which comes round for ever, is left out); and how many are put aside. Counted
 * up to 10,000. */
enum err job_count(struct ctx *c, int64_t *waiting_out, int64_t *put_aside_out);

extern const struct sql_table job_sql;
