#include "base/buf.h"
#include "base/check.h"
#include "net/sse.h"

static bool has_break(struct str s)
{
	return str_find_byte(s, '\n') >= 0 || str_find_byte(s, '\r') >= 0;
}

static void field(struct buf *b, struct str name, struct str value)
{
	buf_add(b, name);
	buf_lit(b, ": ");
	buf_add(b, value);
	buf_byte(b, '\n');
}

/* The part before CR, LF or CRLF; *rest becomes null behind the last one. */
static struct str cut_line(struct str *rest)
{
	struct str all = *rest;
	for (size_t i = 0; i < all.n; i++) {
		if (all.p[i] != '\n' && all.p[i] != '\r')
			continue;
		bool is_pair = all.p[i] == '\r' && i + 1 < all.n && all.p[i + 1] == '\n';
		*rest = (struct str){all.p + i + 1 + is_pair, all.n - i - 1 - is_pair};
		return str_head(all, i);
	}
	*rest = STR_NULL;
	return all;
}

void sse_format(struct buf *b, struct str id, struct str event, struct str data)
{
	check(!has_break(id) && !has_break(event));
	if (!str_is_null(id))
		field(b, STR("id"), id);
	if (!str_is_null(event))
		field(b, STR("event"), event);
	struct str rest = data;
	do
		field(b, STR("data"), cut_line(&rest));
	while (!str_is_null(rest));
	buf_byte(b, '\n');
}
