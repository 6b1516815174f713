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
#include "net/lmtp_proto.h"

enum { MAX_MAIL = 1000, MAX_LOG = 4 << 20 };

/* What a session said and which mails came out of it, as one text. Addresses that begin with "no" are not known, those with
 * "later" are refused for now; of a mail the recipients that begin with "full" fail. */
struct run {
	struct arena *a;
	struct buf replies;
	struct buf mails;
	bool is_closed;
};

static void answer_rcpt(struct lmtp_proto *p)
{
	struct lmtp_reply ok = {250, "2.1.5", STR("Recipient ok")};
	struct lmtp_reply unknown = {550, "5.1.1", STR("Not here")};
	struct lmtp_reply later = {451, "4.3.0", STR("Later")};
	struct str who = lmtp_proto_asked(p);
	lmtp_proto_answer_rcpt(p, str_starts(who, STR("no")) ? &unknown : str_starts(who, STR("later")) ? &later : &ok);
}

static void answer_mail(struct run *r, struct lmtp_proto *p)
{
	const struct lmtp_mail *mail = lmtp_proto_mail(p);
	struct lmtp_reply replies[LMTP_MAX_RECIPIENTS];
	buf_fmt(&r->mails, "<" STR_FMT ">", STR_ARG(mail->return_path));
	for (size_t i = 0; i < mail->recipients_n; i++) {
		bool is_full = str_starts(mail->recipients[i], STR("full"));
		replies[i] = is_full ? (struct lmtp_reply){452, "4.2.2", STR("Full")}
		                     : (struct lmtp_reply){250, "2.0.0", STR("Taken")};
		buf_fmt(&r->mails, "[" STR_FMT "]", STR_ARG(mail->recipients[i]));
	}
	buf_add(&r->mails, mail->data);
	buf_lit(&r->mails, "#");
	lmtp_proto_answer_mail(p, replies);
}

static void flush(struct run *r, struct lmtp_proto *p)
{
	struct str waiting = lmtp_proto_replies(p);
	buf_add(&r->replies, waiting);
	lmtp_proto_sent(p, waiting.n);
}

static void feed(struct run *r, struct lmtp_proto *p, struct str bytes)
{
	char *exact = malloc(bytes.n ? bytes.n : 1);
	if (bytes.n > 0)
		memcpy(exact, bytes.p, bytes.n);
	struct str rest = {exact, bytes.n};
	enum lmtp_event event;
	do {
		rest = str_skip(rest, lmtp_proto_feed(p, rest, &event));
		if (event == LMTP_RCPT)
			answer_rcpt(p);
		if (event == LMTP_MAIL)
			answer_mail(r, p);
		flush(r, p);
	} while (event != LMTP_CLOSE && (rest.n > 0 || event != LMTP_MORE));
	r->is_closed = event == LMTP_CLOSE;
	free(exact);
}

static void run_init(struct run *r)
{
	r->a = arena_open(64 << 20);
	buf_init(&r->replies, r->a, MAX_LOG);
	buf_init(&r->mails, r->a, MAX_LOG);
	r->is_closed = false;
}

/* Runs the whole conversation, in pieces of at most piece bytes; 0: at once. */
static void run_in_pieces(struct run *r, struct str input, size_t piece)
{
	struct lmtp_proto *p = lmtp_proto_open(STR("desk.test"), MAX_MAIL);
	run_init(r);
	flush(r, p);
	if (piece == 0)
		piece = input.n;
	for (size_t at = 0; at < input.n && !r->is_closed; at += piece)
		feed(r, p, str_head(str_skip(input, at), piece));
	lmtp_proto_close(p);
}

#define LHLO "LHLO client.test\r\n"
#define HELLO_REPLIES                                                                                     \
	"220 desk.test LMTP ready\r\n250-desk.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n" \
	"250-ENHANCEDSTATUSCODES\r\n250-CHUNKING\r\n250 SIZE 1000\r\n"
