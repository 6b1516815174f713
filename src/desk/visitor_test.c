#include "desk/visitor.h"

#include "desk/desk_test_int.h"

struct visit {
	struct visitor who;
	struct str token;
	struct visitor known;
};

static enum err make(struct ctx *c, void *arg)
{
	struct visit *v = arg;
	return desk_visitor_token(c, &v->who, &v->token);
}

static enum err know(struct ctx *c, void *arg)
{
	struct visit *v = arg;
	return desk_visitor_of_token(c, v->token, &v->known);
}

static struct visit made(void)
{
	struct visit v = {.who = {STR(" Vera@Customer.test "), STR("Vera \"V\""), STR("Ångström")}};
	assert_ok(test_read(t, make, &v));
	return v;
}

static void a_visitor_is_known_by_his_token_for_twelve_hours(void **state)
{
	struct visit v = made();
	(void)state;
	t->c.now = TEST_NOW + HOURS(VISITOR_HOURS) - 1;
	assert_ok(test_read(t, know, &v));
	assert_text(v.known.email, "vera@customer.test");
	assert_text(v.known.first_name, "Vera \"V\"");
	assert_text(v.known.last_name, "Ångström");
	t->c.now = TEST_NOW + HOURS(VISITOR_HOURS);
	assert_int_equal(test_read(t, know, &v), ERR_EXPIRED);
}

static void names_may_be_missing(void **state)
{
	struct visit v = {.who = {.email = STR("a@customer.test")}};
	(void)state;
	assert_ok(test_read(t, make, &v));
	assert_ok(test_read(t, know, &v));
	assert_text(v.known.email, "a@customer.test");
	assert_true(str_is_null(v.known.first_name));
}

static void each_byte_that_is_changed_is_noticed(void **state)
{
	struct visit v = made();
	struct str whole = v.token;
	(void)state;
	for (size_t i = 0; i < whole.n; i++) {
		char *text = arena_alloc(t->c.a, whole.n);
		memcpy(text, whole.p, whole.n);
		text[i] = text[i] == 'A' ? 'B' : 'A';
		v.token = (struct str){text, whole.n};
		/* the last digit of a base64 text may hold bits that mean nothing */
		if (test_read(t, know, &v) == OK && i != whole.n - 1)
			test_fail(__FILE__, __LINE__, "byte %zu", i);
	}
	for (size_t n = 0; n < whole.n; n++) {
		v.token = str_head(whole, n);
		assert_int_equal(test_read(t, know, &v), ERR_NOT_SIGNED_IN);
	}
}

static void a_token_of_another_key_or_for_another_purpose_is_none(void **state)
{
	static const char other[33] = "another-key-another-key-another-";
	struct visit v = made();
	struct str key = desk.env.sign_key;
	(void)state;
	desk.env.sign_key = (struct str){other, 32};
	assert_int_equal(test_read(t, know, &v), ERR_NOT_SIGNED_IN);
	desk.env.sign_key = key;
	assert_ok(test_read(t, know, &v));

	struct str rest = v.token;
	struct str body = str_cut(&rest, STR("."));
	struct str bare = crypt_base64url(t->c.a, crypt_mac(t->c.a, key, body));
	v.token = str_fmt(t->c.a, STR_FMT "." STR_FMT, STR_ARG(body), STR_ARG(bare));
	assert_int_equal(test_read(t, know, &v), ERR_NOT_SIGNED_IN);
	static const char *const nonsense[] = {"", ".", "..", "a.b", "e30.e30", "....."};
	for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
		v.token = str_c(nonsense[i]);
		assert_int_equal(test_read(t, know, &v), ERR_NOT_SIGNED_IN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(a_visitor_is_known_by_his_token_for_twelve_hours),
		DESK_TEST(names_may_be_missing),
		DESK_TEST(each_byte_that_is_changed_is_noticed),
		DESK_TEST(a_token_of_another_key_or_for_another_purpose_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
