#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/mail_addr.h"

#define test_failed(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

enum { BUDGET = 64 << 20 };

static struct arena *a;

static int open_arena(void **state)
{
	(void)state;
	a = arena_open(BUDGET);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

static struct str exact(struct str s)
{
	char *copy = malloc(s.n ? s.n : 1);
	arena_defer(a, free, copy);
	memcpy(copy, s.p, s.n);
	return (struct str){copy, s.n};
}

static struct mail_addrs parse(struct str value)
{
	struct mail_addrs list = {0};
	mail_addr_parse(a, exact(value), &list);
	return list;
}

/* The list as "name|address;name|address". */
static struct str show(const struct mail_addrs *list)
{
	struct str all = STR("");
	for (size_t i = 0; i < list->n; i++)
		all = str_fmt(a, STR_FMT "%s" STR_FMT "|" STR_FMT, STR_ARG(all), i ? ";" : "",
			      STR_ARG(list->list[i].name), STR_ARG(list->list[i].address));
	return all;
}

static const char *const rows[][2] = {
	{"anna@example.com", "|anna@example.com"},
	{"Anna@EXAMPLE.com", "|Anna@example.com"},
	{"Anna Lee <anna@example.com>", "Anna Lee|anna@example.com"},
	{"\"Lee, Anna\" <anna@example.com>, bob@x.test", "Lee, Anna|anna@example.com;|bob@x.test"},
	{"\"Anna \\\"A\\\" Lee\" <anna@x.test>", "Anna \"A\" Lee|anna@x.test"},
	{"=?utf-8?Q?Ren=C3=A9e?= <r@x.test>", "Renée|r@x.test"},
	{"=?utf-8?B?UmVuw6k=?=\r\n =?utf-8?B?ZQ==?= <r@x.test>", "Renée|r@x.test"},
	{"\"=?utf-8?Q?Ren=C3=A9e?=\" <r@x.test>", "Renée|r@x.test"},
	{"=?utf-8?Q?a=2C_b@evil.test?= <r@x.test>", "a, b@evil.test|r@x.test"},
	{"Ren\xe9 <r@x.test>", "René|r@x.test"},
	{"Renée <renée@exämple.test>", "Renée|renée@exämple.test"},
	{"anna@example.com (Anna Lee)", "Anna Lee|anna@example.com"},
	{"anna@example.com (Anna (the (third)) \\) Lee)", "Anna (the (third)) ) Lee|anna@example.com"},
	{"(c) anna (d) @ (e) example . com (f)", "c|anna@example.com"},
	{"Friends: a@x.test, Bob <b@x.test>;, c@x.test", "|a@x.test;Bob|b@x.test;|c@x.test"},
	{"undisclosed-recipients:;", ""},
	{"a:b:c:d@x.test", "|d@x.test"},
	{"<@relay.test,@other.test:anna@x.test>", "|anna@x.test"},
	{"\"anna lee\"@x.test", "|\"anna lee\"@x.test"},
	{"\"anna\"@x.test", "|anna@x.test"},
	{"\"a\\\"b\"@x.test", "|\"a\\\"b\"@x.test"},
	{"\"a@b\"@x.test", "|\"a@b\"@x.test"},
	{"anna@[192.0.2.1], b@[IPv6:2001:db8::1]", "|anna@[192.0.2.1];|b@[ipv6:2001:db8::1]"},
	{"a@x.test; b@x.test", "|a@x.test;|b@x.test"},
	{"a@x.test <a@x.test>", "a@x.test|a@x.test"},
	{"'a@x.test' <a@x.test>", "a@x.test|a@x.test"},
	{"Anna anna@x.test", "Anna|anna@x.test"},
	{"<anna@x.test", "|anna@x.test"},
	{"anna@x.test>", "|anna@x.test"},
	{"\"Anna <anna@x.test>", "Anna|anna@x.test"},
	{"Anna (Lee <anna@x.test>", "Anna Lee|anna@x.test"},
	{"<<anna@x.test>>", "|anna@x.test"},
	{"Anna <>, b@x.test", "|b@x.test"},
	{"MAILER-DAEMON", ""},
	{"a@b@c.test", ""},
	{"Anna <a@b@c.test>", ""},
	{"@x.test, a@, @, b@x.test", "|b@x.test"},
	{"a..b@docomo.test, c.@docomo.test", "|a..b@docomo.test;|c.@docomo.test"},
	{"anna@x.test.", "|anna@x.test"},
	{"J. R. Doe <j@x.test>", "J. R. Doe|j@x.test"},
	{"[Team] Anna <j@x.test>", "[Team] Anna|j@x.test"},
	{",,;, ,a@x.test,,", "|a@x.test"},
	{"a@x.test\r\nBcc: b@x.test", "|b@x.test"},
	{"\"An,\xef\xbb\xbf@f", ""},
	{"", ""},
};

static void addresses_are_read_as_people_and_programs_write_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct mail_addrs list = parse(str_c(rows[i][0]));
		struct str got = show(&list);
		if (!str_eq(got, str_c(rows[i][1])))
			print_error("row %zu \"%s\": got \"" STR_FMT "\"\n", i, rows[i][0], STR_ARG(got));
		assert_true(str_eq(got, str_c(rows[i][1])));
	}
}

