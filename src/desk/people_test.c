#include "desk/desk_test_int.h"
#include "desk/token.h"

static struct signed_in admin; /* what the last sign-in gave */

struct user_work {
	struct user_in in;
	struct str hash;
	struct user user;
};

static enum err create_user(struct ctx *c, void *arg)
{
	struct user_work *w = arg;
	return desk_user_create(c, &w->in, w->hash, &w->user);
}

static enum err add_user(const char *email, const char *password, enum role role)
{
	struct user_work w = {.in = {.email = str_c(email), .password = str_c(password), .role = role}};
	fail_clear(&t->c);
	TRY(desk_user_check(&t->c, &w.in, &w.hash));
	return test_write(t, create_user, &w);
}

static enum err sign_in(const char *email, const char *password, const char *peer)
{
	const struct sign_in in = {str_c(email), str_c(password), str_c(peer)};
	fail_clear(&t->c);
	return desk_sign_in(&t->c, &in, &admin);
}

static int people_set_up(void **state)
{
	desk_set_up(state);
	assert_ok(add_user("Boss@Desk.test", "correct horse", ROLE_SUPER_ADMIN));
	return 0;
}

#define PEOPLE_TEST(fn) cmocka_unit_test_setup_teardown(fn, people_set_up, desk_tear_down)

struct asking {
	struct str token;
	struct actor who;
	bool extend;
};

static enum err ask_session(struct ctx *c, void *arg)
{
	struct asking *a = arg;
	return desk_actor_of_session(c, a->token, &a->who, &a->extend);
}

static enum err ask_token(struct ctx *c, void *arg)
{
	struct asking *a = arg;
	return desk_actor_of_token(c, a->token, &a->who);
}

static void signing_in_gives_a_session_that_is_known_again(void **state)
{
	struct asking a = {0};
	(void)state;
	assert_ok(sign_in(" BOSS@desk.test ", "correct horse", "10.0.0.1"));
	assert_text(admin.user.email, "boss@desk.test");
	assert_true(admin.owner_id > 0);
	a.token = admin.token;
	assert_ok(test_read(t, ask_session, &a));
	assert_int_equal(a.who.kind, ACTOR_USER);
	assert_int_equal(a.who.user_id, admin.user.id);
	assert_int_equal(a.who.owner_id, admin.owner_id);
	assert_int_equal(a.who.role, ROLE_SUPER_ADMIN);
	assert_true(a.who.session_id > 0);
	assert_false(a.extend);
	a.token = STR("some other token");
	assert_int_equal(test_read(t, ask_session, &a), ERR_NOT_SIGNED_IN);
}

static void a_wrong_password_and_an_unknown_address_are_told_alike(void **state)
{
	(void)state;
	assert_int_equal(sign_in("boss@desk.test", "wrong horse!", "10.0.0.1"), ERR_NOT_SIGNED_IN);
	struct str one = t->c.why.detail;
	assert_int_equal(sign_in("nobody@desk.test", "wrong horse!", "10.0.0.1"), ERR_NOT_SIGNED_IN);
	assert_true(str_eq(one, t->c.why.detail));
	assert_int_equal(sign_in("\xff", "wrong horse!", "10.0.0.1"), ERR_NOT_SIGNED_IN);
	assert_true(str_eq(one, t->c.why.detail));
}

static void after_ten_failures_an_account_waits_for_a_quarter_of_an_hour(void **state)
{
	(void)state;
	for (int i = 0; i < MAX_FAILURES; i++)
		assert_int_equal(sign_in(i % 2 ? " boss@desk.test" : "BOSS@desk.test  ", "wrong horse!", "10.0.0.1"),
		                 ERR_NOT_SIGNED_IN);
	assert_int_equal(sign_in("boss@desk.test", "correct horse", "10.0.0.2"), ERR_TOO_MANY);
	assert_ok(add_user("other@desk.test", "other horse", ROLE_AGENT));
	assert_ok(sign_in("other@desk.test", "other horse", "10.0.0.1"));
	t->c.now += MINUTES(FAILURE_WINDOW_MINUTES);
	assert_ok(sign_in("boss@desk.test", "correct horse", "10.0.0.1"));
}

static void a_success_forgets_the_failures_before_it(void **state)
{
	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < MAX_FAILURES - 1; i++)
			assert_int_equal(sign_in("boss@desk.test", "wrong horse!", "10.0.0.1"), ERR_NOT_SIGNED_IN);
		assert_ok(sign_in("boss@desk.test", "correct horse", "10.0.0.1"));
	}
}

static enum err sign_out(struct ctx *c, void *arg)
{
	(void)arg;
	return desk_sign_out(c);
}

static enum err extend(struct ctx *c, void *arg)
{
	return desk_session_extend(c, *(int64_t *)arg);
}

