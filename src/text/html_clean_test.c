#include "text/html_clean.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "text/html_clean_check_int.h"
#include "text/html_clean_int.h"
#include "text/json_read.h"

#include <cmocka.h> /* last: its fail() hides the one of base/ctx.h */

enum { ARENA_BYTES = 256 << 20 };

/* Cleans an exact copy, so that a read past the end shows; checks the result and that it cleans to itself. */
static struct str clean_as(struct ctx *c, struct str html, const struct html_clean_options *o)
{
	enum html_images images = o ? o->images : HTML_IMAGES_HELD;
	char *exact = malloc(html.n ? html.n : 1);
	struct str once, twice;
	memcpy(exact, html.p, html.n);
	assert_int_equal(html_clean(c, (struct str){exact, html.n}, o, &once), OK);
	once = str_dup(c->a, once);
	free(exact);
	check_clean_html(once, images);
	if (once.n <= MAX_HTML_BYTES) {
		assert_int_equal(html_clean(c, once, o, &twice), OK);
		if (!str_eq(once, twice))
			fail_msg("not stable:\n" STR_FMT "\n1: " STR_FMT "\n2: " STR_FMT, STR_ARG(str_head(html, 2000)),
				STR_ARG(str_head(once, 2000)), STR_ARG(str_head(twice, 2000)));
	}
	return once;
}

static void assert_cleans_as(const char *html, const char *want, const struct html_clean_options *o)
{
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	struct str got = clean_as(&c, str_c(html), o);
	if (!str_eq(got, str_c(want)))
		fail_msg("%s\ngot  " STR_FMT "\nwant %s", html, STR_ARG(got), want);
	arena_close(c.a);
}

static void assert_cleans(const char *html, const char *want)
{
	assert_cleans_as(html, want, NULL);
}

static void test_an_ordinary_mail_keeps_its_looks(void **state)
{
	(void)state;
	assert_cleans("<p>Hello <b>Ann</b>,<br/>see <i>this</i>.</p>", "<p>Hello <b>Ann</b>,<br>see <i>this</i>.</p>");
	assert_cleans("<TABLE Width='600' CellPadding=0 BGCOLOR=#FFF><TR><TD align=\"center\" nowrap>x</TABLE>",
		      "<table width=\"600\" cellpadding=\"0\" bgcolor=\"#FFF\"><tr><td align=\"center\" "
		      "nowrap=\"\">x</td></tr></table>");
	assert_cleans("<div style=\"COLOR: red; margin:0 auto; font-family:'Segoe UI',Arial\">x</div>",
		"<div style=\"color:red;margin:0 auto;font-family:&#39;Segoe UI&#39;,Arial\">x</div>");
	assert_cleans("<font face=\"Arial\" size=+2 color=ff0000>x</font>",
		      "<font face=\"Arial\" size=\"+2\" color=\"#ff0000\">x</font>");
	assert_cleans("<html><head><title>t</title><style>p{}</style></head><body class=x><p>x</body></html>",
		      "<p>x</p>");
	assert_cleans("<body style='color:red' bgcolor=ffffff text=0&#9;>x</body></html>",
		"<div style=\"background-color:#ffffff;color:red\">x</div>");
	assert_cleans("a &lt; b &amp; c &copy; &nbsp;&#8364;&#x20ac;",
		      "a &lt; b &amp; c \xc2\xa9 \xc2\xa0\xe2\x82\xac\xe2\x82\xac");
	assert_cleans("1 < 2 <3 </> a", "1 &lt; 2 &lt;3  a");
	assert_cleans("", "");
}

