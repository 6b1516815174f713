#pragma once

#include "base/ctx.h"
#include "desk/library.h"
#include "desk/share_link.h"
#include "store/file.h"
#include "store/video.h"

/* Videos: items of the library (desk/library.h) with a file, and with a picture and captions where somebody gave them. Files come first,
 * each by itself, and their bytes say what they are: a video is WebM, MP4 or QuickTime (text/video_type.h), a picture JPEG, WebP or PNG,
 * captions WebVTT. What no video takes is gone after UNTAKEN_FILE_HOURS.
 *
 * Length and size are those that the browser of the uploader read; nothing but what people see depends on them. */

enum {
	MAX_VIDEO_MB = 500,
	MAX_POSTER_BYTES = 2 << 20,
	MAX_POSTER_SIDE = 4096,
	MAX_CAPTIONS_BYTES = 1 << 20,
	MAX_VIDEO_SIDE = 16384,
	MAX_VIDEO_HOURS = 24,
};

enum video_part { VIDEO_FILE, VIDEO_POSTER, VIDEO_CAPTIONS, VIDEO_PART_N };
/* "video", "poster", "captions". ERR_BAD_INPUT. */
enum err video_part_read(struct ctx *c, struct str name, enum video_part *out);

/* Outside of a transaction. ERR_BAD_INPUT in one sentence for what is none of the part's types, or too large. */
struct blob_draft;
enum err desk_video_upload(struct ctx *c, struct blob_draft *draft, enum video_part part, struct str name, struct file *out);

struct video_entry {
	struct library_entry entry;
	struct video video;
};

/* Members that are null, or -1, stay as they were. */
struct video_in {
	struct library_in common;
	int64_t file_ids[VIDEO_PART_N]; /* what was uploaded; 0: none of it any more, but a video there has to be */
	struct str captions_language;
	int64_t duration_ms, width, height;
	bool is_recorded; /* of a new one */
};
/* ERR_BAD_INPUT names the field. */
enum err desk_video_create(struct ctx *c, const struct video_in *in, struct video_entry *out);
enum err desk_video_update(struct ctx *c, int64_t id, const struct video_in *in, struct video_entry *out);
enum err desk_video(struct ctx *c, int64_t id, struct video_entry *out);
enum err desk_video_list(struct ctx *c, const struct library_ask *ask, struct video_entry **out, size_t *n_out);

/* For people outside: what a link of kind VIDEO opens (desk/share_link.h). ERR_NOT_FOUND: no link has this token. */
struct shared_video {
	struct shared shared;
	struct video video; /* only where it is open */
};
enum err desk_shared_video(struct ctx *c, struct str token, struct str visitor, struct shared_video *out);

/* How much of a video somebody watched is said by its parts of equal length. */
enum { VIDEO_PIECE_N = 20 };

/* Its file, or ERR_NOT_FOUND where it has none; asks nobody: call desk_video or desk_shared_video first. */
enum err video_file(struct ctx *c, const struct video *v, enum video_part part, struct file *out);
