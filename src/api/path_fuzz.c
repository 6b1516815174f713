#include "api/path.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "net/gzip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* The parts of a request's head that we read ourselves: the path, and Accept-Encoding. Whatever comes: no more segments than there is
 * room for, none is empty unless it was written so, each is UTF-8 without NUL, and there is a reading to try. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_open((size_t)64 << 20);
	struct str input = {(const char *)bytes, n};
	struct path p;
	gzip_is_accepted(input);
	if (path_read(a, input, &p)) {
		check(p.n <= MAX_SEGMENTS && p.reading_n >= 1 && p.reading_n <= MAX_READINGS);
		for (size_t i = 0; i < p.n; i++) {
			check(p.segments[i].n > 0 && p.segments[i].n <= n + sizeof("2026-09"));
			check(utf8_is_valid(p.segments[i]) && str_find_byte(p.segments[i], '\0') < 0);
		}
	}
	arena_close(a);
	return 0;
}