static struct str repeat(struct str unit, size_t n)
{
	char *p = arena_alloc(a, unit.n * n + 1);
	for (size_t i = 0; i < n; i++)
		memcpy(p + i * unit.n, unit.p, unit.n);
	return (struct str){p, unit.n * n};
}

static void a_list_is_cut_behind_its_thousandth_address(void **state)
{
	(void)state;
	for (int over = -1; over <= 1; over++) {
		struct mail_addrs list = parse(repeat(STR("a@x.test,"), (size_t)(MAX_ADDRESSES + over)));
		assert_int_equal(list.n, over > 0 ? MAX_ADDRESSES : MAX_ADDRESSES + over);
		assert_int_equal(list.is_cut, over > 0);
	}
	struct mail_addrs both = {0};
	mail_addr_parse(a, repeat(STR("a@x.test,"), MAX_ADDRESSES), &both);
	assert_false(both.is_cut);
	mail_addr_parse(a, STR("b@x.test"), &both);
	assert_true(both.is_cut);
	for (int over = -1; over <= 1; over++) {
		struct mail_addrs list =
			parse(str_cat(a, repeat(STR("g:"), (size_t)(MAX_ADDRESS_COLONS + over)), STR("a@x.test")));
		assert_int_equal(list.n, over > 0 ? 0 : 1);
		assert_int_equal(list.is_cut, over > 0);
	}
	for (int over = -1; over <= 1; over++) {
		struct mail_addrs list =
			parse(str_cat(a, repeat(STR("a"), (size_t)(MAX_ADDRESS_BYTES - 7 + over)), STR("@x.test")));
		assert_int_equal(list.n, over > 0 ? 0 : 1);
		assert_int_equal(list.is_cut, over > 0);
	}
}

static void hostile_lists_take_linear_time_and_no_stack(void **state)
{
	static const char *const units[] = {"g:",  "(",  "<",  "\"", "\\",   "@",  "a@", "\\\"", "<\"",
					    "(\\", "a,", "=?", ". ", "<@a:", ")(", "[",  "@["};
	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct arena *all = a;
		a = arena_open(BUDGET);
		parse(repeat(str_c(units[i]), 80000));
		parse(str_cat(a, STR("<\""), repeat(str_c(units[i]), 80000)));
		arena_close(a);
		a = all;
	}
}

static void whatever_is_read_is_clean_text_with_one_at(void **state)
{
	static const char alphabet[] = "ab.@@<>\"\\(),:;[] \r\n\t=?\xc3\xa9\xff";
	(void)state;
	uint32_t chance = 11;
	for (size_t round = 0; round < 20000; round++) {
		struct arena *all = a;
		a = arena_open(BUDGET);
		char bytes[40];
		size_t n = round % sizeof(bytes);
		for (size_t k = 0; k < n; k++) {
			chance = chance * 1664525 + 1013904223;
			bytes[k] = alphabet[(chance >> 16) % sizeof(alphabet)];
		}
		struct mail_addrs list = parse((struct str){bytes, n});
		for (size_t i = 0; i < list.n; i++) {
			struct str address = list.list[i].address;
			assert_true(utf8_is_valid(address) && utf8_is_valid(list.list[i].name));
			assert_true(str_find_byte(address, '@') > 0);
			for (size_t k = 0; k < address.n; k++)
				assert_true((unsigned char)address.p[k] >= ' ');
		}
		arena_close(a);
		a = all;
	}
}