static void test_what_authors_leave_open_is_closed_where_it_ends(void **state)
{
	(void)state;
	assert_cleans("<ul><li>one<li>two<ul><li>in</ul><li>three</ul>",
		"<ul><li>one</li><li>two<ul><li>in</li></ul></li><li>three</li></ul>");
	assert_cleans("<p>one<p>two", "<p>one</p><p>two</p>");
	assert_cleans("<table><tr><td>a<td>b<tr><td>c</table>",
		      "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>");
	assert_cleans("<b><i>x</b></i>", "<b><i>x</i></b>");
	assert_cleans("</div></p>x</b>", "x");
	assert_cleans("<div><table><tr><td></div>x</td></tr></table></div>",
		      "<div><table><tr><td>x</td></tr></table></div>");
	assert_cleans("<font><div>x</font>y</div>", "<font><div>xy</div></font>");
	assert_cleans("<a href=http://a.test>x<a href=http://b.test>y",
		"<a href=\"http://a.test\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>"
		"<a href=\"http://b.test\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">y</a>");
}

static void test_active_content_goes_with_its_content(void **state)
{
	(void)state;
	assert_cleans("a<script>alert(1)</script>b", "ab");
	assert_cleans("a<ScRiPt src=//x.test>alert('</scr')</sCript >b", "ab");
	assert_cleans("a<style><!--</style>b<img src=x onerror=alert(1)>-->", "ab<img>--&gt;");
	assert_cleans("a<svg><g onload=alert(1)><svg></svg></g></svg>b<svg/onload=alert(1)/>c", "abc");
	assert_cleans("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<img>\"&gt;");
	assert_cleans("<math><mtext><table><mglyph><style><img src=x></style></table></math>x", "x");
	assert_cleans("<template><b>x</b></template>y<textarea><b></textarea>z<title></p><b></title>", "yz");
	assert_cleans("<xmp><b>a</b></xmp><noembed><b></noembed><noframes><b></noframes>", "");
	assert_cleans("<form action=//x.test><input name=a><button onclick=x>send</button></form>", "send");
	assert_cleans("<iframe srcdoc='<script>'></iframe><object data=x><b>a</b></object><embed src=x>", "");
	assert_cleans("a<!-- <b> -->b<!--><i>c</i><!-- x --!>d<![CDATA[e>]]>f<?php > g", "ab<i>c</i>d]]&gt;f g");
	assert_cleans("a<!-- never closed <b>b</b>", "a");
	assert_cleans("a<b title=\"never closed", "a");
	assert_cleans("<p id=x name=y class=z onclick=w data-x=1 accesskey=1 contenteditable>t", "<p>t</p>");
}

static void test_links_lead_to_the_web_to_mail_and_to_phones_only(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "java\tscript:x", "java&#10;script:x",
		"&#1;javascript:x", "javascript&colon;x", "&#x6A&#x61vascript:x", "data:text/html,x", "vbscript:x",
		"file:///etc/passwd", "/relative", "relative", "#top", "//other.test", "http:x", "http:/x",
		"https:///x", "http://", "mailto:", "ftp://x.test", "blob:http://x", "", "http", "h\xc4\xb1ttp://x",
		"\xc2\xa0http://x",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char html[200];
		snprintf(html, sizeof(html), "<a href=\"%s\">x</a>", bad[i]);
		assert_cleans(html, "<a>x</a>");
	}
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	static const char *const good[][2] = {
		{"HTTP://X.test/a?b=1&c=2", "http://X.test/a?b=1&amp;c=2"},
		{" ht\ntp://x.test/a b'\"<>", "http://x.test/a%20b&#39;%22%3C%3E"},
		{"mailto:a@b.test?subject=x", "mailto:a@b.test?subject=x"},
		{"tel:+358401234567", "tel:+358401234567"},
		{"https://x.test/&#8232;\xc3\xa4", "https://x.test/\xe2\x80\xa8\xc3\xa4"},
	};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct str html = str_fmt(c.a, "<a href='%s'>", good[i][0]);
		if (strchr(good[i][0], '\'') != NULL)
			html = STR("<a href=' ht\ntp://x.test/a b&#39;&quot;<>'>");
		struct str want = str_fmt(
			c.a, "<a href=\"%s\" rel=\"noopener noreferrer nofollow\" target=\"_blank\"></a>", good[i][1]);
		assert_string_equal(str_z(c.a, clean_as(&c, html, NULL)), str_z(c.a, want));
	}
	arena_close(c.a);
}

