#include "desk/search.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/utf8.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/property.h"
#include "desk/search_index.h"
#include "desk/words.h"

static const struct str op_names[SEARCH_OP_N] = {
	[SEARCH_EQ] = STR("EQ"),
	[SEARCH_NEQ] = STR("NEQ"),
	[SEARCH_LT] = STR("LT"),
	[SEARCH_LTE] = STR("LTE"),
	[SEARCH_GT] = STR("GT"),
	[SEARCH_GTE] = STR("GTE"),
	[SEARCH_BETWEEN] = STR("BETWEEN"),
	[SEARCH_IN] = STR("IN"),
	[SEARCH_NOT_IN] = STR("NOT_IN"),
	[SEARCH_HAS] = STR("HAS_PROPERTY"),
	[SEARCH_HAS_NOT] = STR("NOT_HAS_PROPERTY"),
	[SEARCH_CONTAINS] = STR("CONTAINS_TOKEN"),
	[SEARCH_CONTAINS_NOT] = STR("NOT_CONTAINS_TOKEN"),
};

struct reader {
	const struct type_def *type;
	bool has_linked;
	size_t filter_n;
	size_t value_n; /* of all filters so far */
};

static enum err find_op(struct ctx *c, struct str name, enum search_op *out)
{
	for (size_t i = 0; i < SEARCH_OP_N; i++) {
		if (op_names[i].n == 0 || !str_eq_nocase(op_names[i], name))
			continue;
		*out = (enum search_op)i;
		return OK;
	}
	return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: \"" STR_FMT "\" is no operator.",
	            STR_ARG(str_head(name, 100)));
}

/* Emails are kept in lower case, and found by the key that they are. */
static bool is_key(const struct property_def *def)
{
	return def->column != NULL && def->column->offset == offsetof(struct object, unique_key);
}

static struct search_what what_of(const struct property_def *def)
{
	struct search_what w = {.column = def->column, .name = def->row.name, .as = SEARCH_WITHOUT_CASE};
	if (str_eq(def->row.type, STR("number")))
		w.as = SEARCH_AS_NUMBER;
	else if (is_key(def) || str_eq(def->row.type, STR("enumeration")) || str_eq(def->row.type, STR("bool")) ||
	         str_starts(def->row.type, STR("date")))
		w.as = SEARCH_AS_IS;
	return w;
}

/* Values ---------------------------------------------------------------------------------------------------------------- */

static enum err not_valid(struct ctx *c, const struct property_def *def, struct str code, struct str value)
{
	c->why.are_properties = true;
	return fail_field(c, def->row.name, code, STR_FMT " was not a valid value of \"" STR_FMT "\".",
	                  STR_ARG(str_head(value, 100)), STR_ARG(def->row.name));
}

/* PostgreSQL refuses a number that no double can hold. */
static enum err read_number(struct ctx *c, const struct property_def *def, struct str text, struct search_value *out)
{
	double number = num_is_decimal(text) ? strtod(str_z(c->a, text), NULL) : NAN;
	if (!isfinite(number))
		return not_valid(c, def, STR("INVALID_LONG"), text);
	out->text = str_fmt(c->a, "%.17g", number);
	return OK;
}

static enum err read_column_value(struct ctx *c, const struct property_def *def, struct str text,
                                  struct search_value *out)
{
	switch ((enum field_type)def->column->type) {
	case F_TIME:
		return time_parse(text, &out->number) ? OK : not_valid(c, def, STR("INVALID_DATE"), text);
	case F_BOOL:
		if (!str_eq_nocase(text, STR("true")) && !str_eq_nocase(text, STR("false")))
			return not_valid(c, def, STR("INVALID_BOOLEAN"), text);
		out->number = str_eq_nocase(text, STR("true"));
		return OK;
	case F_ID:
	case F_INT:
		return num_parse_int(text, &out->number) ? OK : not_valid(c, def, STR("INVALID_LONG"), text);
	default:
		return OK;
	}
}

/* The form in which values of the property are kept. Options are not looked at: an unknown one matches nothing. */
static enum err read_value(struct ctx *c, struct reader *r, const struct property_def *def, struct str text,
                           struct search_value *out)
{
	*out = (struct search_value){.text = text};
	if (++r->value_n > MAX_SEARCH_VALUES)
		return fail(c, ERR_BAD_INPUT, "A search takes no more than %d values.", MAX_SEARCH_VALUES);
	if (!utf8_is_valid(text) || str_find_byte(text, '\0') >= 0)
		return not_valid(c, def, STR("INVALID_STRING"), STR(""));
	if (def->column != NULL && def->column->type != F_STR)
		return read_column_value(c, def, text, out);
	if (str_eq(def->row.type, STR("number")))
		return read_number(c, def, text, out);
	if (is_key(def))
		out->text = str_lower(c->a, text);
	if (is_key(def) || str_eq(def->row.type, STR("enumeration")) || str_eq(def->row.name, STR("email")))
		return OK;
	return property_check(c, def, text, &out->text);
}