#define TO_A "MAIL FROM:<s@x.test>\r\nRCPT TO:<a@x.test>\r\n"
#define TO_A_REPLIES "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n"
#define GO_ON "354 End the mail with <CRLF>.<CRLF>\r\n"

/* The conversation behind LHLO gives these replies and these mails, whether it comes at once or byte by byte. */
static void expect(struct str input, const char *replies, const char *mails)
{
	static const size_t pieces[] = {0, 1, 2, 7};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct run r;
		struct arena *a = arena_open(8 << 20);
		run_in_pieces(&r, str_cat(a, STR(LHLO), input), pieces[i]);
		struct str said = str_skip(buf_str(&r.replies), sizeof(HELLO_REPLIES) - 1);
		assert_string_equal(str_z(r.a, said), replies);
		if (mails != NULL)
			assert_string_equal(str_z(r.a, buf_str(&r.mails)), mails);
		arena_close(r.a);
		arena_close(a);
	}
}

#define EXPECT(input, replies, mails) expect(STR(input), (replies), (mails))

static void a_mail_gets_one_reply_per_recipient(void **state)
{
	(void)state;
	EXPECT("MAIL FROM:<s@x.test>\r\nRCPT TO:<a@x.test>\r\nRCPT TO:<no@x.test>\r\nRCPT TO:<full@x.test>\r\nDATA\r\n"
	       "Subject: hi\r\n\r\nbody\r\n.\r\nQUIT\r\n",
	       "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n550 5.1.1 Not here\r\n250 2.1.5 Recipient ok\r\n" GO_ON
	       "250 2.0.0 Taken\r\n452 4.2.2 Full\r\n221 2.0.0 Goodbye\r\n",
	       "<s@x.test>[a@x.test][full@x.test]Subject: hi\r\n\r\nbody\r\n#");
}

static void the_greeting_names_what_is_offered(void **state)
{
	(void)state;
	struct run r;
	run_in_pieces(&r, STR(LHLO), 0);
	assert_string_equal(str_z(r.a, buf_str(&r.replies)), HELLO_REPLIES);
	arena_close(r.a);
}

static void dots_are_unstuffed_and_only_crlf_dot_crlf_ends(void **state)
{
	(void)state;
	EXPECT(TO_A "DATA\r\n..a\r\n...\r\n.b\r\na.\r\n. c\r\n\r\n.\r\n", TO_A_REPLIES GO_ON "250 2.0.0 Taken\r\n",
	       "<s@x.test>[a@x.test].a\r\n..\r\nb\r\na.\r\n c\r\n\r\n#");
	EXPECT(TO_A "DATA\r\n.\r\n", TO_A_REPLIES GO_ON "250 2.0.0 Taken\r\n", "<s@x.test>[a@x.test]#");
}

/* Everything here wants to be read as an end by a careless server; what follows must stay content, and the mail is refused. */
static void smuggling_is_refused(void **state)
{
	(void)state;
	static const struct str tries[] = {
		{"a\n.\n", 4}, {"a\n.\r\n", 5}, {"a\r\n.\n", 5}, {"a\r.\r", 4}, {"a\r\n.\r", 5}, {"a\r.\r\n", 5},
		{"a\r\n\n.\r\n", 7}, {"a\r\r\n.x\r\n", 8}, {".\n", 2}, {".\rb", 3}, {"\n.\r\n", 4}, {"a\r\n.\r\r\n", 7},
	};
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		struct arena *a = arena_open(1 << 20);
		struct str whole = str_fmt(a,
		                           TO_A "DATA\r\n%s"
		                                "MAIL FROM:<evil@x.test>\r\n\r\n.\r\nNOOP\r\n",
		                           tries[i].p);
		expect(whole,
		       TO_A_REPLIES GO_ON "554 5.6.11 A line does not end in CRLF: bare CR and bare LF are refused\r\n"
		                          "250 2.0.0 OK\r\n",
		       "");
		arena_close(a);
	}
}

