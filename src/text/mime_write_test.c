#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "base/ctx.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/mime_write.h"

#define test_failed(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

static struct ctx c;

static int open_arena(void **state)
{
	(void)state;
	c = (struct ctx){.a = arena_open(MIME_ARENA_BYTES * 2)};
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(c.a);
	return 0;
}

static void assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_c(want)) || str_is_null(got) != (want == NULL))
		test_failed("got \"" STR_FMT "\"\nwant \"%s\"", STR_ARG(got), want ? want : "(null)");
}

static struct str write_mail(const struct mail_out *m)
{
	struct str raw;
	assert_int_equal(mime_write(&c, m, &raw), OK);
	return raw;
}

static struct mime read_mail(struct str raw)
{
	struct mime m;
	assert_int_equal(mime_parse(&c, raw, &m), OK);
	return m;
}

static const struct mail_addr customer = {{"Anna Lee", 8}, {"anna@x.test", 11}};

static struct mail_out plain(void)
{
	return (struct mail_out){.from = {STR("Support"), STR("help@desk.test")},
				 .to = &customer,
				 .to_n = 1,
				 .subject = STR("Re: Hello"),
				 .date_ms = 1795253400000,
				 .message_id = STR("m1@desk.test"),
				 .text = STR("Hi\n")};
}

static void a_plain_answer_has_exactly_these_headers(void **state)
{
	(void)state;
	static const struct str refs[] = {
		{"0@x.test", 8}, {"a.very.long.message.id.of.somebody.else.1@x.test", 48}, {"2@x.test", 8}};
	struct mail_out m = plain();
	m.reply_to = (struct mail_addr){STR("Support"), STR("help+t7.abc@desk.test")};
	m.in_reply_to = STR("2@x.test");
	m.references = refs;
	m.references_n = 3;
	assert_str(write_mail(&m),
	           "Date: Sat, 21 Nov 2026 09:30:00 +0000\r\n"
	           "From: Support <help@desk.test>\r\n"
	           "Reply-To: Support <help+t7.abc@desk.test>\r\n"
	           "To: Anna Lee <anna@x.test>\r\n"
	           "Subject: Re: Hello\r\n"
	           "Message-ID: <m1@desk.test>\r\n"
	           "In-Reply-To: <2@x.test>\r\n"
	           "References: <0@x.test> <a.very.long.message.id.of.somebody.else.1@x.test>\r\n"
	           " <2@x.test>\r\n"
	           "MIME-Version: 1.0\r\n"
	           "Content-Type: text/plain; charset=utf-8\r\n"
	           "Content-Transfer-Encoding: 7bit\r\n"
	           "\r\n"
	           "Hi\r\n");
}

static void an_automatic_mail_says_so_and_others_do_not(void **state)
{
	(void)state;
	struct mail_out m = plain();
	struct mime back = read_mail(write_mail(&m));
	assert_false(mime_is_automatic(&back));
	m.is_automatic = true;
	m.loop = STR("instance-1");
	back = read_mail(write_mail(&m));
	assert_str(back.auto_submitted, "auto-generated");
	assert_str(back.loop, "instance-1");
	assert_true(mime_is_automatic(&back));
	m.in_reply_to = STR("1@x");
	assert_str(read_mail(write_mail(&m)).auto_submitted, "auto-replied");
}

static void the_mail_answered_is_the_last_reference(void **state)
{
	(void)state;
	struct str many[MAX_WRITE_REFERENCES + 20];
	for (size_t i = 0; i < MAX_WRITE_REFERENCES + 20; i++)
		many[i] = str_fmt(c.a, "%zu@x.test", i);
	struct mail_out m = plain();
	m.in_reply_to = STR("parent@x.test");
	m.references = many;
	m.references_n = MAX_WRITE_REFERENCES + 20;
	struct mime back = read_mail(write_mail(&m));
	assert_str(back.references[back.references_n - 1], "parent@x.test");
	assert_str(back.references[back.references_n - 2], "119@x.test");
	assert_true(str_find(write_mail(&m), STR("References: <0@x.test> <")) > 0);
	m.references_n = 0;
	back = read_mail(write_mail(&m));
	assert_int_equal(back.references_n, 1);
	assert_str(back.in_reply_to[0], "parent@x.test");
}

