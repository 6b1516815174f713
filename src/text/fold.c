/* ICU works on UTF-16: there and back, with room that is asked for first. */

#include "text/fold.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"

/* Of all in valid UTF-8 the UTF-16 has no more units than there were bytes. */
static UChar *to_wide(struct arena *a, struct str text, int32_t *n_out)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar *wide = NEW_ARRAY(a, text.n + 1, UChar);
	u_strFromUTF8(wide, (int32_t)text.n + 1, n_out, text.p, (int32_t)text.n, &e);
	return U_SUCCESS(e) ? wide : NULL;
}

static UChar *folded(struct arena *a, const UChar *wide, int32_t n, int32_t *n_out)
{
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&e);
	int32_t room = unorm2_normalize(fold, wide, n, NULL, 0, &e);
	if (e != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(e))
		return NULL;
	e = U_ZERO_ERROR;
	UChar *out = NEW_ARRAY(a, (size_t)room + 1, UChar);
	*n_out = unorm2_normalize(fold, wide, n, out, room + 1, &e);
	return U_SUCCESS(e) ? out : NULL;
}

struct str text_fold(struct arena *a, struct str text)
{
	enum { MAX_BYTES_OF_UNIT = 3 };
	int32_t wide_n, folded_n, n;
	UErrorCode e = U_ZERO_ERROR;
	if (text.n == 0 || text.n > INT32_MAX / (2 * MAX_BYTES_OF_UNIT))
		return text;
	UChar *wide = to_wide(a, text, &wide_n);
	UChar *out = wide ? folded(a, wide, wide_n, &folded_n) : NULL;
	if (out == NULL)
		return text;
	size_t room = (size_t)folded_n * MAX_BYTES_OF_UNIT + 1;
	char *bytes = NEW_ARRAY(a, room, char);
	u_strToUTF8(bytes, (int32_t)room, &n, out, folded_n, &e);
	return U_SUCCESS(e) ? (struct str){bytes, (size_t)n} : text;
}
