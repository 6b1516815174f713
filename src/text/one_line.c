#include "text/one_line.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

static bool is_unseen(uint32_t cp)
{
	bool turns = (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
	return turns || cp == 0x200b || cp == 0x2060 || cp == 0xfeff;
}

static bool is_control(uint32_t cp)
{
	return cp < ' ' || (cp >= 0x7f && cp <= 0x9f) || cp == 0x2028 || cp == 0x2029;
}

struct str one_line(struct arena *a, struct str text)
{
	struct buf b;
	size_t n = 0;
	if (text.n == 0)
		return text;
	buf_init(&b, a, text.n + 1);
	for (struct str rest = text; rest.n > 0; rest = str_skip(rest, n)) {
		uint32_t cp = utf8_decode(rest, &n);
		if (is_control(cp))
			buf_byte(&b, ' ');
		else if (!is_unseen(cp))
			buf_add(&b, str_head(rest, n));
	}
	return b.n > 0 ? str_trim(buf_str(&b)) : STR("");
}
