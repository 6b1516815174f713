#include "net/gzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/test.h"

static void who_takes_gzip_is_told_by_his_header(void **state)
{
	static const struct {
		const char *header;
		bool is_taken;
	} rows[] = {
		{"gzip", true},          {"gzip,deflate", true},      {"deflate, GZIP;q=0.5", true}, {"br, gzip ; q=1", true},
		{"*", true},             {"identity, *;q=0.1", true}, {"x-gzip", true},              {"", false},
		{"deflate", false},      {"gzip;q=0", false},         {"gzip; q=0.000", false},      {"*;q=0", false},
		{"gzip;q=0, *", false},  {"*, gzip;q=0.0", false},    {"gzipped", false},            {"identity", false},
		{",,;;=,", false},       {"gzip;x=0", true},          {"gzip;q=", true},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (gzip_is_accepted(str_c(rows[i].header)) != rows[i].is_taken)
			fail_msg("%s", rows[i].header);
	assert_false(gzip_is_accepted(STR_NULL));
}

/* As a client would. */
static struct str unpack(struct arena *a, struct str packed, size_t room)
{
	char *text = arena_alloc(a, room);
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.p, .avail_in = (unsigned)packed.n};
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_out = (unsigned char *)text;
	z.avail_out = (unsigned)room;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	return (struct str){text, z.total_out};
}

static void what_is_packed_comes_out_again(void **state)
{
	(void)state;
	static const size_t sizes[] = {MIN_GZIP_BYTES, 5000, 100000, MAX_GZIP_BYTES};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct arena *a = arena_open((size_t)64 << 20);
		char *text = malloc(sizes[i]); /* on its own, so that reading beyond it shows */
		struct str packed;
		for (size_t k = 0; k < sizes[i]; k++)
			text[k] = "{\"id\":\"0123\"}"[(k * k / 7) % 13];
		assert_true(gzip_pack(a, (struct str){text, sizes[i]}, &packed));
		assert_true(packed.n < sizes[i] / 2);
		assert_true(str_eq(unpack(a, packed, sizes[i]), (struct str){text, sizes[i]}));
		free(text);
		arena_close(a);
	}
}

static void what_is_too_short_too_long_or_does_not_shrink_is_left_alone(void **state)
{
	struct arena *a = arena_open((size_t)64 << 20);
	struct str out;
	(void)state;
	char *text = arena_alloc(a, MAX_GZIP_BYTES + 1);
	memset(text, 'x', MAX_GZIP_BYTES + 1);
	assert_false(gzip_pack(a, (struct str){text, MIN_GZIP_BYTES - 1}, &out));
	assert_false(gzip_pack(a, (struct str){text, MAX_GZIP_BYTES + 1}, &out));
	uint32_t chance = 1;
	for (size_t i = 0; i < 4096; i++) {
		chance = chance * 1664525 + 1013904223;
		text[i] = (char)(chance >> 24);
	}
	assert_false(gzip_pack(a, (struct str){text, 4096}, &out));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_takes_gzip_is_told_by_his_header),
		cmocka_unit_test(what_is_packed_comes_out_again),
		cmocka_unit_test(what_is_too_short_too_long_or_does_not_shrink_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