static enum err needs(struct ctx *c, const struct filter_in *in, const char *what)
{
	return fail(c, ERR_BAD_INPUT, "The operator " STR_FMT " needs %s (property \"" STR_FMT "\").",
	            STR_ARG(str_head(in->op, 100)), what, STR_ARG(str_head(in->property, 200)));
}

static enum err read_values(struct ctx *c, struct reader *r, const struct property_def *def, const struct filter_in *in,
                            struct search_filter *f)
{
	size_t n = f->op == SEARCH_IN || f->op == SEARCH_NOT_IN ? in->value_n : f->op == SEARCH_BETWEEN ? 2 : 1;
	const struct str pair[] = {in->value, in->high_value};
	const struct str *texts = f->op == SEARCH_IN || f->op == SEARCH_NOT_IN ? in->values : pair;
	if (n == 0)
		return needs(c, in, "values");
	if (n > MAX_SEARCH_VALUES)
		return fail(c, ERR_BAD_INPUT, "A search takes no more than %d values.", MAX_SEARCH_VALUES);
	struct search_value *values = NEW_ARRAY(c->a, n, struct search_value);
	for (size_t i = 0; i < n; i++) {
		if (texts[i].n == 0)
			return needs(c, in, i == 1 && f->op == SEARCH_BETWEEN ? "a highValue" : "a value");
		TRY(read_value(c, r, def, texts[i], &values[i]));
	}
	f->values = values;
	f->value_n = n;
	return OK;
}

/* Words ----------------------------------------------------------------------------------------------------------------- */

/* The next run of what is not blank; the null string at the end. */
static struct str next_word(struct str *rest)
{
	size_t from = 0, to;
	while (from < rest->n && (unsigned char)rest->p[from] <= ' ')
		from++;
	for (to = from; to < rest->n && (unsigned char)rest->p[to] > ' ';)
		to++;
	struct str word = to > from ? (struct str){rest->p + from, to - from} : STR_NULL;
	*rest = str_skip(*rest, to);
	return word;
}

static enum err check_word(struct ctx *c, struct str word)
{
	size_t star_n = 0;
	for (size_t i = 0; i < word.n; i++)
		star_n += word.p[i] == '*';
	if (!utf8_is_valid(word) || str_find_byte(word, '\0') >= 0)
		return fail(c, ERR_BAD_INPUT, "The words have bytes that are not text.");
	if (utf8_count(word) > MAX_WORD_CHARS)
		return fail(c, ERR_BAD_INPUT, "A word is longer than %d characters.", MAX_WORD_CHARS);
	if (star_n > MAX_WORD_STARS)
		return fail(c, ERR_BAD_INPUT, "A word has more than %d wildcards.", MAX_WORD_STARS);
	return OK;
}

static enum err read_words(struct ctx *c, struct reader *r, const struct filter_in *in, struct search_filter *f)
{
	struct search_value *values = NEW_ARRAY(c->a, MAX_SEARCH_WORDS, struct search_value);
	struct str rest = in->value;
	for (struct str word = next_word(&rest); !str_is_null(word); word = next_word(&rest)) {
		if (f->value_n == MAX_SEARCH_WORDS || ++r->value_n > MAX_SEARCH_VALUES)
			return fail(c, ERR_BAD_INPUT, "A search takes no more than %d words.", MAX_SEARCH_WORDS);
		TRY(check_word(c, word));
		values[f->value_n++].text = word;
	}
	f->values = values;
	return f->value_n > 0 ? OK : needs(c, in, "a value");
}

/* The property called name has a column, or values that are no words in the index. */
static bool asks_index(const struct type_def *t, const struct filter_in *f)
{
	bool is_equality = str_eq_nocase(f->op, op_names[SEARCH_EQ]) || str_eq_nocase(f->op, op_names[SEARCH_IN]);
	return is_equality && schema_property(t, f->property) != NULL && desk_has_value_word(t, f->property);
}

bool desk_search_asks_index(const struct type_def *t, const struct search_in *in)
{
	size_t n = 0;
	for (size_t i = 0; i < in->group_n; i++)
		for (size_t k = 0; k < in->groups[i].n; k++)
			n += asks_index(t, &in->groups[i].filters[k]);
	return n > 0 && in->group_n == 1;
}

