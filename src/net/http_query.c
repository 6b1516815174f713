#include "net/http_query.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

enum plus { PLUS_STAYS, PLUS_IS_BLANK };

static int hex_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return -1;
}

static bool needs_decoding(struct str raw, enum plus plus)
{
	return str_find_byte(raw, '%') >= 0 || (plus == PLUS_IS_BLANK && str_find_byte(raw, '+') >= 0);
}

/* Into room for raw.n bytes. */
static bool decode_into(char *room, struct str raw, enum plus plus, size_t *n_out)
{
	size_t n = 0;
	for (size_t i = 0; i < raw.n; i++) {
		char byte = raw.p[i];
		if (byte == '%') {
			int high = i + 2 < raw.n ? hex_value(raw.p[i + 1]) : -1;
			int low = i + 2 < raw.n ? hex_value(raw.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			byte = (char)(high * 16 + low);
			i += 2;
		} else if (byte == '+' && plus == PLUS_IS_BLANK) {
			byte = ' ';
		}
		room[n++] = byte;
	}
	*n_out = n;
	return true;
}

static bool decode(struct arena *a, struct str raw, enum plus plus, struct str *out)
{
	struct str text = raw;
	if (str_is_null(raw))
		text = STR("");
	if (needs_decoding(raw, plus)) {
		char *room = arena_alloc(a, raw.n + 1);
		text.p = room;
		if (!decode_into(room, raw, plus, &text.n))
			return false;
	}
	if (str_find_byte(text, '\0') >= 0 || !utf8_is_valid(text))
		return false;
	*out = text;
	return true;
}

bool http_segment(struct arena *a, struct str raw, struct str *out)
{
	return decode(a, raw, PLUS_STAYS, out);
}

bool http_pairs_next(struct arena *a, struct http_pairs *p, struct str *name_out, struct str *value_out)
{
	while (!str_is_null(p->rest) && !p->is_bad) {
		struct str value = str_cut(&p->rest, STR("&"));
		if (value.n == 0)
			continue;
		struct str name = str_cut(&value, STR("="));
		struct str plain;
		p->is_bad = !decode(a, name, PLUS_IS_BLANK, &plain) || !decode(a, value, PLUS_IS_BLANK, value_out);
		if (!p->is_bad) {
			*name_out = plain;
			return true;
		}
	}
	return false;
}

bool http_query_is_valid(struct arena *a, struct str query)
{
	struct http_pairs p = {.rest = query};
	struct str name, value;
	while (http_pairs_next(a, &p, &name, &value))
		;
	return !p.is_bad;
}

bool http_query_get(struct arena *a, struct str query, const char *name, struct str *out)
{
	struct http_pairs p = {.rest = query};
	struct str found, value, want = str_c(name);
	while (http_pairs_next(a, &p, &found, &value)) {
		if (!str_eq(found, want))
			continue;
		*out = value;
		return true;
	}
	return false;
}

size_t http_query_all(struct arena *a, struct str query, const char *name, struct str **out)
{
	struct http_pairs p = {.rest = query};
	struct str found, value, want = str_c(name);
	size_t n = 0, room = 0;
	struct str *all = NULL;
	while (http_pairs_next(a, &p, &found, &value)) {
		if (!str_eq(found, want))
			continue;
		if (n == room) {
			room = room ? room * 2 : 8;
			struct str *wider = NEW_ARRAY(a, room, struct str);
			if (n > 0)
				memcpy(wider, all, n * sizeof(*all));
			all = wider;
		}
		all[n++] = value;
	}
	*out = all;
	return n;
}
