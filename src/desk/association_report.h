#pragma once

#include "base/ctx.h"
#include "job/job.h"
#include "store/association_report.h"
#include "store/user.h"

/* Which objects are near the limit of their links: those that have HIGH_USAGE_PERCENT of MAX_LINKS, or of a limit that a user has
 * set. A report is made by a job soon after it was asked for, since it reads every link, and kept for the user whom it is for; the
 * MAX_REPORTS_KEPT newest stay. Asking again while one is being made gives that one. */

enum { HIGH_USAGE_PERCENT = 80, MAX_REPORT_ROWS = 1000, MAX_REPORTS_KEPT = 20 };

/* For oneself, or as a super admin for another user. ERR_NOT_FOUND. */
enum err desk_link_report_ask(struct ctx *c, int64_t user_id, struct association_report *out, struct user *user_out);
/* One's own, newest first. */
enum err desk_link_reports(struct ctx *c, struct association_report **out, size_t *n_out);

extern const struct job_kind job_link_report;
