#include "text/quote_pdf.h"

#include <sanitizer/lsan_interface.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"

enum { MAX_BYTES = 8 << 20 };

/* What the libraries know of fonts they keep until the process ends, as much after many files as after one. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig.so\nleak:libcairo.so\nleak:libpango\nleak:libglib-2.0.so\n";
}

static struct quote_paper paper_of(struct quote_paper_line *lines, size_t n)
{
	const struct str none = STR("");
	struct quote_party nobody = {none, none, none, none, none, none};
	return (struct quote_paper){
		.number = STR("Q-00001"), .title = STR("Ten chairs"), .lang = STR("en"), .currency = STR("EUR"), .places = 2,
		.published_at = 1795271400000, .terms = none, .comments = none, .net = STR("1.00"), .discount = STR("0.00"),
		.tax = STR("0.00"), .total = STR("1.00"), .sender = nobody, .buyer = nobody, .lines = lines, .line_n = n,
	};
}

static struct quote_paper_line line_of(struct str name)
{
	const struct str none = STR("");
	return (struct quote_paper_line){0, 0, name, none, none, STR("1"), STR("1"), none, none, none, STR("1.00")};
}

static void the_same_quote_is_the_same_file(void **state)
{
	struct quote_paper_line line = line_of(STR("Chair"));
	struct quote_paper p = paper_of(&line, 1);
	struct ctx c = {.a = arena_open(64 << 20)};
	struct str first, second;
	(void)state;
	assert_int_equal(quote_pdf(&c, &p, MAX_BYTES, &first), OK);
	assert_int_equal(quote_pdf(&c, &p, MAX_BYTES, &second), OK);
	assert_true(str_starts(first, STR("%PDF-")));
	assert_true(str_eq(first, second));
	arena_close(c.a);
}

/* Whatever the texts are, it ends, and is a file. */
static void any_text_can_be_drawn(void **state)
{
	static const char *const texts[] = {
		"", "\n\n\n", "<b>&amp;</b>", "\xe2\x80\xae" "abc\xe2\x81\xa6", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
		"\xd8\xb9\xd8\xb1\xd8\xb6 \xd8\xb3\xd8\xb9\xd8\xb1", "\xe8\xa6\x8b\xe7\xa9\x8d\xe6\x9b\xb8", "a\tb\x0b\x0c\x1b[31m", "\xe2\x80\xa8\xe2\x80\xa9",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct ctx c = {.a = arena_open(64 << 20)};
		struct quote_paper_line line = line_of(str_c(texts[i]));
		struct quote_paper p = paper_of(&line, 1);
		struct str out;
		line.description = line.sku = p.title = p.terms = p.comments = p.sender.company = p.buyer.address = str_c(texts[i]);
		assert_int_equal(quote_pdf(&c, &p, MAX_BYTES, &out), OK);
		assert_true(out.n > 500);
		arena_close(c.a);
	}
}

static void a_text_longer_than_many_pages_goes_on_and_a_file_that_is_too_large_is_refused(void **state)
{
	struct ctx c = {.a = arena_open(64 << 20)};
	struct buf b;
	struct str out;
	(void)state;
	buf_init(&b, c.a, 1 << 20);
	for (int i = 0; i < 20000; i++)
		buf_lit(&b, "WWWWW ");
	struct quote_paper_line line = line_of(buf_str(&b));
	struct quote_paper p = paper_of(&line, 1);
	assert_int_equal(quote_pdf(&c, &p, MAX_BYTES, &out), OK);
	assert_int_equal(quote_pdf(&c, &p, 10000, &out), ERR_TOO_BIG);
	arena_close(c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_quote_is_the_same_file),
		cmocka_unit_test(any_text_can_be_drawn),
		cmocka_unit_test(a_text_longer_than_many_pages_goes_on_and_a_file_that_is_too_large_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
