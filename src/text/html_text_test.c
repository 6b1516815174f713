#include "text/html_text.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/html_clean.h"

#include <cmocka.h> /* last: its fail() hides the one of base/ctx.h */

enum { ARENA_BYTES = 256 << 20 };

static struct str to_text(struct arena *a, struct str html, enum html_links links)
{
	char *exact = malloc(html.n ? html.n : 1);
	if (html.n > 0)
		memcpy(exact, html.p, html.n);
	struct str text = str_dup(a, html_to_text(a, (struct str){exact, html.n}, links));
	free(exact);
	assert_true(utf8_is_valid(text));
	return text;
}

static void assert_reads(const char *html, const char *want)
{
	struct arena *a = arena_open(ARENA_BYTES);
	struct str got = to_text(a, str_c(html), HTML_LINKS_SHOWN);
	if (!str_eq(got, str_c(want)))
		fail_msg("%s\ngot  \"" STR_FMT "\"\nwant \"%s\"", html, STR_ARG(got), want);
	arena_close(a);
}

static void test_paragraphs_lines_and_blanks_are_those_of_a_browser(void **state)
{
	(void)state;
	assert_reads("<p>One\n two<p>Three</p>", "One two\n\nThree");
	assert_reads("<div>a</div><div><br></div><div>b<br></div><div>c</div>", "a\n\nb\nc");
	assert_reads("a<br>b<br><br>c<br><br><br><br>d", "a\nb\n\nc\n\nd");
	assert_reads(" a &nbsp; b\t<b> c</b> d ", "a b c d");
	assert_reads("a &lt;b&gt; &amp;amp; &eacute;&#8364;", "a <b> &amp; \xc3\xa9\xe2\x82\xac");
	assert_reads("<title>x</title><style>p{}</style><script>y</script><!-- z -->a<select><option>b</select>", "a");
	assert_reads("<pre>\nint x;\n\n\treturn;\n</pre>after", "int x;\n\n\treturn;\n\nafter");
	assert_reads("a<hr>b", "a\n---------------------------------------------------------------\nb");
	assert_reads("", "");
	assert_reads("  <p> <div>\n</div>", "");
}

static void test_padding_goes_and_joiners_that_join_stay(void **state)
{
	(void)state;
	assert_reads("Hi&zwnj;&nbsp;&zwnj;&nbsp;&#847;&shy;there", "Hi \xcd\x8fthere");
	assert_reads("\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4\xd9\x88\xd8\xaf",
		     "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4\xd9\x88\xd8\xaf");
	assert_reads("a\xe2\x80\x8b" "b\xef\xbb\xbf", "ab");
}

static void test_lists_tables_and_quotes_keep_their_shape(void **state)
{
	(void)state;
	assert_reads("x<ul><li>a<li>b<ul><li>c</ul></ul>y", "x\n\n- a\n- b\n  - c\n\ny");
	assert_reads("<ol><li>a</li><li><p>b</p></li></ol><ol start=7><li>c</ol>", "1. a\n\n2. b\n\n7. c");
	assert_reads("<table><tr><th>A</th><th>B</th></tr><tr><td> 1 </td>\n<td> 2</table>", "A\tB\n1\t2");
	assert_reads("a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e", "a\n\n> b\n> c\n>\n>> d\n\ne");
	assert_reads("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b");
	assert_reads("<ul><li></li><li>b</li></ul>", "- b");
}