static void nul_and_eight_bit_content_is_kept(void **state)
{
	(void)state;
	struct run r;
	static const char input[] = LHLO TO_A "DATA\r\na\0b\xff\xc3\r\n.\r\n";
	run_in_pieces(&r, (struct str){input, sizeof(input) - 1}, 1);
	struct str want = {"<s@x.test>[a@x.test]a\0b\xff\xc3\r\n#", 28};
	assert_true(str_eq(buf_str(&r.mails), want));
	arena_close(r.a);
}

static void a_mail_over_the_limit_gets_552_and_the_next_one_is_taken(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct buf b;
	buf_init(&b, a, 64 << 10);
	buf_lit(&b, TO_A "RCPT TO:<b@x.test>\r\nDATA\r\n");
	for (int i = 0; i < 101; i++)
		buf_lit(&b, "12345678\r\n");
	buf_lit(&b, ".\r\n" TO_A "DATA\r\n");
	for (int i = 0; i < 100; i++)
		buf_lit(&b, "12345678\r\n");
	buf_lit(&b, ".\r\n");
	expect(buf_str(&b), TO_A_REPLIES "250 2.1.5 Recipient ok\r\n" GO_ON
	       "552 5.3.4 The mail is larger than 1000 bytes\r\n552 5.3.4 The mail is larger than 1000 bytes\r\n"
	       TO_A_REPLIES GO_ON "250 2.0.0 Taken\r\n", NULL);
	arena_close(a);
	EXPECT("MAIL FROM:<s@x.test> SIZE=1001\r\nMAIL FROM:<s@x.test> SIZE=1000\r\n",
	       "552 5.3.4 The mail is larger than 1000 bytes\r\n250 2.1.0 Sender ok\r\n", "");
}

static void a_mail_that_never_ends_ends_the_session(void **state)
{
	(void)state;
	struct run r;
	struct lmtp_proto *p = lmtp_proto_open(STR("desk.test"), MAX_MAIL);
	run_init(&r);
	feed(&r, p, STR(LHLO TO_A "DATA\r\n"));
	char *much = malloc(4096);
	memset(much, 'x', 4096);
	int pieces = 0;
	while (!r.is_closed && pieces++ < 2000)
		feed(&r, p, (struct str){much, 4096});
	free(much);
	assert_true(r.is_closed);
	assert_true(str_ends(buf_str(&r.replies), STR("552 5.3.4 The mail is larger than 1000 bytes\r\n"
	                                             "421 4.7.0 The mail did not end\r\n")));
	assert_int_equal(lmtp_proto_held_bytes(p), 0);
	lmtp_proto_close(p);
	arena_close(r.a);
}

static void chunks_make_a_mail(void **state)
{
	(void)state;
	EXPECT(TO_A "RCPT TO:<full@x.test>\r\nBDAT 7\r\nab\r\n.\r\nBDAT 3 LAST\r\n.\r\nNOOP\r\n",
	       TO_A_REPLIES
	       "250 2.1.5 Recipient ok\r\n250 2.0.0 7 octets received\r\n250 2.0.0 Taken\r\n452 4.2.2 Full\r\n"
	       "250 2.0.0 OK\r\n",
	       "<s@x.test>[a@x.test][full@x.test]ab\r\n.\r\n.\r\n#");
	EXPECT(TO_A "BDAT 4\r\na\r\nbBDAT 0 LAST\r\n",
	       TO_A_REPLIES "250 2.0.0 4 octets received\r\n250 2.0.0 Taken\r\n", "<s@x.test>[a@x.test]a\r\nb#");
}

