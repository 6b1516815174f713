#include "text/person_name.h"

#include <stdbool.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/arena.h"

/* The space of East Asian keyboards. */
static const struct str wide_space = STR("\u3000");

static UChar32 next_char(struct str *rest)
{
	int32_t i = 0;
	UChar32 ch;
	U8_NEXT(rest->p, i, (int32_t)rest->n, ch);
	*rest = str_skip(*rest, (size_t)i);
	return ch;
}

/* All of its letters are of a script whose people write the family name first. */
static bool is_family_first(struct str name)
{
	bool has_letter = false;
	while (name.n > 0) {
		UErrorCode e = U_ZERO_ERROR;
		UChar32 ch = next_char(&name);
		UScriptCode script = ch < 0 ? USCRIPT_UNKNOWN : uscript_getScript(ch, &e);
		bool is_east_asian = script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
		                     script == USCRIPT_HANGUL;
		if (!is_east_asian && script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
			return false;
		has_letter |= is_east_asian;
	}
	return has_letter;
}

/* Cuts the first word off. */
static struct str next_word(struct str *rest)
{
	ptrdiff_t at = str_find_byte(*rest, ' '), wide = str_find(*rest, wide_space);
	if (wide >= 0 && (at < 0 || wide < at)) {
		struct str word = str_head(*rest, (size_t)wide);
		*rest = str_trim(str_skip(*rest, (size_t)wide + wide_space.n));
		return word;
	}
	struct str word = str_cut(rest, STR(" "));
	*rest = str_is_null(*rest) ? STR("") : str_trim(*rest);
	return word;
}

/* "van der Berg": one word, and particles before it. */
static bool is_family_name(struct str text)
{
	while (text.n > 0) {
		struct str word = next_word(&text);
		if (text.n > 0 && !u_islower(next_char(&word)))
			return false;
	}
	return true;
}

/* What stands behind the comma of a firm or of a title, and not of a name. */
static bool is_suffix(struct str text)
{
	static const struct str suffixes[] = {
		STR("inc"), STR("ltd"), STR("llc"), STR("llp"), STR("gmbh"), STR("corp"), STR("co"), STR("s.a"), STR("jr"), STR("sr"),
		STR("ii"), STR("iii"), STR("phd"), STR("ph.d"), STR("md"), STR("m.d"), STR("esq"), STR("mba"), STR("cpa"),
	};
	if (text.n > 0 && text.p[text.n - 1] == '.')
		text.n--;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (str_eq_nocase(text, suffixes[i]))
			return true;
	return false;
}

/* At most two names: "Ada", "Ada M.". */
static bool is_given_name(struct str text)
{
	struct str rest = text, letters = text;
	next_word(&rest);
	next_word(&rest);
	return rest.n == 0 && letters.n > 0 && u_isalpha(next_char(&letters)) && !is_suffix(text);
}

/* "Lovelace, Ada", with one comma. */
static bool split_at_comma(struct str full, struct person_name *out)
{
	struct str after = full;
	struct str before = str_trim(str_cut(&after, STR(",")));
	if (str_is_null(after) || str_find_byte(after, ',') >= 0)
		return false;
	after = str_trim(after);
	if (before.n == 0 || !is_family_name(before) || !is_given_name(after))
		return false;
	*out = (struct person_name){.first = after, .last = before};
	return true;
}

struct person_name person_name_split(struct str full)
{
	struct person_name out;
	struct str rest = str_trim(full);
	if (rest.n == 0)
		return (struct person_name){STR(""), STR("")};
	if (split_at_comma(rest, &out))
		return out;
	struct str head = next_word(&rest);
	bool is_turned = rest.n > 0 && is_family_first(head) && is_family_first(rest);
	return is_turned ? (struct person_name){.first = rest, .last = head} : (struct person_name){.first = head, .last = rest};
}

struct str person_name(struct arena *a, struct str first, struct str last)
{
	bool is_turned = first.n > 0 && last.n > 0 && is_family_first(first) && is_family_first(last);
	return str_trim(str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(is_turned ? last : first), STR_ARG(is_turned ? first : last)));
}
