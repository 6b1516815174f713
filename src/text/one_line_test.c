#include "text/one_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static void a_name_is_one_line_that_reads_as_it_is_written(void **state)
{
	struct arena *a = arena_open(1 << 20);
	(void)state;
	static const struct {
		struct str in, out;
	} rows[] = {
		{STR("Anna Berg"), STR("Anna Berg")},
		{STR(" A\r\nBcc: x@y\t"), STR("A  Bcc: x@y")},
		{STR("abc\xe2\x80\xaegpj.exe"), STR("abcgpj.exe")},
		{STR("\xe2\x80\x8b\xef\xbb\xbf"), STR("")},
		{STR("a\xc2\x85" "b\xe2\x80\xa8" "c"), STR("a b c")},
		{STR("\xe2\x81\xa6x\xe2\x81\xa9"), STR("x")},
		{STR("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"), STR("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb")},
		{STR(""), STR("")},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *copy = malloc(rows[i].in.n + 1); /* without a NUL that ASan would not miss */
		memcpy(copy + 1, rows[i].in.p, rows[i].in.n);
		assert_true(str_eq(one_line(a, (struct str){copy + 1, rows[i].in.n}), rows[i].out));
		free(copy);
	}
	assert_true(str_is_null(one_line(a, STR_NULL)));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_name_is_one_line_that_reads_as_it_is_written)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
