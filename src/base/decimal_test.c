#include "base/decimal.h"

#include "base/currency.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static struct decimal number(const char *text)
{
	struct decimal n;
	assert_true(decimal_parse(str_c(text), &n));
	return n;
}

static void assert_reads(struct arena *a, struct decimal n, const char *want)
{
	struct str text = decimal_text(a, n);
	if (!str_eq(text, str_c(want)))
		fail_msg("\"%.*s\" is not \"%s\"", (int)text.n, text.p, want);
}

static void numbers_are_read_and_written_in_their_shortest_form(void **state)
{
	static const struct {
		const char *text, *shortest; /* NULL: refused */
	} cases[] = {
		{"0", "0"}, {"-0", "0"}, {"12.50", "12.5"}, {".5", "0.5"}, {"5.", "5"}, {"-0.070", "-0.07"}, {"1.5e3", "1500"},
		{"15E-3", "0.015"}, {"1e36", NULL}, {"0e999999", "0"}, {"1e999999999999999999999", NULL}, {"", NULL}, {"-", NULL},
		{"1,5", NULL}, {" 1", NULL}, {"0x10", NULL}, {"NaN", NULL},
		{"999999999999999999999999999999999999", "999999999999999999999999999999999999"},
		{"1000000000000000000000000000000000000", NULL},
		{"0.000000000000000000000000000000000001", "0.000000000000000000000000000000000001"},
		{"0.0000000000000000000000000000000000001", NULL},
	};
	struct arena *a = arena_open(1 << 20);
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct decimal n;
		bool is_read = decimal_parse(str_c(cases[i].text), &n);
		if (is_read != (cases[i].shortest != NULL))
			fail_msg("\"%s\" was %s", cases[i].text, is_read ? "read" : "refused");
		if (is_read)
			assert_reads(a, n, cases[i].shortest);
	}
	arena_close(a);
}

static void sums_and_products_are_exact(void **state)
{
	struct arena *a = arena_open(1 << 20);
	struct decimal n;
	(void)state;
	assert_true(decimal_add(number("0.1"), number("0.2"), &n));
	assert_reads(a, n, "0.3");
	assert_true(decimal_sub(number("0.3"), number("0.30"), &n));
	assert_reads(a, n, "0");
	assert_true(decimal_mul(number("19.99"), number("-3"), &n));
	assert_reads(a, n, "-59.97");
	assert_true(decimal_mul(number("999999999999999999"), number("999999999999999999"), &n));
	assert_reads(a, n, "999999999999999998000000000000000001");
	arena_close(a);
}

static void what_would_have_too_many_digits_has_no_result(void **state)
{
	struct decimal n;
	(void)state;
	assert_false(decimal_mul(number("1e20"), number("1e20"), &n));
	assert_false(decimal_mul(number("-1e20"), number("1e20"), &n));
	assert_false(decimal_add(number("999999999999999999999999999999999999"), number("1"), &n));
	assert_false(decimal_add(number("1e30"), number("1e-30"), &n));
	assert_false(decimal_mul(number("1e-20"), number("1e-20"), &n));
}

static void rounding_is_half_away_from_zero(void **state)
{
	static const struct {
		const char *text;
		int places;
		const char *rounded;
	} cases[] = {
		{"0.125", 2, "0.13"}, {"-0.125", 2, "-0.13"}, {"0.1249999999", 2, "0.12"}, {"0.5", 0, "1"}, {"-0.5", 0, "-1"},
		{"0.4999", 0, "0"}, {"12.5", 2, "12.5"}, {"999.995", 2, "1000"}, {"1.0005", 3, "1.001"},
		{"0.000000000000000000000000000000000005", 0, "0"}, {"0.999999999999999999999999999999999999", 0, "1"},
		{"-0.999999999999999999999999999999999999", 35, "-1"},
	};
	struct arena *a = arena_open(1 << 20);
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_reads(a, decimal_round(number(cases[i].text), cases[i].places), cases[i].rounded);
	arena_close(a);
}