static void test_links_and_pictures_are_told_once(void **state)
{
	(void)state;
	assert_reads("see <a href='http://x.test/a'>the <b>page</b></a>, now", "see [the page](http://x.test/a), now");
	assert_reads("<a href='http://x.test/'>http://x.test/</a> <a href='https://x.test/'>x.test</a>",
		     "http://x.test/ x.test");
	assert_reads("<a href='mailto:a@b.test'>a@b.test</a>", "a@b.test");
	assert_reads("<a href='javascript:x'>y</a> <a href='/rel'>z</a> <a name=q>w</a>", "y z w");
	assert_reads("<a href='http://x.test/'><img src=y></a><a href='http://y.test'></a>",
		     "http://x.test/http://y.test");
	assert_reads("<img src=x alt=' a\nlogo '> <a href=http://x.test><img alt=two></a>",
		     "[a logo] [two](http://x.test)");
	assert_reads("<a href=http://x.test><div>a</div><div>b</div></a>c", "[a b](http://x.test) c");
	assert_reads("<a href=http://x.test>a<ul><li>b</ul>", "[a](http://x.test)\n\n- b");
	assert_reads("<a href=http://x.test>never closed", "[never closed](http://x.test)");
	struct arena *a = arena_open(ARENA_BYTES);
	assert_string_equal(
		str_z(a, to_text(a, STR("a <a href=http://x.test>b</a><a href=http://y.test></a>"), HTML_LINKS_PLAIN)),
		"a b");
	arena_close(a);
}

static void test_no_word_of_a_long_link_is_lost(void **state)
{
	(void)state;
	struct arena *a = arena_open(ARENA_BYTES);
	struct buf html, want;
	buf_init(&html, a, 100000);
	buf_init(&want, a, 100000);
	buf_lit(&html, "<a href=http://x.test>");
	for (int i = 0; i < 3000; i++) {
		buf_fmt(&html, "w%d ", i);
		buf_fmt(&want, i ? " w%d" : "w%d", i);
	}
	assert_true(str_eq(to_text(a, buf_str(&html), HTML_LINKS_SHOWN), buf_str(&want)));
	arena_close(a);
}

static void test_hostile_shapes_give_a_bounded_text(void **state)
{
	(void)state;
	static const char *const shapes[] = {
		"<blockquote>x", "<ul><li>x", "<hr>", "<a href=http://x.test>", "<a href=http://x.test>y</a>",
		"<td>", "<br>x", "<img alt=x>", "<pre>\n ", "&zwnj;", "\xc2\xa0", "\xff", "<ol><li><blockquote><p>x",
		"<svg>", "<",
	};
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct arena *a = arena_open(ARENA_BYTES);
		struct buf html;
		buf_init(&html, a, MAX_HTML_BYTES + 100);
		while (html.n < MAX_HTML_BYTES)
			buf_add(&html, str_c(shapes[i]));
		struct str text = html_to_text(a, buf_str(&html), HTML_LINKS_SHOWN);
		assert_true(text.n <= 4 << 20);
		assert_true(utf8_is_valid(text));
		arena_close(a);
	}
}

static void assert_html(const char *text, const char *want)
{
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	size_t n = strlen(text);
	char *exact = malloc(n ? n : 1);
	memcpy(exact, text, n);
	struct str got = str_dup(c.a, html_from_text(c.a, (struct str){exact, n})), clean;
	free(exact);
	if (!str_eq(got, str_c(want)))
		fail_msg("%s\ngot  \"" STR_FMT "\"\nwant \"%s\"", text, STR_ARG(got), want);
	assert_int_equal(html_clean(&c, got, NULL, &clean), OK);
	if (!str_eq(got, clean))
		fail_msg("not what the sanitiser lets through: " STR_FMT "\n" STR_FMT, STR_ARG(got), STR_ARG(clean));
	arena_close(c.a);
}

#define LINK(url, text) "<a href=\"" url "\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">" text "</a>"

static void test_text_becomes_html_with_links(void **state)
{
	(void)state;
	assert_html("a < b & \"c\"\r\nd\n\ne", "a &lt; b &amp; \"c\"<br>\nd<br>\n<br>\ne");
	assert_html("a  b\n  c", "a \xc2\xa0" "b<br>\n\xc2\xa0\xc2\xa0" "c");
	assert_html("see http://x.test/a?b=1&c=2.",
		    "see " LINK("http://x.test/a?b=1&amp;c=2", "http://x.test/a?b=1&amp;c=2") ".");
	assert_html("(https://x.test/a_(b)), <HTTP://X.test>",
		    "(" LINK("https://x.test/a_(b)", "https://x.test/a_(b)") "), &lt;" LINK("http://X.test",
											    "HTTP://X.test") "&gt;");
	assert_html("mailto:a.b@c.test, xhttp://y http:// http://! mailto:x",
		    LINK("mailto:a.b@c.test", "mailto:a.b@c.test") ", xhttp://y http:// http://! mailto:x");
	assert_html("javascript:alert(1) http://\"onclick=x", "javascript:alert(1) http://\"onclick=x");
	assert_html("http://x.test/\"onclick=\"y", LINK("http://x.test/", "http://x.test/") "\"onclick=\"y");
	assert_html("a\x01\x7f" "b", "ab");
	assert_html("", "");
}

