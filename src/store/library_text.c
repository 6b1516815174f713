#include "store/library_text.h"

#include "db/sqlb.h"
#include "store/all_sql.h"

static const struct field text_fields[] = {
	FIELD(struct library_text, id, F_ID),
	FIELD(struct library_text, subject, F_STR),
	FIELD(struct library_text, html, F_STR),
	FIELD(struct library_text, plain, F_STR),
};
static const struct shape text_shape = SHAPE("LibraryTextRow", struct library_text, text_fields);

static const struct field line_fields[] = {
	FIELD(struct library_text, id, F_ID),
	FIELD(struct library_text, subject, F_STR),
	FIELD(struct library_text, plain, F_STR),
};
static const struct shape line_shape = SHAPE("LibraryTextLine", struct library_text, line_fields);

enum { Q_PUT, Q_LOAD };
static const struct sql text_rows[] = {
	[Q_PUT] = {"INSERT INTO library_text (id, subject, html, plain) VALUES ($1, $2, $3, $4)"
	           " ON CONFLICT (id) DO UPDATE SET subject = $2, html = $3, plain = $4", NULL},
	[Q_LOAD] = {"SELECT @cols FROM library_text WHERE id = $1", &text_shape},
};
const struct sql_table library_text_sql = SQL_TABLE("library_text", text_rows);

enum err library_text_put(struct ctx *c, const struct library_text *t)
{
	return db_exec(c, &text_rows[Q_PUT], ARGS(I(t->id), S(t->subject), S(t->html), S(t->plain)), NULL);
}

enum err library_text_load(struct ctx *c, int64_t id, struct library_text *out)
{
	return db_one(c, &text_rows[Q_LOAD], ARGS(I(id)), out);
}

enum err library_text_list(struct ctx *c, const int64_t *ids, size_t n, struct library_text **out, size_t *n_out)
{
	struct sqlb b;
	*n_out = 0;
	if (n == 0)
		return OK;
	sqlb_init(&b, c->a);
	sqlb_add(&b, "SELECT @cols FROM library_text WHERE id IN (?", ARGS(I(ids[0])));
	for (size_t i = 1; i < n; i++)
		sqlb_add(&b, ", ?", ARGS(I(ids[i])));
	sqlb_add(&b, ") ORDER BY id", NO_ARGS);
	return sqlb_all(c, &b, &line_shape, out, n_out);
}
