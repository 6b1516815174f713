/* A ticket is seen when somebody's reach has it or when it is shared with him or a team of his, and when its pipeline is not for others.
 * Owners, teams and pipelines travel as one list each, so that a statement is the same text for everybody. */

#include "store/access.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/sqlb.h"
#include "store/all_sql.h"
#include "store/word_index.h"

enum { MAX_NAMES_BYTES = 1 << 20 };

struct owner_rights {
	int64_t owner_id;
	struct rights rights;
};
static const struct field rights_fields[] = {
	FIELD(struct owner_rights, owner_id, F_ID),
	RIGHTS_FIELDS(struct owner_rights, rights),
};
static const struct shape rights_shape = SHAPE("OwnerRights", struct owner_rights, rights_fields);

struct access_id {
	int64_t id;
};
static const struct field id_fields[] = {FIELD(struct access_id, id, F_ID)};
static const struct shape id_shape = SHAPE("AccessId", struct access_id, id_fields);

struct access_name {
	struct str id;
};
static const struct field name_fields[] = {FIELD(struct access_name, id, F_STR)};
static const struct shape name_shape = SHAPE("AccessName", struct access_name, name_fields);

static const struct field pipeline_access_fields[] = {
	FIELD(struct pipeline_access, user_id, F_ID),
	FIELD(struct pipeline_access, team_id, F_ID),
};
static const struct shape pipeline_access_shape = SHAPE("PipelineAccess", struct pipeline_access, pipeline_access_fields);

#define TEAMS_OF_USER "(SELECT team_id FROM team_member WHERE user_id = $1)"

enum { Q_MATES, Q_TEAMS, Q_CLOSED, Q_RIGHTS, Q_SHARE_REMOVE, Q_SHARE_PUT, Q_PIPELINE_LIST, Q_PIPELINE_REMOVE, Q_PIPELINE_PUT };
static const struct sql access_rows[] = {
	[Q_MATES] = {"SELECT DISTINCT o.id FROM team_member m JOIN owner o ON o.user_id = m.user_id WHERE m.team_id IN " TEAMS_OF_USER
	             " ORDER BY o.id", &id_shape},
	[Q_TEAMS] = {"SELECT team_id AS id FROM team_member WHERE user_id = $1 ORDER BY team_id", &id_shape},
	[Q_CLOSED] = {"SELECT DISTINCT pipeline_id AS id FROM pipeline_access WHERE object_type = $2 AND pipeline_id NOT IN"
	              " (SELECT pipeline_id FROM pipeline_access WHERE object_type = $2 AND (user_id = $1 OR team_id IN " TEAMS_OF_USER "))"
	              " ORDER BY 1", &name_shape},
	[Q_RIGHTS] = {"SELECT o.id AS owner_id, " RIGHTS_OF_USER " FROM desk_user u JOIN owner o ON o.user_id = u.id"
	              " WHERE u.id = $1 AND u.is_active = 1", &rights_shape},
	[Q_SHARE_REMOVE] = {"DELETE FROM ticket_share WHERE ticket_id = $1", NULL},
	[Q_SHARE_PUT] = {"INSERT INTO ticket_share (ticket_id, user_id, team_id) VALUES ($1, $2, $3)"
	                 " ON CONFLICT (ticket_id, user_id, team_id) DO NOTHING", NULL},
	[Q_PIPELINE_LIST] = {"SELECT @cols FROM pipeline_access WHERE object_type = $1 AND pipeline_id = $2 ORDER BY user_id, team_id",
	                     &pipeline_access_shape},
	[Q_PIPELINE_REMOVE] = {"DELETE FROM pipeline_access WHERE object_type = $1 AND pipeline_id = $2", NULL},
	[Q_PIPELINE_PUT] = {"INSERT INTO pipeline_access (object_type, pipeline_id, user_id, team_id) VALUES ($1, $2, $3, $4)"
	                    " ON CONFLICT (object_type, pipeline_id, user_id, team_id) DO NOTHING", NULL},
};
const struct sql_table ticket_access_sql = SQL_TABLE("ticket_access", access_rows);

_Static_assert(sizeof(struct access_id) == sizeof(int64_t), "a row is its id");
_Static_assert(sizeof(struct access_name) == sizeof(struct str), "a row is its name");

static enum err ids_of(struct ctx *c, const struct sql *q, int64_t user_id, int64_t **out, size_t *n_out)
{
	struct access_id *rows;
	TRY(db_all(c, q, ARGS(I(user_id)), &rows, n_out));
	*out = &rows->id;
	return OK;
}

enum err access_mates(struct ctx *c, int64_t user_id, int64_t **out, size_t *n_out)
{
	return ids_of(c, &access_rows[Q_MATES], user_id, out, n_out);
}

enum err access_teams(struct ctx *c, int64_t user_id, int64_t **out, size_t *n_out)
{
	return ids_of(c, &access_rows[Q_TEAMS], user_id, out, n_out);
}

