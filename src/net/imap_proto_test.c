#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "net/imap_proto.h"

enum { MAX_LITERAL = 400 << 10, MAX_SAID = 2 << 20 };

/* ---- responses as text ---- */

static void write_value(struct buf *b, const struct imap_value *value)
{
	for (; value != NULL; value = value->next) {
		if (value->kind == IMAP_LIST) {
			buf_lit(b, "(");
			write_value(b, value->first);
			buf_lit(b, ")");
		} else if (value->is_cut) {
			buf_fmt(b, "cut:%zu", value->text.n);
		} else if (value->kind == IMAP_STRING) {
			buf_fmt(b, "'" STR_FMT "'", STR_ARG(value->text));
		} else {
			buf_add(b, value->kind == IMAP_NIL ? STR("nil") : value->text);
		}
		if (value->next != NULL)
			buf_lit(b, " ");
	}
}

static void write_response(struct buf *b, const struct imap_response *r)
{
	buf_fmt(b, STR_FMT "|%lld|" STR_FMT "|" STR_FMT "|" STR_FMT "|", STR_ARG(r->tag), (long long)r->number,
	        STR_ARG(r->name), STR_ARG(r->code), STR_ARG(r->text));
	write_value(b, r->values);
	buf_add(b, r->is_malformed ? STR("!\n") : STR("\n"));
}

static struct str read_in_pieces(struct arena *a, struct str input, size_t piece)
{
	struct imap_proto *p = imap_proto_open(MAX_LITERAL);
	struct buf said;
	enum imap_event event = IMAP_MORE;
	buf_init(&said, a, MAX_SAID);
	while (input.n > 0 && event != IMAP_BROKEN) {
		struct str part = str_head(input, piece);
		input = str_skip(input, part.n);
		char *exact = malloc(part.n);
		memcpy(exact, part.p, part.n);
		struct str rest = {exact, part.n};
		while (rest.n > 0 && event != IMAP_BROKEN) {
			rest = str_skip(rest, imap_proto_feed(p, rest, &event));
			if (event == IMAP_RESPONSE)
				write_response(&said, imap_proto_response(p));
		}
		free(exact);
	}
	if (event == IMAP_BROKEN)
		buf_lit(&said, "broken\n");
	imap_proto_close(p);
	return buf_str(&said);
}

static void expect(struct str input, const char *said)
{
	static const size_t pieces[] = {SIZE_MAX, 1, 3};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct arena *a = arena_open(16 << 20);
		assert_string_equal(str_z(a, read_in_pieces(a, input, pieces[i])), said);
		arena_close(a);
	}
}

#define EXPECT(input, said) expect(STR(input), (said))

static void status_responses_have_code_and_text(void **state)
{
	(void)state;
	EXPECT("* OK [UIDVALIDITY 3857529045] UIDs valid\r\n", "*|-1|OK|UIDVALIDITY 3857529045|UIDs valid|\n");
	EXPECT("a1 NO [AUTHENTICATIONFAILED] sorry \"(\r\n", "a1|-1|NO|AUTHENTICATIONFAILED|sorry \"(|\n");
	EXPECT("a1 OK\r\n", "a1|-1|OK|||\n");
	EXPECT("* BYE see you {5}\r\na2 BAD what {7}\r\n+ idling {3}\r\n+\r\n",
	       "*|-1|BYE||see you {5}|\na2|-1|BAD||what {7}|\n+|-1|||idling {3}|\n+|-1||||\n");
	EXPECT("* OK [unclosed text\r\n\r\n", "*|-1|OK||[unclosed text|\n|-1||||\n");
}

static void data_responses_are_values(void **state)
{
	(void)state;
	EXPECT("* 23 EXISTS\r\n* SEARCH 2 84 882\r\n* SEARCH\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\n",
	       "*|23|EXISTS|||\n*|-1|SEARCH|||2 84 882\n*|-1|SEARCH|||\n*|-1|CAPABILITY|||IMAP4rev1 AUTH=PLAIN\n"
	       "");
	EXPECT("* 1 FETCH (UID 7 FLAGS (\\Seen $x) BODY[HEADER.FIELDS (TO CC)]<0> NIL X \"a\\\"b\\\\c\" Y \"\")\r\n",
	       "*|1|FETCH|||(UID 7 FLAGS (\\Seen $x) BODY[HEADER.FIELDS (TO CC)]<0> nil X 'a\"b\\c' Y '')\n");
}

