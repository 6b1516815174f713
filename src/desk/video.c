#include "desk/video.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "desk/file.h"
#include "store/blob.h"
#include "text/image_size.h"
#include "text/video_type.h"

enum { MAX_LANGUAGE_BYTES = 20 };

enum err video_part_read(struct ctx *c, struct str name, enum video_part *out)
{
	static const struct str names[VIDEO_PART_N] = {STR("video"), STR("poster"), STR("captions")};
	for (int i = 0; i < VIDEO_PART_N; i++)
		if (str_eq(names[i], name)) {
			*out = (enum video_part)i;
			return OK;
		}
	return fail_field(c, STR("part"), STR("INVALID_OPTION"), "part is video, poster or captions.");
}

/* Uploading -------------------------------------------------------------------------------------------------------------- */

static enum err check_video(struct ctx *c, struct str head, int64_t size_bytes, struct file *f)
{
	struct video_type type;
	(void)f;
	if (!video_type(head, &type))
		return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"),
		                  "This file is no video that browsers play: upload MP4, WebM or QuickTime (MOV).");
	if (size_bytes > (int64_t)MAX_VIDEO_MB << 20)
		return fail_field(c, STR("file"), STR("TOO_LARGE"), "A video has at most %d MB.", MAX_VIDEO_MB);
	return OK;
}

static enum err check_poster(struct ctx *c, struct str head, int64_t size_bytes, struct file *f)
{
	struct image_size image;
	(void)f;
	bool is_one = image_size(head, &image) && !str_eq(image.encoding, STR("gif")) && image.width > 0 && image.height > 0;
	if (!is_one)
		return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"), "The picture of a video is a JPEG, WebP or PNG file.");
	if (size_bytes > MAX_POSTER_BYTES || image.width > MAX_POSTER_SIDE || image.height > MAX_POSTER_SIDE)
		return fail_field(c, STR("file"), STR("TOO_LARGE"), "The picture of a video has at most %d MB, and %d pixels to a side.",
		                  MAX_POSTER_BYTES >> 20, MAX_POSTER_SIDE);
	return OK;
}

static enum err check_captions(struct ctx *c, struct str head, int64_t size_bytes, struct file *f)
{
	if (size_bytes > MAX_CAPTIONS_BYTES)
		return fail_field(c, STR("file"), STR("TOO_LARGE"), "Captions have at most %d MB.", MAX_CAPTIONS_BYTES >> 20);
	if (!is_webvtt(head))
		return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"), "Captions are a WebVTT file: its first line is WEBVTT.");
	f->content_type = STR("text/vtt");
	return OK;
}

enum err desk_video_upload(struct ctx *c, struct blob_draft *draft, enum video_part part, struct str name, struct file *out)
{
	static enum err (*const checks[VIDEO_PART_N])(struct ctx *c, struct str head, int64_t size_bytes, struct file *f) = {
		[VIDEO_FILE] = check_video,
		[VIDEO_POSTER] = check_poster,
		[VIDEO_CAPTIONS] = check_captions,
	};
	const struct upload_in in = {.name = name, .is_for_library = true, .check = checks[part]};
	if (!desk_may_make(c))
		return fail(c, ERR_NOT_ALLOWED, "You may not add to the library.");
	return desk_file_upload(c, draft, &in, out);
}

/* Making and changing ---------------------------------------------------------------------------------------------------- */

static enum err check_number(struct ctx *c, const char *name, int64_t value, int64_t max, int64_t *to)
{
	if (value < -1 || value > max)
		return fail_field(c, str_c(name), STR("INVALID_INTEGER"), "%s is from 0 to %lld.", name, (long long)max);
	if (value >= 0)
		*to = value;
	return OK;
}

static enum err take_figures(struct ctx *c, const struct video_in *in, struct video *v)
{
	TRY(check_number(c, "durationMs", in->duration_ms, HOURS((int64_t)MAX_VIDEO_HOURS), &v->duration_ms));
	TRY(check_number(c, "width", in->width, MAX_VIDEO_SIDE, &v->width));
	return check_number(c, "height", in->height, MAX_VIDEO_SIDE, &v->height);
}

