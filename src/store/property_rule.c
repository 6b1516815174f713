#include "store/property_rule.h"

#include "store/all_sql.h"

static const struct field property_rule_fields[] = {
	FIELD(struct property_rule, id, F_ID),
	FIELD(struct property_rule, object_type, F_ID),
	FIELD(struct property_rule, property, F_STR),
	FIELD(struct property_rule, option_values, F_JSON),
	FIELD(struct property_rule, shows, F_STR),
	FIELD(struct property_rule, demands, F_STR),
	FIELD(struct property_rule, created_at, F_TIME),
	FIELD(struct property_rule, updated_at, F_TIME),
};
static const struct shape property_rule_shape = SHAPE("PropertyRuleRow", struct property_rule, property_rule_fields);

enum { Q_LIST, Q_LOAD, Q_INSERT, Q_UPDATE, Q_REMOVE };
static const struct sql property_rule_rows[] = {
	[Q_LIST] = {"SELECT @cols FROM property_rule ORDER BY object_type, id", &property_rule_shape},
	[Q_LOAD] = {"SELECT @cols FROM property_rule WHERE id = $1 AND object_type = $2", &property_rule_shape},
	[Q_INSERT] = {"INSERT INTO property_rule @insert @back", &property_rule_shape},
	[Q_UPDATE] = {"UPDATE property_rule SET @update WHERE id = @key @back", &property_rule_shape},
	[Q_REMOVE] = {"DELETE FROM property_rule WHERE id = $1", NULL},
};
const struct sql_table property_rule_sql = SQL_TABLE("property_rule", property_rule_rows);

enum err property_rule_list(struct ctx *c, struct property_rule **out, size_t *n_out)
{
	return db_all(c, &property_rule_rows[Q_LIST], NO_ARGS, out, n_out);
}

enum err property_rule_load(struct ctx *c, int64_t object_type, int64_t id, struct property_rule *out)
{
	return db_one(c, &property_rule_rows[Q_LOAD], ARGS(I(id), I(object_type)), out);
}

enum err property_rule_insert(struct ctx *c, struct property_rule *rule)
{
	return db_put(c, &property_rule_rows[Q_INSERT], rule, rule);
}

enum err property_rule_update(struct ctx *c, struct property_rule *rule)
{
	return db_put(c, &property_rule_rows[Q_UPDATE], rule, rule);
}

enum err property_rule_remove(struct ctx *c, int64_t id)
{
	return db_exec(c, &property_rule_rows[Q_REMOVE], ARGS(I(id)), NULL);
}
