/* What is indexed of a text, what a query asks for, and where it is found. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/utf8.h"
#include "desk/find.h"
#include "desk/words.h"

#define test_failed(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

enum { BUDGET = 512 << 20 };

static struct str indexed(struct arena *a, const char *text, const char *phone)
{
	const struct str phones[] = {str_c(phone)};
	const struct indexed in = {.text = str_c(text), .kind = STR(WORD_MARK "5"), .phones = phones, .phone_n = phone != NULL};
	return words_indexed(a, &in);
}

static const struct {
	const char *text;
	const char *phone;
	const char *want;
} texts[] = {
	{"", NULL, WORD_MARK "5"},
	{"lamp lamp LAMP", NULL, "lamp " WORD_MARK "5"},
	{"b a", NULL, "a b " WORD_MARK "5"},
	{"it's 10,000.50", NULL, "10_000_50 it it_ it_s " WORD_MARK "5"},
	{"", "+358 40 1234", "358401234 58401234 8401234 " WORD_MARK "5"},
	{"", "(040) 123-45", "4012345 " WORD_MARK "5"},
	{"", "12345", WORD_MARK "5"},
	{"", "call me at 0401234567", WORD_MARK "5"},
	{"", "1234567890123456", WORD_MARK "5"},
};

static void each_word_is_indexed_once_in_order_and_without_marks(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct str got = indexed(a, texts[i].text, texts[i].phone);
		if (!str_eq(got, str_c(texts[i].want)))
			test_failed("\"%s\" %s: %s", texts[i].text, texts[i].phone, str_z(a, got));
	}
	arena_close(a);
}

static void a_long_text_is_indexed_up_to_its_limit(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET);
	enum { BYTES = 3 << 20 };
	char *text = arena_alloc(a, BYTES + 1);
	for (size_t i = 0; i + 12 < BYTES; i += 12)
		snprintf(text + i, 13, "w%010zu ", i);
	assert_true(indexed(a, text, NULL).n <= MAX_INDEXED_BYTES);
	memset(text, 'x', BYTES);
	assert_true(indexed(a, text, NULL).n < 1000);
	arena_close(a);
}

/* Groups of a query: words that have to be there separated by blanks, those that may stand for each other by |. */
static struct str groups_of(struct arena *a, const char *query, bool *is_asking)
{
	struct ctx c = {.a = a};
	struct word_query q = {.n = 0};
	struct str out = STR("");
	*is_asking = words_asked(&c, str_c(query), &q);
	for (size_t i = 0; i < q.n; i++)
		for (size_t k = 0; k < q.groups[i].n; k++)
			out = str_fmt(a, STR_FMT "%s" STR_FMT "%s", STR_ARG(out), k > 0 ? "|" : i > 0 ? " " : "",
			              STR_ARG(q.groups[i].words[k].text), q.groups[i].words[k].is_prefix ? "*" : "");
	return out;
}

static void words_of_somebody_aside_are_found_where_they_are_asked_for(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET);
	struct ctx c = {.a = a};
	struct word_query q = {.n = 0};
	const struct indexed in = {.text = STR("lamp"), .aside = STR("Ann B"), .kind = STR(WORD_MARK "5")};
	static const struct word kind = {.text = STR(WORD_MARK "5")};
	struct str all = words_indexed(a, &in);
	assert_true(str_starts(all, STR("lamp " WORD_MARK "5 " WORD_ASIDE)) && str_find(all, STR(WORD_ASIDE "ann")) > 0);
	words_ask(&q, &kind, 1);
	words_asked(&c, STR("ann"), &q);
	words_ask_aside(&c, &q);
	assert_int_equal(q.groups[0].n, 1);
	const struct word *aside = &q.groups[1].words[q.groups[1].n / 2];
	assert_true(str_eq(aside->text, STR(WORD_ASIDE "ann")) && aside->is_prefix);
	arena_close(a);
}

static const struct {
	const char *query;
	const char *want; /* NULL: nothing is asked */
} queries[] = {
	{"", NULL},
	{" \t\n* **", NULL},
	{"lamp", "lamp*"},
	{"Lamp lamp LAMP", "lamp*"},
	{"ab", "ab"},
	{"ab* c", "ab* c"},
	{"42", "42"},
	{"請求書", "請求 求書"},
	{"書", "書*"},
	{"10.50", "10_50*"},
	{"!?", WORD_MARK "none"},
	{"😀", WORD_MARK "none"},
	{"\" OR 1=1 --", "or 1"},
	{"040 123 4567", "040*|401234567 123*|401234567 4567*|401234567"},
	{"+358401234567", "358401234567*|358401234567"},
	{"2024-01-15", "2024* 01 15"},
};

static void a_query_asks_for_all_of_its_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct arena *a = arena_open(BUDGET);
		bool is_asking;
		struct str got = groups_of(a, queries[i].query, &is_asking);
		assert_int_equal(is_asking, queries[i].want != NULL);
		if (queries[i].want != NULL && !str_eq(got, str_c(queries[i].want)))
			test_failed("\"%s\" asks for %s", queries[i].query, str_z(a, got));
		arena_close(a);
	}
}

