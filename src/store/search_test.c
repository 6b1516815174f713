/* What a word is, and what is the same without case, on both engines. */

#include "store/test.h"

#include "store/schema.h"
#include "store/search.h"

enum { TYPE = 5 };

static const struct {
	const char *text;
	const char *word;
	bool is_in;
} rows[] = {
	{"The lamps", "lamps", true},
	{"The lamps", "LAMPS", true},
	{"The lamps", "lamp", false},
	{"The lamps", "amps", false},
	{"The lamps", "*amps", true},
	{"The lamps", "lamp*", true},
	{"The lamps", "l*s", true},
	{"The lamps", "t*s", false}, /* stars do not pass over blanks */
	{"The lamps", "*", true},
	{"lalamp lamp", "lamp", true}, /* begins again within what failed */
	{"aab", "a*ab", true},
	{"lamp-post", "lamp", true},
	{"lamp_post", "lamp", false},
	{"(lamp)", "(lamp)", true},
	{"lamp", "l.mp", false},
	{"lamp", "^lamp$", false},
	{"a\\b [c] {d} e|f", "[c]", true},
	{"a\\b [c] {d} e|f", "a\\b", true},
	{"a\\b [c] {d} e|f", "e|f", true},
	{"a\\b [c] {d} e|f", "a|x", false},
	{"ann@customer.example", "*@customer.example", true},
	{"ann@customer.example", "customer", true},
	{"ÄITI ja Straße", "äiti", true},
	{"äiti ja straße", "STRA*E", true},
	{"Größe", "gr", false},
	{"ΣΊΣΥΦΟΣ Йод", "йОД", true},
	{"請求書の再発行", "求書", true},
	{"請求書の再発行", "請書", false},
	{"請求　書類", "請*類", false}, /* an ideographic space is blank too */
	{"😀 fine", "😀", true},
	{"", "a", false},
};

struct asked {
	const char *word;
	int64_t total;
	struct object *found;
	size_t n;
};

static enum err put_texts(struct ctx *c, void *arg)
{
	struct object_type type = {
		.id = TYPE, .type_id = STR("0-5"), .singular = STR("thing"), .plural = STR("things"), .label = STR("Thing"),
		.label_property = STR("name"), .unique_property = STR(""), .created_property = STR(""), .modified_property = STR(""),
		.default_properties = STR(""), .required_properties = STR(""), .default_pipeline = STR(""),
	};
	(void)arg;
	TRY(object_type_put(c, &type));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct object o = {.object_type = TYPE, .created_at = (int64_t)i + 1, .updated_at = 1, .label = str_c(rows[i].text),
		                   .props = STR("{}")};
		TRY(object_insert(c, &o));
	}
	return OK;
}

static enum err ask(struct ctx *c, void *arg)
{
	struct asked *asked = arg;
	const struct search_value value = {.text = str_c(asked->word)};
	const struct search_group group = {
		.n = 1,
		.filters = {{
			.what = {.column = shape_field(&object_shape, STR("label")), .as = SEARCH_WITHOUT_CASE},
			.op = SEARCH_CONTAINS,
			.values = &value,
			.value_n = 1,
		}},
	};
	const struct search s = {.object_type = TYPE, .groups = &group, .group_n = 1, .limit = 100};
	return object_search(c, &s, &asked->found, &asked->n, &asked->total);
}

static void words_are_found_as_they_stand(void **state)
{
	struct test_db *t = *state;
	assert_ok(test_write(t, put_texts, NULL));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct asked asked = {.word = rows[i].word};
		bool is_in = false;
		assert_ok(test_read(t, ask, &asked));
		assert_int_equal(asked.total, asked.n);
		for (size_t k = 0; k < asked.n; k++)
			is_in = is_in || asked.found[k].created_at == (int64_t)i + 1;
		if (is_in != rows[i].is_in)
			test_fail(__FILE__, __LINE__, "\"%s\" is %sin \"%s\"", rows[i].word, is_in ? "" : "not ", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest sqlite_tests[] = {ON_SQLITE(words_are_found_as_they_stand)};
	const struct CMUnitTest pg_tests[] = {ON_PG(words_are_found_as_they_stand)};
	return RUN_ON_BOTH(sqlite_tests, pg_tests);
}
