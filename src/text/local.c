#include "text/local.h"

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/currency.h"

enum { MAX_LOCAL_CHARS = 200, MAX_LOCAL_BYTES = 3 * MAX_LOCAL_CHARS, MAX_LOCALE_BYTES = 16 };

/* As CLDR calls the parts of a date; the language decides about their order and what stands between. */
static const UChar *const skeletons[] = {
	[LOCAL_DATE] = u"yMMMMd",       [LOCAL_DAY] = u"yMMMMEEEEd", [LOCAL_WEEKDAY] = u"MMMEd",
	[LOCAL_MONTH] = u"yMMMM",       [LOCAL_TIME] = u"jm",        [LOCAL_DATE_TIME] = u"yMMMMdjm",
};

/* English here is what most of its readers outside of America expect of a help desk: day before month, and 24 hours. */
static const char *locale_of(struct str language, char room[MAX_LOCALE_BYTES])
{
	if (language.n == 0 || language.n >= MAX_LOCALE_BYTES || str_eq(language, STR("en")))
		return "en_GB";
	for (size_t i = 0; i < language.n; i++)
		room[i] = language.p[i] == '-' ? '_' : language.p[i];
	room[language.n] = '\0';
	return room;
}

static struct str utf8(struct arena *a, const UChar *text, int32_t n)
{
	char *room = arena_alloc(a, MAX_LOCAL_BYTES + 1);
	int32_t bytes = 0;
	UErrorCode e = U_ZERO_ERROR;
	u_strToUTF8(room, MAX_LOCAL_BYTES, &bytes, text, n, &e);
	return U_SUCCESS(e) ? (struct str){room, (size_t)bytes} : STR("");
}

struct str local_time(struct arena *a, struct str language, int64_t at_ms, int64_t offset_ms, enum local_form form)
{
	UErrorCode e = U_ZERO_ERROR;
	char room[MAX_LOCALE_BYTES];
	const char *locale = locale_of(language, room);
	UChar pattern[MAX_LOCAL_CHARS], text[MAX_LOCAL_CHARS];
	UDateTimePatternGenerator *patterns = udatpg_open(locale, &e);
	int32_t n = udatpg_getBestPattern(patterns, skeletons[form], -1, pattern, MAX_LOCAL_CHARS, &e);
	UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, u"GMT", -1, pattern, n, &e);
	n = udat_format(f, (UDate)(at_ms + offset_ms), text, MAX_LOCAL_CHARS, NULL, &e);
	struct str result = U_SUCCESS(e) ? utf8(a, text, n) : STR("");
	udat_close(f);
	udatpg_close(patterns);
	return result;
}

static struct str number(struct arena *a, struct str language, UNumberFormatStyle style, struct str decimal, struct str currency)
{
	UErrorCode e = U_ZERO_ERROR;
	char room[MAX_LOCALE_BYTES];
	UChar code[4], text[MAX_LOCAL_CHARS];
	int places;
	UNumberFormat *f = unum_open(style, NULL, 0, locale_of(language, room), NULL, &e);
	if (style == UNUM_CURRENCY) {
		u_charsToUChars(currency.p, code, 3);
		unum_setTextAttribute(f, UNUM_CURRENCY_CODE, code, 3, &e);
		/* ICU leaves the minor unit of some out, because cash has none there: an amount would not be what it is */
		if (currency_find(currency, &places))
			unum_setAttribute(f, UNUM_FRACTION_DIGITS, places);
		unum_setAttribute(f, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
	} else {
		unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, 20);
	}
	int32_t n = unum_formatDecimal(f, decimal.p, (int32_t)decimal.n, text, MAX_LOCAL_CHARS, NULL, &e);
	struct str result = U_SUCCESS(e) ? utf8(a, text, n) : decimal;
	unum_close(f);
	return result;
}

struct str local_number(struct arena *a, struct str language, struct str decimal)
{
	return number(a, language, UNUM_DECIMAL, decimal, STR_NULL);
}

struct str local_money(struct arena *a, struct str language, struct str decimal, struct str currency)
{
	return currency.n == 3 ? number(a, language, UNUM_CURRENCY, decimal, currency) : local_number(a, language, decimal);
}

struct str local_language(struct arena *a, struct str language, struct str named)
{
	UErrorCode e = U_ZERO_ERROR;
	char room[MAX_LOCALE_BYTES], of[MAX_LOCALE_BYTES];
	UChar text[MAX_LOCAL_CHARS];
	const char *which = str_eq(named, STR("en")) ? "en" : locale_of(named, of);
	int32_t n = uloc_getDisplayName(which, locale_of(language, room), text, MAX_LOCAL_CHARS, &e);
	return U_SUCCESS(e) && n > 0 ? utf8(a, text, n) : named;
}
