#include "store/user.h"

#include "store/all_sql.h"

static const struct field user_fields[] = {
	FIELD(struct user, id, F_ID),
	FIELD(struct user, email, F_STR, .max = 254),
	FIELD(struct user, first_name, F_STR, .max = 200),
	FIELD(struct user, last_name, F_STR, .max = 200),
	FIELD(struct user, password_hash, F_STR, .flags = F_SECRET),
	FIELD(struct user, role, F_INT),
	FIELD(struct user, is_active, F_BOOL),
	FIELD(struct user, seat, F_INT),
	FIELD(struct user, ticket_view, F_INT),
	FIELD(struct user, ticket_edit, F_INT),
	FIELD(struct user, ticket_delete, F_INT),
	FIELD(struct user, ticket_communicate, F_INT),
	FIELD(struct user, publishes_articles, F_BOOL),
	FIELD(struct user, created_at, F_TIME),
	FIELD(struct user, updated_at, F_TIME),
};
const struct shape user_shape = SHAPE("User", struct user, user_fields);

struct user_count {
	int64_t active_n;
	int64_t super_admin_n;
};
static const struct field user_count_fields[] = {
	FIELD(struct user_count, active_n, F_INT),
	FIELD(struct user_count, super_admin_n, F_INT),
};
static const struct shape user_count_shape = SHAPE("UserCount", struct user_count, user_count_fields);

enum { Q_USER_INSERT, Q_USER_LOAD, Q_USER_BY_EMAIL, Q_USER_FIRST_ADMIN, Q_USER_UPDATE, Q_USER_LIST, Q_USER_LIST_ALL, Q_USER_COUNT };
static const struct sql user_rows[] = {
	[Q_USER_INSERT] = {"INSERT INTO desk_user @insert @back", &user_shape},
	[Q_USER_LOAD] = {"SELECT @cols FROM desk_user WHERE id = $1", &user_shape},
	[Q_USER_BY_EMAIL] = {"SELECT @cols FROM desk_user WHERE email = $1", &user_shape},
	[Q_USER_FIRST_ADMIN] = {"SELECT @cols FROM desk_user WHERE role = 2 AND is_active = 1 ORDER BY id LIMIT 1", &user_shape},
	[Q_USER_UPDATE] = {"UPDATE desk_user SET @update WHERE id = @key @back", &user_shape},
	[Q_USER_LIST] = {"SELECT @cols FROM desk_user WHERE id > $1 AND is_active = 1 ORDER BY id LIMIT $2", &user_shape},
	[Q_USER_LIST_ALL] = {"SELECT @cols FROM desk_user WHERE id > $1 ORDER BY id LIMIT $2", &user_shape},
	[Q_USER_COUNT] = {"SELECT COUNT(*) AS active_n, COUNT(CASE WHEN role = 2 THEN 1 END) AS super_admin_n FROM desk_user"
	                  " WHERE is_active = 1", &user_count_shape},
};
const struct sql_table user_sql = SQL_TABLE("user", user_rows);

static const struct field owner_fields[] = {
	FIELD(struct owner, id, F_ID),
	FIELD(struct owner, user_id, F_ID),
	FIELD(struct owner, email, F_STR),
	FIELD(struct owner, first_name, F_STR),
	FIELD(struct owner, last_name, F_STR),
	FIELD(struct owner, created_at, F_TIME),
	FIELD(struct owner, updated_at, F_TIME),
	FIELD(struct owner, archived_at, F_TIME, .flags = F_NULL),
};
const struct shape owner_shape = SHAPE("Owner", struct owner, owner_fields);

struct owner_key {
	int64_t id;
};
static const struct field owner_key_fields[] = {FIELD(struct owner_key, id, F_ID)};
static const struct shape owner_key_shape = SHAPE("OwnerKey", struct owner_key, owner_key_fields);

#define OWNER_WITH_NAME                                                                                       \
	"SELECT o.id, o.user_id, u.email, u.first_name, u.last_name, o.created_at, o.updated_at, o.archived_at" \
	" FROM owner o JOIN desk_user u ON u.id = o.user_id"

