#include "text/multipart.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/test.h"
#include "text/image_size.h"

enum { BUDGET_BYTES = 16 << 20, SEEN_BYTES = 1 << 20 };

/* Everything that is seen, as one text: "(name|file|type)bytes." per part. */
struct seen {
	struct arena *a;
	struct buf text;
};

static enum err see_begin(void *self, const struct multipart_part *part)
{
	struct seen *s = self;
	buf_fmt(&s->text, "(" STR_FMT "|" STR_FMT "|" STR_FMT ")", STR_ARG(part->name),
	        STR_ARG(str_is_null(part->file_name) ? STR("-") : part->file_name), STR_ARG(part->content_type));
	return OK;
}

static enum err see_bytes(void *self, struct str bytes)
{
	buf_add(&((struct seen *)self)->text, bytes);
	return OK;
}

static enum err see_end(void *self)
{
	buf_byte(&((struct seen *)self)->text, '.');
	return OK;
}

/* Reads the text in pieces of that size, each in memory of its own. */
static enum err read_in(struct arena *a, struct str text, size_t piece, struct str *out)
{
	struct ctx c = {.a = a};
	struct seen seen = {.a = a};
	const struct multipart_reader reader = {&seen, see_begin, see_bytes, see_end};
	buf_init(&seen.text, a, SEEN_BYTES);
	struct multipart *m = multipart_new(&c, STR("xYz"), &reader);
	enum err e = OK;
	while (text.n > 0 && e == OK) {
		size_t n = text.n < piece ? text.n : piece;
		char *copy = malloc(n);
		assert_non_null(copy);
		memcpy(copy, text.p, n);
		e = multipart_add(m, (struct str){copy, n});
		free(copy);
		text = str_skip(text, n);
	}
	*out = buf_str(&seen.text);
	return e ? e : multipart_end(m);
}

static void parts_are_the_same_in_pieces_of_any_size(void **state)
{
	(void)state;
	static const struct {
		struct str text, want; /* null: refused */
	} table[] = {
		{STR("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--xYz--\r\n"), STR("(a|-|)one.")},
		{STR("--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\none\r\n--xYz--"), STR("(a|-|)one.")},
		{STR("before\r\n--xYz \t\r\ncontent-disposition:form-data;name=\"f\";filename=\"C:\\x\\y z.png\"\r\nContent-Type: image/png\r\n\r\n"
		     "\r\n--xYz\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--xY\r\n--xYz--after"),
		 STR("(f|y z.png|image/png).(b|-|)\r\n--xY.")},
		{STR("--xYz\r\nContent-Disposition: form-data; name=\"q\\\"u\"; filename=\"../../etc/passwd\"\r\n\r\nx\r\n--xYz--"),
		 STR("(q\"u|passwd|)x.")},
		{STR("--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a %22b%22%0D%0A 100%.pdf\"\r\n\r\nx\r\n--xYz--"),
		 STR("(f|a \"b\"   100%.pdf|)x.")},
		{STR("--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"%\"\r\n\r\nx\r\n--xYz--"), STR("(f|%|)x.")},
		{STR("--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--xYz--"), STR("(f||).")},
		{STR("--xYz--"), STR("")},
		{STR("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--xYz"), STR_NULL},
		{STR("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none"), STR_NULL},
		{STR("--xYz\r\nContent-Type: text/plain\r\n\r\none\r\n--xYz--"), STR_NULL},
		{STR("--xYzz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--xYz--"), STR_NULL},
		{STR("--xYz\r\n\r\none\r\n--xYz--"), STR_NULL},
		{STR("no boundary at all"), STR_NULL},
		{STR(""), STR_NULL},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (size_t piece = 1; piece < 100; piece++) {
			struct arena *a = arena_open(BUDGET_BYTES);
			struct str got;
			enum err e = read_in(a, table[i].text, piece, &got);
			if (str_is_null(table[i].want))
				assert_int_equal(e, ERR_BAD_INPUT);
			else
				assert_int_equal(e, OK);
			if (e == OK)
				assert_true(str_eq(got, table[i].want));
			arena_close(a);
		}
}

static void what_grows_has_a_maximum(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET_BYTES);
	struct buf b;
	struct str got;
	for (int parts = MAX_FORM_PARTS; parts <= MAX_FORM_PARTS + 1; parts++) {
		buf_init(&b, a, SEEN_BYTES);
		for (int i = 0; i < parts; i++)
			buf_lit(&b, "--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n");
		buf_lit(&b, "--xYz--");
		assert_int_equal(read_in(a, buf_str(&b), 1000, &got), parts > MAX_FORM_PARTS ? ERR_BAD_INPUT : OK);
	}
	buf_init(&b, a, SEEN_BYTES);
	buf_lit(&b, "--xYz\r\nX: ");
	for (int i = 0; i < MAX_PART_HEAD_BYTES; i++)
		buf_byte(&b, 'x');
	assert_int_equal(read_in(a, buf_str(&b), 1000, &got), ERR_BAD_INPUT);
	arena_close(a);
}

