#include "store/recycle.h"

#include "db/sqlb.h"
#include "store/access.h"
#include "store/all_sql.h"

static const struct field recycle_fields[] = {
	FIELD(struct recycle_row, id, F_ID),
	FIELD(struct recycle_row, subject, F_STR),
	FIELD(struct recycle_row, contact_name, F_STR, .flags = F_NULL),
	FIELD(struct recycle_row, contact_email, F_STR, .flags = F_NULL),
	FIELD(struct recycle_row, archived_at, F_TIME),
	FIELD(struct recycle_row, owner_id, F_ID, .flags = F_NULL),
};
const struct shape recycle_row_shape = SHAPE("RecycledTicket", struct recycle_row, recycle_fields);

#define ROWS                                                                                                          \
	"SELECT t.id, t.label AS subject, k.label AS contact_name, k.unique_key AS contact_email, t.archived_at, t.owner_id" \
	" FROM object t LEFT JOIN object k ON k.id = t.contact_id WHERE t.object_type = 5 AND t.archived_at > 0"         \
	" AND t.archived_at > $1 AND (t.archived_at, t.id) < ($2, $3)"                                                    \
	" AND (SELECT m.into_id FROM object_merge m WHERE m.id = t.id) IS NULL"
#define NEWEST_FIRST " ORDER BY t.archived_at DESC, t.id DESC LIMIT $4"

enum { Q_LIST, Q_FIND };
static const struct sql recycle_rows[] = {
	[Q_LIST] = {ROWS NEWEST_FIRST, &recycle_row_shape},
	[Q_FIND] = {ROWS " AND (t.id = $6 OR lower(t.label) LIKE $5 ESCAPE '!' OR lower(k.label) LIKE $5 ESCAPE '!'"
	            " OR k.unique_key LIKE $5 ESCAPE '!')" NEWEST_FIRST, &recycle_row_shape},
};
const struct sql_table recycle_sql = SQL_TABLE("recycle", recycle_rows);

/* Of what one may see. */
static enum err list_seen(struct ctx *c, const struct recycle_find *f, struct recycle_row **out, size_t *n_out)
{
	struct sqlb b;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT t.id, t.label AS subject, k.label AS contact_name, k.unique_key AS contact_email, t.archived_at, t.owner_id"
	         " FROM object t LEFT JOIN object k ON k.id = t.contact_id WHERE t.object_type = 5 AND t.archived_at > 0"
	         " AND t.archived_at > ? AND (t.archived_at, t.id) < (?, ?)"
	         " AND (SELECT m.into_id FROM object_merge m WHERE m.id = t.id) IS NULL",
	         ARGS(I(f->since), I(f->before_at), I(f->before_id)));
	if (!str_is_null(f->like))
		sqlb_add(&b, " AND (t.id = ? OR lower(t.label) LIKE ? ESCAPE '!' OR lower(k.label) LIKE ? ESCAPE '!'"
		         " OR k.unique_key LIKE ? ESCAPE '!')", ARGS(I(f->ticket_id), S(f->like), S(f->like), S(f->like)));
	access_add_t(c, &b, f->access);
	sqlb_add(&b, " ORDER BY t.archived_at DESC, t.id DESC LIMIT ?", ARGS(I(f->limit)));
	return sqlb_all(c, &b, &recycle_row_shape, out, n_out);
}

enum err recycle_list(struct ctx *c, const struct recycle_find *f, struct recycle_row **out, size_t *n_out)
{
	if (f->access != NULL)
		return list_seen(c, f, out, n_out);
	if (str_is_null(f->like))
		return db_all(c, &recycle_rows[Q_LIST], ARGS(I(f->since), I(f->before_at), I(f->before_id), I(f->limit)), out, n_out);
	return db_all(c, &recycle_rows[Q_FIND],
	              ARGS(I(f->since), I(f->before_at), I(f->before_id), I(f->limit), S(f->like), I(f->ticket_id)), out, n_out);
}
