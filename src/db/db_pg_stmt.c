/* Statements on PostgreSQL. Parameters travel as text, but for bytes; so the server makes of them whatever type the statement
 * wants. Results travel as text. Types of result columns are checked when a statement is prepared. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "db/db_pg_int.h"

enum { NAME_ROOM_BYTES = 16, INT_ROOM_BYTES = 24 };

/* Numbers of built-in types, from pg_type.dat; they never change. */
enum { BOOL_OID = 16, BYTEA_OID = 17, INT8_OID = 20, INT2_OID = 21, INT4_OID = 23, NUMERIC_OID = 1700 };

static void name_into(char name[NAME_ROOM_BYTES], unsigned number)
{
	snprintf(name, NAME_ROOM_BYTES, "s%u", number);
}

/* sum() of BIGINT is NUMERIC; a comparison is BOOLEAN where SQLite has a number. */
static bool fits(const struct field *f, unsigned type)
{
	bool is_number = type == INT8_OID || type == INT4_OID || type == INT2_OID || type == NUMERIC_OID;
	switch ((enum field_type)f->type) {
	case F_ID:
	case F_INT:
	case F_TIME:
		return is_number;
	case F_BOOL:
		return is_number || type == BOOL_OID;
	case F_STR:
	case F_JSON:
		return type != BYTEA_OID;
	case F_BLOB:
		return type == BYTEA_OID;
	}
	return false;
}

static const char *column_name(const void *of, int i)
{
	return PQfname(of, i);
}

static enum err check_columns(struct ctx *c, const struct stmt *s, const PGresult *described)
{
	TRY(stmt_check_columns(c, s, (size_t)PQnfields(described), column_name, described));
	for (int i = 0; i < PQnfields(described); i++)
		if (!fits(&s->shape->fields[i], PQftype(described, i)))
			return stmt_bad_value(c, s, &s->shape->fields[i], "of another type");
	return OK;
}

static bool is_only_select(struct str text)
{
	return str_starts_nocase(str_trim(text), STR("SELECT"));
}

enum err pg_prepare(struct ctx *c, struct conn *base, struct str text, struct stmt *s)
{
	struct pg_conn *conn = (struct pg_conn *)base;
	char name[NAME_ROOM_BYTES];
	PGresult *described;
	s->number = ++conn->next_number;
	name_into(name, s->number);
	int n = pg_queue_begin(conn);
	PQsendPrepare(conn->pg, name, str_z(c->a, text), 0, NULL);
	PQsendDescribePrepared(conn->pg, name);
	TRY(pg_exchange(c, conn, n + 2, s->text, &described));
	s->param_n = (size_t)PQnparams(described);
	s->is_write = !is_only_select(text);
	enum err e = check_columns(c, s, described);
	PQclear(described);
	if (e != OK)
		pg_forget(base, s);
	return e;
}

/* Where it fails the next statement says why. */
void pg_forget(struct conn *base, struct stmt *s)
{
	struct pg_conn *conn = (struct pg_conn *)base;
	char name[NAME_ROOM_BYTES], text[NAME_ROOM_BYTES + sizeof("DEALLOCATE ")];
	if (conn->pg == NULL || PQstatus(conn->pg) != CONNECTION_OK)
		return;
	name_into(name, s->number);
	snprintf(text, sizeof(text), "DEALLOCATE %s", name);
	if (!PQsendQueryParams(conn->pg, text, 0, NULL, NULL, NULL, NULL, 0))
		return;
	/* an end of the pipeline here would hide what became of those that wait */
	if (conn->queued_n > 0)
		conn->queued_n++;
	else if (PQpipelineSync(conn->pg))
		conn->unread_n++;
}

/* The values as libpq takes them. */
struct params {
	const char **values;
	int *lengths;
	int *formats;
};

