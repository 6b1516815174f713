/* Which ticket a mail becomes part of: the decisions, each on a desk where Ann has written and was answered. */

#include "desk/desk_test_int.h"

/* Ann's ticket, and what the desk sent her. */
struct story {
	int64_t ticket_id;
	struct str token_address; /* the Reply-To of the answer */
	struct str answer_id;     /* its Message-ID */
};
static struct story story;

/* A mail and what became of it. */
struct delivery {
	struct receive_in in;
	struct receive_out out;
};

static enum err receive(struct ctx *c, void *arg)
{
	struct delivery *d = arg;
	return desk_receive(c, &d->in, &d->out);
}

static struct receive_out deliver(struct receive_in in)
{
	struct delivery d = {.in = in};
	d.in.account = desk.account;
	if (str_is_null(d.in.envelope_address))
		d.in.envelope_address = STR("support@desk.test");
	if (str_is_null(d.in.mail_id))
		d.in.mail_id = str_fmt(t->c.a, "%zu@elsewhere.test", arena_used(t->c.a));
	fail_clear(&t->c);
	assert_ok(desk_receive_prepare(&t->c, &d.in));
	assert_ok(test_write(t, receive, &d));
	return d.out;
}

static enum err reply(struct ctx *c, void *arg)
{
	struct message m;
	const struct address bob = {.address = STR("bob@x.test")};
	const struct address ann = {.address = STR("ann@x.test")};
	const struct reply_in in = {.ticket_id = story.ticket_id,
	                            .text = STR("Have you tried again?"),
	                            .to = &ann,
	                            .to_n = 1,
	                            .cc = &bob,
	                            .cc_n = 1,
	                            .has_recipients = true,
	                            .client_type = STR("HUBSPOT")};
	(void)arg;
	TRY(desk_reply(c, &in, &m));
	story.answer_id = m.mail_id;
	return OK;
}

static int story_set_up(void **state)
{
	desk_set_up(state);
	struct receive_out first = deliver((struct receive_in){
		.from = {STR("Ann Other"), STR("ann@x.test")},
		.subject = STR("It does not work"),
		.text = STR("Hello"),
		.mail_id = STR("first@x.test"),
	});
	assert_int_equal(first.what, RECEIVED_NEW_TICKET);
	story.ticket_id = first.ticket_id;
	t->c.who = desk.agent;
	assert_ok(test_write(t, reply, NULL));
	t->c.who = (struct actor){.kind = ACTOR_SYSTEM};
	story.token_address = reply_token_add(&t->c, STR("support@desk.test"), story.ticket_id);
	return 0;
}

#define STORY_TEST(fn) cmocka_unit_test_setup_teardown(fn, story_set_up, desk_tear_down)

static struct object ticket_now(void)
{
	return reload(&(struct object){.object_type = TYPE_TICKET, .id = story.ticket_id});
}

static void the_first_mail_opens_a_ticket_with_its_sender_as_contact(void **state)
{
	struct object ticket = ticket_now();
	struct object contact = reload(&(struct object){.object_type = TYPE_CONTACT, .id = ticket.contact_id});
	(void)state;
	assert_text(ticket.label, "It does not work");
	assert_text(value_of(&ticket, "source_type"), "EMAIL");
	assert_text(value_of(&ticket, "hs_pipeline_stage"), "1");
	assert_text(contact.label, "Ann Other");
	assert_text(contact.unique_key, "ann@x.test");
}