/* Each value, or what texts that are not ASCII have together. The sign of kelvin is in lower case a k of ASCII: it is not asked for. */
static bool ask_value(struct ctx *c, const struct search_filter *f, struct word_query *q)
{
	struct word *words = NEW_ARRAY(c->a, f->value_n + 1, struct word);
	for (size_t i = 0; i < f->value_n; i++)
		if (str_find(f->values[i].text, STR("\u212a")) >= 0 || !word_of_value(c, f->what.name, f->values[i].text, &words[i].text))
			return false;
	word_of_value(c, f->what.name, VALUE_OTHER, &words[f->value_n].text);
	words_ask(q, words, f->value_n + 1);
	return true;
}

/* Of a single group, all of whose filters hold. False when no filter asks for the index. */
static bool ask_values(struct ctx *c, const struct type_def *t, const struct search *s, struct word_query *q)
{
	bool is_asked = false;
	for (size_t i = 0; s->group_n == 1 && i < s->groups[0].n; i++) {
		const struct search_filter *f = &s->groups[0].filters[i];
		if ((f->op == SEARCH_EQ || f->op == SEARCH_IN) && f->what.column == NULL && f->of_type == 0 &&
		    desk_has_value_word(t, f->what.name))
			is_asked |= ask_value(c, f, q);
	}
	return is_asked;
}

/* The newest objects of the type that have the words, as many as a search reaches. Without words of a query those that have the values
 * of the filters, if a search reaches all of them: with more it is soon found what matches without the index. */
static enum err read_query(struct ctx *c, const struct type_def *t, const struct search_in *in, struct search *s)
{
	struct str query = in->query;
	struct word_query q = {.n = 0};
	struct word type = desk_type_word(c, t->row.id);
	struct str rest = query;
	int64_t *ids;
	size_t word_n = 0, n;
	if (!utf8_is_valid(query) || str_find_byte(query, '\0') >= 0)
		return fail(c, ERR_BAD_INPUT, "The query has bytes that are not text.");
	if (utf8_count(query) > MAX_QUERY_CHARS)
		return fail(c, ERR_BAD_INPUT, "The query is longer than %d characters.", MAX_QUERY_CHARS);
	while (!str_is_null(next_word(&rest)))
		if (word_n++ == MAX_SEARCH_WORDS)
			return fail(c, ERR_BAD_INPUT, "A query takes no more than %d words.", MAX_SEARCH_WORDS);
	words_ask(&q, &type, 1);
	bool has_words = words_asked(c, query, &q);
	bool has_values = in->is_index_current && ask_values(c, t, s, &q);
	if (!has_words && !has_values)
		return OK;
	TRY(word_find(c, WORDS_OF_OBJECTS, &q, INT64_MAX, MAX_SEARCH_REACH + !has_words, &ids, &n));
	if (n <= MAX_SEARCH_REACH)
		s->ids = word_ids(c, ids, n);
	return OK;
}

/* Filters --------------------------------------------------------------------------------------------------------------- */

static enum err read_linked(struct ctx *c, struct reader *r, const struct filter_in *in, struct search_filter *f)
{
	const struct type_def *other;
	size_t n = f->op == SEARCH_IN ? in->value_n : 1;
	if (f->op != SEARCH_EQ && f->op != SEARCH_IN)
		return fail(c, ERR_BAD_INPUT, "\"" STR_FMT "\" takes the operators EQ and IN.",
		            STR_ARG(str_head(in->property, 200)));
	TRY(schema_type(c, str_skip(in->property, LINKED_PREFIX.n), &other));
	r->value_n += n;
	if (r->value_n > MAX_SEARCH_VALUES)
		return fail(c, ERR_BAD_INPUT, "A search takes no more than %d values.", MAX_SEARCH_VALUES);
	struct search_value *values = NEW_ARRAY(c->a, n, struct search_value);
	for (size_t i = 0; i < n; i++) {
		struct str id = f->op == SEARCH_IN ? in->values[i] : in->value;
		if (!num_parse_id(id, &values[i].number))
			return fail(c, ERR_BAD_INPUT, "\"" STR_FMT "\" takes ids, not \"" STR_FMT "\".",
			            STR_ARG(str_head(in->property, 200)), STR_ARG(str_head(id, 100)));
	}
	if (n == 0)
		return needs(c, in, "values");
	*f = (struct search_filter){.op = SEARCH_LINKED, .other_type = other->row.id, .values = values, .value_n = n};
	return OK;
}

