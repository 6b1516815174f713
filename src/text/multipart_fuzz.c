/* A form of strangers: the same parts come out whether it is read at once or byte by byte. The first byte says how large the pieces
 * are. */

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/image_size.h"
#include "text/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { BUDGET = 64 << 20, MAX_INPUT = 64 << 10 };

static enum err see_begin(void *self, const struct multipart_part *part)
{
	check(utf8_is_valid(part->name) && utf8_is_valid(part->file_name) && utf8_is_valid(part->content_type));
	check(str_find_byte(part->file_name, '/') < 0);
	buf_fmt(self, "(" STR_FMT ")", STR_ARG(part->name));
	return OK;
}

static enum err see_bytes(void *self, struct str bytes)
{
	buf_add(self, bytes);
	return OK;
}

static enum err see_end(void *self)
{
	buf_byte(self, '.');
	return OK;
}

static enum err read_in(struct ctx *c, struct str text, size_t piece, struct buf *seen)
{
	const struct multipart_reader reader = {seen, see_begin, see_bytes, see_end};
	struct multipart *m = multipart_new(c, STR("b"), &reader);
	buf_init(seen, c->a, MAX_INPUT * 4);
	for (; text.n > 0; text = str_skip(text, piece))
		TRY(multipart_add(m, str_head(text, piece)));
	return multipart_end(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct image_size size;
	struct buf whole, pieces;
	if (n == 0 || n > MAX_INPUT)
		return 0;
	struct arena *a = arena_open(BUDGET);
	struct ctx c = {.a = a}, d = {.a = a};
	struct str text = {(const char *)bytes + 1, n - 1}, boundary;
	image_size(text, &size);
	multipart_boundary(a, text, &boundary);
	enum err at_once = read_in(&c, text, n, &whole);
	enum err in_pieces = read_in(&d, text, bytes[0] % 64 + 1, &pieces);
	check(at_once == in_pieces);
	if (at_once == OK)
		check(str_eq(buf_str(&whole), buf_str(&pieces)));
	arena_close(a);
	return 0;
}
