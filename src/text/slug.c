#include "text/slug.h"

#include <stdbool.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { LATIN_END = 0x250, MAX_TITLE_CHARS = 400, MAX_WIDE = MAX_TITLE_CHARS * 18 };

/* What no decomposition takes apart. */
static struct str plain_of(UChar32 ch)
{
	static const struct {
		UChar32 ch;
		struct str plain;
	} letters[] = {
		{0xe6, STR("ae")}, {0xf0, STR("d")}, {0xf8, STR("o")}, {0xfe, STR("th")}, {0x111, STR("d")}, {0x127, STR("h")},
		{0x131, STR("i")}, {0x142, STR("l")}, {0x153, STR("oe")},
	};
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (letters[i].ch == ch)
			return letters[i].plain;
	return STR_NULL;
}

static bool is_mark(UChar32 ch)
{
	return ch >= 0x300 && ch <= 0x36f;
}

/* Case folded, and without the marks of Latin letters; those of others (й, が) are letters of their own. */
static int32_t fold(struct arena *a, struct str text, UChar *out)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar *wide = NEW_ARRAY(a, MAX_WIDE, UChar), *apart = NEW_ARRAY(a, MAX_WIDE, UChar);
	int32_t n, kept = 0;
	bool is_latin = false;
	text = utf8_head(text, MAX_TITLE_CHARS);
	u_strFromUTF8(wide, MAX_WIDE, &n, text.p, (int32_t)text.n, &e);
	const UNormalizer2 *folds = unorm2_getNFKCCasefoldInstance(&e);
	n = U_SUCCESS(e) ? unorm2_normalize(folds, wide, n, apart, MAX_WIDE, &e) : 0;
	const UNormalizer2 *parts = unorm2_getNFDInstance(&e);
	n = U_SUCCESS(e) ? unorm2_normalize(parts, apart, n, wide, MAX_WIDE, &e) : 0;
	for (int32_t i = 0; i < n; i++) {
		is_latin = is_mark(wide[i]) ? is_latin : wide[i] < LATIN_END;
		if (!is_mark(wide[i]) || !is_latin)
			wide[kept++] = wide[i];
	}
	const UNormalizer2 *whole = unorm2_getNFCInstance(&e);
	n = U_SUCCESS(e) ? unorm2_normalize(whole, wide, kept, out, MAX_WIDE, &e) : 0;
	return U_SUCCESS(e) ? n : 0;
}

static void add_char(struct buf *b, UChar32 ch)
{
	char room[U8_MAX_LENGTH];
	int32_t n = 0;
	struct str plain = plain_of(ch);
	if (plain.n > 0) {
		buf_add(b, plain);
		return;
	}
	U8_APPEND_UNSAFE(room, n, ch);
	buf_add(b, (struct str){room, (size_t)n});
}

/* A letter, a digit, or a mark that belongs to one. */
static bool is_kept(UChar32 ch)
{
	return u_isalnum(ch) || (U_GET_GC_MASK(ch) & U_GC_M_MASK) != 0;
}

struct str slug_of(struct arena *a, struct str text)
{
	struct buf b;
	UChar *wide = NEW_ARRAY(a, MAX_WIDE, UChar);
	int32_t n = fold(a, text, wide);
	bool is_apart = false;
	buf_init(&b, a, MAX_WIDE * U8_MAX_LENGTH);
	for (int32_t i = 0; i < n;) {
		UChar32 ch;
		U16_NEXT(wide, i, n, ch);
		if (!is_kept(ch)) {
			/* it's: one word */
			is_apart = is_apart || (ch != '\'' && ch != 0x2019);
			continue;
		}
		if (is_apart && b.n > 0)
			buf_byte(&b, '-');
		is_apart = false;
		add_char(&b, ch);
	}
	struct str slug = utf8_head(buf_str(&b), MAX_SLUG_BYTES);
	while (slug.n > 0 && slug.p[slug.n - 1] == '-')
		slug.n--;
	return slug.n > 0 ? slug : STR("");
}
