#include <stdlib.h>

#include "base/arena.h"
#include "desk/object.h"

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

enum err desk_object_lock_all(struct ctx *c, const int64_t *ids, const struct str *keys, size_t n)
{
	int64_t *locks = NEW_ARRAY(c->a, 2 * n, int64_t);
	size_t lock_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (ids[i] != 0)
			locks[lock_n++] = ids[i];
		if (keys[i].n > 0)
			locks[lock_n++] = object_key_lock(str_lower(c->a, keys[i]));
	}
	qsort(locks, lock_n, sizeof(*locks), by_number);
	for (size_t i = 0; i < lock_n; i++)
		if (i == 0 || locks[i] != locks[i - 1])
			TRY(object_lock(c, locks[i]));
	return OK;
}
