#include "desk/quote_sum.h"

#include "base/arena.h"
#include "base/test.h"

static struct ctx unit(void)
{
	return (struct ctx){.a = arena_open(64 << 20)};
}

static struct decimal number(const char *text)
{
	struct decimal n;
	assert_true(decimal_parse(str_c(text), &n));
	return n;
}

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 20;
}

/* A number below 10^digits with up to so many places. */
static struct str any(struct ctx *c, uint64_t *seed, int digits, int places)
{
	uint64_t whole = next(seed), part = next(seed) % 1000000;
	for (int i = 0, cut = (int)(next(seed) % (unsigned)digits); i < 12 - cut; i++)
		whole /= 10;
	uint64_t limit = 1;
	for (int i = 0; i < digits; i++)
		limit *= 10;
	return str_fmt(c->a, "%llu.%.*s", (unsigned long long)(whole % limit), (int)(next(seed) % (unsigned)(places + 1)),
	               str_fmt(c->a, "%06llu", (unsigned long long)part).p);
}

struct given {
	struct str quantity, price, percentage, rate;
};

static struct given any_line(struct ctx *c, uint64_t *seed)
{
	struct given g = {any(c, seed, 5, 4), any(c, seed, 7, 6), any(c, seed, 2, 3), any(c, seed, 1, 2)};
	/* few rates, as quotes have */
	g.rate = str_head(g.rate, 1);
	return g;
}

/* Of any quote: the nets that are shown are the subtotal, the bases of the rates are parts of it, and subtotal and taxes are the total;
 * every one of them has no more places than the currency. */
static void what_is_shown_adds_up(void **state)
{
	uint64_t seed = 20261121;
	(void)state;
	for (int round = 0; round < 300; round++) {
		struct ctx c = unit();
		static const int all_places[] = {0, 2, 3, 4};
		struct quote_sums s = {.places = all_places[round % 4]};
		struct decimal nets = {0}, taxed = {0}, sum;
		size_t n = 1 + (size_t)(next(&seed) % 40);
		for (size_t i = 0; i < n; i++) {
			struct given g = any_line(&c, &seed);
			const struct quote_numbers line = {g.quantity, g.price, STR(""), g.percentage, g.rate};
			struct decimal net;
			assert_int_equal(quote_sums_add_line(&c, &s, i, &line, &net), OK);
			assert_int_equal(decimal_cmp(decimal_round(net, s.places), net), 0);
			assert_true(net.digits >= 0);
			assert_true(decimal_add(nets, net, &nets));
			if (decimal_cmp(number(str_z(c.a, g.rate)), (struct decimal){0}) > 0)
				assert_true(decimal_add(taxed, net, &taxed));
		}
		assert_true(quote_sums_end(&s));
		assert_int_equal(decimal_cmp(nets, s.net), 0);
		sum = s.net;
		for (size_t i = 0; i < s.tax_n; i++) {
			assert_int_equal(decimal_cmp(decimal_round(s.taxes[i].amount, s.places), s.taxes[i].amount), 0);
			assert_true(i == 0 || decimal_cmp(s.taxes[i - 1].rate, s.taxes[i].rate) > 0);
			assert_true(decimal_sub(taxed, s.taxes[i].base, &taxed));
			assert_true(decimal_add(sum, s.taxes[i].amount, &sum));
		}
		assert_int_equal(taxed.digits, 0);
		assert_int_equal(decimal_cmp(sum, s.total), 0);
		arena_close(c.a);
	}
}

static void a_line_that_cannot_be_names_its_number_and_field(void **state)
{
	static const struct {
		struct quote_numbers line;
		const char *field, *sentence;
	} rows[] = {
		{{STR("-1"), STR("1"), STR(""), STR(""), STR("")}, "lines[4].quantity", "Line 5: the quantity is negative."},
		{{STR("1"), STR("x"), STR(""), STR(""), STR("")}, "lines[4].price", "Line 5: the price is no number."},
		{{STR("1"), STR("1e12"), STR(""), STR(""), STR("")}, "lines[4].price", "Line 5: the price has more than 12 digits."},
		{{STR("0.00001"), STR("1"), STR(""), STR(""), STR("")}, "lines[4].quantity",
	         "Line 5: the quantity has more than 4 decimal places."},
		{{STR("1"), STR("1"), STR("1.01"), STR(""), STR("")}, "lines[4].discount", "Line 5: the discount is higher than the price."},
		{{STR("1"), STR("1"), STR(""), STR("100.001"), STR("")}, "lines[4].discountPercentage",
	         "Line 5: the discount in percent is more than 100."},
		{{STR("1"), STR("1"), STR(""), STR(""), STR("101")}, "lines[4].taxRate", "Line 5: the tax rate is more than 100."},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ctx c = unit();
		struct quote_sums s = {.places = 2};
		struct decimal net;
		assert_int_equal(quote_sums_add_line(&c, &s, 4, &rows[i].line, &net), ERR_BAD_INPUT);
		assert_true(str_eq(c.why.fields->field, str_c(rows[i].field)));
		assert_true(str_eq(c.why.fields->message, str_c(rows[i].sentence)));
		arena_close(c.a);
	}
}

static void the_largest_line_is_exact(void **state)
{
	struct ctx c = unit();
	struct quote_sums s = {.places = 2};
	const struct quote_numbers line = {STR("999999999.9999"), STR("999999999999.999999"), STR("0.000001"), STR("0.001"), STR("99.999")};
	struct decimal net;
	(void)state;
	for (size_t i = 0; i < MAX_QUOTE_LINES; i++)
		assert_int_equal(quote_sums_add_line(&c, &s, i, &line, &net), OK);
	assert_true(quote_sums_end(&s));
	assert_true(str_eq(decimal_fixed(c.a, net, 2), STR("999989999999899999000.02")));
	assert_true(decimal_cmp(s.total, s.net) > 0);
	arena_close(c.a);
}

static void more_tax_rates_than_fit_are_refused(void **state)
{
	struct ctx c = unit();
	struct quote_sums s = {.places = 2};
	struct decimal net;
	enum err e = OK;
	(void)state;
	for (size_t i = 0; i <= MAX_QUOTE_TAXES && e == OK; i++) {
		const struct quote_numbers line = {STR("1"), STR("1"), STR(""), STR(""), str_fmt(c.a, "%zu", i + 1)};
		e = quote_sums_add_line(&c, &s, i, &line, &net);
		assert_int_equal(e, i < MAX_QUOTE_TAXES ? OK : ERR_BAD_INPUT);
	}
	arena_close(c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shown_adds_up),
		cmocka_unit_test(a_line_that_cannot_be_names_its_number_and_field),
		cmocka_unit_test(the_largest_line_is_exact),
		cmocka_unit_test(more_tax_rates_than_fit_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