static void only_real_mailboxes_may_be_sent_to(void **state)
{
	static const char *const good[] = {"anna@example.com", "a.b+c@x-y.test",       "\"a b\"@x.test",
					   "a@[192.0.2.1]",    "a@[IPv6:2001:db8::1]", "renée@exämple.test",
					   "root@localhost",   "\"a\\\"b\"@x.test",    "o'hara@x.test"};
	static const char *const bad[] = {"",
					  "a",
					  "@x.test",
					  "a@",
					  "a@x.test\r\nRCPT TO:<b@y>",
					  "a b@x.test",
					  " a@x.test",
					  "a@x.test ",
					  "a@x..test",
					  "a@.x",
					  "a@x.",
					  ".a@x.test",
					  "a.@x.test",
					  "a..b@x.test",
					  "a@-x.test",
					  "a@x-.test",
					  "a@b@x.test",
					  "<a@x.test>",
					  "a@x.test,b@x.test",
					  "a@[1.2.3]",
					  "a@[x]",
					  "a@x_y.test",
					  "\"a@x.test",
					  "\"a\\\"@x.test",
					  "\"a\r\n\"@x.test",
					  "a@x.test\n",
					  "\xff@x.test",
					  "a(c)@x.test",
					  "a@x.test>",
					  "-@"};
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!mail_addr_is_sendable(exact(str_c(good[i]))))
			test_failed("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (mail_addr_is_sendable(exact(str_c(bad[i]))))
			test_failed("accepted: %s", bad[i]);
	assert_false(mail_addr_is_sendable(exact((struct str){"a\0@x.test", 9})));
	for (int over = 0; over <= 1; over++) {
		struct str local = repeat(STR("a"), (size_t)(MAX_SEND_LOCAL_BYTES + over));
		assert_int_equal(mail_addr_is_sendable(exact(str_cat(a, local, STR("@x.test")))), !over);
		struct str all =
			str_cat(a, str_cat(a, STR("abcd@"), repeat(STR("abcdefg."), 31)), over ? STR("xx") : STR("x"));
		assert_int_equal(all.n, MAX_SEND_ADDRESS_BYTES + over);
		assert_int_equal(mail_addr_is_sendable(exact(all)), !over);
	}
}

static void an_international_domain_goes_over_the_wire_in_ascii(void **state)
{
	(void)state;
	assert_true(str_eq(mail_addr_wire(a, STR("anna@exämple.test")), STR("anna@xn--exmple-cua.test")));
	assert_true(str_eq(mail_addr_wire(a, STR("anna@x.test")), STR("anna@x.test")));
	assert_true(str_is_null(mail_addr_wire(a, STR("anna@x.test\r\n"))));
	assert_true(str_is_null(mail_addr_wire(a, STR("anna@\xef\xbf\xbd.test"))));
}

static void a_formatted_address_comes_back_as_it_was_whatever_the_name_holds(void **state)
{
	static const char *const names[] = {"",          "Anna",          "Lee, Anna",     "Anna \"A\" \\ Lee",
					    "Renée",     "a@b.test",      "<b@evil.test>", "x\" <b@evil.test>, \"y",
					    "日本 太郎", "=?utf-8?Q?a?=", "Anna (Lee)",    "a;b:c",
					    "  "};
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct str header = mail_addr_format(a, str_c(names[i]), STR("anna@x.test"));
		struct mail_addrs back = parse(header);
		assert_int_equal(back.n, 1);
		assert_true(str_eq(back.list[0].address, STR("anna@x.test")));
		assert_true(str_eq(back.list[0].name, str_trim(str_c(names[i]))));
	}
	assert_true(str_eq(mail_addr_format(a, STR("a\r\nBcc: b@x.test"), STR("a@x.test")),
			   STR("\"aBcc: b@x.test\" <a@x.test>")));
	assert_true(str_is_null(mail_addr_format(a, STR("Anna"), STR("no address"))));
}

