#pragma once

#include "base/str.h"

/* Text of any charset to UTF-8. Decoding cannot fail: bytes that mean nothing in their charset become U+FFFD, an
 * unknown label is read as UTF-8 where the bytes are valid UTF-8 and as windows-1252 where not. NUL is taken out
 * (PostgreSQL refuses it).
 *
 * Labels are read as browsers read them (WHATWG Encoding Standard), because mails lie in the same way: iso-8859-1
 * and us-ascii are windows-1252, gb2312 is gb18030, shift_jis is windows-31j, ks_c_5601-1987 is windows-949. Unlike
 * a browser we also know UTF-7, UTF-32 and the ISO-2022 family, which real mails use. The result is text, not HTML:
 * whoever shows it escapes it. */

struct arena;

/* bytes in the charset named by label (any case, with or without quotes; the null string: unknown) as valid UTF-8
 * without NUL and without a byte order mark at the start. Valid UTF-8 wins over a label that is missing, unknown,
 * ASCII or latin1; bytes without a usable label that contain ESC $ are ISO-2022-JP. Borrows from bytes where
 * nothing has to be changed. */
struct str charset_decode(struct arena *a, struct str label, struct str bytes);
