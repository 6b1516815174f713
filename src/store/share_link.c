#include "store/share_link.h"

#include "db/sqlb.h"
#include "store/all_sql.h"

static const struct field link_fields[] = {
	FIELD(struct share_link, id, F_ID),
	FIELD(struct share_link, kind, F_STR),
	FIELD(struct share_link, item_id, F_ID),
	FIELD(struct share_link, token_hash, F_STR, .flags = F_SECRET),
	FIELD(struct share_link, sealed_token, F_STR, .flags = F_SECRET),
	FIELD(struct share_link, user_id, F_ID),
	FIELD(struct share_link, email, F_STR, .flags = F_NULL),
	FIELD(struct share_link, contact_id, F_ID),
	FIELD(struct share_link, ticket_id, F_ID),
	FIELD(struct share_link, asks_email, F_BOOL),
	FIELD(struct share_link, may_download, F_BOOL),
	FIELD(struct share_link, expires_at, F_TIME),
	FIELD(struct share_link, revoked_at, F_TIME),
	FIELD(struct share_link, visit_n, F_INT),
	FIELD(struct share_link, last_visit_at, F_TIME),
	FIELD(struct share_link, told_at, F_TIME),
	FIELD(struct share_link, created_at, F_TIME),
	FIELD(struct share_link, updated_at, F_TIME),
};
static const struct shape link_shape = SHAPE("ShareLinkRow", struct share_link, link_fields);

struct number {
	int64_t n;
};
static const struct field number_fields[] = {FIELD(struct number, n, F_INT)};
static const struct shape number_shape = SHAPE("ShareNumber", struct number, number_fields);

enum { Q_LINK_INSERT, Q_LINK_UPDATE, Q_LINK_LOAD, Q_LINK_TOKEN, Q_LINK_LIST, Q_LINK_COUNT, Q_LINK_FOR, Q_LINK_FORGET, Q_LINK_FORGET_CONTACT,
       Q_NEWS_FORGET };
static const struct sql link_rows[] = {
	[Q_LINK_INSERT] = {"INSERT INTO share_link @insert @back", &link_shape},
	[Q_LINK_UPDATE] = {"UPDATE share_link SET @update WHERE id = @key @back", &link_shape},
	[Q_LINK_LOAD] = {"SELECT @cols FROM share_link WHERE id = $1", &link_shape},
	[Q_LINK_TOKEN] = {"SELECT @cols FROM share_link WHERE token_hash = $1", &link_shape},
	[Q_LINK_LIST] = {"SELECT @cols FROM share_link WHERE item_id = $1 ORDER BY id DESC LIMIT $2", &link_shape},
	[Q_LINK_COUNT] = {"SELECT COUNT(*) AS n FROM share_link WHERE item_id = $1", &number_shape},
	[Q_LINK_FOR] = {"SELECT @cols FROM share_link WHERE item_id = $1 AND user_id = $2 AND ticket_id = $3 AND ticket_id > 0"
	                " AND email = $4 AND revoked_at = 0 AND (expires_at = 0 OR expires_at > $5) ORDER BY id DESC LIMIT 1", &link_shape},
	[Q_NEWS_FORGET] = {"UPDATE notification SET detail = NULL WHERE item_id > 0 AND detail = $1", NULL},
	[Q_LINK_FORGET] = {"UPDATE share_link SET email = NULL, contact_id = 0, updated_at = $2,"
	                   " revoked_at = CASE revoked_at WHEN 0 THEN $2 ELSE revoked_at END WHERE email = $1", NULL},
	[Q_LINK_FORGET_CONTACT] = {"UPDATE share_link SET email = NULL, contact_id = 0, updated_at = $2,"
	                           " revoked_at = CASE revoked_at WHEN 0 THEN $2 ELSE revoked_at END"
	                           " WHERE contact_id = $1 AND contact_id > 0", NULL},
};
const struct sql_table share_link_sql = SQL_TABLE("share_link", link_rows);

static const struct field visit_fields[] = {
	FIELD(struct share_visit, id, F_ID),
	FIELD(struct share_visit, link_id, F_ID),
	FIELD(struct share_visit, item_id, F_ID),
	FIELD(struct share_visit, key_hash, F_STR, .flags = F_SECRET),
	FIELD(struct share_visit, email, F_STR, .flags = F_NULL),
	FIELD(struct share_visit, visible_ms, F_INT),
	FIELD(struct share_visit, download_n, F_INT),
	FIELD(struct share_visit, created_at, F_TIME),
	FIELD(struct share_visit, last_at, F_TIME),
};
static const struct shape visit_shape = SHAPE("ShareVisitRow", struct share_visit, visit_fields);