static struct str keep_image(void *self, struct str media_type, struct str base64)
{
	int *n = self;
	(*n)++;
	return str_eq(media_type, STR("image/png")) && str_eq(base64, STR("QUJD")) ? STR("img1@desk") : STR("bad id\"");
}

static void test_images_are_held_back(void **state)
{
	(void)state;
	assert_cleans("<img src=\"cid:a.b@c\" alt='x \"y\"' width=10>",
		      "<img data-cid=\"a.b@c\" alt=\"x &quot;y&quot;\" width=\"10\">");
	assert_cleans("<img src=https://t.test/p.gif?a&b>", "<img data-remote-src=\"https://t.test/p.gif?a&amp;b\">");
	assert_cleans("<img src=data:image/png;base64,QUJD>", "<img>");
	assert_cleans("<img src=x.png srcset='http://t.test/x 2x' background=http://t.test/>", "<img>");
	assert_cleans("<img src=cid:a\"onerror=alert(1)>", "<img>");
	assert_cleans("<img src=cid:a data-remote-src=http://t.test/>", "<img data-cid=\"a\">");
	assert_cleans("<table background=http://t.test/><td background=http://t.test/>x", "<table><td>x</td></table>");
	assert_cleans("<img src='javascript:alert(1)'><image src=x onerror=y>", "<img>");

	int asked = 0;
	struct html_clean_options o = {.data_image = keep_image, .self = &asked};
	assert_cleans_as("<img src='DATA:image/PNG;base64,QUJD'><img src='data:image/gif;base64,x'>"
			 "<img src='data:image/svg+xml;base64,x'><img src='data:text/html,x'>",
		"<img data-cid=\"img1@desk\"><img><img><img>", &o);
	assert_int_equal(asked, 2);

	struct html_clean_options live = {.images = HTML_IMAGES_LIVE};
	assert_cleans_as("<img data-cid=a@b><img src=cid:c><img src=http://t.test/x>",
		"<img src=\"cid:a@b\"><img src=\"cid:c\"><img src=\"http://t.test/x\">", &live);
}

static struct str repeat(struct arena *a, const char *what, size_t max_bytes)
{
	size_t n = strlen(what), times = max_bytes / n;
	char *all = arena_alloc(a, times * n);
	for (size_t i = 0; i < times; i++)
		memcpy(all + i * n, what, n);
	return (struct str){all, times * n};
}

static void test_a_mention_stays_with_us(void **state)
{
	(void)state;
	static const struct html_clean_options live = {.images = HTML_IMAGES_LIVE};
	assert_cleans("<SPAN DATA-USER-ID=12 class=x>@Ada</SPAN>", "<span data-user-id=\"12\">@Ada</span>");
	assert_cleans("<span data-user-id=0>a</span><span data-user-id='1 2'>b</span><span data-user-id=-1>c</span>",
	              "<span>a</span><span>b</span><span>c</span>");
	assert_cleans("<span data-user-id=9999999999999999>a</span><b data-user-id=1>b</b>", "<span>a</span><b>b</b>");
	assert_cleans_as("<span data-user-id=12>@Ada</span>", "<span>@Ada</span>", &live);
}

static void test_a_card_stays_with_us_and_leaves_as_a_link(void **state)
{
	(void)state;
	static const struct html_clean_options live = {.images = HTML_IMAGES_LIVE};
	assert_cleans("<DIV DATA-CARD=video class=x>a</DIV>", "<div data-card=\"video\">a</div>");
	assert_cleans("<div data-card=evil>a</div><p data-card=video>b</p>", "<div>a</div><p>b</p>");
	assert_cleans_as("<div data-card=video>a</div>", "<div>a</div>", &live);
	assert_cleans("<aside data-call-out=warning>a</aside><aside data-call-out=x>b</aside><p data-call-out=note>c</p>",
	              "<aside data-call-out=\"warning\">a</aside><aside>b</aside><p>c</p>");
}

