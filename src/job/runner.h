#pragma once

#include <stdbool.h>

#include "job/job.h"

/* Runs due jobs on threads of its own: per lane a few threads that sleep until they are woken by a commit or the next job is
 * due. A job that fails is logged once, tried again later, put aside in the end. */

struct job_runner;

struct job_lane_config {
	int thread_n;     /* 0: the lane is not run by this process */
	int batch_n;      /* jobs leased at once by a thread */
	int64_t lease_ms; /* longer than a batch may take */
};

struct job_runner_config {
	const struct job_kind *const *kinds;
	size_t kind_n;
	struct job_lane_config lanes[LANE_N];
	const struct runner *run;
	const struct env *env;
	bool is_only_process; /* leases of an earlier process are void */
};

/* Starts the threads. */
enum err job_runner_open(struct ctx *c, const struct job_runner_config *config, struct job_runner **out);
/* Something was committed: look for due jobs. Any thread. */
void job_runner_wake(struct job_runner *r);
/* Ends what is running and stops. NULL is allowed. */
void job_runner_close(struct job_runner *r);
