/* Pipelines and stages, declared in store/schema.h. */

#include "store/schema.h"

#include "store/all_sql.h"

static const struct field pipeline_fields[] = {
	FIELD(struct pipeline, object_type, F_ID),
	FIELD(struct pipeline, id, F_STR),
	FIELD(struct pipeline, label, F_STR),
	FIELD(struct pipeline, display_order, F_INT),
	FIELD(struct pipeline, created_at, F_TIME),
	FIELD(struct pipeline, updated_at, F_TIME),
	FIELD(struct pipeline, archived_at, F_TIME),
	FIELD(struct pipeline, entry_stages, F_STR),
	FIELD(struct pipeline, forbids_skipping, F_BOOL),
	FIELD(struct pipeline, forbids_going_back, F_BOOL),
	FIELD(struct pipeline, sent_stage, F_STR),
	FIELD(struct pipeline, received_stage, F_STR),
	FIELD(struct pipeline, keeps_close_date, F_BOOL),
};
static const struct shape pipeline_shape = SHAPE("Pipeline", struct pipeline, pipeline_fields);

enum { Q_PIPELINE_PUT, Q_PIPELINE_LOAD, Q_PIPELINE_LOAD_ANY, Q_PIPELINE_LIST, Q_PIPELINE_SAVE };
static const struct sql pipeline_rows[] = {
	[Q_PIPELINE_PUT] = {"INSERT INTO pipeline (object_type, id, label, display_order, created_at, updated_at, archived_at)"
	                    " VALUES ($1, $2, $3, $4, $5, $5, 0) ON CONFLICT (object_type, id) DO NOTHING", NULL},
	[Q_PIPELINE_LOAD] = {"SELECT @cols FROM pipeline WHERE object_type = $1 AND id = $2 AND archived_at = 0", &pipeline_shape},
	[Q_PIPELINE_LOAD_ANY] = {"SELECT @cols FROM pipeline WHERE object_type = $1 AND id = $2", &pipeline_shape},
	[Q_PIPELINE_SAVE] = {"INSERT INTO pipeline (@cols) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
	                     " ON CONFLICT (object_type, id)"
	                     " DO UPDATE SET label = excluded.label, display_order = excluded.display_order,"
	                     " created_at = excluded.created_at, updated_at = excluded.updated_at,"
	                     " archived_at = excluded.archived_at, entry_stages = excluded.entry_stages,"
	                     " forbids_skipping = excluded.forbids_skipping, forbids_going_back = excluded.forbids_going_back,"
	                     " sent_stage = excluded.sent_stage, received_stage = excluded.received_stage,"
	                     " keeps_close_date = excluded.keeps_close_date"
	                     " RETURNING @cols", &pipeline_shape},
	[Q_PIPELINE_LIST] = {"SELECT @cols FROM pipeline WHERE object_type = $1 AND archived_at = 0 ORDER BY display_order, id",
	                     &pipeline_shape},
};
const struct sql_table pipeline_sql = SQL_TABLE("pipeline", pipeline_rows);

static const struct field stage_fields[] = {
	FIELD(struct stage, object_type, F_ID),
	FIELD(struct stage, pipeline_id, F_STR),
	FIELD(struct stage, id, F_STR),
	FIELD(struct stage, label, F_STR),
	FIELD(struct stage, display_order, F_INT),
	FIELD(struct stage, is_closed, F_BOOL),
	FIELD(struct stage, metadata, F_JSON),
	FIELD(struct stage, created_at, F_TIME),
	FIELD(struct stage, updated_at, F_TIME),
	FIELD(struct stage, archived_at, F_TIME),
	FIELD(struct stage, demands, F_STR),
};
static const struct shape stage_shape = SHAPE("Stage", struct stage, stage_fields);

enum {
	Q_STAGE_PUT,
	Q_STAGE_LOAD,
	Q_STAGE_HOLD,
	Q_STAGE_LOCK,
	Q_STAGE_LOAD_ANY,
	Q_STAGE_ANYWHERE,
	Q_STAGE_LIST,
	Q_STAGE_LIST_OF,
	Q_STAGE_SAVE,
	Q_STAGE_USED,
	Q_STAGE_OF_INBOX,
};
struct row_id {
	int64_t id;
};
static const struct field row_id_fields[] = {FIELD(struct row_id, id, F_ID)};
static const struct shape row_id_shape = SHAPE("RowId", struct row_id, row_id_fields);

