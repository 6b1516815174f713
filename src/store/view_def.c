#include "store/view_def.h"

#include "store/all_sql.h"

static const struct field view_def_fields[] = {
	FIELD(struct view_def, id, F_ID),
	FIELD(struct view_def, name, F_STR),
	FIELD(struct view_def, filter_groups, F_JSON),
	FIELD(struct view_def, sort, F_STR),
	FIELD(struct view_def, columns, F_JSON),
	FIELD(struct view_def, audience, F_STR),
	FIELD(struct view_def, user_id, F_ID),
	FIELD(struct view_def, created_at, F_TIME),
	FIELD(struct view_def, updated_at, F_TIME),
	FIELD(struct view_def, archived_at, F_TIME),
};
static const struct shape view_def_shape = SHAPE("TicketViewRow", struct view_def, view_def_fields);

static const struct field view_team_fields[] = {
	FIELD(struct view_team, view_id, F_ID),
	FIELD(struct view_team, team_id, F_ID),
};
static const struct shape view_team_shape = SHAPE("TicketViewTeamRow", struct view_team, view_team_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_LIST };
static const struct sql view_def_rows[] = {
	[Q_INSERT] = {"INSERT INTO ticket_view @insert @back", &view_def_shape},
	[Q_UPDATE] = {"UPDATE ticket_view SET @update WHERE id = @key @back", &view_def_shape},
	[Q_LOAD] = {"SELECT @cols FROM ticket_view WHERE id = $1", &view_def_shape},
	[Q_LIST] = {"SELECT @cols FROM ticket_view WHERE archived_at = 0 ORDER BY id", &view_def_shape},
};
const struct sql_table view_def_sql = SQL_TABLE("ticket_view", view_def_rows);

enum { Q_TEAMS, Q_TEAMS_OF, Q_TEAM_ADD, Q_TEAM_CLEAR };
static const struct sql view_team_rows[] = {
	[Q_TEAMS] = {"SELECT @cols FROM ticket_view_team ORDER BY view_id, team_id", &view_team_shape},
	[Q_TEAMS_OF] = {"SELECT @cols FROM ticket_view_team WHERE view_id = $1 ORDER BY team_id", &view_team_shape},
	[Q_TEAM_ADD] = {"INSERT INTO ticket_view_team (view_id, team_id) VALUES ($1, $2)", NULL},
	[Q_TEAM_CLEAR] = {"DELETE FROM ticket_view_team WHERE view_id = $1", NULL},
};
const struct sql_table view_team_sql = SQL_TABLE("ticket_view_team", view_team_rows);

enum err view_def_insert(struct ctx *c, struct view_def *v)
{
	v->created_at = v->updated_at = c->now;
	return db_put(c, &view_def_rows[Q_INSERT], v, v);
}

enum err view_def_update(struct ctx *c, struct view_def *v)
{
	v->updated_at = c->now;
	return db_put(c, &view_def_rows[Q_UPDATE], v, v);
}

enum err view_def_load(struct ctx *c, int64_t id, struct view_def *out)
{
	return db_one(c, &view_def_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err view_def_list(struct ctx *c, struct view_def **out, size_t *n_out)
{
	return db_all(c, &view_def_rows[Q_LIST], NO_ARGS, out, n_out);
}

enum err view_team_list(struct ctx *c, struct view_team **out, size_t *n_out)
{
	return db_all(c, &view_team_rows[Q_TEAMS], NO_ARGS, out, n_out);
}

enum err view_team_list_of(struct ctx *c, int64_t view_id, struct view_team **out, size_t *n_out)
{
	return db_all(c, &view_team_rows[Q_TEAMS_OF], ARGS(I(view_id)), out, n_out);
}

enum err view_team_set(struct ctx *c, int64_t view_id, const int64_t *team_ids, size_t n)
{
	TRY(db_exec(c, &view_team_rows[Q_TEAM_CLEAR], ARGS(I(view_id)), NULL));
	for (size_t i = 0; i < n; i++)
		TRY(db_exec(c, &view_team_rows[Q_TEAM_ADD], ARGS(I(view_id), I(team_ids[i])), NULL));
	return OK;
}
