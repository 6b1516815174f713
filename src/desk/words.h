#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/word_index.h"

/* Between texts and the index of words: what is indexed of a text, and what of it a query asks for. All words of a query have to be
 * there, in whatever order and form. A word of three letters or more also stands for those that it begins, a shorter one where *
 * follows it. A telephone number that begins with + or 0 finds the same one written otherwise. */

struct arena;

enum {
	MAX_WORD_TERMS = 60000,        /* of one text; what is behind them is not found */
	MIN_PREFIX_CHARS = 3,
	MIN_PHONE_DIGITS = 7,
	MAX_PHONE_DIGITS = 15,
};

/* A mark that texts cannot have: with a number behind it, the kind of a row. */
#define WORD_MARK "\xee\x80\x80"
/* Another one, before words that are not the row's own: a ticket is found by its contact, where that is asked for. */
#define WORD_ASIDE "\xee\x80\x81"

/* What is to be indexed of one row. */
struct indexed {
	struct str text;    /* its parts, separated by line feeds */
	struct str aside;   /* what is not its own */
	struct str kind;    /* WORD_MARK and what it is */
	const struct str *phones;
	size_t phone_n;
	const struct str *values; /* words of values, word_of_value() */
	size_t value_n;
};

/* The word under which an object is found by the value of a property that no column holds. What compares as equal has the same word,
 * though not the other way round: numbers by what they are, texts without case; and texts that are not ASCII only have one together,
 * VALUE_OTHER. False when it has none, being too long. */
enum { MAX_VALUE_BYTES = 1000 };
#define VALUE_OTHER STR("\x80")
bool word_of_value(struct ctx *c, struct str name, struct str value, struct str *out);

/* For word_put(): sorted, each once, joined by blanks. */
struct str words_indexed(struct arena *a, const struct indexed *in);

/* The query's words behind what is in *out already. False when it asks for nothing: no text, or only blanks and *. A query of
 * marks without letters asks for what is nowhere: it comes out as a word that no row has. Beyond MAX_WORD_GROUPS words the rest
 * is not looked at. */
bool words_asked(struct ctx *c, struct str query, struct word_query *out);
/* The words behind the first group may also be those of somebody aside. */
void words_ask_aside(struct ctx *c, struct word_query *q);
/* One of these has to be there too. */
void words_ask(struct word_query *q, const struct word *words, size_t n);

/* Words that have to stand one behind the other, as they are written: those between quotation marks, and those that a run of
 * Chinese, Japanese and the like is cut into. The index does not know where words stand, so this is asked of the texts it finds. */
struct word_phrase {
	const struct str *words;
	size_t n; /* at least two */
};
void words_phrases(struct ctx *c, struct str query, struct word_phrase **out, size_t *n_out);
/* Notes in is_found[] which of the n phrases are in the text. */
void words_look_for(struct arena *a, struct str text, const struct word_phrase *phrases, size_t n, bool *is_found);

/* How well a text answers the query: 0: it has none of its words; 100: all of them, as they were typed; half of that where they only
 * begin words. A little more where they stand side by side, in their order. */
int words_score(struct arena *a, struct str text, const struct word_query *q);

/* Where a word of the query is in a text: bytes from .. to. */
struct word_range {
	uint32_t from;
	uint32_t to;
};
/* In order, not overlapping. */
void words_marked(struct arena *a, struct str text, const struct word_query *q, struct word_range **out, size_t *n_out);
