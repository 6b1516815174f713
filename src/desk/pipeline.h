#pragma once

#include "base/ctx.h"
#include "desk/schema.h"
#include "store/schema.h"

/* Pipelines and their stages. Reading needs CAN_VIEW, changing CAN_ADMINISTER. Ids are the caller's, or made; a stage's is unique
 * among all stages of the type, a label among those of its pipeline. A stage where objects are, or where an inbox puts its
 * tickets, cannot be archived, nor can its objects be opened or closed by changing it: ERR_BAD_INPUT with the sub-category
 * PipelineError.STAGE_ID_IN_USE and the ids of both. */

enum { MAX_STAGES = 100, MAX_PIPELINES = 100, MAX_STAGE_ID_BYTES = 100, MAX_PIPELINE_CHANGES = 1000 };

struct stage_in {
	struct str id;       /* null: one is made */
	struct str label;    /* null in an update: as it was */
	struct str metadata; /* JSON: an object of strings; null: as it was, or open */
	const int64_t *display_order; /* NULL: as it was, or at the end */
	bool is_restored;    /* update: takes it out of the archive */
};

struct pipeline_in {
	struct str id;
	struct str label;
	const int64_t *display_order;
	const struct stage_in *stages;
	size_t stage_n;
	bool is_restored;
};

/* All stages of a type come in one query. */
enum err desk_pipeline_list(struct ctx *c, int64_t object_type, struct pipeline **out, size_t *n_out,
                            struct stage **stages_out, size_t *stage_n_out);
/* ERR_NOT_FOUND. The stages are those of the whole type. */
enum err desk_pipeline_load(struct ctx *c, int64_t object_type, struct str id, struct pipeline *out,
                            struct stage **stages_out, size_t *stage_n_out);
enum err desk_pipeline_create(struct ctx *c, const struct type_def *t, const struct pipeline_in *in,
                              struct pipeline *out);
/* Its stages become those of the input, known by their ids. */
enum err desk_pipeline_replace(struct ctx *c, const struct type_def *t, struct str id, const struct pipeline_in *in,
                               struct pipeline *out);
/* Leaves the stages as they are. */
enum err desk_pipeline_update(struct ctx *c, const struct type_def *t, struct str id, const struct pipeline_in *in,
                              struct pipeline *out);
/* With its stages. Not the default pipeline of the type. */
enum err desk_pipeline_archive(struct ctx *c, const struct type_def *t, struct str id);

enum err desk_stage_load(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out);
enum err desk_stage_create(struct ctx *c, const struct type_def *t, struct str pipeline_id, const struct stage_in *in,
                           struct stage *out);
enum err desk_stage_update(struct ctx *c, const struct type_def *t, struct str pipeline_id, struct str id,
                           const struct stage_in *in, struct stage *out);
enum err desk_stage_archive(struct ctx *c, const struct type_def *t, struct str pipeline_id, struct str id);

/* Who changed it, newest first. stage_id null: the pipeline itself. pipeline_id null: that of the stage. */
enum err desk_pipeline_changes(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str stage_id,
                               struct pipeline_change **out, size_t *n_out);
