#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/charset.h"

#define test_failed(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

enum { BUDGET = 64 << 20 };

/* Decodes a copy of exact size, so that ASan sees a read past the end. */
static struct str decode(struct arena *a, const char *label, struct str bytes)
{
	char *copy = malloc(bytes.n ? bytes.n : 1);
	memcpy(copy, bytes.p, bytes.n);
	struct str out = str_dup(a, charset_decode(a, str_c(label), (struct str){copy, bytes.n}));
	free(copy);
	return out;
}

static const struct {
	const char *label;
	struct str bytes;
	const char *want;
} rows[] = {
	{"iso-8859-1", {"caf\xe9 \x80", 6}, "café €"},
	{"US-ASCII", {"caf\xe9", 4}, "café"},
	{"iso-8859-1", {"caf\xc3\xa9", 5}, "café"},
	{"\"UTF-8\"", {"caf\xc3\xa9", 5}, "café"},
	{"utf-8", {"caf\xe9!", 5}, "caf\xef\xbf\xbd!"},
	{NULL, {"caf\xe9", 4}, "café"},
	{"no-such-charset", {"caf\xc3\xa9", 5}, "café"},
	{"no-such-charset", {"caf\xe9", 4}, "café"},
	{"x,swaplfnl", {"a", 1}, "a"},
	{"gb2312", {"\xd6\xd0\xe9\x46", 4}, "中镕"},
	{"gbk", {"\xd6\xd0", 2}, "中"},
	{"Shift_JIS", {"\x87\x40\x93\xfa", 4}, "①日"},
	{"ks_c_5601-1987", {"\xb0\xa1\x8c\x63", 4}, "가똠"},
	{"ISO-2022-JP", {"\033$B\x2d\x21\x24\x22\033(B!", 11}, "①あ!"},
	{NULL, {"\033$B\x24\x22\033(B!", 9}, "あ!"},
	{"us-ascii", {"\033$B\x24\x22\033(B!", 9}, "あ!"},
	{"windows-1258", {"\xd0\xf5", 2}, "Đơ"},
	{"iso-8859-2", {"\xb1\xea", 2}, "ąę"},
	{"koi8-r", {"\xd0\xd2\xc9", 3}, "при"},
	{"utf-7", {"+AOk-", 5}, "é"},
	{"utf-16", {"\xff\xfe\x61\x00\xe9\x00", 6}, "aé"},
	{"utf-16le", {"\x3d\xd8\x00\xde", 4}, "😀"},
	{"utf-8", {"\xef\xbb\xbf" "a", 4}, "a"},
	{"us-ascii", {"a\0b", 3}, "ab"},
	{"utf-16be", {"\0a\0\0\0b", 6}, "ab"},
	{"utf-8*en", {"caf\xc3\xa9", 5}, "café"},
	{"big5", {"\xa4\xa4", 2}, "中"},
	{"euc-jp", {"\xc6\xfc", 2}, "日"},
	{"utf-8", {"", 0}, ""},
};

static void every_label_of_the_table_means_what_real_mails_mean_by_it(void **state)
{
	(void)state;
	struct arena *a = arena_open(BUDGET);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str got = decode(a, rows[i].label, rows[i].bytes);
		if (!str_eq(got, str_c(rows[i].want)))
			test_failed("row %zu (%s): got " STR_FMT, i, rows[i].label ? rows[i].label : "-", STR_ARG(got));
	}
	arena_close(a);
}

static void decoding_any_bytes_in_any_charset_gives_valid_utf8_without_nul(void **state)
{
	(void)state;
	static const char *const labels[] = {"",
					     "utf-8",
					     "utf-16",
					     "utf-7",
					     "iso-2022-jp",
					     "iso-2022-kr",
					     "hz-gb-2312",
					     "gb18030",
					     "big5",
					     "shift_jis",
					     "euc-kr",
					     "koi8-u",
					     "cp437",
					     "bocu-1",
					     "scsu",
					     "imap-mailbox-name",
					     "lmbcs",
					     "ebcdic-cp-us",
					     "iso-2022-cn",
					     "utf-32",
					     "windows-1255"};
	uint32_t chance = 7;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		for (size_t round = 0; round < 40; round++) {
			struct arena *a = arena_open(BUDGET);
			char bytes[5000];
			size_t n = round * 125;
			for (size_t k = 0; k < n; k++) {
				chance = chance * 1664525 + 1013904223;
				bytes[k] = round % 3 ? (char)(chance >> 24) : "\033$B(J~{}+-\0\xff"[chance >> 28 & 7];
			}
			struct str got = decode(a, labels[i], (struct str){bytes, n});
			assert_true(utf8_is_valid(got));
			assert_true(got.n == 0 || memchr(got.p, '\0', got.n) == NULL);
			arena_close(a);
		}
	}
}

static void a_pair_of_surrogates_survives_every_border_of_the_inner_buffer(void **state)
{
	(void)state;
	for (size_t before = 2040; before < 2056; before++) {
		struct arena *a = arena_open(BUDGET);
		char bytes[9000];
		size_t n = 0;
		for (size_t i = 0; i < before; i++, n += 2)
			memcpy(bytes + n, "a", 2);
		memcpy(bytes + n, "\x3d\xd8\x00\xde", 4);
		struct str got = decode(a, "utf-16le", (struct str){bytes, n + 4});
		assert_int_equal(got.n, before + 4);
		assert_true(str_ends(got, STR("a😀")));
		arena_close(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_label_of_the_table_means_what_real_mails_mean_by_it),
		cmocka_unit_test(decoding_any_bytes_in_any_charset_gives_valid_utf8_without_nul),
		cmocka_unit_test(a_pair_of_surrogates_survives_every_border_of_the_inner_buffer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
