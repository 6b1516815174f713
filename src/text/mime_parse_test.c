#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/mime_parse.h"

#define test_failed(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

static struct ctx c;

static int open_arena(void **state)
{
	(void)state;
	c = (struct ctx){.a = arena_open(MIME_ARENA_BYTES)};
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(c.a);
	return 0;
}

static struct str exact(struct str s)
{
	char *copy = malloc(s.n ? s.n : 1);
	arena_defer(c.a, free, copy);
	memcpy(copy, s.p, s.n);
	return (struct str){copy, s.n};
}

static struct mime parse(struct str raw)
{
	struct mime m;
	assert_int_equal(mime_parse(&c, exact(raw), &m), OK);
	return m;
}

static void assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_c(want)) || str_is_null(got) != (want == NULL))
		test_failed("got \"" STR_FMT "\", want \"%s\"", STR_ARG(got), want ? want : "(null)");
}

static void the_fields_of_a_mail_are_read(void **state)
{
	(void)state;
	struct mime m = parse(
		STR("Return-Path: <Anna@X.test>\r\nReceived: a\r\nReceived: b\r\n"
		    "Authentication-Results: mx.test; spf=pass\r\nAuthentication-Results: old\r\n"
		    "From: =?utf-8?Q?Ren=C3?= =?utf-8?Q?=A9e?= <r@x.test>\r\nTo: a@x.test, B <b@x.test>\r\nTo: "
		    "c@x.test\r\nCc: d@x.test\r\n"
		    "Reply-To: r2@x.test\r\nSender: s@x.test\r\nSubject: =?iso-8859-1?Q?caf=E9?=\r\n\tau lait\r\n"
		    "Date: Sat, 21 Nov 2026 10:30:00 +0100\r\nMessage-ID: <m1@x.test>\r\nIn-Reply-To: <m0@x.test>\r\n"
		    "References: <r1@x.test>\r\n <r2@x.test>\r\nX-Bellhop-Loop: i1\r\nContent-Type: text/plain; "
		    "charset=utf-8\r\n\r\n"
		    "Hello\r\nworld\r\n"));
	assert_str(m.return_path, "Anna@x.test");
	assert_str(m.from.list[0].name, "Renée");
	assert_str(m.from.list[0].address, "r@x.test");
	assert_int_equal(m.to.n, 3);
	assert_int_equal(m.cc.n, 1);
	assert_str(m.reply_to.list[0].address, "r2@x.test");
	assert_str(m.sender.list[0].address, "s@x.test");
	assert_str(m.subject, "café au lait");
	assert_int_equal(m.date_ms, 1795253400000);
	assert_str(m.message_id, "m1@x.test");
	assert_str(m.in_reply_to[0], "m0@x.test");
	assert_int_equal(m.references_n, 2);
	assert_str(m.references[1], "r2@x.test");
	assert_str(m.loop, "i1");
	assert_str(m.authentication_results, "mx.test; spf=pass");
	assert_int_equal(m.received_n, 2);
	assert_str(m.text, "Hello\nworld\n");
	assert_str(m.html, NULL);
	assert_int_equal(m.attachment_n, 0);
	assert_int_equal(m.flags, 0);
	assert_str(m.notes, "");
	assert_false(mime_is_automatic(&m));
}

static void only_nothing_at_all_is_refused(void **state)
{
	(void)state;
	struct mime m;
	assert_int_equal(mime_parse(&c, exact(STR("")), &m), ERR_BAD_INPUT);
	assert_int_equal(mime_parse(&c, exact(STR(" \r\n\t\n")), &m), ERR_BAD_INPUT);
	assert_str(parse(STR("x")).text, "x");
	assert_str(parse(STR("\n\nx")).text, "\nx");
	assert_str(parse(STR("Subject: a")).subject, "a");
	assert_str(parse(STR("no header\n\nat all")).text, "no header\n\nat all");
	m = parse((struct str){"\0\0\0", 3});
	assert_str(m.text, "");
	assert_true(m.flags & MIME_ODD_BYTES);
	assert_str(m.subject, "");
	assert_str(m.message_id, NULL);
}