/* Times and booleans of columns have no words. */
static bool has_words(const struct property_def *def)
{
	return def->column == NULL || def->column->type == F_STR || def->column->type == F_ID ||
	       def->column->type == F_INT;
}

/* Of which type's property does the filter ask? */
static enum err find_type(struct ctx *c, const struct reader *r, const struct filter_in *in, const struct type_def **out)
{
	if (!r->has_linked || in->object_type.n == 0)
		return OK;
	TRY(schema_type(c, in->object_type, out));
	if (*out != r->type && (*out)->row.id != TYPE_CONTACT && (*out)->row.id != TYPE_COMPANY)
		return fail(c, ERR_BAD_INPUT, "Filters ask for properties of tickets, contacts and companies.");
	return OK;
}

static enum err read_filter(struct ctx *c, struct reader *r, const struct filter_in *in, struct search_filter *f)
{
	*f = (struct search_filter){0};
	if (++r->filter_n > MAX_SEARCH_FILTERS)
		return fail(c, ERR_BAD_INPUT, "A search takes no more than %d filters in all.", MAX_SEARCH_FILTERS);
	TRY(find_op(c, in->op, &f->op));
	if (str_starts(in->property, LINKED_PREFIX))
		return read_linked(c, r, in, f);
	const struct type_def *type = r->type;
	TRY(find_type(c, r, in, &type));
	const struct property_def *def = schema_property(type, in->property);
	if (def == NULL)
		return property_unknown(c, in->property);
	f->what = what_of(def);
	f->of_type = type == r->type ? 0 : type->row.id;
	if (f->op == SEARCH_HAS || f->op == SEARCH_HAS_NOT)
		return OK;
	if (f->op != SEARCH_CONTAINS && f->op != SEARCH_CONTAINS_NOT)
		return read_values(c, r, def, in, f);
	if (!has_words(def))
		return fail(c, ERR_BAD_INPUT, "\"" STR_FMT "\" has no words for " STR_FMT ".", STR_ARG(def->row.name),
		            STR_ARG(op_names[f->op]));
	return read_words(c, r, in, f);
}

/* Groups without filters ask for nothing. */
static enum err read_groups(struct ctx *c, struct reader *r, const struct search_in *in, struct search *s)
{
	if (in->group_n > MAX_SEARCH_GROUPS)
		return fail(c, ERR_BAD_INPUT, "A search takes no more than %d filterGroups.", MAX_SEARCH_GROUPS);
	struct search_group *groups = NEW_ARRAY(c->a, in->group_n, struct search_group);
	for (size_t i = 0; i < in->group_n; i++) {
		const struct filter_group_in *from = &in->groups[i];
		struct search_group *to = &groups[s->group_n];
		if (from->n > MAX_GROUP_FILTERS)
			return fail(c, ERR_BAD_INPUT, "A filter group takes no more than %d filters.",
			            MAX_GROUP_FILTERS);
		for (; to->n < from->n; to->n++)
			TRY(read_filter(c, r, &from->filters[to->n], &to->filters[to->n]));
		s->group_n += to->n > 0;
	}
	s->groups = groups;
	return OK;
}

static enum err read_order(struct ctx *c, const struct type_def *t, const struct search_in *in, struct search *s)
{
	s->is_descending = in->is_descending;
	if (in->sort.n == 0)
		return OK;
	const struct property_def *def = schema_property(t, in->sort);
	if (def == NULL)
		return property_unknown(c, in->sort);
	s->order = what_of(def);
	return OK;
}

enum err desk_search_read(struct ctx *c, const struct type_def *t, const struct search_in *in, struct search *out)
{
	struct reader r = {.type = t, .has_linked = in->has_linked};
	*out = (struct search){.object_type = t->row.id, .limit = in->limit, .offset = in->offset};
	if (in->offset + in->limit > MAX_SEARCH_REACH)
		return fail(c, ERR_BAD_INPUT, "A search reaches the first %d results: after + limit is more.",
		            MAX_SEARCH_REACH);
	TRY(read_groups(c, &r, in, out));
	return read_order(c, t, in, out);
}

enum err desk_search(struct ctx *c, const struct type_def *t, const struct search_in *in, struct object **out,
                     size_t *n_out, int64_t *total_out)
{
	struct search s;
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(desk_search_read(c, t, in, &s));
	TRY(read_query(c, t, in, &s));
	s.access = desk_sight_of(c, t->row.id);
	return object_search(c, &s, out, n_out, total_out);
}