static struct str read_whole(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return STR_NULL;
	char *bytes = arena_alloc(a, 3 << 20);
	size_t n = fread(bytes, 1, 3 << 20, f);
	fclose(f);
	return (struct str){bytes, n};
}

/* One sample is latin1. */
static struct str as_utf8(struct arena *a, struct str s)
{
	if (utf8_is_valid(s))
		return s;
	struct buf b;
	buf_init(&b, a, s.n * 2);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte = (unsigned char)s.p[i];
		if (byte >= 0x80)
			buf_byte(&b, (char)(0xc0 | byte >> 6));
		buf_byte(&b, (char)(byte < 0x80 ? byte : 0x80 | (byte & 0x3f)));
	}
	return buf_str(&b);
}

static struct str without_blanks(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r')))
			buf_byte(&b, s.p[i]);
	return buf_str(&b);
}

/* Where we differ on purpose. */
static bool differs_on_purpose(const char *name)
{
	static const char *const names[] = {
		"anchors.html", /* there <a name> has brackets, as if it led somewhere */
		"lists.html",   /* there the items of <ol> have dashes, ours have their numbers */
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static bool is_equal_sample(const char *folder, const char *name)
{
	char path[1024];
	struct arena *a = arena_open(ARENA_BYTES);
	snprintf(path, sizeof(path), "%.500s/html/%.200s", folder, name);
	struct str text = to_text(a, as_utf8(a, read_whole(a, path)), HTML_LINKS_SHOWN);
	snprintf(path, sizeof(path), "%.500s/txt/%.*s.txt", folder, (int)strlen(name) - 5, name);
	struct str got = without_blanks(a, text), want = without_blanks(a, read_whole(a, path));
	bool is_equal = str_eq(got, want);
	if (!is_equal) {
		size_t i = 0;
		while (i < got.n && i < want.n && got.p[i] == want.p[i])
			i++;
		print_message("%s: from byte %zu: got " STR_FMT ", want " STR_FMT "\n", name, i,
			      STR_ARG(str_head(str_skip(got, i), 60)), STR_ARG(str_head(str_skip(want, i), 60)));
	}
	arena_close(a);
	return is_equal;
}

static void test_the_public_samples_read_as_their_authors_say(void **state)
{
	(void)state;
	const char *corpus = getenv("CORPUS");
	char folder[512], path[600];
	snprintf(folder, sizeof(folder), "%.400s/html2text-soundasleep", corpus ? corpus : "");
	snprintf(path, sizeof(path), "%s/html", folder);
	DIR *dir = corpus ? opendir(path) : NULL;
	if (dir == NULL) {
		print_message("skipped: no corpus\n");
		return;
	}
	int n = 0, equal = 0, wrong = 0;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		bool is_equal = is_equal_sample(folder, entry->d_name);
		n++;
		equal += is_equal;
		wrong += !is_equal && !differs_on_purpose(entry->d_name);
	}
	closedir(dir);
	print_message("%d of %d equal but for white space\n", equal, n);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paragraphs_lines_and_blanks_are_those_of_a_browser),
		cmocka_unit_test(test_padding_goes_and_joiners_that_join_stay),
		cmocka_unit_test(test_lists_tables_and_quotes_keep_their_shape),
		cmocka_unit_test(test_links_and_pictures_are_told_once),
		cmocka_unit_test(test_no_word_of_a_long_link_is_lost),
		cmocka_unit_test(test_hostile_shapes_give_a_bounded_text),
		cmocka_unit_test(test_text_becomes_html_with_links),
		cmocka_unit_test(test_the_public_samples_read_as_their_authors_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
