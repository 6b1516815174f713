#include "text/phrase.h"

#include "base/arena.h"
#include "base/test.h"

static void assert_string(struct str got, const char *expected)
{
	assert_int_equal(got.n, str_c(expected).n);
	assert_memory_equal(got.p, expected, got.n);
}

static void a_reader_gets_the_language_he_likes_most_of_those_we_speak(void **state)
{
	static const struct {
		const char *asked, *got;
	} rows[] = {
		{"", "en"},
		{"de", "de"},
		{"de-AT,de;q=0.9,en;q=0.8", "de"},
		{"ru,fi;q=0.3,pl;q=0.31", "pl"},
		{"PT-br", "pt"},
		{"zh-CN,zh;q=0.9", "zh-TW"},
		{"zh-Hant-TW", "zh-TW"},
		{"en;q=0.1,ja;q=1.0", "ja"},
		{"fr;q=0,en;q=0.1", "en"},
		{"*,xx;q=,de;q=x", "en"},
		{",,;;q=1,es", "es"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string(phrase_language(str_c(rows[i].asked)), rows[i].got);
}

static void every_language_has_every_phrase_in_order(void **state)
{
	(void)state;
	assert_int_equal(phrase_book_n, 9);
	for (size_t i = 0; i < phrase_book_n; i++) {
		const struct phrase_book *book = &phrase_books[i];
		assert_true(phrase_speaks(book->language));
		for (size_t j = 0; j < book->n; j++)
			assert_true(str_eq(phrase(book->language, book->phrases[j].key), book->phrases[j].text));
	}
	assert_false(phrase_speaks(STR("EN")));
	assert_false(phrase_speaks(STR("../en")));
	assert_string(phrase_language_name(STR("ja")), "日本語");
}

static void a_phrase_that_is_not_there_is_its_key_and_an_unknown_language_is_english(void **state)
{
	(void)state;
	assert_string(phrase(STR("en"), "no.such"), "no.such");
	assert_string(phrase(STR("xx"), "language.name"), "English");
}

static void values_stand_where_their_names_do_and_are_not_looked_at(void **state)
{
	struct arena *a = arena_open(1 << 16);
	const struct phrase_value values[] = {{"thing", STR("{other}")}, {NULL, STR_NULL}};
	(void)state;
	assert_string(phrase_with(a, STR("en"), "a {thing} and {nothing}.", values), "a {other} and .");
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reader_gets_the_language_he_likes_most_of_those_we_speak),
		cmocka_unit_test(every_language_has_every_phrase_in_order),
		cmocka_unit_test(a_phrase_that_is_not_there_is_its_key_and_an_unknown_language_is_english),
		cmocka_unit_test(values_stand_where_their_names_do_and_are_not_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
