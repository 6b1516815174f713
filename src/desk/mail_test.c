/* The administrator's side of mail: whose address it is, what comes twice, the relay and the outbox, mailboxes, quarantine. */

#include "desk/desk_test_int.h"

struct account_work {
	struct str address;
	struct channel_account out;
};

static enum err find_account(struct ctx *c, void *arg)
{
	struct account_work *w = arg;
	return desk_account_of_address(c, w->address, &w->out);
}

static enum err make_inbox(struct ctx *c, void *arg)
{
	struct channel_account account;
	return desk_inbox_create(c, STR("Help"), *(struct str *)arg, &account);
}

static void mail_belongs_to_the_inbox_whose_address_it_has_with_or_without_an_extension(void **state)
{
	static const struct {
		const char *address, *account; /* NULL: nobody's */
	} cases[] = {
		{"support@desk.test", "support@desk.test"},
		{"SUPPORT@Desk.test", "support@desk.test"},
		{"support+sales@desk.test", "support@desk.test"},
		{"support+a+b@desk.test", "support@desk.test"},
		{"me+help@desk.test", "me+help@desk.test"},
		{"me+help+tabc@desk.test", "me+help@desk.test"},
		{"me@desk.test", NULL},
		{"me+other@desk.test", NULL},
		{"support@other.test", NULL},
		{"support", NULL},
		{"", NULL},
	};
	struct str second = STR("me+help@desk.test");
	(void)state;
	assert_ok(test_write(t, make_inbox, &second));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct account_work w = {.address = str_c(cases[i].address)};
		enum err e = test_read(t, find_account, &w);
		assert_int_equal(e, cases[i].account ? OK : ERR_NOT_FOUND);
		if (e == OK)
			assert_text(w.out.address, cases[i].account);
	}
	assert_int_equal(test_write(t, make_inbox, &second), ERR_CONFLICT);
	second = STR("no address");
	assert_int_equal(test_write(t, make_inbox, &second), ERR_BAD_INPUT);
}

/* What came in ------------------------------------------------------------------------------------------------------ */

struct note_work {
	struct source_in in;
	int64_t id;
};

static enum err note_source(struct ctx *c, void *arg)
{
	struct note_work *w = arg;
	return desk_source_note(c, &w->in, &w->id);
}

static int64_t take(const char *raw)
{
	struct note_work w = {.in = {.channel = STR("lmtp"), .channel_account_id = desk.account.id,
	                             .address = STR("support@desk.test"), .raw = str_c(raw)}};
	assert_ok(desk_source_store(&t->c, &w.in));
	assert_ok(test_write(t, note_source, &w));
	return w.id;
}

static enum err count_health(struct ctx *c, void *arg)
{
	return desk_mail_health(c, arg);
}

static void the_same_mail_over_another_path_is_known_again_and_another_is_not(void **state)
{
	struct mail_health health;
	(void)state;
	int64_t first = take("Message-ID: <a@x>\r\nSubject: s\r\n\r\nbody\r\n");
	assert_int_equal(take("Received: from here\r\nMessage-ID: <a@x>\r\nSubject: s\r\n\r\nbody\r\n"), first);
	assert_int_not_equal(take("Message-ID: <b@x>\r\nSubject: s\r\n\r\nbody\r\n"), first);
	assert_int_not_equal(take("Message-ID: <a@x>\r\nSubject: s\r\n\r\nanother body\r\n"), first);
	int64_t nameless = take("Subject: s\r\n\r\nbody\r\n");
	assert_int_not_equal(nameless, first);
	assert_int_equal(take("Subject: s\r\n\r\nbody\r\n"), nameless);
	assert_ok(test_read(t, count_health, &health));
	assert_int_equal(health.jobs_waiting, 4);
}

struct source_work {
	int64_t id;
	const char *state;
	struct mail_source source;
};

static enum err settle_source(struct ctx *c, void *arg)
{
	struct source_work *w = arg;
	TRY(desk_source_load(c, w->id, &w->source));
	return desk_source_done(c, &w->source, str_c(w->state), STR("because"));
}

static enum err retry_source(struct ctx *c, void *arg)
{
	struct source_work *w = arg;
	return desk_quarantine_retry(c, w->id, &w->source);
}

static enum err load_source_bytes(struct ctx *c, void *arg)
{
	struct source_work *w = arg;
	struct str bytes;
	TRY(desk_source_load(c, w->id, &w->source));
	TRY(desk_source_bytes(c, &w->source, &bytes));
	return str_eq(bytes, STR("Subject: s\r\n\r\nbad\r\n")) ? OK : fail(c, ERR_INTERNAL, "other bytes");
}

