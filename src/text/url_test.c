#include "text/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ctx.h"
#include "text/json_read.h"

#include <cmocka.h> /* last: its fail() hides the one of base/ctx.h */

static const char *clean(struct arena *a, const char *raw, unsigned kinds)
{
	size_t n = strlen(raw);
	char *exact = malloc(n ? n : 1);
	struct str out, again;
	memcpy(exact, raw, n);
	bool is_clean = url_clean(a, (struct str){exact, n}, kinds, &out);
	const char *result = is_clean ? str_z(a, out) : NULL;
	free(exact);
	if (is_clean) {
		assert_true(url_clean(a, str_c(result), kinds, &again));
		assert_string_equal(str_z(a, again), result);
	}
	return result;
}

static void test_addresses_that_lead_out_are_kept(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	assert_string_equal(clean(a, "https://x.test/a?b#c", URL_LINK), "https://x.test/a?b#c");
	assert_string_equal(clean(a, "\t HTTPS://x.te\nst/a b\"<>`\x01 ", URL_LINK),
			    "https://x.test/a%20b%22%3C%3E%60");
	assert_string_equal(clean(a, "mailto:a@b.test", URL_LINK), "mailto:a@b.test");
	assert_string_equal(clean(a, "TEL:+1 23", URL_LINK), "tel:+1%2023");
	assert_string_equal(clean(a, "http://[::1]:80/", URL_WEB), "http://[::1]:80/");
	arena_close(a);
}

static void test_everything_else_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "x", "/x", "//x", "?x", "#x", "javascript:x", "JAVA\tSCRIPT:x", "\x01javascript:x", "data:x",
		"http:", "http:x", "http:/x", "http://", "http:///x", "http://?x", "http://@x", "http://:80",
		"http:\\\\x", "https//x", " : ", "1http://x", "mailto:", "tel:", "view-source:http://x", "httpx://x",
		"http ://x",
	};
	struct arena *a = arena_open(1 << 20);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (clean(a, bad[i], URL_LINK) != NULL)
			fail_msg("accepted: %s", bad[i]);
	assert_null(clean(a, "mailto:a@b.test", URL_WEB));
	assert_null(clean(a, "http://x.test", URL_MAIL | URL_PHONE));
	char *big = malloc(MAX_URL_BYTES + 2);
	memset(big, 'x', MAX_URL_BYTES + 1);
	memcpy(big, "http://", 7);
	big[MAX_URL_BYTES + 1] = '\0';
	assert_null(clean(a, big, URL_LINK));
	big[MAX_URL_BYTES] = '\0';
	assert_non_null(clean(a, big, URL_LINK));
	memset(big + 20, ' ', 10); /* grows past the limit */
	assert_null(clean(a, big, URL_LINK));
	free(big);
	arena_close(a);
}

static void test_an_address_is_cut_into_its_parts(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct url u;
	assert_true(url_parse(a, STR("HTTPS://me:pw@Desk.Test:8443/a/b?c=d#e"), &u));
	assert_string_equal(str_z(a, u.scheme), "https");
	assert_string_equal(str_z(a, u.user), "me:pw");
	assert_string_equal(str_z(a, u.host), "desk.test");
	assert_int_equal(u.port, 8443);
	assert_string_equal(str_z(a, u.path), "/a/b?c=d");
	assert_true(url_parse(a, STR("http://[2001:DB8::1]?x"), &u));
	assert_string_equal(str_z(a, u.host), "[2001:db8::1]");
	assert_int_equal(u.port, 80);
	assert_string_equal(str_z(a, u.path), "/?x");
	assert_true(str_is_null(u.user));
	assert_true(url_parse(a, STR("https://a@b@c.test:"), &u));
	assert_string_equal(str_z(a, u.host), "c.test");
	assert_int_equal(u.port, 443);
	static const char *const bad[] = {
		"", "http://", "http:x", "ftp://x", "http://a b/", "http://a\\b", "http://a:99999/", "http://a:b/",
		"http://[::1", "http://[]/", "http://[x]/", "http://a<b/", "http://a%41/", "mailto:a@b",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (url_parse(a, str_c(bad[i]), &u))
			fail_msg("accepted: %s", bad[i]);
	arena_close(a);
}

static void test_an_address_in_a_sentence_ends_before_the_full_stop(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t n;
	} rows[] = {
		{"http://x.test", 13},
		{"http://x.test.", 13},
		{"https://x.test/a), b", 16},
		{"http://x.test/(a)", 17},
		{"http://x.test/\"", 14},
		{"http://x.test/?!", 14},
		{"http://", 0},
		{"http://.", 0},
		{"https://!x", 0},
		{"ftp://x", 0},
		{"", 0},
		{"http:/x", 0},
		{"http://x.test>y", 13},
		{"http://\xc3\xa4.test/\xe2\x82\xac ", 18},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(url_prefix_n(str_c(rows[i].text)), rows[i].n);
}

/* The suite has NUL and lone surrogates in its strings, which our reader refuses; \u0001 is as good a control
 * character. */
static void replace_bad_escapes(char *bytes, size_t n)
{
	for (size_t i = 0; i + 6 <= n; i++)
		if (bytes[i] == '\\' && bytes[i + 1] == 'u' &&
		    ((bytes[i + 2] | 32) == 'd' || memcmp(bytes + i + 2, "0000", 4) == 0))
			memcpy(bytes + i + 2, "0001", 4);
}

/* Web platform tests: whatever a browser reads as another scheme, we refuse; we never change where a link leads. */
static void test_no_foreign_scheme_of_the_public_suite_passes(void **state)
{
	(void)state;
	const char *corpus = getenv("CORPUS");
	char path[600];
	snprintf(path, sizeof(path), "%.500s/url-wpt/url/resources/urltestdata.json", corpus ? corpus : "");
	FILE *f = corpus ? fopen(path, "rb") : NULL;
	if (f == NULL) {
		print_message("skipped: no corpus\n");
		return;
	}
	struct ctx c = {.a = arena_open(64 << 20)};
	char *bytes = arena_alloc(c.a, 4 << 20);
	size_t n = fread(bytes, 1, 4 << 20, f), i;
	fclose(f);
	replace_bad_escapes(bytes, n);
	json_t *all, *row;
	assert_int_equal(json_parse(&c, (struct str){bytes, n}, &all), OK);
	int kept = 0;
	json_array_foreach(all, i, row) {
		const char *got =
			json_is_object(row) ? clean(c.a, str_z(c.a, json_get_str(row, "input")), URL_LINK) : NULL;
		if (got == NULL)
			continue;
		struct str protocol = json_get_str(row, "protocol");
		kept++;
		/* no protocol: the suite expects a failure, a browser leads nowhere */
		if (!str_is_null(protocol) && !str_starts(str_c(got), protocol))
			fail_msg("%s is not " STR_FMT, got, STR_ARG(protocol));
	}
	print_message("%d of %zu kept\n", kept, json_array_size(all));
	arena_close(c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses_that_lead_out_are_kept),
		cmocka_unit_test(test_everything_else_is_refused),
		cmocka_unit_test(test_an_address_is_cut_into_its_parts),
		cmocka_unit_test(test_an_address_in_a_sentence_ends_before_the_full_stop),
		cmocka_unit_test(test_no_foreign_scheme_of_the_public_suite_passes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
