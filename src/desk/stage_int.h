#pragma once

#include "desk/pipeline.h"

/* Between pipeline.c and stage.c. */

/* Fills the stage from the input and checks it against the stages that will stand beside it. */
enum err stage_take(struct ctx *c, const struct type_def *t, const struct stage_in *in, struct stage *s);
enum err stage_check_label(struct ctx *c, const struct stage *s, const struct stage *others, size_t n);
/* An id for a new stage or pipeline: the caller's, checked, or one that is made. */
enum err stage_new_id(struct ctx *c, int64_t object_type, struct str wanted, struct str *out);
/* Is nothing there? Then nothing comes either, until the transaction ends. */
enum err stage_check_unused(struct ctx *c, const struct stage *s);
/* Writes the row and who wrote it. */
enum err stage_keep(struct ctx *c, const struct stage *s, const char *action);
enum err pipeline_note(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str stage_id,
                       const char *action, struct str label, int64_t display_order, struct str metadata);
enum err pipeline_check_label(struct ctx *c, struct str label);
enum err pipeline_not_there(struct ctx *c, const char *what, struct str id);