static void literals_hold_any_bytes(void **state)
{
	(void)state;
	EXPECT("* 1 FETCH (BODY[] {12}\r\na)\r\n{9}\r\n(\"b UID 7)\r\n* 2 EXISTS\r\n",
	       "*|1|FETCH|||(BODY[] 'a)\r\n{9}\r\n(\"b' UID 7)\n*|2|EXISTS|||\n");
	EXPECT("* 1 FETCH (A {0}\r\n B {3+}\r\n{1} C \"{1}\")\r\n", "*|1|FETCH|||(A '' B '{1}' C '{1}')\n");
	EXPECT("* LIST () \"/\" {5}\r\nINBOX\r\n", "*|-1|LIST|||() '/' 'INBOX'\n");
	/* a brace that announces nothing, also before one that does */
	EXPECT("* X {a} {1}\r\nb\r\n* 2 EXISTS\r\n", "*|-1|X|||!\n*|2|EXISTS|||\n");
	EXPECT("* X {a}\r\n* X {}\r\n* X {-1}\r\n* X }\r\n* X {99999999999999999999}\r\n",
	       "*|-1|X|||!\n*|-1|X|||!\n*|-1|X|||!\n*|-1|X|||}\n*|-1|X|||!\n");
}

static void malformed_values_do_not_end_the_session(void **state)
{
	(void)state;
	EXPECT("* 1 FETCH (UID 7\r\n* X )\r\n* X \"a\r\n* X \"a\\\r\n* 2 EXISTS\r\n",
	       "*|1|FETCH|||(UID 7)!\n*|-1|X|||!\n*|-1|X|||!\n*|-1|X|||!\n*|2|EXISTS|||\n");
}

static void depth_and_length_have_limits(void **state)
{
	(void)state;
	struct arena *a = arena_open(16 << 20);
	struct buf b;
	buf_init(&b, a, 1 << 20);
	buf_lit(&b, "* X ");
	for (int i = 0; i < 60000; i++)
		buf_byte(&b, i < 30000 ? '(' : ')');
	buf_lit(&b, "\r\n* 2 EXISTS\r\n");
	struct str said = read_in_pieces(a, buf_str(&b), SIZE_MAX);
	assert_true(str_ends(said, STR("!\n*|2|EXISTS|||\n")));

	buf_init(&b, a, 1 << 20);
	buf_lit(&b, "* X ");
	for (int i = 0; i < 16000; i++)
		buf_lit(&b, "()a ");
	buf_lit(&b, "\r\n");
	assert_false(str_ends(read_in_pieces(a, buf_str(&b), 999), STR("!\n")));

	for (int is_over = 0; is_over < 2; is_over++) {
		buf_init(&b, a, 1 << 20);
		buf_lit(&b, "* OK ");
		while (b.n < IMAP_MAX_LINE_BYTES - 2)
			buf_byte(&b, 'x');
		buf_add(&b, is_over ? STR("x\r\n") : STR("\r\n"));
		buf_lit(&b, "a1 OK\r\n");
		said = read_in_pieces(a, buf_str(&b), 777);
		assert_true(str_ends(said, is_over ? STR("broken\n") : STR("a1|-1|OK|||\n")));
	}

	buf_init(&b, a, 1 << 20);
	buf_lit(&b, "* X");
	for (int i = 0; i < IMAP_MAX_LITERALS + 1; i++)
		buf_lit(&b, " {1}\r\na");
	buf_lit(&b, "\r\n");
	assert_true(str_ends(read_in_pieces(a, buf_str(&b), SIZE_MAX), STR("broken\n")));
	arena_close(a);
}

static void a_literal_over_the_limit_is_cut_and_the_session_goes_on(void **state)
{
	(void)state;
	struct arena *a = arena_open(16 << 20);
	struct buf b;
	buf_init(&b, a, 4 << 20);
	buf_fmt(&b, "* 1 FETCH (BODY[] {%d}\r\n", MAX_LITERAL + 1);
	for (int i = 0; i <= MAX_LITERAL; i++)
		buf_byte(&b, 'x');
	buf_lit(&b, " UID 7)\r\n* 2 EXISTS\r\n");
	struct str want = str_fmt(a, "*|1|FETCH|||(BODY[] cut:%d UID 7)\n*|2|EXISTS|||\n", IMAP_CUT_BYTES);
	assert_true(str_eq(read_in_pieces(a, buf_str(&b), 1001), want));

	/* exactly the limit is whole, also in two literals */
	buf_init(&b, a, 4 << 20);
	buf_fmt(&b, "* 1 FETCH (A {%d}\r\n", MAX_LITERAL - 1);
	for (int i = 0; i < MAX_LITERAL - 1; i++)
		buf_byte(&b, 'x');
	buf_lit(&b, " B {1}\r\ny C {1}\r\nz)\r\n");
	struct str said = read_in_pieces(a, buf_str(&b), SIZE_MAX);
	assert_true(str_ends(said, STR("x' B 'y' C cut:0)\n")));
	arena_close(a);
}