static const struct sql stage_rows[] = {
	[Q_STAGE_PUT] = {"INSERT INTO stage (object_type, pipeline_id, id, label, display_order, is_closed, metadata, created_at,"
	                 " updated_at, archived_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0)"
	                 " ON CONFLICT (object_type, pipeline_id, id) DO NOTHING", NULL},
	[Q_STAGE_LOAD] = {"SELECT @cols FROM stage WHERE object_type = $1 AND pipeline_id = $2 AND id = $3 AND archived_at = 0",
	                  &stage_shape},
	[Q_STAGE_HOLD] = {"SELECT @cols FROM stage WHERE object_type = $1 AND pipeline_id = $2 AND id = $3 AND archived_at = 0 @hold",
	                  &stage_shape},
	[Q_STAGE_LOCK] = {"SELECT @cols FROM stage WHERE object_type = $1 AND pipeline_id = $2 AND id = $3 @lock", &stage_shape},
	[Q_STAGE_LOAD_ANY] = {"SELECT @cols FROM stage WHERE object_type = $1 AND pipeline_id = $2 AND id = $3", &stage_shape},
	[Q_STAGE_ANYWHERE] = {"SELECT @cols FROM stage WHERE object_type = $1 AND id = $2 ORDER BY archived_at, pipeline_id LIMIT 1",
	                      &stage_shape},
	[Q_STAGE_LIST_OF] = {"SELECT @cols FROM stage WHERE object_type = $1 AND pipeline_id = $2 ORDER BY display_order, id",
	                     &stage_shape},
	[Q_STAGE_SAVE] = {"INSERT INTO stage (@cols) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
	                  " ON CONFLICT (object_type, pipeline_id, id) DO UPDATE SET label = excluded.label,"
	                  " display_order = excluded.display_order, is_closed = excluded.is_closed, metadata = excluded.metadata,"
	                  " created_at = excluded.created_at, updated_at = excluded.updated_at,"
	                  " archived_at = excluded.archived_at, demands = excluded.demands RETURNING @cols", &stage_shape},
	[Q_STAGE_USED] = {"SELECT @cols FROM object WHERE object_type = $1 AND pipeline_id = $2 AND stage_id = $3"
	                  " AND archived_at = 0 ORDER BY activity_at, id LIMIT $4", &row_id_shape},
	[Q_STAGE_OF_INBOX] = {"SELECT @cols FROM channel_account WHERE pipeline_id = $1 AND stage_id = $2 AND archived_at = 0"
	                      " ORDER BY id LIMIT 1", &row_id_shape},
	[Q_STAGE_LIST] = {"SELECT @cols FROM stage WHERE object_type = $1 AND archived_at = 0 ORDER BY pipeline_id, display_order, id",
	                  &stage_shape},
};
const struct sql_table stage_sql = SQL_TABLE("stage", stage_rows);

enum err pipeline_put(struct ctx *c, const struct pipeline *p)
{
	return db_exec(c, &pipeline_rows[Q_PIPELINE_PUT],
	               ARGS(I(p->object_type), S(p->id), S(p->label), I(p->display_order), I(p->created_at)), NULL);
}

enum err pipeline_load(struct ctx *c, int64_t object_type, struct str id, struct pipeline *out)
{
	return db_one(c, &pipeline_rows[Q_PIPELINE_LOAD], ARGS(I(object_type), S(id)), out);
}

enum err pipeline_list(struct ctx *c, int64_t object_type, struct pipeline **out, size_t *n_out)
{
	return db_all(c, &pipeline_rows[Q_PIPELINE_LIST], ARGS(I(object_type)), out, n_out);
}

enum err stage_put(struct ctx *c, const struct stage *s)
{
	return db_exec(c, &stage_rows[Q_STAGE_PUT],
	               ARGS(I(s->object_type), S(s->pipeline_id), S(s->id), S(s->label), I(s->display_order), I(s->is_closed),
	                    S(s->metadata), I(s->created_at)),
	               NULL);
}

enum err stage_load(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out)
{
	return db_one(c, &stage_rows[Q_STAGE_LOAD], ARGS(I(object_type), S(pipeline_id), S(id)), out);
}

enum err stage_list(struct ctx *c, int64_t object_type, struct stage **out, size_t *n_out)
{
	return db_all(c, &stage_rows[Q_STAGE_LIST], ARGS(I(object_type)), out, n_out);
}

enum err pipeline_load_any(struct ctx *c, int64_t object_type, struct str id, struct pipeline *out)
{
	return db_one(c, &pipeline_rows[Q_PIPELINE_LOAD_ANY], ARGS(I(object_type), S(id)), out);
}

enum err pipeline_save(struct ctx *c, const struct pipeline *p)
{
	struct pipeline kept;
	return db_one(c, &pipeline_rows[Q_PIPELINE_SAVE],
	              ARGS(I(p->object_type), S(p->id), S(p->label), I(p->display_order), I(p->created_at), I(p->updated_at),
	                   I(p->archived_at), S(p->entry_stages.p ? p->entry_stages : STR("")), I(p->forbids_skipping),
	                   I(p->forbids_going_back), S(p->sent_stage.p ? p->sent_stage : STR("")),
	                   S(p->received_stage.p ? p->received_stage : STR("")), I(p->keeps_close_date)),
	              &kept);
}