static void a_boundary_is_found(void **state)
{
	(void)state;
	static const struct {
		struct str type, want;
	} table[] = {
		{STR("multipart/form-data; boundary=abc"), STR("abc")},
		{STR("Multipart/Form-Data;charset=utf-8; Boundary=\"a b;c\""), STR("a b;c")},
		{STR("multipart/form-data"), STR_NULL},
		{STR("multipart/form-data; boundary="), STR_NULL},
		{STR("multipart/form-data; boundary=\"a\r\nb\""), STR_NULL},
		{STR("application/json; boundary=abc"), STR_NULL},
		{STR("multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890"), STR_NULL},
	};
	struct arena *a = arena_open(BUDGET_BYTES);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct str got;
		bool is_there = multipart_boundary(a, table[i].type, &got);
		assert_int_equal(is_there, !str_is_null(table[i].want));
		if (is_there)
			assert_true(str_eq(got, table[i].want));
	}
	arena_close(a);
}

static void an_image_tells_its_size(void **state)
{
	(void)state;
	static const struct {
		struct str head, encoding;
		int64_t width, height;
	} table[] = {
		{STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08"), STR("png"), 640, 480},
		{STR("GIF89a\x10\0\x20\1"), STR("gif"), 16, 288},
		{STR("\xff\xd8\xff\xe0\0\4JF\xff\xc2\0\x11\x08\1\0\0\x80\3"), STR("jpeg"), 128, 256},
		{STR("\xff\xd8\xff\xe0\0\1"), STR("jpeg"), 0, 0},
		{STR("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\1\0\xef\0\0"), STR("webp"), 320, 240},
		{STR("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc1\x3b\0\0\0\0\0\0"), STR("webp"), 320, 240},
		{STR("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\1\x2a\x40\1\xf0\0"), STR("webp"), 320, 240},
		{STR("<svg width=\"5\">"), STR_NULL, 0, 0},
		{STR("\x89PNG\r\n\x1a\n"), STR("png"), 0, 0},
		{STR(""), STR_NULL, 0, 0},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct image_size got;
		char *copy = malloc(table[i].head.n + 1);
		assert_non_null(copy);
		memcpy(copy, table[i].head.p, table[i].head.n);
		assert_int_equal(image_size((struct str){copy, table[i].head.n}, &got), !str_is_null(table[i].encoding));
		free(copy);
		assert_true(str_eq(got.encoding, table[i].encoding));
		assert_int_equal(got.width, table[i].width);
		assert_int_equal(got.height, table[i].height);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_the_same_in_pieces_of_any_size),
		cmocka_unit_test(what_grows_has_a_maximum),
		cmocka_unit_test(a_boundary_is_found),
		cmocka_unit_test(an_image_tells_its_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