static void every_shape_of_mail_comes_back_with_all_its_pieces(void **state)
{
	static const struct mime_attachment files[] = {
		{.name = {"logo.png", 8},
		 .content_type = {"image/png", 9},
		 .content_id = {"logo@desk", 9},
		 .is_inline = true,
		 .bytes = {"\0png", 4}},
		{.name = {"caf\xc3\xa9 \"1\".pdf", 13},
		 .content_type = {"application/pdf", 15},
		 .bytes = {"pdf\r\n.\r\n\xff", 9}},
		{.name = {"old.eml", 7}, .content_type = {"message/rfc822", 14}, .bytes = {"Subject: x\n\ny", 13}},
	};
	(void)state;
	for (int shape = 0; shape < 16; shape++) {
		struct mail_out m = plain();
		bool has_text = shape & 1, has_html = shape & 2, has_image = shape & 4, has_files = shape & 8;
		m.text = has_text ? STR("Grüße\n.\nFrom here\n-- \nme") : STR_NULL;
		m.html = has_html ? STR("<p>Grüße <img src=\"cid:logo@desk\">") : STR_NULL;
		m.attachments = has_image ? files : files + 1;
		m.attachment_n = (size_t)has_image + 2 * (size_t)has_files;
		struct str raw = write_mail(&m);
		assert_true(str_eq(raw, write_mail(&m)));
		struct mime back = read_mail(raw);
		assert_int_equal(back.flags, 0);
		assert_int_equal(back.attachment_n, m.attachment_n);
		assert_int_equal(str_is_null(back.html), !has_html);
		assert_true(!has_html || str_eq(str_trim(back.html), m.html));
		assert_true(str_eq(str_trim(back.text), has_text ? m.text : STR("")));
		for (size_t i = 0; i < back.attachment_n; i++) {
			const struct mime_attachment *sent = &m.attachments[i];
			assert_true(str_eq(back.attachments[i].bytes, sent->bytes));
			assert_true(str_eq(back.attachments[i].name, sent->name));
			assert_int_equal(back.attachments[i].is_inline, sent->is_inline && has_html);
			assert_true(str_eq(back.attachments[i].content_id, sent->content_id));
		}
	}
}

/* What the rules of RFC 5322 and 2045 say of every line. */
static void assert_lines(struct str raw)
{
	size_t line_n = 0;
	for (size_t i = 0; i < raw.n; i++) {
		assert_true(raw.p[i] != '\0');
		assert_int_equal(raw.p[i] == '\n', i > 0 && raw.p[i - 1] == '\r');
		line_n = raw.p[i] == '\n' ? 0 : line_n + 1;
		assert_true(line_n <= 999); /* with its CR */
	}
	assert_true(str_ends(raw, STR("\r\n")));
}

static int list_n(InternetAddressList *list)
{
	return list ? internet_address_list_length(list) : 0;
}

/* Another parser has to see our recipients and headers, and no other ones. */
static void assert_foreign_view(struct str raw, int to_n, int header_n)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(raw.p, raw.n);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
	assert_int_equal(list_n(g_mime_message_get_to(message)), to_n);
	assert_int_equal(list_n(g_mime_message_get_from(message)), 1);
	assert_int_equal(list_n(g_mime_message_get_bcc(message)), 0);
	assert_int_equal(g_mime_header_list_get_count(headers), header_n);
	assert_string_equal(g_mime_message_get_message_id(message), "m1@desk.test");
	g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);
}

struct chance {
	uint32_t state;
};

static uint32_t next(struct chance *r)
{
	r->state = r->state * 1664525 + 1013904223;
	return r->state >> 8;
}

/* Bytes as an attacker chooses them. */
static struct str any(struct chance *r, size_t max_n)
{
	static const char *const bits[] = {"\r\nBcc: evil@x.test\r\n",
					   "\r\n\r\n",
					   "\n",
					   "\r",
					   "\r\n.\r\n",
					   "=?utf-8?Q?=0D=0AX:?=",
					   "\"",
					   "<evil@x.test>",
					   ",",
					   ";",
					   "\\",
					   " ",
					   "--=_m_",
					   "é",
					   "日本語",
					   "\xff",
					   "(",
					   ")",
					   "a",
					   "From ",
					   "=",
					   "/../",
					   "'",
					   "%0a",
					   ":"};
	struct str s = STR("");
	for (size_t n = next(r) % (max_n + 1); n > 0; n--) {
		uint32_t k = next(r) % (sizeof(bits) / sizeof(bits[0]) + 2);
		struct str bit = k >= sizeof(bits) / sizeof(bits[0]) ? (struct str){"\0x", 2} : str_c(bits[k]);
		s = str_cat(c.a, s, bit);
	}
	char *copy = malloc(s.n ? s.n : 1);
	arena_defer(c.a, free, copy);
	memcpy(copy, s.p, s.n);
	return (struct str){copy, s.n};
}

