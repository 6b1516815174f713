#include <stdlib.h>

#include "base/arena.h"
#include "desk/object.h"

/* Objects before keys, as those lock who write one object only. */
static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x < y) - (x > y);
}

enum err desk_object_lock_all(struct ctx *c, const int64_t *ids, size_t id_n, const struct str *keys, size_t key_n)
{
	int64_t *locks = NEW_ARRAY(c->a, id_n + key_n, int64_t);
	size_t lock_n = 0;
	for (size_t i = 0; i < id_n; i++)
		if (ids[i] != 0)
			locks[lock_n++] = ids[i];
	for (size_t i = 0; i < key_n; i++)
		if (keys[i].n > 0)
			locks[lock_n++] = object_key_lock(keys[i]);
	qsort(locks, lock_n, sizeof(*locks), by_number);
	for (size_t i = 0; i < lock_n; i++)
		if (i == 0 || locks[i] != locks[i - 1])
			TRY(object_lock(c, locks[i]));
	return OK;
}
