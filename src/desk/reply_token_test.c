#include "base/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "base/ctx.h"
#include "desk/env.h"
#include "desk/reply_token.h"

static struct ctx c;
static struct env env;

static int set_up(void **state)
{
	(void)state;
	crypt_start();
	env = (struct env){.sign_key = STR("0123456789abcdefghijklmnopqrstuv")};
	c = (struct ctx){.a = arena_open(64 << 20), .env = &env};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_close(c.a);
	return 0;
}

static struct str exact(struct str s)
{
	char *p = malloc(s.n ? s.n : 1);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	arena_defer(c.a, free, p);
	return (struct str){p, s.n};
}

/* The ticket that an address names; 0: none. */
static int64_t read_token(struct str address)
{
	int64_t id = 0;
	return reply_token_read(&c, exact(address), &id) ? id : 0;
}

static void a_token_names_its_ticket(void **state)
{
	(void)state;
	static const int64_t ids[] = {1, 2, 255, 256, 4711, ((int64_t)1 << 32) + 1, ((int64_t)1 << 48) - 1};
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		struct str address = reply_token_add(&c, exact(STR("support@desk.test")), ids[i]);
		assert_true(str_starts(address, STR("support+t")));
		assert_true(str_ends(address, STR("@desk.test")));
		assert_int_equal(read_token(address), ids[i]);
		assert_true(str_eq(reply_token_strip(&c, exact(address)), STR("support@desk.test")));
	}
}

static void a_token_survives_a_change_of_case(void **state)
{
	(void)state;
	struct str address = reply_token_add(&c, STR("support@desk.test"), 4711), upper = str_dup(c.a, address);
	for (size_t i = 0; i < upper.n; i++)
		if (upper.p[i] >= 'a' && upper.p[i] <= 'z')
			((char *)(uintptr_t)upper.p)[i] -= 32;
	assert_false(str_eq(upper, address));
	assert_int_equal(read_token(upper), 4711);
}

/* Every bit of every letter of the token; those that only change a letter's case leave it as it is. */
static void a_token_with_one_other_bit_names_nothing(void **state)
{
	(void)state;
	struct str address = str_dup(c.a, reply_token_add(&c, STR("s@desk.test"), 4711));
	size_t at = (size_t)str_find_byte(address, '@');
	char *bytes = (char *)(uintptr_t)address.p;
	for (size_t i = 3; i < at; i++)
		for (int bit = 0; bit < 8; bit++) {
			char before = bytes[i];
			bytes[i] = (char)(before ^ 1 << bit);
			bool is_same = (before | 32) == (bytes[i] | 32) && before >= 'a';
			assert_int_equal(read_token(address), is_same ? 4711 : 0);
			bytes[i] = before;
		}
	assert_int_equal(read_token(address), 4711);
}

static void any_other_letter_in_any_place_names_nothing(void **state)
{
	(void)state;
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	struct str address = str_dup(c.a, reply_token_add(&c, STR("s@desk.test"), 1));
	char *bytes = (char *)(uintptr_t)address.p;
	for (size_t i = 3; bytes[i] != '@'; i++) {
		char before = bytes[i];
		for (const char *digit = digits; *digit; digit++) {
			bytes[i] = *digit;
			assert_int_equal(read_token(address), *digit == before ? 1 : 0);
		}
		bytes[i] = before;
	}
}

static void the_proof_of_one_ticket_is_none_for_another(void **state)
{
	(void)state;
	struct str one = str_dup(c.a, reply_token_add(&c, STR("s@desk.test"), 1));
	struct str two = reply_token_add(&c, STR("s@desk.test"), 2);
	/* the id is the first ten letters: those of ticket 2 before the proof of ticket 1 */
	memcpy((char *)(uintptr_t)one.p + 3, two.p + 3, 10);
	assert_int_equal(read_token(one), 0);
	env.sign_key = STR("another key of thirty-two bytes.");
	assert_int_equal(read_token(two), 0);
}

static void an_address_that_would_be_too_long_carries_no_token(void **state)
{
	(void)state;
	char local[80];
	memset(local, 'a', sizeof(local));
	for (int n = 1; n < 70; n++) {
		struct str address = str_fmt(c.a, "%.*s@desk.test", n, local);
		struct str with = reply_token_add(&c, address, 7);
		ptrdiff_t at = str_find_byte(with, '@');
		bool fits = n + 28 <= 64;
		assert_int_equal(str_eq(with, address), !fits);
		assert_true(!fits || at <= 64);
		assert_int_equal(read_token(with), fits ? 7 : 0);
	}
	assert_true(str_eq(reply_token_add(&c, STR("s@x.test"), (int64_t)1 << 48), STR("s@x.test")));
}

static void an_inbox_with_a_plus_sign_of_its_own_has_tokens_too(void **state)
{
	(void)state;
	struct str address = reply_token_add(&c, STR("me+help@desk.test"), 7);
	assert_int_equal(read_token(address), 7);
	assert_true(str_eq(reply_token_strip(&c, address), STR("me+help@desk.test")));
}

static void what_is_no_token_names_nothing(void **state)
{
	(void)state;
	static const struct str cases[] = {
		STR(""),
		STR("@"),
		STR("support"),
		STR("support@desk.test"),
		STR("support+@desk.test"),
		STR("support+t@desk.test"),
		STR("support+taaaaaaaaaaaaaaaaaaaaaaaaaa@desk.test"),
		STR("support+sales@desk.test"),
		STR("+t@"),
		STR("a@b+t@c"),
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(read_token(cases[i]), 0);
	assert_true(str_eq(reply_token_strip(&c, STR("support@desk.test")), STR("support@desk.test")));
	assert_true(str_eq(reply_token_strip(&c, STR("+x@desk.test")), STR("+x@desk.test")));
	assert_true(str_eq(reply_token_strip(&c, STR("no sign")), STR("no sign")));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_token_names_its_ticket),
		TEST(a_token_survives_a_change_of_case),
		TEST(a_token_with_one_other_bit_names_nothing),
		TEST(any_other_letter_in_any_place_names_nothing),
		TEST(the_proof_of_one_ticket_is_none_for_another),
		TEST(an_address_that_would_be_too_long_carries_no_token),
		TEST(an_inbox_with_a_plus_sign_of_its_own_has_tokens_too),
		TEST(what_is_no_token_names_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
