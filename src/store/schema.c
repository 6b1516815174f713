#include "store/schema.h"

#include "store/all_sql.h"

struct definition_number {
	int64_t number;
};
static const struct field number_fields[] = {FIELD(struct definition_number, number, F_INT)};
static const struct shape number_shape = SHAPE("DefinitionNumber", struct definition_number, number_fields);

enum { Q_NUMBER, Q_NEXT };
static const struct sql number_rows[] = {
	[Q_NUMBER] = {"SELECT @cols FROM definition_number WHERE id = 1", &number_shape},
	[Q_NEXT] = {"UPDATE definition_number SET number = number + 1 WHERE id = 1 RETURNING @cols", &number_shape},
};
const struct sql_table definition_number_sql = SQL_TABLE("definition_number", number_rows);

static const struct field type_fields[] = {
	FIELD(struct object_type, id, F_ID),
	FIELD(struct object_type, type_id, F_STR),
	FIELD(struct object_type, singular, F_STR),
	FIELD(struct object_type, plural, F_STR),
	FIELD(struct object_type, label, F_STR),
	FIELD(struct object_type, label_property, F_STR),
	FIELD(struct object_type, unique_property, F_STR),
	FIELD(struct object_type, created_property, F_STR),
	FIELD(struct object_type, modified_property, F_STR),
	FIELD(struct object_type, default_properties, F_STR),
	FIELD(struct object_type, required_properties, F_STR),
	FIELD(struct object_type, default_pipeline, F_STR),
	FIELD(struct object_type, is_read_only, F_BOOL),
	FIELD(struct object_type, plural_label, F_STR),
	FIELD(struct object_type, description, F_STR),
	FIELD(struct object_type, secondary_properties, F_STR),
	FIELD(struct object_type, searchable_properties, F_STR),
	FIELD(struct object_type, is_custom, F_BOOL),
	FIELD(struct object_type, created_by, F_ID),
	FIELD(struct object_type, updated_by, F_ID),
	FIELD(struct object_type, created_at, F_TIME),
	FIELD(struct object_type, updated_at, F_TIME),
	FIELD(struct object_type, archived_at, F_TIME),
};
static const struct shape type_shape = SHAPE("ObjectType", struct object_type, type_fields);

/* Of every column, for a row that has its id already. */
#define INSERT_TYPE "INSERT INTO object_type (@cols) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16," \
	" $17, $18, $19, $20, $21, $22, $23)"