static const struct field page_fields[] = {
	FIELD(struct share_visit_page, visit_id, F_ID),
	FIELD(struct share_visit_page, page, F_INT),
	FIELD(struct share_visit_page, visible_ms, F_INT),
};
static const struct shape page_shape = SHAPE("ShareVisitPageRow", struct share_visit_page, page_fields);

static const struct field count_fields[] = {
	FIELD(struct share_count, item_id, F_ID),
	FIELD(struct share_count, visit_n, F_INT),
	FIELD(struct share_count, last_visit_at, F_TIME),
};
static const struct shape count_shape = SHAPE("ShareCount", struct share_count, count_fields);

enum { Q_INSERT, Q_UPDATE, Q_BY_KEY, Q_COUNT, Q_RELEASE, Q_OLDEST_PAGES, Q_OLDEST, Q_LIST, Q_FORGET, Q_SWEEP_PAGES, Q_SWEEP };
static const struct sql visit_rows[] = {
	[Q_INSERT] = {"INSERT INTO share_visit @insert @back", &visit_shape},
	[Q_UPDATE] = {"UPDATE share_visit SET @update WHERE id = @key @back", &visit_shape},
	[Q_BY_KEY] = {"SELECT @cols FROM share_visit WHERE link_id = $1 AND key_hash = $2", &visit_shape},
	[Q_COUNT] = {"SELECT COUNT(*) AS n FROM share_visit WHERE link_id = $1", &number_shape},
	[Q_RELEASE] = {"UPDATE share_visit SET key_hash = '- ' || id WHERE link_id = $1 AND key_hash = $2", NULL},
	[Q_OLDEST_PAGES] = {"DELETE FROM share_visit_page WHERE visit_id = (SELECT MIN(id) FROM share_visit WHERE link_id = $1)", NULL},
	[Q_OLDEST] = {"DELETE FROM share_visit WHERE id = (SELECT MIN(id) FROM share_visit WHERE link_id = $1)", NULL},
	[Q_LIST] = {"SELECT @cols FROM share_visit WHERE item_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
	            &visit_shape},
	[Q_FORGET] = {"UPDATE share_visit SET email = NULL WHERE email = $1", NULL},
	[Q_SWEEP_PAGES] = {"DELETE FROM share_visit_page WHERE visit_id IN"
	                   " (SELECT id FROM share_visit WHERE created_at < $1 ORDER BY created_at, id LIMIT $2)", NULL},
	[Q_SWEEP] = {"DELETE FROM share_visit WHERE id IN"
	             " (SELECT id FROM share_visit WHERE created_at < $1 ORDER BY created_at, id LIMIT $2)", NULL},
};
const struct sql_table share_visit_sql = SQL_TABLE("share_visit", visit_rows);

static const struct sql page_rows[] = {
	{"INSERT INTO share_visit_page (visit_id, page, visible_ms) VALUES ($1, $2, $3)"
	 " ON CONFLICT (visit_id, page) DO UPDATE SET visible_ms = share_visit_page.visible_ms + excluded.visible_ms", NULL},
};
const struct sql_table share_visit_page_sql = SQL_TABLE("share_visit_page", page_rows);

enum { LOCK_KEY = 0x73686172 };

enum err share_link_lock(struct ctx *c, int64_t link_id)
{
	return db_lock(c, (int64_t)LOCK_KEY << 24 ^ link_id);
}

enum err share_link_insert(struct ctx *c, struct share_link *l)
{
	l->created_at = l->updated_at = c->now;
	return db_put(c, &link_rows[Q_LINK_INSERT], l, l);
}

enum err share_link_update(struct ctx *c, struct share_link *l)
{
	l->updated_at = c->now;
	return db_put(c, &link_rows[Q_LINK_UPDATE], l, l);
}

enum err share_link_load(struct ctx *c, int64_t id, struct share_link *out)
{
	return db_one(c, &link_rows[Q_LINK_LOAD], ARGS(I(id)), out);
}

enum err share_link_by_token(struct ctx *c, struct str token_hash, struct share_link *out)
{
	return db_one(c, &link_rows[Q_LINK_TOKEN], ARGS(S(token_hash)), out);
}

enum err share_link_list(struct ctx *c, int64_t item_id, int64_t limit, struct share_link **out, size_t *n_out)
{
	return db_all(c, &link_rows[Q_LINK_LIST], ARGS(I(item_id), I(limit)), out, n_out);
}

enum err share_link_count(struct ctx *c, int64_t item_id, int64_t *n_out)
{
	struct number row;
	TRY(db_one(c, &link_rows[Q_LINK_COUNT], ARGS(I(item_id)), &row));
	*n_out = row.n;
	return OK;
}

