/* ICU does the conversion, a small table says what a label really means. ICU's own aliases serve for everything
 * that is not in the table. A converter is opened and closed within one call: converters are not shared between
 * threads. */

#include "text/charset.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum {
	MAX_LABEL_BYTES = 64,
	UNITS = 2048,           /* UTF-16 units converted in one go */
	UTF8_PER_UNIT = 3,      /* most UTF-8 bytes that one UTF-16 unit can become */
	UTF8_PER_BYTE = 6,      /* the most that one byte of any charset becomes, with room */
};

enum kind {
	KIND_ICU,    /* convert by its name */
	KIND_WEAK,   /* says little: valid UTF-8 wins, then the name */
	KIND_UTF8,
	KIND_BINARY, /* ASCII bytes do not stand for themselves: no short cut */
};

struct label {
	const char *label;
	const char *icu;
	enum kind kind;
};

#define JAPANESE "ISO_2022,locale=ja,version=4" /* takes NEC row 13 and 8-bit half-width kana, as Outlook sends them */

static const struct label labels[] = {
	{"",                 "windows-1252",      KIND_WEAK},
	{"ascii",            "windows-1252",      KIND_WEAK},
	{"us-ascii",         "windows-1252",      KIND_WEAK},
	{"ansi_x3.4-1968",   "windows-1252",      KIND_WEAK},
	{"iso-8859-1",       "windows-1252",      KIND_WEAK},
	{"iso8859-1",        "windows-1252",      KIND_WEAK},
	{"iso_8859-1",       "windows-1252",      KIND_WEAK},
	{"latin1",           "windows-1252",      KIND_WEAK},
	{"latin-1",          "windows-1252",      KIND_WEAK},
	{"windows-1252",     "windows-1252",      KIND_WEAK},
	{"cp1252",           "windows-1252",      KIND_WEAK},
	{"cp-850",           "cp850",             KIND_ICU},
	{"iso-8859-1-windows-1252", "windows-1252", KIND_WEAK},
	{"unknown",          "windows-1252",      KIND_WEAK},
	{"unknown-8bit",     "windows-1252",      KIND_WEAK},
	{"x-unknown",        "windows-1252",      KIND_WEAK},
	{"default",          "windows-1252",      KIND_WEAK},
	{"default_charset",  "windows-1252",      KIND_WEAK},
	{"8bit",             "windows-1252",      KIND_WEAK},
	{"utf-8",            "utf-8",             KIND_UTF8},
	{"utf8",             "utf-8",             KIND_UTF8},
	{"utf8mb4",          "utf-8",             KIND_UTF8},
	{"utf-8mb4",         "utf-8",             KIND_UTF8},
	{"unicode-1-1-utf-8", "utf-8",            KIND_UTF8},
	{"unicode-1-1-utf-7", "utf-7",            KIND_BINARY},
	{"utf-7",            "utf-7",             KIND_BINARY},
	{"utf-16",           "utf-16",            KIND_BINARY},
	{"utf-16le",         "utf-16le",          KIND_BINARY},
	{"utf-16be",         "utf-16be",          KIND_BINARY},
	{"utf-32",           "utf-32",            KIND_BINARY},
	{"utf-32le",         "utf-32le",          KIND_BINARY},
	{"utf-32be",         "utf-32be",          KIND_BINARY},
	{"iso-8859-9",       "windows-1254",      KIND_ICU},
	{"latin5",           "windows-1254",      KIND_ICU},
	{"iso-8859-11",      "windows-874",       KIND_ICU},
	{"tis-620",          "windows-874",       KIND_ICU},
	{"iso-8859-16",      "iso-8859-2",        KIND_ICU}, /* not in ICU 72; fits Romanian letters */
	{"iso-8859-8-i",     "iso-8859-8",        KIND_ICU},
	{"iso-8859-8-e",     "iso-8859-8",        KIND_ICU},
	{"gb2312",           "gb18030",           KIND_ICU},
	{"gb_2312-80",       "gb18030",           KIND_ICU},
	{"gb2312-80",        "gb18030",           KIND_ICU},
	{"chinese",          "gb18030",           KIND_ICU},
	{"x-gbk",            "gb18030",           KIND_ICU},
	{"gbk",              "gb18030",           KIND_ICU},
	{"cp936",            "gb18030",           KIND_ICU},
	{"euc-cn",           "gb18030",           KIND_ICU},
	{"hz-gb-2312",       "hz",                KIND_BINARY},
	{"big5",             "big5-hkscs",        KIND_ICU},
	{"big5-hkscs",       "big5-hkscs",        KIND_ICU},
	{"cp950",            "windows-950",       KIND_ICU},
	{"shift_jis",        "ibm-943_P15A-2003", KIND_ICU},
	{"shift-jis",        "ibm-943_P15A-2003", KIND_ICU},
	{"sjis",             "ibm-943_P15A-2003", KIND_ICU},
	{"x-sjis",           "ibm-943_P15A-2003", KIND_ICU},
	{"ms_kanji",         "ibm-943_P15A-2003", KIND_ICU},
	{"cp932",            "ibm-943_P15A-2003", KIND_ICU},
	{"windows-31j",      "ibm-943_P15A-2003", KIND_ICU},
	{"iso-2022-jp",      JAPANESE,            KIND_BINARY},
	{"iso-2022-jp-1",    JAPANESE,            KIND_BINARY},
	{"iso-2022-jp-2",    JAPANESE,            KIND_BINARY},
	{"iso-2022-jp-3",    JAPANESE,            KIND_BINARY},
	{"iso-2022-jp-ms",   JAPANESE,            KIND_BINARY},
	{"csiso2022jp",      JAPANESE,            KIND_BINARY},
	{"cp50220",          JAPANESE,            KIND_BINARY},
	{"cp50221",          JAPANESE,            KIND_BINARY},
	{"cp50222",          JAPANESE,            KIND_BINARY},
	{"iso-2022-kr",      "iso-2022-kr",       KIND_BINARY},
	{"iso-2022-cn",      "iso-2022-cn",       KIND_BINARY},
	{"cp51932",          "euc-jp",            KIND_ICU},
	{"eucjp-ms",         "euc-jp",            KIND_ICU},
	{"ks_c_5601-1987",   "windows-949-2000",  KIND_ICU},
	{"ks_c_5601-1989",   "windows-949-2000",  KIND_ICU},
	{"ks_c_5601",        "windows-949-2000",  KIND_ICU},
	{"ksc5601",          "windows-949-2000",  KIND_ICU},
	{"euc-kr",           "windows-949-2000",  KIND_ICU},
	{"cp949",            "windows-949-2000",  KIND_ICU},
	{"korean",           "windows-949-2000",  KIND_ICU},
	{"viscii",           "windows-1258",      KIND_ICU},
	{"cp1258",           "windows-1258",      KIND_ICU},
	{"cyrillic",         "iso-8859-5",        KIND_ICU},
	{"win-1251",         "windows-1251",      KIND_ICU},
	{"x-mac-roman",      "macintosh",         KIND_ICU},
};

