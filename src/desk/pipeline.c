#include "desk/pipeline.h"

#include "desk/can.h"

enum err desk_pipeline_list(struct ctx *c, int64_t object_type, struct pipeline **out, size_t *n_out, struct stage **stages_out,
                            size_t *stage_n_out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(pipeline_list(c, object_type, out, n_out));
	return stage_list(c, object_type, stages_out, stage_n_out);
}
