#include "desk/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "text/words.h"

#define NO_ROW_HAS WORD_MARK "none"

/* Tokens ---------------------------------------------------------------------------------------------------------------------- */

static bool is_plain(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

/* Letters and digits only, so that no engine takes a part of it for syntax: 10.50 is 10_50. */
static struct str plain(struct arena *a, struct str token)
{
	size_t at = 0;
	while (at < token.n && is_plain(token.p[at]))
		at++;
	if (at == token.n)
		return token;
	char *p = arena_alloc(a, token.n);
	for (size_t i = 0; i < token.n; i++)
		p[i] = is_plain(token.p[i]) ? token.p[i] : '_';
	return (struct str){p, token.n};
}

/* Digits of a telephone number into room, those behind its first + and noughts; 0 where it is none. */
static size_t phone_digits(struct str text, char room[MAX_PHONE_DIGITS])
{
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char byte = text.p[i];
		if (byte >= '0' && byte <= '9') {
			if (byte == '0' && n == 0)
				continue;
			if (n == MAX_PHONE_DIGITS)
				return 0;
			room[n++] = byte;
		} else if (byte == '\0' || strchr(" +-()./", byte) == NULL) {
			return 0;
		}
	}
	return n >= MIN_PHONE_DIGITS ? n : 0;
}

/* Indexing -------------------------------------------------------------------------------------------------------------------- */

struct terms {
	struct str *all;
	size_t n;
	size_t room;
};

static void add_term(struct terms *t, struct str term)
{
	if (t->n < t->room && term.n > 0)
		t->all[t->n++] = term;
}

/* With the number of a country or without: every end of it that is long enough. */
static void add_phone(struct arena *a, struct terms *t, struct str phone)
{
	char room[MAX_PHONE_DIGITS];
	size_t n = phone_digits(phone, room);
	for (size_t from = 0; n >= MIN_PHONE_DIGITS && from <= n - MIN_PHONE_DIGITS; from++)
		add_term(t, str_dup(a, (struct str){room + from, n - from}));
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct str join_once(struct arena *a, struct terms *t)
{
	struct buf b;
	qsort(t->all, t->n, sizeof(t->all[0]), by_text);
	buf_init(&b, a, MAX_INDEXED_BYTES);
	for (size_t i = 0; i < t->n; i++) {
		if (i > 0 && str_eq(t->all[i], t->all[i - 1]))
			continue;
		if (b.n + 1 + t->all[i].n > MAX_INDEXED_BYTES)
			break;
		if (b.n > 0)
			buf_byte(&b, ' ');
		buf_add(&b, t->all[i]);
	}
	return buf_str(&b);
}

struct str words_indexed(struct arena *a, const struct indexed *in)
{
	struct token *tokens, *aside;
	size_t n, aside_n;
	words_split(a, in->text, WORDS_OF_TEXT, &tokens, &n);
	words_split(a, in->aside, WORDS_OF_TEXT, &aside, &aside_n);
	if (n > MAX_WORD_TERMS)
		n = MAX_WORD_TERMS;
	struct terms t = {.room = n + aside_n + 1 + in->phone_n * MAX_PHONE_DIGITS + in->value_n};
	t.all = NEW_ARRAY(a, t.room, struct str);
	add_term(&t, in->kind);
	for (size_t i = 0; i < in->value_n; i++)
		add_term(&t, in->values[i]);
	for (size_t i = 0; i < in->phone_n; i++)
		add_phone(a, &t, in->phones[i]);
	for (size_t i = 0; i < aside_n; i++)
		add_term(&t, str_cat(a, STR(WORD_ASIDE), plain(a, aside[i].text)));
	for (size_t i = 0; i < n; i++)
		add_term(&t, plain(a, tokens[i].text));
	return join_once(a, &t);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

bool word_of_value(struct ctx *c, struct str name, struct str value, struct str *out)
{
	struct str same = str_lower(c->a, value);
	if (!is_ascii(value))
		same = VALUE_OTHER;
	else if (value.n == 0 || value.n > MAX_VALUE_BYTES)
		return false;
	else if (num_is_decimal(value))
		same = str_fmt(c->a, "%.17g", strtod(str_z(c->a, value), NULL) + 0.0); /* no -0 */
	struct str both = str_fmt(c->a, STR_FMT "=" STR_FMT, STR_ARG(name), STR_ARG(same));
	*out = str_fmt(c->a, WORD_MARK "v%016llx", (unsigned long long)str_hash(both));
	return true;
}

/* Asking ---------------------------------------------------------------------------------------------------------------------- */

void words_ask(struct word_query *q, const struct word *words, size_t n)
{
	if (q->n < MAX_WORD_GROUPS)
		q->groups[q->n++] = (struct word_group){words, n};
}

void words_ask_aside(struct ctx *c, struct word_query *q)
{
	for (size_t i = 1; i < q->n; i++) {
		struct word_group *g = &q->groups[i];
		struct word *words = NEW_ARRAY(c->a, g->n * 2, struct word);
		for (size_t k = 0; k < g->n; k++) {
			words[k] = g->words[k];
			words[g->n + k] = (struct word){str_cat(c->a, STR(WORD_ASIDE), g->words[k].text), g->words[k].is_prefix};
		}
		*g = (struct word_group){words, g->n * 2};
	}
}

static bool is_nothing(struct str query)
{
	for (size_t i = 0; i < query.n; i++)
		if ((unsigned char)query.p[i] > ' ' && query.p[i] != '*')
			return false;
	return true;
}

static bool is_asked_already(const struct word_query *q, const struct word *w)
{
	for (size_t i = 0; i < q->n; i++)
		if (str_eq(q->groups[i].words[0].text, w->text) && q->groups[i].words[0].is_prefix == w->is_prefix)
			return true;
	return false;
}

/* The number that the whole query is, as it is indexed of telephones; null: it is none. */
static struct str phone_asked(struct ctx *c, struct str query)
{
	char room[MAX_PHONE_DIGITS];
	struct str text = str_trim(query);
	bool is_dialled = str_starts(text, STR("0")) || str_starts(text, STR("+")) || str_starts(text, STR("("));
	size_t n = is_dialled ? phone_digits(text, room) : 0;
	return n > 0 ? str_dup(c->a, (struct str){room, n}) : STR_NULL;
}

/* A word and its stems (the n tokens of one position), or instead of every word of the query the telephone number that it is. */
static void ask_word(struct ctx *c, struct str query, const struct token *tokens, size_t n, struct str phone,
                     struct word_query *out)
{
	struct word *words = NEW_ARRAY(c->a, n + 1, struct word);
	for (size_t i = 0; i < n; i++)
		words[i] = (struct word){plain(c->a, tokens[i].text), tokens[i].is_prefix};
	bool is_starred = tokens[0].to < query.n && query.p[tokens[0].to] == '*';
	words[0].is_prefix |= is_starred || utf8_count(words[0].text) >= MIN_PREFIX_CHARS;
	words[n].text = phone;
	if (!is_asked_already(out, &words[0]))
		words_ask(out, words, str_is_null(phone) ? n : n + 1);
}

bool words_asked(struct ctx *c, struct str query, struct word_query *out)
{
	static const struct word none = {.text = STR(NO_ROW_HAS)};
	struct token *tokens;
	size_t n, end;
	if (is_nothing(query))
		return false;
	words_split(c->a, query, WORDS_OF_QUERY, &tokens, &n);
	struct str phone = phone_asked(c, query);
	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n && tokens[end].position == tokens[i].position;)
			end++;
		ask_word(c, query, &tokens[i], end - i, phone, out);
	}
	if (n == 0)
		words_ask(out, &none, 1);
	return true;
}