static const struct label weak = {"", "windows-1252", KIND_WEAK};
static const struct label japanese = {"", JAPANESE, KIND_BINARY};

/* The label as it is looked up: trimmed, without quotes, without the language of RFC 2231, in lower case. */
static struct str label_clean(struct arena *a, struct str label)
{
	label = str_trim(label);
	while (label.n > 0 && strchr("\"'", label.p[0]) != NULL)
		label = str_skip(label, 1);
	while (label.n > 0 && strchr("\"';", label.p[label.n - 1]) != NULL)
		label.n--;
	ptrdiff_t star = str_find_byte(label, '*');
	if (star >= 0)
		label.n = (size_t)star;
	if (label.n > MAX_LABEL_BYTES || memchr(label.n ? label.p : "", '\0', label.n) != NULL)
		return STR("");
	return str_lower(a, label);
}

/* What the label stands for. Names that are not in the table are ICU's business, where it knows them. */
static struct label label_find(struct arena *a, struct str label)
{
	label = label_clean(a, label);
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (str_eq(label, str_c(labels[i].label)))
			return labels[i];
	UErrorCode status = U_ZERO_ERROR;
	const char *name = str_z(a, label);
	/* "IMAP-mailbox-name" and names with options ("x,swaplfnl") are ICU's own inventions */
	if (strpbrk(name, ",=") != NULL || ucnv_getAlias(name, 0, &status) == NULL || U_FAILURE(status))
		return weak;
	return (struct label){"", name, KIND_BINARY};
}

