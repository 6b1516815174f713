#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/mail_headers.h"

#define test_failed(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

enum { BUDGET = 64 << 20 };

static struct arena *a;

static int open_arena(void **state)
{
	(void)state;
	a = arena_open(BUDGET);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

/* A copy of exact size, so that ASan sees a read past the end; freed with the arena. */
static struct str exact(struct str s)
{
	char *copy = malloc(s.n ? s.n : 1);
	arena_defer(a, free, copy);
	memcpy(copy, s.p, s.n);
	return (struct str){copy, s.n};
}

static void assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_c(want)) || str_is_null(got) != (want == NULL))
		test_failed("got \"" STR_FMT "\", want \"%s\"", STR_ARG(got), want ? want : "(null)");
}

static void a_header_is_split_and_its_body_found_whatever_ends_its_lines(void **state)
{
	static const char *const raws[] = {
		"A: 1\r\nB:2\r\n\tmore\r\nA: 3\r\n\r\nbody", "A: 1\nB:2\n\tmore\nA: 3\n\nbody",
		"A: 1\rB:2\r\tmore\rA: 3\r\rbody",           "From x@y Mon Jan 1\nA: 1\nB:2\n\tmore\nA: 3\n\nbody",
		"\n\nA: 1\nB:2\n\tmore\nA : 3\n\nbody",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(raws) / sizeof(raws[0]); i++) {
		struct mail_headers h;
		mail_headers_parse(a, exact(str_c(raws[i])), &h);
		assert_int_equal(h.n, 3);
		assert_str(mail_header_line(a, mail_headers_find(&h, STR("a"))), "1");
		assert_str(mail_header_text(a, mail_headers_find(&h, STR("b"))), "2 more");
		assert_int_equal(mail_headers_count(&h, STR("A")), 2);
		assert_str(h.rest, "body");
		assert_false(h.is_cut);
		assert_true(str_is_null(mail_headers_find(&h, STR("C"))));
	}
}

static void a_header_without_an_empty_line_ends_before_the_first_line_that_is_no_field(void **state)
{
	(void)state;
	struct mail_headers h;
	mail_headers_parse(a, exact(STR("A: 1\nhello there\nB: 2\n\nx")), &h);
	assert_int_equal(h.n, 1);
	assert_true(h.is_odd);
	assert_str(h.rest, "hello there\nB: 2\n\nx");
	mail_headers_parse(a, exact(STR("A: 1\nHi people!\n\nA: 2\n\n")), &h);
	assert_int_equal(h.n, 1);
	assert_str(h.rest, "Hi people!\n\nA: 2\n\n");
	mail_headers_parse(a, exact(STR("Received: from x\nby y\nDate: z\nFrom: a@x.test\n\nbody")), &h);
	assert_int_equal(h.n, 3);
	assert_true(h.is_odd);
	assert_str(h.rest, "body");
	mail_headers_parse(a, exact(STR("just text")), &h);
	assert_int_equal(h.n, 0);
	assert_str(h.rest, "just text");
	mail_headers_parse(a, exact(STR("")), &h);
	assert_int_equal(h.n + h.rest.n, 0);
	mail_headers_parse(a, exact(STR("A: 1")), &h);
	assert_int_equal(h.n, 1);
}

static struct str repeat(struct str unit, size_t n, struct str tail)
{
	char *p = arena_alloc(a, unit.n * n + tail.n + 1);
	for (size_t i = 0; i < n; i++)
		memcpy(p + i * unit.n, unit.p, unit.n);
	memcpy(p + unit.n * n, tail.p, tail.n);
	return (struct str){p, unit.n * n + tail.n};
}

static void each_limit_of_the_header_cuts_at_its_figure_and_not_before(void **state)
{
	(void)state;
	struct mail_headers h;
	for (int over = -1; over <= 1; over++) {
		mail_headers_parse(a, exact(repeat(STR("A: 1\n"), (size_t)(MAX_HEADERS + over), STR("\nbody"))), &h);
		assert_int_equal(h.n, over > 0 ? MAX_HEADERS : MAX_HEADERS + over);
		assert_int_equal(h.is_cut, over > 0);
		assert_str(h.rest, "body");

		/* "x:" + bytes + "\n" is the field */
		struct str one =
			str_cat(a, STR("x:"), repeat(STR("v"), (size_t)(MAX_HEADER_BYTES - 3 + over), STR("\n\nbody")));
		mail_headers_parse(a, exact(one), &h);
		assert_int_equal(h.n, 1);
		assert_int_equal(h.is_cut, over > 0);
		assert_str(h.rest, "body");

		struct str field = repeat(STR("x: 678901234567\n"), 1, STR(""));
		size_t fits = MAX_HEADER_BLOCK_BYTES / 1024;
		struct str big = repeat(str_cat(a, STR("x: "), repeat(STR("v"), 1020, STR("\n"))), fits, STR(""));
		mail_headers_parse(
			a, exact(str_cat(a, big, over > 0 ? str_cat(a, field, STR("\nbody")) : STR("\nbody"))), &h);
		assert_int_equal(h.n, fits);
		assert_int_equal(h.is_cut, over > 0);
		assert_str(h.rest, "body");
	}
}