#define MULTI(kind) "MIME-Version: 1.0\nContent-Type: multipart/" kind "; boundary=\"b\"\n\n"
#define PLAIN(text) "--b\nContent-Type: text/plain; charset=utf-8\n\n" text "\n"
#define HTML(text)  "--b\nContent-Type: text/html; charset=utf-8\n\n" text "\n"
#define END "--b--\n"

static void the_body_is_chosen_by_kind_of_multipart(void **state)
{
	static const struct {
		const char *raw, *text, *html;
		size_t attachment_n;
	} rows[] = {
		{MULTI("alternative") PLAIN("t") HTML("<p>h") END, "t", "<p>h", 0},
		{MULTI("alternative") HTML("<p>h") PLAIN("t") END, "t", "<p>h", 0},
		{MULTI("alternative") HTML("<p>poor") HTML("<p>rich") PLAIN("t") PLAIN("t2") END, "t", "<p>rich", 0},
		{MULTI("alternative") PLAIN(" ") HTML("<p>h") END, NULL, "<p>h", 0},
		{MULTI("mixed") PLAIN("one") PLAIN("two") END, "one\ntwo", NULL, 0},
		{MULTI("mixed") HTML("<p>one") HTML("<p>two") END, NULL, "<p>one<p>two", 0},
		{MULTI("mixed") PLAIN("a<b") HTML("<p>h") END, "a<b", "<div>a&lt;b</div>\n<p>h", 0},
		{MULTI("mixed") HTML("<p>h") PLAIN("list\nfooter") END, "list\nfooter",
		 "<p>h<div>list<br>\nfooter</div>\n", 0},
		{MULTI("mixed") PLAIN("t") "--b\nContent-Type: text/plain; name=log.txt\n\nlog\n" END, "t", NULL, 1},
		{MULTI("mixed") PLAIN("t") "--b\nContent-Disposition: attachment\n\nfile\n" END, "t", NULL, 1},
		{MULTI("mixed") PLAIN("t") "--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n" END, "t", NULL, 1},
		{MULTI("mixed") "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nt\n--c\nContent-Type: "
				"text/html\n\n<p>h\n--c--\n" PLAIN("footer") END,
		 "t\nfooter", "<p>h<div>footer</div>\n", 0},
		{MULTI("related")
			 HTML("<img src=\"cid:i@x\">") "--b\nContent-Type: image/png\nContent-ID: <i@x>\n\npng\n" END,
		 NULL, "<img src=\"cid:i@x\">", 1},
		{MULTI("mixed") PLAIN("unclosed"), "unclosed\n", NULL, 0},
		{MULTI("mixed") "preamble\n" PLAIN("t") END "epilogue", "t", NULL, 0},
		{MULTI("mixed") "--b\n\nno header\n" END, "no header", NULL, 0},
		{MULTI("mixed") "--b\nContent-Type: text/plain\n--b\n\nx\n" END, "x", NULL, 0},
		{MULTI("mixed") "--b junk\n\none\n--b-- junk\n", "one", NULL, 0},
		{MULTI("mixed") "--other\n\nwrong boundary\n--other--", "--other\n\nwrong boundary\n--other--", NULL,
		 0},
		{MULTI("mixed") "--b\nContent-Type: multipart/mixed; boundary=c\n\nnothing\n--b\n\nt\n--b--",
		 "nothing\nt", NULL, 0},
		{MULTI("mixed") "--bb\n\nnot ours\n--b \t\n\nours\n--b--  \n", "ours", NULL, 0},
		{"Content-Type: multipart/mixed\n\n--b\n\nno boundary given\n--b--", "--b\n\nno boundary given\n--b--",
		 NULL, 0},
		{MULTI("mixed") "--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsame "
				"name\n--b--\n--b\n\nouter\n--b--",
		 "same name\nouter", NULL, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct mime m = parse(str_c(rows[i].raw));
		bool is_right = str_eq(m.text, str_c(rows[i].text)) && str_is_null(m.text) == (rows[i].text == NULL) &&
		                str_eq(m.html, str_c(rows[i].html)) && m.attachment_n == rows[i].attachment_n;
		if (!is_right)
			test_failed("row %zu: text \"" STR_FMT "\" html \"" STR_FMT "\" attachments %zu", i,
				 STR_ARG(m.text), STR_ARG(m.html), m.attachment_n);
	}
}

static void lines_may_end_in_any_way(void **state)
{
	static const char *const ends[] = {"\r\n", "\n", "\r"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct str e = str_c(ends[i]);
		struct str raw =
			str_fmt(c.a,
				"Subject: s%sContent-Type: multipart/mixed; boundary=b%s%s--b%s%sone%stwo%s--b%s"
				"Content-Type: text/html%s%s<p>%s--b--%s",
				e.p, e.p, e.p, e.p, e.p, e.p, e.p, e.p, e.p, e.p, e.p, e.p);
		struct mime m = parse(raw);
		assert_str(m.subject, "s");
		assert_str(m.text, "one\ntwo");
		assert_str(m.html, "<div>one<br>\ntwo</div>\n<p>");
	}
}

static void text_is_decoded_from_every_transfer_encoding_and_charset(void **state)
{
	(void)state;
	assert_str(parse(STR("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; "
			     "charset=iso-8859-1\n\ncaf=E9=\n!"))
			   .text,
		   "café!");
	assert_str(
		parse(STR("Content-Transfer-Encoding: Base64\nContent-Type: text/plain; charset=utf-8\n\nY2Fm\nw6kK"))
			.text,
		"café\n");
	assert_str(parse(STR("Content-Type: text/plain; charset=iso-2022-jp\n\n\033$B\x2d\x21\033(B")).text, "①");
	assert_str(parse(STR("Content-Type: text/plain\n\n\033$B\x24\x22\033(B")).text, "あ");
	assert_str(parse(STR("Content-Type: text/html\n\n<meta charset=\"koi8-r\">\xd0")).html,
		   "<meta charset=\"koi8-r\">п");
	assert_str(parse(STR("Content-Transfer-Encoding: rot13\n\nx")).text, "x");
	assert_str(parse(STR("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n`\nend\n")).text, "Cat");
}

static void flowed_text_is_joined_again(void **state)
{
	(void)state;
	assert_str(parse(STR("Content-Type: text/plain; format=flowed\n\nOne \ntwo\n  stuffed\n> quoted \n> "
			     "on\nend\n-- \nme\n"))
			   .text,
		   "One two\n stuffed\n> quoted on\nend\n-- \nme\n");
	assert_str(parse(STR("Content-Type: text/plain; format=flowed; delsp=yes\n\nfoo \nbar\n")).text, "foobar\n");
}

static void attachments_have_safe_names_and_their_bytes(void **state)
{
	static const char *const rows[][3] = {
		{"Content-Type: application/pdf; name=a.pdf", "a.pdf", "application/pdf"},
		{"Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; "
		 "filename=\"../../etc/b.pdf\"",
		 "b.pdf", "application/pdf"},
		{"Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''caf%C3%A9%0d%0a.pdf",
		 "café.pdf", "application/pdf"},
		{"Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"c:\\\\x\\\\y.pdf\"",
		 "y.pdf", "application/pdf"},
		{"Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"..\"", "document.pdf",
		 "application/pdf"},
		{"Content-Type: application/x; name=\"photo\xe2\x80\xaegpj.exe\"", "photogpj.exe", "application/x"},
		{"Content-Type: text/calendar; method=REQUEST", "invite.ics", "text/calendar"},
		{"Content-Type: application/ms-tnef", "winmail.dat", "application/ms-tnef"},
		{"Content-Type: nonsense\nContent-Disposition: attachment", "text.txt", "text/plain"},
		{"Content-Type: application/octet-stream", "attachment.bin", "application/octet-stream"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct mime m = parse(
			str_fmt(c.a, MULTI("mixed") "--b\n%s\nContent-Transfer-Encoding: base64\n\nAAEC/w==\n--b--\n",
				rows[i][0]));
		assert_int_equal(m.attachment_n, 1);
		assert_str(m.attachments[0].name, rows[i][1]);
		assert_str(m.attachments[0].content_type, rows[i][2]);
		assert_true(str_eq(m.attachments[0].bytes, (struct str){"\0\1\2\xff", 4}));
	}
	struct mime m = parse(STR(MULTI(
		"mixed") "--b\nContent-Type: message/rfc822\n\nSubject: =?utf-8?Q?A/B_caf=C3=A9?=\n\ninner\n--b--"));
	assert_str(m.attachments[0].name, "A-B café.eml");
	assert_true(str_ends(m.attachments[0].bytes, STR("inner")));
	assert_str(m.text, NULL);
}

static struct str repeat(struct str unit, size_t n)
{
	char *p = arena_alloc(c.a, unit.n * n + 1);
	for (size_t i = 0; i < n; i++)
		memcpy(p + i * unit.n, unit.p, unit.n);
	return (struct str){p, unit.n * n};
}

static struct str cat3(struct str x, struct str y, struct str z)
{
	return str_cat(c.a, str_cat(c.a, x, y), z);
}

static void a_long_name_keeps_its_ending(void **state)
{
	(void)state;
	for (size_t n = MAX_NAME_BYTES - 5; n <= MAX_NAME_BYTES - 3; n++) {
		struct mime m =
			parse(cat3(STR("Content-Type: image/png; name=\""), repeat(STR("n"), n), STR(".png\"\n\nx")));
		assert_int_equal(m.attachments[0].name.n, n + 4 <= MAX_NAME_BYTES ? n + 4 : MAX_NAME_BYTES);
		assert_true(str_ends(m.attachments[0].name, STR(".png")));
	}
}

static void an_image_of_the_html_is_inline(void **state)
{
	(void)state;
	struct mime m = parse(STR(MULTI("mixed") HTML(
		"<img src='cid:one'>") "--b\nContent-Type: image/png\nContent-ID: <one>\n\nx\n--b\nContent-Type: "
				       "image/png\nContent-ID: <two>\n\nx\n--b--"));
	assert_int_equal(m.attachment_n, 2);
	assert_true(m.attachments[0].is_inline);
	assert_str(m.attachments[0].content_id, "one");
	assert_false(m.attachments[1].is_inline);
}

static void each_limit_cuts_at_its_figure_and_not_before(void **state)
{
	(void)state;
	for (int over = -1; over <= 1; over++) {
		struct mime m;
		struct str parts = repeat(STR("--b\nContent-Type: a/b\n\nx\n"), (size_t)(MAX_PARTS - 1 + over));
		m = parse(cat3(STR(MULTI("mixed")), parts, STR(END)));
		assert_int_equal(m.attachment_n, over > 0 ? MAX_PARTS - 1 : MAX_PARTS - 1 + over);
		assert_int_equal(m.flags & MIME_CUT_PARTS, over > 0 ? MIME_CUT_PARTS : 0);
		assert_int_equal(m.is_cut, over > 0);

		struct str deep = STR("");
		for (int i = 0; i < MAX_DEPTH + over; i++)
			deep = str_fmt(c.a, STR_FMT "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n",
				       STR_ARG(deep), i, i);
		m = parse(cat3(deep, STR("\n"), STR("hello")));
		assert_int_equal(m.flags & MIME_CUT_DEPTH, over > 0 ? MIME_CUT_DEPTH : 0);
		assert_str(m.text, over > 0 ? NULL : "hello");

		struct str body = repeat(STR("x"), (size_t)(MAX_TEXT_BYTES + over));
		m = parse(str_cat(c.a, STR("Subject: s\n\n"), body));
		assert_int_equal(m.flags & MIME_CUT_TEXT, over > 0 ? MIME_CUT_TEXT : 0);
		assert_int_equal(over > 0 ? m.attachments[0].bytes.n : m.text.n, MAX_TEXT_BYTES + over);
		assert_int_equal(str_is_null(m.text), over > 0);

		m = parse(cat3(STR(MULTI("alternative") PLAIN("t") "--b\nContent-Type: text/html\n\n"),
			       repeat(STR("x"), (size_t)(MAX_MIME_HTML_BYTES + over)), STR("\n" END)));
		assert_int_equal(m.flags & MIME_CUT_HTML, over > 0 ? MIME_CUT_HTML : 0);
		assert_int_equal(str_is_null(m.html), over > 0);
		assert_int_equal(m.attachment_n, over > 0 ? 1 : 0);
		assert_str(m.text, "t");

		assert_int_equal(mime_parse_within(&c, exact(STR("A: b\n\n12345")), (size_t)(11 - over), &m), OK);
		assert_int_equal(m.flags & MIME_CUT_BYTES, over > 0 ? MIME_CUT_BYTES : 0);

		struct str refs = repeat(STR("<id@x>\n "), (size_t)(MAX_REFERENCES + over));
		m = parse(cat3(STR("References: "), refs, STR("<last@x>\n\nx")));
		assert_int_equal(m.references_n, over < 0 ? MAX_REFERENCES : MAX_REFERENCES);
		assert_str(m.references[m.references_n - 1], "last@x");

		struct str field = str_cat(c.a, STR("A:"), repeat(STR("v"), MAX_HEADER_BYTES - 4));
		struct str part = cat3(STR("--b\n"), str_cat(c.a, field, STR("\n\n")), STR("x\n"));
		size_t fit_n = MAX_PART_HEADER_BYTES / MAX_HEADER_BYTES;
		m = parse(cat3(STR(MULTI("mixed")), repeat(part, fit_n + (size_t)(over + 1) / 2), STR(END)));
		assert_int_equal(m.flags & MIME_CUT_HEADERS, over > 0 ? MIME_CUT_HEADERS : 0);
	}
}

struct hostile {
	struct str raw;
	struct mime m;
	size_t used_bytes;
};

static void *parse_hostile(void *arg)
{
	struct hostile *h = arg;
	struct ctx own = {.a = arena_open(MIME_ARENA_BYTES)};
	assert_int_equal(mime_parse(&own, h->raw, &h->m), OK);
	h->used_bytes = arena_used(own.a);
	arena_close(own.a);
	return NULL;
}

/* Parses in a thread with little stack; ASan's frames are a few times as large as real ones. */
static unsigned parse_on_small_stack(const char *name, struct str raw)
{
	enum { STACK_BYTES = 512 << 10 };
	struct hostile h = {.raw = exact(raw)};
	pthread_attr_t attr;
	pthread_t thread;
	int64_t start = clock_monotonic_ms();
	pthread_attr_init(&attr);
	assert_int_equal(pthread_attr_setstacksize(&attr, STACK_BYTES), 0);
	assert_int_equal(pthread_create(&thread, &attr, parse_hostile, &h), 0);
	pthread_join(thread, NULL);
	pthread_attr_destroy(&attr);
	print_message("%s: %zu bytes, %lld ms, arena %zu KB\n", name, raw.n, (long long)(clock_monotonic_ms() - start),
	              h.used_bytes >> 10);
	return h.m.flags;
}

/* n multiparts, each the first part of the one before it. */
static struct str nested(const char *subtype, const char *tail, size_t n)
{
	enum { LEVEL_BYTES = 100 };
	char *all = malloc(n * LEVEL_BYTES);
	arena_defer(c.a, free, all);
	size_t used = 0;
	for (size_t i = 0; i < n; i++)
		used += (size_t)snprintf(all + used, LEVEL_BYTES,
					 "Content-Type: multipart/%s; boundary=b%zu\n\n--b%zu\n%s", subtype, i, i,
					 tail);
	return (struct str){all, used};
}

static void hostile_mails_cost_little_time_memory_and_stack(void **state)
{
	(void)state;
	struct str head = STR(MULTI("mixed"));
	assert_int_equal(parse_on_small_stack("20,000 multiparts", nested("mixed", "", 20000)) & MIME_CUT_DEPTH,
			 MIME_CUT_DEPTH);
	parse_on_small_stack("20,000 rfc822", repeat(STR("Content-Type: message/rfc822\n\n"), 20000));
	parse_on_small_stack("20,000 digests", nested("digest", "\n", 20000));
	assert_int_equal(
		parse_on_small_stack("80,000 groups", cat3(STR("To: "), repeat(STR("g:"), 80000), STR("\n\nx"))) &
			MIME_CUT_HEADERS,
		MIME_CUT_HEADERS);
	assert_int_equal(
		parse_on_small_stack("500,000 headers", cat3(STR(""), repeat(STR("a: b\n"), 500000), STR("\n\nx"))) &
			MIME_CUT_HEADERS,
		MIME_CUT_HEADERS);
	assert_int_equal(
		parse_on_small_stack("500,000 part headers", cat3(head, STR("--b\n"), repeat(STR("a: b\n"), 500000))) &
			MIME_CUT_HEADERS,
		MIME_CUT_HEADERS);
	parse_on_small_stack("16 MB line", str_cat(c.a, STR("Subject: x\n\n"), repeat(STR("x"), 16 << 20)));
	parse_on_small_stack("16 MB header", str_cat(c.a, STR("Subject: "), repeat(STR("x"), 16 << 20)));
	assert_int_equal(parse_on_small_stack("1 M parts", str_cat(c.a, head, repeat(STR("--b\n\n"), 1000000))) &
				 MIME_CUT_PARTS,
			 MIME_CUT_PARTS);
	parse_on_small_stack("1 M dashes", str_cat(c.a, nested("mixed", "", MAX_DEPTH), repeat(STR("--b\n"), 1000000)));
	parse_on_small_stack("NULs", str_cat(c.a, head, repeat((struct str){"\0", 1}, 1 << 20)));
	parse_on_small_stack("bare CR and LF", str_cat(c.a, head, repeat(STR("--b\r\r\n\n\r"), 100000)));
	struct str fat =
		cat3(STR("--b\nContent-Type: image/png; name=\""), repeat(STR("\xe9"), 1000), STR("\"\n\nx\n"));
	parse_on_small_stack("1,000 fat parts", str_cat(c.a, head, repeat(fat, 1000)));
	struct str html =
		cat3(STR("--b\nContent-Type: text/html; charset=koi8-r\n\n"), repeat(STR("\xd0"), 1 << 20), STR("\n"));
	parse_on_small_stack("20 MB of HTML", str_cat(c.a, head, repeat(html, 20)));
	parse_on_small_stack("20 MB of quotes", cat3(STR("Content-Type: text/plain; format=flowed\n\n"),
						     repeat(STR(">"), 20 << 20), STR("")));
}

static void automatic_mail_is_recognised(void **state)
{
	static const char *const automatic[] = {
		"Auto-Submitted: auto-replied",
		"Auto-Submitted: auto-generated (rule)",
		"Precedence: Bulk",
		"Precedence: auto_reply",
		"List-Id: <l.x.test>",
		"List-Unsubscribe: <x>",
		"X-Auto-Response-Suppress: All",
		"X-Autoreply: yes",
		"Return-Path: <>",
		"From: MAILER-DAEMON",
		"From: Postmaster@x.test",
		"X-Failed-Recipients: a@x.test",
		"X-Autorespond: out",
		"From: No-Reply@x.test",
		"Subject: Automatic reply: hello",
		"Subject: =?utf-8?B?6Ieq5YuV5b+c562U?=: x",
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
	};
	static const char *const human[] = {"Auto-Submitted: no",
					    "Precedence: normal",
					    "X-Auto-Response-Suppress: None",
					    "Return-Path: <a@x.test>",
					    "From: a@x.test",
					    "X-Bellhop-Loop: other",
					    "From: noreply@shop.test\nReply-To: anna@x.test",
					    "Subject: Re: automatic reply"};
	(void)state;
	for (size_t i = 0; i < sizeof(automatic) / sizeof(automatic[0]); i++) {
		struct mime m = parse(str_fmt(c.a, "%s\n\nx", automatic[i]));
		if (!mime_is_automatic(&m))
			test_failed("not seen: %s", automatic[i]);
	}
	for (size_t i = 0; i < sizeof(human) / sizeof(human[0]); i++) {
		struct mime m = parse(str_fmt(c.a, "%s\n\nx", human[i]));
		if (mime_is_automatic(&m))
			test_failed("taken for automatic: %s", human[i]);
	}
}

static void a_delivery_report_says_who_was_not_reached_and_which_mail_it_was(void **state)
{
	(void)state;
	struct mime m = parse(
		STR("From: x@x.test\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" PLAIN(
			"Sorry") "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
				 "mx.test\n\nFinal-Recipient: rfc822; ok@x.test\nAction: delivered\n\n"
				 "Final-Recipient: rfc822; <Bob@X.test>\nAction: Failed\nStatus: 5.1.1 "
				 "(unknown)\nDiagnostic-Code: smtp; 550\n no such user\n\n"
				 "--b\nContent-Type: message/rfc822\n\nMessage-ID: <m1@x.test>\nSubject: "
				 "hi\n\nx\n" END));
	assert_str(m.report.type, "delivery-status");
	assert_str(m.report.action, "failed");
	assert_str(m.report.status, "5.1.1");
	assert_str(m.report.recipient, "Bob@x.test");
	assert_str(m.report.diagnostic, "smtp; 550 no such user");
	assert_str(m.report.original_message_id, "m1@x.test");
	assert_true(mime_is_bounce(&m));
	assert_str(m.text, "Sorry");
	assert_int_equal(m.attachment_n, 2);
	m = parse(STR("From: MAILER-DAEMON@x.test\n\nfailure notice\n\n> Message-Id: <m2@x.test>\n"));
	assert_str(m.report.original_message_id, "m2@x.test");
	assert_true(mime_is_bounce(&m));
	m = parse(STR("From: a@x.test\n\nMessage-Id: <m2@x.test>\n"));
	assert_str(m.report.original_message_id, NULL);
	assert_false(mime_is_bounce(&m));
}

static void what_readers_could_understand_differently_is_flagged(void **state)
{
	(void)state;
	struct mime m = parse(STR("From: a@x.test\nFrom: b@x.test\n\nx"));
	assert_int_equal(m.flags, MIME_ODD_TWICE);
	assert_false(m.is_cut);
	assert_true(m.notes.n > 0);
	assert_int_equal(parse(STR("A: 1\nno field\n\nx")).flags, MIME_ODD_HEADERS);
	assert_int_equal(parse(STR(MULTI("mixed") PLAIN("never closed"))).flags, MIME_ODD_BOUNDARY);
	assert_int_equal(parse(STR("Content-Type: multipart/mixed\n\nx")).flags, MIME_ODD_BOUNDARY);
}

/* ---- corpora ---- */

struct tally {
	size_t all_n, with_body_n, extracted_n, automatic_n, bounce_n, original_n, flagged_n;
	int64_t slowest_ms;
	size_t most_bytes;
	size_t printed_n;
	bool wants_automatic;
};

static struct str read_file(const char *path)
{
	struct stat st;
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &st), 0);
	char *bytes = malloc((size_t)st.st_size + 1);
	size_t n = fread(bytes, 1, (size_t)st.st_size, file);
	fclose(file);
	return (struct str){bytes, n};
}

