#pragma once

#include <stddef.h>

#include "base/str.h"

/* What people outside read: the words of public pages and of mails that the desk writes itself, in nine languages. They are compiled
 * in from locales/public/LANGUAGE.json by tools/embed; `make lint` refuses a language that lacks one, and one that nobody says. */

struct arena;

struct phrase {
	const char *key;
	struct str text;
};

struct phrase_book {
	struct str language;
	const struct phrase *phrases; /* by key */
	size_t n;
};
extern const struct phrase_book phrase_books[];
extern const size_t phrase_book_n;

/* The language that we speak and that a reader likes most, by his Accept-Language (RFC 9110 section 12.5.4): "pt" for "pt-BR;q=0.8",
 * "zh-TW" for any Chinese; "en" where nothing fits. */
struct str phrase_language(struct str accept_language);
/* Do we speak that one, written exactly so? */
bool phrase_speaks(struct str language);
/* What the language calls itself: "Deutsch". */
struct str phrase_language_name(struct str language);

/* The phrase in that language, else in English. A key that is not there is a bug, and is answered as it is. */
struct str phrase(struct str language, const char *key);

/* A phrase with {names} in it: the values stand where their names do, as they are. The list ends with a null name. */
struct phrase_value {
	const char *name;
	struct str value;
};
struct str phrase_with(struct arena *a, struct str language, const char *key, const struct phrase_value *values);
