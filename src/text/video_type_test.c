#include "text/video_type.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"

enum { BUDGET_BYTES = 1 << 20 };

#define WEBM_HEAD "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08"

/* In memory of exactly its length, so that ASan sees a byte read too far. */
static const char *kind_of(struct str head)
{
	struct video_type got = {STR("untouched"), STR("none")};
	struct arena *a = arena_open(BUDGET_BYTES);
	char *p = malloc(head.n ? head.n : 1);
	assert_non_null(p);
	memcpy(p, head.p, head.n);
	arena_defer(a, free, p);
	bool is_one = video_type((struct str){p, head.n}, &got);
	assert_int_equal(is_one, !str_eq(got.encoding, STR("none")));
	arena_close(a);
	return got.encoding.p; /* a literal */
}

static void bytes_say_what_they_are(void **state)
{
	(void)state;
	assert_string_equal(kind_of(STR(WEBM_HEAD "\x42\x82\x84webm\x42\x87\x81\x04\x42\x85\x81\x02\x18\x53\x80\x67")), "webm");
	assert_string_equal(kind_of(STR(WEBM_HEAD "\x42\x82\x86webm\0\0")), "webm");
	/* a size of eight bytes, as some programs write it */
	assert_string_equal(kind_of(STR("\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x07\x42\x82\x84webm")), "webm");
	assert_string_equal(kind_of(STR("\0\0\0\x18" "ftypisom\0\0\2\0isommp42")), "mp4");
	assert_string_equal(kind_of(STR("\0\0\0\x18" "ftypXYZW\0\0\2\0abcdmp41")), "mp4");
	assert_string_equal(kind_of(STR("\0\0\0\x10" "ftypM4V \0\0\2\0")), "mp4");
	assert_string_equal(kind_of(STR("\0\0\0\x14" "ftypqt  \0\0\2\0qt  ")), "mov");
}

static void what_is_no_video_is_none(void **state)
{
	(void)state;
	static const struct str table[] = {
		STR(""), STR("\x1a"), STR("\x1a\x45\xdf\xa3"), STR("\x1a\x45\xdf\xa3\x9f"), STR("\0\0\0\0"),
		STR(WEBM_HEAD "\x42\x82\x88matroska"), /* the container without the limits of WebM */
		STR(WEBM_HEAD "\x42\x82\x84web"), STR(WEBM_HEAD "\x42\x82\xffwebm"), STR(WEBM_HEAD "\x42\x82\x85webmX"),
		STR(WEBM_HEAD), STR("\x1a\x45\xdf\xa3\x80\x42\x82\x84webm"),
		STR("\0\0\0\x1c" "ftypheic\0\0\0\0mif1heicisom"), STR("\0\0\0\x1c" "ftypavis\0\0\0\0msf1iso8mp41"),
		STR("\0\0\0\x1c" "ftypM4A \0\0\0\0M4A mp42isom"), STR("\0\0\0\x18" "ftypXYZW\0\0\2\0abcdefgh"),
		STR("\0\0\0\x14" "ftypXYZW\0\0\2\0abcdmp41"), /* the brand stands behind the box */
		STR("\0\0\0\x08" "ftypisom\0\0\2\0"), STR("\0\0\0\x18" "ftypiso"), STR("\0\0\0\x18" "moovisom\0\0\2\0isommp42"),
		STR("RIFF\0\0\0\0AVI LIST"), STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), STR("%PDF-1.7"), STR("<svg xmlns="), STR("OggS\0\2"),
		STR("<!doctype html><video>"), STR("FLV\1\5"), STR("\xff\xd8\xff\xe0\0\x10JFIF"),
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(kind_of(table[i]), "none") != 0)
			fail_msg("row %zu is taken for a video", i);
}

static void captions_begin_with_their_name(void **state)
{
	(void)state;
	assert_true(is_webvtt(STR("WEBVTT")));
	assert_true(is_webvtt(STR("WEBVTT\n\n00:00.000")));
	assert_true(is_webvtt(STR("\xef\xbb\xbfWEBVTT some words\r\n")));
	assert_false(is_webvtt(STR("")));
	assert_false(is_webvtt(STR("WEBVTTX")));
	assert_false(is_webvtt(STR("webvtt\n")));
	assert_false(is_webvtt(STR("\xef\xbb\xbf\xef\xbb\xbfWEBVTT")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_say_what_they_are),
		cmocka_unit_test(what_is_no_video_is_none),
		cmocka_unit_test(captions_begin_with_their_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