/* Is there anything but white space behind the header? */
static bool has_body(struct str raw)
{
	struct mail_headers h;
	mail_headers_parse(c.a, raw, &h);
	return str_trim(h.rest).n > 0;
}

static void count_mail(const char *path, struct str raw, struct tally *t)
{
	struct mime m;
	int64_t start = clock_monotonic_ms();
	open_arena(NULL);
	if (mime_parse(&c, exact(raw), &m) == OK) {
		int64_t took_ms = clock_monotonic_ms() - start;
		bool is_extracted = str_trim(m.text).n > 0 || m.html.n > 0 || m.attachment_n > 0;
		bool is_empty = !has_body(raw);
		assert_true(utf8_is_valid(m.text) && utf8_is_valid(m.html) && utf8_is_valid(m.subject));
		assert_true(took_ms < 5000);
		t->all_n++;
		t->with_body_n += !is_empty;
		t->extracted_n += !is_empty && is_extracted;
		t->automatic_n += mime_is_automatic(&m);
		t->bounce_n += mime_is_bounce(&m);
		t->original_n += !str_is_null(m.report.original_message_id);
		t->flagged_n += m.flags != 0;
		t->slowest_ms = took_ms > t->slowest_ms ? took_ms : t->slowest_ms;
		t->most_bytes = arena_used(c.a) > t->most_bytes ? arena_used(c.a) : t->most_bytes;
		if ((!is_empty && !is_extracted) ||
		    (t->wants_automatic && !mime_is_automatic(&m) && t->printed_n++ < 12))
			print_message("  %s: %s\n", path, is_extracted ? "not automatic" : "nothing extracted");
	}
	close_arena(NULL);
}

