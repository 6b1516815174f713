#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/words.h"

#define test_failed(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

enum { BUDGET = 512 << 20 };

/* Splits a copy of exact size, so that ASan sees a read past the end. */
static size_t split(struct arena *a, struct str text, enum words_for what, struct token **out)
{
	char *copy = malloc(text.n ? text.n : 1);
	size_t n;
	memcpy(copy, text.p, text.n);
	words_split(a, (struct str){copy, text.n}, what, out, &n);
	free(copy);
	return n;
}

static bool fits(const struct token *asked, const struct token *had)
{
	return asked->is_prefix ? str_starts(had->text, asked->text) : str_eq(asked->text, had->text);
}

/* Is the query there as a phrase that begins at position at? */
static bool is_at(const struct token *query, size_t query_n, const struct token *text, size_t text_n, uint32_t at)
{
	uint32_t position_n = query[query_n - 1].position + 1;
	for (uint32_t p = 0; p < position_n; p++) {
		bool has = false;
		for (size_t i = 0; i < query_n; i++)
			for (size_t k = 0; query[i].position == p && k < text_n; k++)
				has = has || (text[k].position == at + p && fits(&query[i], &text[k]));
		if (!has)
			return false;
	}
	return true;
}

static bool finds(const char *query, const char *text)
{
	struct arena *a = arena_open(BUDGET);
	struct token *asked, *had;
	bool has = false;
	size_t asked_n = split(a, str_c(query), WORDS_OF_QUERY, &asked);
	size_t had_n = split(a, str_c(text), WORDS_OF_TEXT, &had);
	for (size_t i = 0; asked_n > 0 && i < had_n && !has; i++)
		has = is_at(asked, asked_n, had, had_n, had[i].position);
	arena_close(a);
	return has;
}

static const struct {
	const char *text;
	const char *hits[6];
	const char *misses[4];
} rows[] = {
	/* English */
	{"The printers are not connecting; invoices (INV-2024) wait.",
	 {"printer", "PRINTERS", "connected", "invoice", "inv-2024", "2024"},
	 {"print job", "connect printer", "24"}},
	{"Don't reply to Ann@mail.Customer.example: it's over 10,000.50 EUR",
	 {"don't", "don’t", "customer.example", "ann@mail.customer.example", "10,000.50", "replies"}, {"exam", "50"}},
	{"From ann@mail.example and 4711@shop2.example", {"mail.example", "mail", "ann", "4711", "shop2", "4711@shop2.example"}, {"ann@mail2"}},
	/* German */
	{"Die Rechnungen für das Büro in der Straße wurden zweimal gebucht",
	 {"Rechnung", "rechnungen", "buro", "BÜRO", "strasse", "STRASSE"}, {"rech", "gebucht zweimal"}},
	/* French */
	{"L’imprimante n'est pas connectée à l'ordinateur, qu'il redémarre",
	 {"imprimantes", "l'imprimante", "ordinateurs", "redemarrer", "connectés", "est pas"}, {"l", "qu"}},
	{"Aujourd'hui la ŒUVRE", {"aujourd'hui", "aujourd’hui", "œuvre"}, {"hui"}},
	/* Spanish */
	{"Las facturas están pagadas, ¿cuándo llegará el envío?", {"factura", "pagada", "envio", "CUANDO", "llegará"}, {"fact"}},
	/* Portuguese */
	{"As informações da sua ligação não chegaram", {"informação", "informacoes", "ligacao", "nao", "chegaram"}, {"info"}},
	/* Finnish */
	{"Laskujen maksaminen ei onnistu, käyttäjän tunnukset puuttuvat",
	 {"laskujen", "laskut", "kayttajan", "KÄYTTÄJÄN", "tunnukset", "puuttuvat"}, {"lask"}},
	/* Polish has no stems: the words themselves, with or without their marks */
	{"Proszę o zwrot pieniędzy za żółtą łódź", {"pieniędzy", "pieniedzy", "zolta lodz", "ŁÓDŹ", "prosze"}, {"pieniądze"}},
	/* Japanese */
	{"請求書の再発行をお願いします。プリンターが動きません",
	 {"請求書", "再発行", "プリンター", "ﾌﾟﾘﾝﾀｰ", "願", "書"}, {"求人", "プリント", "行書"}},
	{"ﾊﾟｽﾜｰﾄﾞを忘れました iPhone15で", {"パスワード", "ワード", "iphone15", "忘れ", "ﾄﾞ", "パ"}, {"ハスワード", "iphone"}},
	/* Chinese, traditional */
	{"我的訂單還沒有收到，請問退款何時處理？", {"訂單", "退款", "收到", "何時處理", "單"}, {"訂退", "到請"}},
	/* Korean, Thai */
	{"환불은 언제 되나요", {"환불", "언제"}, {"불환"}},
	{"ใบแจ้งหนี้ยังไม่มา", {"แจ้งหนี้", "ไม่"}, {"มาใบ"}},
	/* Full width, ligatures, marks of their own */
	{"Ｆａｃｔｕｒｅ ﬁnal cafe\xcc\x81 İstanbul", {"facture", "final", "café", "cafe", "istanbul"}, {"fac"}},
};

