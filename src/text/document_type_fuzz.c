/* Archives and documents of strangers: nothing is read beyond their end, nothing gets larger than it may. */

#include <stdint.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/ctx.h"
#include "text/document_type.h"
#include "text/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { BUDGET = 64 << 20, MAX_READ = 1 << 16 };

static void read_all(struct ctx *c, const struct zip *z)
{
	for (size_t i = 0; i < z->n && i < 50; i++) {
		struct str out;
		check(zip_find(z, z->entries[i].name) == &z->entries[i]);
		if (zip_read(c, z, &z->entries[i], MAX_READ, &out) == OK)
			check(out.n <= MAX_READ && (int64_t)out.n == z->entries[i].size_bytes);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct ctx c = {.a = arena_open(BUDGET)};
	struct str in = {(const char *)bytes, n}, picture;
	enum document_format f;
	struct zip z;
	if (document_sniff(&c, in, &f) == OK)
		check(f < DOCUMENT_FORMAT_N);
	if (document_picture(&c, in, &picture) == OK)
		check(picture.n <= MAX_DOCUMENT_PICTURE_BYTES);
	if (zip_open(&c, in, &z) == OK)
		read_all(&c, &z);
	arena_close(c.a);
	return 0;
}