static void a_query_of_too_many_words_asks_for_the_first(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET);
	struct ctx c = {.a = a};
	struct word_query q = {.n = 0};
	struct str text = STR("");
	for (int i = 0; i < 500; i++)
		text = str_fmt(a, STR_FMT " q%d", STR_ARG(text), i);
	assert_true(words_asked(&c, text, &q));
	assert_int_equal(q.n, MAX_WORD_GROUPS);
	arena_close(a);
}

/* Phrases ------------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *query;
	const char *text;
	bool is_in;
} phrases[] = {
	{"second part", "part the second", true},
	{"\"second part\"", "the Second  part!", true},
	{"\"second part\"", "second and part", false},
	{"\"second part\"", "second", false},
	{"\"second parts\"", "second part", false},
	{"\"a b\" \"c d\"", "c d a b", true},
	{"\"a b\" \"c d\"", "a b c", false},
	{"\"a b", "b a", true},
	{"\"a\" \"b\"", "b a", true},
	{"\"\" \"", "x", true},
	{"東京都", "東京都の", true},
	{"東京都", "東京と京都", false},
	{"東京 都", "都の東京", true},
	{"\"東京 の都\"", "東京 の都", true},
};

static void phrases_stand_as_they_are_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		struct arena *a = arena_open(BUDGET);
		struct ctx c = {.a = a};
		struct word_phrase *found;
		bool is_found[MAX_WORD_GROUPS] = {false}, is_in = true;
		size_t n;
		words_phrases(&c, str_c(phrases[i].query), &found, &n);
		words_look_for(a, str_c(phrases[i].text), found, n, is_found);
		for (size_t k = 0; k < n; k++)
			is_in = is_in && is_found[k];
		if (is_in != phrases[i].is_in)
			test_failed("%s is %sin \"%s\"", phrases[i].query, is_in ? "" : "not ", phrases[i].text);
		arena_close(a);
	}
}

/* Excerpts ------------------------------------------------------------------------------------------------------------------ */

/* As one text, with matches in brackets. */
static struct str excerpt(struct arena *a, struct str text, const char *query)
{
	struct ctx c = {.a = a};
	struct word_query q = {.n = 0};
	struct excerpt_part *parts;
	struct str out = STR("");
	bool has_match;
	size_t n;
	words_asked(&c, str_c(query), &q);
	find_excerpt(&c, text, &q, &parts, &n, &has_match);
	for (size_t i = 0; i < n; i++)
		out = str_fmt(a, STR_FMT "%s" STR_FMT "%s", STR_ARG(out), parts[i].is_match ? "[" : "", STR_ARG(parts[i].text),
		              parts[i].is_match ? "]" : "");
	return out;
}

static const struct {
	const char *text;
	const char *query;
	const char *want;
} excerpts[] = {
	{"", "lamp", ""},
	{"The lamps, a Lamp", "lamp", "The [lamps], a [Lamp]"},
	{"no such thing", "lamp", "no such thing"},
	{"two\r\n\r\n\tlines lamp", "lamp", "two lines [lamp]"},
	{"<b>lamp</b>", "lamp", "<b>[lamp]</b>"},
	{"再発行をお願い", "再発行", "[再発行]をお願い"},
	{"d'été", "ete", "d'[été]"},
};

static void an_excerpt_shows_the_words_as_they_stand(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(excerpts) / sizeof(excerpts[0]); i++) {
		struct arena *a = arena_open(BUDGET);
		assert_string_equal(str_z(a, excerpt(a, str_c(excerpts[i].text), excerpts[i].query)), excerpts[i].want);
		arena_close(a);
	}
}

/* The match at every place of long texts of letters of one to four bytes; copies of exact size, so that ASan sees a read past the end. */
static void an_excerpt_is_cut_between_letters_wherever_the_match_is(void **state)
{
	(void)state;
	static const char *const fillers[] = {"x", "é", "書", "😀", " ", "y ", "\n"};
	for (size_t f = 0; f < sizeof(fillers) / sizeof(fillers[0]); f++)
		for (size_t before = 0; before < 500; before += 7) {
			struct arena *a = arena_open(BUDGET);
			size_t one = strlen(fillers[f]), n = 0;
			char *text = malloc(before * one + 6 + 400 * one);
			for (size_t i = 0; i < before; i++, n += one)
				memcpy(text + n, fillers[f], one);
			memcpy(text + n, " lamp ", 6);
			n += 6;
			for (size_t i = 0; i < 400; i++, n += one)
				memcpy(text + n, fillers[f], one);
			struct str got = excerpt(a, (struct str){text, n}, "lamp");
			assert_true(utf8_is_valid(got));
			assert_true(str_find(got, STR("[lamp]")) >= 0);
			assert_true(got.n <= MAX_EXCERPT_BYTES + 16);
			free(text);
			arena_close(a);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_is_indexed_once_in_order_and_without_marks),
		cmocka_unit_test(a_long_text_is_indexed_up_to_its_limit),
		cmocka_unit_test(words_of_somebody_aside_are_found_where_they_are_asked_for),
		cmocka_unit_test(a_query_asks_for_all_of_its_words),
		cmocka_unit_test(a_query_of_too_many_words_asks_for_the_first),
		cmocka_unit_test(phrases_stand_as_they_are_written),
		cmocka_unit_test(an_excerpt_shows_the_words_as_they_stand),
		cmocka_unit_test(an_excerpt_is_cut_between_letters_wherever_the_match_is),
	};
	return cmocka_run_group_tests_name("words of the desk", tests, NULL, NULL);
}
