#include "net/http_query.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Whatever comes: what is decoded is never longer than the input, is UTF-8 and holds no NUL. */
static void look(struct str text, size_t input_n)
{
	check(text.n <= input_n && text.p != NULL);
	check(utf8_is_valid(text) && str_find_byte(text, '\0') < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_open((size_t)256 << 20);
	struct str input = {(const char *)bytes, n};
	struct http_pairs p = {.rest = input};
	struct str name, value, *all;
	size_t pairs_n = 0;
	while (http_pairs_next(a, &p, &name, &value)) {
		look(name, n);
		look(value, n);
		pairs_n++;
	}
	check(pairs_n <= n);
	check(http_query_is_valid(a, input) == !p.is_bad);
	size_t found_n = http_query_all(a, input, "a", &all);
	check(found_n <= pairs_n);
	check((found_n > 0) == http_query_get(a, input, "a", &value));
	if (http_segment(a, input, &value) && n > 0)
		look(value, n);
	arena_close(a);
	return 0;
}
