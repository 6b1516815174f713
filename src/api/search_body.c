/* Decoding only: neither types nor rights are asked here. */

#include "api/search_body.h"

#include "base/num.h"
#include "desk/search_json.h"
#include "text/json_read.h"

enum { DEFAULT_SEARCH_LIMIT = 10 };

/* "createdate", "-createdate", or {propertyName, direction}. */
static enum err read_sort(struct ctx *c, const json_t *entry, struct search_in *in)
{
	struct str direction;
	if (json_is_string(entry)) {
		in->sort = json_text(entry);
		in->is_descending = str_starts(in->sort, STR("-"));
		in->sort = str_skip(in->sort, in->is_descending);
		return OK;
	}
	if (!json_is_object(entry))
		return json_is_not(c, "an array of names or objects", "sorts");
	TRY(json_take_text(c, entry, "propertyName", &in->sort));
	TRY(json_take_text(c, entry, "direction", &direction));
	in->is_descending = str_eq_nocase(direction, STR("DESCENDING"));
	if (in->sort.n == 0)
		return fail(
			c, ERR_BAD_INPUT,
			"Invalid input JSON on line 1, column 1. Some required fields were not set: [propertyName]");
	if (direction.n > 0 && !in->is_descending && !str_eq_nocase(direction, STR("ASCENDING")))
		return fail(c, ERR_BAD_INPUT, "The direction of a sort is ASCENDING or DESCENDING, not " STR_FMT ".",
		            STR_ARG(str_head(direction, 100)));
	return OK;
}

static enum err read_sorts(struct ctx *c, const json_t *body, struct search_in *in)
{
	const json_t *list;
	size_t n;
	TRY(json_take_array(c, body, "sorts", &list, &n));
	if (n > 1)
		return fail(c, ERR_BAD_INPUT, "A search takes one sort only.");
	return n == 0 ? OK : read_sort(c, json_array_get(list, 0), in);
}

/* A number, or a text of digits; otherwise when it is not there or empty. */
static enum err read_number(struct ctx *c, const json_t *body, const char *key, int64_t otherwise, int64_t min,
                            int64_t max, int64_t *out)
{
	struct str text;
	TRY(json_take_text(c, body, key, &text));
	*out = otherwise;
	if (text.n == 0)
		return OK;
	if (!num_parse_int(text, out) || *out < min || *out > max)
		return fail(c, ERR_BAD_INPUT, "%s has to be a number from %lld to %lld.", key, (long long)min,
		            (long long)max);
	return OK;
}

enum err search_body_read(struct ctx *c, struct str text, const json_t *body, struct search_in *in)
{
	size_t chars = 0;
	for (size_t i = 0; i < text.n; i++)
		chars += ((unsigned char)text.p[i] & 0xc0) != 0x80;
	*in = (struct search_in){0};
	if (!json_is_object(body))
		return fail(c, ERR_BAD_INPUT, "Invalid input JSON on line 1, column 1: an object is expected");
	if (chars > MAX_BODY_CHARS)
		return fail(c, ERR_BAD_INPUT, "The body of a search takes no more than %d characters.", MAX_BODY_CHARS);
	TRY(json_take_text(c, body, "query", &in->query));
	TRY(search_groups_read(c, body, in));
	TRY(read_sorts(c, body, in));
	TRY(read_number(c, body, "limit", DEFAULT_SEARCH_LIMIT, 1, MAX_SEARCH_PAGE, &in->limit));
	return read_number(c, body, "after", 0, 0, MAX_SEARCH_REACH, &in->offset);
}
