#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static void case_width_and_presentation_do_not_count(void **state)
{
	struct arena *a = arena_open(1 << 20);
	(void)state;
	static const struct {
		struct str in, out;
	} rows[] = {
		{STR("Thanks"), STR("thanks")},
		{STR("GR\xc3\x9c\xc3\x9f" "E"), STR("gr\xc3\xbcsse")},
		{STR("\xef\xbc\xa1\xef\xbc\xa2"), STR("ab")},
		{STR("e\xcc\x81"), STR("\xc3\xa9")},
		{STR("\xe6\x84\x9f\xe8\xac\x9d"), STR("\xe6\x84\x9f\xe8\xac\x9d")},
		{STR(""), STR("")},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *copy = malloc(rows[i].in.n + 1); /* without a NUL that ASan would not miss */
		memcpy(copy + 1, rows[i].in.p, rows[i].in.n);
		assert_true(str_eq(text_fold(a, (struct str){copy + 1, rows[i].in.n}), rows[i].out));
		free(copy);
	}
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(case_width_and_presentation_do_not_count)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