static void encoded_words_are_joined_before_they_are_decoded(void **state)
{
	static const char *const rows[][2] = {
		{"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"},
		{"=?utf-8?B?Y2Fmww==?=\r\n =?UTF-8?B?qQ==?=", "café"},
		{"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"},
		{"=?utf-8?q?a_b?=c", "a bc"},
		{"x=?utf-8?q?a?=", "xa"},
		{"=?iso-8859-1?Q?a?= =?utf-8?Q?=C3=A9?=", "aé"},
		{"=?iso-2022-jp?B?GyRCLSEbKEI=?=", "①"},
		{"=?utf-8*en?Q?hi?=", "hi"},
		{"=?utf-8?X?hi?=", "=?utf-8?X?hi?="},
		{"=?utf-8?Q?never ended", "=?utf-8?Q?never ended"},
		{"=?utf-8?Q?a b?=", "a b"},
		{"=?utf-8?Q?" "?=", ""},
		{"=?utf-8?Q?=0D=0ABcc:_x=40y?=", "Bcc: x@y"},
		{"=?no-such?Q?caf=E9?=", "café"},
		{"caf\xe9", "café"},
		{"a\r\n\tb\r\n c\001\002", "a b c"},
		{"100% =3D", "100% =3D"},
		{"=?utf-8?Q?=?=", "="},
		{"=?=?=?=?", "=?=?=?=?"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_str(mail_header_text(a, exact(str_c(rows[i][0]))), rows[i][1]);
	assert_true(str_is_null(mail_header_text(a, STR_NULL)));
}

static void a_decoded_line_is_cut_at_a_code_point(void **state)
{
	(void)state;
	struct str got = mail_header_text(a, repeat(STR("é"), 600, STR("")));
	assert_int_equal(got.n, MAX_HEADER_TEXT_BYTES);
	got = mail_header_text(a, str_cat(a, STR("x"), repeat(STR("é"), 600, STR(""))));
	assert_int_equal(got.n, MAX_HEADER_TEXT_BYTES - 1);
	assert_true(utf8_is_valid(got));
}

static void parameters_are_read_in_every_way_they_are_written(void **state)
{
	static const char *const rows[][2] = {
		{"attachment; filename=a.txt", "a.txt"},
		{"attachment; FileName = \"a b.txt\"; size=3", "a b.txt"},
		{"attachment; filename=a b.txt; size=3", "a b.txt"},
		{"attachment; filename*=UTF-8'fr'caf%C3%A9.txt", "café.txt"},
		{"attachment; filename*=iso-8859-1''caf%E9.txt; filename=x", "café.txt"},
		{"attachment; filename*0=\"long \"; filename*1=\"name.txt\"", "long name.txt"},
		{"attachment; filename*1*=%A9.txt; filename*0*=UTF-8''caf%C3", "café.txt"},
		{"attachment; filename=\"=?utf-8?Q?caf=C3=A9?=.txt\"", "café.txt"},
		{"attachment; filename=\"caf\xe9.txt\"", "café.txt"},
		{"attachment; filename=\"a\\\"b.txt\"", "a\"b.txt"},
		{"attachment; filename=\"C:\\x\\b.txt\"", "C:\\x\\b.txt"},
		{"attachment; filename=\"never ended", "never ended"},
		{"attachment; filename=a.txt (comment)", "a.txt"},
		{"attachment; filename*=no quotes", "no quotes"},
		{"attachment;;; ;filename=a", "a"},
		{"attachment; =; filename=a", "a"},
		{"attachment; x=\"filename=no\"; y", NULL},
		{"attachment", NULL},
		{"", NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_str(mail_header_param(a, exact(str_c(rows[i][0])), STR("filename")), rows[i][1]);
	assert_str(mail_header_type(a, STR(" Text/Plain ; charset=x")), "text/plain");
	assert_str(mail_header_type(a, STR("text")), NULL);
	assert_str(mail_header_type(a, STR("a/b/c")), NULL);
	assert_str(mail_header_type(a, STR("text/plain charset=x")), "text/plain");
	assert_str(mail_header_word(a, STR(" Attachment;x=y")), "attachment");
}

static void ids_are_found_with_and_without_brackets_and_the_last_are_kept(void **state)
{
	(void)state;
	struct str *ids;
	assert_int_equal(mail_header_ids(a, exact(STR("<a@x>\r\n\t<b@y>,<c@z> <<d@w>>")), 50, &ids), 4);
	assert_str(ids[0], "a@x");
	assert_str(ids[3], "d@w");
	assert_int_equal(mail_header_ids(a, exact(STR("Your mail of Monday a@x b@y")), 50, &ids), 2);
	assert_str(ids[1], "b@y");
	assert_int_equal(mail_header_ids(a, exact(STR("<1> <2> <3> <4>")), 2, &ids), 2);
	assert_str(ids[0], "3");
	assert_str(ids[1], "4");
	assert_int_equal(mail_header_ids(a, exact(STR("<a\r\n b@x>")), 2, &ids), 1);
	assert_str(ids[0], "ab@x");
	assert_int_equal(mail_header_ids(a, exact(STR("<never ended@x")), 2, &ids), 1);
	assert_int_equal(mail_header_ids(a, exact(STR("<>")), 2, &ids), 0);
	assert_int_equal(mail_header_ids(a, STR_NULL, 2, &ids), 0);
}

static void dates_are_read_as_mailers_write_them(void **state)
{
	(void)state;
	assert_int_equal(mail_header_date(a, STR("Sat, 21 Nov 2026 09:30:00 +0000")), 1795253400000);
	assert_int_equal(mail_header_date(a, STR("Sat, 21 Nov 2026 10:30:00 +0100 (CET)")), 1795253400000);
	assert_int_equal(mail_header_date(a, STR("21 Nov 26 09:30 GMT")), 1795253400000);
	assert_int_equal(mail_header_date(a, STR("yesterday")), 0);
	assert_int_equal(mail_header_date(a, STR("")), 0);
	assert_int_equal(mail_header_date(a, STR("Sat, 99 Nov 99999999999999 99:99:99 +9999")), 0);
	assert_int_equal(mail_header_date(a, STR_NULL), 0);
}

static void any_text_goes_out_as_ascii_words_of_75_bytes_and_comes_back(void **state)
{
	(void)state;
	uint32_t chance = 3;
	for (size_t round = 0; round < 400; round++) {
		char bytes[300];
		size_t n = round % sizeof(bytes);
		for (size_t k = 0; k < n; k++) {
			chance = chance * 1664525 + 1013904223;
			bytes[k] = round % 2 ? (char)(chance >> 24) : "aé =?_\r\n\t\"(x\0z@"[chance >> 28];
		}
		struct str text = exact((struct str){bytes, n});
		struct str out = mail_text_encode(a, text);
		size_t word_n = 0;
		for (size_t k = 0; k < out.n; k++) {
			assert_true(out.p[k] >= ' ' && out.p[k] <= '~');
			word_n = out.p[k] == ' ' ? 0 : word_n + 1;
			assert_true(word_n <= 75);
		}
		struct str want = utf8_clean(a, text);
		char *line = arena_alloc(a, want.n + 1);
		for (size_t k = 0; k < want.n; k++)
			line[k] = (unsigned char)want.p[k] < ' ' || want.p[k] == 127 ? ' ' : want.p[k];
		struct str back = mail_header_text(a, out);
		assert_str(back, str_z(a, mail_header_line(a, (struct str){line, want.n})));
	}
}

static void plain_text_is_not_encoded(void **state)
{
	(void)state;
	assert_str(mail_text_encode(a, STR("Re: your order #12 (late)")), "Re: your order #12 (late)");
	assert_str(mail_text_encode(a, STR("a\r\nBcc: x@y")), "=?UTF-8?Q?a__Bcc=3A_x=40y?=");
	assert_str(mail_text_encode(a, STR("日本")), "=?UTF-8?B?5pel5pys?=");
}

static void hostile_headers_take_linear_time(void **state)
{
	(void)state;
	static const char *const units[] = {"=?",           "=?a?Q?", "=?a?Q?=?=", "=?utf-8?b?w6k=?= ", ";a=\"", "<",
					    "filename*1*=", "\r\n ",  "=?x"};
	struct str *ids;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct str value = repeat(str_c(units[i]), MAX_HEADER_BYTES / strlen(units[i]), STR("?="));
		mail_header_text(a, value);
		mail_header_param(a, value, STR("filename"));
		mail_header_ids(a, value, 50, &ids);
		mail_header_type(a, value);
		mail_header_date(a, value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_header_is_split_and_its_body_found_whatever_ends_its_lines,
						open_arena, close_arena),
		cmocka_unit_test_setup_teardown(
			a_header_without_an_empty_line_ends_before_the_first_line_that_is_no_field, open_arena,
			close_arena),
		cmocka_unit_test_setup_teardown(each_limit_of_the_header_cuts_at_its_figure_and_not_before, open_arena,
						close_arena),
		cmocka_unit_test_setup_teardown(encoded_words_are_joined_before_they_are_decoded, open_arena,
						close_arena),
		cmocka_unit_test_setup_teardown(a_decoded_line_is_cut_at_a_code_point, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(parameters_are_read_in_every_way_they_are_written, open_arena,
						close_arena),
		cmocka_unit_test_setup_teardown(ids_are_found_with_and_without_brackets_and_the_last_are_kept,
						open_arena, close_arena),
		cmocka_unit_test_setup_teardown(dates_are_read_as_mailers_write_them, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(any_text_goes_out_as_ascii_words_of_75_bytes_and_comes_back, open_arena,
						close_arena),
		cmocka_unit_test_setup_teardown(plain_text_is_not_encoded, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(hostile_headers_take_linear_time, open_arena, close_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
