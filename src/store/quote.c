#include "store/quote.h"

#include "store/all_sql.h"

static const struct field version_fields[] = {
	FIELD(struct quote_version, id, F_ID),
	FIELD(struct quote_version, quote_id, F_ID),
	FIELD(struct quote_version, version, F_INT),
	FIELD(struct quote_version, token, F_STR),
	FIELD(struct quote_version, number, F_STR),
	FIELD(struct quote_version, state, F_STR),
	FIELD(struct quote_version, body, F_JSON),
	FIELD(struct quote_version, pdf_blob, F_STR),
	FIELD(struct quote_version, pdf_size_bytes, F_INT),
	FIELD(struct quote_version, published_at, F_TIME),
	FIELD(struct quote_version, published_by, F_ID),
	FIELD(struct quote_version, expires_at, F_TIME),
	FIELD(struct quote_version, viewed_at, F_TIME),
	FIELD(struct quote_version, answered_at, F_TIME),
	FIELD(struct quote_version, answer_name, F_STR),
	FIELD(struct quote_version, answer_reason, F_STR),
	FIELD(struct quote_version, address_hash, F_STR),
	FIELD(struct quote_version, recalled_at, F_TIME),
	FIELD(struct quote_version, recalled_by, F_ID),
};
static const struct shape version_shape = SHAPE("QuoteVersionRow", struct quote_version, version_fields);

struct number {
	int64_t n;
};
static const struct field number_fields[] = {FIELD(struct number, n, F_INT)};
static const struct shape number_shape = SHAPE("QuoteNumber", struct number, number_fields);

enum { Q_INSERT, Q_UPDATE, Q_LOAD, Q_BY_TOKEN, Q_LIST, Q_NUMBER };
static const struct sql quote_rows[] = {
	[Q_INSERT] = {"INSERT INTO quote_version @insert @back", &version_shape},
	[Q_UPDATE] = {"UPDATE quote_version SET @update WHERE id = @key @back", &version_shape},
	[Q_LOAD] = {"SELECT @cols FROM quote_version WHERE id = $1", &version_shape},
	[Q_BY_TOKEN] = {"SELECT @cols FROM quote_version WHERE token = $1", &version_shape},
	[Q_LIST] = {"SELECT @cols FROM quote_version WHERE quote_id = $1 ORDER BY version DESC LIMIT $2", &version_shape},
	[Q_NUMBER] = {"UPDATE quote_counter SET newest = newest + 1 WHERE id = 1 RETURNING newest AS n", &number_shape},
};
const struct sql_table quote_sql = SQL_TABLE("quote", quote_rows);

enum err quote_version_insert(struct ctx *c, struct quote_version *v)
{
	return db_put(c, &quote_rows[Q_INSERT], v, v);
}

enum err quote_version_update(struct ctx *c, struct quote_version *v)
{
	return db_put(c, &quote_rows[Q_UPDATE], v, v);
}

enum err quote_version_load(struct ctx *c, int64_t id, struct quote_version *out)
{
	return db_one(c, &quote_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err quote_version_by_token(struct ctx *c, struct str token, struct quote_version *out)
{
	return db_one(c, &quote_rows[Q_BY_TOKEN], ARGS(S(token)), out);
}

enum err quote_version_list(struct ctx *c, int64_t quote_id, struct quote_version **out, size_t *n_out)
{
	return db_all(c, &quote_rows[Q_LIST], ARGS(I(quote_id), I(MAX_QUOTE_VERSIONS)), out, n_out);
}

enum err quote_number_next(struct ctx *c, int64_t *out)
{
	struct number number;
	TRY(db_one(c, &quote_rows[Q_NUMBER], NO_ARGS, &number));
	*out = number.n;
	return OK;
}