/* Phrases --------------------------------------------------------------------------------------------------------------------- */

/* The words as they are written: the first token of each position, without the letter that a run ends with once more. */
static size_t surfaces(struct arena *a, const struct token *tokens, size_t n, struct token **out)
{
	size_t found = 0;
	*out = NEW_ARRAY(a, n, struct token);
	for (size_t i = 0; i < n; i++) {
		bool is_form = i > 0 && tokens[i].position == tokens[i - 1].position;
		bool is_again = found > 0 && tokens[i].to <= (*out)[found - 1].to;
		if (is_form || is_again)
			continue;
		(*out)[found] = tokens[i];
		(*out)[found++].text = plain(a, tokens[i].text);
	}
	return found;
}

/* The quotation that a place is in: 0: none; else a number of its own. A last mark without another one quotes nothing. */
static size_t quotation_at(struct str query, size_t place)
{
	size_t mark_n = 0;
	for (size_t i = 0; i < place; i++)
		mark_n += query.p[i] == '"';
	bool is_closed = str_find_byte(str_skip(query, place), '"') >= 0;
	return mark_n % 2 == 1 && is_closed ? mark_n : 0;
}

static bool belong_together(struct str query, const struct token *one, const struct token *next)
{
	size_t quotation = quotation_at(query, one->from);
	return next->from < one->to || (quotation > 0 && quotation == quotation_at(query, next->from));
}