static void chunks_out_of_order_are_taken_off_the_wire(void **state)
{
	(void)state;
	EXPECT("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n", "503 5.5.1 BDAT has no recipient to go to\r\n250 2.0.0 OK\r\n", "");
	EXPECT(TO_A "BDAT 1\r\nxDATA\r\nRCPT TO:<b@x.test>\r\nBDAT 2 LAST\r\nyz",
	       TO_A_REPLIES "250 2.0.0 1 octets received\r\n503 5.5.1 DATA and BDAT do not mix\r\n"
	                    "503 5.5.1 RCPT comes behind MAIL and before the content\r\n250 2.0.0 Taken\r\n",
	       "<s@x.test>[a@x.test]xyz#");
	EXPECT(TO_A "BDAT x\r\nNOOP\r\n", TO_A_REPLIES "501 5.5.4 BDAT needs a size, and LAST with the last one\r\n"
	       "421 4.7.0 What follows cannot be told from commands\r\n", "");
	EXPECT(TO_A "BDAT 99999999999\r\nNOOP\r\n", TO_A_REPLIES "552 5.3.4 The mail is larger than 1000 bytes\r\n"
	       "421 4.7.0 The mail did not end\r\n", "");
}

static void bare_line_ends_in_chunks_are_refused(void **state)
{
	(void)state;
	const char *refused = TO_A_REPLIES
		"554 5.6.11 A line does not end in CRLF: bare CR and bare LF are refused\r\n250 2.0.0 OK\r\n";
	EXPECT(TO_A "BDAT 4 LAST\r\na\nb\nNOOP\r\n", refused, "");
	EXPECT(TO_A "BDAT 2 LAST\r\na\rNOOP\r\n", refused, "");
}

static void commands_come_in_order(void **state)
{
	(void)state;
	EXPECT("RCPT TO:<a@x.test>\r\nDATA\r\nMAIL FROM:<s@x.test>\r\nMAIL FROM:<s@x.test>\r\nDATA\r\nRSET\r\nDATA\r\n",
	       "503 5.5.1 RCPT comes behind MAIL and before the content\r\n503 5.5.1 No valid recipient\r\n"
	       "250 2.1.0 Sender ok\r\n503 5.5.1 One MAIL at a time\r\n503 5.5.1 No valid recipient\r\n"
	       "250 2.0.0 Forgotten\r\n503 5.5.1 No valid recipient\r\n", "");
	EXPECT("EHLO x\r\nHELO x\r\nLHLO\r\nVRFY a\r\nXYZ\r\nDATA now\r\n",
	       "500 5.5.1 This is LMTP (RFC 2033): say LHLO\r\n500 5.5.1 This is LMTP (RFC 2033): say LHLO\r\n"
	       "501 5.5.4 LHLO needs the name of the client\r\n252 2.5.0 Try RCPT to find out\r\n"
	       "500 5.5.1 This command is not known here\r\n501 5.5.4 DATA stands alone\r\n", "");
}

static void nothing_happens_before_lhlo(void **state)
{
	(void)state;
	struct run r;
	run_in_pieces(&r, STR(TO_A), 0);
	assert_non_null(strstr(str_z(r.a, buf_str(&r.replies)), "503 5.5.1 Say LHLO first\r\n"));
	arena_close(r.a);
}

