#include "text/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { MAX_PHRASE_BYTES = 16 << 10, MAX_LANGUAGES_ASKED = 20, FULL_WEIGHT = 1000 };

static const struct phrase_book *book_of(struct str language)
{
	for (size_t i = 0; i < phrase_book_n; i++)
		if (str_eq_nocase(phrase_books[i].language, language))
			return &phrase_books[i];
	return NULL;
}

bool phrase_speaks(struct str language)
{
	const struct phrase_book *book = book_of(language);
	return book != NULL && str_eq(book->language, language);
}

/* ";q=0.8" as thousandths; what is malformed counts as nothing. */
static int weight(struct str parameters)
{
	struct str rest = str_trim(parameters);
	if (rest.n == 0)
		return FULL_WEIGHT;
	if (rest.n < 3 || (rest.p[0] != 'q' && rest.p[0] != 'Q') || rest.p[1] != '=')
		return 0;
	if (rest.p[2] == '1')
		return FULL_WEIGHT;
	int value = 0, unit = 100;
	for (size_t i = 4; i < rest.n && unit > 0; i++, unit /= 10)
		if (rest.p[i] >= '0' && rest.p[i] <= '9')
			value += (rest.p[i] - '0') * unit;
	return value;
}

/* The book for a range of languages: itself, else its first part; another Chinese reads ours. */
static const struct phrase_book *book_for(struct str range)
{
	const struct phrase_book *book = book_of(range);
	struct str rest = range, first = str_cut(&rest, STR("-"));
	if (book == NULL)
		book = book_of(first);
	if (book == NULL && str_eq_nocase(first, STR("zh")))
		book = book_of(STR("zh-TW"));
	return book;
}

struct str phrase_language(struct str accept_language)
{
	struct str rest = accept_language, best = STR("en");
	int best_weight = 0;
	for (int i = 0; i < MAX_LANGUAGES_ASKED && !str_is_null(rest); i++) {
		struct str parameters = str_cut(&rest, STR(","));
		struct str range = str_trim(str_cut(&parameters, STR(";")));
		const struct phrase_book *book = book_for(range);
		int w = weight(parameters);
		if (book == NULL || w <= best_weight)
			continue;
		best = book->language;
		best_weight = w;
	}
	return best;
}

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct phrase *)row)->key);
}

static const struct phrase *find(struct str language, const char *key)
{
	const struct phrase_book *book = book_of(language);
	return book == NULL ? NULL : bsearch(key, book->phrases, book->n, sizeof(struct phrase), compare);
}

struct str phrase(struct str language, const char *key)
{
	const struct phrase *found = find(language, key);
	if (found == NULL)
		found = find(STR("en"), key);
	return found == NULL ? str_c(key) : found->text;
}

struct str phrase_language_name(struct str language)
{
	return phrase(language, "language.name");
}

static struct str value_of(const struct phrase_value *values, struct str name)
{
	for (; values->name != NULL; values++)
		if (str_eq(name, str_c(values->name)))
			return values->value;
	return STR_NULL;
}

struct str phrase_with(struct arena *a, struct str language, const char *key, const struct phrase_value *values)
{
	struct buf b;
	buf_init(&b, a, MAX_PHRASE_BYTES);
	for (struct str rest = phrase(language, key); !str_is_null(rest);) {
		buf_add(&b, str_cut(&rest, STR("{")));
		if (!str_is_null(rest))
			buf_add(&b, value_of(values, str_cut(&rest, STR("}"))));
	}
	return buf_str(&b);
}
