/* Whatever is accepted survives being written and read again; the walk over props agrees with Jansson. */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/json.h"
#include "text/json_props.h"
#include "text/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_quoting(struct ctx *c, struct str text)
{
	struct buf b;
	json_t *back;
	buf_init(&b, c->a, text.n * 6 + 2);
	json_quote(&b, text);
	check(json_parse(c, buf_str(&b), &back) == OK);
	check(str_eq(json_text(back), text));
}

static void check_props(struct ctx *c, struct str map, const json_t *object)
{
	struct props_walk w = props_walk(map);
	struct str name, value;
	size_t n = 0;
	while (props_next(&w, c->a, &name, &value)) {
		check(str_eq(json_text(json_object_getn(object, name.p, name.n)), value));
		n++;
	}
	check(n == json_object_size(object));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n > 20000)
		return 0;
	struct ctx c = {.a = arena_open(64 << 20)};
	struct str text = {(const char *)bytes, n}, name, value;
	if (n == 0)
		text = STR("");

	for (struct props_walk w = props_walk(text); props_next(&w, c.a, &name, &value);)
		;
	json_t *parsed, *again;
	if (json_parse(&c, text, &parsed) == OK) {
		struct str first = json_compact(&c, parsed, MAX_JSON_BYTES);
		check(json_parse(&c, first, &again) == OK);
		check(json_equal(parsed, again));
		check(str_eq(json_compact(&c, again, MAX_JSON_BYTES), first));
		if (json_is_object(parsed) && props_are_valid(text))
			check_props(&c, text, parsed);
	}
	struct str clean = utf8_clean(c.a, text);
	check_quoting(&c, clean);
	arena_close(c.a);
	return 0;
}
