#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

static struct str exact(struct arena *a, struct str s)
{
	char *p = malloc(s.n ? s.n : 1);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	arena_defer(a, free, p);
	return (struct str){p, s.n};
}

static void well_formed_text_is_told_from_ill_formed(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	static const struct str good[] = {
		STR(""),
		STR("a"),
		STR("\0"),
		STR("\xc2\x80"),
		STR("\xdf\xbf"),
		STR("\xe0\xa0\x80"),
		STR("\xed\x9f\xbf"),
		STR("\xee\x80\x80"),
		STR("\xef\xbf\xbf"),
		STR("\xf0\x90\x80\x80"),
		STR("\xf4\x8f\xbf\xbf"),
	};
	static const struct str bad[] = {
		STR("\x80"),         STR("\xc0\x80"),         STR("\xc1\xbf"),         STR("\xc2"),
		STR("\xc2\x20"),     STR("\xe0\x9f\xbf"),     STR("\xe0\xa0"),         STR("\xed\xa0\x80"),
		STR("\xed\xbf\xbf"), STR("\xf0\x8f\xbf\xbf"), STR("\xf4\x90\x80\x80"), STR("\xf5\x80\x80\x80"),
		STR("\xff"),         STR("\xf0\x90\x80"),     STR("ab\xfe"),           STR("\xe2\x28\xa1"),
	};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(utf8_is_valid(exact(a, good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(utf8_is_valid(exact(a, bad[i])));
	arena_close(a);
}

static void cleaning_replaces_each_ill_formed_run_and_drops_nul(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	static const struct {
		struct str in, out;
	} cases[] = {
		{STR("abc"), STR("abc")},
		{STR("a\0b"), STR("ab")},
		{STR("\0"), STR("")},
		{STR("a\xff\xfe\x62"), STR("a\xef\xbf\xbd\x62")},
		{STR("\xe2\x82"), STR("\xef\xbf\xbd")},
		{STR("\xe2\x82\xac\x80\xe2\x82\xac"), STR("\xe2\x82\xac\xef\xbf\xbd\xe2\x82\xac")},
		{STR("\xff\0\xff"), STR("\xef\xbf\xbd")},
		{STR("\xed\xa0\x80x"), STR("\xef\xbf\xbdx")},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(str_eq(utf8_clean(a, exact(a, cases[i].in)), cases[i].out));
	struct str fine = exact(a, STR("h\xc3\xa9"));
	assert_ptr_equal(utf8_clean(a, fine).p, fine.p);
	arena_close(a);
}

static void a_head_never_cuts_a_character(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct str s = exact(a, STR("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
	static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
	for (size_t max = 0; max < sizeof(want) / sizeof(want[0]); max++) {
		assert_int_equal(utf8_head(s, max).n, want[max]);
		assert_true(utf8_is_valid(utf8_head(s, max)));
	}
	arena_close(a);
}

static void characters_are_counted_and_cut_whole(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct str s = exact(a, STR("a\xc3\xa4\xe6\x97\xa5\xf0\x9f\x98\x80z"));
	static const size_t bytes[] = {0, 1, 3, 6, 10, 11, 11};
	assert_int_equal(utf8_count(s), 5);
	assert_int_equal(utf8_count(STR("")), 0);
	for (size_t max = 0; max < sizeof(bytes) / sizeof(bytes[0]); max++)
		assert_int_equal(utf8_head_chars(s, max).n, bytes[max]);
	arena_close(a);
}

static void every_code_point_is_decoded_and_no_surrogate(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x110000; code++) {
		char p[4];
		size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4, taken;
		for (size_t i = n - 1; i > 0; i--)
			p[i] = (char)(0x80 | (code >> (6 * (n - 1 - i)) & 0x3f));
		p[0] = (char)(n == 1 ? code : (0xf00U >> n & 0xff) | code >> (6 * (n - 1)));
		bool is_code = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
		assert_int_equal(utf8_is_valid((struct str){p, n}), is_code);
		assert_int_equal(utf8_decode((struct str){p, n}, &taken), is_code ? code : 0xfffd);
		assert_int_equal(taken, is_code ? n : 1);
	}
}

static size_t read_hex(const char *text, char *out)
{
	size_t n = 0;
	unsigned byte;
	for (int used; sscanf(text, " %2x%n", &byte, &used) == 1; text += used)
		out[n++] = (char)byte;
	return n;
}

static char *corpus_line(FILE *f, char *line, int room)
{
	char *got = fgets(line, room, f);
	if (got != NULL)
		line[strcspn(line, "\r\n")] = '\0';
	return got;
}

static FILE *corpus_open(const char *name)
{
	char path[500];
	const char *corpus = getenv("CORPUS");
	if (corpus == NULL)
		return NULL;
	snprintf(path, sizeof(path), "%s/%s", corpus, name);
	return fopen(path, "r");
}

static void the_cases_of_the_decoder_corpus_agree(void **state)
{
	(void)state;
	static char line[4000], bytes[4000];
	FILE *f = corpus_open("utf8-flenniken/utf8tests.txt");
	int n = 0;
	if (f == NULL) {
		puts("skipped: no corpus");
		return;
	}
	struct arena *a = arena_open(16 << 20);
	while (corpus_line(f, line, sizeof(line)) != NULL) {
		char *hex = strstr(line, "valid hex:");
		if (line[0] == '#' || hex == NULL)
			continue;
		bool is_valid = hex[-1] != 'n'; /* "invalid hex:" */
		struct str s = exact(a, (struct str){bytes, read_hex(hex + 10, bytes)});
		assert_int_equal(utf8_is_valid(s), is_valid);
		struct str clean = utf8_clean(a, s);
		assert_true(utf8_is_valid(clean));
		assert_int_equal(str_find_byte(clean, '\0'), -1);
		n++;
	}
	fclose(f);
	assert_true(n > 100);
	arena_close(a);
}

static void naughty_strings_pass_unchanged(void **state)
{
	(void)state;
	static char line[8000];
	FILE *f = corpus_open("blns/blns.txt");
	if (f == NULL) {
		puts("skipped: no corpus");
		return;
	}
	struct arena *a = arena_open(16 << 20);
	while (corpus_line(f, line, sizeof(line)) != NULL) {
		struct str s = exact(a, str_c(line));
		assert_true(utf8_is_valid(s));
		assert_ptr_equal(utf8_clean(a, s).p, s.p);
		for (size_t max = 0; max < s.n; max++)
			assert_true(utf8_is_valid(utf8_head(s, max)));
	}
	fclose(f);
	arena_close(a);
}

static void a_line_is_one_line_that_shows_something(void **state)
{
	(void)state;
	static const struct {
		struct str in, out;
	} cases[] = {
		{STR("Ada"), STR("Ada")},
		{STR("  Ada \t Lovelace\r\nBcc: x@y.test\n"), STR("Ada Lovelace Bcc: x@y.test")},
		{STR(" \u00a0\u200b\u3000\ufeff"), STR("")},
		{STR(""), STR("")},
		{STR("\u202egnp.exe\u202c"), STR("gnp.exe")},
		{STR("👩\u200d💻 שלום"), STR("👩\u200d💻 שלום")},
		{STR("a\xff\xff b"), STR("a\ufffd b")},
	};
	struct arena *a = arena_open(1 << 20);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(str_eq(utf8_line(a, exact(a, cases[i].in)), cases[i].out));
	assert_int_equal(utf8_count(STR("a👩é日")), 4);
	assert_int_equal(utf8_count(STR("")), 0);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(well_formed_text_is_told_from_ill_formed),
		cmocka_unit_test(cleaning_replaces_each_ill_formed_run_and_drops_nul),
		cmocka_unit_test(a_head_never_cuts_a_character),
		cmocka_unit_test(characters_are_counted_and_cut_whole),
		cmocka_unit_test(every_code_point_is_decoded_and_no_surrogate),
		cmocka_unit_test(the_cases_of_the_decoder_corpus_agree),
		cmocka_unit_test(a_line_is_one_line_that_shows_something),
		cmocka_unit_test(naughty_strings_pass_unchanged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
