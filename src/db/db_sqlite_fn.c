/* Functions that SQLite lacks: fold(text) is the text in lower case, in every script, as lower() of PostgreSQL with an ICU
 * collation. has_word(text, word) says whether the text has the word: * stands for any characters but blanks, and where the word
 * begins or ends with a letter, digit or underscore, no other one may stand before or behind it. Letters from U+2000 on stand for
 * themselves: their scripts write no blanks. One pass, whatever the word looks like. */

#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "db/db_sqlite_int.h"

enum { MAX_WORD = 256 };

static struct str text_of(sqlite3_value *value)
{
	const char *p = (const char *)sqlite3_value_text(value);
	return (struct str){p, (size_t)sqlite3_value_bytes(value)};
}

/* Into room for n bytes; false when other letters than those of ASCII are in it. */
static bool fold_ascii(struct str s, char *room)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
		room[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
	}
	return true;
}

/* One unit of UTF-16 is at most one byte of UTF-8 going in and three coming out; lower case is at most three times as long. */
static char *fold_any(struct str s, int32_t *n_out)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t wide_n, low_n, room_n = (int32_t)s.n * 3 + 1;
	UChar *wide = malloc((s.n + 1) * sizeof(UChar));
	UChar *low = malloc((size_t)room_n * sizeof(UChar));
	char *out = malloc((size_t)room_n * 3);
	if (wide != NULL && low != NULL && out != NULL) {
		u_strFromUTF8(wide, (int32_t)s.n + 1, &wide_n, s.p, (int32_t)s.n, &e);
		low_n = U_SUCCESS(e) ? u_strToLower(low, room_n, wide, wide_n, "", &e) : 0;
		if (U_SUCCESS(e))
			u_strToUTF8(out, room_n * 3, n_out, low, low_n, &e);
	}
	free(wide);
	free(low);
	if (out != NULL && U_SUCCESS(e))
		return out;
	free(out);
	return NULL;
}

static void fold(sqlite3_context *sq, int n, sqlite3_value **args)
{
	(void)n;
	if (sqlite3_value_type(args[0]) == SQLITE_NULL)
		return;
	struct str s = text_of(args[0]);
	int32_t out_n = (int32_t)s.n;
	char *out = malloc(s.n + 1);
	if (out != NULL && s.p != NULL && !fold_ascii(s, out)) {
		free(out);
		out = s.n < INT32_MAX / 16 ? fold_any(s, &out_n) : NULL;
	}
	if (out == NULL || s.p == NULL)
		sqlite3_result_error_nomem(sq);
	else
		sqlite3_result_text(sq, out, out_n, SQLITE_TRANSIENT);
	free(out);
}

static bool is_word_char(uint32_t ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || ch == '_' || (ch >= 0xc0 && ch <= 0x1fff);
}

static bool is_blank(uint32_t ch)
{
	return ch <= 0x20 || ch == 0x3000;
}

struct word {
	uint32_t ch[MAX_WORD];
	size_t n;
	bool at[MAX_WORD + 1]; /* which prefixes of the word end where we are in the text */
	bool is_begun;         /* one that is not empty does */
};

static bool word_read(struct word *w, struct str s)
{
	size_t n;
	w->n = 0;
	w->is_begun = false;
	memset(w->at, 0, sizeof(w->at));
	for (; s.n > 0; s = str_skip(s, n)) {
		if (w->n == MAX_WORD)
			return false;
		w->ch[w->n++] = utf8_decode(s, &n);
	}
	return w->n > 0;
}

/* The prefix of i characters ends here; so does a longer one whose rest may be empty. */
static void reach(struct word *w, bool *at, size_t i)
{
	w->is_begun = w->is_begun || i > 0;
	at[i] = true;
	while (i < w->n && w->ch[i] == '*')
		at[++i] = true;
}

static void word_step(struct word *w, uint32_t ch)
{
	bool next[MAX_WORD + 1];
	w->at[0] = w->at[0] && (w->ch[0] == '*' || w->ch[0] == ch);
	if (!w->is_begun && !w->at[0])
		return; /* most of any text */
	w->is_begun = false;
	memset(next, 0, w->n + 1);
	for (size_t i = 0; i < w->n; i++) {
		if (!w->at[i])
			continue;
		if (w->ch[i] == '*') {
			if (!is_blank(ch))
				reach(w, next, i);
		} else if (w->ch[i] == ch) {
			reach(w, next, i + 1);
		}
	}
	memcpy(w->at, next, w->n + 1);
}

static bool word_is_in(struct word *w, struct str s)
{
	bool begins_alone = is_word_char(w->ch[0]), ends_alone = is_word_char(w->ch[w->n - 1]);
	uint32_t before = ' ';
	for (;;) {
		size_t n = 0;
		uint32_t ch = s.n > 0 ? utf8_decode(s, &n) : ' ';
		if (w->at[w->n] && !(ends_alone && is_word_char(ch)))
			return true;
		if (!(begins_alone && is_word_char(before)))
			reach(w, w->at, 0);
		if (w->at[w->n] && !ends_alone)
			return true; /* nothing but stars */
		if (s.n == 0)
			return false;
		word_step(w, ch);
		before = ch;
		s = str_skip(s, n);
	}
}

static void has_word(sqlite3_context *sq, int n, sqlite3_value **args)
{
	struct word w;
	(void)n;
	if (sqlite3_value_type(args[0]) == SQLITE_NULL || sqlite3_value_type(args[1]) == SQLITE_NULL)
		return;
	struct str text = text_of(args[0]), word = text_of(args[1]);
	if (text.p == NULL || word.p == NULL)
		sqlite3_result_error_nomem(sq);
	else
		sqlite3_result_int(sq, word_read(&w, word) && word_is_in(&w, text));
}

int sqlite_add_functions(sqlite3 *s)
{
	enum { HOW = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };
	int rc = sqlite3_create_function(s, "fold", 1, HOW, NULL, fold, NULL, NULL);
	return rc != SQLITE_OK ? rc : sqlite3_create_function(s, "has_word", 2, HOW, NULL, has_word, NULL, NULL);
}