static void test_a_page_of_ours_shows_only_our_own_images_and_no_styles(void **state)
{
	(void)state;
	static const struct html_clean_options served = {.images = HTML_IMAGES_SERVED, .image_path = STR("/kb/image/")};
	assert_cleans_as("<img data-cid=k1 alt=x><img src=https://evil.test/a.png alt=y><img src=data:image/png;base64,AA== alt=z>"
	                 "<img data-cid=../../x><p style=color:red>a</p><div data-card=video>b</div><h1>c</h1><h2>d</h2>",
	                 "<img src=\"/kb/image/k1\" alt=\"x\"><img alt=\"y\"><img alt=\"z\"><img><p>a</p><div>b</div><h2>c</h2><h2>d</h2>", &served);
}

static void assert_style(const char *style, const char *want)
{
	char html[400], clean[400];
	snprintf(html, sizeof(html), "<p style=\"%s\"></p>", style);
	snprintf(clean, sizeof(clean), want[0] ? "<p style=\"%s\"></p>" : "<p></p>%s", want);
	assert_cleans(html, clean);
}

static void test_styles_are_written_anew_from_a_list(void **state)
{
	(void)state;
	assert_style("color:#fff; background : rgb(1,2,3)", "color:#fff;background:rgb(1,2,3)");
	assert_style("width:50%;height:1.5em;border:1px solid #000", "width:50%;height:1.5em;border:1px solid #000");
	assert_style("font:12px/1.5 Arial , sans-serif", "font:12px/1.5 Arial,sans-serif");
	assert_style("font-family:&quot;MS P\xe3\x82\xb4&quot;,x", "font-family:&#39;MS P\xe3\x82\xb4&#39;,x");
	assert_style("font-family:-apple-system,BlinkMacSystemFont", "font-family:-apple-system,BlinkMacSystemFont");
	assert_style("color:red !important;color:blue! important", "color:red;color:blue");
	assert_style("color:red !importantx", "");
	static const char *const bad[] = {
		"background:url(http://t.test)", "background:red url(x)", "color:var(--x)",
		"width:expression(alert(1))", "width:e\\xpression(1)", "position:fixed", "POSITION:absolute;top:0",
		"z-index:9", "margin:-5px", "margin-left:-5px", "margin:-a", "font:-1px x", "x:y", "behavior:url(x)",
		"-moz-binding:url(x)", "color:/**/red", "col/**/or:red", "color:red}p{x:y", "color", ":", ";;",
		"color:", "width:99999px", "width:calc(1px)", "color:rgb(1", "font-family:'a", "font-family:'a;b'",
		"background-image:url(x)", "list-style:url(x)", "content:'x'", "cursor:url(x)",
		"filter:alpha(opacity=1)", "width:1px\\9", "color:red\\", "opacity:0", "transform:scale(9)",
		"color:attr(x)", "color:foo(1)", "width:10foo", "color:#12", "color:#ggg",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_style(bad[i], "");
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	struct str grows = repeat(c.a, "width:.1.1.1.1.1;", MAX_STYLE_BYTES);
	grows = str_cat(c.a, STR("<p style="), str_cat(c.a, grows, STR(">x")));
	assert_true(clean_as(&c, grows, NULL).n > MAX_STYLE_BYTES / 2);
	arena_close(c.a);
	assert_style("co&#1;lor:&#1;red", "color:red");
	assert_style("background:url(a;b:c);color:red", "color:red");
	assert_style("font-family:'a;color:red';color:blue", "color:blue");
}

static void test_hostile_shapes_at_full_size_stay_within_bounds(void **state)
{
	(void)state;
	static const char *const shapes[] = {
		"<div>", "<ul><li>", "<font>", "</b>", "<b></i>", "&", "<", "<a b", "<a href=\"", "<!--",
		"<p style=x>", "<p style=\"font:''''''''\">", "<p title='\"\"\"\"'>", "<a href=tel:1>",
		"<table><td>", "<a =\"", "<svg>", "<object>", "<script>", "<title>", "<!-", "--", "<?", "</",
		"<p title=&>", "&lt", "&#", "&#1;<b>", "\xff", "a=b ", "<img src=cid:a>", "<p style=a:b;>", "<li>",
		"<dd>", "<body>", "<body style=color:red>", "<hr color=red>",
		"<a href=\"http://a&'&'&'&'&'&'&'&'&'\">", "\r", "<td style='color:#fff#fff#fff#fff'>",
		"<p style=\"width:1.1.1.1.1.1.1\">",
	};
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct ctx c = {.a = arena_open(ARENA_BYTES)};
		struct arena *input = arena_open(8 << 20);
		struct str html = repeat(input, shapes[i], MAX_HTML_BYTES), out;
		assert_int_equal(html_clean(&c, html, NULL, &out), OK);
		check_clean_html(out, HTML_IMAGES_HELD);
		if (arena_used(c.a) > HTML_CLEAN_ARENA_BYTES)
			fail_msg("%s: %zu bytes of arena", shapes[i], arena_used(c.a));
		arena_close(c.a);
		arena_close(input);
	}
}

