#pragma once

#include "base/ctx.h"
#include "store/schema.h"

/* Reading pipelines. All stages of a type come in one query. */
enum err desk_pipeline_list(struct ctx *c, int64_t object_type, struct pipeline **out, size_t *n_out, struct stage **stages_out,
                            size_t *stage_n_out);