enum err access_closed_pipelines(struct ctx *c, int64_t object_type, int64_t user_id, struct str **out, size_t *n_out)
{
	struct access_name *rows;
	TRY(db_all(c, &access_rows[Q_CLOSED], ARGS(I(user_id), I(object_type)), &rows, n_out));
	*out = &rows->id;
	return OK;
}

enum err rights_load(struct ctx *c, int64_t user_id, struct rights *out, int64_t *owner_id_out)
{
	struct owner_rights row;
	TRY(db_one(c, &access_rows[Q_RIGHTS], ARGS(I(user_id)), &row));
	*out = row.rights;
	*owner_id_out = row.owner_id;
	return OK;
}

enum err ticket_share_set(struct ctx *c, int64_t ticket_id, const int64_t *user_ids, size_t user_n, const int64_t *team_ids,
                          size_t team_n)
{
	TRY(db_exec(c, &access_rows[Q_SHARE_REMOVE], ARGS(I(ticket_id)), NULL));
	for (size_t i = 0; i < user_n; i++)
		TRY(db_exec(c, &access_rows[Q_SHARE_PUT], ARGS(I(ticket_id), I(user_ids[i]), I(0)), NULL));
	for (size_t i = 0; i < team_n; i++)
		TRY(db_exec(c, &access_rows[Q_SHARE_PUT], ARGS(I(ticket_id), I(0), I(team_ids[i])), NULL));
	return OK;
}

enum err pipeline_access_list(struct ctx *c, int64_t object_type, struct str pipeline_id, struct pipeline_access **out,
                              size_t *n_out)
{
	return db_all(c, &access_rows[Q_PIPELINE_LIST], ARGS(I(object_type), S(pipeline_id)), out, n_out);
}

enum err pipeline_access_set(struct ctx *c, int64_t object_type, struct str pipeline_id, const struct pipeline_access *rows,
                             size_t n)
{
	TRY(db_exec(c, &access_rows[Q_PIPELINE_REMOVE], ARGS(I(object_type), S(pipeline_id)), NULL));
	for (size_t i = 0; i < n; i++)
		TRY(db_exec(c, &access_rows[Q_PIPELINE_PUT],
		            ARGS(I(object_type), S(pipeline_id), I(rows[i].user_id), I(rows[i].team_id)), NULL));
	return OK;
}

/* Lists ------------------------------------------------------------------------------------------------------------------- */

static bool is_team(enum reach r)
{
	return r == REACH_TEAM || r == REACH_TEAM_AND_NOBODYS;
}

static bool has_nobodys(enum reach r)
{
	return r == REACH_TEAM_AND_NOBODYS || r == REACH_OWN_AND_NOBODYS;
}

size_t access_owners(struct ctx *c, const struct ticket_access *a, int64_t **out)
{
	size_t n = 0;
	*out = NEW_ARRAY(c->a, a->mate_n + 2, int64_t);
	if (a->view == REACH_NONE)
		return 0;
	(*out)[n++] = a->owner_id;
	for (size_t i = 0; i < a->mate_n && is_team(a->view); i++)
		if (a->mates[i] != a->owner_id)
			(*out)[n++] = a->mates[i];
	if (has_nobodys(a->view))
		(*out)[n++] = 0;
	return n;
}

/* [7,8] for SQLite, {7,8} for PostgreSQL. */
static struct str ids_list(struct ctx *c, const int64_t *ids, size_t n)
{
	struct str list = word_ids(c, ids, n);
	if (tx_engine(c) != DB_PG)
		return list;
	return str_fmt(c->a, "{" STR_FMT "}", STR_ARG(((struct str){list.p + 1, list.n - 2})));
}

static struct str owners_list(struct ctx *c, const struct ticket_access *a)
{
	int64_t *owners;
	size_t n = access_owners(c, a, &owners);
	return ids_list(c, owners, n);
}

static struct str teams_list(struct ctx *c, const struct ticket_access *a)
{
	return ids_list(c, a->teams, a->team_n);
}

/* Ids of pipelines are plain words (desk/pipeline.c); what is not is escaped all the same. */
static struct str closed_list(struct ctx *c, const struct ticket_access *a)
{
	struct buf b;
	buf_init(&b, c->a, MAX_NAMES_BYTES);
	bool is_pg = tx_engine(c) == DB_PG;
	buf_byte(&b, is_pg ? '{' : '[');
	for (size_t i = 0; i < a->closed_n; i++) {
		if (i > 0)
			buf_byte(&b, ',');
		buf_byte(&b, '"');
		for (size_t k = 0; k < a->closed[i].n; k++) {
			char byte = a->closed[i].p[k];
			if (byte == '"' || byte == '\\')
				buf_byte(&b, '\\');
			if ((unsigned char)byte >= ' ')
				buf_byte(&b, byte);
		}
		buf_byte(&b, '"');
	}
	buf_byte(&b, is_pg ? '}' : ']');
	return buf_str(&b);
}

