/* Tokens are valid text without blanks, in order, within their maxima, and where they say; a text finds itself. */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "text/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_tokens(struct str text, const struct token *tokens, size_t n)
{
	uint32_t position = 0;
	for (size_t i = 0; i < n; i++) {
		const struct token *t = &tokens[i];
		check(t->position == position || t->position == position + 1);
		check(i > 0 || t->position == 0);
		position = t->position;
		check(position < MAX_WORD_POSITIONS);
		check(t->from < t->to && t->to <= text.n);
		check(t->text.n > 0 && utf8_is_valid(t->text));
		check(str_find_byte(t->text, ' ') < 0 && str_find_byte(t->text, '\0') < 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n > 20000)
		return 0;
	struct arena *a = arena_open(64 << 20);
	struct str text = utf8_clean(a, n ? (struct str){(const char *)bytes, n} : STR(""));
	struct token *had, *asked;
	size_t had_n, asked_n;
	words_split(a, text, WORDS_OF_TEXT, &had, &had_n);
	words_split(a, text, WORDS_OF_QUERY, &asked, &asked_n);
	check_tokens(text, had, had_n);
	check_tokens(text, asked, asked_n);
	check((had_n == 0) == (asked_n == 0));
	arena_close(a);
	return 0;
}
