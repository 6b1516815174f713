#include "store/object.h"

#include "db/sqlb.h"
#include "store/access.h"
#include "store/all_sql.h"

static const struct field object_fields[] = {
	FIELD(struct object, id, F_ID),
	FIELD(struct object, object_type, F_ID),
	FIELD(struct object, version, F_INT),
	FIELD(struct object, created_at, F_TIME),
	FIELD(struct object, updated_at, F_TIME),
	FIELD(struct object, archived_at, F_TIME),
	FIELD(struct object, label, F_STR),
	FIELD(struct object, unique_key, F_STR, .flags = F_NULL),
	FIELD(struct object, pipeline_id, F_STR, .flags = F_NULL),
	FIELD(struct object, stage_id, F_STR, .flags = F_NULL),
	FIELD(struct object, is_closed, F_BOOL),
	FIELD(struct object, owner_id, F_ID),
	FIELD(struct object, priority, F_STR, .flags = F_NULL),
	FIELD(struct object, activity_at, F_TIME),
	FIELD(struct object, closed_at, F_TIME),
	FIELD(struct object, contact_id, F_ID),
	FIELD(struct object, preview, F_STR, .flags = F_NULL),
	FIELD(struct object, is_last_from_visitor, F_BOOL),
	FIELD(struct object, snoozed_until, F_TIME),
	FIELD(struct object, snoozed_by, F_ID),
	FIELD(struct object, spam_at, F_TIME),
	FIELD(struct object, source, F_STR, .flags = F_NULL),
	FIELD(struct object, created_by, F_ID),
	FIELD(struct object, updated_by, F_ID),
	FIELD(struct object, seen_by, F_STR),
	FIELD(struct object, props, F_JSON),
};
const struct shape object_shape = SHAPE("ObjectRow", struct object, object_fields);

enum {
	Q_INSERT,
	Q_LOAD,
	Q_LOAD_ANY,
	Q_BY_KEY,
	Q_UPDATE,
	Q_SET_SEEN,
	Q_LIST,
	Q_LIST_ARCHIVED,
};
static const struct sql object_rows[] = {
	[Q_INSERT] = {"INSERT INTO object @insert @back", &object_shape},
	[Q_LOAD] = {"SELECT @cols FROM object WHERE id = $1 AND object_type = $2", &object_shape},
	[Q_LOAD_ANY] = {"SELECT @cols FROM object WHERE id = $1", &object_shape},
	[Q_BY_KEY] = {"SELECT @cols FROM object WHERE object_type = $1 AND unique_key = $2 AND archived_at = 0", &object_shape},
	[Q_UPDATE] = {"UPDATE object SET @update WHERE id = @key AND version = $2 - 1 @back", &object_shape},
	[Q_SET_SEEN] = {"UPDATE object SET seen_by = $2 WHERE id = $1", NULL},
	/* the ids from their own index, or PostgreSQL walks the ids of all types */
	[Q_LIST] = {"SELECT @cols FROM object WHERE id IN (SELECT id FROM object WHERE object_type = $1 AND archived_at = 0 AND id > $2"
	            " ORDER BY id LIMIT $3) ORDER BY id", &object_shape},
	[Q_LIST_ARCHIVED] = {"SELECT @cols FROM object WHERE object_type = $1 AND archived_at > 0 AND id > $2 ORDER BY id LIMIT $3",
	                     &object_shape},
};
const struct sql_table object_sql = SQL_TABLE("object", object_rows);

static const struct field change_fields[] = {
	FIELD(struct change, id, F_ID),
	FIELD(struct change, object_id, F_ID),
	FIELD(struct change, at, F_TIME),
	FIELD(struct change, source_type, F_STR),
	FIELD(struct change, source_id, F_STR, .flags = F_NULL),
	FIELD(struct change, user_id, F_ID),
	FIELD(struct change, changes, F_JSON),
};
static const struct shape change_shape = SHAPE("Change", struct change, change_fields);