static void a_session_ends_by_signing_out_or_two_weeks_after_its_last_use(void **state)
{
	(void)state;
	assert_ok(sign_in("boss@desk.test", "correct horse", "10.0.0.1"));
	struct asking a = {.token = admin.token};
	t->c.now += DAYS(2);
	assert_ok(test_read(t, ask_session, &a));
	assert_true(a.extend);
	assert_ok(test_write(t, extend, &a.who.session_id));
	t->c.now += DAYS(SESSION_DAYS);
	assert_ok(test_read(t, ask_session, &a));
	t->c.now += 1;
	assert_int_equal(test_read(t, ask_session, &a), ERR_EXPIRED);

	assert_ok(sign_in("boss@desk.test", "correct horse", "10.0.0.1"));
	a.token = admin.token;
	assert_ok(test_read(t, ask_session, &a));
	t->c.who = a.who;
	assert_ok(test_write(t, sign_out, NULL));
	assert_int_equal(test_read(t, ask_session, &a), ERR_NOT_SIGNED_IN);
}

struct token_work {
	const char *email;
	struct str token;
};

static enum err create_token(struct ctx *c, void *arg)
{
	struct token_work *w = arg;
	const struct token_in in = {.email = str_c(w->email), .name = STR("test"), .scopes = STR("tickets,settings")};
	struct token made;
	return desk_token_create(c, &in, &made, &w->token);
}

static void a_token_acts_for_its_user_within_its_scopes(void **state)
{
	struct token_work w = {.email = "Boss@desk.test"};
	struct asking a = {0};
	(void)state;
	assert_ok(test_write(t, create_token, &w));
	assert_true(str_starts(w.token, STR("bellhop_")));
	a.token = w.token;
	assert_ok(test_read(t, ask_token, &a));
	assert_int_equal(a.who.role, ROLE_SUPER_ADMIN);
	assert_text(a.who.scopes, "tickets,settings");
	assert_int_equal(a.who.session_id, 0);
	a.token = str_cat(t->c.a, w.token, STR("x"));
	assert_int_equal(test_read(t, ask_token, &a), ERR_NOT_SIGNED_IN);
	a.token = w.token;
	assert_int_equal(test_read(t, ask_session, &a), ERR_NOT_SIGNED_IN);
	w.email = "nobody@desk.test";
	assert_int_equal(test_write(t, create_token, &w), ERR_NOT_FOUND);
}

static void an_agent_makes_neither_users_nor_tokens(void **state)
{
	struct token_work w = {.email = "boss@desk.test"};
	(void)state;
	t->c.who = desk.agent;
	assert_int_equal(add_user("new@desk.test", "some password", ROLE_SUPER_ADMIN), ERR_NOT_ALLOWED);
	assert_int_equal(test_write(t, create_token, &w), ERR_NOT_ALLOWED);
}

static void a_user_needs_an_address_of_his_own_and_a_password(void **state)
{
	static const struct {
		const char *email, *password, *field;
	} cases[] = {
		{"no address", "some password", "email"},
		{"", "some password", "email"},
		{"new@desk.test", "short", "password"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(add_user(cases[i].email, cases[i].password, ROLE_AGENT), ERR_BAD_INPUT);
		assert_text(t->c.why.fields->field, cases[i].field);
	}
	assert_int_equal(add_user("BOSS@desk.test", "some password", ROLE_AGENT), ERR_CONFLICT);
}

static enum err read_hash(struct ctx *c, void *arg)
{
	struct user u;
	TRY(user_by_email(c, STR("boss@desk.test"), &u));
	*(struct str *)arg = u.password_hash;
	return OK;
}

static void a_password_is_kept_as_a_hash_only(void **state)
{
	struct str hash;
	(void)state;
	assert_ok(test_read(t, read_hash, &hash));
	assert_true(str_starts(hash, STR("$argon2id$")));
	assert_int_equal(str_find(hash, STR("correct horse")), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PEOPLE_TEST(signing_in_gives_a_session_that_is_known_again),
		PEOPLE_TEST(a_wrong_password_and_an_unknown_address_are_told_alike),
		PEOPLE_TEST(after_ten_failures_an_account_waits_for_a_quarter_of_an_hour),
		PEOPLE_TEST(a_success_forgets_the_failures_before_it),
		PEOPLE_TEST(a_session_ends_by_signing_out_or_two_weeks_after_its_last_use),
		PEOPLE_TEST(a_token_acts_for_its_user_within_its_scopes),
		PEOPLE_TEST(an_agent_makes_neither_users_nor_tokens),
		PEOPLE_TEST(a_user_needs_an_address_of_his_own_and_a_password),
		PEOPLE_TEST(a_password_is_kept_as_a_hash_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