enum {
	Q_TYPE_PUT,
	Q_TYPE_SAVE,
	Q_TYPE_LIST,
	Q_TYPE_LOAD,
	Q_TYPE_HOLD,
	Q_TYPE_LOCK,
	Q_TYPE_DROP_LINKS, /* and so on: what goes with a type, in this order */
	Q_TYPE_DROP_STAGES,
	Q_TYPE_DROP_RULES,
	Q_TYPE_DROP_PIPELINES,
	Q_TYPE_DROP_PIPELINE_CHANGES,
	Q_TYPE_DROP_MERGES,
	Q_TYPE_DROP_LIST_MEMBERS,
	Q_TYPE_DROP_LISTS,
	Q_TYPE_DROP_PROPERTIES,
	Q_TYPE_DROP_GROUPS,
	Q_TYPE_DROP,
};
static const struct sql type_rows[] = {
	[Q_TYPE_PUT] = {INSERT_TYPE
	                " ON CONFLICT (id) DO UPDATE SET label_property = excluded.label_property,"
	                " unique_property = excluded.unique_property, created_property = excluded.created_property,"
	                " modified_property = excluded.modified_property, default_properties = excluded.default_properties,"
	                " required_properties = excluded.required_properties, is_read_only = excluded.is_read_only,"
	                " plural_label = excluded.plural_label RETURNING @cols", &type_shape},
	[Q_TYPE_SAVE] = {INSERT_TYPE
	                 " ON CONFLICT (id) DO UPDATE SET label = excluded.label, plural_label = excluded.plural_label,"
	                 " description = excluded.description, label_property = excluded.label_property,"
	                 " default_properties = excluded.default_properties, required_properties = excluded.required_properties,"
	                 " secondary_properties = excluded.secondary_properties,"
	                 " searchable_properties = excluded.searchable_properties, default_pipeline = excluded.default_pipeline,"
	                 " updated_by = excluded.updated_by, updated_at = excluded.updated_at, archived_at = excluded.archived_at"
	                 " RETURNING @cols", &type_shape},
	[Q_TYPE_LIST] = {"SELECT @cols FROM object_type ORDER BY id", &type_shape},
	[Q_TYPE_LOAD] = {"SELECT @cols FROM object_type WHERE id = $1", &type_shape},
	[Q_TYPE_HOLD] = {"SELECT @cols FROM object_type WHERE id = $1 AND archived_at = 0 @hold", &type_shape},
	[Q_TYPE_LOCK] = {"SELECT @cols FROM object_type WHERE id = $1 @lock", &type_shape},
	[Q_TYPE_DROP_LINKS] = {"DELETE FROM association_type WHERE from_type = $1 OR to_type = $1", NULL},
	[Q_TYPE_DROP_STAGES] = {"DELETE FROM stage WHERE object_type = $1", NULL},
	[Q_TYPE_DROP_RULES] = {"DELETE FROM property_rule WHERE object_type = $1", NULL},
	[Q_TYPE_DROP_PIPELINES] = {"DELETE FROM pipeline WHERE object_type = $1", NULL},
	[Q_TYPE_DROP_PIPELINE_CHANGES] = {"DELETE FROM pipeline_change WHERE object_type = $1", NULL},
	[Q_TYPE_DROP_MERGES] = {"DELETE FROM object_merge WHERE object_type = $1", NULL},
	[Q_TYPE_DROP_LIST_MEMBERS] = {"DELETE FROM list_member WHERE list_id IN (SELECT id FROM object_list WHERE object_type = $1)",
	                              NULL},
	[Q_TYPE_DROP_LISTS] = {"DELETE FROM object_list WHERE object_type = $1", NULL},
	[Q_TYPE_DROP_PROPERTIES] = {"DELETE FROM property WHERE object_type = $1", NULL},
	[Q_TYPE_DROP_GROUPS] = {"DELETE FROM property_group WHERE object_type = $1", NULL},
	[Q_TYPE_DROP] = {"DELETE FROM object_type WHERE id = $1", NULL},
};
const struct sql_table type_sql = SQL_TABLE("object_type", type_rows);

static const struct field property_fields[] = {
	FIELD(struct property, object_type, F_ID),
	FIELD(struct property, name, F_STR),
	FIELD(struct property, label, F_STR),
	FIELD(struct property, description, F_STR),
	FIELD(struct property, type, F_STR),
	FIELD(struct property, field_type, F_STR),
	FIELD(struct property, group_name, F_STR),
	FIELD(struct property, options, F_JSON),
	FIELD(struct property, kept_in, F_STR),
	FIELD(struct property, display_order, F_INT),
	FIELD(struct property, is_read_only, F_BOOL),
	FIELD(struct property, is_calculated, F_BOOL),
	FIELD(struct property, is_hidden, F_BOOL),
	FIELD(struct property, is_unique, F_BOOL),
	FIELD(struct property, is_built_in, F_BOOL),
	FIELD(struct property, is_form_field, F_BOOL),
	FIELD(struct property, created_at, F_TIME),
	FIELD(struct property, updated_at, F_TIME),
	FIELD(struct property, archived_at, F_TIME),
};
static const struct shape property_shape = SHAPE("Property", struct property, property_fields);

static const struct field group_fields[] = {
	FIELD(struct property_group, object_type, F_ID),
	FIELD(struct property_group, name, F_STR),
	FIELD(struct property_group, label, F_STR),
	FIELD(struct property_group, display_order, F_INT),
	FIELD(struct property_group, archived_at, F_TIME),
};
static const struct shape group_shape = SHAPE("PropertyGroup", struct property_group, group_fields);

