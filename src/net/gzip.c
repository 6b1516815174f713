#include "net/gzip.h"

#include <zlib.h>

#include "base/arena.h"
#include "net/http_serve.h"

/* Level 1 makes JSON a sixth of its size at three times the speed of the usual level. */
enum { LEVEL = 1, WINDOW_BITS = 15, GZIP_FORMAT = 16, MEMORY_LEVEL = 8 };

/* A weight of nothing but zeros (RFC 9110 section 12.4.2). */
static bool is_zero_weight(struct str parameter)
{
	struct str value = parameter;
	struct str name = str_trim(str_cut(&value, STR("=")));
	if (!str_eq_nocase(name, STR("q")))
		return false;
	value = str_trim(value);
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != '0' && value.p[i] != '.')
			return false;
	return value.n > 0;
}

bool gzip_is_accepted(struct str accept_encoding)
{
	bool any = false;
	for (struct str rest = accept_encoding; !str_is_null(rest);) {
		struct str parameter = str_cut(&rest, STR(","));
		struct str coding = str_trim(str_cut(&parameter, STR(";")));
		if (str_eq_nocase(coding, STR("gzip")) || str_eq_nocase(coding, STR("x-gzip")))
			return !is_zero_weight(parameter);
		if (str_eq(coding, STR("*")))
			any = !is_zero_weight(parameter);
	}
	return any;
}

bool http_accepts_gzip(struct http_call *call)
{
	return gzip_is_accepted(http_header(call, "Accept-Encoding"));
}

static void *from_arena(void *a, unsigned n, unsigned size)
{
	return arena_alloc(a, (size_t)n * size);
}

static void keep(void *a, void *p)
{
	(void)a;
	(void)p; /* goes with the arena */
}

bool gzip_pack(struct arena *a, struct str bytes, struct str *out)
{
	z_stream z = {.zalloc = from_arena, .zfree = keep, .opaque = a};
	if (bytes.n < MIN_GZIP_BYTES || bytes.n > MAX_GZIP_BYTES)
		return false;
	if (deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_BITS + GZIP_FORMAT, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	char *room = arena_alloc(a, bytes.n);
	z.next_in = (unsigned char *)(uintptr_t)bytes.p;
	z.avail_in = (unsigned)bytes.n;
	z.next_out = (unsigned char *)room;
	z.avail_out = (unsigned)bytes.n;
	int end = deflate(&z, Z_FINISH);
	*out = (struct str){room, z.total_out};
	deflateEnd(&z);
	return end == Z_STREAM_END;
}
