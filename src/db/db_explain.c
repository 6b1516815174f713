/* How a statement would run. On both engines a statement's plan is asked for without its values. */

#include "db/db_sqlite_int.h"
#include "db/db_pg_int.h"

#include "base/arena.h"
#include "base/buf.h"

enum { MAX_PLAN_BYTES = 256 << 10, MAX_EXPLAIN_BYTES = 128 << 10 };

static enum err explain_sqlite(struct ctx *c, struct stmt *s, struct str *out)
{
	enum { DETAIL = 3 };
	sqlite3 *db = ((struct sqlite_conn *)c->tx->conn)->s;
	const char *text = str_fmt(c->a, "EXPLAIN QUERY PLAN %s", sqlite3_sql(s->handle)).p;
	sqlite3_stmt *h;
	struct buf b;
	int rc = sqlite3_prepare_v2(db, text, -1, &h, NULL);
	if (rc != SQLITE_OK)
		return sqlite_failed(c, db, rc, text);
	buf_init(&b, c->a, MAX_PLAN_BYTES);
	while ((rc = sqlite3_step(h)) == SQLITE_ROW) {
		buf_add(&b, str_c((const char *)sqlite3_column_text(h, DETAIL)));
		buf_byte(&b, '\n');
	}
	sqlite3_finalize(h);
	*out = buf_str(&b);
	return rc == SQLITE_DONE ? OK : sqlite_failed(c, db, rc, text);
}

static enum err ask_pg(struct ctx *c, const char *text, struct str *out)
{
	struct pg_conn *conn = (struct pg_conn *)c->tx->conn;
	PGresult *result;
	struct buf b;
	int n = pg_queue_begin(conn);
	PQsendQueryParams(conn->pg, text, 0, NULL, NULL, NULL, NULL, 0);
	TRY(pg_exchange(c, conn, n + 1, text, &result));
	buf_init(&b, c->a, MAX_PLAN_BYTES);
	for (int r = 0; r < PQntuples(result); r++) {
		buf_add(&b, str_c(PQgetvalue(result, r, 0)));
		buf_byte(&b, '\n');
	}
	PQclear(result);
	*out = buf_str(&b);
	return OK;
}

/* With few rows it would read whole tables: it is told that this is dear. */
static enum err explain_pg(struct ctx *c, struct stmt *s, struct str *out)
{
	struct buf b;
	TRY(ask_pg(c, "SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)",
	           out));
	buf_init(&b, c->a, MAX_EXPLAIN_BYTES);
	buf_add(&b, str_fmt(c->a, "EXPLAIN EXECUTE s%u", s->number));
	for (size_t k = 0; k < s->param_n; k++)
		buf_add(&b, k == 0 ? STR("(NULL") : STR(", NULL"));
	if (s->param_n > 0)
		buf_byte(&b, ')');
	return ask_pg(c, str_z(c->a, buf_str(&b)), out);
}

static enum err explain(struct ctx *c, struct stmt *s, struct str *out)
{
	return tx_engine(c) == DB_PG ? explain_pg(c, s, out) : explain_sqlite(c, s, out);
}

enum err db_explain(struct ctx *c, const struct sql *q, struct str *out)
{
	struct stmt *s;
	TRY(stmt_get(c, q, SQL_STATIC, &s));
	return explain(c, s, out);
}

enum err db_explain_made(struct ctx *c, struct db_plan **out, size_t *n_out)
{
	struct stmt_cache *cache = &c->tx->conn->stmts;
	*out = NEW_ARRAY(c->a, cache->made_n, struct db_plan);
	*n_out = 0;
	for (size_t i = 0; i < STMT_BUCKET_N; i++) {
		for (struct stmt *s = cache->buckets[i]; s != NULL; s = s->next) {
			if (s->kind != SQL_MADE)
				continue;
			struct db_plan *plan = &(*out)[(*n_out)++];
			plan->text = str_dup(c->a, str_c(s->text));
			TRY(explain(c, s, &plan->plan));
		}
	}
	return OK;
}