enum {
	Q_PROPERTY_PUT,
	Q_PROPERTY_LIST,
	Q_PROPERTY_LIST_OF,
	Q_PROPERTY_LIST_ARCHIVED,
	Q_PROPERTY_LOAD,
	Q_PROPERTY_SAVE,
	Q_GROUP_PUT,
	Q_GROUP_LIST,
	Q_GROUP_LOAD,
	Q_GROUP_SAVE,
};
static const struct sql property_rows[] = {
	[Q_PROPERTY_PUT] = {"INSERT INTO property @insert ON CONFLICT (object_type, name) DO UPDATE SET kept_in = excluded.kept_in"
	                    " RETURNING @cols", &property_shape},
	[Q_PROPERTY_LIST] = {"SELECT @cols FROM property WHERE archived_at = 0 ORDER BY object_type, display_order, name",
	                     &property_shape},
	[Q_PROPERTY_LIST_OF] = {"SELECT @cols FROM property WHERE object_type = $1 AND archived_at = 0 ORDER BY display_order, name",
	                        &property_shape},
	[Q_PROPERTY_LIST_ARCHIVED] = {"SELECT @cols FROM property WHERE object_type = $1 AND archived_at > 0"
	                              " ORDER BY display_order, name", &property_shape},
	[Q_PROPERTY_LOAD] = {"SELECT @cols FROM property WHERE object_type = $1 AND name = $2", &property_shape},
	[Q_PROPERTY_SAVE] = {"INSERT INTO property @insert ON CONFLICT (object_type, name) DO UPDATE SET label = excluded.label,"
	                     " description = excluded.description, type = excluded.type, field_type = excluded.field_type,"
	                     " group_name = excluded.group_name, options = excluded.options,"
	                     " display_order = excluded.display_order, is_hidden = excluded.is_hidden,"
	                     " is_form_field = excluded.is_form_field, is_unique = excluded.is_unique, created_at = excluded.created_at,"
	                     " updated_at = excluded.updated_at, archived_at = excluded.archived_at RETURNING @cols",
	                     &property_shape},
	[Q_GROUP_LIST] = {"SELECT @cols FROM property_group WHERE object_type = $1 AND archived_at = 0 ORDER BY display_order, name",
	                  &group_shape},
	[Q_GROUP_LOAD] = {"SELECT @cols FROM property_group WHERE object_type = $1 AND name = $2", &group_shape},
	[Q_GROUP_SAVE] = {"INSERT INTO property_group @insert ON CONFLICT (object_type, name) DO UPDATE SET label = excluded.label,"
	                  " display_order = excluded.display_order, archived_at = excluded.archived_at RETURNING @cols",
	                  &group_shape},
	[Q_GROUP_PUT] = {"INSERT INTO property_group (object_type, name, label, display_order, archived_at)"
	                 " VALUES ($1, $2, $3, $4, 0) ON CONFLICT (object_type, name) DO NOTHING", NULL},
};
const struct sql_table property_sql = SQL_TABLE("property", property_rows);

static const struct field association_type_fields[] = {
	FIELD(struct association_type, type_id, F_ID),
	FIELD(struct association_type, inverse_id, F_ID),
	FIELD(struct association_type, from_type, F_ID),
	FIELD(struct association_type, to_type, F_ID),
	FIELD(struct association_type, name, F_STR),
	FIELD(struct association_type, label, F_STR, .flags = F_NULL),
	FIELD(struct association_type, category, F_STR),
	FIELD(struct association_type, is_primary, F_BOOL),
	FIELD(struct association_type, max_to_objects, F_INT),
};
const struct shape association_type_shape = SHAPE("AssociationType", struct association_type, association_type_fields);