static void division_rounds_once(void **state)
{
	static const struct {
		const char *a, *b;
		int places;
		const char *quotient; /* NULL: none */
	} cases[] = {
		{"1", "3", 4, "0.3333"}, {"2", "3", 4, "0.6667"}, {"-2", "3", 2, "-0.67"}, {"2", "-3", 2, "-0.67"}, {"1", "8", 2, "0.13"},
		{"0.1", "0.3", 3, "0.333"}, {"10", "0.25", 0, "40"}, {"0.0449", "1", 1, "0"}, {"0.05", "1", 1, "0.1"}, {"1", "0", 2, NULL},
		{"0", "7", 2, "0"}, {"1e35", "0.001", 2, NULL},
	};
	struct arena *a = arena_open(1 << 20);
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct decimal n;
		bool is_there = decimal_div(number(cases[i].a), number(cases[i].b), cases[i].places, &n);
		assert_int_equal(is_there, cases[i].quotient != NULL);
		if (is_there)
			assert_reads(a, n, cases[i].quotient);
	}
	arena_close(a);
}

static void amounts_are_written_with_their_places(void **state)
{
	struct arena *a = arena_open(1 << 20);
	(void)state;
	assert_true(str_eq(decimal_fixed(a, number("12.5"), 2), STR("12.50")));
	assert_true(str_eq(decimal_fixed(a, number("3"), 3), STR("3.000")));
	assert_true(str_eq(decimal_fixed(a, number("-0.07"), 2), STR("-0.07")));
	assert_true(str_eq(decimal_fixed(a, number("0"), 2), STR("0.00")));
	assert_true(str_eq(decimal_fixed(a, number("1200"), 0), STR("1200")));
	assert_true(str_eq(decimal_fixed(a, number("0.0035"), 2), STR("0.0035")));
	arena_close(a);
}

static void numbers_compare_whatever_their_places(void **state)
{
	(void)state;
	assert_int_equal(decimal_cmp(number("1.50"), number("1.5")), 0);
	assert_int_equal(decimal_cmp(number("-1"), number("1e-30")), -1);
	assert_int_equal(decimal_cmp(number("1e35"), number("1e-30")), 1);
	assert_int_equal(decimal_cmp(number("1e-30"), number("1e35")), -1);
	assert_int_equal(decimal_cmp(number("-1e35"), number("1e-30")), -1);
	assert_int_equal(decimal_cmp(number("0"), number("-0.0001")), 1);
}

/* Of what a generator with a fixed seed makes: the rounded number is never further away than half a unit, halves go outwards, and
 * rounding twice changes nothing. */
static void rounding_holds_for_any_number(void **state)
{
	uint64_t seed = 20261121;
	(void)state;
	for (int i = 0; i < 20000; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		struct decimal n = {(int64_t)seed >> (seed % 40), (int)(seed >> 33) % 9}, half = {5, 0}, far;
		int places = (int)(seed >> 40) % 5;
		struct decimal r = decimal_round(n, places);
		half.places = places + 1;
		assert_true(decimal_sub(r, n, &far));
		if (far.digits < 0)
			far.digits = -far.digits;
		int is = decimal_cmp(far, half);
		assert_true(is <= 0);
		bool is_outwards = n.digits < 0 ? decimal_cmp(r, n) < 0 : decimal_cmp(r, n) > 0;
		assert_true(is != 0 || is_outwards);
		assert_int_equal(decimal_cmp(decimal_round(r, places), r), 0);
		struct decimal one = {1, 0}, q;
		assert_true(decimal_div(n, one, places, &q));
		assert_int_equal(decimal_cmp(q, r), 0);
	}
}

static void currencies_have_their_minor_units(void **state)
{
	static const struct {
		const char *code;
		int places; /* -1: there is none */
	} cases[] = {{"EUR", 2}, {"USD", 2}, {"JPY", 0}, {"KRW", 0}, {"KWD", 3}, {"BHD", 3}, {"CLF", 4}, {"ISK", 0},
	             {"TWD", 2}, {"eur", -1}, {"EU", -1}, {"XXX", -1}, {"", -1}, {"UR ", -1}, {"EURO", -1}, {"D A", -1}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int places = -1;
		assert_int_equal(currency_find(str_c(cases[i].code), &places), cases[i].places >= 0);
		assert_int_equal(places, cases[i].places);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_and_written_in_their_shortest_form),
		cmocka_unit_test(sums_and_products_are_exact),
		cmocka_unit_test(what_would_have_too_many_digits_has_no_result),
		cmocka_unit_test(rounding_is_half_away_from_zero),
		cmocka_unit_test(division_rounds_once),
		cmocka_unit_test(amounts_are_written_with_their_places),
		cmocka_unit_test(numbers_compare_whatever_their_places),
		cmocka_unit_test(rounding_holds_for_any_number),
		cmocka_unit_test(currencies_have_their_minor_units),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
