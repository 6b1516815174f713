#include "text/person_name.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static void a_name_is_split_as_its_script_writes_it(void **state)
{
	static const struct {
		const char *full, *first, *last, *shown;
	} rows[] = {
		{"Ada Lovelace", "Ada", "Lovelace", "Ada Lovelace"},
		{"  Ada  ", "Ada", "", "Ada"},
		{"Ludwig van Beethoven", "Ludwig", "van Beethoven", "Ludwig van Beethoven"},
		{"佐藤 美咲", "美咲", "佐藤", "佐藤 美咲"},
		{"佐藤　美咲", "美咲", "佐藤", "佐藤 美咲"},
		{"スミス ジョージ", "ジョージ", "スミス", "スミス ジョージ"},
		{"김 민준", "민준", "김", "김 민준"},
		{"王小明", "王小明", "", "王小明"},
		{"Misaki 佐藤", "Misaki", "佐藤", "Misaki 佐藤"},
		{"Lovelace, Ada", "Ada", "Lovelace", "Ada Lovelace"},
		{"Wójcik, Aleksandra M.", "Aleksandra M.", "Wójcik", "Aleksandra M. Wójcik"},
		{"van der Berg, Anna", "Anna", "van der Berg", "Anna van der Berg"},
		{"Acme, Inc.", "Acme,", "Inc.", "Acme, Inc."},
		{"Support Team, Acme", "Support", "Team, Acme", "Support Team, Acme"},
		{"King, Martin, Jr.", "King,", "Martin, Jr.", "King, Martin, Jr."},
		{"Ada,", "Ada,", "", "Ada,"},
		{", Ada", ",", "Ada", ", Ada"},
		{",", ",", "", ","},
		{"", "", "", ""},
		{" ", "", "", ""},
		{"Ada \xff\xfe", "Ada", "\xff\xfe", "Ada \xff\xfe"},
	};
	(void)state;
	struct arena *a = arena_open(1 << 20);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		/* without a NUL behind it */
		size_t n = strlen(rows[i].full);
		char *copy = arena_alloc(a, n + 1);
		memcpy(copy, rows[i].full, n);
		struct person_name name = person_name_split((struct str){copy, n});
		assert_true(str_eq(name.first, str_c(rows[i].first)));
		assert_true(str_eq(name.last, str_c(rows[i].last)));
		assert_true(str_eq(person_name(a, name.first, name.last), str_c(rows[i].shown)));
	}
	assert_true(str_eq(person_name(a, STR_NULL, STR("佐藤")), STR("佐藤")));
	assert_true(str_eq(person_name(a, STR_NULL, STR_NULL), STR("")));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_name_is_split_as_its_script_writes_it)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