static void addresses_are_read_as_rfc_5321_has_them(void **state)
{
	(void)state;
	static const struct {
		const char *command;
		const char *reply;
	} rows[] = {
		{"mail from:<>", "250"},
		{"MAIL FROM: <s@x.test>", "250"},
		{"MAIL FROM:<\"a>b \\\" c\"@x.test>", "250"},
		{"MAIL FROM:<s@x.test> BODY=8BITMIME SIZE=5", "250"},
		{"MAIL FROM:<s@x.test> body=7bit", "250"},
		{"MAIL FROM:<s@x.test> BODY=BINARYMIME", "555"},
		{"MAIL FROM:<s@x.test> FOO", "555"},
		{"MAIL FROM:<s@x.test> SIZE=x", "555"},
		{"MAIL FROM:<s@x.test>SIZE=5", "501"},
		{"MAIL FROM:s@x.test", "501"},
		{"MAIL FROM:<s@x.test", "501"},
		{"MAIL FROM:<a b@x.test>", "501"},
		{"MAIL FROM:<@x.test>", "501"},
		{"MAIL FROM:<a@>", "501"},
		{"MAIL FROM:<a>", "501"},
		{"MAIL TO:<a@x.test>", "501"},
		{"MAIL", "501"},
		{"MAIL FROM:<a\x01@x.test>", "500"},
		{"MAIL FROM:<a\n@x.test>", "500"},
		{"MAIL FROM:<\xc3\xa9@x.test>", "553"},
		{"MAIL FROM:<\xc3\xa9@x.test> SMTPUTF8", "250"},
		{"MAIL FROM:<\xc3@x.test> SMTPUTF8", "501"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct run r;
		struct arena *a = arena_open(1 << 20);
		run_in_pieces(&r, str_fmt(a, LHLO "%s\r\n", rows[i].command), 0);
		struct str said = str_skip(buf_str(&r.replies), sizeof(HELLO_REPLIES) - 1);
		if (!str_starts(said, str_c(rows[i].reply)))
			fail_msg("%s -> %s", rows[i].command, str_z(a, said));
		arena_close(r.a);
		arena_close(a);
	}
	EXPECT("MAIL FROM:<>\r\nRCPT TO:<@r.test,@q.test:a@x.test>\r\nRCPT TO:<Postmaster>\r\nRCPT TO:<>\r\nDATA\r\n.\r\n",
	       "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n250 2.1.5 Recipient ok\r\n"
	       "501 5.1.3 Not a recipient: RCPT TO:<address>\r\n" GO_ON "250 2.0.0 Taken\r\n250 2.0.0 Taken\r\n",
	       "<>[a@x.test][Postmaster]#");
}

static void the_hundred_and_first_recipient_waits_for_the_next_mail(void **state)
{
	(void)state;
	struct arena *a = arena_open(4 << 20);
	struct buf b;
	buf_init(&b, a, 1 << 20);
	buf_lit(&b, LHLO "MAIL FROM:<s@x.test>\r\n");
	/* refused ones do not count, and cost nothing however many they are */
	for (int i = 0; i < 3000; i++)
		buf_fmt(&b, "RCPT TO:<no%0300d@x.test>\r\n", i);
	for (int i = 0; i <= LMTP_MAX_RECIPIENTS; i++)
		buf_fmt(&b, "RCPT TO:<%0300d@x.test>\r\n", i);
	buf_lit(&b, "DATA\r\n.\r\n");
	struct run r;
	run_in_pieces(&r, buf_str(&b), 0);
	struct str rest = buf_str(&r.replies);
	int taken = 0, too_many = 0;
	while (!str_is_null(rest)) {
		struct str line = str_cut(&rest, STR("\r\n"));
		taken += str_eq(line, STR("250 2.0.0 Taken"));
		too_many += str_eq(line, STR("452 4.5.3 Too many recipients for one mail"));
	}
	assert_int_equal(taken, LMTP_MAX_RECIPIENTS);
	assert_int_equal(too_many, 1);
	arena_close(r.a);
	arena_close(a);
}

static void long_lines_are_one_mistake_each_and_eleven_mistakes_end_it(void **state)
{
	(void)state;
	struct arena *a = arena_open(4 << 20);
	struct buf b;
	buf_init(&b, a, 1 << 20);
	for (int i = 0; i < 2; i++) {
		for (int k = 0; k < 5000; k++)
			buf_byte(&b, 'x');
		buf_lit(&b, "\r\n");
	}
	buf_lit(&b, "NOOP\r\n");
	expect(buf_str(&b), "500 5.5.6 The command line is too long\r\n500 5.5.6 The command line is too long\r\n"
	       "250 2.0.0 OK\r\n", "");
	buf_init(&b, a, 1 << 20);
	for (int i = 0; i < LMTP_MAX_BAD_COMMANDS + 5; i++)
		buf_lit(&b, "X\r\n");
	struct run r;
	run_in_pieces(&r, buf_str(&b), 0);
	assert_true(r.is_closed);
	assert_true(str_ends(buf_str(&r.replies), STR("421 4.7.0 Too many errors\r\n")));
	arena_close(r.a);
	arena_close(a);
}

static void a_line_of_the_greatest_length_is_taken(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	expect(str_fmt(a, "NOOP %0*d\r\n", LMTP_MAX_LINE_BYTES - 7, 0), "250 2.0.0 OK\r\n", "");
	expect(str_fmt(a, "NOOP %0*d\r\n", LMTP_MAX_LINE_BYTES - 6, 0), "500 5.5.6 The command line is too long\r\n",
	       "");
	arena_close(a);
}

static void a_dropped_mail_is_told_to_come_again(void **state)
{
	(void)state;
	struct run r;
	struct lmtp_proto *p = lmtp_proto_open(STR("desk.test"), MAX_MAIL);
	run_init(&r);
	feed(&r, p, STR(LHLO TO_A "DATA\r\nabc\r\n"));
	assert_true(lmtp_proto_is_in_mail(p));
	assert_true(lmtp_proto_held_bytes(p) > 0);
	lmtp_proto_drop_mail(p);
	assert_int_equal(lmtp_proto_held_bytes(p), 0);
	feed(&r, p, STR("def\r\n.\r\n"));
	assert_true(str_ends(buf_str(&r.replies), STR("452 4.3.1 No memory for this mail at the moment\r\n")));
	assert_false(lmtp_proto_is_in_mail(p));
	lmtp_proto_close(p);
	arena_close(r.a);
}

static void a_reply_is_one_line_of_printable_ascii(void **state)
{
	(void)state;
	struct lmtp_proto *p = lmtp_proto_open(STR("desk\r\n.test"), MAX_MAIL);
	enum lmtp_event event;
	struct str input = STR(LHLO "MAIL FROM:<>\r\nRCPT TO:<a@x.test>\r\n");
	lmtp_proto_feed(p, input, &event);
	assert_int_equal(event, LMTP_RCPT);
	lmtp_proto_sent(p, lmtp_proto_replies(p).n);
	struct arena *a = arena_open(1 << 20);
	struct lmtp_reply nasty = {550, "5.1.1", str_fmt(a, "a\r\n250 ok\x7f\xc3\xa9%0600d", 1)};
	lmtp_proto_answer_rcpt(p, &nasty);
	struct str said = lmtp_proto_replies(p);
	assert_int_equal(said.n, LMTP_MAX_REPLY_BYTES);
	assert_true(str_starts(said, STR("550 5.1.1 a??250 ok???000")));
	assert_int_equal(str_find_byte(said, '\n'), (int)said.n - 1);
	lmtp_proto_close(p);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_gets_one_reply_per_recipient),
		cmocka_unit_test(the_greeting_names_what_is_offered),
		cmocka_unit_test(dots_are_unstuffed_and_only_crlf_dot_crlf_ends),
		cmocka_unit_test(smuggling_is_refused),
		cmocka_unit_test(nul_and_eight_bit_content_is_kept),
		cmocka_unit_test(a_mail_over_the_limit_gets_552_and_the_next_one_is_taken),
		cmocka_unit_test(a_mail_that_never_ends_ends_the_session),
		cmocka_unit_test(chunks_make_a_mail),
		cmocka_unit_test(chunks_out_of_order_are_taken_off_the_wire),
		cmocka_unit_test(bare_line_ends_in_chunks_are_refused),
		cmocka_unit_test(commands_come_in_order),
		cmocka_unit_test(nothing_happens_before_lhlo),
		cmocka_unit_test(addresses_are_read_as_rfc_5321_has_them),
		cmocka_unit_test(the_hundred_and_first_recipient_waits_for_the_next_mail),
		cmocka_unit_test(long_lines_are_one_mistake_each_and_eleven_mistakes_end_it),
		cmocka_unit_test(a_line_of_the_greatest_length_is_taken),
		cmocka_unit_test(a_dropped_mail_is_told_to_come_again),
		cmocka_unit_test(a_reply_is_one_line_of_printable_ascii),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
