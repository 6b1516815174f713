/* The text is cut into stretches: runs of letters that are written without blanks become pairs, the rest goes through ICU's word
 * break. That one's dictionaries for Chinese, Japanese and Thai are not asked: they differ from version to version. */

#include "text/words.h"

#include <libstemmer.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"

enum {
	MAX_WIDE = MAX_TOKEN_CHARS * 2 * 18, /* NFKC makes up to 18 units of one */
	MAX_TOKEN_BYTES = 512,
	FIRST_TOKENS = 64,
	MIN_STEM_BYTES = 3,
	SEEN_WORDS = 256, /* a power of two */
};

static const char *const languages[] = {"english", "french", "german", "spanish", "portuguese", "finnish"};
enum { LANGUAGES = sizeof(languages) / sizeof(languages[0]) };

/* A word that was there before, and its tokens then. */
struct seen {
	struct str word; /* in the text */
	size_t first;
	size_t n;
};

struct splitter {
	struct arena *a;
	struct str text;
	enum words_for what;
	const UNormalizer2 *fold;
	const UNormalizer2 *decompose;
	UBreakIterator *breaks;
	UText *view;
	struct sb_stemmer *stemmers[LANGUAGES];
	struct token *tokens;
	size_t n;
	size_t room;
	uint32_t position;
	struct seen seen[SEEN_WORDS];
};

/* A word in the two forms that matter: as stemmers want it, and without diacritics. */
struct wide {
	UChar ch[MAX_WIDE];
	int32_t n;
};

static bool is_full(const struct splitter *s)
{
	return s->position >= MAX_WORD_POSITIONS;
}

static void put_token(struct splitter *s, const struct token *t)
{
	if (s->n == s->room) {
		struct token *more = NEW_ARRAY(s->a, s->room * 2, struct token);
		memcpy(more, s->tokens, s->n * sizeof(more[0]));
		s->tokens = more;
		s->room *= 2;
	}
	s->tokens[s->n++] = *t;
}

static void add_token(struct splitter *s, struct str text, uint32_t from, uint32_t to, bool is_prefix)
{
	for (size_t i = s->n; i > 0 && s->tokens[i - 1].position == s->position; i--)
		if (str_eq(s->tokens[i - 1].text, text))
			return;
	put_token(s, &(struct token){str_dup(s->a, text), s->position, from, to, is_prefix});
}

/* Forms of a word ----------------------------------------------------------------------------------------------------- */

/* Most words: they need no tables. */
static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static void lower_ascii(struct str word, struct wide *out)
{
	out->n = (int32_t)word.n;
	for (size_t i = 0; i < word.n; i++)
		out->ch[i] = (UChar)(word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] | 0x20 : word.p[i]);
}

static void casefold(const struct splitter *s, struct str word, struct wide *out)
{
	if (is_ascii(word) && word.n <= MAX_TOKEN_CHARS) {
		lower_ascii(word, out);
		return;
	}
	UChar ch[MAX_TOKEN_CHARS * 2];
	int32_t n = 0;
	UErrorCode e = U_ZERO_ERROR;
	u_strFromUTF8(ch, MAX_TOKEN_CHARS * 2, &n, word.p, (int32_t)word.n, &e);
	for (int32_t i = 0; i < n; i++)
		if (ch[i] == 0x2019)
			ch[i] = '\'';
	out->n = U_SUCCESS(e) ? unorm2_normalize(s->fold, ch, n, out->ch, MAX_WIDE, &e) : 0;
	if (U_FAILURE(e))
		out->n = 0;
}

/* Letters that do not decompose, and what people type for them. */
static UChar plain(UChar ch)
{
	switch (ch) {
	case 0x142: /* l with stroke */
		return 'l';
	case 0xf8: /* o with stroke */
		return 'o';
	case 0x111: /* d with stroke */
		return 'd';
	case 0x131: /* dotless i */
		return 'i';
	default:
		return ch;
	}
}