static void test_a_tag_with_a_hundred_thousand_attributes_is_read(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	struct buf b;
	buf_init(&b, c.a, MAX_HTML_BYTES);
	buf_lit(&b, "<p");
	for (int i = 0; i < 100000; i++)
		buf_fmt(&b, " a%d=1", i);
	buf_lit(&b, " title=here>x");
	assert_string_equal(str_z(c.a, clean_as(&c, buf_str(&b), NULL)), "<p title=\"here\">x</p>");
	arena_close(c.a);
}

static void test_depth_ends_at_its_cap_and_the_text_stays(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	struct str open = repeat(c.a, "<div>", 5 * (MAX_HTML_DEPTH + 7)),
		   close = repeat(c.a, "</div>", 6 * (MAX_HTML_DEPTH + 7));
	struct str html = str_cat(c.a, str_cat(c.a, open, STR("deep")), str_cat(c.a, close, STR("<p>after</p>")));
	struct str got = clean_as(&c, html, NULL);
	assert_int_equal(got.n, 11 * MAX_HTML_DEPTH + 4 + 12);
	assert_true(str_ends(got, STR("</div><p>after</p>")));
	html = str_cat(c.a, open, str_cat(c.a, repeat(c.a, "</div>", 6 * 7), STR("still")));
	struct str want = str_cat(c.a, repeat(c.a, "<div>", 5 * MAX_HTML_DEPTH), STR("still"));
	assert_true(str_starts(clean_as(&c, html, NULL), want));
	arena_close(c.a);
}

static void test_more_than_the_limit_is_refused(void **state)
{
	(void)state;
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	struct str html = repeat(c.a, "x", MAX_HTML_BYTES + 1), out;
	assert_int_equal(html_clean(&c, str_head(html, MAX_HTML_BYTES), NULL, &out), OK);
	assert_int_equal(html_clean(&c, html, NULL, &out), ERR_TOO_BIG);
	arena_close(c.a);
}

static void test_the_tables_are_sorted_and_find_themselves(void **state)
{
	(void)state;
	assert_string_equal(tag_find(STR("A"))->name, "a");
	assert_string_equal(tag_find(STR("xmp"))->name, "xmp");
	assert_string_equal(tag_find(STR("TBody"))->name, "tbody");
	assert_null(tag_find(STR("")));
	assert_null(tag_find(STR("aa")));
	assert_null(tag_find(STR("blockquot")));
	assert_null(tag_find(STR("scripts")));
	static const char *const all[] = {
		"abbr", "body", "br", "caption", "colgroup", "dd", "figcaption", "h6", "iframe", "img", "li", "math",
		"noscript", "ol", "p", "pre", "q", "ruby", "script", "select", "span", "style", "sub", "sup", "svg",
		"table", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "tt", "u", "ul", "var",
		"video", "wbr",
	};
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_non_null(tag_find(str_c(all[i])));
}

