#pragma once

#include "base/ctx.h"
#include "desk/schema.h"
#include "store/object.h"

/* The times of objects in their stages. Every stage of a type with pipelines has seven properties, named after its id, which come
 * and go with it:
 *
 *   hs_date_entered_{s}, hs_v2_date_entered_{s}          when the object came to the stage last
 *   hs_date_exited_{s}, hs_v2_date_exited_{s}            when it left it last
 *   hs_v2_latest_time_in_{s}                             how long it was there last, or is by now (ms)
 *   hs_v2_cumulative_time_in_{s}, hs_time_in_{s}         how long in all
 *
 * The durations are worked out when they are read. What is kept of the cumulative one is the sum of the stays that have ended, and a
 * search sees no more than that. */

/* Makes or removes the properties of a stage, or names them anew: in the transaction that does so to the stage. */
enum err stage_time_define(struct ctx *c, const struct stage *s, struct str pipeline_label);
/* The same for all stages of a pipeline. */
enum err stage_time_define_all(struct ctx *c, const struct pipeline *p);

/* Is it one of those that are worked out when they are read? */
bool stage_time_is_read(struct str property);
/* Its value now; null: the object was never there. */
struct str stage_time_value(struct ctx *c, const struct object *o, struct str property);