/* A language as BCP 47 writes it: letters, digits and hyphens. */
static enum err take_language(struct ctx *c, const struct video_in *in, struct video *v)
{
	struct str s = in->captions_language;
	bool is_one = s.n <= MAX_LANGUAGE_BYTES;
	for (size_t i = 0; i < s.n; i++)
		is_one = is_one && (((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-');
	if (!is_one)
		return fail_field(c, STR("captionsLanguage"), STR("INVALID_OPTION"), "captionsLanguage is a language, as en or pt-BR.");
	if (!str_is_null(s))
		v->captions_language = s;
	return OK;
}

static const char *const part_fields[VIDEO_PART_N] = {"fileId", "posterId", "captionsId"};

/* What stood there before goes. A poster is no video: each upload is of one type. */
static enum err take_file(struct ctx *c, const struct video_in *in, enum video_part part, const char *type, int64_t *id, struct file *out)
{
	struct str field = str_c(part_fields[part]);
	if (in->file_ids[part] < 0 || in->file_ids[part] == *id)
		return OK;
	if (in->file_ids[part] > 0) {
		TRY(file_take(c, in->file_ids[part], field, out));
		if (!str_starts(out->content_type, str_c(type)))
			return fail_field(c, field, STR("INVALID_FILE_TYPE"), "%s is a file of another type.", part_fields[part]);
	}
	TRY(file_let_go(c, *id));
	*id = in->file_ids[part];
	return OK;
}

static enum err take(struct ctx *c, const struct video_in *in, struct video *v)
{
	struct file f = {0};
	TRY(take_figures(c, in, v));
	TRY(take_language(c, in, v));
	TRY(take_file(c, in, VIDEO_FILE, "video/", &v->file_id, &f));
	if (f.id > 0) {
		v->content_type = f.content_type;
		v->size_bytes = f.size_bytes;
	}
	if (v->file_id == 0)
		return fail_field(c, STR("fileId"), STR("REQUIRED_FIELD"), "Upload or record the video first.");
	TRY(take_file(c, in, VIDEO_POSTER, "image/", &v->poster_id, &f));
	return take_file(c, in, VIDEO_CAPTIONS, "text/vtt", &v->captions_id, &f);
}

static const struct library_own nothing_own = {0};

enum err desk_video_create(struct ctx *c, const struct video_in *in, struct video_entry *out)
{
	*out = (struct video_entry){.video = {.captions_language = STR(""), .content_type = STR(""), .is_recorded = in->is_recorded}};
	TRY(desk_library_make(c, LIBRARY_VIDEO, &in->common, &nothing_own, &out->entry));
	TRY(take(c, in, &out->video));
	out->video.id = out->entry.item.id;
	return video_insert(c, &out->video);
}

enum err desk_video_update(struct ctx *c, int64_t id, const struct video_in *in, struct video_entry *out)
{
	TRY(desk_library_edit(c, LIBRARY_VIDEO, id, &out->entry));
	TRY(video_load(c, id, &out->video));
	TRY(take(c, in, &out->video));
	TRY(desk_library_keep(c, &in->common, &nothing_own, &out->entry));
	return video_update(c, &out->video);
}

/* Reading ---------------------------------------------------------------------------------------------------------------- */

enum err desk_video(struct ctx *c, int64_t id, struct video_entry *out)
{
	TRY(desk_library(c, LIBRARY_VIDEO, id, &out->entry));
	return video_load(c, id, &out->video);
}

enum err desk_video_list(struct ctx *c, const struct library_ask *ask, struct video_entry **out, size_t *n_out)
{
	struct library_entry *entries;
	struct video *videos;
	size_t video_n;
	TRY(desk_library_list(c, ask, &entries, n_out));
	int64_t *ids = NEW_ARRAY(c->a, *n_out, int64_t);
	for (size_t i = 0; i < *n_out; i++)
		ids[i] = entries[i].item.id;
	TRY(video_list(c, ids, *n_out, &videos, &video_n));
	struct video_entry *list = NEW_ARRAY(c->a, *n_out, struct video_entry);
	for (size_t i = 0; i < *n_out; i++) {
		list[i].entry = entries[i];
		for (size_t k = 0; k < video_n; k++)
			if (videos[k].id == ids[i])
				list[i].video = videos[k];
	}
	*out = list;
	return OK;
}

enum err video_file(struct ctx *c, const struct video *v, enum video_part part, struct file *out)
{
	const int64_t ids[VIDEO_PART_N] = {v->file_id, v->poster_id, v->captions_id};
	if (ids[part] == 0)
		return fail(c, ERR_NOT_FOUND, "This video has no such file.");
	return desk_file_of_item(c, ids[part], out);
}

enum err desk_shared_video(struct ctx *c, struct str token, struct str visitor, struct shared_video *out)
{
	*out = (struct shared_video){0};
	TRY(desk_shared(c, STR("VIDEO"), token, visitor, &out->shared));
	return out->shared.state == SHARE_OPEN ? video_load(c, out->shared.link.item_id, &out->video) : OK;
}
