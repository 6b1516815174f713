#include "store/team.h"

#include "store/all_sql.h"

static const struct field team_fields[] = {
	FIELD(struct team, id, F_ID),
	FIELD(struct team, name, F_STR, .max = 200),
	FIELD(struct team, created_at, F_TIME),
	FIELD(struct team, updated_at, F_TIME),
	FIELD(struct team, archived_at, F_TIME),
};
const struct shape team_shape = SHAPE("TeamRow", struct team, team_fields);

enum { Q_TEAM_INSERT, Q_TEAM_UPDATE, Q_TEAM_LOAD, Q_TEAM_LIST };
static const struct sql team_rows[] = {
	[Q_TEAM_INSERT] = {"INSERT INTO team @insert @back", &team_shape},
	[Q_TEAM_UPDATE] = {"UPDATE team SET @update WHERE id = @key @back", &team_shape},
	[Q_TEAM_LOAD] = {"SELECT @cols FROM team WHERE id = $1 AND archived_at = 0", &team_shape},
	[Q_TEAM_LIST] = {"SELECT @cols FROM team WHERE archived_at = 0 ORDER BY id", &team_shape},
};
const struct sql_table team_sql = SQL_TABLE("team", team_rows);

static const struct field team_member_fields[] = {
	FIELD(struct team_member, user_id, F_ID),
	FIELD(struct team_member, team_id, F_ID),
	FIELD(struct team_member, is_primary, F_BOOL),
	FIELD(struct team_member, team_name, F_STR),
};
static const struct shape team_member_shape = SHAPE("TeamMember", struct team_member, team_member_fields);

#define MEMBER_WITH_NAME                                                          \
	"SELECT m.user_id, m.team_id, m.is_primary, t.name AS team_name FROM team_member m" \
	" JOIN team t ON t.id = m.team_id"

enum { Q_MEMBER_LIST, Q_MEMBER_OF_TEAM, Q_MEMBER_PUT, Q_MEMBER_REMOVE, Q_MEMBER_REMOVE_USER, Q_MEMBER_REMOVE_TEAM };
static const struct sql team_member_rows[] = {
	[Q_MEMBER_LIST] = {MEMBER_WITH_NAME " WHERE m.user_id >= $1 AND m.user_id <= $2"
	                   " ORDER BY m.user_id, m.is_primary DESC, m.team_id", &team_member_shape},
	[Q_MEMBER_OF_TEAM] = {MEMBER_WITH_NAME " WHERE m.team_id = $1 ORDER BY m.user_id", &team_member_shape},
	[Q_MEMBER_PUT] = {"INSERT INTO team_member (user_id, team_id, is_primary) VALUES ($1, $2, $3)"
	                  " ON CONFLICT (user_id, team_id) DO UPDATE SET is_primary = excluded.is_primary", NULL},
	[Q_MEMBER_REMOVE] = {"DELETE FROM team_member WHERE user_id = $1 AND team_id = $2", NULL},
	[Q_MEMBER_REMOVE_USER] = {"DELETE FROM team_member WHERE user_id = $1", NULL},
	[Q_MEMBER_REMOVE_TEAM] = {"DELETE FROM team_member WHERE team_id = $1", NULL},
};
const struct sql_table team_member_sql = SQL_TABLE("team_member", team_member_rows);

enum err team_insert(struct ctx *c, struct team *t)
{
	t->created_at = t->updated_at = c->now;
	return db_put(c, &team_rows[Q_TEAM_INSERT], t, t);
}

enum err team_update(struct ctx *c, struct team *t)
{
	t->updated_at = c->now;
	return db_put(c, &team_rows[Q_TEAM_UPDATE], t, t);
}

enum err team_load(struct ctx *c, int64_t id, struct team *out)
{
	return db_one(c, &team_rows[Q_TEAM_LOAD], ARGS(I(id)), out);
}

enum err team_list(struct ctx *c, struct team **out, size_t *n_out)
{
	return db_all(c, &team_rows[Q_TEAM_LIST], NO_ARGS, out, n_out);
}

enum err team_member_list(struct ctx *c, int64_t first_user_id, int64_t last_user_id, struct team_member **out,
                          size_t *n_out)
{
	return db_all(c, &team_member_rows[Q_MEMBER_LIST], ARGS(I(first_user_id), I(last_user_id)), out, n_out);
}

enum err team_member_list_of_team(struct ctx *c, int64_t team_id, struct team_member **out, size_t *n_out)
{
	return db_all(c, &team_member_rows[Q_MEMBER_OF_TEAM], ARGS(I(team_id)), out, n_out);
}

enum err team_member_put(struct ctx *c, const struct team_member *m)
{
	return db_exec(c, &team_member_rows[Q_MEMBER_PUT], ARGS(I(m->user_id), I(m->team_id), I(m->is_primary)), NULL);
}

enum err team_member_remove(struct ctx *c, int64_t user_id, int64_t team_id)
{
	return db_exec(c, &team_member_rows[Q_MEMBER_REMOVE], ARGS(I(user_id), I(team_id)), NULL);
}

enum err team_member_remove_user(struct ctx *c, int64_t user_id)
{
	return db_exec(c, &team_member_rows[Q_MEMBER_REMOVE_USER], ARGS(I(user_id)), NULL);
}

enum err team_member_remove_team(struct ctx *c, int64_t team_id)
{
	return db_exec(c, &team_member_rows[Q_MEMBER_REMOVE_TEAM], ARGS(I(team_id)), NULL);
}