enum {
	Q_ASSOCIATION_TYPE_PUT,
	Q_ASSOCIATION_TYPE_LOAD,
	Q_ASSOCIATION_TYPE_DEFAULT,
	Q_ASSOCIATION_TYPE_LIST,
	Q_ASSOCIATION_TYPE_OF,
	Q_ASSOCIATION_TYPE_USER,
	Q_ASSOCIATION_TYPE_REMOVE,
	Q_ASSOCIATION_TYPE_ALL,
};
static const struct sql association_type_rows[] = {
	[Q_ASSOCIATION_TYPE_PUT] = {"INSERT INTO association_type (type_id, inverse_id, from_type, to_type, name, label, category,"
	                            " is_primary) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (type_id) DO NOTHING", NULL},
	[Q_ASSOCIATION_TYPE_LOAD] = {"SELECT @cols FROM association_type WHERE type_id = $1", &association_type_shape},
	[Q_ASSOCIATION_TYPE_DEFAULT] = {"SELECT @cols FROM association_type WHERE from_type = $1 AND to_type = $2 AND label IS NULL"
	                                " AND is_primary = 0 ORDER BY type_id LIMIT 1", &association_type_shape},
	[Q_ASSOCIATION_TYPE_LIST] = {"SELECT @cols FROM association_type WHERE from_type = $1 AND to_type = $2 ORDER BY type_id",
	                             &association_type_shape},
	[Q_ASSOCIATION_TYPE_OF] = {"SELECT @cols FROM association_type WHERE from_type = $1 OR to_type = $1 ORDER BY type_id",
	                           &association_type_shape},
	[Q_ASSOCIATION_TYPE_USER] = {"SELECT association.from_id AS number FROM object JOIN association ON association.from_id ="
	                             " object.id AND association.to_type = $2 WHERE object.object_type = $1 LIMIT 1", &number_shape},
	[Q_ASSOCIATION_TYPE_REMOVE] = {"DELETE FROM association_type WHERE type_id = $1", NULL},
	[Q_ASSOCIATION_TYPE_ALL] = {"SELECT @cols FROM association_type ORDER BY type_id", &association_type_shape},
};
const struct sql_table association_type_sql = SQL_TABLE("association_type", association_type_rows);

enum err definition_number(struct ctx *c, int64_t *out)
{
	struct definition_number row;
	TRY(db_one(c, &number_rows[Q_NUMBER], NO_ARGS, &row));
	*out = row.number;
	return OK;
}

enum err definition_next(struct ctx *c, int64_t *out)
{
	struct definition_number row;
	TRY(db_one(c, &number_rows[Q_NEXT], NO_ARGS, &row));
	*out = row.number;
	return OK;
}

/* Not said is empty. */
static struct sql_value said(struct str text)
{
	return db_text(str_is_null(text) ? STR("") : text);
}

static enum err write_type(struct ctx *c, int query, const struct object_type *t)
{
	struct object_type kept;
	return db_one(c, &type_rows[query],
	              ARGS(I(t->id), S(t->type_id), S(t->singular), S(t->plural), S(t->label), S(t->label_property),
	                   S(t->unique_property), S(t->created_property), S(t->modified_property), S(t->default_properties),
	                   S(t->required_properties), S(t->default_pipeline), I(t->is_read_only), said(t->plural_label),
	                   said(t->description), said(t->secondary_properties), said(t->searchable_properties), I(t->is_custom),
	                   I(t->created_by), I(t->updated_by), I(t->created_at), I(t->updated_at), I(t->archived_at)),
	              &kept);
}

enum err object_type_put(struct ctx *c, const struct object_type *t)
{
	return write_type(c, Q_TYPE_PUT, t);
}

enum err object_type_save(struct ctx *c, const struct object_type *t)
{
	return write_type(c, Q_TYPE_SAVE, t);
}

enum err object_type_load(struct ctx *c, int64_t id, struct object_type *out)
{
	return db_one(c, &type_rows[Q_TYPE_LOAD], ARGS(I(id)), out);
}

enum err object_type_hold(struct ctx *c, int64_t id)
{
	struct object_type held;
	return db_one(c, &type_rows[Q_TYPE_HOLD], ARGS(I(id)), &held);
}

enum err object_type_lock(struct ctx *c, int64_t id, struct object_type *out)
{
	return db_one(c, &type_rows[Q_TYPE_LOCK], ARGS(I(id)), out);
}

enum err object_type_remove(struct ctx *c, int64_t id)
{
	for (int query = Q_TYPE_DROP_LINKS; query <= Q_TYPE_DROP; query++)
		TRY(db_exec(c, &type_rows[query], ARGS(I(id)), NULL));
	return OK;
}

enum err object_type_list(struct ctx *c, struct object_type **out, size_t *n_out)
{
	return db_all(c, &type_rows[Q_TYPE_LIST], NO_ARGS, out, n_out);
}