enum { Q_CHANGE_INSERT, Q_CHANGE_LIST, Q_CHANGE_LOAD };
static const struct sql change_rows[] = {
	[Q_CHANGE_INSERT] = {"INSERT INTO object_change @insert @back", &change_shape},
	[Q_CHANGE_LIST] = {"SELECT @cols FROM object_change WHERE object_id = $1 ORDER BY id DESC LIMIT $2", &change_shape},
	[Q_CHANGE_LOAD] = {"SELECT @cols FROM object_change WHERE id = $1", &change_shape},
};
const struct sql_table change_sql = SQL_TABLE("object_change", change_rows);

enum err object_insert(struct ctx *c, struct object *o)
{
	o->version = 1;
	return db_put(c, &object_rows[Q_INSERT], o, o);
}

enum err object_lock(struct ctx *c, int64_t id)
{
	return db_lock_later(c, id);
}

int64_t object_key_lock(struct str unique_key)
{
	/* below the ids; two keys that share a lock wait for each other, no more */
	return -1 - (int64_t)(str_hash(unique_key) >> 1);
}

enum err object_lock_key(struct ctx *c, struct str unique_key)
{
	return db_lock(c, object_key_lock(unique_key));
}

enum err object_load(struct ctx *c, int64_t object_type, int64_t id, struct object *out)
{
	return db_one(c, &object_rows[Q_LOAD], ARGS(I(id), I(object_type)), out);
}

enum err object_load_any(struct ctx *c, int64_t id, struct object *out)
{
	return db_one(c, &object_rows[Q_LOAD_ANY], ARGS(I(id)), out);
}

enum err object_by_key(struct ctx *c, int64_t object_type, struct str unique_key, struct object *out)
{
	return db_one(c, &object_rows[Q_BY_KEY], ARGS(I(object_type), S(unique_key)), out);
}

enum err object_update(struct ctx *c, struct object *o)
{
	struct object next = *o;
	next.version++;
	next.updated_at = c->now;
	enum err e = db_put(c, &object_rows[Q_UPDATE], &next, o);
	return e == ERR_NOT_FOUND ? fail(c, ERR_STALE, "object %lld was changed meanwhile", (long long)next.id) : e;
}

enum err object_set_seen(struct ctx *c, int64_t id, struct str seen_by)
{
	return db_exec(c, &object_rows[Q_SET_SEEN], ARGS(I(id), S(seen_by)), NULL);
}

enum err object_list(struct ctx *c, int64_t object_type, bool is_archived, int64_t after, int64_t limit, struct object **out,
                     size_t *n_out)
{
	return db_all(c, &object_rows[is_archived ? Q_LIST_ARCHIVED : Q_LIST], ARGS(I(object_type), I(after), I(limit)), out, n_out);
}

/* The ids from their own indexes. */
enum err object_list_seen(struct ctx *c, const struct ticket_access *access, bool is_archived, int64_t after, int64_t limit,
                          struct object **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM object WHERE object_type = 5", NO_ARGS);
	if (is_archived)
		sqlb_add(&b, " AND archived_at > 0", NO_ARGS);
	else
		sqlb_add(&b, " AND archived_at = 0", NO_ARGS);
	sqlb_add(&b, " AND id > ?", ARGS(I(after)));
	if (access->view != REACH_ALL && !is_archived) {
		sqlb_add(&b, " AND id", NO_ARGS);
		access_add_ids(c, &b, access);
	} else {
		access_add(c, &b, access);
	}
	sqlb_add(&b, " ORDER BY id LIMIT ?", ARGS(I(limit)));
	return sqlb_all(c, &b, &object_shape, out, n_out);
}

enum err change_insert(struct ctx *c, const struct change *change)
{
	struct change row = *change;
	return change_put(c, &row);
}

enum err change_put(struct ctx *c, struct change *change)
{
	return db_put(c, &change_rows[Q_CHANGE_INSERT], change, change);
}

enum err change_load(struct ctx *c, int64_t id, struct change *out)
{
	return db_one(c, &change_rows[Q_CHANGE_LOAD], ARGS(I(id)), out);
}

enum err change_list(struct ctx *c, int64_t object_id, int64_t limit, struct change **out, size_t *n_out)
{
	return db_all(c, &change_rows[Q_CHANGE_LIST], ARGS(I(object_id), I(limit)), out, n_out);
}