static struct str read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return STR_NULL;
	char *bytes = arena_alloc(a, 1 << 20);
	size_t n = fread(bytes, 1, 1 << 20, file);
	fclose(file);
	return (struct str){bytes, n};
}

/* The text between two marks, and *rest behind the second one. */
static struct str between(struct str *rest, struct str open, struct str close)
{
	str_cut(rest, open);
	return str_is_null(*rest) ? STR_NULL : str_cut(rest, close);
}

static struct str xml_text(struct str s)
{
	static const struct {
		const char *name, *text;
	} entities[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}};
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	while (s.n > 0) {
		size_t took = 0;
		for (size_t i = 0; i < 4 && took == 0; i++)
			if (str_starts(s, str_c(entities[i].name))) {
				out[n++] = entities[i].text[0];
				took = strlen(entities[i].name);
			}
		if (took == 0 && str_starts(s, STR("&#x24"))) { /* "symbol for" a control character stands for it */
			out[n++] = (char)strtol((char[]){s.p[5], s.p[6], 0}, NULL, 16);
			took = 8;
		}
		if (took == 0)
			out[n++] = s.p[0];
		s = str_skip(s, took ? took : 1);
	}
	return (struct str){out, n};
}

static void the_public_list_of_hard_addresses_is_judged_as_smtp_would(void **state)
{
	(void)state;
	const char *corpus = getenv("CORPUS");
	struct str xml = corpus ? read_file(str_fmt(a, "%s/email-isemail/tests.xml", corpus).p) : STR_NULL;
	if (str_is_null(xml)) {
		print_message("skipped: no corpus\n");
		return;
	}
	size_t all_n = 0, agreed_n = 0, read_n = 0, usable_n = 0;
	while (!str_is_null(xml)) {
		struct str test = between(&xml, STR("<test id="), STR("</test>"));
		struct str rest = test;
		struct str address = xml_text(between(&rest, STR("<address>"), STR("</address>")));
		struct str category = between(&rest, STR("<category>"), STR("</category>"));
		if (str_is_null(test) || str_is_null(category))
			continue;
		bool is_good = str_eq(category, STR("ISEMAIL_VALID_CATEGORY")) ||
			       str_eq(category, STR("ISEMAIL_DNSWARN")) || str_eq(category, STR("ISEMAIL_RFC5321"));
		bool is_ours = mail_addr_is_sendable(exact(address));
		all_n++;
		agreed_n += is_good == is_ours;
		if (is_good != is_ours)
			print_message("differs: " STR_FMT " (" STR_FMT ")\n", STR_ARG(address), STR_ARG(category));
		usable_n += is_good;
		struct mail_addrs list = parse(address);
		read_n += is_good && list.n == 1;
	}
	print_message("%zu addresses: %zu judged alike; of %zu good ones %zu are read\n", all_n, agreed_n, usable_n,
		      read_n);
	assert_true(all_n > 160);
	assert_true(agreed_n * 100 >= all_n * 95);
	assert_true(read_n * 100 >= usable_n * 98);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(addresses_are_read_as_people_and_programs_write_them, open_arena,
						close_arena),
		cmocka_unit_test_setup_teardown(a_list_is_cut_behind_its_thousandth_address, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(hostile_lists_take_linear_time_and_no_stack, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(whatever_is_read_is_clean_text_with_one_at, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(only_real_mailboxes_may_be_sent_to, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(an_international_domain_goes_over_the_wire_in_ascii, open_arena,
						close_arena),
		cmocka_unit_test_setup_teardown(a_formatted_address_comes_back_as_it_was_whatever_the_name_holds,
						open_arena, close_arena),
		cmocka_unit_test_setup_teardown(the_public_list_of_hard_addresses_is_judged_as_smtp_would, open_arena,
						close_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