static void sentences_find_each_others_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < 6 && rows[i].hits[k] != NULL; k++)
			if (!finds(rows[i].hits[k], rows[i].text))
				test_failed("\"%s\" does not find \"%s\"", rows[i].hits[k], rows[i].text);
		for (size_t k = 0; k < 4 && rows[i].misses[k] != NULL; k++)
			if (finds(rows[i].misses[k], rows[i].text))
				test_failed("\"%s\" finds \"%s\"", rows[i].misses[k], rows[i].text);
	}
}

/* The tokens as "text@position[from-to]", colocated ones as they come. */
static void assert_tokens(const char *text, enum words_for what, const char *want)
{
	struct arena *a = arena_open(BUDGET);
	struct token *tokens;
	struct str got = STR("");
	size_t n = split(a, str_c(text), what, &tokens);
	for (size_t i = 0; i < n; i++)
		got = str_fmt(a, STR_FMT "%s" STR_FMT "%s@%u[%u-%u]", STR_ARG(got), i ? " " : "",
		              STR_ARG(tokens[i].text), tokens[i].is_prefix ? "*" : "", tokens[i].position,
		              tokens[i].from, tokens[i].to);
	assert_string_equal(str_z(a, got), want);
	arena_close(a);
}

static void stems_stand_where_their_word_stands(void **state)
{
	(void)state;
	assert_tokens("d'été cats 42", WORDS_OF_TEXT, "ete@0[2-7] cats@1[8-12] cat@1[8-12] 42@2[13-15]");
}

static void a_run_is_pairs_and_its_last_letter(void **state)
{
	(void)state;
	assert_tokens("請求書", WORDS_OF_TEXT, "請求@0[0-6] 求書@1[3-9] 書@2[6-9]");
	assert_tokens("請求書", WORDS_OF_QUERY, "請求@0[0-6] 求書@1[3-9]");
	assert_tokens("書", WORDS_OF_TEXT, "書@0[0-3]");
	assert_tokens("書", WORDS_OF_QUERY, "書*@0[0-3]");
	assert_tokens("ﾊﾟｽ", WORDS_OF_TEXT, "パス@0[0-9] ス@1[6-9]");
}

static void what_has_no_words_has_no_tokens(void **state)
{
	(void)state;
	assert_tokens("", WORDS_OF_TEXT, "");
	assert_tokens(" \t\n…—!? ''", WORDS_OF_TEXT, "");
}

static void long_words_are_known_by_their_beginning(void **state)
{
	struct arena *a = arena_open(BUDGET);
	struct token *tokens;
	char text[5000];
	(void)state;
	memset(text, 'x', sizeof(text));
	assert_true(split(a, (struct str){text, sizeof(text)}, WORDS_OF_TEXT, &tokens) >= 1);
	assert_int_equal(tokens[0].text.n, MAX_TOKEN_CHARS);
	assert_int_equal(tokens[0].to, sizeof(text));
	arena_close(a);
}

static void positions_end_at_their_maximum(void **state)
{
	static const char *const units[] = {"ab ", "書", "書a"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct arena *a = arena_open(BUDGET);
		struct token *tokens;
		size_t unit_n = strlen(units[i]), n = MAX_WORDS_BYTES / unit_n * unit_n;
		char *text = malloc(n);
		for (size_t k = 0; k < n; k += unit_n)
			memcpy(text + k, units[i], unit_n);
		int64_t began = clock_monotonic_ms();
		size_t token_n = split(a, (struct str){text, n}, WORDS_OF_TEXT, &tokens);
		assert_int_equal(tokens[token_n - 1].position, MAX_WORD_POSITIONS - 1);
		assert_true(clock_monotonic_ms() - began < 20000);
		free(text);
		arena_close(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_find_each_others_forms),
		cmocka_unit_test(stems_stand_where_their_word_stands),
		cmocka_unit_test(a_run_is_pairs_and_its_last_letter),
		cmocka_unit_test(what_has_no_words_has_no_tokens),
		cmocka_unit_test(long_words_are_known_by_their_beginning),
		cmocka_unit_test(positions_end_at_their_maximum),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
