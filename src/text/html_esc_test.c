#include "text/html_esc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/html_scan.h"

#include <cmocka.h> /* last: its fail() hides the one of base/ctx.h */

static struct str exact_copy(const char *text)
{
	size_t n = strlen(text);
	char *exact = malloc(n ? n : 1);
	memcpy(exact, text, n);
	return (struct str){exact, n};
}

static void assert_decodes(const char *raw, enum html_place place, const char *want)
{
	struct arena *a = arena_open(1 << 20);
	struct str exact = exact_copy(raw);
	struct str got = html_decode(a, exact, place);
	if (!str_eq(got, str_c(want)) || !utf8_is_valid(got))
		fail_msg("%s: got " STR_FMT ", want %s", raw, STR_ARG(got), want);
	free((void *)(uintptr_t)exact.p);
	arena_close(a);
}

static void test_each_target_has_its_escapes(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct buf b;
	buf_init(&b, a, 1000);
	html_text_esc(&b, STR("<a href=\"x\">&'"));
	buf_byte(&b, '|');
	html_attr_esc(&b, STR("<a href=\"x\">&'"));
	assert_string_equal(str_z(a, buf_str(&b)),
		"&lt;a href=\"x\"&gt;&amp;'|&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
	arena_close(a);
}

static void test_references_are_read_as_browsers_read_them(void **state)
{
	(void)state;
	assert_decodes("&amp;&lt;&gt;&quot;&apos;&nbsp;", HTML_IN_TEXT, "&<>\"'\xc2\xa0");
	assert_decodes("&AMP;&AElig;&zwnj;&Yuml;&hearts;&thetasym;", HTML_IN_TEXT,
		       "&\xc3\x86\xe2\x80\x8c\xc5\xb8\xe2\x99\xa5\xcf\x91");
	assert_decodes("&#65;&#x41;&#X41&#65 &#xe9;&#128512;", HTML_IN_TEXT, "AAAA \xc3\xa9\xf0\x9f\x98\x80");
	assert_decodes("&#128;&#150;&#0;&#xD800;&#x110000;&#99999999999999;", HTML_IN_TEXT,
		"\xe2\x82\xac\xe2\x80\x93\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	assert_decodes("&notit; &copy &copycat", HTML_IN_TEXT, "\xc2\xacit; \xc2\xa9 \xc2\xa9" "cat");
	assert_decodes("?a=1&copy=2&copyx&copy;&copy", HTML_IN_ATTR, "?a=1&copy=2&copyx\xc2\xa9\xc2\xa9");
	assert_decodes("&zwnj&alpha &nosuch; & &; &# &#x &#; &#x;", HTML_IN_TEXT,
		       "&zwnj&alpha &nosuch; & &; &# &#x &#; &#x;");
	assert_decodes("&", HTML_IN_TEXT, "&");
	assert_decodes("&#1;a&#127;\x01" "b\r\nc\rd&#13;", HTML_IN_TEXT, "ab\nc\nd\n");
	assert_decodes("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaa;", HTML_IN_TEXT, "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaa;");
}

static void test_every_row_of_the_table_can_be_found(void **state)
{
	(void)state;
	static const char *const names[] = {
		"AElig", "AMP", "Aacute", "zwj", "zwnj", "zeta", "lt", "gt", "quot", "apos", "nbsp", "hellip",
		"ZeroWidthSpace", "colon", "Tab", "NewLine", "sol", "euro", "rsquo", "there4", "sup1", "frac12",
		"ETH", "Zdot", "mldr",
	};
	bool is_old;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_not_equal(html_named_char(str_c(names[i]), &is_old), 0);
	assert_int_equal(html_named_char(STR("lang"), &is_old), 0x27e8);
	assert_int_equal(html_named_char(STR(""), &is_old), 0);
	assert_int_equal(html_named_char(STR("amp;"), &is_old), 0);
}

/* Tokens as "<name", ">name" and "text" in a row. */
static void assert_scans(const char *html, const char *want)
{
	struct arena *a = arena_open(1 << 20);
	struct str exact = exact_copy(html);
	struct buf b;
	buf_init(&b, a, 4000);
	struct html_scan s = html_scan_begin(exact);
	for (struct html_token t; html_scan_next(&s, &t);) {
		buf_fmt(&b, t.kind == HTML_TEXT ? "|" : t.kind == HTML_OPEN ? "<" : ">");
		buf_add(&b, t.kind == HTML_TEXT ? t.text : t.name);
		struct str name, value;
		while (html_attr_next(&t.attrs, &name, &value))
			buf_fmt(&b, " " STR_FMT "%s" STR_FMT, STR_ARG(name), value.p ? "=" : "", STR_ARG(value));
	}
	if (!str_eq(buf_str(&b), str_c(want)))
		fail_msg("%s: got " STR_FMT ", want %s", html, STR_ARG(buf_str(&b)), want);
	free((void *)(uintptr_t)exact.p);
	arena_close(a);
}

static void test_tags_are_cut_as_browsers_cut_them(void **state)
{
	(void)state;
	assert_scans("a<b>c</B >d", "|a<b|c>B|d");
	assert_scans("<a b=c d='e f' g=\"h>i\" j = k l / m=/n/>x", "<a b=c d=e f g=h>i j=k l m=/n/|x");
	assert_scans("<a =b c==d \"e'=f'g=h>", "<a =b c==d \"e'=f'g=h");
	assert_scans("<a/b/c=d>x</a/ y=z>", "<a b c=d|x>a y=z");
	assert_scans("<a b=>c", "<a b=|c");
	assert_scans("<a<b c>d", "<a<b c|d");
	assert_scans("1<2 <3 < a << <", "|1<2 <3 < a << <");
	assert_scans("a<!-- x > -- - -->b<!-->c<!--->d<!--x--!>e<!---->f<!--x--->g", "|a|b|c|d|e|f|g");
	assert_scans("a<!doctype html>b<?x?>c</3>d</>e<![CDATA[f]]>g", "|a|b|c|d|e|g");
	assert_scans("a<b", "|a");
	assert_scans("a<b c='d>e", "|a");
	assert_scans("a<!-- b", "|a");
	assert_scans("a<!", "|a");
	assert_scans("a</", "|a</");
	assert_scans("a</b", "|a");
	assert_scans("", "");
}

static void test_raw_text_ends_at_its_own_end_tag(void **state)
{
	(void)state;
	struct str exact = exact_copy("x</scriptx></b></sCRIPT y='>'>z");
	struct html_scan s = html_scan_begin(exact);
	assert_true(str_eq(html_scan_raw_text(&s, STR("script")), STR("x</scriptx></b>")));
	assert_true(str_eq((struct str){s.p, (size_t)(s.end - s.p)}, STR("z")));
	s = html_scan_begin(exact);
	assert_int_equal(html_scan_raw_text(&s, STR("style")).n, exact.n);
	assert_true(s.p == s.end);
	free((void *)(uintptr_t)exact.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_target_has_its_escapes),
		cmocka_unit_test(test_references_are_read_as_browsers_read_them),
		cmocka_unit_test(test_every_row_of_the_table_can_be_found),
		cmocka_unit_test(test_tags_are_cut_as_browsers_cut_them),
		cmocka_unit_test(test_raw_text_ends_at_its_own_end_tag),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
