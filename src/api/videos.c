/* Videos of the library: their files come first, each by itself; then a video is made of them. */

#include "api/call.h"
#include "api/file_answer.h"
#include "api/handlers.h"
#include "api/library_json.h"
#include "api/shapes.h"
#include "api/upload.h"
#include "base/arena.h"
#include "desk/file.h"
#include "desk/video.h"
#include "text/json_read.h"

/* Uploading -------------------------------------------------------------------------------------------------------------- */

enum err api_videos_upload(struct ctx *c, const struct req *q, struct res *r)
{
	struct file f;
	enum video_part part;
	TRY(upload_check(c, q));
	TRY(video_part_read(c, req_query(c, q, "part"), &part));
	struct str name = upload_file_name(q->upload);
	TRY(desk_video_upload(c, upload_draft(q->upload), part, name.n ? name : STR("file"), &f));
	json_object_begin(&r->j);
	json_add_id(&r->j, "id", f.id);
	json_add_string(&r->j, "name", file_full_name(c, &f));
	json_add_string(&r->j, "contentType", f.content_type);
	json_add_int(&r->j, "sizeBytes", f.size_bytes);
	json_object_end(&r->j);
	return OK;
}

/* One ------------------------------------------------------------------------------------------------------------------- */

/* Another file has another address, so that a browser does not show what it has kept. */
static void add_address(struct ctx *c, struct json *j, const char *name, const struct video *v, const char *part, int64_t file_id)
{
	if (file_id > 0)
		json_add_string(j, name, str_fmt(c->a, "/desk/v1/videos/%lld/%s?file=%lld", (long long)v->id, part, (long long)file_id));
}

static enum err write_video(struct ctx *c, struct json *j, const struct video_entry *e)
{
	const struct video *v = &e->video;
	json_object_begin(j);
	library_json_members(c, j, &e->entry);
	json_add_string(j, "contentType", v->content_type);
	json_add_int(j, "sizeBytes", v->size_bytes);
	json_add_int(j, "durationMs", v->duration_ms);
	json_add_int(j, "width", v->width);
	json_add_int(j, "height", v->height);
	json_add_bool(j, "isRecorded", v->is_recorded);
	add_address(c, j, "videoUrl", v, "content", v->file_id);
	add_address(c, j, "posterUrl", v, "poster", v->poster_id);
	add_address(c, j, "captionsUrl", v, "captions", v->captions_id);
	if (v->captions_id > 0 && v->captions_language.n > 0)
		json_add_string(j, "captionsLanguage", v->captions_language);
	json_object_end(j);
	return OK;
}

/* -1: it is not there, and what was stays; 0: null. */
static int64_t id_or_stays(const struct req *q, const char *name)
{
	return json_object_get(q->json, name) ? json_get_id(q->json, name) : -1;
}

static enum err read_in(struct ctx *c, const struct req *q, struct video_in *out)
{
	const struct video_body *body = IN(q, struct video_body);
	*out = (struct video_in){
		.file_ids = {id_or_stays(q, "fileId"), id_or_stays(q, "posterId"), id_or_stays(q, "captionsId")},
		.captions_language = body->captions_language,
		.duration_ms = json_object_get(q->json, "durationMs") ? body->duration_ms : -1,
		.width = json_object_get(q->json, "width") ? body->width : -1,
		.height = json_object_get(q->json, "height") ? body->height : -1,
		.is_recorded = body->is_recorded,
	};
	return library_read_in(c, q, &out->common);
}

enum err api_videos_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct library_ask ask;
	struct video_entry *videos;
	size_t n;
	TRY(library_read_ask(c, q, LIBRARY_VIDEO, &ask));
	TRY(desk_video_list(c, &ask, &videos, &n));
	size_t shown = library_page_n(&ask, n);
	res_list_begin(r);
	for (size_t i = 0; i < shown; i++)
		TRY(write_video(c, &r->j, &videos[i]));
	library_list_end(c, r, &ask, n, shown ? videos[shown - 1].entry.item.id : 0);
	return OK;
}

enum err api_videos_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct video_in in;
	struct video_entry e;
	TRY(read_in(c, q, &in));
	TRY(desk_video_create(c, &in, &e));
	return write_video(c, &r->j, &e);
}

static enum err load(struct ctx *c, const struct req *q, struct video_entry *out)
{
	int64_t id;
	TRY(library_param(c, q, &id));
	return desk_video(c, id, out);
}

enum err api_videos_read(struct ctx *c, const struct req *q, struct res *r)
{
	struct video_entry e;
	TRY(load(c, q, &e));
	return write_video(c, &r->j, &e);
}

enum err api_videos_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct video_in in;
	struct video_entry e;
	int64_t id;
	TRY(library_param(c, q, &id));
	TRY(read_in(c, q, &in));
	TRY(desk_video_update(c, id, &in, &e));
	return write_video(c, &r->j, &e);
}

/* Bytes ------------------------------------------------------------------------------------------------------------------ */

static enum err give(struct ctx *c, const struct req *q, struct res *r, enum video_part part)
{
	struct video_entry e;
	struct file f;
	TRY(load(c, q, &e));
	TRY(video_file(c, &e.video, part, &f));
	struct http_file answer = {.name = file_full_name(c, &f), .etag = f.blob, .shows = HTTP_SHOWS_VIDEOS};
	TRY(desk_file_open(c, &f, &answer.fd));
	return res_file(c, q, r, &answer);
}

enum err api_videos_content(struct ctx *c, const struct req *q, struct res *r)
{
	return give(c, q, r, VIDEO_FILE);
}

enum err api_videos_poster(struct ctx *c, const struct req *q, struct res *r)
{
	return give(c, q, r, VIDEO_POSTER);
}

enum err api_videos_captions(struct ctx *c, const struct req *q, struct res *r)
{
	return give(c, q, r, VIDEO_CAPTIONS);
}
