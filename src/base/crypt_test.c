#include "base/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/ctx.h"
#include "base/rand.h"

static struct ctx c;

static int set_up(void **state)
{
	(void)state;
	crypt_start();
	c = (struct ctx){.a = arena_open(16 << 20)};
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

static struct str random_bytes(size_t n)
{
	char *p = arena_alloc(c.a, n);
	rand_bytes(p, n);
	return exact((struct str){p, n});
}

static void base32_is_that_of_rfc_4648_in_lower_case_without_padding(void **state)
{
	(void)state;
	static const struct {
		struct str bytes, text;
	} cases[] = {
		{STR(""), STR("")}, {STR("f"), STR("my")}, {STR("fo"), STR("mzxq")}, {STR("foo"), STR("mzxw6")},
		{STR("foob"), STR("mzxw6yq")}, {STR("fooba"), STR("mzxw6ytb")}, {STR("foobar"), STR("mzxw6ytboi")},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str back;
		assert_true(str_eq(crypt_base32(c.a, exact(cases[i].bytes)), cases[i].text));
		assert_true(crypt_from_base32(c.a, exact(cases[i].text), &back));
		assert_true(str_eq(back, cases[i].bytes));
	}
}

static void any_bytes_survive_base32_and_base64url(void **state)
{
	(void)state;
	for (size_t n = 0; n < 200; n++) {
		struct str bytes = random_bytes(n), back, upper;
		struct str text = crypt_base32(c.a, bytes);
		assert_true(crypt_from_base32(c.a, exact(text), &back));
		assert_true(str_eq(back, bytes));
		upper = str_dup(c.a, text);
		for (size_t i = 0; i < upper.n; i++)
			((char *)(uintptr_t)upper.p)[i] = (char)(text.p[i] >= 'a' ? text.p[i] - 32 : text.p[i]);
		assert_true(crypt_from_base32(c.a, upper, &back));
		assert_true(str_eq(back, bytes));
		assert_true(crypt_from_base64url(c.a, exact(crypt_base64url(c.a, bytes)), &back));
		assert_true(str_eq(back, bytes));
	}
}

static void what_is_no_base32_or_base64url_is_refused(void **state)
{
	(void)state;
	/* mz: bits left over that are not zero; m, mzx: lengths that no bytes have */
	static const struct str bad32[] = {STR("m1"), STR("m="), STR("my======"), STR("m\0"), STR(" my"), STR("mz"), STR("m"), STR("mzx")};
	static const struct str bad64[] = {STR("a"), STR("aa=="), STR("a+aa"), STR("a/aa"), STR(" aaa"), STR("ab"), STR("aaaa\n")};
	struct str out;
	for (size_t i = 0; i < sizeof(bad32) / sizeof(bad32[0]); i++)
		assert_false(crypt_from_base32(c.a, exact(bad32[i]), &out));
	for (size_t i = 0; i < sizeof(bad64) / sizeof(bad64[0]); i++)
		assert_false(crypt_from_base64url(c.a, exact(bad64[i]), &out));
}

static void what_is_sealed_opens_with_its_key_only(void **state)
{
	(void)state;
	struct str key = random_bytes(CRYPT_KEY_BYTES), other = random_bytes(CRYPT_KEY_BYTES), out;
	for (size_t n = 0; n < 100; n += 9) {
		struct str secret = random_bytes(n);
		struct str sealed = exact(crypt_seal(c.a, key, secret));
		assert_true(crypt_unseal(c.a, key, sealed, &out));
		assert_true(str_eq(out, secret));
		assert_false(crypt_unseal(c.a, other, sealed, &out));
		assert_false(str_eq(sealed, crypt_seal(c.a, key, secret)));
	}
	assert_false(crypt_unseal(c.a, key, STR(""), &out));
	assert_false(crypt_unseal(c.a, key, STR("c2hvcnQ"), &out));
}

static void a_sealed_secret_with_one_other_bit_is_refused(void **state)
{
	(void)state;
	struct str key = random_bytes(CRYPT_KEY_BYTES), bytes, out;
	assert_true(crypt_from_base64url(c.a, crypt_seal(c.a, key, STR("secret")), &bytes));
	for (size_t bit = 0; bit < bytes.n * 8; bit++) {
		((char *)(uintptr_t)bytes.p)[bit / 8] ^= (char)(1 << (bit % 8));
		assert_false(crypt_unseal(c.a, key, crypt_base64url(c.a, bytes), &out));
		((char *)(uintptr_t)bytes.p)[bit / 8] ^= (char)(1 << (bit % 8));
	}
	assert_true(crypt_unseal(c.a, key, crypt_base64url(c.a, bytes), &out));
}

static void hashes_and_macs_depend_on_every_byte_and_on_the_key(void **state)
{
	(void)state;
	struct str key = random_bytes(CRYPT_KEY_BYTES);
	assert_true(str_eq(crypt_hash_hex(c.a, STR("")),
	                   STR("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")));
	assert_false(str_eq(crypt_hash_hex(c.a, STR("a")), crypt_hash_hex(c.a, STR("a\0"))));
	assert_true(crypt_equal(crypt_mac(c.a, key, STR("x")), crypt_mac(c.a, key, exact(STR("x")))));
	assert_false(crypt_equal(crypt_mac(c.a, key, STR("x")), crypt_mac(c.a, key, STR("y"))));
	assert_false(
		crypt_equal(crypt_mac(c.a, key, STR("x")), crypt_mac(c.a, random_bytes(CRYPT_KEY_BYTES), STR("x"))));
	assert_false(crypt_equal(STR("ab"), STR("abc")));
	assert_true(crypt_equal(STR_NULL, STR("")));
}

static void a_password_fits_its_own_hash_only(void **state)
{
	(void)state;
	struct str hash, again;
	assert_int_equal(crypt_password_hash(&c, exact(STR("correct horse")), &hash), OK);
	assert_int_equal(crypt_password_hash(&c, exact(STR("correct horse")), &again), OK);
	assert_true(str_starts(hash, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
	assert_false(str_eq(hash, again));
	assert_true(crypt_password_fits(c.a, exact(hash), exact(STR("correct horse"))));
	assert_false(crypt_password_fits(c.a, hash, STR("correct horsE")));
	assert_false(crypt_password_fits(c.a, hash, STR("")));
	assert_false(crypt_password_fits(c.a, STR("not a hash"), STR("correct horse")));
}

static void a_password_over_the_maximum_is_refused_with_its_field(void **state)
{
	(void)state;
	struct str hash, long_one = random_bytes(1025);
	assert_int_equal(crypt_password_hash(&c, long_one, &hash), ERR_BAD_INPUT);
	assert_true(str_eq(c.why.fields->field, STR("password")));
	assert_int_equal(crypt_password_hash(&c, str_head(long_one, 1024), &hash), OK);
	assert_false(crypt_password_fits(c.a, hash, long_one));
}

/* The best of three, so that a busy machine does not matter. */
static int64_t cost_us(struct str hash)
{
	int64_t best = INT64_MAX;
	for (int i = 0; i < 3; i++) {
		int64_t began = clock_monotonic_us();
		assert_false(crypt_password_fits(c.a, hash, STR("some password")));
		int64_t took = clock_monotonic_us() - began;
		best = took < best ? took : best;
	}
	return best;
}

/* Not a question of speed: a malformed stored hash would be refused at once, some thousand times faster than a real one. */
static void the_password_of_an_unknown_user_costs_a_real_verification(void **state)
{
	(void)state;
	struct str hash;
	assert_int_equal(crypt_password_hash(&c, STR("another one"), &hash), OK);
	int64_t known = cost_us(hash), unknown = cost_us(STR_NULL), malformed = cost_us(STR("$argon2id$x"));
	assert_true(unknown > known / 3);
	assert_true(malformed < known / 3);
}

static void random_tokens_have_their_form_and_differ(void **state)
{
	(void)state;
	struct str token = rand_token(c.a, 32), uuid = rand_uuid(c.a);
	assert_int_equal(token.n, 43);
	assert_false(str_eq(token, rand_token(c.a, 32)));
	assert_int_equal(uuid.n, 36);
	assert_int_equal(uuid.p[14], '4');
	assert_non_null(strchr("89ab", uuid.p[19]));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

/* RFC 4231 test cases 2 and 6; FIPS 180-4. */
static void sha256_and_hmac_are_those_of_everybody(void **state)
{
	struct arena *a = arena_open(1 << 20);
	char key[131];
	(void)state;
	memset(key, 0xaa, sizeof(key));
	assert_true(str_eq(crypt_sha256_hex(a, STR("abc")),
	                   STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
	assert_true(str_eq(crypt_sha256_hex(a, STR("")),
	                   STR("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")));
	assert_true(str_eq(crypt_hmac_sha256_base64(a, STR("Jefe"), STR("what do ya want for nothing?")),
	                   STR("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=")));
	assert_true(str_eq(crypt_hmac_sha256_base64(a, (struct str){key, sizeof(key)},
	                                            STR("Test Using Larger Than Block-Size Key - Hash Key First")),
	                   STR("YOQxWR7gtn8Niiaqy/W3f44LxiE3KMUUBUYEDw7jf1Q=")));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_and_hmac_are_those_of_everybody),
		TEST(base32_is_that_of_rfc_4648_in_lower_case_without_padding),
		TEST(any_bytes_survive_base32_and_base64url),
		TEST(what_is_no_base32_or_base64url_is_refused),
		TEST(what_is_sealed_opens_with_its_key_only),
		TEST(a_sealed_secret_with_one_other_bit_is_refused),
		TEST(hashes_and_macs_depend_on_every_byte_and_on_the_key),
		TEST(a_password_fits_its_own_hash_only),
		TEST(a_password_over_the_maximum_is_refused_with_its_field),
		TEST(the_password_of_an_unknown_user_costs_a_real_verification),
		TEST(random_tokens_have_their_form_and_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
