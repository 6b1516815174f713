#pragma once

#include "base/ctx.h"

/* How many calls each token made on which day ("2026-11-21", of the account's time zone). */

/* Adds n; total_out is then the count of that day. */
enum err usage_add(struct ctx *c, struct str day, struct str caller, int64_t n, int64_t *total_out);
/* Of one; 0 where there is none. */
enum err usage_of(struct ctx *c, struct str day, struct str caller, int64_t *out);
/* Of all callers. */
enum err usage_total(struct ctx *c, struct str day, int64_t *out);
/* Removes the days before this one. */
enum err usage_sweep(struct ctx *c, struct str first_day);
