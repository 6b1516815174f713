#pragma once

#include "job/job.h"

/* Between job.c and runner.c. */

/* Is a job of the lane due? */
enum err job_is_due(struct ctx *c, enum job_lane lane, bool *is_due_out);
/* Leases up to limit due jobs of the lane until lease_until; a job that was tried before only by itself. */
enum err job_lease(struct ctx *c, enum job_lane lane, int64_t limit, int64_t lease_until, struct job **out,
                   size_t *n_out);
/* After a failed try: again later, or put aside. */
enum err job_failed(struct ctx *c, const struct job_kind *kind, struct job *job, struct str why);
/* Ends every lease; at the start of the only process on a database. */
enum err job_release_all(struct ctx *c);
