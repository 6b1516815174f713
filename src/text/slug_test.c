#include "text/slug.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static void titles_become_what_one_can_read_aloud(void **state)
{
	static const struct {
		const char *title, *slug;
	} rows[] = {
		{"Reset your password", "reset-your-password"},
		{"  Réglages: 2 étapes ", "reglages-2-etapes"},
		{"Straße & Łódź – øre", "strasse-lodz-ore"},
		{"It's 100% \"safe\"", "its-100-safe"},
		{"入金の方法", "入金の方法"},
		{"ガイド", "ガイド"},
		{"Новый пароль", "новый-пароль"},
		{"???", ""},
		{"", ""},
		{"../../etc/passwd", "etc-passwd"},
		{"<script>alert(1)</script>", "script-alert-1-script"},
	};
	(void)state;
	struct arena *a = arena_open(1 << 22);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str slug = slug_of(a, str_c(rows[i].title));
		assert_int_equal(slug.n, strlen(rows[i].slug));
		assert_memory_equal(slug.p, rows[i].slug, slug.n);
		assert_true(str_eq(slug_of(a, slug), slug));
	}
	arena_close(a);
}

static void a_long_title_is_cut_between_letters(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 22);
	struct str slug = slug_of(a, STR("入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法"
	                                 "入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法入金の方法"));
	assert_true(slug.n <= MAX_SLUG_BYTES && slug.n % 3 == 0);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_become_what_one_can_read_aloud),
		cmocka_unit_test(a_long_title_is_cut_between_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
