#include "store/video.h"

#include "db/sqlb.h"
#include "store/all_sql.h"

static const struct field video_fields[] = {
	FIELD(struct video, id, F_ID),
	FIELD(struct video, file_id, F_INT),
	FIELD(struct video, poster_id, F_INT),
	FIELD(struct video, captions_id, F_INT),
	FIELD(struct video, captions_language, F_STR),
	FIELD(struct video, content_type, F_STR),
	FIELD(struct video, size_bytes, F_INT),
	FIELD(struct video, duration_ms, F_INT),
	FIELD(struct video, width, F_INT),
	FIELD(struct video, height, F_INT),
	FIELD(struct video, is_recorded, F_BOOL),
};
static const struct shape video_shape = SHAPE("VideoRow", struct video, video_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD };
static const struct sql video_rows[] = {
	[Q_INSERT] = {"INSERT INTO video (id, file_id, poster_id, captions_id, captions_language, content_type, size_bytes, duration_ms,"
	              " width, height, is_recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", NULL},
	[Q_UPDATE] = {"UPDATE video SET file_id = $2, poster_id = $3, captions_id = $4, captions_language = $5, content_type = $6,"
	              " size_bytes = $7, duration_ms = $8, width = $9, height = $10, is_recorded = $11 WHERE id = $1", NULL},
	[Q_LOAD] = {"SELECT @cols FROM video WHERE id = $1", &video_shape},
};
const struct sql_table video_sql = SQL_TABLE("video", video_rows);

static enum err put(struct ctx *c, int query, const struct video *v)
{
	return db_exec(c, &video_rows[query],
	               ARGS(I(v->id), I(v->file_id), I(v->poster_id), I(v->captions_id), S(v->captions_language), S(v->content_type),
	                    I(v->size_bytes), I(v->duration_ms), I(v->width), I(v->height), I(v->is_recorded)), NULL);
}

enum err video_insert(struct ctx *c, const struct video *v)
{
	return put(c, Q_INSERT, v);
}

enum err video_update(struct ctx *c, const struct video *v)
{
	return put(c, Q_UPDATE, v);
}

enum err video_load(struct ctx *c, int64_t id, struct video *out)
{
	return db_one(c, &video_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err video_list(struct ctx *c, const int64_t *ids, size_t n, struct video **out, size_t *n_out)
{
	struct sqlb b;
	*n_out = 0;
	if (n == 0)
		return OK;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM video WHERE id IN (?", ARGS(I(ids[0])));
	for (size_t i = 1; i < n; i++)
		sqlb_add(&b, ", ?", ARGS(I(ids[i])));
	sqlb_add(&b, ") ORDER BY id", NO_ARGS);
	return sqlb_all(c, &b, &video_shape, out, n_out);
}