/* Who writes, where to, and naming what, decides. */
static void each_mail_joins_or_opens_as_it_should(void **state)
{
	enum { TO_INBOX, TO_TOKEN, TO_FORGED, TO_HEADER_TOKEN };
	enum { NAMES_NOTHING, NAMES_FIRST, NAMES_ANSWER, NAMES_OLD_REFERENCE, NAMES_STRANGE };
	static const struct {
		const char *what;
		struct str from;
		int to, names;
		enum received want;
	} cases[] = {
		{"Ann answers with the token", STR("ann@x.test"), TO_TOKEN, NAMES_NOTHING, RECEIVED_JOINED},
		{"the token stands in To only", STR("ann@x.test"), TO_HEADER_TOKEN, NAMES_NOTHING, RECEIVED_JOINED},
		{"a colleague to whom Ann forwarded it has the token", STR("cleo@x.test"), TO_TOKEN, NAMES_NOTHING, RECEIVED_JOINED},
		{"Ann answers without the token", STR("ann@x.test"), TO_INBOX, NAMES_ANSWER, RECEIVED_JOINED},
		{"Ann writes in another case", STR("Ann@X.test"), TO_INBOX, NAMES_ANSWER, RECEIVED_JOINED},
		{"Ann answers her own mail", STR("ann@x.test"), TO_INBOX, NAMES_FIRST, RECEIVED_JOINED},
		{"only the oldest reference is known", STR("ann@x.test"), TO_INBOX, NAMES_OLD_REFERENCE, RECEIVED_JOINED},
		{"Bob was on Cc", STR("bob@x.test"), TO_INBOX, NAMES_ANSWER, RECEIVED_JOINED},
		{"a stranger names our mail", STR("mallory@y.test"), TO_INBOX, NAMES_ANSWER, RECEIVED_NEW_TICKET},
		{"a stranger names Ann's mail", STR("mallory@y.test"), TO_INBOX, NAMES_FIRST, RECEIVED_NEW_TICKET},
		{"a stranger forges a token", STR("eve@y.test"), TO_FORGED, NAMES_ANSWER, RECEIVED_NEW_TICKET},
		{"Ann writes of something new", STR("ann@x.test"), TO_INBOX, NAMES_NOTHING, RECEIVED_NEW_TICKET},
		{"Ann names a mail nobody knows", STR("ann@x.test"), TO_INBOX, NAMES_STRANGE, RECEIVED_NEW_TICKET},
	};
	(void)state;
	struct str forged = str_cat(t->c.a, STR("support+taaaaaaaaaaaaaaaaaaaaaaaaaa"), STR("@desk.test"));
	const struct str ids[] = {STR_NULL, STR("first@x.test"), story.answer_id, STR_NULL, STR("never@seen.test")};
	const struct str old[] = {STR("first@x.test"), STR("lost-1@x.test"), STR("lost-2@x.test")};
	const struct address to = {.address = story.token_address};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct receive_in in = {
			.from = {.address = cases[i].from},
			.subject = STR("Re: It does not work"),
			.text = STR("text"),
			.envelope_address = cases[i].to == TO_TOKEN    ? story.token_address
		                            : cases[i].to == TO_FORGED ? forged
		                                                       : STR_NULL,
			.in_reply_to = &ids[cases[i].names],
			.in_reply_to_n = !str_is_null(ids[cases[i].names]),
			.references = old,
			.references_n = cases[i].names == NAMES_OLD_REFERENCE ? 3 : 0,
			.to = &to,
			.to_n = cases[i].to == TO_HEADER_TOKEN,
		};
		struct receive_out out = deliver(in);
		if (out.what != cases[i].want || (out.what == RECEIVED_JOINED) != (out.ticket_id == story.ticket_id))
			test_fail(__FILE__, __LINE__, "%s: " STR_FMT, cases[i].what, STR_ARG(out.decision));
	}
}

static void a_subject_alone_joins_nothing(void **state)
{
	(void)state;
	struct receive_out out = deliver((struct receive_in){
		.from = {.address = STR("ann@x.test")},
		.subject = STR("Re: It does not work"),
		.text = STR("again"),
	});
	assert_int_equal(out.what, RECEIVED_NEW_TICKET);
	assert_int_not_equal(out.ticket_id, story.ticket_id);
}

static void a_reference_that_is_not_joined_is_told_with_the_decision(void **state)
{
	(void)state;
	struct receive_out out = deliver((struct receive_in){.from = {.address = STR("mallory@y.test")},
	                                                     .text = STR("x"),
	                                                     .in_reply_to = &story.answer_id,
	                                                     .in_reply_to_n = 1});
	assert_true(str_find(out.decision, STR("its sender takes no part in that conversation")) > 0);
}

static void a_mail_without_subject_or_text_opens_a_ticket(void **state)
{
	(void)state;
	struct receive_out out =
		deliver((struct receive_in){.from = {.address = STR("new@y.test")}, .html = STR("<p>Only HTML</p>")});
	struct object ticket = reload(&(struct object){.object_type = TYPE_TICKET, .id = out.ticket_id});
	assert_text(ticket.label, "(no subject)");
	assert_text(ticket.preview, "Only HTML");
}

static void close_ticket(void)
{
	struct object ticket = ticket_now();
	assert_ok(try_update(&ticket, PROPS(P("hs_pipeline_stage", "4"))));
	assert_true(ticket_now().is_closed);
}

static void an_answer_of_a_person_opens_a_closed_ticket_again(void **state)
{
	(void)state;
	close_ticket();
	deliver((struct receive_in){
		.from = {.address = STR("ann@x.test")}, .text = STR("still"), .envelope_address = story.token_address});
	assert_false(ticket_now().is_closed);
	assert_true(ticket_now().is_last_from_visitor);
}

