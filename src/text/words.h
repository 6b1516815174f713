#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The words of a text, as full text search keeps and looks for them. A text and a query that are split by the same function find
 * each other whatever the case, the width of letters, diacritics, and (in English, French, German, Spanish, Portuguese and
 * Finnish) the ending of a word.
 *
 * Words end where Unicode says (UAX #29), also at a full stop, colon or underscore between letters, at @, and behind l', d', qu'
 * and the like. Each is put through NFKC_Casefold and loses its diacritics; its stems, where they differ, are tokens at the same
 * position.
 * Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are written without blanks: of a run of their letters every two
 * neighbours are a token, and so is the last letter, so that one letter alone is found as the beginning of a token. Kana of half
 * width are joined with their marks first.
 *
 * The time it takes grows with the length of the text. Change WORDS_VERSION with whatever changes the tokens: what was indexed by
 * another one has to be indexed again. */

struct arena;

enum {
	WORDS_VERSION = 2,
	MAX_WORDS_BYTES = 1 << 20,   /* of a text; the rest is not looked at */
	MAX_WORD_POSITIONS = 16383,  /* what comes behind them is left out */
	MAX_TOKEN_CHARS = 64,        /* a longer word is known by how it begins */
};

struct token {
	struct str text;   /* letters, digits and marks, rarely ' inside; no blanks */
	uint32_t position; /* from 0; tokens of one position stand for the same word */
	uint32_t from;     /* where the word is: bytes from .. to of the text */
	uint32_t to;
	bool is_prefix;    /* of a query: tokens that begin with it match too */
};

enum words_for { WORDS_OF_TEXT, WORDS_OF_QUERY };

/* The tokens of valid UTF-8, by position; the array and its strings are in the arena. */
void words_split(struct arena *a, struct str text, enum words_for what, struct token **out, size_t *n_out);
