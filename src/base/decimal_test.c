#include "base/decimal.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_and_written_in_their_shortest_form),
		cmocka_unit_test(sums_and_products_are_exact),
		cmocka_unit_test(what_would_have_too_many_digits_has_no_result),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
