/* The one home of what differs between the engines where properties are read out of JSON and texts are compared without case. */

#include "store/search_int.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "store/access.h"

enum { MAX_PATTERN_BYTES = 8192 };

/* What is compared ---------------------------------------------------------------------------------------------------- */

static void add_column(struct sqlb *b, const struct field *f)
{
#define COLUMN(name)                                      \
	if (f->offset == offsetof(struct object, name)) { \
		sqlb_add(b, #name, NO_ARGS);              \
		return;                                   \
	}
	COLUMN(id)
	COLUMN(created_at)
	COLUMN(updated_at)
	COLUMN(activity_at)
	COLUMN(is_closed)
	COLUMN(is_last_from_visitor)
	COLUMN(owner_id)
	COLUMN(closed_at)
	COLUMN(contact_id)
	COLUMN(created_by)
	COLUMN(updated_by)
	COLUMN(source)
	COLUMN(label)
	COLUMN(unique_key)
	COLUMN(pipeline_id)
	COLUMN(stage_id)
	COLUMN(priority)
	COLUMN(preview)
#undef COLUMN
	check(!"the column holds a property");
}

bool search_has_zero(const struct field *f)
{
	return f->offset == offsetof(struct object, owner_id) || f->offset == offsetof(struct object, closed_at) ||
	       f->offset == offsetof(struct object, contact_id) ||
	       f->offset == offsetof(struct object, created_by) || f->offset == offsetof(struct object, updated_by);
}

static bool is_text(const struct search_what *w)
{
	return w->column == NULL || w->column->type == F_STR;
}

/* NULL where it is not set. Other texts are NULL in their columns themselves. */
static void add_set_column(struct sqlb *b, const struct field *f)
{
	bool is_label = f->offset == offsetof(struct object, label);
	if (!is_label && !search_has_zero(f)) {
		add_column(b, f);
		return;
	}
	sqlb_add(b, "NULLIF(", NO_ARGS);
	add_column(b, f);
	if (is_label)
		sqlb_add(b, ", '')", NO_ARGS);
	else
		sqlb_add(b, ", 0)", NO_ARGS);
}

static void add_raw(struct maker *m, const struct search_what *w)
{
	if (w->column != NULL)
		add_set_column(&m->b, w->column);
	else if (m->is_pg)
		sqlb_add(&m->b, "(CAST(props AS JSONB) ->> CAST(? AS TEXT))", ARGS(S(w->name)));
	else
		sqlb_add(&m->b, "json_extract(props, ?)", ARGS(S(str_fmt(m->c->a, "$.\"" STR_FMT "\"", STR_ARG(w->name)))));
}

static void add_text(struct maker *m, const struct search_what *w)
{
	if (!is_text(w)) {
		sqlb_add(&m->b, "CAST(", NO_ARGS);
		add_raw(m, w);
		sqlb_add(&m->b, " AS TEXT)", NO_ARGS);
		return;
	}
	add_raw(m, w);
}

static void add_folded(struct maker *m, const struct search_what *w)
{
	if (!m->is_pg) {
		sqlb_add(&m->b, "fold(", NO_ARGS);
		add_text(m, w);
		sqlb_add(&m->b, ")", NO_ARGS);
		return;
	}
	sqlb_add(&m->b, "(lower(", NO_ARGS);
	add_text(m, w);
	sqlb_add(&m->b, " COLLATE \"und-x-icu\") COLLATE \"C\")", NO_ARGS);
}

/* A text that is no number, or one beyond all sense, has no value here: a cast of it would fail on PostgreSQL. */
static void add_number(struct maker *m, const struct search_what *w)
{
	sqlb_add(&m->b, "CASE WHEN length(", NO_ARGS);
	add_raw(m, w);
	sqlb_add(&m->b, ") <= 200 AND ", NO_ARGS);
	add_raw(m, w);
	if (m->is_pg)
		sqlb_add(&m->b, " ~ '^-{0,1}[0-9]*[.]{0,1}[0-9]+([eE][+-]{0,1}[0-9]{1,2}){0,1}$'", NO_ARGS);
	else
		sqlb_add(&m->b, " GLOB '*[0-9]*'", NO_ARGS);
	sqlb_add(&m->b, " THEN CAST(", NO_ARGS);
	add_raw(m, w);
	sqlb_add(&m->b, " AS DOUBLE PRECISION) END", NO_ARGS);
}

void search_add_what(struct maker *m, const struct search_what *w)
{
	if (!is_text(w)) {
		add_raw(m, w);
		return;
	}
	switch (w->as) {
	case SEARCH_AS_NUMBER:
		add_number(m, w);
		return;
	case SEARCH_WITHOUT_CASE:
		add_folded(m, w);
		return;
	case SEARCH_AS_PRIORITY:
		sqlb_add(&m->b, "CASE priority WHEN 'URGENT' THEN 4 WHEN 'HIGH' THEN 3 WHEN 'MEDIUM' THEN 2 WHEN 'LOW' THEN 1 END", NO_ARGS);
		return;
	case SEARCH_AS_IS:
		break;
	}
	sqlb_add(&m->b, "(", NO_ARGS);
	add_raw(m, w);
	if (m->is_pg)
		sqlb_add(&m->b, " COLLATE \"C\"", NO_ARGS);
	sqlb_add(&m->b, ")", NO_ARGS);
}

static void add_folded_param(struct maker *m, struct str text)
{
	if (m->is_pg)
		sqlb_add(&m->b, "(lower(CAST(? AS TEXT) COLLATE \"und-x-icu\") COLLATE \"C\")", ARGS(S(text)));
	else
		sqlb_add(&m->b, "fold(?)", ARGS(S(text)));
}

static void add_value(struct maker *m, const struct search_what *w, const struct search_value *v)
{
	if (!is_text(w))
		sqlb_add(&m->b, "?", ARGS(I(v->number)));
	else if (w->as == SEARCH_AS_NUMBER)
		sqlb_add(&m->b, "CAST(? AS DOUBLE PRECISION)", ARGS(S(v->text)));
	else if (w->as == SEARCH_WITHOUT_CASE)
		add_folded_param(m, v->text);
	else
		sqlb_add(&m->b, "?", ARGS(S(v->text)));
}

/* Words --------------------------------------------------------------------------------------------------------------- */

/* What a word consists of is said twice: here for PostgreSQL, in db/db_sqlite_fn.c for SQLite. */
#define WORD_CHARS "0-9a-z_\\u00c0-\\u1fff"

static bool is_word_char(uint32_t ch)
{
	return (ch >= '0' && ch <= '9') || ((ch | 0x20) >= 'a' && (ch | 0x20) <= 'z') || ch == '_' || (ch >= 0xc0 && ch <= 0x1fff);
}

/* A word with * as a regular expression. It survives being put into lower case. */
static struct str pattern_of(struct ctx *c, struct str word)
{
	struct buf b;
	uint32_t last = 0;
	size_t n;
	buf_init(&b, c->a, MAX_PATTERN_BYTES);
	if (is_word_char(utf8_decode(word, &n)))
		buf_lit(&b, "(^|[^" WORD_CHARS "])");
	for (struct str rest = word; rest.n > 0; rest = str_skip(rest, n)) {
		last = utf8_decode(rest, &n);
		if (last == '*') {
			buf_lit(&b, "[^\\u0001-\\u0020\\u3000]*");
			continue;
		}
		if (last < 0x80 && !(is_word_char(last) && last != '_'))
			buf_byte(&b, '\\');
		buf_add(&b, str_head(rest, n));
	}
	if (is_word_char(last))
		buf_lit(&b, "($|[^" WORD_CHARS "])");
	check(!buf_is_full(&b));
	return buf_str(&b);
}

/* Behind a text without case: does it have the word? */
static void add_has_word(struct maker *m, struct str word)
{
	if (m->is_pg)
		sqlb_add(&m->b, " ~ ", NO_ARGS);
	else
		sqlb_add(&m->b, ", ", NO_ARGS);
	add_folded_param(m, m->is_pg ? pattern_of(m->c, word) : word);
	if (!m->is_pg)
		sqlb_add(&m->b, ")", NO_ARGS);
}

static void add_contains(struct maker *m, const struct search_filter *f)
{
	sqlb_add(&m->b, "(", NO_ARGS);
	for (size_t i = 0; i < f->value_n; i++) {
		if (i > 0)
			sqlb_add(&m->b, " AND ", NO_ARGS);
		if (!m->is_pg)
			sqlb_add(&m->b, "has_word(", NO_ARGS);
		add_folded(m, &f->what);
		add_has_word(m, f->values[i].text);
	}
	sqlb_add(&m->b, ")", NO_ARGS);
}

/* Those that have the words, found before. */
static void add_ids(struct maker *m)
{
	if (m->is_pg)
		sqlb_add(&m->b, " AND id IN (SELECT CAST(one AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON)) AS one)",
		         ARGS(S(m->s->ids)));
	else
		sqlb_add(&m->b, " AND id IN (SELECT value FROM json_each(?))", ARGS(S(m->s->ids)));
}

/* Filters ------------------------------------------------------------------------------------------------------------- */

static void add_list(struct maker *m, const struct search_filter *f)
{
	sqlb_add(&m->b, "(", NO_ARGS);
	for (size_t i = 0; i < f->value_n; i++) {
		if (i > 0)
			sqlb_add(&m->b, ", ", NO_ARGS);
		add_value(m, &f->what, &f->values[i]);
	}
	sqlb_add(&m->b, ")", NO_ARGS);
}

/* Every link is there in both directions: those of the values, towards our type. An id of yet another type has none that count. */
static void add_linked(struct maker *m, const struct search_filter *f)
{
	sqlb_add(&m->b, "id IN (SELECT to_id FROM association a JOIN object o ON o.id = a.from_id"
	         " WHERE a.to_type = ? AND o.object_type = ? AND o.archived_at = 0 AND a.from_id IN (",
	         ARGS(I(m->s->object_type), I(f->other_type)));
	for (size_t i = 0; i < f->value_n; i++) {
		if (i > 0)
			sqlb_add(&m->b, ", ", NO_ARGS);
		sqlb_add(&m->b, "?", ARGS(I(f->values[i].number)));
	}
	sqlb_add(&m->b, "))", NO_ARGS);
}

static void add_compared(struct maker *m, const struct search_filter *f)
{
	switch (f->op) {
	case SEARCH_EQ:
		sqlb_add(&m->b, " = ", NO_ARGS);
		break;
	case SEARCH_NEQ:
		sqlb_add(&m->b, " <> ", NO_ARGS);
		break;
	case SEARCH_LT:
		sqlb_add(&m->b, " < ", NO_ARGS);
		break;
	case SEARCH_LTE:
		sqlb_add(&m->b, " <= ", NO_ARGS);
		break;
	case SEARCH_GT:
		sqlb_add(&m->b, " > ", NO_ARGS);
		break;
	case SEARCH_GTE:
		sqlb_add(&m->b, " >= ", NO_ARGS);
		break;
	default:
		check(!"the operator compares with one value");
	}
	add_value(m, &f->what, &f->values[0]);
}

/* Columns that stand in indexes are compared as they are, without an expression around them; a number of theirs that is not set is 0,
 * which is no value. Equality of texts does not depend on their order, and so needs no COLLATE, which no index would serve. */
static bool is_bare(const struct search_filter *f)
{
	bool is_order = f->op != SEARCH_EQ && f->op != SEARCH_NEQ && f->op != SEARCH_IN && f->op != SEARCH_NOT_IN &&
	                f->op != SEARCH_HAS && f->op != SEARCH_HAS_NOT;
	if (f->what.column == NULL)
		return false;
	return is_text(&f->what) ? f->what.as == SEARCH_AS_IS && !is_order : true;
}

static void add_compared_with(struct maker *m, const struct search_filter *f)
{
	switch (f->op) {
	case SEARCH_HAS:
		sqlb_add(&m->b, " IS NOT NULL", NO_ARGS);
		return;
	case SEARCH_HAS_NOT:
		sqlb_add(&m->b, " IS NULL", NO_ARGS);
		return;
	case SEARCH_IN:
		sqlb_add(&m->b, " IN ", NO_ARGS);
		add_list(m, f);
		return;
	case SEARCH_NOT_IN:
		sqlb_add(&m->b, " NOT IN ", NO_ARGS);
		add_list(m, f);
		return;
	case SEARCH_BETWEEN:
		sqlb_add(&m->b, " BETWEEN ", NO_ARGS);
		add_value(m, &f->what, &f->values[0]);
		sqlb_add(&m->b, " AND ", NO_ARGS);
		add_value(m, &f->what, &f->values[1]);
		return;
	default:
		add_compared(m, f);
	}
}

static void add_bare(struct maker *m, const struct search_filter *f)
{
	bool has_zero = search_has_zero(f->what.column);
	add_column(&m->b, f->what.column);
	if (has_zero && f->op == SEARCH_HAS) {
		sqlb_add(&m->b, " <> 0", NO_ARGS);
		return;
	}
	if (has_zero && f->op == SEARCH_HAS_NOT) {
		sqlb_add(&m->b, " = 0", NO_ARGS);
		return;
	}
	add_compared_with(m, f);
	if (!has_zero || search_is_equality(f))
		return;
	sqlb_add(&m->b, " AND ", NO_ARGS);
	add_column(&m->b, f->what.column);
	sqlb_add(&m->b, " <> 0", NO_ARGS);
}

bool search_is_equality(const struct search_filter *f)
{
	if (f->op == SEARCH_OWNED)
		return true;
	if (!is_bare(f) || (f->op != SEARCH_EQ && f->op != SEARCH_IN && f->op != SEARCH_HAS_NOT))
		return false;
	for (size_t i = 0; i < f->value_n; i++)
		if (search_has_zero(f->what.column) && f->values[i].number == 0)
			return false;
	return true;
}

/* Asked of each candidate: the objects that it is linked with are few. With an OFFSET PostgreSQL does not read all contacts instead. */
static void add_of_linked(struct maker *m, const struct search_filter *f)
{
	struct search_filter own = *f;
	own.of_type = 0;
	sqlb_add(&m->b, "EXISTS (SELECT 1 FROM association AS a WHERE a.from_id = object.id AND a.to_type = ? AND EXISTS"
	         " (SELECT 1 FROM object WHERE id = a.to_id AND archived_at = 0 AND ", ARGS(I(f->of_type)));
	search_add_filter(m, &own);
	sqlb_add(&m->b, " LIMIT 1 OFFSET 0) LIMIT 1 OFFSET 0)", NO_ARGS);
}

void search_add_filter(struct maker *m, const struct search_filter *f)
{
	if (f->of_type != 0) {
		add_of_linked(m, f);
		return;
	}
	switch (f->op) {
	case SEARCH_LINKED:
		add_linked(m, f);
		return;
	case SEARCH_NO_SPAM:
		sqlb_add(&m->b, "id NOT IN (SELECT id FROM object WHERE spam_at > 0)", NO_ARGS);
		return;
	case SEARCH_NOT_SNOOZED:
		sqlb_add(&m->b, "id NOT IN (SELECT id FROM object WHERE snoozed_until > 0)", NO_ARGS);
		return;
	case SEARCH_OWNED:
		access_add_owned(m->c, &m->b, m->s->access);
		return;
	case SEARCH_SHARED:
		access_add_shared(m->c, &m->b, m->s->access);
		return;
	case SEARCH_IN_OPEN_PIPELINE:
		access_add_open(m->c, &m->b, m->s->access);
		return;
	default:
		break;
	}
	if (f->op == SEARCH_CONTAINS || f->op == SEARCH_CONTAINS_NOT) {
		if (f->op == SEARCH_CONTAINS_NOT)
			sqlb_add(&m->b, "NOT ", NO_ARGS);
		add_contains(m, f);
		return;
	}
	if (is_bare(f)) {
		add_bare(m, f);
		return;
	}
	search_add_what(m, &f->what);
	add_compared_with(m, f);
}

void search_add_group(struct maker *m, const struct search_group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (i > 0)
			sqlb_add(&m->b, " AND ", NO_ARGS);
		sqlb_add(&m->b, "(", NO_ARGS);
		search_add_filter(m, &g->filters[i]);
		sqlb_add(&m->b, ")", NO_ARGS);
	}
}

void search_add_words(struct maker *m)
{
	if (!str_is_null(m->s->ids))
		add_ids(m);
}