enum err share_link_for(struct ctx *c, int64_t item_id, int64_t user_id, int64_t ticket_id, struct str email, struct share_link *out)
{
	return db_one(c, &link_rows[Q_LINK_FOR], ARGS(I(item_id), I(user_id), I(ticket_id), S(email), I(c->now)), out);
}

static void add_ids(struct sqlb *b, const int64_t *ids, size_t n)
{
	sqlb_add(b, " IN (?", ARGS(I(ids[0])));
	for (size_t i = 1; i < n; i++)
		sqlb_add(b, ", ?", ARGS(I(ids[i])));
	sqlb_add(b, ")", NO_ARGS);
}

enum err share_count_list(struct ctx *c, const int64_t *item_ids, size_t n, struct share_count **out, size_t *n_out)
{
	struct sqlb b;
	*n_out = 0;
	if (n == 0)
		return OK;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT item_id, CAST(SUM(visit_n) AS BIGINT) AS visit_n, MAX(last_visit_at) AS last_visit_at FROM share_link"
	             " WHERE visit_n > 0 AND item_id", NO_ARGS);
	add_ids(&b, item_ids, n);
	sqlb_add(&b, " GROUP BY item_id ORDER BY item_id", NO_ARGS);
	return sqlb_all(c, &b, &count_shape, out, n_out);
}

enum err share_visit_insert(struct ctx *c, struct share_visit *v)
{
	v->created_at = v->last_at = c->now;
	return db_put(c, &visit_rows[Q_INSERT], v, v);
}

enum err share_visit_update(struct ctx *c, struct share_visit *v)
{
	v->last_at = c->now;
	return db_put(c, &visit_rows[Q_UPDATE], v, v);
}

enum err share_visit_by_key(struct ctx *c, int64_t link_id, struct str key_hash, struct share_visit *out)
{
	return db_one(c, &visit_rows[Q_BY_KEY], ARGS(I(link_id), S(key_hash)), out);
}

enum err share_visit_count(struct ctx *c, int64_t link_id, int64_t *n_out)
{
	struct number row;
	TRY(db_one(c, &visit_rows[Q_COUNT], ARGS(I(link_id)), &row));
	*n_out = row.n;
	return OK;
}

enum err share_visit_release(struct ctx *c, int64_t link_id, struct str key_hash)
{
	return db_exec(c, &visit_rows[Q_RELEASE], ARGS(I(link_id), S(key_hash)), NULL);
}

enum err share_visit_remove_oldest(struct ctx *c, int64_t link_id)
{
	TRY(db_exec(c, &visit_rows[Q_OLDEST_PAGES], ARGS(I(link_id)), NULL));
	return db_exec(c, &visit_rows[Q_OLDEST], ARGS(I(link_id)), NULL);
}

enum err share_visit_list(struct ctx *c, int64_t item_id, int64_t before, int64_t limit, struct share_visit **out, size_t *n_out)
{
	return db_all(c, &visit_rows[Q_LIST], ARGS(I(item_id), I(before), I(limit)), out, n_out);
}

enum err share_visit_page_add(struct ctx *c, int64_t visit_id, int64_t page, int64_t visible_ms)
{
	return db_exec(c, &page_rows[0], ARGS(I(visit_id), I(page), I(visible_ms)), NULL);
}

enum err share_visit_page_list(struct ctx *c, const int64_t *visit_ids, size_t n, struct share_visit_page **out, size_t *n_out)
{
	struct sqlb b;
	*n_out = 0;
	if (n == 0)
		return OK;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM share_visit_page WHERE visit_id", NO_ARGS);
	add_ids(&b, visit_ids, n);
	sqlb_add(&b, " ORDER BY visit_id, page", NO_ARGS);
	return sqlb_all(c, &b, &page_shape, out, n_out);
}

enum err share_visit_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out)
{
	TRY(db_exec(c, &visit_rows[Q_SWEEP_PAGES], ARGS(I(before), I(limit)), NULL));
	return db_exec(c, &visit_rows[Q_SWEEP], ARGS(I(before), I(limit)), removed_out);
}

enum err share_forget(struct ctx *c, struct str email, int64_t contact_id)
{
	TRY(db_exec(c, &link_rows[Q_LINK_FORGET], ARGS(S(email), I(c->now)), NULL));
	TRY(db_exec(c, &link_rows[Q_LINK_FORGET_CONTACT], ARGS(I(contact_id), I(c->now)), NULL));
	TRY(db_exec(c, &link_rows[Q_NEWS_FORGET], ARGS(S(email)), NULL));
	return db_exec(c, &visit_rows[Q_FORGET], ARGS(S(email)), NULL);
}