enum { Q_OWNER_INSERT, Q_OWNER_LOAD, Q_OWNER_BY_USER, Q_OWNER_LIST, Q_OWNER_SET_ARCHIVED };
static const struct sql owner_rows[] = {
	[Q_OWNER_INSERT] = {"INSERT INTO owner (user_id, created_at, updated_at, archived_at) VALUES ($1, $2, $2, 0) RETURNING id",
	                    &owner_key_shape},
	[Q_OWNER_SET_ARCHIVED] = {"UPDATE owner SET archived_at = $2, updated_at = $3 WHERE user_id = $1", NULL},
	[Q_OWNER_LOAD] = {OWNER_WITH_NAME " WHERE o.id = $1", &owner_shape},
	[Q_OWNER_BY_USER] = {OWNER_WITH_NAME " WHERE o.user_id = $1", &owner_shape},
	[Q_OWNER_LIST] = {OWNER_WITH_NAME " WHERE o.id > $1 AND ((o.archived_at > 0 AND $2 = 1) OR (o.archived_at = 0 AND $2 = 0))"
	                                  " AND ($3 = '' OR u.email = $3) ORDER BY o.id LIMIT $4", &owner_shape},
};
const struct sql_table owner_sql = SQL_TABLE("owner", owner_rows);

enum err user_insert(struct ctx *c, struct user *u)
{
	u->created_at = u->updated_at = c->now;
	return db_put(c, &user_rows[Q_USER_INSERT], u, u);
}

enum err user_load(struct ctx *c, int64_t id, struct user *out)
{
	return db_one(c, &user_rows[Q_USER_LOAD], ARGS(I(id)), out);
}

enum err user_by_email(struct ctx *c, struct str email, struct user *out)
{
	return db_one(c, &user_rows[Q_USER_BY_EMAIL], ARGS(S(email)), out);
}

enum err user_first_admin(struct ctx *c, struct user *out)
{
	return db_one(c, &user_rows[Q_USER_FIRST_ADMIN], NO_ARGS, out);
}

enum err user_update(struct ctx *c, struct user *u)
{
	u->updated_at = c->now;
	return db_put(c, &user_rows[Q_USER_UPDATE], u, u);
}

enum err user_list(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out)
{
	return db_all(c, &user_rows[Q_USER_LIST], ARGS(I(after), I(limit)), out, n_out);
}

enum err user_list_all(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out)
{
	return db_all(c, &user_rows[Q_USER_LIST_ALL], ARGS(I(after), I(limit)), out, n_out);
}

enum err user_count(struct ctx *c, int64_t *active_out, int64_t *super_admins_out)
{
	struct user_count n;
	TRY(db_one(c, &user_rows[Q_USER_COUNT], NO_ARGS, &n));
	*active_out = n.active_n;
	*super_admins_out = n.super_admin_n;
	return OK;
}

enum err owner_set_archived(struct ctx *c, int64_t user_id, int64_t archived_at)
{
	return db_exec(c, &owner_rows[Q_OWNER_SET_ARCHIVED], ARGS(I(user_id), I(archived_at), I(c->now)), NULL);
}

enum err owner_insert(struct ctx *c, int64_t user_id, int64_t *id_out)
{
	struct owner_key key;
	TRY(db_one(c, &owner_rows[Q_OWNER_INSERT], ARGS(I(user_id), I(c->now)), &key));
	*id_out = key.id;
	return OK;
}

enum err owner_load(struct ctx *c, int64_t id, struct owner *out)
{
	return db_one(c, &owner_rows[Q_OWNER_LOAD], ARGS(I(id)), out);
}

enum err owner_by_user(struct ctx *c, int64_t user_id, struct owner *out)
{
	return db_one(c, &owner_rows[Q_OWNER_BY_USER], ARGS(I(user_id)), out);
}

enum err owner_list(struct ctx *c, struct str email, bool is_archived, int64_t after, int64_t limit, struct owner **out,
                    size_t *n_out)
{
	struct str wanted = str_is_null(email) ? STR("") : email;
	return db_all(c, &owner_rows[Q_OWNER_LIST], ARGS(I(after), I(is_archived), S(wanted), I(limit)), out, n_out);
}