static void add_param(struct ctx *c, struct params *p, size_t k, const struct sql_value *v)
{
	p->formats[k] = v->type == SQL_BYTES;
	p->lengths[k] = v->type == SQL_BYTES ? (int)v->s.n : 0;
	switch (v->type) {
	case SQL_NULL:
		p->values[k] = NULL;
		return;
	case SQL_INT: {
		char *digits = arena_alloc(c->a, INT_ROOM_BYTES);
		snprintf(digits, INT_ROOM_BYTES, "%" PRId64, v->i);
		p->values[k] = digits;
		return;
	}
	case SQL_TEXT: /* ends with a NUL, and was seen to hold none */
		p->values[k] = str_z(c->a, v->s);
		return;
	case SQL_BYTES:
		p->values[k] = v->s.p;
		return;
	}
}

static int hex_digit(char byte)
{
	return byte >= 'a' ? byte - 'a' + 10 : byte - '0';
}

/* \x and two digits for each byte, as bytea_output = hex gives them. */
static struct str bytes_of(struct arena *a, struct str hex)
{
	check(hex.n >= 2 && hex.n % 2 == 0);
	char *bytes = arena_alloc(a, hex.n / 2);
	for (size_t i = 2; i < hex.n; i += 2)
		bytes[i / 2 - 1] = (char)(hex_digit(hex.p[i]) << 4 | hex_digit(hex.p[i + 1]));
	return (struct str){bytes, hex.n / 2 - 1};
}

static enum err read_value(struct ctx *c, const struct stmt *s, const struct field *f, struct str value, void *row)
{
	int64_t i = 0;
	switch ((enum field_type)f->type) {
	case F_ID:
	case F_INT:
	case F_TIME:
		if (!num_parse_int(value, &i))
			return stmt_bad_value(c, s, f, "not a whole number of 64 bits");
		*field_int(f, row) = i;
		return OK;
	case F_BOOL:
		if (!str_eq(value, STR("t")) && !str_eq(value, STR("f")) && !num_parse_int(value, &i))
			return stmt_bad_value(c, s, f, "neither true nor false");
		*field_bool(f, row) = i != 0 || str_eq(value, STR("t"));
		return OK;
	case F_STR:
	case F_JSON:
		*field_str(f, row) = str_dup(c->a, value);
		return OK;
	case F_BLOB:
		*field_str(f, row) = bytes_of(c->a, value);
		return OK;
	}
	return OK;
}

static enum err read_row(struct ctx *c, const struct stmt *s, const PGresult *result, int r, void *row)
{
	for (size_t i = 0; i < s->shape->field_n; i++) {
		const struct field *f = &s->shape->fields[i];
		struct str value = {PQgetvalue(result, r, (int)i), (size_t)PQgetlength(result, r, (int)i)};
		if (!PQgetisnull(result, r, (int)i))
			TRY(read_value(c, s, f, value, row));
		else if (!(f->flags & F_NULL))
			return stmt_bad_value(c, s, f, "NULL");
		else
			field_set_null(f, row);
	}
	return OK;
}

static enum err read_rows(struct ctx *c, const struct stmt *s, const PGresult *result, struct rows *rows)
{
	if (s->shape == NULL)
		return OK;
	for (int r = 0; r < PQntuples(result); r++) {
		void *row = rows_add(c, rows);
		if (row == NULL)
			return OK;
		TRY(read_row(c, s, result, r, row));
	}
	return OK;
}

enum err pg_run(struct ctx *c, struct stmt *s, const struct sql_value *args, struct rows *rows)
{
	struct pg_conn *conn = (struct pg_conn *)c->tx->conn;
	struct params p = {
		NEW_ARRAY(c->a, s->param_n, const char *),
		NEW_ARRAY(c->a, s->param_n, int),
		NEW_ARRAY(c->a, s->param_n, int),
	};
	for (size_t k = 0; k < s->param_n; k++)
		add_param(c, &p, k, &args[k]);

	char name[NAME_ROOM_BYTES];
	PGresult *result;
	name_into(name, s->number);
	int n = pg_queue_begin(conn) + 1;
	PQsendQueryPrepared(conn->pg, name, (int)s->param_n, p.values, p.lengths, p.formats, 0);
	rows->changed = 0;
	if (rows->may_wait && pg_leave_queued(conn, n))
		return OK;
	TRY(pg_exchange(c, conn, n, s->text, &result));
	num_parse_int(str_c(PQcmdTuples(result)), &rows->changed);
	enum err e = read_rows(c, s, result, rows);
	PQclear(result);
	return e;
}
