#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Videos, under the ids of their items in the library. Their bytes, and those of what belongs to them, are files outside of all folders
 * (FOLDER_LIBRARY). */

struct video {
	int64_t id;
	int64_t file_id;
	int64_t poster_id;   /* the picture shown before it plays; 0: none */
	int64_t captions_id; /* WebVTT; 0: none */
	struct str captions_language; /* "en"; empty: not said */
	struct str content_type;
	int64_t size_bytes;
	int64_t duration_ms, width, height; /* as the browser read them; 0: not said */
	bool is_recorded; /* in the workspace, not uploaded */
};

enum err video_insert(struct ctx *c, const struct video *v);
enum err video_update(struct ctx *c, const struct video *v);
enum err video_load(struct ctx *c, int64_t id, struct video *out);
/* Of these items, by id. */
enum err video_list(struct ctx *c, const int64_t *ids, size_t n, struct video **out, size_t *n_out);