enum err property_put_built_in(struct ctx *c, struct property *p)
{
	p->created_at = p->updated_at = c->now;
	p->is_built_in = true;
	return db_put(c, &property_rows[Q_PROPERTY_PUT], p, p);
}

enum err property_list(struct ctx *c, struct property **out, size_t *n_out)
{
	return db_all(c, &property_rows[Q_PROPERTY_LIST], NO_ARGS, out, n_out);
}

enum err property_group_put(struct ctx *c, int64_t object_type, struct str name, struct str label, int64_t display_order)
{
	return db_exec(c, &property_rows[Q_GROUP_PUT], ARGS(I(object_type), S(name), S(label), I(display_order)), NULL);
}

enum err property_list_of(struct ctx *c, int64_t object_type, bool is_archived, struct property **out, size_t *n_out)
{
	const struct sql *q = &property_rows[is_archived ? Q_PROPERTY_LIST_ARCHIVED : Q_PROPERTY_LIST_OF];
	return db_all(c, q, ARGS(I(object_type)), out, n_out);
}

enum err property_load(struct ctx *c, int64_t object_type, struct str name, struct property *out)
{
	return db_one(c, &property_rows[Q_PROPERTY_LOAD], ARGS(I(object_type), S(name)), out);
}

enum err property_save(struct ctx *c, struct property *p)
{
	return db_put(c, &property_rows[Q_PROPERTY_SAVE], p, p);
}

enum err property_group_list(struct ctx *c, int64_t object_type, struct property_group **out, size_t *n_out)
{
	return db_all(c, &property_rows[Q_GROUP_LIST], ARGS(I(object_type)), out, n_out);
}

enum err property_group_load(struct ctx *c, int64_t object_type, struct str name, struct property_group *out)
{
	return db_one(c, &property_rows[Q_GROUP_LOAD], ARGS(I(object_type), S(name)), out);
}

enum err property_group_save(struct ctx *c, struct property_group *g)
{
	return db_put(c, &property_rows[Q_GROUP_SAVE], g, g);
}

enum err association_type_put(struct ctx *c, const struct association_type *t)
{
	return db_exec(c, &association_type_rows[Q_ASSOCIATION_TYPE_PUT],
	               ARGS(I(t->type_id), I(t->inverse_id), I(t->from_type), I(t->to_type), S(t->name), S(t->label), S(t->category),
	                    I(t->is_primary)),
	               NULL);
}

enum err association_type_all(struct ctx *c, struct association_type **out, size_t *n_out)
{
	return db_all(c, &association_type_rows[Q_ASSOCIATION_TYPE_ALL], NO_ARGS, out, n_out);
}

enum err association_type_load(struct ctx *c, int64_t type_id, struct association_type *out)
{
	return db_one(c, &association_type_rows[Q_ASSOCIATION_TYPE_LOAD], ARGS(I(type_id)), out);
}

enum err association_type_default(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type *out)
{
	return db_one(c, &association_type_rows[Q_ASSOCIATION_TYPE_DEFAULT], ARGS(I(from_type), I(to_type)), out);
}

enum err association_type_list(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type **out, size_t *n_out)
{
	return db_all(c, &association_type_rows[Q_ASSOCIATION_TYPE_LIST], ARGS(I(from_type), I(to_type)), out, n_out);
}

enum err association_type_list_of(struct ctx *c, int64_t object_type, struct association_type **out, size_t *n_out)
{
	return db_all(c, &association_type_rows[Q_ASSOCIATION_TYPE_OF], ARGS(I(object_type)), out, n_out);
}

enum err association_type_user(struct ctx *c, int64_t from_type, int64_t to_type, int64_t *id_out)
{
	struct definition_number row;
	TRY(db_one(c, &association_type_rows[Q_ASSOCIATION_TYPE_USER], ARGS(I(from_type), I(to_type)), &row));
	*id_out = row.number;
	return OK;
}

enum err association_type_remove(struct ctx *c, int64_t type_id)
{
	return db_exec(c, &association_type_rows[Q_ASSOCIATION_TYPE_REMOVE], ARGS(I(type_id)), NULL);
}