/* Text as it has to come back: valid, \n line ends; how many newlines end it is not kept. */
static struct str as_text(struct str s)
{
	struct str clean = utf8_clean(c.a, s);
	char *out = arena_alloc(c.a, clean.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < clean.n; i++) {
		if (clean.p[i] == '\r' && i + 1 < clean.n && clean.p[i + 1] == '\n')
			continue;
		out[n++] = clean.p[i] == '\r' ? '\n' : clean.p[i];
	}
	while (n > 0 && out[n - 1] == '\n')
		n--;
	return (struct str){out, n};
}

static void any_bytes_in_any_field_give_our_headers_and_recipients_and_no_others(void **state)
{
	struct chance r = {.state = 1};
	(void)state;
	for (size_t round = 0; round < 1500; round++) {
		open_arena(NULL);
		struct str refs[3] = {any(&r, 3), STR("good@x.test"), any(&r, 3)};
		struct mail_addr to[2] = {{any(&r, 8), STR("a@x.test")}, {any(&r, 8), STR("b@x.test")}};
		struct mime_attachment files[2] = {{.name = any(&r, 8),
						    .content_type = any(&r, 4),
						    .content_id = any(&r, 2),
						    .bytes = any(&r, 30)},
						   {.name = any(&r, 60),
						    .content_type = STR("text/plain"),
						    .content_id = STR("i"),
						    .is_inline = true,
						    .bytes = any(&r, 30)}};
		struct mail_out m = plain();
		m.from.name = any(&r, 8);
		m.to = to;
		m.to_n = 2;
		m.subject = any(&r, 40);
		m.in_reply_to = any(&r, 2);
		m.references = refs;
		m.references_n = 3;
		m.text = any(&r, 60);
		m.html = any(&r, 60);
		m.loop = any(&r, 3);
		m.attachments = files;
		m.attachment_n = 2;
		struct str raw = write_mail(&m);
		struct mime back = read_mail(raw);
		assert_lines(raw);
		/* Date From To Message-ID References MIME-Version (GMime counts Content-Type to the part), then
		 * what may be there */
		int more_n = (back.in_reply_to_n > 0) + (back.loop.n > 0) + (back.subject.n > 0);
		assert_foreign_view(raw, 2, 6 + more_n);
		assert_true(str_eq(back.subject,
				   mail_header_text(c.a, mail_text_encode(c.a, mail_header_line(c.a, m.subject)))));
		assert_int_equal(back.to.n, 2);
		assert_true(str_eq(back.to.list[0].address, STR("a@x.test")) &&
			    str_eq(back.to.list[1].address, STR("b@x.test")));
		assert_true(str_eq(as_text(m.text), as_text(back.text)));
		assert_true(str_eq(as_text(m.html), as_text(back.html)));
		assert_int_equal(back.attachment_n, 2);
		assert_true(str_eq(back.attachments[0].bytes, files[1].bytes)); /* the image of the HTML comes first */
		assert_true(str_eq(back.attachments[1].bytes, files[0].bytes));
		assert_int_equal(back.flags & ~(unsigned)MIME_CUT_TEXT, 0);
		close_arena(NULL);
	}
}

static void a_text_that_holds_our_boundaries_does_not_end_its_part(void **state)
{
	(void)state;
	struct mime_attachment file = {
		.name = STR("../a\\b/c.txt"), .content_type = STR("text/plain"), .bytes = STR("x")};
	struct mail_out m = plain();
	struct str hash = str_head(crypt_hash_hex(c.a, m.message_id), 32);
	hash = str_dup(c.a, hash);
	m.text = str_fmt(c.a, "a\n--=_a_%s\n--=_m_%s--\nb", hash.p, hash.p);
	m.html = m.text;
	m.attachments = &file;
	m.attachment_n = 1;
	struct str raw = write_mail(&m);
	assert_true(str_find(raw, str_fmt(c.a, "boundary=\"=_a_%s\"", hash.p)) > 0);
	assert_true(str_find(raw, STR("filename=\".._a_b_c.txt\"")) > 0);
	struct mime back = read_mail(raw);
	assert_true(str_eq(back.text, m.text) && str_eq(back.html, m.html));
	assert_int_equal(back.attachment_n, 1);
}

static void what_cannot_be_an_address_or_an_id_is_refused(void **state)
{
	static const char *const bad[] = {"", "anna", "anna@x.test\r\nBcc: b@x.test", "a@x.test, b@x.test",
					  "a b@x.test"};
	(void)state;
	struct str raw;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct mail_addr who = {STR("A"), str_c(bad[i])};
		struct mail_out m = plain();
		m.to = &who;
		assert_int_equal(mime_write(&c, &m, &raw), ERR_BAD_INPUT);
		m = plain();
		m.from = who;
		assert_int_equal(mime_write(&c, &m, &raw), ERR_BAD_INPUT);
		m = plain();
		m.message_id = str_fmt(c.a, "%s x\r\n", bad[i]);
		assert_int_equal(mime_write(&c, &m, &raw), ERR_BAD_INPUT);
	}
}