static void a_quarantined_mail_keeps_its_source_and_can_be_read_again(void **state)
{
	struct source_work w = {.id = take("Subject: s\r\n\r\nbad\r\n"), .state = "QUARANTINED"};
	struct mail_health health;
	(void)state;
	assert_int_equal(test_write(t, retry_source, &w), ERR_CONFLICT);
	assert_ok(test_write(t, settle_source, &w));
	assert_ok(test_read(t, load_source_bytes, &w));
	assert_ok(test_read(t, count_health, &health));
	assert_int_equal(health.quarantined, 1);
	assert_ok(test_write(t, retry_source, &w));
	assert_text(w.source.state, "NEW");
	t->c.who = desk.agent;
	assert_int_equal(test_read(t, load_source_bytes, &w), ERR_NOT_ALLOWED);
}

/* Relay and outbox -------------------------------------------------------------------------------------------------- */

static enum err set_relay(struct ctx *c, void *arg)
{
	return desk_relay_set(c, arg);
}

static void a_relay_is_an_smtp_address_without_a_password_in_it(void **state)
{
	static const struct {
		const char *url;
		bool is_fine;
	} cases[] = {
		{"smtp://mail.test:587", true}, {"smtps://mail.test:465", true}, {"smtp://[::1]:25", true}, {"", true},
		{"http://mail.test", false}, {"mail.test:587", false}, {"smtp://", false}, {"smtps://", false},
		{"smtp://user:pw@mail.test", false}, {"smtp://mail test", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct relay_in in = {.url = str_c(cases[i].url)};
		assert_int_equal(test_write(t, set_relay, &in), cases[i].is_fine ? OK : ERR_BAD_INPUT);
	}
	t->c.who = desk.agent;
	assert_int_equal(test_write(t, set_relay, &(struct relay_in){.url = STR("smtp://mail.test")}), ERR_NOT_ALLOWED);
}

struct reply_work {
	int64_t ticket_id;
	struct message message;
	struct message_set set;
};

static enum err reply(struct ctx *c, void *arg)
{
	struct reply_work *w = arg;
	const struct address to = {.address = STR("ann@x.test")};
	const struct reply_in in = {.ticket_id = w->ticket_id,
	                            .text = STR("Hello"),
	                            .to = &to,
	                            .to_n = 1,
	                            .has_recipients = true,
	                            .client_type = STR("HUBSPOT")};
	return desk_reply(c, &in, &w->message);
}

static enum err read_set(struct ctx *c, void *arg)
{
	struct reply_work *w = arg;
	return desk_message(c, w->message.id, &w->set);
}

static struct outbox delivery_of(struct reply_work *w)
{
	assert_ok(test_read(t, read_set, w));
	assert_int_equal(w->set.delivery_n, 1);
	return w->set.deliveries[0];
}

static void a_reply_waits_until_there_is_a_relay_and_is_queued_then(void **state)
{
	struct reply_work w = {.ticket_id = new_ticket("s").id};
	(void)state;
	assert_ok(test_write(t, reply, &w));
	assert_text(w.message.state, "WAITING");
	assert_text(delivery_of(&w).state, "WAITING");
	assert_ok(test_write(t, set_relay,
	                     &(struct relay_in){.url = STR("smtp://mail.test"), .password = STR("secret")}));
	assert_text(delivery_of(&w).state, "QUEUED");
	assert_text(w.set.messages[0].state, "QUEUED");
	struct reply_work next = {.ticket_id = w.ticket_id};
	assert_ok(test_write(t, reply, &next));
	assert_text(next.message.state, "QUEUED");
}

struct outcome {
	int64_t outbox_id;
	enum err result;
	struct str reply;
	int64_t next_try_at;
};

static enum err note_outcome(struct ctx *c, void *arg)
{
	struct outcome *o = arg;
	return desk_outgoing_note(c, o->outbox_id, o->result, o->reply, &o->next_try_at);
}

static void a_mail_is_tried_for_two_days_and_then_given_up(void **state)
{
	struct reply_work w = {.ticket_id = new_ticket("s").id};
	int64_t began = TEST_NOW;
	(void)state;
	assert_ok(test_write(t, set_relay, &(struct relay_in){.url = STR("smtp://mail.test")}));
	assert_ok(test_write(t, reply, &w));
	struct outcome o = {.outbox_id = delivery_of(&w).id, .result = ERR_OUTSIDE, .reply = STR("451 later")};
	for (int i = 1; i < MAX_SEND_TRIES; i++) {
		assert_ok(test_write(t, note_outcome, &o));
		struct outbox row = delivery_of(&w);
		assert_text(row.state, "QUEUED");
		assert_text(row.last_error, "451 later");
		assert_int_equal(row.tries, i);
		assert_int_equal(row.next_try_at, o.next_try_at);
		assert_true(o.next_try_at - t->c.now >= MINUTES(1) && o.next_try_at - t->c.now <= HOURS(4));
		t->c.now = o.next_try_at;
	}
	assert_true(t->c.now - began > DAYS(1) && t->c.now - began < DAYS(3));
	assert_ok(test_write(t, note_outcome, &o));
	assert_int_equal(o.next_try_at, 0);
	assert_text(delivery_of(&w).state, "FAILED");
	assert_text(w.set.messages[0].state, "FAILED");
}

static void a_refusal_for_good_is_final_and_a_success_is_sent(void **state)
{
	struct reply_work w = {.ticket_id = new_ticket("s").id};
	(void)state;
	assert_ok(test_write(t, set_relay, &(struct relay_in){.url = STR("smtp://mail.test")}));
	assert_ok(test_write(t, reply, &w));
	struct outcome o = {.outbox_id = delivery_of(&w).id, .result = ERR_REFUSED, .reply = STR("550 no such user")};
	assert_ok(test_write(t, note_outcome, &o));
	assert_int_equal(o.next_try_at, 0);
	assert_text(delivery_of(&w).state, "FAILED");
	o.result = OK;
	o.reply = STR("250 taken");
	assert_ok(test_write(t, note_outcome, &o));
	assert_text(delivery_of(&w).state, "SENT");
	assert_text(w.set.messages[0].state, "SENT");
	assert_true(str_is_null(delivery_of(&w).last_error));
}

/* Mailboxes --------------------------------------------------------------------------------------------------------- */

struct mailbox_work {
	struct mailbox_in in;
	struct mailbox out;
	struct str password;
};

static enum err create_mailbox(struct ctx *c, void *arg)
{
	struct mailbox_work *w = arg;
	TRY(desk_mailbox_create(c, &w->in, &w->out));
	return desk_mailbox_password(c, &w->out, &w->password);
}

static struct mailbox_in good_mailbox(void)
{
	return (struct mailbox_in){.inbox_id = desk.account.inbox_id,
	                           .host = STR("imap.test"),
	                           .port = 993,
	                           .security = STR("tls"),
	                           .username = STR("me"),
	                           .password = STR("secret"),
	                           .folder = STR("INBOX"),
	                           .is_active = true};
}

static void a_mailbox_is_checked_field_by_field(void **state)
{
	static const struct {
		const char *host, *security, *username, *field; /* NULL: taken */
		int port;
	} cases[] = {
		{"imap.test", "tls", "me", NULL, 993},
		{"localhost", "none", "me", NULL, 143},
		{"127.0.0.1", "none", "me", NULL, 143},
		{"127.evil.test", "none", "me", "security", 143},
		{"imap.test", "none", "me", "security", 143},
		{"imap.test", "ssl", "me", "security", 993},
		{"imap.test/../x", "tls", "me", "host", 993},
		{"", "tls", "me", "host", 993},
		{"imap.test", "tls", "me", "port", 0},
		{"imap.test", "tls", "me", "port", 65536},
		{"imap.test", "tls", "", "username", 993},
		{"imap.test", "tls", "a\r\nb", "username", 993},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mailbox_work w = {.in = good_mailbox()};
		w.in.host = str_c(cases[i].host);
		w.in.security = str_c(cases[i].security);
		w.in.username = str_c(cases[i].username);
		w.in.port = cases[i].port;
		assert_int_equal(test_write(t, create_mailbox, &w), cases[i].field ? ERR_BAD_INPUT : OK);
		if (cases[i].field)
			assert_text(t->c.why.fields->field, cases[i].field);
	}
}

static void a_mailbox_password_is_sealed_with_the_key_of_the_data_directory(void **state)
{
	struct mailbox_work w = {.in = good_mailbox()};
	(void)state;
	assert_ok(test_write(t, create_mailbox, &w));
	assert_text(w.password, "secret");
	assert_int_equal(str_find(w.out.password_sealed, STR("secret")), -1);
	desk.env.seal_key = STR("another key of thirty-two bytes.");
	fail_clear(&t->c);
	assert_int_equal(desk_mailbox_password(&t->c, &w.out, &w.password), ERR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(mail_belongs_to_the_inbox_whose_address_it_has_with_or_without_an_extension),
		DESK_TEST(the_same_mail_over_another_path_is_known_again_and_another_is_not),
		DESK_TEST(a_quarantined_mail_keeps_its_source_and_can_be_read_again),
		DESK_TEST(a_relay_is_an_smtp_address_without_a_password_in_it),
		DESK_TEST(a_reply_waits_until_there_is_a_relay_and_is_queued_then),
		DESK_TEST(a_mail_is_tried_for_two_days_and_then_given_up),
		DESK_TEST(a_refusal_for_good_is_final_and_a_success_is_sent),
		DESK_TEST(a_mailbox_is_checked_field_by_field),
		DESK_TEST(a_mailbox_password_is_sealed_with_the_key_of_the_data_directory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