enum err stage_hold(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out)
{
	return db_one(c, &stage_rows[Q_STAGE_HOLD], ARGS(I(object_type), S(pipeline_id), S(id)), out);
}

enum err stage_lock(struct ctx *c, const struct stage *s)
{
	struct stage row;
	return db_one(c, &stage_rows[Q_STAGE_LOCK], ARGS(I(s->object_type), S(s->pipeline_id), S(s->id)), &row);
}

enum err stage_load_any(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out)
{
	return db_one(c, &stage_rows[Q_STAGE_LOAD_ANY], ARGS(I(object_type), S(pipeline_id), S(id)), out);
}

enum err stage_list_of(struct ctx *c, int64_t object_type, struct str pipeline_id, struct stage **out, size_t *n_out)
{
	return db_all(c, &stage_rows[Q_STAGE_LIST_OF], ARGS(I(object_type), S(pipeline_id)), out, n_out);
}

enum err stage_anywhere(struct ctx *c, int64_t object_type, struct str id, struct stage *out)
{
	return db_one(c, &stage_rows[Q_STAGE_ANYWHERE], ARGS(I(object_type), S(id)), out);
}

enum err stage_save(struct ctx *c, const struct stage *s)
{
	struct stage kept;
	return db_one(c, &stage_rows[Q_STAGE_SAVE],
	              ARGS(I(s->object_type), S(s->pipeline_id), S(s->id), S(s->label), I(s->display_order), I(s->is_closed),
	                   S(s->metadata), I(s->created_at), I(s->updated_at), I(s->archived_at),
	                   S(s->demands.p ? s->demands : STR(""))),
	              &kept);
}

enum err stage_users(struct ctx *c, const struct stage *s, int64_t most, int64_t **ids_out, size_t *n_out)
{
	_Static_assert(sizeof(struct row_id) == sizeof(int64_t), "a row is an id");
	return db_all(c, &stage_rows[Q_STAGE_USED], ARGS(I(s->object_type), S(s->pipeline_id), S(s->id), I(most)), ids_out, n_out);
}

enum err stage_is_of_inbox(struct ctx *c, const struct stage *s, bool *out)
{
	struct row_id *rows;
	size_t n;
	TRY(db_all(c, &stage_rows[Q_STAGE_OF_INBOX], ARGS(S(s->pipeline_id), S(s->id)), &rows, &n));
	*out = n > 0;
	return OK;
}

static const struct field pipeline_change_fields[] = {
	FIELD(struct pipeline_change, id, F_ID),
	FIELD(struct pipeline_change, object_type, F_ID),
	FIELD(struct pipeline_change, pipeline_id, F_STR),
	FIELD(struct pipeline_change, stage_id, F_STR, .flags = F_NULL),
	FIELD(struct pipeline_change, action, F_STR),
	FIELD(struct pipeline_change, at, F_TIME),
	FIELD(struct pipeline_change, user_id, F_ID),
	FIELD(struct pipeline_change, body, F_JSON),
};
static const struct shape pipeline_change_shape = SHAPE("PipelineChange", struct pipeline_change, pipeline_change_fields);

enum { Q_CHANGE_INSERT, Q_CHANGES, Q_CHANGES_OF_STAGE };
static const struct sql pipeline_change_rows[] = {
	[Q_CHANGE_INSERT] = {"INSERT INTO pipeline_change @insert @back", &pipeline_change_shape},
	[Q_CHANGES] = {"SELECT @cols FROM pipeline_change WHERE object_type = $1 AND pipeline_id = $2 AND stage_id IS NULL"
	               " ORDER BY id DESC LIMIT $3", &pipeline_change_shape},
	[Q_CHANGES_OF_STAGE] = {"SELECT @cols FROM pipeline_change WHERE object_type = $1 AND pipeline_id = $2 AND stage_id = $3"
	                        " ORDER BY id DESC LIMIT $4", &pipeline_change_shape},
};
const struct sql_table pipeline_change_sql = SQL_TABLE("pipeline_change", pipeline_change_rows);

enum err pipeline_change_insert(struct ctx *c, struct pipeline_change *change)
{
	return db_put(c, &pipeline_change_rows[Q_CHANGE_INSERT], change, change);
}

enum err pipeline_change_list(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str stage_id, int64_t limit,
                              struct pipeline_change **out, size_t *n_out)
{
	if (str_is_null(stage_id))
		return db_all(c, &pipeline_change_rows[Q_CHANGES], ARGS(I(object_type), S(pipeline_id), I(limit)), out, n_out);
	return db_all(c, &pipeline_change_rows[Q_CHANGES_OF_STAGE], ARGS(I(object_type), S(pipeline_id), S(stage_id), I(limit)), out,
	              n_out);
}