static void a_mail_over_the_limit_is_refused(void **state)
{
	(void)state;
	struct str raw, big = {arena_alloc(c.a, 38 << 20), 38 << 20};
	struct mime_attachment file = {.name = STR("a"), .content_type = STR("a/b"), .bytes = big};
	struct mail_out m = plain();
	m.attachments = &file;
	m.attachment_n = 1;
	assert_int_equal(mime_write(&c, &m, &raw), ERR_TOO_BIG);
}

static void a_list_of_many_recipients_is_folded(void **state)
{
	(void)state;
	struct mail_addr many[200];
	for (size_t i = 0; i < 200; i++)
		many[i] = (struct mail_addr){STR("Somebody, With \"Quotes\""), str_fmt(c.a, "person%zu@x.test", i)};
	struct mail_out m = plain();
	m.cc = many;
	m.cc_n = 200;
	struct str raw = write_mail(&m);
	struct mime back = read_mail(raw);
	assert_int_equal(back.cc.n, 200);
	assert_str(back.cc.list[199].name, "Somebody, With \"Quotes\"");
	for (struct str rest = raw; !str_is_null(rest);)
		assert_true(str_cut(&rest, STR("\r\n")).n <= 78);
	m = plain();
	m.to_n = 0;
	assert_true(str_find(write_mail(&m), STR("\r\nTo: undisclosed-recipients:;\r\n")) > 0);
}

static void a_file_name_is_readable_by_old_and_new_programs(void **state)
{
	(void)state;
	struct mime_attachment file = {.name = STR("Übersicht 日本 100% \"neu\".pdf"),
				       .content_type = STR("application/pdf"),
				       .bytes = STR("x")};
	struct mail_out m = plain();
	m.attachments = &file;
	m.attachment_n = 1;
	struct str raw = write_mail(&m);
	assert_true(str_find(raw, STR("filename=\"_bersicht____100___neu_.pdf\"")) > 0);
	assert_true(str_find(raw, STR("filename*0*=UTF-8''%C3%9Cbersicht%20")) > 0);
	assert_str(read_mail(raw).attachments[0].name, "Übersicht 日本 100% \"neu\".pdf");
}

static void reply_prefixes_do_not_pile_up(void **state)
{
	static const char *const rows[][2] = {
		{"Hello", "Re: Hello"},
		{"Re: Hello", "Re: Hello"},
		{"RE: re:Hello", "Re: Hello"},
		{"AW: SV: Hello", "Re: Hello"},
		{"Odp: Hello", "Re: Hello"},
		{"回复：你好", "Re: 你好"},
		{"回复: 你好", "Re: 你好"},
		{"Re[2]: Hello", "Re: Hello"},
		{"RE : Hello", "Re: Hello"},
		{"Re^3: Hello", "Re: Hello"},
		{"Fwd: Hello", "Re: Fwd: Hello"},
		{"Re: Fwd: Re: x", "Re: Fwd: Re: x"},
		{"Repair: it", "Re: Repair: it"},
		{"", "Re:"},
		{"Re:", "Re:"},
		{"Отв: привет", "Re: привет"},
		{"a\r\nb", "Re: ab"},
		{"Re: [2] x", "Re: [2] x"},
		{"返信: x", "Re: x"},
		{"Re(4): x", "Re: x"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_str(mail_reply_subject(c.a, str_c(rows[i][0])), rows[i][1]);
}

static int start(void **state)
{
	(void)state;
	mime_start();
	crypt_start();
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_plain_answer_has_exactly_these_headers),
		TEST(an_automatic_mail_says_so_and_others_do_not),
		TEST(the_mail_answered_is_the_last_reference),
		TEST(every_shape_of_mail_comes_back_with_all_its_pieces),
		cmocka_unit_test(any_bytes_in_any_field_give_our_headers_and_recipients_and_no_others),
		TEST(a_text_that_holds_our_boundaries_does_not_end_its_part),
		TEST(what_cannot_be_an_address_or_an_id_is_refused),
		TEST(a_mail_over_the_limit_is_refused),
		TEST(a_list_of_many_recipients_is_folded),
		TEST(a_file_name_is_readable_by_old_and_new_programs),
		TEST(reply_prefixes_do_not_pile_up),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