static bool is_mail_name(const char *name)
{
	static const char *const others[] = {"README", "LICENSE",  ".xml",    ".out",         ".md",  ".bin",
					     ".png",   ".jpg",     ".gif",    ".pdf",         ".zip", ".tiff",
					     "NOTICE", "_decoded", "COPYING", "is-not-bounce"};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strstr(name, others[i]) != NULL)
			return false;
	return name[0] != '.';
}

static void walk_folder(const char *folder, struct tally *t)
{
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir)) != NULL;) {
		char path[4096];
		struct stat st;
		if (!is_mail_name(e->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		assert_int_equal(stat(path, &st), 0);
		if (S_ISDIR(st.st_mode)) {
			walk_folder(path, t);
			continue;
		}
		struct str raw = read_file(path);
		count_mail(path, raw, t);
		free((char *)(uintptr_t)raw.p);
	}
	closedir(dir);
}

static void the_public_collections_of_real_and_broken_mails_are_read(void **state)
{
	static const char *const folders[] = {"mime-james-mime4j", "mime-rspamd",    "mime-ruby-mail",
					      "mime-cpython",      "mime-chatwoot",  "mime-multi-mail",
					      "mime-mailparser",   "bounces-sisimai"};
	(void)state;
	const char *corpus = getenv("CORPUS");
	size_t with_body_n = 0, extracted_n = 0;
	struct stat st;
	if (corpus == NULL || stat(corpus, &st) != 0) {
		print_message("skipped: no corpus\n");
		return;
	}
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		char path[4096];
		struct tally t = {.wants_automatic = str_eq(str_c(folders[i]), STR("bounces-sisimai"))};
		snprintf(path, sizeof(path), "%s/%s", corpus, folders[i]);
		if (stat(path, &st) != 0)
			continue;
		walk_folder(path, &t);
		print_message("%s: %zu mails, %zu with a body, %zu of them read, %zu automatic, %zu bounces, %zu name "
			      "the mail, "
			      "%zu flagged; slowest %lld ms, most %zu KB\n",
			      folders[i], t.all_n, t.with_body_n, t.extracted_n, t.automatic_n, t.bounce_n,
			      t.original_n, t.flagged_n, (long long)t.slowest_ms, t.most_bytes >> 10);
		with_body_n += t.with_body_n;
		extracted_n += t.extracted_n;
		if (t.wants_automatic)
			assert_true(t.automatic_n * 100 >= t.all_n * 99);
	}
	print_message("%zu of %zu mails with a body are read\n", extracted_n, with_body_n);
	assert_true(extracted_n * 100 >= with_body_n * 99);
}

static int start(void **state)
{
	(void)state;
	mime_start();
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_fields_of_a_mail_are_read),
		TEST(only_nothing_at_all_is_refused),
		TEST(the_body_is_chosen_by_kind_of_multipart),
		TEST(lines_may_end_in_any_way),
		TEST(text_is_decoded_from_every_transfer_encoding_and_charset),
		TEST(flowed_text_is_joined_again),
		TEST(attachments_have_safe_names_and_their_bytes),
		TEST(a_long_name_keeps_its_ending),
		TEST(an_image_of_the_html_is_inline),
		TEST(each_limit_cuts_at_its_figure_and_not_before),
		cmocka_unit_test(the_public_collections_of_real_and_broken_mails_are_read),
		TEST(automatic_mail_is_recognised),
		TEST(a_delivery_report_says_who_was_not_reached_and_which_mail_it_was),
		TEST(what_readers_could_understand_differently_is_flagged),
		TEST(hostile_mails_cost_little_time_memory_and_stack),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