#define IN_SQLITE " IN (SELECT value FROM json_each(?))"
#define NOT_IN_SQLITE " NOT IN (SELECT value FROM json_each(?))"
#define IN_PG " = ANY (CAST(? AS BIGINT[]))"
#define NOT_IN_PG " <> ALL (CAST(? AS TEXT[]))"
#define SHARED(in)                                                                                 \
	"(SELECT ticket_id FROM ticket_share WHERE user_id = ? AND user_id > 0 UNION ALL"         \
	" SELECT ticket_id FROM ticket_share WHERE team_id" in " AND team_id > 0)"

/* For each name that the row may have: fragments are literals. */
#define DEFINE_CONDITIONS(name, o)                                                                               \
	static void add_owned_##name(struct ctx *c, struct sqlb *b, const struct ticket_access *a)               \
	{                                                                                                        \
		if (tx_engine(c) == DB_PG)                                                                       \
			sqlb_add(b, o "owner_id" IN_PG, ARGS(S(owners_list(c, a))));                    \
		else                                                                                             \
			sqlb_add(b, o "owner_id" IN_SQLITE, ARGS(S(owners_list(c, a))));                \
	}                                                                                                        \
	static void add_shared_##name(struct ctx *c, struct sqlb *b, const struct ticket_access *a)              \
	{                                                                                                        \
		if (tx_engine(c) == DB_PG)                                                                       \
			sqlb_add(b, o "id IN " SHARED(IN_PG), ARGS(I(a->user_id), S(teams_list(c, a))));    \
		else                                                                                             \
			sqlb_add(b, o "id IN " SHARED(IN_SQLITE), ARGS(I(a->user_id), S(teams_list(c, a)))); \
	}                                                                                                        \
	static void add_open_##name(struct ctx *c, struct sqlb *b, const struct ticket_access *a)                \
	{                                                                                                        \
		if (tx_engine(c) == DB_PG)                                                                       \
			sqlb_add(b, o "pipeline_id" NOT_IN_PG, ARGS(S(closed_list(c, a))));               \
		else                                                                                             \
			sqlb_add(b, o "pipeline_id" NOT_IN_SQLITE, ARGS(S(closed_list(c, a))));         \
	}                                                                                                        \
	static void add_all_##name(struct ctx *c, struct sqlb *b, const struct ticket_access *a)                 \
	{                                                                                                        \
		if (a != NULL && a->view != REACH_ALL) {                                                         \
			sqlb_add(b, " AND (", NO_ARGS);                                                          \
			add_owned_##name(c, b, a);                                                               \
			sqlb_add(b, " OR ", NO_ARGS);                                                            \
			add_shared_##name(c, b, a);                                                              \
			sqlb_add(b, ")", NO_ARGS);                                                               \
		}                                                                                                \
		if (a != NULL && a->closed_n > 0) {                                                              \
			sqlb_add(b, " AND ", NO_ARGS);                                                           \
			add_open_##name(c, b, a);                                                                \
		}                                                                                                \
	}

DEFINE_CONDITIONS(t, "t.")
DEFINE_CONDITIONS(object, "object.")

void access_add_t(struct ctx *c, struct sqlb *b, const struct ticket_access *a)
{
	add_all_t(c, b, a);
}

void access_add(struct ctx *c, struct sqlb *b, const struct ticket_access *a)
{
	add_all_object(c, b, a);
}

void access_add_owned(struct ctx *c, struct sqlb *b, const struct ticket_access *a)
{
	add_owned_object(c, b, a);
}

void access_add_shared(struct ctx *c, struct sqlb *b, const struct ticket_access *a)
{
	add_shared_object(c, b, a);
}

void access_add_open(struct ctx *c, struct sqlb *b, const struct ticket_access *a)
{
	add_open_object(c, b, a);
}

/* Two lists, each by its index: with OR between them the engines read all tickets. */
void access_add_ids(struct ctx *c, struct sqlb *b, const struct ticket_access *a)
{
	for (int is_shared = 0; is_shared < 2; is_shared++) {
		if (is_shared)
			sqlb_add(b, " UNION ALL", NO_ARGS);
		else
			sqlb_add(b, " IN (", NO_ARGS);
		sqlb_add(b, " SELECT object.id FROM object", NO_ARGS);
		if (tx_engine(c) == DB_SQLITE && !is_shared) /* which has no statistics */
			sqlb_add(b, " INDEXED BY object_by_owner_priority", NO_ARGS);
		sqlb_add(b, " WHERE object.object_type = 5 AND object.archived_at = 0 AND ", NO_ARGS);
		if (is_shared)
			add_shared_object(c, b, a);
		else
			add_owned_object(c, b, a);
		if (a->closed_n == 0)
			continue;
		sqlb_add(b, " AND ", NO_ARGS);
		add_open_object(c, b, a);
	}
	sqlb_add(b, ")", NO_ARGS);
}