void words_phrases(struct ctx *c, struct str query, struct word_phrase **out, size_t *n_out)
{
	struct token *tokens, *words;
	size_t n, end, found = 0;
	words_split(c->a, query, WORDS_OF_QUERY, &tokens, &n);
	n = surfaces(c->a, tokens, n, &words);
	if (n > MAX_WORD_GROUPS)
		n = MAX_WORD_GROUPS;
	struct word_phrase *phrases = NEW_ARRAY(c->a, n, struct word_phrase);
	for (size_t i = 0; i < n; i = end) {
		struct str *texts = NEW_ARRAY(c->a, n - i, struct str);
		texts[0] = words[i].text;
		for (end = i + 1; end < n && belong_together(query, &words[end - 1], &words[end]); end++)
			texts[end - i] = words[end].text;
		if (end - i > 1)
			phrases[found++] = (struct word_phrase){texts, end - i};
	}
	*out = phrases;
	*n_out = found;
}

static bool is_at(const struct word_phrase *p, const struct token *words)
{
	for (size_t i = 0; i < p->n; i++)
		if (!str_eq(p->words[i], words[i].text))
			return false;
	return true;
}

void words_look_for(struct arena *a, struct str text, const struct word_phrase *phrases, size_t n, bool *is_found)
{
	struct token *tokens, *words;
	size_t word_n;
	words_split(a, text, WORDS_OF_TEXT, &tokens, &word_n);
	word_n = surfaces(a, tokens, word_n, &words);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; !is_found[k] && i + phrases[k].n <= word_n; i++)
			is_found[k] = is_at(&phrases[k], &words[i]);
}

/* Scoring --------------------------------------------------------------------------------------------------------------------- */

enum { AS_TYPED = 2, AS_BEGINNING = 1, SIDE_BY_SIDE = 25 };

static int score_of(const struct word_group *g, struct str token)
{
	int best = 0;
	for (size_t k = 0; k < g->n; k++) {
		if (str_eq(token, g->words[k].text))
			return AS_TYPED;
		if (g->words[k].is_prefix && str_starts(token, g->words[k].text))
			best = AS_BEGINNING;
	}
	return best;
}

/* The kinds of rows are asked for as words, too. */
static bool is_of_text(const struct word_group *g)
{
	return g->n > 0 && !str_starts(g->words[0].text, STR(WORD_MARK));
}

int words_score(struct arena *a, struct str text, const struct word_query *q)
{
	const struct word_group *groups[MAX_WORD_GROUPS];
	int best[MAX_WORD_GROUPS] = {0}, sum = 0;
	struct token *tokens, *words;
	size_t n, group_n = 0, in_row = 0, longest = 0;
	for (size_t g = 0; g < q->n; g++)
		if (is_of_text(&q->groups[g]))
			groups[group_n++] = &q->groups[g];
	if (group_n == 0)
		return 0;
	words_split(a, text, WORDS_OF_TEXT, &tokens, &n);
	for (size_t i = 0; i < n; i++) {
		struct str token = plain(a, tokens[i].text);
		for (size_t g = 0; g < group_n; g++) {
			int score = score_of(groups[g], token);
			best[g] = score > best[g] ? score : best[g];
		}
	}
	n = surfaces(a, tokens, n, &words);
	for (size_t i = 0; i < n; i++) {
		in_row = score_of(groups[in_row], words[i].text) ? in_row + 1 : score_of(groups[0], words[i].text) > 0;
		longest = in_row > longest ? in_row : longest;
		in_row = in_row == group_n ? 0 : in_row;
	}
	for (size_t g = 0; g < group_n; g++)
		sum += best[g];
	return sum * 100 / (AS_TYPED * (int)group_n) + (group_n > 1 && longest == group_n ? SIDE_BY_SIDE : 0);
}

/* Marking --------------------------------------------------------------------------------------------------------------------- */

static bool is_asked_for(const struct word_query *q, struct str token)
{
	for (size_t i = 0; i < q->n; i++)
		for (size_t k = 0; k < q->groups[i].n; k++) {
			const struct word *w = &q->groups[i].words[k];
			if (w->is_prefix ? str_starts(token, w->text) : str_eq(token, w->text))
				return true;
		}
	return false;
}

void words_marked(struct arena *a, struct str text, const struct word_query *q, struct word_range **out, size_t *n_out)
{
	struct token *tokens;
	size_t n, found = 0;
	words_split(a, text, WORDS_OF_TEXT, &tokens, &n);
	struct word_range *ranges = NEW_ARRAY(a, n, struct word_range);
	for (size_t i = 0; i < n; i++) {
		if (!is_asked_for(q, plain(a, tokens[i].text)))
			continue;
		struct word_range *last = found > 0 ? &ranges[found - 1] : NULL;
		if (last != NULL && tokens[i].from < last->to) /* a stem, or the next pair of a run */
			last->to = tokens[i].to > last->to ? tokens[i].to : last->to;
		else
			ranges[found++] = (struct word_range){tokens[i].from, tokens[i].to};
	}
	*out = ranges;
	*n_out = found;
}