/* NFKC makes whole phrases of some characters. */
static bool is_blank(UChar32 ch)
{
	return ch <= ' ' || u_isUWhiteSpace(ch);
}

/* The same where there is nothing to take away; false: there may be. */
static bool bare_ascii(const UChar *ch, int32_t n, char room[MAX_TOKEN_BYTES], struct str *out)
{
	size_t kept = 0;
	for (int32_t i = 0; i < n && i < MAX_TOKEN_BYTES; i++) {
		if (ch[i] >= 0x80)
			return false;
		if (ch[i] > ' ')
			room[kept++] = (char)ch[i];
	}
	*out = (struct str){room, kept};
	return n <= MAX_TOKEN_BYTES;
}

/* Without diacritics, as UTF-8 in room. */
static struct str bare(const struct splitter *s, const UChar *ch, int32_t n, char room[MAX_TOKEN_BYTES])
{
	struct str plain_text;
	if (bare_ascii(ch, n, room, &plain_text))
		return plain_text;
	struct wide d;
	UErrorCode e = U_ZERO_ERROR;
	int32_t kept = 0, out_n = 0;
	d.n = unorm2_normalize(s->decompose, ch, n, d.ch, MAX_WIDE, &e);
	for (int32_t i = 0; U_SUCCESS(e) && i < d.n && kept < MAX_TOKEN_BYTES / 3; i++)
		if ((d.ch[i] < 0x300 || d.ch[i] > 0x36f) && !is_blank(d.ch[i]))
			d.ch[kept++] = plain(d.ch[i]);
	if (kept > 0 && U16_IS_LEAD(d.ch[kept - 1]))
		kept--;
	u_strToUTF8(room, MAX_TOKEN_BYTES, &out_n, d.ch, kept, &e);
	return U_SUCCESS(e) ? (struct str){room, (size_t)out_n} : STR("");
}

static bool has_digit(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] >= '0' && word.p[i] <= '9')
			return true;
	return false;
}

static void add_stems(struct splitter *s, const struct wide *folded, uint32_t from, uint32_t to)
{
	char whole[MAX_TOKEN_BYTES], room[MAX_TOKEN_BYTES];
	UChar wide[MAX_TOKEN_BYTES];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = 0;
	u_strToUTF8(whole, MAX_TOKEN_BYTES, &n, folded->ch, folded->n, &e);
	if (U_FAILURE(e) || n < MIN_STEM_BYTES || has_digit((struct str){whole, (size_t)n}))
		return;
	for (size_t i = 0; i < LANGUAGES; i++) {
		const sb_symbol *stem = sb_stemmer_stem(s->stemmers[i], (const sb_symbol *)whole, n);
		check(stem != NULL);
		struct str plain_stem = {(const char *)stem, (size_t)sb_stemmer_length(s->stemmers[i])};
		if (is_ascii(plain_stem)) {
			if (plain_stem.n > 0)
				add_token(s, plain_stem, from, to, false);
			continue;
		}
		int32_t wide_n = 0;
		e = U_ZERO_ERROR;
		u_strFromUTF8(wide, MAX_TOKEN_BYTES, &wide_n, (const char *)stem, sb_stemmer_length(s->stemmers[i]),
		              &e);
		struct str text = U_SUCCESS(e) ? bare(s, wide, wide_n, room) : STR("");
		if (text.n > 0)
			add_token(s, text, from, to, false);
	}
}

/* The first MAX_TOKEN_CHARS characters. */
static struct str head_of_word(struct str word)
{
	size_t at = 0;
	for (size_t chars = 0; at < word.n && chars < MAX_TOKEN_CHARS; chars++) {
		size_t n;
		utf8_decode(str_skip(word, at), &n);
		at += n;
	}
	return str_head(word, at);
}

static void add_new_word(struct splitter *s, uint32_t from, uint32_t to)
{
	struct wide folded;
	char room[MAX_TOKEN_BYTES];
	casefold(s, head_of_word((struct str){s->text.p + from, to - from}), &folded);
	struct str text = bare(s, folded.ch, folded.n, room);
	if (text.n == 0)
		return;
	add_token(s, text, from, to, false);
	add_stems(s, &folded, from, to);
	s->position++;
}

