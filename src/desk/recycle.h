#pragma once

#include <stddef.h>

#include "base/ctx.h"
#include "store/recycle.h"

/* The recycle bin of tickets: for RESTORE_DAYS after it was thrown away each of them can be restored (desk/restore.h). */

enum { MAX_RECYCLE_QUERY_BYTES = 200 };

/* query: words of its name, its contact's name or address, or its number; null: all. Those before (at, id): INT64_MAX for the first
 * page. For who may delete. */
enum err desk_recycle_list(struct ctx *c, struct str query, int64_t before_at, int64_t before_id, int64_t limit,
                           struct recycle_row **out, size_t *n_out);