/* Every byte that has no meaning becomes U+FFFD; ICU alone would write U+001A for single bytes of some tables. */
static void U_CALLCONV put_replacement(const void *context, UConverterToUnicodeArgs *args, const char *unit,
				       int32_t unit_n, UConverterCallbackReason reason, UErrorCode *status)
{
	static const UChar replacement = 0xfffd;
	(void)context;
	(void)unit;
	(void)unit_n;
	if (reason > UCNV_IRREGULAR)
		return;
	*status = U_ZERO_ERROR;
	ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

/* units as UTF-8, without NUL. */
static void put_utf8(struct buf *b, const UChar *units, int32_t unit_n)
{
	char utf8[UNITS * UTF8_PER_UNIT];
	int32_t n = 0;
	UErrorCode status = U_ZERO_ERROR;
	u_strToUTF8WithSub(utf8, sizeof(utf8), &n, units, unit_n, 0xfffd, NULL, &status);
	if (U_FAILURE(status))
		return;
	for (struct str rest = {utf8, (size_t)n}; !str_is_null(rest);)
		buf_add(b, str_cut(&rest, (struct str){"", 1})); /* one NUL byte */
}

/* Converts everything. A surrogate pair is never split between two rounds: the high half waits for the next one. */
static void convert(UConverter *icu, struct str bytes, struct buf *b)
{
	UChar units[UNITS];
	UChar *start = units;
	const char *from = bytes.p, *end = bytes.p + bytes.n;
	UErrorCode status;
	do {
		UChar *to = start;
		status = U_ZERO_ERROR;
		ucnv_toUnicode(icu, &to, units + UNITS, &from, end, NULL, true, &status);
		bool has_half = status == U_BUFFER_OVERFLOW_ERROR && to > units && U16_IS_LEAD(to[-1]);
		put_utf8(b, units, (int32_t)(to - units) - has_half);
		start = units;
		if (has_half)
			*start++ = to[-1];
	} while (status == U_BUFFER_OVERFLOW_ERROR);
}

static bool icu_decode(struct arena *a, const char *name, struct str bytes, struct str *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *icu = ucnv_open(name, &status);
	if (U_FAILURE(status))
		return false;
	ucnv_setToUCallBack(icu, put_replacement, NULL, NULL, NULL, &status);
	struct buf b;
	buf_init(&b, a, bytes.n * UTF8_PER_BYTE + UNITS);
	convert(icu, bytes, &b);
	ucnv_close(icu);
	*out = buf_str(&b);
	return true;
}

static bool is_plain_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == '\0' || s.p[i] == '\033')
			return false;
	return true;
}

static struct str without_bom(struct str s)
{
	return str_starts(s, STR("\xef\xbb\xbf")) ? str_skip(s, 3) : s;
}

struct str charset_decode(struct arena *a, struct str label, struct str bytes)
{
	struct str out;
	struct label as = label_find(a, label);
	if (bytes.n == 0)
		return STR("");
	if (as.kind != KIND_BINARY && is_plain_ascii(bytes))
		return bytes;
	if (as.kind == KIND_WEAK && str_find(bytes, STR("\033$")) >= 0)
		as = japanese;
	if (as.kind == KIND_UTF8 || (as.kind == KIND_WEAK && utf8_is_valid(bytes)))
		return without_bom(utf8_clean(a, bytes));
	if (icu_decode(a, as.icu, bytes, &out) || icu_decode(a, weak.icu, bytes, &out))
		return without_bom(out);
	return utf8_clean(a, bytes);
}