static void an_answer_of_a_machine_joins_but_opens_nothing(void **state)
{
	(void)state;
	close_ticket();
	struct receive_out out = deliver((struct receive_in){.from = {.address = STR("ann@x.test")},
	                                                     .text = STR("I am away"),
	                                                     .envelope_address = story.token_address,
	                                                     .is_machine = true,
	                                                     .is_automatic = true});
	assert_int_equal(out.what, RECEIVED_JOINED);
	assert_true(ticket_now().is_closed);
	out = deliver((struct receive_in){
		.from = {.address = STR("robot@y.test")}, .text = STR("report"), .is_machine = true});
	assert_int_equal(out.what, RECEIVED_SET_ASIDE);
}

static void a_mail_from_the_desk_itself_is_set_aside_unless_it_is_wanted(void **state)
{
	(void)state;
	struct receive_in in = {.from = {.address = story.token_address}, .text = STR("loop")};
	assert_int_equal(deliver(in).what, RECEIVED_SET_ASIDE);
	in.from.address = STR("Support@desk.test");
	assert_int_equal(deliver(in).what, RECEIVED_SET_ASIDE);
	in.is_forced = true;
	assert_int_equal(deliver(in).what, RECEIVED_NEW_TICKET);
}

/* The messages of Ann's ticket. */
static enum err read_messages(struct ctx *c, void *arg)
{
	return desk_messages(c, story.ticket_id, INT64_MAX, 50, arg);
}

static void a_mail_that_came_back_marks_its_delivery_and_opens_nothing(void **state)
{
	struct message_set set;
	(void)state;
	struct receive_out out = deliver((struct receive_in){
		.from = {.address = STR("mailer-daemon@x.test")},
		.text = STR("sorry"),
		.is_machine = true,
		.bounce_of = story.answer_id,
		.bounce_address = STR("bob@x.test"),
		.bounce_why = STR("550 no such user"),
	});
	assert_int_equal(out.what, RECEIVED_BOUNCE);
	assert_ok(test_read(t, read_messages, &set));
	assert_int_equal(set.n, 2);
	assert_text(set.messages[1].state, "FAILED");
	assert_int_equal(set.delivery_n, 2);
	assert_text(set.deliveries[0].address, "ann@x.test");
	assert_text(set.deliveries[0].state, "WAITING");
	assert_text(set.deliveries[1].state, "FAILED");
	assert_text(set.deliveries[1].last_error, "550 no such user");
}

static void hostile_html_is_clean_before_it_is_kept(void **state)
{
	struct message_set set;
	(void)state;
	deliver((struct receive_in){.from = {.address = STR("ann@x.test")}, .envelope_address = story.token_address,
	                            .html = STR("<p onclick=x>Hi<script>alert(1)</script>")});
	assert_ok(test_read(t, read_messages, &set));
	assert_int_equal(set.n, 3);
	assert_int_equal(str_find(set.messages[2].html, STR("script")), -1);
	assert_int_equal(str_find(set.messages[2].html, STR("onclick")), -1);
	assert_text(set.messages[2].text, "Hi");
}

static void an_inline_data_image_becomes_a_file(void **state)
{
	struct message_set set;
	(void)state;
	deliver((struct receive_in){
		.from = {.address = STR("ann@x.test")},
		.envelope_address = story.token_address,
		.html = STR("<p>see <img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"></p>")});
	assert_ok(test_read(t, read_messages, &set));
	assert_int_equal(set.attachment_n, 1);
	assert_text(set.attachments[0].content_type, "image/gif");
	assert_true(set.attachments[0].is_inline);
	assert_int_equal(set.attachments[0].size_bytes, 14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORY_TEST(the_first_mail_opens_a_ticket_with_its_sender_as_contact),
		STORY_TEST(each_mail_joins_or_opens_as_it_should),
		STORY_TEST(a_subject_alone_joins_nothing),
		STORY_TEST(a_reference_that_is_not_joined_is_told_with_the_decision),
		STORY_TEST(a_mail_without_subject_or_text_opens_a_ticket),
		STORY_TEST(an_answer_of_a_person_opens_a_closed_ticket_again),
		STORY_TEST(an_answer_of_a_machine_joins_but_opens_nothing),
		STORY_TEST(a_mail_from_the_desk_itself_is_set_aside_unless_it_is_wanted),
		STORY_TEST(a_mail_that_came_back_marks_its_delivery_and_opens_nothing),
		STORY_TEST(hostile_html_is_clean_before_it_is_kept),
		STORY_TEST(an_inline_data_image_becomes_a_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