/* Everything below feeds what others collected. */

static size_t input_n;

static void feed(struct str html)
{
	struct html_clean_options live = {.images = HTML_IMAGES_LIVE};
	if (html.n > MAX_HTML_BYTES)
		return;
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	clean_as(&c, html, NULL);
	clean_as(&c, html, &live);
	arena_close(c.a);
	input_n++;
}

static void feed_json(const json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;
	if (json_is_string(value))
		feed(json_text(value));
	json_array_foreach(value, i, member)
		feed_json(member);
	if (json_is_object(value))
		json_object_foreach((json_t *)(uintptr_t)value, key, member)
			feed_json(member);
}

/* As a whole, line by line, and each string in it where it is JSON. */
static void feed_file(const char *path)
{
	struct ctx c = {.a = arena_open(ARENA_BYTES)};
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	char *bytes = arena_alloc(c.a, 4 << 20);
	struct str all = {bytes, fread(bytes, 1, 4 << 20, f)};
	fclose(f);
	json_t *value;
	feed(all);
	if (json_parse(&c, all, &value) == OK)
		feed_json(value);
	for (struct str rest = all; !str_is_null(rest);)
		feed(str_cut(&rest, STR("\n")));
	arena_close(c.a);
}

static void feed_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	if (dir == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		char path[1200];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%.800s/%.300s", folder, entry->d_name);
		if (entry->d_type == DT_DIR)
			feed_folder(path);
		else
			feed_file(path);
	}
	closedir(dir);
}

static void test_no_payload_of_the_public_collections_gets_out(void **state)
{
	(void)state;
	static const char *const folders[] = {
		"xss-dompurify", "xss-owasp-java", "xss-bleach", "xss-svg-cheatsheet",
		"payloads-all-the-things/XSS Injection", "html5lib-tests/tree-construction",
		"html5lib-tests/tokenizer", "blns", "html2text-soundasleep/html",
	};
	const char *corpus = getenv("CORPUS");
	if (corpus == NULL) {
		print_message("skipped: no corpus\n");
		return;
	}
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		char path[800];
		size_t before = input_n;
		snprintf(path, sizeof(path), "%.500s/%s", corpus, folders[i]);
		feed_folder(path);
		print_message("%zu inputs in %s\n", input_n - before, folders[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_page_of_ours_shows_only_our_own_images_and_no_styles),
		cmocka_unit_test(test_an_ordinary_mail_keeps_its_looks),
		cmocka_unit_test(test_what_authors_leave_open_is_closed_where_it_ends),
		cmocka_unit_test(test_active_content_goes_with_its_content),
		cmocka_unit_test(test_links_lead_to_the_web_to_mail_and_to_phones_only),
		cmocka_unit_test(test_images_are_held_back),
		cmocka_unit_test(test_a_mention_stays_with_us),
		cmocka_unit_test(test_a_card_stays_with_us_and_leaves_as_a_link),
		cmocka_unit_test(test_styles_are_written_anew_from_a_list),
		cmocka_unit_test(test_hostile_shapes_at_full_size_stay_within_bounds),
		cmocka_unit_test(test_a_tag_with_a_hundred_thousand_attributes_is_read),
		cmocka_unit_test(test_depth_ends_at_its_cap_and_the_text_stays),
		cmocka_unit_test(test_more_than_the_limit_is_refused),
		cmocka_unit_test(test_the_tables_are_sorted_and_find_themselves),
		cmocka_unit_test(test_no_payload_of_the_public_collections_gets_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
