/* The one home of what differs between the engines where properties are read out of JSON and texts are compared without case. */

#include "store/search.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "db/sqlb.h"

enum { MAX_PATTERN_BYTES = 8192 };

struct maker {
	struct sqlb b;
	struct ctx *c;
	const struct search *s;
	bool is_pg;
};

struct total {
	int64_t n;
};
static const struct field total_fields[] = {FIELD(struct total, n, F_INT)};
static const struct shape total_shape = SHAPE("Total", struct total, total_fields);

/* What is compared ---------------------------------------------------------------------------------------------------- */

/* Texts and numbers that are not set are '' and 0 in columns; a boolean is always set. */
static void add_column(struct sqlb *b, const struct field *f)
{
#define TEXT_COLUMN(name)                                   \
	if (f->offset == offsetof(struct object, name)) {   \
		sqlb_add(b, "NULLIF(" #name ", '')", NO_ARGS); \
		return;                                     \
	}
#define NUMBER_COLUMN(name)                                 \
	if (f->offset == offsetof(struct object, name)) {   \
		sqlb_add(b, "NULLIF(" #name ", 0)", NO_ARGS);  \
		return;                                     \
	}
#define PLAIN_COLUMN(name)                                  \
	if (f->offset == offsetof(struct object, name)) {   \
		sqlb_add(b, #name, NO_ARGS);                \
		return;                                     \
	}
	PLAIN_COLUMN(id)
	PLAIN_COLUMN(created_at)
	PLAIN_COLUMN(updated_at)
	PLAIN_COLUMN(activity_at)
	PLAIN_COLUMN(is_closed)
	PLAIN_COLUMN(is_last_from_visitor)
	NUMBER_COLUMN(owner_id)
	NUMBER_COLUMN(closed_at)
	NUMBER_COLUMN(contact_id)
	TEXT_COLUMN(label)
	TEXT_COLUMN(unique_key)
	TEXT_COLUMN(pipeline_id)
	TEXT_COLUMN(stage_id)
	TEXT_COLUMN(priority)
	TEXT_COLUMN(preview)
#undef TEXT_COLUMN
#undef NUMBER_COLUMN
#undef PLAIN_COLUMN
	check(!"the column holds a property");
}

static bool is_text(const struct search_what *w)
{
	return w->column == NULL || w->column->type == F_STR;
}

static void add_raw(struct maker *m, const struct search_what *w)
{
	if (w->column != NULL)
		add_column(&m->b, w->column);
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

static void add_what(struct maker *m, const struct search_what *w)
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

/* All texts as one, for each word that begins anywhere in it. */
static void add_words(struct maker *m)
{
	const struct search *s = m->s;
	sqlb_add(&m->b, " AND id IN (SELECT id FROM (SELECT id, ''", NO_ARGS);
	for (size_t i = 0; i < s->text_n; i++) {
		sqlb_add(&m->b, " || ' ' || coalesce(", NO_ARGS);
		add_folded(m, &s->texts[i]);
		sqlb_add(&m->b, ", '')", NO_ARGS);
	}
	sqlb_add(&m->b, " AS words FROM object WHERE object_type = ? AND archived_at = 0) AS texts WHERE ", ARGS(I(s->object_type)));
	for (size_t i = 0; i < s->word_n; i++) {
		if (i > 0)
			sqlb_add(&m->b, " AND ", NO_ARGS);
		if (m->is_pg)
			sqlb_add(&m->b, "words", NO_ARGS);
		else
			sqlb_add(&m->b, "has_word(words", NO_ARGS);
		add_has_word(m, s->words[i]);
	}
	sqlb_add(&m->b, ")", NO_ARGS);
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

static void add_filter(struct maker *m, const struct search_filter *f)
{
	if (f->op == SEARCH_LINKED) {
		add_linked(m, f);
		return;
	}
	if (f->op == SEARCH_CONTAINS || f->op == SEARCH_CONTAINS_NOT) {
		if (f->op == SEARCH_CONTAINS_NOT)
			sqlb_add(&m->b, "NOT ", NO_ARGS);
		add_contains(m, f);
		return;
	}
	add_what(m, &f->what);
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

static void add_group(struct maker *m, const struct search_group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (i > 0)
			sqlb_add(&m->b, " AND ", NO_ARGS);
		sqlb_add(&m->b, "(", NO_ARGS);
		add_filter(m, &g->filters[i]);
		sqlb_add(&m->b, ")", NO_ARGS);
	}
}

static void add_where(struct maker *m)
{
	const struct search *s = m->s;
	sqlb_add(&m->b, " FROM object WHERE object_type = ? AND archived_at = 0", ARGS(I(s->object_type)));
	for (size_t i = 0; i < s->group_n; i++) {
		if (i == 0)
			sqlb_add(&m->b, " AND (", NO_ARGS);
		else
			sqlb_add(&m->b, " OR ", NO_ARGS);
		add_group(m, &s->groups[i]);
	}
	if (s->group_n > 0)
		sqlb_add(&m->b, ")", NO_ARGS);
	if (s->word_n > 0)
		add_words(m);
}

static void add_order(struct maker *m)
{
	const struct search_what *by = &m->s->order;
	if (by->column == NULL && str_is_null(by->name)) {
		sqlb_add(&m->b, " ORDER BY created_at, id", NO_ARGS);
		return;
	}
	sqlb_add(&m->b, " ORDER BY CASE WHEN ", NO_ARGS);
	add_what(m, by);
	sqlb_add(&m->b, " IS NULL THEN 1 ELSE 0 END, ", NO_ARGS);
	add_what(m, by);
	if (m->s->is_descending)
		sqlb_add(&m->b, " DESC", NO_ARGS);
	sqlb_add(&m->b, ", id", NO_ARGS);
}

static void maker_init(struct maker *m, struct ctx *c, const struct search *s)
{
	*m = (struct maker){.c = c, .s = s, .is_pg = tx_engine(c) == DB_PG};
	sqlb_init(&m->b, c->a);
}

static enum err count(struct ctx *c, const struct search *s, int64_t *out)
{
	struct maker m;
	struct total total;
	maker_init(&m, c, s);
	sqlb_add(&m.b, "SELECT count(*) AS n FROM (SELECT 1", NO_ARGS);
	add_where(&m);
	sqlb_add(&m.b, " LIMIT ?) AS few", ARGS(I(MAX_SEARCH_REACH)));
	TRY(sqlb_one(c, &m.b, &total_shape, &total));
	*out = total.n;
	return OK;
}

enum err object_search(struct ctx *c, const struct search *s, struct object **out, size_t *n_out, int64_t *total_out)
{
	struct maker m;
	maker_init(&m, c, s);
	sqlb_add(&m.b, "SELECT @cols", NO_ARGS);
	add_where(&m);
	add_order(&m);
	sqlb_add(&m.b, " LIMIT ? OFFSET ?", ARGS(I(s->limit), I(s->offset)));
	TRY(sqlb_all(c, &m.b, &object_shape, out, n_out));
	/* the last page says by itself how many there are */
	if (*n_out < (size_t)s->limit && (*n_out > 0 || s->offset == 0)) {
		*total_out = s->offset + (int64_t)*n_out;
		return OK;
	}
	return count(c, s, total_out);
}
