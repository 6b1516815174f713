#pragma once

#include "job/job.h"

/* A snoozed ticket comes back at its time (this job, about the ticket) or when the customer writes (desk/message.c). Its owner and its
 * status stay. */

extern const struct job_kind job_wake;