/* Texts repeat their words: what one of them is made into is kept. */
static void add_word(struct splitter *s, uint32_t from, uint32_t to)
{
	if (is_full(s) || from >= to)
		return;
	struct str word = {s->text.p + from, to - from};
	struct seen *seen = &s->seen[str_hash(word) % SEEN_WORDS];
	if (seen->n == 0 || !str_eq(seen->word, word)) {
		size_t first = s->n;
		add_new_word(s, from, to);
		*seen = (struct seen){word, first, s->n - first};
		return;
	}
	for (size_t i = 0; i < seen->n; i++) {
		struct token t = s->tokens[seen->first + i];
		t.position = s->position;
		t.from = from;
		t.to = to;
		put_token(s, &t);
	}
	s->position++;
}

/* Stretches with blanks --------------------------------------------------------------------------------------------------- */

/* How long l', d', qu' and the like are at the start of the word, in bytes; 0: there is none. */
static size_t elision(struct str word)
{
	static const char *const elided[] = {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"};
	ptrdiff_t curly = str_find(word, STR("\xe2\x80\x99"));
	ptrdiff_t straight = str_find_byte(word, '\'');
	bool is_curly = curly >= 0 && (straight < 0 || curly < straight);
	ptrdiff_t at = is_curly ? curly : straight;
	for (size_t i = 0; at > 0 && i < sizeof(elided) / sizeof(elided[0]); i++)
		if (str_eq_nocase(str_head(word, (size_t)at), str_c(elided[i])))
			return (size_t)at + (is_curly ? 3 : 1);
	return 0;
}

/* ICU has an address for one word, as far as its first full stop. */
static bool joins(char byte, bool is_number)
{
	return byte == '@' || (!is_number && (byte == '.' || byte == ':' || byte == '_'));
}

/* What ICU takes for one word: customer.example is two. */
static void add_segment(struct splitter *s, uint32_t from, uint32_t to, bool is_number)
{
	from += (uint32_t)elision((struct str){s->text.p + from, to - from});
	uint32_t start = from;
	for (uint32_t i = from; i < to; i++) {
		if (!joins(s->text.p[i], is_number))
			continue;
		add_word(s, start, i);
		start = i + 1;
	}
	add_word(s, start, to);
}

static void add_stretch(struct splitter *s, uint32_t from, uint32_t to)
{
	UErrorCode e = U_ZERO_ERROR;
	s->view = utext_openUTF8(s->view, s->text.p + from, to - from, &e);
	ubrk_setUText(s->breaks, s->view, &e);
	check(U_SUCCESS(e));
	int32_t start = ubrk_first(s->breaks);
	for (int32_t end = ubrk_next(s->breaks); end != UBRK_DONE && !is_full(s);
	     start = end, end = ubrk_next(s->breaks)) {
		int32_t status = ubrk_getRuleStatus(s->breaks);
		if (status >= UBRK_WORD_NONE_LIMIT)
			add_segment(s, from + (uint32_t)start, from + (uint32_t)end, status < UBRK_WORD_NUMBER_LIMIT);
	}
}

/* Runs without blanks ------------------------------------------------------------------------------------------------------ */

static bool is_dakuten(uint32_t ch)
{
	return ch == 0x3099 || ch == 0x309a || ch == 0xff9e || ch == 0xff9f;
}

static bool is_run_char(uint32_t ch)
{
	static const UScriptCode scripts[] = {USCRIPT_HAN,  USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HANGUL,
	                                      USCRIPT_THAI, USCRIPT_LAO,      USCRIPT_KHMER,    USCRIPT_MYANMAR};
	if (ch < 0xe00 ||
	    !(u_isUAlphabetic((UChar32)ch) || (U_GET_GC_MASK((UChar32)ch) & U_GC_M_MASK) != 0 || is_dakuten(ch)))
		return false;
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (uscript_hasScript((UChar32)ch, scripts[i]))
			return true;
	return false;
}

/* A letter of a run, with where it came from. */
struct letter {
	char text[16];
	size_t n;
	uint32_t from, to;
};

struct pair {
	struct letter last;
	size_t seen_n;
};

static void add_letter(struct splitter *s, struct pair *p, const struct letter *l)
{
	char both[2 * sizeof(l->text)];
	if (p->seen_n++ > 0 && !is_full(s)) {
		memcpy(both, p->last.text, p->last.n);
		memcpy(both + p->last.n, l->text, l->n);
		add_token(s, (struct str){both, p->last.n + l->n}, p->last.from, l->to, false);
		s->position++;
	}
	p->last = *l;
}

/* One character with its dakuten is one letter, or (a square of several kana) more. */
static void add_unit(struct splitter *s, struct pair *p, uint32_t from, uint32_t to)
{
	struct wide folded;
	casefold(s, (struct str){s->text.p + from, to - from}, &folded);
	for (int32_t i = 0; i < folded.n;) {
		UChar32 ch;
		struct letter l = {.from = from, .to = to};
		UBool is_bad = false;
		int32_t n = 0;
		U16_NEXT(folded.ch, i, folded.n, ch);
		U8_APPEND((uint8_t *)l.text, n, (int32_t)sizeof(l.text), ch, is_bad);
		l.n = (size_t)n;
		if (!is_bad && !is_blank(ch))
			add_letter(s, p, &l);
	}
}

static void add_run(struct splitter *s, uint32_t from, uint32_t to)
{
	struct pair p = {.seen_n = 0};
	for (uint32_t at = from; at < to && !is_full(s);) {
		size_t n;
		uint32_t start = at;
		utf8_decode(str_skip(s->text, at), &n);
		at += (uint32_t)n;
		if (at < to && is_dakuten(utf8_decode(str_skip(s->text, at), &n)))
			at += (uint32_t)n;
		add_unit(s, &p, start, at);
	}
	if (p.seen_n == 0 || is_full(s) || (s->what == WORDS_OF_QUERY && p.seen_n > 1))
		return;
	add_token(s, (struct str){p.last.text, p.last.n}, p.last.from, p.last.to, s->what == WORDS_OF_QUERY);
	s->position++;
}

/* --------------------------------------------------------------------------------------------------------------------------- */

static void splitter_open(struct splitter *s)
{
	UErrorCode e = U_ZERO_ERROR;
	s->room = FIRST_TOKENS;
	s->tokens = NEW_ARRAY(s->a, s->room, struct token);
	s->fold = unorm2_getNFKCCasefoldInstance(&e);
	s->decompose = unorm2_getNFDInstance(&e);
	s->breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &e);
	check(U_SUCCESS(e));
	for (size_t i = 0; i < LANGUAGES; i++) {
		s->stemmers[i] = sb_stemmer_new(languages[i], "UTF_8");
		check(s->stemmers[i] != NULL);
	}
}

static void splitter_close(struct splitter *s)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		sb_stemmer_delete(s->stemmers[i]);
	ubrk_close(s->breaks);
	utext_close(s->view);
}

void words_split(struct arena *a, struct str text, enum words_for what, struct token **out, size_t *n_out)
{
	struct splitter s = {.a = a, .text = utf8_head(text, MAX_WORDS_BYTES), .what = what};
	splitter_open(&s);
	for (uint32_t at = 0; at < s.text.n && !is_full(&s);) {
		uint32_t from = at;
		size_t n;
		bool is_run = is_run_char(utf8_decode(str_skip(s.text, at), &n));
		do
			at += (uint32_t)n;
		while (at < s.text.n && is_run_char(utf8_decode(str_skip(s.text, at), &n)) == is_run);
		if (is_run)
			add_run(&s, from, at);
		else
			add_stretch(&s, from, at);
	}
	splitter_close(&s);
	*out = s.tokens;
	*n_out = s.n;
}