static void attributes_are_found_by_name(void **state)
{
	(void)state;
	struct imap_proto *p = imap_proto_open(100);
	enum imap_event event;
	imap_proto_feed(p, STR("* 1 FETCH (X UID uid 7 BODY[] {2}\r\nab odd)\r\n"), &event);
	assert_int_equal(event, IMAP_RESPONSE);
	const struct imap_value *list = imap_proto_response(p)->values;
	assert_true(str_eq(imap_attr(list, STR("UID"))->text, STR("7")));
	assert_true(str_eq(imap_attr(list, STR("body[]"))->text, STR("ab")));
	assert_null(imap_attr(list, STR("odd")));
	assert_null(imap_attr(list, STR("7")));
	assert_null(imap_attr(list->first, STR("UID")));
	assert_null(imap_attr(NULL, STR("UID")));
	imap_proto_close(p);
}

static void numbers_are_uids(void **state)
{
	(void)state;
	uint32_t n;
	assert_true(imap_number(STR("4294967295"), &n) && n == UINT32_MAX);
	assert_true(imap_number(STR("1"), &n) && n == 1);
	assert_false(imap_number(STR("0"), &n));
	assert_false(imap_number(STR("4294967296"), &n));
	assert_false(imap_number(STR("-1"), &n));
	assert_false(imap_number(STR("7x"), &n));
	assert_false(imap_number(STR(""), &n));
}

static void dates_are_read_with_their_zone(void **state)
{
	(void)state;
	int64_t at;
	assert_true(imap_date(STR("17-Jul-1996 02:44:25 -0700"), &at));
	assert_int_equal(at, 837596665000);
	assert_true(imap_date(STR(" 1-jan-1970 02:00:00 +0200"), &at));
	assert_int_equal(at, 0);
	assert_false(imap_date(STR("17-Foo-1996 02:44:25 -0700"), &at));
	assert_false(imap_date(STR("17-Jul-1996 02:44:25 -070"), &at));
	assert_false(imap_date(STR("00-Jul-1996 02:44:25 -0700"), &at));
	assert_false(imap_date(STR("17-Jul-1996 24:44:25 -0700"), &at));
	assert_false(imap_date(STR("17-Jul-1996 02:44:25  0700"), &at));
	assert_false(imap_date(STR(""), &at));
}

static void folders_are_quoted_in_modified_utf_7(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"INBOX", "\"INBOX\""},
		{"a\"b\\c", "\"a\\\"b\\\\c\""},
		{"R&D", "\"R&-D\""},
		{"Entw\xc3\xbcrfe", "\"Entw&APw-rfe\""},
		{"~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""},
		{"\xf0\x9f\x98\x80", "\"&2D3eAA-\""},
		{"", "\"\""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena *a = arena_open(1 << 16);
		struct str out;
		assert_true(imap_folder(a, str_c(rows[i][0]), &out));
		assert_string_equal(str_z(a, out), rows[i][1]);
		arena_close(a);
	}
	struct arena *a = arena_open(1 << 16);
	struct str out;
	assert_false(imap_folder(a, STR("a\r\nb LOGOUT"), &out));
	assert_false(imap_folder(a, STR("a\0b"), &out));
	assert_false(imap_folder(a, STR("\xff"), &out));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_responses_have_code_and_text),
		cmocka_unit_test(data_responses_are_values),
		cmocka_unit_test(literals_hold_any_bytes),
		cmocka_unit_test(malformed_values_do_not_end_the_session),
		cmocka_unit_test(depth_and_length_have_limits),
		cmocka_unit_test(a_literal_over_the_limit_is_cut_and_the_session_goes_on),
		cmocka_unit_test(attributes_are_found_by_name),
		cmocka_unit_test(numbers_are_uids),
		cmocka_unit_test(dates_are_read_with_their_zone),
		cmocka_unit_test(folders_are_quoted_in_modified_utf_7),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
