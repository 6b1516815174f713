#include "store/document.h"

#include "db/sqlb.h"
#include "store/all_sql.h"

static const struct field document_fields[] = {
	FIELD(struct document, id, F_ID),
	FIELD(struct document, file_id, F_ID),
	FIELD(struct document, format, F_STR),
	FIELD(struct document, size_bytes, F_INT),
	FIELD(struct document, version, F_INT),
	FIELD(struct document, page_n, F_INT),
	FIELD(struct document, picture_state, F_STR),
	FIELD(struct document, created_at, F_TIME),
	FIELD(struct document, updated_at, F_TIME),
};
static const struct shape document_shape = SHAPE("DocumentRow", struct document, document_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD };
static const struct sql document_rows[] = {
	[Q_INSERT] = {"INSERT INTO document (id, file_id, format, size_bytes, version, page_n, picture_state, created_at,"
	              " updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)", NULL},
	[Q_UPDATE] = {"UPDATE document SET @update WHERE id = @key @back", &document_shape},
	[Q_LOAD] = {"SELECT @cols FROM document WHERE id = $1", &document_shape},
};
const struct sql_table document_sql = SQL_TABLE("document", document_rows);

static const struct field picture_fields[] = {
	FIELD(struct document_picture, document_id, F_ID),
	FIELD(struct document_picture, page, F_INT),
	FIELD(struct document_picture, blob, F_STR),
	FIELD(struct document_picture, size_bytes, F_INT),
	FIELD(struct document_picture, width, F_INT),
	FIELD(struct document_picture, height, F_INT),
};
static const struct shape picture_shape = SHAPE("DocumentPictureRow", struct document_picture, picture_fields);

enum { Q_PICTURE_INSERT, Q_PICTURE_LOAD, Q_PICTURE_LIST, Q_PICTURE_CLEAR };
static const struct sql picture_rows[] = {
	[Q_PICTURE_INSERT] = {"INSERT INTO document_picture (document_id, page, blob, size_bytes, width, height)"
	                      " VALUES ($1, $2, $3, $4, $5, $6)", NULL},
	[Q_PICTURE_LOAD] = {"SELECT @cols FROM document_picture WHERE document_id = $1 AND page = $2", &picture_shape},
	[Q_PICTURE_LIST] = {"SELECT @cols FROM document_picture WHERE document_id = $1 ORDER BY page", &picture_shape},
	[Q_PICTURE_CLEAR] = {"DELETE FROM document_picture WHERE document_id = $1", NULL},
};
const struct sql_table document_picture_sql = SQL_TABLE("document_picture", picture_rows);

enum err document_insert(struct ctx *c, struct document *d)
{
	d->created_at = d->updated_at = c->now;
	return db_exec(c, &document_rows[Q_INSERT],
	               ARGS(I(d->id), I(d->file_id), S(d->format), I(d->size_bytes), I(d->version), I(d->page_n), S(d->picture_state),
	                    I(c->now)), NULL);
}

enum err document_update(struct ctx *c, struct document *d)
{
	d->updated_at = c->now;
	return db_put(c, &document_rows[Q_UPDATE], d, d);
}

enum err document_load(struct ctx *c, int64_t id, struct document *out)
{
	return db_one(c, &document_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err document_list(struct ctx *c, const int64_t *ids, size_t n, struct document **out, size_t *n_out)
{
	struct sqlb b;
	*n_out = 0;
	if (n == 0)
		return OK;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM document WHERE id IN (?", ARGS(I(ids[0])));
	for (size_t i = 1; i < n; i++)
		sqlb_add(&b, ", ?", ARGS(I(ids[i])));
	sqlb_add(&b, ") ORDER BY id", NO_ARGS);
	return sqlb_all(c, &b, &document_shape, out, n_out);
}

enum err document_picture_insert(struct ctx *c, struct document_picture *p)
{
	return db_exec(c, &picture_rows[Q_PICTURE_INSERT],
	               ARGS(I(p->document_id), I(p->page), S(p->blob), I(p->size_bytes), I(p->width), I(p->height)), NULL);
}

enum err document_picture_load(struct ctx *c, int64_t document_id, int64_t page, struct document_picture *out)
{
	return db_one(c, &picture_rows[Q_PICTURE_LOAD], ARGS(I(document_id), I(page)), out);
}

enum err document_picture_list(struct ctx *c, int64_t document_id, struct document_picture **out, size_t *n_out)
{
	return db_all(c, &picture_rows[Q_PICTURE_LIST], ARGS(I(document_id)), out, n_out);
}

enum err document_picture_clear(struct ctx *c, int64_t document_id)
{
	return db_exec(c, &picture_rows[Q_PICTURE_CLEAR], ARGS(I(document_id)), NULL);
}
