#include "text/html_mention.h"

#include <setjmp.h>
#include <stdarg.h>

#include "base/arena.h"

#include <cmocka.h>

static void the_users_that_a_cleaned_text_names_are_read_once_each(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	int64_t *ids;
	struct str html = STR("<p><span data-user-id=\"12\">@Ada</span> and <span data-user-id=\"7\">@Bo</span>,"
	                      " <span data-user-id=\"12\">@Ada</span> <span>@Cy</span> data-user-id=\"3\"</p>");
	assert_int_equal(html_mentions(a, html, &ids), 2);
	assert_int_equal(ids[0], 12);
	assert_int_equal(ids[1], 7);
	assert_int_equal(html_mentions(a, STR("<b data-user-id=\"1\">x</b>"), &ids), 0);
	assert_int_equal(html_mentions(a, STR_NULL, &ids), 0);
	arena_close(a);
}

static void no_more_than_the_limit_is_read(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	int64_t *ids;
	struct str html = STR("");
	for (int i = 1; i <= MAX_MENTIONS + 5; i++)
		html = str_fmt(a, STR_FMT "<span data-user-id=\"%d\">@x</span>", STR_ARG(html), i);
	assert_int_equal(html_mentions(a, html, &ids), MAX_MENTIONS);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_users_that_a_cleaned_text_names_are_read_once_each),
		cmocka_unit_test(no_more_than_the_limit_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
