#include "text/html_mention.h"

#include "base/arena.h"
#include "base/num.h"
#include "text/html_scan.h"

static size_t add_once(int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return n;
	ids[n] = id;
	return n + 1;
}

size_t html_mentions(struct arena *a, struct str cleaned, int64_t **out)
{
	int64_t *ids = NEW_ARRAY(a, MAX_MENTIONS, int64_t);
	struct html_scan scan = html_scan_begin(cleaned);
	struct html_token token;
	struct str name, value;
	size_t n = 0;
	int64_t id;
	while (n < MAX_MENTIONS && html_scan_next(&scan, &token)) {
		if (token.kind != HTML_OPEN || !str_eq(token.name, STR("span")))
			continue;
		while (html_attr_next(&token.attrs, &name, &value))
			if (str_eq(name, STR("data-user-id")) && num_parse_id(value, &id))
				n = add_once(ids, n, id);
	}
	*out = ids;
	return n;
}
